"""Recording what came in: snapshots, polls, problems, and what a feed tells of entries and cases."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.feeds import ParsedFeed, Problem, RawFeed, Window
from docketbridge.domain.watching import end_of_day
from docketbridge.ledger.bulk import insert_rows
from docketbridge.ledger.case_tellings import record_tellings
from docketbridge.ledger.database import insert_if_new
from docketbridge.ledger.dockets import Sighting
from docketbridge.ledger.naming import case_key
from docketbridge.ledger.rows import PollRow, ProblemRow, SnapshotRow
from docketbridge.ledger.search_rows import UnsearchedRow
from docketbridge.ledger.sightings import Recorder

_LAST_DAY = date(9998, 12, 31)  # the calendar ends a year later, and a feed may say anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What recording one feed did, in entries.

    `touched` holds the cases with anything new, and which of their entries changed; None where all must be looked at again,
    for what was told of the case itself changed or a report now covers it. `fresh` are the entries that the feed brought and
    that stand by themselves, with all their sightings.
    """

    new: int = 0
    seen_again: int = 0
    amended: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    touched: Mapping[CaseKey, frozenset[str] | None] = field(default_factory=dict)
    fresh: Mapping[str, Sequence[Sighting]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFeed:
    """What is known of a feed whose bytes are kept: its court and format, and what was read in it then."""

    court: str
    format: str
    items: int
    refused: int
    window: Window | None
    problems: tuple[Problem, ...]


def kept_feed(session: Session, raw: RawFeed) -> KeptFeed | None:
    """What is known of these bytes; None when they are not kept."""
    row = session.execute(
        select(SnapshotRow.digest, SnapshotRow.court, SnapshotRow.format, PollRow)
        .join(PollRow, PollRow.snapshot == SnapshotRow.digest)
        .where(SnapshotRow.digest == _digest_of(raw))
    ).first()
    if row is None:
        return None
    digest, court, format_name, poll = row
    problems = session.scalars(select(ProblemRow).where(ProblemRow.snapshot == digest).order_by(ProblemRow.id))
    end = poll.window_end
    return KeptFeed(
        court=court,
        format=format_name,
        items=poll.items,
        refused=poll.refused,
        window=None if end is None else Window(oldest=poll.window_start or end, newest=end),
        problems=tuple(Problem(where=each.where, what=each.what, sample=each.sample) for each in problems),
    )


def _digest_of(raw: RawFeed) -> str:
    return hashlib.sha256(raw.content).hexdigest()


def keep_snapshot(session: Session, raw: RawFeed, parsed: ParsedFeed, *, kept: bytes, seen_at: datetime) -> str | None:
    """Keep the blanked bytes of a feed under the digest of the original; None when the same bytes are kept already."""
    digest = _digest_of(raw)
    row = {
        "digest": digest,
        "court": parsed.court,
        "format": parsed.format,
        "name": raw.name,
        "fetched_at": raw.fetched_at,
        "seen_at": seen_at,
        "content": zlib.compress(kept, 6),
    }
    if not insert_if_new(session, _table(SnapshotRow), row):
        return None
    session.execute(insert(UnsearchedRow).values(snapshot=digest))
    return digest


def record(
    session: Session,
    parsed: ParsedFeed,
    *,
    snapshot: str,
    seen_at: datetime,
    timezone: str,
    source: str | None = None,
    validator: str | None = None,
) -> Recorded:
    """Record one parsed feed: its poll, problems, sightings and case tellings. Twice is once.

    A feed without a window was told when its newest entry was docketed, so that the order of taking feeds in tells nothing.
    """
    zone = ZoneInfo(timezone)
    told_at = parsed.window.newest if parsed.window else _newest(parsed, zone) or seen_at
    session.execute(insert(PollRow).values(**_poll(parsed, snapshot, seen_at), source=source, validator=validator))
    problems = [(snapshot, problem.where, problem.what, problem.sample) for problem in parsed.problems]
    insert_rows(session, _table(ProblemRow), ("snapshot", "where", "what", "sample"), problems)
    recorder = Recorder(session=session, snapshot=snapshot, told_at=told_at, zone=zone, format=parsed.format)
    told = recorder.record(parsed.entries)
    retold = record_tellings(session, parsed, snapshot=snapshot, told_at=told_at)
    reported = _case_in_scope(parsed)
    # All that there is of a case told of for the first time came with this feed.
    covered = {CaseKey(court=parsed.court, number=reported)} - retold.first if reported else set()
    anew = retold.otherwise | covered
    return Recorded(
        new=told.counts["new"],
        seen_again=told.counts["again"],
        amended=told.counts["amended"],
        refused=parsed.refused,
        problems=parsed.problems,
        touched={case: None if case in anew else frozenset(told.touched[case]) for case in sorted(anew | told.touched.keys())},
        fresh=told.fresh,
    )


def _newest(parsed: ParsedFeed, zone: ZoneInfo) -> datetime | None:
    """When the newest entry of a feed was docketed, at the latest; None where no entry tells."""
    days = [each.entered_at or each.date_filed for each in parsed.entries]
    return max((_at_latest(day, zone) for day in days if day is not None), default=None)


def _at_latest(day: datetime | date, zone: ZoneInfo) -> datetime:
    if isinstance(day, datetime):
        return (day if day.tzinfo else day.replace(tzinfo=zone)).astimezone(UTC)
    return end_of_day(min(day, _LAST_DAY), zone.key)


def _poll(parsed: ParsedFeed, snapshot: str, seen_at: datetime) -> dict[str, Any]:
    return {
        "court": parsed.court,
        "outcome": "read",
        "snapshot": snapshot,
        "seen_at": seen_at,
        "window_start": parsed.window.oldest if parsed.window else None,
        "window_end": parsed.window.newest if parsed.window else None,
        "scope": parsed.scope.declared,
        "whole": parsed.scope.whole,
        "case_number": _case_in_scope(parsed),
        "items": len(parsed.entries),
        "refused": parsed.refused,
    }


def _case_in_scope(parsed: ParsedFeed) -> str | None:
    """The one case that a report speaks for; None for a feed that speaks for its whole court."""
    if parsed.scope.case_number is None:
        return None
    told = parsed.headers or parsed.entries
    return case_key(told[0]).number if told else parse_case_number(parsed.scope.case_number).key


def _table(row: type[Any]) -> Table:
    table: Table = row.__table__
    return table
