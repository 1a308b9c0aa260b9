"""Every look at a source is a fact, the failed ones too; here they are recorded and read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.watching import Gap, Span
from docketbridge.ledger.tables.rows import PollRow, SnapshotRow

_SPANS = "spans of whole feeds"


class Outcome(StrEnum):
    """How a look at a source ended: new bytes were read, nothing was newer, or it failed."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One look at a source. `at` is when it was made; the window is what it saw whole, both ends aware UTC.

    `source` is None for a file that a person took in, `case_number` names the one case that a docket report speaks for.
    """

    at: datetime
    outcome: Outcome
    source: str | None = None
    why: str | None = None
    feed: str | None = None
    format: str | None = None
    window: Span | None = None
    scope: str | None = None
    whole: bool = False
    case_number: str | None = None
    items: int = 0
    refused: int = 0

    @property
    def proves(self) -> bool:
        """Whether its window shows every docketing of its court: a partial feed and one case's report do not."""
        return self.whole and self.case_number is None and self.window is not None


def record_failure(session: Session, *, court: str, source: str, at: datetime, why: str) -> None:
    """Keep that a source could not be read, and why: an open incident until the next overlapping success."""
    _record(session, court=court, source=source, at=at, outcome=Outcome.FAILED, why=why)


def record_unchanged(session: Session, *, court: str, source: str, at: datetime, validator: str | None = None) -> None:
    """Keep that a source was looked at and had nothing newer."""
    _record(session, court=court, source=source, at=at, outcome=Outcome.UNCHANGED, validator=validator)


def _record(
    session: Session,
    *,
    court: str,
    source: str,
    at: datetime,
    outcome: Outcome,
    why: str | None = None,
    validator: str | None = None,
) -> None:
    row = {"court": court, "source": source, "seen_at": at, "outcome": outcome.value, "why": why, "validator": validator}
    session.execute(insert(PollRow).values(**row, whole=False, items=0, refused=0))


def last_validator(session: Session, court: str, source: str) -> str | None:
    """What the transport of a source wants to be told at its next fetch: the validator of the last feed that was taken in."""
    chosen = select(PollRow.validator).where(
        PollRow.court == court, PollRow.source == source, PollRow.outcome != Outcome.FAILED.value, PollRow.validator.is_not(None)
    )
    return session.scalar(chosen.order_by(PollRow.id.desc()).limit(1))


def recent_looks(session: Session, court: str, source: str, *, since: datetime) -> tuple[Poll, ...]:
    """The looks at one source since a time, oldest first."""
    rows = session.scalars(
        select(PollRow)
        .where(PollRow.court == court, PollRow.source == source, PollRow.seen_at >= since)
        .order_by(PollRow.seen_at, PollRow.id)
    )
    return tuple(_poll(row, None, None) for row in rows)


def polls_of(session: Session, court: str) -> tuple[Poll, ...]:
    """Every look at a court's sources, in the order of what they saw, else of when they were made."""
    rows = session.execute(
        select(PollRow, SnapshotRow.name, SnapshotRow.format)
        .outerjoin(SnapshotRow, SnapshotRow.digest == PollRow.snapshot)
        .where(PollRow.court == court)
    )
    polls = [_poll(row, name, format_name) for row, name, format_name in rows]
    return tuple(sorted(polls, key=lambda each: (each.window.end if each.window else each.at, each.at, each.feed or "")))


def _poll(row: PollRow, name: str | None, format_name: str | None) -> Poll:
    window = None
    if row.window_end is not None:
        window = Span(start=row.window_start or row.window_end, end=row.window_end)
    return Poll(
        at=row.seen_at,
        outcome=Outcome(row.outcome),
        source=row.source,
        why=row.why,
        feed=name,
        format=format_name,
        window=window,
        scope=row.scope,
        whole=row.whole,
        case_number=row.case_number,
        items=row.items,
        refused=row.refused,
    )


