"""Recording what one feed tells of entries: joined with what is known, each telling kept once, counted by what it changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.entries import fingerprint_of
from docketbridge.ledger.bulk import among, chunks, insert_rows
from docketbridge.ledger.dockets import Sighting
from docketbridge.ledger.joining import Batch, known_entries
from docketbridge.ledger.rows import EntryMergeRow, SightingRow
from docketbridge.ledger.tellings import Said, Telling

_PLAIN = ("filed", "entered", "entered_time", "sequence", "document_number")
_LISTS = ("related_documents", "attachments")
_BRIEF = ("id", "entry", "digest", "last_told_at")
_KEPT = ("entry", "snapshot", "digest", "told_at", "last_told_at", *Said._fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What telling a feed's entries did: counts of `new`, `again` and `amended`, and by case the entries that changed.

    `fresh` are the entries that the feed brought and that stand by themselves, each with all its sightings.
    """

    counts: Counter[str]
    touched: Mapping[CaseKey, set[str]]
    fresh: Mapping[str, Sequence[Sighting]]


@dataclass(slots=True)
class _Held:
    """A telling of an entry that is kept, by its row's number (None: by this feed); what it says is read where it is needed."""

    id: int | None
    digest: str
    last_told_at: datetime
    said: Said | None = None

    def tells(self, name: str) -> object:
        return getattr(self.said, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Records the entries of one feed, told at one time."""

    session: Session
    snapshot: str
    told_at: datetime

    def record(self, tellings: Sequence[Telling]) -> Told:
        """Record entries. A telling that adds or changes something amends its entry; any other was seen again."""
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
        sightings: list[tuple[object, ...]] = []
        at = self.told_at
        for telling, entry, was_new in placed:
            case, _, digest, said = telling
            known = before.setdefault(entry, [])
            same = next((each for each in known if each.digest == digest), None)
            changes = not was_new and not (same is not None and len(known) == 1) and self._changes(said, known)
            counts["new" if was_new else "amended" if changes else "again"] += 1
            if was_new or changes or entry in joined:
                touched[case].add(entry)
            if same is None:
                sightings.append((entry, self.snapshot, digest, at, at, *said))
                known.append(_Held(None, digest, at, said))
                if entry in minted and entry not in moved:
                    fresh.setdefault(entry, []).append(_sighting(entry, digest, at, said))
            elif same.id is not None and same.last_told_at < at:
                same.last_told_at = at
                rising.add(same.id)
        for gone, merge in batch.merged.items():
            touched[merge.case].update((gone, merge.kept))
        table: Table = SightingRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
        insert_rows(self.session, table, _KEPT, sightings)
        self._raise(rising)
        return Told(counts=counts, touched=touched, fresh=fresh)

    def _raise(self, sightings: Iterable[int]) -> None:
        """Note that tellings kept before were told again at this feed's time."""
        for some in chunks(sorted(sightings)):
            told = among(self.session, SightingRow.id, some)
            self.session.execute(update(SightingRow).where(told).values(last_told_at=self.told_at))

    def _before(self, placed: Sequence[tuple[Telling, str]]) -> dict[str, list[_Held]]:
        """The tellings of these entries that are kept already; what they say is read only where a new one says otherwise."""
        living = {entry: entry for _, entry in placed}
        self._add_merged(living)
        before = self._kept(living, ())
        otherwise = {entry for telling, entry in placed if [each.digest for each in before[entry]] != [telling.digest]}
        before.update(self._kept({lost: entry for lost, entry in living.items() if entry in otherwise}, Said._fields))
        return before

    def _kept(self, living: Mapping[str, str], said: Sequence[str]) -> dict[str, list[_Held]]:
        kept: dict[str, list[_Held]] = defaultdict(list)
        columns = [getattr(SightingRow, name) for name in (*_BRIEF, *said)]
        for some in chunks(sorted(living)):
            told = self.session.execute(select(*columns).where(among(self.session, SightingRow.entry, some)))
            for number, entry, digest, last, *says in told:
                kept[living[entry]].append(_Held(number, digest, last, Said._make(says) if says else None))
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

    def _changes(self, said: Said, known: Sequence[_Held]) -> bool:
        """Whether a telling says what no telling said, or other than the latest one that it is not older than."""
        plain = ((name, getattr(said, name)) for name in _PLAIN)
        if any(value is not None and self._is_news(name, value, known) for name, value in plain):
            return True
        if said.link and not any(each.tells("link") for each in known):
            return True
        if set(said.events) - {event for each in known if each.said for event in each.said.events}:
            return True
        if said.text is None:
            return False
        with_text = [each for each in known if each.tells("text")]
        if self._is_news("text", said.text, with_text):
            return True
        lists = ((name, getattr(said, name)) for name in _LISTS)
        return any(value and self._is_news(name, value, with_text) for name, value in lists)

    def _is_news(self, name: str, value: object, known: Sequence[_Held]) -> bool:
        told = [each for each in known if each.tells(name) is not None]
        if not told:
            return True
        last = max(told, key=lambda each: (each.last_told_at, each.digest))
        if last.last_told_at > self.told_at:
            return False
        if name == "text":
            return fingerprint_of(str(value)) != fingerprint_of(str(last.tells(name)))
        return value != last.tells(name)


def _sighting(entry: str, digest: str, told_at: datetime, said: Said) -> Sighting:
    return Sighting(
        entry,
        digest,
        said.format,
        told_at,
        said.filed,
        said.entered,
        said.entered_time,
        said.sequence,
        said.document_number,
        said.events,
        said.text,
        said.related_documents,
        said.attachments,
        said.link,
    )
