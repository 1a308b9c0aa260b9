"""Recording what came in: snapshots, polls, problems, sightings joined into entries, and what was told of a case."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.entries import CaseHeader, ParsedEntry, fingerprint_of
from docketbridge.domain.feeds import ParsedFeed, Problem, RawFeed
from docketbridge.domain.people import Party
from docketbridge.ledger.database import insert_if_new
from docketbridge.ledger.encoding import to_json
from docketbridge.ledger.rows import (
    CaseTellingRow,
    EntryKeyRow,
    EntryMergeRow,
    EntryRow,
    PollRow,
    ProblemRow,
    SightingRow,
    SnapshotRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What recording one feed did, in entries; `cases` are those in which anything is new."""

    new: int = 0
    seen_again: int = 0
    amended: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    cases: tuple[CaseKey, ...] = ()


def case_key(told: ParsedEntry | CaseHeader) -> CaseKey:
    """The case an observation is of; adversary and miscellaneous proceedings are cases of their own."""
    number = parse_case_number(told.case_number)
    kind = told.case_type or number.case_type
    if kind in (None, "bk") or number.case_type is not None:
        return CaseKey(court=told.court, number=number.key)
    return CaseKey(court=told.court, number=replace(number, case_type=kind).key)


def keep_snapshot(session: Session, raw: RawFeed, parsed: ParsedFeed, *, kept: bytes, seen_at: datetime) -> str | None:
    """Keep the blanked bytes of a feed under the digest of the original; None when the same bytes are kept already."""
    digest = hashlib.sha256(raw.content).hexdigest()
    row = {
        "digest": digest,
        "court": parsed.court,
        "format": parsed.format,
        "name": raw.name,
        "seen_at": seen_at,
        "content": zlib.compress(kept, 6),
    }
    return digest if insert_if_new(session, _table(SnapshotRow), row) else None


def record(session: Session, parsed: ParsedFeed, *, snapshot: str, seen_at: datetime, timezone: str) -> Recorded:
    """Record one parsed feed: its poll, problems, sightings and case tellings. Twice is once."""
    told_at = parsed.window.newest if parsed.window else seen_at
    session.execute(insert(PollRow).values(**_poll(parsed, snapshot, seen_at)))
    for problem in parsed.problems:
        session.execute(
            insert(ProblemRow).values(snapshot=snapshot, where=problem.where, what=problem.what, sample=problem.sample)
        )
    recorder = _Recorder(session=session, snapshot=snapshot, told_at=told_at, zone=ZoneInfo(timezone), format=parsed.format)
    counts, touched = recorder.entries(parsed.entries)
    touched |= recorder.tellings(parsed)
    return Recorded(
        new=counts["new"],
        seen_again=counts["again"],
        amended=counts["amended"],
        refused=parsed.refused,
        problems=parsed.problems,
        cases=tuple(sorted(touched)),
    )


