"""What was read out of the kept bytes: forgotten, so that it can be read again, and told so that the two can be compared."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger.dockets.dockets import forget_lives
from docketbridge.ledger.dockets.polls import forget_spans
from docketbridge.ledger.dockets.queries import all_cases, case_facts, entries_of
from docketbridge.ledger.tables.rows import (
    CaseTellingRow,
    EntryKeyRow,
    EntryMergeRow,
    PollRow,
    ProblemRow,
    SightingRow,
    SnapshotRow,
)

# Entries themselves stay: matters and decisions rest on them, and reading again gives the same ids.
_READ = (SightingRow, CaseTellingRow, ProblemRow, EntryKeyRow, EntryMergeRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kept feed as it can be read again: its digest, format and bytes, and what is known of how it came."""

    digest: str
    format: str
    raw: RawFeed
    seen_at: datetime
    source: str | None
    validator: str | None


def kept_feeds(session: Session) -> Iterator[Kept]:
    """Every feed whose bytes are kept, in the order of taking in, one at a time in memory."""
    polls = session.execute(select(PollRow.snapshot, PollRow.source, PollRow.validator).where(PollRow.snapshot.is_not(None)))
    came = {snapshot: (source, validator) for snapshot, source, validator in polls}
    digests = session.scalars(select(SnapshotRow.digest).order_by(SnapshotRow.seen_at, SnapshotRow.digest)).all()
    return (_kept(session, digest, *came.get(digest, (None, None))) for digest in digests)


def _kept(session: Session, digest: str, source: str | None, validator: str | None) -> Kept:
    row = session.get_one(SnapshotRow, digest)
    raw = RawFeed(content=zlib.decompress(row.content), name=row.name, court=row.court, fetched_at=row.fetched_at)
    kept = Kept(digest=digest, format=row.format, raw=raw, seen_at=row.seen_at, source=source, validator=validator)
    session.expunge(row)
    return kept


def forget_what_was_read(session: Session) -> None:
    """Drop all that was read out of kept feeds; the feeds, the failed looks, matters and decisions stay."""
    for table in _READ:
        session.execute(delete(table))
    session.execute(delete(PollRow).where(PollRow.snapshot.is_not(None)))
    forget_spans(session)
    forget_lives(session)


def snapshot_of_dockets(session: Session) -> dict[str, Any]:
    """What the ledger tells of every case and entry, comparable."""
    told: dict[str, Any] = {}
    for case in all_cases(session):
        facts = case_facts(session, case)
        told[f"case {case}"] = (facts.name, facts.chapter, facts.judge, facts.judge_initials, facts.trustee, facts.filed)
        told.update({f"docket {case} {entry.id}": _told(entry) for entry in entries_of(session, case)})
    return told


def _told(entry: DocketEntry) -> tuple[object, ...]:
    dates = (entry.filed, entry.entered, entry.entered_time)
    attachments = tuple((each.number, each.description) for each in entry.attachments)
    return entry.label, *map(str, dates), entry.sequence, entry.events, entry.text, entry.related_documents, attachments
