"""Lists of matters for programs: narrowed and cut into pages in the ledger, never in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import is_party, visible_to
from docketbridge.domain.told_to_a_party import next_told
from docketbridge.ledger.derived import MatterLine, matter_lines
from docketbridge.ledger.matter_figures import MatterFigures, matter_figures
from docketbridge.ledger.matter_pages import MattersWanted, Place, place_of
from docketbridge.ledger.waiting_entries import waiting_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterList:
    """Some matters, and the place from which the list goes on; None at its end."""

    lines: tuple[MatterLine, ...]
    more: Place | None


def matter_list(desk: Desk, wanted: MattersWanted, *, at_most: int) -> MatterList:
    """The matters wanted of those that there are for whoever acts, in the order of `matters`; one query after the day's folds.

    A party is told the earliest reading, and nothing of what is owed or settled inside the court.
    """
    desk.refresh()
    with Session(desk.engine) as session:
        found = matter_lines(session, visible=visible_to(desk.acting), only=wanted.condition(), at_most=at_most + 1)
    lines = found[:at_most]
    more = place_of(lines[-1]) if len(found) > at_most else None
    if is_party(desk.acting):
        lines = tuple(replace(line, next=next_told(line.next), open_tasks=0, settled=False) for line in lines)
    return MatterList(lines=lines, more=more)


def figures_of(desk: Desk, *, soon: date) -> MatterFigures:
    """How many matters there are for whoever acts, and how they stand; `soon` is the last day that counts as soon."""
    with Session(desk.engine) as session:
        return matter_figures(session, visible=visible_to(desk.acting), soon=soon)


def entries_waiting(desk: Desk) -> int:
    """How many entries wait for a person of the court; none for anybody else."""
    if not visible_to(desk.acting).everything:
        return 0
    with Session(desk.engine) as session:
        return waiting_entries(session, at_most=1).total