def _poll(parsed: ParsedFeed, snapshot: str, seen_at: datetime) -> dict[str, Any]:
    return {
        "court": parsed.court,
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
    told = next(iter((*parsed.headers, *parsed.entries)), None)
    return case_key(told).number if told else parse_case_number(parsed.scope.case_number).key


def _table(row: type[Any]) -> Table:
    table: Table = row.__table__
    return table


def _digest(value: object) -> str:
    return hashlib.blake2b(json.dumps(value, sort_keys=True, default=str).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recorder:
    session: Session
    snapshot: str
    told_at: datetime
    zone: ZoneInfo
    format: str

    def entries(self, entries: Sequence[ParsedEntry]) -> tuple[Counter[str], set[CaseKey]]:
        counts: Counter[str] = Counter()
        touched: set[CaseKey] = set()
        alike: Counter[tuple[CaseKey, str]] = Counter()
        for parsed in entries:
            case = case_key(parsed)
            row = self._sighting(parsed)
            entry, was_new = self._join(case, self._keys(case, parsed, row, alike))
            fresh = insert_if_new(self.session, _table(SightingRow), {**row, "entry": entry, "digest": self._telling(row)})
            counts["new" if was_new else "amended" if fresh else "again"] += 1
            if was_new or fresh:
                touched.add(case)
        return counts, touched

    def tellings(self, parsed: ParsedFeed) -> set[CaseKey]:
        touched = set()
        headers = {case_key(header): _of_header(header) for header in parsed.headers}
        by_entry = {case_key(entry): _of_entry(entry) for entry in parsed.entries}
        for case, telling in {**by_entry, **headers}.items():
            row = {
                **telling,
                "court": case.court,
                "case_number": case.number,
                "snapshot": self.snapshot,
                "told_at": self.told_at,
                "digest": _digest(telling),
            }
            if insert_if_new(self.session, _table(CaseTellingRow), row):
                touched.add(case)
        return touched

    def _sighting(self, parsed: ParsedEntry) -> dict[str, Any]:
        entered, time = self._entered(parsed.entered_at)
        return {
            "snapshot": self.snapshot,
            "format": self.format,
            "told_at": self.told_at,
            "filed": parsed.date_filed,
            "entered": entered,
            "entered_time": time,
            "sequence": _number(parsed.sequence),
            "document_number": _number(parsed.document_number),
            "chapter": parsed.chapter,
            "events": list(parsed.events),
            "text": parsed.text,
            "related_documents": list(parsed.related_documents),
            "attachments": to_json(parsed.attachments),
            "link": parsed.document_link,
        }

    def _entered(self, at: datetime | date | None) -> tuple[date | None, datetime | None]:
        if not isinstance(at, datetime):
            return at, None
        local = at.replace(tzinfo=self.zone) if at.tzinfo is None else at.astimezone(self.zone)
        return local.date(), local.astimezone(UTC)

    @staticmethod
    def _telling(row: dict[str, Any]) -> str:
        told = {key: value for key, value in row.items() if key not in ("snapshot", "told_at")}
        return _digest(told)

    @staticmethod
    def _keys(case: CaseKey, parsed: ParsedEntry, row: dict[str, Any], alike: Counter[tuple[CaseKey, str]]) -> list[str]:
        keys = []
        if row["sequence"] is not None:
            keys.append(f"seq:{row['sequence']}")
        if row["document_number"] is not None:
            keys.append(f"doc:{row['document_number']}")
        elif parsed.text:
            # Only an entry without a number is known by its text: two papers of one day may read alike.
            key = f"text:{row['filed'] or row['entered']}:{fingerprint_of(parsed.text)}"
            alike[case, key] += 1
            keys.append(f"{key}:{alike[case, key]}")
        if not keys:
            keys.append(f"stub:{row['entered_time'] or row['entered'] or row['filed']}:{'|'.join(parsed.events)[:20]}")
        return keys

    def _join(self, case: CaseKey, keys: list[str]) -> tuple[str, bool]:
        """Find the entry by any of its keys, or mint one; entries that turn out to be one are merged by a fact."""
        known = select(EntryKeyRow.key, EntryKeyRow.entry).where(
            EntryKeyRow.court == case.court, EntryKeyRow.case_number == case.number, EntryKeyRow.key.in_(keys)
        )
        found: dict[str, str] = {key: entry for key, entry in self.session.execute(known)}  # noqa: C416 - rows are no tuples
        if not found:
            entry = hashlib.blake2b(f"{case} {keys[0]}".encode(), digest_size=12).hexdigest()
            self.session.execute(insert(EntryRow).values(id=entry, court=case.court, case_number=case.number))
        else:
            entry = min(found.values())
            for other in sorted(set(found.values()) - {entry}):
                self._merge(kept=entry, gone=other, because=", ".join(sorted(found)))
        for key in keys:
            if key not in found:
                row = {"court": case.court, "case_number": case.number, "key": key, "entry": entry}
                self.session.execute(insert(EntryKeyRow).values(**row))
        return entry, not found

    def _merge(self, *, kept: str, gone: str, because: str) -> None:
        self.session.execute(insert(EntryMergeRow).values(gone=gone, kept=kept, because=because))
        self.session.execute(update(EntryKeyRow).where(EntryKeyRow.entry == gone).values(entry=kept))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _of_header(header: CaseHeader) -> dict[str, Any]:
    return {
        "whole": True,
        "printed": header.case_number,
        "name": header.case_name,
        "chapter": header.chapter,
        "judge": header.judge,
        "judge_initials": header.judge_initials,
        "trustee": header.trustee or _trustee(header.parties),
        "filed": header.date_filed,
        "pacer_case_id": header.pacer_case_id,
        "parties": to_json(header.parties),
    }


def _of_entry(entry: ParsedEntry) -> dict[str, Any]:
    return {
        "whole": False,
        "printed": entry.case_number,
        "name": entry.case_name,
        "chapter": entry.chapter,
        "judge": None,
        "judge_initials": entry.judge_initials,
        "trustee": entry.trustee,
        "filed": None,
        "pacer_case_id": entry.pacer_case_id,
        "parties": [],
    }


def _trustee(parties: Sequence[Party]) -> str | None:
    return next((party.name for party in parties if party.type.lower() == "trustee"), None)
