"""Lists of matters for programs: narrowed and cut into pages in the ledger, never in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rights import Acting, is_party, visible_to
from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.matters import CourtFacts
from docketbridge.domain.views.list_shapes import LineKind, ListLine
from docketbridge.domain.views.passages import Passage
from docketbridge.domain.views.told_to_a_party import next_told
from docketbridge.ledger.lists.derived import MatterLine, matter_lines
from docketbridge.ledger.lists.list_lines import Wanted, listed
from docketbridge.ledger.lists.matter_figures import MatterFigures, matter_figures
from docketbridge.ledger.lists.matter_pages import MattersWanted, Place, place_of
from docketbridge.ledger.lists.passages import passages_kept
from docketbridge.ledger.lists.waiting_entries import waiting_entries
from docketbridge.ledger.sessions import next_sessions


class ListsDesk(Protocol):
    """A desk as far as lists go."""

    @property
    def engine(self) -> Engine:
        """The ledger's engine."""
        ...

    @property
    def rulebook(self) -> Rulebook:
        """The programs and the courts' calendars."""
        ...

    @property
    def today(self) -> date:
        """The court's day."""
        ...

    @property
    def acting(self) -> Acting | None:
        """Who works here; None is the machine's operator."""
        ...

    @property
    def behind(self) -> int:
        """How many cases the last refreshing left as an earlier day left them."""
        ...

    def refresh(self) -> int:
        """Fold again what the day may have changed."""
        ...

    def facts_stamp(self) -> str:
        """A stamp that stays the same while no fact is taken in."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterList:
    """Some matters, and the place from which the list goes on; None at its end."""

    lines: tuple[MatterLine, ...]
    more: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meets:
    """A matter, and when its sides meet next (local court time); None where nothing is set."""

    line: MatterLine
    start: datetime | None


_CONFERENCE = "lm_conference"
_AHEAD = ("set", "moved")


def matter_list(desk: ListsDesk, wanted: MattersWanted, *, at_most: int) -> MatterList:
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


def figures_of(desk: ListsDesk, *, soon: date) -> MatterFigures:
    """How many matters there are for whoever acts, and how they stand; `soon` is the last day that counts as soon."""
    with Session(desk.engine) as session:
        return matter_figures(session, visible=visible_to(desk.acting), soon=soon)


def passages_of(desk: ListsDesk) -> tuple[Passage, ...]:
    """The passages through the program of the matters that there are for whoever acts; one query after the day's folds."""
    desk.refresh()
    with Session(desk.engine) as session:
        return passages_kept(session, today=desk.today, visible=visible_to(desk.acting))


def court_facts_of(desk: ListsDesk, court: str) -> CourtFacts:
    """What papers and pages say about a court. Raises ProfileError for one that nobody knows."""
    return desk.rulebook.court_facts(court)


def meetings_ahead(desk: ListsDesk) -> tuple[Meets, ...]:
    """When the sides of each matter meet next, for the matters that there are for whoever acts: the nearest first.

    Three queries after the day's folds, whatever the number of matters. A session that the last record sets and a conference on
    the docket both count; matters without either come last, by number.
    """
    desk.refresh()
    visible = visible_to(desk.acting)
    with Session(desk.engine) as session:
        lines = matter_lines(session, visible=visible)
        starts = next_sessions(session, visible=visible, today=desk.today)
        wanted = Wanted(kind=LineKind.HEARING, keys=(_CONFERENCE,), statuses=_AHEAD, start=desk.today)
        for found in listed(session, wanted, visible=visible).lines:
            start = _start(found.line)
            starts[found.matter.id] = min(starts.get(found.matter.id, start), start)
    meets = [Meets(line=line, start=starts.get(line.id)) for line in lines]
    return tuple(sorted(meets, key=lambda each: (each.start or datetime.max, each.line.number)))  # noqa: DTZ901 - court time


def _start(line: ListLine) -> datetime:
    return datetime.combine(line.day or date.max, time.fromisoformat(line.clock) if line.clock is not None else time())


def entries_waiting(desk: ListsDesk) -> int:
    """How many entries wait for a person of the court; none for anybody else."""
    if not visible_to(desk.acting).everything:
        return 0
    with Session(desk.engine) as session:
        return waiting_entries(session, at_most=1).total
