"""One entry, many sightings: the keys by which tellings of one docketing are known, joined in memory and inserted in bulk."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, insert, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.entries import ParsedEntry, fingerprint_of
from docketbridge.ledger.database import insert_all_if_new
from docketbridge.ledger.rows import EntryKeyRow, EntryMergeRow, EntryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One feed's telling of an entry, with the case it is of and every key it gives."""

    case: CaseKey
    keys: tuple[str, ...]
    row: dict[str, Any]
    digest: str


@dataclass(slots=True, kw_only=True)
class Batch:
    """What one feed adds, worked out in memory against what is known, then inserted table by table."""

    known: dict[tuple[CaseKey, str], str]
    entries: list[dict[str, Any]] = field(default_factory=list)
    keys: list[dict[str, Any]] = field(default_factory=list)
    merged: dict[str, tuple[str, str]] = field(default_factory=dict)

    def place(self, telling: Telling) -> tuple[str, bool]:
        """Find the entry by any of its keys, or mint one; entries that turn out to be one are merged by a fact."""
        case = telling.case
        found = {key: self.known[case, key] for key in telling.keys if (case, key) in self.known}
        if found:
            entry = min(found.values())
            for other in sorted(set(found.values()) - {entry}):
                self._merge(kept=entry, gone=other, because=", ".join(sorted(found)))
        else:
            entry = hashlib.blake2b(f"{case} {telling.keys[0]}".encode(), digest_size=12).hexdigest()
            self.entries.append({"id": entry, "court": case.court, "case_number": case.number})
        for key in telling.keys:
            if key not in found:
                self.known[case, key] = entry
                self.keys.append({"court": case.court, "case_number": case.number, "key": key, "entry": entry})
        return entry, not found

    def _merge(self, *, kept: str, gone: str, because: str) -> None:
        self.merged[gone] = (kept, because)
        for place, entry in self.known.items():
            if entry == gone:
                self.known[place] = kept
        for row in self.keys:
            if row["entry"] == gone:
                row["entry"] = kept

    @property
    def joined(self) -> frozenset[str]:
        """The entries in which others were found to live on."""
        return frozenset(kept for kept, _ in self.merged.values())

    def insert(self, session: Session) -> None:
        """Insert all that is new."""
        if self.entries:
            # An entry outlives what was read of it: reading kept feeds again finds it standing.
            table: Table = EntryRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
            insert_all_if_new(session, table, self.entries)
        if self.keys:
            session.execute(insert(EntryKeyRow), self.keys)
        for gone, (kept, because) in self.merged.items():
            session.execute(insert(EntryMergeRow).values(gone=gone, kept=kept, because=because))
            session.execute(update(EntryKeyRow).where(EntryKeyRow.entry == gone).values(entry=kept))


def keys_of(case: CaseKey, parsed: ParsedEntry, row: dict[str, Any], alike: Counter[tuple[CaseKey, str]]) -> tuple[str, ...]:
    """The keys of a telling within its case: document number, sequence, or its text where it has no number.

    The document number comes first: nearly every feed tells it, so that an entry's id is the same whichever came first.
    """
    keys = []
    if row["document_number"] is not None:
        keys.append(f"doc:{row['document_number']}")
    if row["sequence"] is not None:
        keys.append(f"seq:{row['sequence']}")
    if parsed.text and row["document_number"] is None:
        # Only an entry without a number is known by its text: two papers of one day may read alike.
        key = f"text:{row['filed'] or row['entered']}:{fingerprint_of(parsed.text)}"
        alike[case, key] += 1
        keys.append(f"{key}:{alike[case, key]}")
    if not keys:
        keys.append(f"stub:{row['entered_time'] or row['entered'] or row['filed']}:{'|'.join(parsed.events)[:20]}")
    return tuple(keys)
