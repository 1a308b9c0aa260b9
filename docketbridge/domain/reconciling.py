"""Reconciling a docket with its own numbering: sequence numbers missing between those seen tell of entries that were not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.watching import end_of_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Sequence numbers of a case that no feed told, `first` to `last`.

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
    """The numbers missing between the lowest and the highest seen, in order.

    A whole docket report, or a person who looked at the docket, accounts for every number docketed up to its time
    (`accounted_through`): what it does not show was never public.
    """
    seen = {each.sequence: each for each in entries if each.sequence is not None}
    holes = []
    for before, after in pairwise(sorted(seen)):
        if after == before + 1:
            continue
        by = _docketed(seen[after], timezone)
        if accounted_through is not None and by is not None and by <= accounted_through:
            continue
        holes.append(Hole(first=before + 1, last=after - 1, since=_docketed(seen[before], timezone), by=by))
    return tuple(holes)


def _docketed(entry: DocketEntry, timezone: str) -> datetime | None:
    """When an entry was docketed, at the latest."""
    if entry.entered_time is not None:
        return entry.entered_time
    return end_of_day(entry.entered, timezone) if entry.entered else None
