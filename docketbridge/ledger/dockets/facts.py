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
from docketbridge.ledger.database import insert_if_new
from docketbridge.ledger.dockets.case_tellings import record_tellings
from docketbridge.ledger.dockets.corrected_lines import corrected_in, lines_shown
from docketbridge.ledger.dockets.dockets import Sighting, forget_lives
from docketbridge.ledger.dockets.sightings import FeedTold, Recorder, Told
from docketbridge.ledger.dockets.tellings import Tellings
from docketbridge.ledger.tables.rows import PollRow, ProblemRow, SnapshotRow
from docketbridge.ledger.tables.search_rows import UnsearchedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What recording one feed did, in entries, and the cases in which anything is new or was first told of sooner."""

    new: int = 0
    seen_again: int = 0
    amended: int = 0
    cases: frozenset[CaseKey] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What must be looked at again once feeds are recorded.

    `entries` holds the cases with anything new, and which of their entries changed; None where all must be looked at again,
    for what was told of the case itself changed or a report now covers it. `sooner` are the cases of entries that were told of
    sooner than was known. `fresh` are the entries that the feeds brought and that stand by themselves, with all their sightings.
    """

    entries: Mapping[CaseKey, frozenset[str] | None] = field(default_factory=dict)
    sooner: frozenset[CaseKey] = frozenset()
    fresh: Mapping[str, Sequence[Sighting]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What one feed tells, the digest of its bytes, and how it came: when (aware), from which source, with which validator."""

    told: Tellings
    snapshot: str
    seen_at: datetime
    source: str | None = None
    validator: str | None = None

    @property
    def told_at(self) -> datetime:
        """When it was told; a feed without a window when its newest entry was docketed, for the order of intake tells nothing."""
        return self.told.newest or self.seen_at


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


def record(session: Session, arrivals: Sequence[Arrival]) -> tuple[list[Recorded], Touched]:
    """Record what feeds tell, one after the other: polls, problems, sightings and case tellings. Twice is once."""
    for each in arrivals:
        poll = _poll(each.told, each.snapshot, each.seen_at)
        session.execute(insert(PollRow).values(**poll, source=each.source, validator=each.validator))
    problems = [(each.snapshot, it.where, it.what, it.sample) for each in arrivals for it in each.told.problems]
    insert_rows(session, _table(ProblemRow), ("snapshot", "where", "what", "sample"), problems)
    feeds = [FeedTold(snapshot=each.snapshot, told_at=each.told_at, entries=each.told.entries) for each in arrivals]
    told, fresh = Recorder(session=session).record(feeds)
    forget_lives(session)
    anew = [_told_of_cases(session, each) for each in arrivals]
    recorded = [_recorded(session, *each) for each in zip(arrivals, told, anew, strict=True)]
    touched: dict[CaseKey, frozenset[str] | None] = {}
    for one in told:
        for case, entries in one.touched.items():
            touched[case] = (touched.get(case) or frozenset()) | entries
    touched.update(dict.fromkeys(frozenset[CaseKey]().union(*anew)))
    sooner = frozenset[CaseKey]().union(*(each.sooner for each in told))
    return recorded, Touched(entries=dict(sorted(touched.items())), sooner=sooner, fresh=fresh)


def _told_of_cases(session: Session, arrival: Arrival) -> frozenset[CaseKey]:
    """Record what a feed tells of whole cases; those that must be looked at anew, told of otherwise or covered by a report."""
    retold = record_tellings(session, arrival.told.cases, snapshot=arrival.snapshot, told_at=arrival.told_at)
    # All that there is of a case told of for the first time came with this feed.
    return retold.otherwise | (_covered(arrival) - retold.first)


def _covered(arrival: Arrival) -> frozenset[CaseKey]:
    told = arrival.told
    return frozenset({CaseKey(court=told.court, number=told.reported)}) if told.reported else frozenset()


def _recorded(session: Session, arrival: Arrival, told: Told, anew: frozenset[CaseKey]) -> Recorded:
    # A line without a number in corrected words is the line that it was.
    covered = anew & _covered(arrival)
    corrected = len(told.brought & corrected_in(session, covered).first.keys()) if covered and told.brought else 0
    return Recorded(
        new=told.counts["new"] - corrected,
        seen_again=told.counts["again"],
        amended=told.counts["amended"] + corrected,
        cases=anew | told.touched.keys() | told.sooner,
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
