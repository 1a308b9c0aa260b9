"""The command `doctor`: looks whether everything is in order, one line a look."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.operating.health import Health, SourceHealth
from docketbridge.errors import DocketbridgeError, JobError, SettingsError, SourceUnavailable
from docketbridge.ledger.job_runs import Ending
from docketbridge.schedule.jobs import jobs_of


@click.command("doctor")
@click.pass_obj
def doctor_command(desk: Desk) -> None:
    """Look whether everything is in order; exit 2 when something is not.

    Python, plugins, programs, time zones, the ledger and its schema, sources, gaps, the schedule and its jobs, the audit.
    """
    healthy = True
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("python", lambda: sys.version.split()[0]),
        ("plugins", lambda: ", ".join(f"{each.plugin.name} from {each.origin}" for each in desk.plugins.found)),
        ("programs", lambda: ", ".join(profile.id for profile in desk.rulebook.profiles)),
        ("time zones", lambda: _time_zones(desk)),
        ("ledger", lambda: f"{len(desk.matters())} matters, {len(desk.review())} entries to review"),
        ("schema", lambda: _schema(desk.running.health())),
        ("sources", lambda: _sources(desk.running.sources())),
        ("gaps", lambda: _gaps(desk.running.health())),
        ("schedule", lambda: _schedule(desk)),
        ("jobs", lambda: _jobs(desk)),
        ("audit", lambda: _audit(desk)),
    )
    for name, look in looks:
        try:
            click.echo(f"ok    {name}: {look()}")
        except DocketbridgeError as fault:
            healthy = False
            click.echo(f"fault {name}: {fault}")
    if not healthy:
        raise click.exceptions.Exit(2)


def _time_zones(desk: Desk) -> str:
    """The zones of the programs' courts, each of which must be known here. Raises SettingsError."""
    zones = sorted({desk.rulebook.calendar(profile.court).timezone for profile in desk.rulebook.profiles})
    for zone in zones:
        try:
            ZoneInfo(zone)
        except ZoneInfoNotFoundError as fault:
            raise SettingsError(f"{zone} is not known on this machine; the package tzdata brings it") from fault
    try:
        data = f"tzdata {version('tzdata')}"
    except PackageNotFoundError:
        data = "the system's data"
    return f"{', '.join(zones)} ({data})"


def _schema(health: Health) -> str:
    return f"{health.database.schema}, on {health.database.kind}"


def _sources(sources: tuple[SourceHealth, ...]) -> str:
    """Each source with its last good look. Raises SourceUnavailable naming those that were not read in time."""
    late = [each for each in sources if each.is_late]
    if late:
        raise SourceUnavailable("; ".join(f"{each.name} was not read in time, {_last_good(each)}" for each in late))
    return "; ".join(f"{each.name}, {_last_good(each)}" for each in sources) or "none is set up; dockets come in by hand"


def _last_good(source: SourceHealth) -> str:
    return f"last good look {_at(source.last_good)}" if source.last_good else "never yet"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _gaps(health: Health) -> str:
    """How many gaps hold matters, by court; a gap waits for a docket report, it is no fault of the machine."""
    told = [f"{each.court} {len(each.gaps)} open" for each in health.courts if each.gaps]
    return f"{', '.join(told)}; `docketbridge gaps` tells what would close them" if told else "none holds a matter"


def _schedule(desk: Desk) -> str:
    leader = desk.running.leader()
    if leader is None:
        return "no process leads; `docketbridge schedule` starts one, or cron runs `docketbridge schedule --once`"
    return f"{leader.host} leads since {_at(leader.since)}"


def _jobs(desk: Desk) -> str:
    """How the jobs ended. Raises JobError naming those whose last run did not end well."""
    names = {work.name for work in jobs_of(desk)}
    last = [run for run in desk.running.last_runs() if run.job in names]
    wrong = [run for run in last if run.outcome in (Ending.FAILED, Ending.GIVEN_UP)]
    if wrong:
        raise JobError("; ".join(f"{run.job} {run.outcome}, {_at(run.started_at)}: {run.told}" for run in wrong))
    return f"{len(last)} of {len(names)} were run, the last run of each ended well or goes on"


def _audit(desk: Desk) -> str:
    """What following the audit's chain showed. Raises LedgerError when it is broken."""
    return desk.audit.account()
