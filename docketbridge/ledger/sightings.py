"""Recording what one feed tells of entries: joined with what is known, each telling kept once, counted by what it changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.entries import ParsedEntry, fingerprint_of
from docketbridge.ledger.bulk import among, chunks, digest_of, insert_rows
from docketbridge.ledger.dockets import Sighting
from docketbridge.ledger.joining import Batch, Telling, keys_of, known_entries
from docketbridge.ledger.naming import case_key
from docketbridge.ledger.rows import EntryMergeRow, SightingRow

_PLAIN = ("filed", "entered", "entered_time", "sequence", "document_number")
_NOTHING: list[Any] = []
_LISTS = ("related_documents", "attachments")
_SAID = (*_PLAIN, "chapter", "events", "text", *_LISTS, "link")
_BRIEF = ("id", "entry", "digest", "last_told_at")
_KEPT = ("entry", "snapshot", "digest", "format", "told_at", "last_told_at", *_SAID)
_as_kept = itemgetter(*_KEPT)
_as_sighting = itemgetter(*Sighting._fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What telling a feed's entries did: counts of `new`, `again` and `amended`, and by case the entries that changed.

    `fresh` are the entries that the feed brought and that stand by themselves, each with all its sightings.
    """

    counts: Counter[str]
    touched: Mapping[CaseKey, set[str]]
    fresh: Mapping[str, Sequence[Sighting]]


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
        batch = Batch(known=known_entries(self.session, tellings))
        placed = [(telling, *batch.place(telling)) for telling in tellings]
        batch.insert(self.session)
        joined, moved = batch.joined, batch.moved
        minted = {entry for _, entry, was_new in placed if was_new}
        before = self._before([(telling, entry) for telling, entry, _ in placed if entry not in minted or entry in joined])
        touched: dict[CaseKey, set[str]] = defaultdict(set)
        counts: Counter[str] = Counter()
        fresh: dict[str, list[Sighting]] = {}
        rising: set[int] = set()
        sightings: list[dict[str, Any]] = []
        for telling, entry, was_new in placed:
            known = before.setdefault(entry, [])
            same = next((each for each in known if each["digest"] == telling.digest), None)
            changes = not was_new and not (same is not None and len(known) == 1) and self._changes(telling.row, known)
            counts["new" if was_new else "amended" if changes else "again"] += 1
            if was_new or changes or entry in joined:
                touched[telling.case].add(entry)
            if same is None:
                row = {**telling.row, "entry": entry, "digest": telling.digest}
                sightings.append(row)
                known.append(row)
                if entry in minted and entry not in moved:
                    fresh.setdefault(entry, []).append(Sighting._make(_as_sighting(row)))
            elif "id" in same and same["last_told_at"] < self.told_at:
                same["last_told_at"] = self.told_at
                rising.add(same["id"])
        for gone, merge in batch.merged.items():
            touched[merge.case].update((gone, merge.kept))
        table: Table = SightingRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
        insert_rows(self.session, table, _KEPT, [_as_kept(row) for row in sightings])
        self._raise(rising)
        return Told(counts=counts, touched=touched, fresh=fresh)

    def _raise(self, sightings: Iterable[int]) -> None:
        """Note that tellings kept before were told again at this feed's time."""
        for some in chunks(sorted(sightings)):
            told = among(self.session, SightingRow.id, some)
            self.session.execute(update(SightingRow).where(told).values(last_told_at=self.told_at))

    def _before(self, placed: Sequence[tuple[Telling, str]]) -> dict[str, list[dict[str, Any]]]:
        """The tellings of these entries that are kept already; what they say is read only where a new one says otherwise."""
        living = {entry: entry for _, entry in placed}
        self._add_merged(living)
        before = self._kept(living, _BRIEF)
        otherwise = {entry for telling, entry in placed if [each["digest"] for each in before[entry]] != [telling.digest]}
        before.update(self._kept({lost: entry for lost, entry in living.items() if entry in otherwise}, (*_BRIEF, *_SAID)))
        return before

    def _kept(self, living: Mapping[str, str], names: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        kept: dict[str, list[dict[str, Any]]] = defaultdict(list)
        columns = [getattr(SightingRow, name) for name in names]
        for some in chunks(sorted(living)):
            for row in self.session.execute(select(*columns).where(among(self.session, SightingRow.entry, some))):
                kept[living[row.entry]].append(dict(zip(names, row, strict=True)))
        return kept

    def _add_merged(self, living: dict[str, str]) -> None:
        """Add the entries that live on in these, each with the one it lives on in."""
        found = set(living)
        while found:
            gone: dict[str, str] = {}
            for some in chunks(sorted(found)):
                kept_in = among(self.session, EntryMergeRow.kept, some)
                merges = self.session.execute(select(EntryMergeRow.gone, EntryMergeRow.kept).where(kept_in))
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
        told = self._told(parsed)
        row = {**told, "snapshot": self.snapshot, "told_at": self.told_at, "last_told_at": self.told_at}
        return Telling(case=case, keys=keys_of(case, parsed, row, alike), row=row, digest=digest_of(told))

    def _told(self, parsed: ParsedEntry) -> dict[str, Any]:
        entered, time = self._entered(parsed.entered_at)
        return {
            "format": self.format,
            "filed": parsed.date_filed,
            "entered": entered,
            "entered_time": time,
            "sequence": _number(parsed.sequence),
            "document_number": _number(parsed.document_number),
            "chapter": parsed.chapter,
            "events": parsed.events,
            "text": parsed.text,
            "related_documents": list(parsed.related_documents) or _NOTHING,
            "attachments": [{"number": each.number, "description": each.description} for each in parsed.attachments] or _NOTHING,
            "link": parsed.document_link,
        }

    def _entered(self, at: datetime | date | None) -> tuple[date | None, datetime | None]:
        if not isinstance(at, datetime):
            return at, None
        local = at.replace(tzinfo=self.zone) if at.tzinfo is None else at.astimezone(self.zone)
        return local.date(), at if at.tzinfo is UTC else local.astimezone(UTC)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
