"""Commands for work done by the clock: `schedule` until stopped, `job list` and `job run` by hand or by cron."""

from __future__ import annotations

import json
from datetime import timedelta

import click

from docketbridge.casework.desk import Desk
from docketbridge.errors import JobError
from docketbridge.ledger.job_runs import Ending, Run
from docketbridge.schedule.jobs import Work, job_named, jobs_of
from docketbridge.schedule.runner import LEASE, Done, Runner, serve_until_signalled, this_process
from docketbridge.web.request_logging import log_to_standard_error

_LEASE_SECONDS = round(LEASE.total_seconds())


@click.command("schedule")
@click.option(
    "--lease",
    type=click.IntRange(3, 3600),
    default=_LEASE_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="How long a process that died is waited for before the one that stands by takes over.",
)
@click.option("--once", is_flag=True, help="Do what is due now and end, for cron.")
@click.pass_obj
def schedule_command(desk: Desk, lease: int, once: bool) -> None:
    """Do the work of the clock until stopped: polls, what a new day changes, upkeep, the plugins' jobs.

    Several may run on one ledger, on one host or on many: one leads, the others stand by and take over when it dies.
    """
    log_to_standard_error(desk.settings)
    runner = Runner(desk=desk, jobs=jobs_of(desk), claimant=this_process(timedelta(seconds=lease)))
    if once:
        _once(desk, runner)
        return
    serve_until_signalled(runner)


def _once(desk: Desk, runner: Runner) -> None:
    done = []
    for each in runner.once():
        click.echo(_ended(each))
        done.append(each)
    leader = desk.running.leader()
    if not done:
        click.echo(f"{leader.host} leads the schedule; nothing was done here" if leader else "nothing is due")
    _complain(done)


def _complain(done: list[Done]) -> None:
    failed = [_ended(each) for each in done if each.outcome is not Ending.DONE]
    if failed:
        raise JobError("; ".join(failed))


def _ended(done: Done) -> str:
    return f"{done.run.job}: {done.outcome.value}; {done.told}"


@click.group("job")
def job_group() -> None:
    """Work done by the clock, one job at a time."""


@job_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one job a line.")
@click.pass_obj
def list_command(desk: Desk, as_json: bool) -> None:
    """List the jobs: when each is due, and how its last run ended."""
    last = {run.job: run for run in desk.running.last_runs()}
    for work in jobs_of(desk):
        run = last.get(work.name)
        click.echo(json.dumps(_shape(work, run), ensure_ascii=False) if as_json else _line(work, run))


def _shape(work: Work, run: Run | None) -> dict[str, object]:
    told = {"job": work.name, "what": work.what, "when": work.timing.in_words()}
    if run is None:
        return {**told, "last": None}
    return {
        **told,
        "last": {
            "due": run.due.isoformat(),
            "attempt": run.attempt,
            "started": run.started_at.isoformat(),
            "ended": run.ended_at.isoformat() if run.ended_at else None,
            "outcome": run.outcome.value if run.outcome else None,
            "told": run.told,
            "host": run.host,
        },
    }


def _line(work: Work, run: Run | None) -> str:
    head = f"{work.name}: {work.what}; {work.timing.in_words()}"
    if run is None:
        return f"{head}; never run yet"
    if run.outcome is None or run.ended_at is None:
        return f"{head}; running on {run.host} since {run.started_at:%Y-%m-%d %H:%M:%S} UTC"
    return f"{head}; {run.outcome.value} {run.ended_at:%Y-%m-%d %H:%M:%S} UTC on {run.host}: {run.told}"


@job_group.command("run")
@click.argument("name", metavar="NAME")
@click.pass_obj
def run_command(desk: Desk, name: str) -> None:
    """Run one job now, whether it is due or not; exit 2 when it fails, or when it is being run already."""
    work = job_named(desk, name)
    runner = Runner(desk=desk, jobs=(work,), claimant=this_process(LEASE, leading=False))
    done = runner.run_now(work, due=desk.running.now())
    if done is None:
        going = next((each for each in desk.running.last_runs() if each.job == name and each.outcome is None), None)
        where = f" on {going.host} since {going.started_at:%Y-%m-%d %H:%M:%S} UTC" if going else ""
        raise JobError(f"job {name!r} is being run{where}; nothing was done")
    click.echo(_ended(done))
    _complain([done])
