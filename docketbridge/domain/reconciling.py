"""Reconciling a docket with its own numbering: numbers missing between those seen tell of entries that were not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.watching import end_of_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Sequence numbers of a case, or document numbers, that no feed told, `first` to `last`.

    They were docketed after the entry before them (`since`) and before the one that follows (`by`), aware UTC times; None
    where that entry's time is not known.
    """

    first: int
    last: int
    since: datetime | None
    by: datetime | None

    @property
    def missing(self) -> int:
        """How many numbers it spans."""
        return self.last - self.first + 1


def holes_in(entries: Iterable[DocketEntry], *, accounted_through: datetime | None, timezone: str) -> tuple[Hole, ...]:
    """The sequence numbers missing between the lowest and the highest seen, in order.

    A whole docket report, or a person who looked at the docket, accounts for every number docketed up to its time
    (`accounted_through`): what it does not show was never public.
    """
    seen = {each.sequence: each for each in entries if each.sequence is not None}
    return tuple(_holes(seen, accounted_through, timezone))


def document_holes_in(entries: Iterable[DocketEntry], *, accounted_through: datetime | None, timezone: str) -> tuple[Hole, ...]:
    """The document numbers missing between the lowest and the highest seen, in order, accounted for as sequence numbers are.

    A court may pass a document number over. Where every sequence number between the two entries was seen, nothing was docketed
    between them that was not, and the missing number is no hole.
    """
    told = tuple(entries)
    seen = {each.document_number: each for each in told if each.document_number is not None}
    sequences = {each.sequence for each in told if each.sequence is not None}
    return tuple(
        hole
        for hole in _holes(seen, accounted_through, timezone)
        if not _is_unbroken(seen[hole.first - 1].sequence, seen[hole.last + 1].sequence, sequences)
    )


def _is_unbroken(before: int | None, after: int | None, seen: set[int]) -> bool:
    """Whether every sequence number between two, whichever is the higher, was seen."""
    if before is None or after is None:
        return False
    return all(number in seen for number in range(min(before, after) + 1, max(before, after)))


def _holes(seen: Mapping[int, DocketEntry], accounted_through: datetime | None, timezone: str) -> Iterable[Hole]:
    for before, after in pairwise(sorted(seen)):
        if after == before + 1:
            continue
        by = _docketed(seen[after], timezone)
        if accounted_through is not None and by is not None and by <= accounted_through:
            continue
        yield Hole(first=before + 1, last=after - 1, since=_docketed(seen[before], timezone), by=by)


def _docketed(entry: DocketEntry, timezone: str) -> datetime | None:
    """When an entry was docketed, at the latest."""
    if entry.entered_time is not None:
        return entry.entered_time
    return end_of_day(entry.entered, timezone) if entry.entered else None
