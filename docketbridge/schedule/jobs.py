"""The work there is to do by the clock: each job a plain function of a desk and the time, safe to run again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.searching import SearchDesk
from docketbridge.casework.intake.polling import Configured, configured, look_at, next_look
from docketbridge.casework.intake.reconciliation import reconcile
from docketbridge.casework.notices.digests import make_digests
from docketbridge.casework.notices.notices import deliver_due
from docketbridge.errors import JobError, SourceUnavailable, UsageError
from docketbridge.plugins import Job
from docketbridge.schedule.timing import AsLearned, Daily, Every, Timing

_REFRESH_MINUTES = 10
_WORDS_MINUTES = 5
_WORDS_AT_ONCE = 200_000
_DIGEST_MINUTES = 5
_DELIVERY_MINUTES = 1
_NIGHTLY_RECONCILING = time(2, 30)
_NIGHTLY_UPKEEP = time(3, 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A job of an instance. `run` does it for a desk at a time (aware UTC) and says in one line what came of it.

    A run may be made again after its process died in the middle of it, so `run` does nothing twice that shows.
    """

    name: str
    what: str
    timing: Timing
    run: Callable[[Desk, datetime], str]


def jobs_of(desk: Desk) -> tuple[Work, ...]:
    """Every job of an instance: a poll of each source, the core's own, and those of the plugins. Raises SettingsError."""
    zone = _zone_of(desk)
    own = (
        Work(
            name="refresh",
            what="work out anew what a passing day changed",
            timing=Every(minutes=_REFRESH_MINUTES),
            run=refresh,
        ),
        Work(
            name="reconcile",
            what="hold the watched cases against their own numbers",
            timing=Daily(at=_NIGHTLY_RECONCILING, zone=zone),
            run=reconcile_all,
        ),
        Work(
            name="digests",
            what="put the digests whose hour has come into the outbox",
            timing=Every(minutes=_DIGEST_MINUTES),
            run=digests,
        ),
        Work(
            name="deliver",
            what="send what waits in the outbox",
            timing=Every(minutes=_DELIVERY_MINUTES),
            run=deliver,
        ),
        Work(
            name="words",
            what="read new dockets into the full-text search",
            timing=Every(minutes=_WORDS_MINUTES),
            run=read_words,
        ),
        Work(
            name="upkeep",
            what="put away what has lapsed, and let the database look after itself",
            timing=Daily(at=_NIGHTLY_UPKEEP, zone=zone),
            run=upkeep,
        ),
    )
    sources = configured(desk) if desk.settings.sources else ()
    polls = tuple(_poll(desk, each) for each in sources)
    brought = tuple(_brought(plugin.name, job) for plugin in desk.plugins.all for job in plugin.jobs)
    return (*polls, *own, *brought)


def job_named(desk: Desk, name: str) -> Work:
    """One job by its name. Raises UsageError when there is none."""
    jobs = jobs_of(desk)
    found = next((each for each in jobs if each.name == name), None)
    if found is None:
        raise UsageError(f"no job {name!r}; there are {', '.join(each.name for each in jobs)}")
    return found


def _zone_of(desk: Desk) -> ZoneInfo:
    """The clock that nightly work goes by: of the first source's court, the same on every host of the instance."""
    sources = desk.settings.sources
    return ZoneInfo(desk.rulebook.calendar(sources[0].court).timezone) if sources else ZoneInfo("UTC")


def _poll(desk: Desk, each: Configured) -> Work:
    minutes = round(each.at_most.total_seconds() / 60)
    return Work(
        name=f"poll:{each.source.name}",
        what=f"look at {each.source.name} for {each.source.court}, and take in what is new",
        timing=AsLearned(
            ask=lambda now: next_look(desk, each, now=now),
            words=f"so that windows overlap by half; every {minutes} minutes at least",
        ),
        run=partial(poll, each=each),
    )


def poll(desk: Desk, now: datetime, *, each: Configured) -> str:  # noqa: ARG001 - every job takes the time
    """Look at a source once and take in what is new. Raises SourceUnavailable when it, or a feed of it, could not be read."""
    look = look_at(desk, each)
    if look.results:
        desk.refresh()
    if look.faults:
        raise SourceUnavailable("; ".join(look.faults))
    new = sum(result.new for result in look.results)
    return f"{len(look.results)} feeds, {new} new entries" if look.results else "nothing newer"


def refresh(desk: Desk, now: datetime) -> str:  # noqa: ARG001 - every job takes the time
    """Work out anew the matters and the verdicts on plan payments that a passing day may have changed."""
    return f"{desk.refresh()} cases and {desk.running.refresh_verdicts(desk.today)} verdicts worked out anew"


def reconcile_all(desk: Desk, now: datetime) -> str:  # noqa: ARG001 - every job takes the time
    """Hold every court's watched cases against their own numbers, and say which want a docket report."""
    told = reconcile(desk)
    wanted = sum(len(each.wanted) for each in told)
    return f"{sum(each.watched for each in told)} watched cases, of which {wanted} want a docket report"


def digests(desk: Desk, now: datetime) -> str:
    """Put the digests whose hour has come into the outbox, one a person and court day."""
    return f"{make_digests(desk, now)} digests made"


def deliver(desk: Desk, now: datetime) -> str:
    """Send what waits in the outbox. Raises JobError when the settings hold a way out up."""
    done = deliver_due(desk, now)
    told = f"{done.sent} sent, {done.put_off} put off, {done.withheld} withheld, {done.failed} given up"
    if done.held_up:
        raise JobError(f"{told}; {'; '.join(done.held_up)}")
    return told


def read_words(desk: Desk, now: datetime) -> str:  # noqa: ARG001 - every job takes the time
    """Read what was taken in since into the full-text search, so that no page has to wait for it."""
    return f"{SearchDesk(engine=desk.engine, acting=None).read_in(at_most=_WORDS_AT_ONCE)} tellings read"


def upkeep(desk: Desk, now: datetime) -> str:
    """Put away what has lapsed (runs long done, ended visits), and let the database tend its own statistics."""
    return desk.running.tidy(now=now)


def _brought(plugin: str, job: Job) -> Work:
    def run(desk: Desk, now: datetime) -> str:  # noqa: ARG001 - a plugin's job reads its time from its desk
        return job.run(desk) or "done"

    return Work(name=f"{plugin}:{job.name}", what=f"{job.name} of {plugin}", timing=Every(minutes=job.every_minutes), run=run)
