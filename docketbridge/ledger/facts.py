"""Recording what came in: snapshots, polls, problems, and what a feed tells of entries and cases."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.feeds import Problem, Window
from docketbridge.ledger.bulk import insert_rows
from docketbridge.ledger.case_tellings import record_tellings
from docketbridge.ledger.corrected_lines import corrected_in, lines_shown
from docketbridge.ledger.database import insert_if_new
from docketbridge.ledger.dockets import Sighting, forget_lives
from docketbridge.ledger.rows import PollRow, ProblemRow, SnapshotRow
from docketbridge.ledger.search_rows import UnsearchedRow
from docketbridge.ledger.sightings import Recorder
from docketbridge.ledger.tellings import Tellings


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
class ReadyFeed:
    """A feed ready to be kept: the digest of its bytes, these blanked and compressed, and all that it tells."""

    name: str
    digest: str
    kept: bytes
    told: Tellings
    fetched_at: datetime | None = None
    validator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFeed:
    """What is known of a feed whose bytes are kept: its court and format, and what was read in it then."""

    court: str
    format: str
    items: int
    refused: int
    window: Window | None
    problems: tuple[Problem, ...]


def kept_feed(session: Session, digest: str) -> KeptFeed | None:
    """What is known of the bytes of this digest; None when they are not kept."""
    row = session.execute(
        select(SnapshotRow.court, SnapshotRow.format, PollRow)
        .join(PollRow, PollRow.snapshot == SnapshotRow.digest)
        .where(SnapshotRow.digest == digest)
    ).first()
    if row is None:
        return None
    court, format_name, poll = row
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


def digest_of_bytes(content: bytes) -> str:
    """The digest by which the bytes of a feed are known (SHA-256, hexadecimal)."""
    return hashlib.sha256(content).hexdigest()


def keep_snapshot(session: Session, feed: ReadyFeed, *, seen_at: datetime) -> bool:
    """Keep the blanked bytes of a feed under the digest of the original; False when the same bytes are kept already."""
    row = {
        "digest": feed.digest,
        "court": feed.told.court,
        "format": feed.told.format,
        "name": feed.name,
        "fetched_at": feed.fetched_at,
        "seen_at": seen_at,
        "content": feed.kept,
    }
    if not insert_if_new(session, _table(SnapshotRow), row):
        return False
    session.execute(insert(UnsearchedRow).values(snapshot=feed.digest))
    return True


def record(
    session: Session,
    told: Tellings,
    *,
    snapshot: str,
    seen_at: datetime,
    source: str | None = None,
    validator: str | None = None,
) -> Recorded:
    """Record what one feed tells: its poll, problems, sightings and case tellings. Twice is once.

    A feed without a window was told when its newest entry was docketed, so that the order of taking feeds in tells nothing.
    """
    told_at = told.newest or seen_at
    session.execute(insert(PollRow).values(**_poll(told, snapshot, seen_at), source=source, validator=validator))
    problems = [(snapshot, problem.where, problem.what, problem.sample) for problem in told.problems]
    insert_rows(session, _table(ProblemRow), ("snapshot", "where", "what", "sample"), problems)
    recorded = Recorder(session=session, snapshot=snapshot, told_at=told_at).record(told.entries)
    forget_lives(session)
    retold = record_tellings(session, told.cases, snapshot=snapshot, told_at=told_at)
    # All that there is of a case told of for the first time came with this feed.
    covered = {CaseKey(court=told.court, number=told.reported)} - retold.first if told.reported else set()
    anew = retold.otherwise | covered
    touched = recorded.touched
    # A line without a number in corrected words is the line that it was.
    corrected = recorded.fresh.keys() & corrected_in(session, covered).first.keys() if covered and recorded.fresh else frozenset()
    return Recorded(
        new=recorded.counts["new"] - len(corrected),
        seen_again=recorded.counts["again"],
        amended=recorded.counts["amended"] + len(corrected),
        refused=told.refused,
        problems=told.problems,
        touched={case: None if case in anew else frozenset(touched[case]) for case in sorted(anew | touched.keys())},
        fresh=recorded.fresh,
    )


def _poll(told: Tellings, snapshot: str, seen_at: datetime) -> dict[str, Any]:
    return {
        "court": told.court,
        "outcome": "read",
        "snapshot": snapshot,
        "seen_at": seen_at,
        "window_start": told.window.oldest if told.window else None,
        "window_end": told.window.newest if told.window else None,
        "scope": told.scope.declared,
        "whole": told.scope.whole,
        "case_number": told.reported,
        "items": len(told.entries),
        "refused": told.refused,
        "unnumbered": lines_shown(told),
    }


def _table(row: type[Any]) -> Table:
    table: Table = row.__table__
    return table
