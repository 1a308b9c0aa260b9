"""One entry, many sightings: the keys by which tellings of one docketing are known, joined in memory and inserted in bulk."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.bulk import among, asked, chunks, insert_rows
from docketbridge.ledger.dockets.tellings import Telling
from docketbridge.ledger.tables.rows import EntryKeyRow, EntryMergeRow, EntryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """That an entry of a case was found to be another one, `kept`, because of these keys."""

    case: CaseKey
    kept: str
    because: str


@dataclass(slots=True, kw_only=True)
class Batch:
    """What one feed adds, worked out in memory against what is known, then inserted table by table."""

    known: dict[CaseKey, dict[str, str]]
    entries: list[tuple[str, str, str]] = field(default_factory=list)
    keys: list[list[str]] = field(default_factory=list)
    merged: dict[str, Merge] = field(default_factory=dict)

    def place(self, telling: Telling) -> tuple[str, bool]:
        """Find the entry by any of its keys, or mint one; entries that turn out to be one are merged by a fact."""
        case, known = telling.case, self.known.setdefault(telling.case, {})
        found = {key: known[key] for key in telling.keys if key in known}
        if found:
            entry = min(found.values())
            for other in sorted(set(found.values()) - {entry}):
                self._merge(known, other, Merge(case=case, kept=entry, because=", ".join(sorted(found))))
        else:
            entry = hashlib.blake2b(f"{case} {telling.keys[0]}".encode(), digest_size=12).hexdigest()
            self.entries.append((entry, case.court, case.number))
        for key in telling.keys:
            if key not in found:
                known[key] = entry
                self.keys.append([case.court, case.number, key, entry])
        return entry, not found

    def _merge(self, known: dict[str, str], gone: str, merge: Merge) -> None:
        self.merged[gone] = merge
        for key, entry in known.items():
            if entry == gone:
                known[key] = merge.kept
        for row in self.keys:
            if row[-1] == gone:
                row[-1] = merge.kept

    @property
    def joined(self) -> frozenset[str]:
        """The entries in which others were found to live on."""
        return frozenset(merge.kept for merge in self.merged.values())

    @property
    def moved(self) -> frozenset[str]:
        """The entries that were found to be one with others: those that live on, and those that live on in them."""
        return self.joined | self.merged.keys()

    def insert(self, session: Session) -> None:
        """Insert all that is new."""
        # An entry outlives what was read of it: reading kept feeds again finds it standing.
        standing = _standing(session, [entry for entry, _, _ in self.entries])
        new = [each for each in self.entries if each[0] not in standing]
        insert_rows(session, _table(EntryRow), ("id", "court", "case_number"), new)
        insert_rows(session, _table(EntryKeyRow), ("court", "case_number", "key", "entry"), self.keys)
        for gone, merge in self.merged.items():
            session.execute(insert(EntryMergeRow).values(gone=gone, kept=merge.kept, because=merge.because))
            in_case = (EntryKeyRow.court == merge.case.court, EntryKeyRow.case_number == merge.case.number)
            session.execute(update(EntryKeyRow).where(*in_case, EntryKeyRow.entry == gone).values(entry=merge.kept))


def _table(row: type[Any]) -> Table:
    table: Table = row.__table__
    return table


def _standing(session: Session, entries: Sequence[str]) -> set[str]:
    return set(session.scalars(select(EntryRow.id).where(among(session, EntryRow.id, entries))))


def known_entries(session: Session, tellings: Iterable[Telling]) -> dict[CaseKey, dict[str, str]]:
    """The entries that any of these tellings' keys names already, by case and key."""
    named: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for telling in tellings:
        named[telling.case.court].update((telling.case.number, key) for key in telling.keys)
    known: dict[CaseKey, dict[str, str]] = defaultdict(dict)
    for court, pairs in sorted(named.items()):
        for some in chunks(sorted(pairs)):
            wanted = asked(session, some)
            # Looked up one by one, whatever the database thinks of the table's size: each is a step into its primary key.
            entry = (
                select(EntryKeyRow.entry)
                .where(EntryKeyRow.court == court, EntryKeyRow.case_number == wanted.c.first, EntryKeyRow.key == wanted.c.second)
                .scalar_subquery()
            )
            for number, key, found in session.execute(select(wanted.c.first, wanted.c.second, entry)):
                if found is not None:
                    known[CaseKey(court=court, number=number)][key] = found
    return known
