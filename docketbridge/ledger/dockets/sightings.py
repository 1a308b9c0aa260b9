"""Recording what one feed tells of entries: joined with what is known, each telling kept once, counted by what it changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Table, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.entries import fingerprint_of
from docketbridge.errors import LedgerError
from docketbridge.ledger.bulk import among, chunks, insert_rows
from docketbridge.ledger.dockets.dockets import Sighting
from docketbridge.ledger.dockets.joining import Batch, known_entries
from docketbridge.ledger.dockets.tellings import Said, Telling
from docketbridge.ledger.tables.rows import EntryMergeRow, SightingRow

_PLAIN = ("filed", "entered", "entered_time", "sequence", "document_number")
_LISTS = ("related_documents", "attachments")
_BRIEF = ("id", "entry", "digest", "told_at", "last_told_at")
_KEPT = ("entry", "snapshot", "digest", "told_at", "last_told_at", *Said._fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTold:
    """What one feed tells of entries: the digest of its bytes, when it was told (aware, UTC), and its tellings."""

    snapshot: str
    told_at: datetime
    entries: Sequence[Telling]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What telling one feed's entries did: counts of `new`, `again` and `amended`, and by case the entries that changed.

    `brought` are the entries that it brought. `sooner` are the cases of entries that turned out to have been told of sooner than
    was known: this feed is older than others taken in before.
    """

    counts: Counter[str]
    touched: Mapping[CaseKey, set[str]]
    brought: frozenset[str]
    sooner: frozenset[CaseKey]


@dataclass(slots=True)
class _Held:
    """A telling of an entry, by its row's number (None: not kept yet); what it says is read where it is needed."""

    id: int | None
    entry: str
    digest: str
    told_at: datetime
    last_told_at: datetime
    said: Said | None = None
    snapshot: str = ""

    def tells(self, name: str) -> object:
        return getattr(self.said, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Records the entries of feeds, one feed after the other, as if each had been recorded by itself."""

    session: Session
    pending: list[_Held] = field(default_factory=list)
    rising: dict[int, datetime] = field(default_factory=dict)
    falling: dict[int, datetime] = field(default_factory=dict)

    def record(self, feeds: Sequence[FeedTold]) -> tuple[list[Told], Mapping[str, Sequence[Sighting]]]:
        """Record the entries of these feeds. A telling that adds or changes something amends its entry; others were seen again.

        Gives what each feed did, and the entries that they brought and that stand by themselves, each with all its sightings.
        """
        batch = Batch(known=known_entries(self.session, [telling for feed in feeds for telling in feed.entries]))
        placed = [[(telling, *batch.place(telling)) for telling in feed.entries] for feed in feeds]
        batch.insert(self.session)
        minted = {entry for feed in placed for _, entry, was_new in feed if was_new}
        unread = [each[:2] for feed in placed for each in feed if each[1] not in minted or each[1] in batch.joined]
        before = self._before(unread)
        told = [self._record(feed, some, before, batch) for feed, some in zip(feeds, placed, strict=True)]
        table: Table = SightingRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
        insert_rows(self.session, table, _KEPT, [_as_row(each) for each in self.pending])
        self._note(SightingRow.last_told_at, self.rising)
        self._note(SightingRow.told_at, self.falling)
        return told, {entry: tuple(map(_sighting, before[entry])) for entry in minted - batch.moved}

    def _record(
        self, feed: FeedTold, placed: Sequence[tuple[Telling, str, bool]], before: dict[str, list[_Held]], batch: Batch
    ) -> Told:
        touched: dict[CaseKey, set[str]] = defaultdict(set)
        counts: Counter[str] = Counter()
        sooner: set[CaseKey] = set()
        at, joined = feed.told_at, batch.joined
        for (case, _, digest, said), entry, was_new in placed:
            known = before.setdefault(entry, [])
            same = next((each for each in known if each.digest == digest), None)
            changes = not was_new and not (same is not None and len(known) == 1) and _changes(said, known, at)
            counts["new" if was_new else "amended" if changes else "again"] += 1
            if was_new or changes or entry in joined:
                touched[case].add(entry)
            if known and at < min(each.told_at for each in known):
                sooner.add(case)
            if same is None:
                held = _Held(None, entry, digest, at, at, said, feed.snapshot)
                known.append(held)
                self.pending.append(held)
            elif same.last_told_at < at:
                same.last_told_at = at
                if same.id is not None:
                    self.rising[same.id] = at
            elif at < same.told_at:
                same.told_at = at
                if same.id is not None:
                    self.falling[same.id] = at
        for gone, merge in batch.merged.items():
            touched[merge.case].update((gone, merge.kept))
        brought = frozenset(entry for _, entry, was_new in placed if was_new)
        return Told(counts=counts, touched=touched, brought=brought, sooner=frozenset(sooner))

    def _note(self, when: InstrumentedAttribute[datetime], times: Mapping[int, datetime]) -> None:
        """Note when tellings kept before were told last, or first."""
        by_time: dict[datetime, list[int]] = defaultdict(list)
        for sighting, at in times.items():
            by_time[at].append(sighting)
        for at, sightings in by_time.items():
            for some in chunks(sorted(sightings)):
                told = among(self.session, SightingRow.id, some)
                self.session.execute(update(SightingRow).where(told).values({when: at}))

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
            for number, entry, digest, first, last, *says in told:
                kept[living[entry]].append(_Held(number, entry, digest, first, last, Said._make(says) if says else None))
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


def _changes(said: Said, known: Sequence[_Held], at: datetime) -> bool:
    """Whether a telling says what no telling said, or other than the latest one that it is not older than."""
    plain = ((name, getattr(said, name)) for name in _PLAIN)
    if any(value is not None and _is_news(name, value, known, at) for name, value in plain):
        return True
    if said.link and not any(each.tells("link") for each in known):
        return True
    if set(said.events) - {event for each in known if each.said for event in each.said.events}:
        return True
    if said.text is None:
        return False
    with_text = [each for each in known if each.tells("text")]
    if _is_news("text", said.text, with_text, at):
        return True
    lists = ((name, getattr(said, name)) for name in _LISTS)
    return any(value and _is_news(name, value, with_text, at) for name, value in lists)


def _is_news(name: str, value: object, known: Sequence[_Held], at: datetime) -> bool:
    told = [each for each in known if each.tells(name) is not None]
    if not told:
        return True
    last = max(told, key=lambda each: (each.last_told_at, each.digest))
    if last.last_told_at > at:
        return False
    if name == "text":
        return fingerprint_of(str(value)) != fingerprint_of(str(last.tells(name)))
    return value != last.tells(name)


def _as_row(held: _Held) -> tuple[object, ...]:
    return (held.entry, held.snapshot, held.digest, held.told_at, held.last_told_at, *(held.said or ()))


def _sighting(held: _Held) -> Sighting:
    said = held.said
    if said is None:
        raise LedgerError(f"a telling of {held.entry} was to be kept that says nothing")
    return Sighting(
        held.entry,
        held.digest,
        said.format,
        held.last_told_at,
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
