"""Recording what one feed tells of entries: joined with what is known, each telling kept once, counted by what it changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.entries import ParsedEntry, fingerprint_of
from docketbridge.ledger.bulk import by_court, chunks, digest_of
from docketbridge.ledger.joining import Batch, Telling, keys_of
from docketbridge.ledger.naming import case_key
from docketbridge.ledger.rows import EntryKeyRow, EntryMergeRow, SightingRow

_PLAIN = ("filed", "entered", "entered_time", "sequence", "document_number")
_LISTS = ("related_documents", "attachments")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What telling a feed's entries did: counts of `new`, `again` and `amended`, and by case the entries that changed."""

    counts: Counter[str]
    touched: Mapping[CaseKey, set[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Records the entries of one feed, told at one time, in a court's zone."""

    session: Session
    snapshot: str
    told_at: datetime
    zone: ZoneInfo
    format: str

    def record(self, entries: Sequence[ParsedEntry]) -> Told:
        """Record entries. A telling that adds or changes something amends its entry; any other was seen again."""
        alike: Counter[tuple[CaseKey, str]] = Counter()
        tellings = [self._telling(parsed, alike) for parsed in entries]
        batch = Batch(known=self._known(tellings))
        placed = [(telling, *batch.place(telling)) for telling in tellings]
        batch.insert(self.session)
        before = self._before({entry for _, entry, was_new in placed if not was_new})
        told, rising = Told(counts=Counter(), touched=defaultdict(set)), set()
        sightings: list[dict[str, Any]] = []
        for telling, entry, was_new in placed:
            known = before.setdefault(entry, [])
            same = next((each for each in known if each["digest"] == telling.digest), None)
            changes = not was_new and not (same is not None and len(known) == 1) and self._changes(telling.row, known)
            told.counts["new" if was_new else "amended" if changes else "again"] += 1
            if was_new or changes or entry in batch.joined:
                told.touched[telling.case].add(entry)
            if same is None:
                row = {**telling.row, "entry": entry, "digest": telling.digest}
                sightings.append(row)
                known.append(row)
            elif "id" in same and same["last_told_at"] < self.told_at:
                same["last_told_at"] = self.told_at
                rising.add(same["id"])
        if sightings:
            self.session.execute(insert(SightingRow), sightings)
        self._raise(rising)
        return told

    def _raise(self, sightings: Iterable[int]) -> None:
        """Note that tellings kept before were told again at this feed's time."""
        for some in chunks(sorted(sightings)):
            self.session.execute(update(SightingRow).where(SightingRow.id.in_(some)).values(last_told_at=self.told_at))

    def _known(self, tellings: Sequence[Telling]) -> dict[tuple[CaseKey, str], str]:
        """The entries that any of these tellings' keys names already."""
        known: dict[tuple[CaseKey, str], str] = {}
        keys = sorted({key for telling in tellings for key in telling.keys})
        for court, numbers in by_court({telling.case for telling in tellings}):
            for some, named in product(chunks(numbers), list(chunks(keys))):
                rows = self.session.execute(
                    select(EntryKeyRow.case_number, EntryKeyRow.key, EntryKeyRow.entry).where(
                        EntryKeyRow.court == court, EntryKeyRow.case_number.in_(some), EntryKeyRow.key.in_(named)
                    )
                )
                known.update(((CaseKey(court=court, number=number), key), entry) for number, key, entry in rows)
        return known

    def _before(self, entries: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
        """The tellings of these entries that are kept already, with what a later one could change."""
        before: dict[str, list[dict[str, Any]]] = defaultdict(list)
        living = {entry: entry for entry in entries}
        self._add_merged(living)
        names = ("id", "entry", "digest", "last_told_at", *_PLAIN, *_LISTS, "events", "text", "link")
        columns = [getattr(SightingRow, name) for name in names]
        for some in chunks(sorted(living)):
            for row in self.session.execute(select(*columns).where(SightingRow.entry.in_(some))):
                before[living[row.entry]].append(dict(zip(names, row, strict=True)))
        return before

    def _add_merged(self, living: dict[str, str]) -> None:
        """Add the entries that live on in these, each with the one it lives on in."""
        found = set(living)
        while found:
            gone: dict[str, str] = {}
            for some in chunks(sorted(found)):
                merges = self.session.execute(select(EntryMergeRow.gone, EntryMergeRow.kept).where(EntryMergeRow.kept.in_(some)))
                gone.update((lost, living[kept]) for lost, kept in merges if lost not in living)
            living.update(gone)
            found = set(gone)

    def _changes(self, row: Mapping[str, Any], known: Sequence[Mapping[str, Any]]) -> bool:
        """Whether a telling says what no telling said, or other than the latest one that it is not older than."""
        if any(row[name] is not None and self._is_news(name, row[name], known) for name in _PLAIN):
            return True
        if row["link"] and not any(each["link"] for each in known):
            return True
        if set(row["events"]) - {event for each in known for event in each["events"]}:
            return True
        if row["text"] is None:
            return False
        with_text = [each for each in known if each["text"]]
        if self._is_news("text", row["text"], with_text):
            return True
        return any(row[name] and self._is_news(name, row[name], with_text) for name in _LISTS)

    def _is_news(self, name: str, value: object, known: Sequence[Mapping[str, Any]]) -> bool:
        told = [each for each in known if each[name] is not None]
        if not told:
            return True
        last = max(told, key=lambda each: (each["last_told_at"], each["digest"]))
        if last["last_told_at"] > self.told_at:
            return False
        if name == "text":
            return fingerprint_of(str(value)) != fingerprint_of(last["text"])
        return bool(last[name] != value)

    def _telling(self, parsed: ParsedEntry, alike: Counter[tuple[CaseKey, str]]) -> Telling:
        case = case_key(parsed)
        row = self._sighting(parsed)
        told = {key: value for key, value in row.items() if key not in ("snapshot", "told_at", "last_told_at")}
        return Telling(case=case, keys=keys_of(case, parsed, row, alike), row=row, digest=digest_of(told))

    def _sighting(self, parsed: ParsedEntry) -> dict[str, Any]:
        entered, time = self._entered(parsed.entered_at)
        return {
            "snapshot": self.snapshot,
            "format": self.format,
            "told_at": self.told_at,
            "last_told_at": self.told_at,
            "filed": parsed.date_filed,
            "entered": entered,
            "entered_time": time,
            "sequence": _number(parsed.sequence),
            "document_number": _number(parsed.document_number),
            "chapter": parsed.chapter,
            "events": list(parsed.events),
            "text": parsed.text,
            "related_documents": list(parsed.related_documents),
            "attachments": [{"number": each.number, "description": each.description} for each in parsed.attachments],
            "link": parsed.document_link,
        }

    def _entered(self, at: datetime | date | None) -> tuple[date | None, datetime | None]:
        if not isinstance(at, datetime):
            return at, None
        local = at.replace(tzinfo=self.zone) if at.tzinfo is None else at.astimezone(self.zone)
        return local.date(), local.astimezone(UTC)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
