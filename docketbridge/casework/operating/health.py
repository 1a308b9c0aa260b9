"""How an instance fares: database, sources against their pace, gaps in the watch, jobs, what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from itertools import pairwise

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.watching import Gap
from docketbridge.errors import ProfileError
from docketbridge.ledger.bulk import chunks
from docketbridge.ledger.database import schema_of
from docketbridge.ledger.dockets.polls import Outcome, courts_polled, last_good_poll, recent_looks, spans_over
from docketbridge.ledger.dockets.queries import partial_scopes
from docketbridge.ledger.figures import (
    Figures,
    KeptProblem,
    LiveMatter,
    docket_checks,
    figures,
    first_docketed,
    last_problems,
    live_matters,
)
from docketbridge.ledger.job_runs import Run, last_done, last_runs
from docketbridge.ledger.leases import Lease, database_now, lease_now
from docketbridge.settings import SourceSettings

_LATE_AFTER = 3
_LATE_AT_LEAST = timedelta(minutes=15)
_INCIDENT_LOOKS_BACK = timedelta(days=30)
_PROBLEMS_SHOWN = 25
_EVER = datetime.min.replace(tzinfo=UTC)
LEADING = "schedule"
"""The name of the lease that the leader of the schedule holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A configured source against its pace. `failing_since` begins the open incident, `why` is what the last failed look met."""

    name: str
    court: str
    every: timedelta
    last_good: datetime | None
    failing_since: datetime | None
    failures: int
    why: str | None
    now: datetime

    @property
    def age(self) -> timedelta | None:
        """The age of its last good look; None when there never was one."""
        return self.now - self.last_good if self.last_good is not None else None

    @property
    def is_late(self) -> bool:
        """Whether its last good look is older than three times its pace, or there never was one."""
        return self.age is None or self.age > max(_LATE_AFTER * self.every, _LATE_AT_LEAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGap:
    """A stretch of a court's docket that no window shows, with the cases whose docket report would close it."""

    court: str
    start: datetime
    end: datetime
    cases: tuple[str, ...]
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtHealth:
    """The watch over a court: through when it was seen whole, its open gaps, and the feeds that carry only some events."""

    court: str
    timezone: str
    seen_through: datetime | None
    gaps: tuple[OpenGap, ...]
    partial: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """The database under the ledger: which kind, and the revision of its schema."""

    kind: str
    schema: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How an instance fares at a moment of the database's clock."""

    now: datetime
    version: str
    database: Database
    sources: tuple[SourceHealth, ...]
    courts: tuple[CourtHealth, ...]
    leader: Lease | None
    runs: tuple[Run, ...]
    done: tuple[tuple[str, datetime], ...]
    problems: tuple[KeptProblem, ...]
    figures: Figures

    def zone(self, court: str) -> str:
        """The zone of a court's clock; the world's clock for a court of which nothing was taken in yet."""
        return next((each.timezone for each in self.courts if each.court == court), "UTC")

    @property
    def late(self) -> tuple[SourceHealth, ...]:
        """The sources that were not read in time."""
        return tuple(each for each in self.sources if each.is_late)


def health_of(engine: Engine, rulebook: Rulebook, sources: Sequence[SourceSettings]) -> Health:
    """Look at everything. Raises LedgerError when the database does not answer."""
    with Session(engine) as session:
        now = database_now(session)
        return Health(
            now=now,
            version=version("docketbridge"),
            database=Database(kind=engine.dialect.name, schema=schema_of(session.connection()) or "none"),
            sources=sources_now(session, sources, now=now),
            courts=tuple(court_health(session, rulebook, court) for court in courts_polled(session)),
            leader=lease_now(session, LEADING),
            runs=last_runs(session),
            done=tuple(sorted(last_done(session).items())),
            problems=last_problems(session, at_most=_PROBLEMS_SHOWN),
            figures=figures(session),
        )


def sources_now(session: Session, sources: Sequence[SourceSettings], *, now: datetime) -> tuple[SourceHealth, ...]:
    """Each configured source against its pace; two queries a source."""
    return tuple(_source(session, each, now) for each in sources)


def _source(session: Session, told: SourceSettings, now: datetime) -> SourceHealth:
    failing: list[tuple[datetime, str | None]] = []
    for look in reversed(recent_looks(session, told.court, told.name, since=now - _INCIDENT_LOOKS_BACK)):
        if look.outcome is not Outcome.FAILED:
            break
        failing.append((look.at, look.why))
    return SourceHealth(
        name=told.name,
        court=told.court,
        every=timedelta(minutes=told.every_minutes),
        last_good=last_good_poll(session, told.court, told.name),
        failing_since=failing[-1][0] if failing else None,
        failures=len(failing),
        why=failing[0][1] if failing else None,
        now=now,
    )


def court_health(session: Session, rulebook: Rulebook, court: str) -> CourtHealth:
    """The watch over a court as it stands."""
    spans = spans_over(session, court)
    try:
        timezone = rulebook.calendar(court).timezone
    except ProfileError:
        # Its calendar was taken away after its dockets were taken in; its watch is shown on the world's clock.
        timezone = "UTC"
    return CourtHealth(
        court=court,
        timezone=timezone,
        seen_through=spans[-1].end if spans else None,
        gaps=open_gaps(session, court),
        partial=partial_scopes(session, court),
    )


def open_gaps(session: Session, court: str) -> tuple[OpenGap, ...]:
    """The gaps that hold a live matter, oldest first; a bounded number of queries, and only two where no gap is left open.

    A gap holds a matter until a docket report of its case, or a person who looked at the docket, covers the gap's end.
    """
    gaps = [Gap(start=before.end, end=after.start) for before, after in pairwise(spans_over(session, court))]
    if not gaps:
        return ()
    live = [each for each in live_matters(session, court) if not _covered(each.reported_through, gaps[-1])]
    checked = _checked(session, court, live)
    held = [(each, max(_times(each.reported_through, checked.get(each.id)), default=None)) for each in live]
    first: dict[str, datetime] = {}
    for some in chunks(sorted({each.case_number for each, through in held if not _covered(through, gaps[-1])})):
        first.update(first_docketed(session, court, some))
    told = []
    for gap in gaps:
        holds = [each for each, through in held if not _covered(through, gap) and not _before(gap, first.get(each.case_number))]
        if holds:
            cases = tuple(sorted({each.case_number for each in holds}))
            matters = tuple(each.number for each in holds)
            told.append(OpenGap(court=court, start=gap.start, end=gap.end, cases=cases, matters=matters))
    return tuple(told)


def _covered(through: datetime | None, gap: Gap) -> bool:
    return through is not None and gap.end <= through


def _before(gap: Gap, first: datetime | None) -> bool:
    """Whether a gap ended before the case's first entry."""
    return first is not None and gap.end < first


def _times(*times: datetime | None) -> list[datetime]:
    return [each for each in times if each is not None]


def _checked(session: Session, court: str, live: Sequence[LiveMatter]) -> dict[str, datetime]:
    """Through when a person saw the docket of each of these matters, where one did; one query."""
    checks = docket_checks(session, court)
    told: dict[str, datetime] = {}
    for each in live:
        through = max(checks.get((each.case_number, owner)) or _EVER for owner in (None, each.id))
        if through != _EVER:
            told[each.id] = through
    return told