def spans_over(session: Session, court: str) -> tuple[Span, ...]:
    """What the whole feeds of a court saw, joined where windows meet, oldest first.

    They are joined once a session, and anew when the court was looked at since: many matters are folded under one watch.
    """
    last = session.scalar(select(func.max(PollRow.id)).where(PollRow.court == court))
    known = session.info.get((_SPANS, court))
    if known is None or known[0] != last:
        known = session.info[_SPANS, court] = (last, _joined(session, court))
    spans: tuple[Span, ...] = known[1]
    return spans


def last_whole_look(session: Session, court: str) -> int:
    """The number of the last look that showed every docketing of a court; 0 where there was none."""
    chosen = select(PollRow.id).where(
        PollRow.court == court, PollRow.whole, PollRow.case_number.is_(None), PollRow.window_end.is_not(None)
    )
    return session.scalar(chosen.order_by(PollRow.id.desc()).limit(1)) or 0


def forget_spans(session: Session) -> None:
    """Join the spans anew when they are next asked for: looks were dropped, and others may come under their numbers."""
    for each in [each for each in session.info if isinstance(each, tuple) and each[0] == _SPANS]:
        del session.info[each]


def _joined(session: Session, court: str) -> tuple[Span, ...]:
    """The database joins the windows: a court has tens of thousands a year, the stretches that they make are few."""
    in_order = (PollRow.window_start, PollRow.window_end)
    reached = func.max(PollRow.window_end).over(order_by=in_order, rows=(None, -1)).label("reached")
    whole = (PollRow.court == court, PollRow.whole, PollRow.case_number.is_(None), PollRow.window_end.is_not(None))
    windows = select(PollRow.window_start, reached).where(*whole).subquery()
    # A stretch begins where a window begins after all that the windows before it reached; what these reached ends the one before.
    begun = session.execute(
        select(windows.c.window_start, windows.c.reached)
        .where(windows.c.reached.is_(None) | (windows.c.window_start > windows.c.reached))
        .order_by(windows.c.window_start)
    ).all()
    if not begun:
        return ()
    last = session.scalars(select(func.max(PollRow.window_end)).where(*whole)).one()
    ends = [*(reached for _, reached in begun[1:]), last]
    return tuple(Span(start=start, end=end) for (start, _), end in zip(begun, ends, strict=True))


def gaps_beside(session: Session, court: str, window: Span) -> tuple[Gap, ...]:
    """The gaps that a whole window of a court, recorded already, leaves before and after itself."""
    whole = (PollRow.court == court, PollRow.whole, PollRow.case_number.is_(None))
    other = (PollRow.window_start != window.start) | (PollRow.window_end != window.end)
    holds = [
        session.scalar(select(PollRow.id).where(*whole, PollRow.window_start <= edge, PollRow.window_end >= edge, other).limit(1))
        for edge in (window.start, window.end)
    ]
    before = session.scalar(select(func.max(PollRow.window_end)).where(*whole, PollRow.window_end < window.start))
    after = session.scalar(select(func.min(PollRow.window_start)).where(*whole, PollRow.window_start > window.end))
    gaps = []
    if before is not None and holds[0] is None:
        gaps.append(Gap(start=before, end=window.start))
    if after is not None and holds[1] is None:
        gaps.append(Gap(start=window.end, end=after))
    return tuple(gaps)


def courts_polled(session: Session) -> tuple[str, ...]:
    """The courts that anything was ever taken in from."""
    return tuple(session.scalars(select(PollRow.court).distinct().order_by(PollRow.court)))


def last_good_poll(session: Session, court: str, source: str | None = None) -> datetime | None:
    """When a source of this court, or the one named, was last read or found unchanged."""
    chosen = select(PollRow.seen_at).where(PollRow.court == court, PollRow.outcome != Outcome.FAILED.value)
    if source is not None:
        chosen = chosen.where(PollRow.source == source)
    return session.scalar(chosen.order_by(PollRow.seen_at.desc()).limit(1))
