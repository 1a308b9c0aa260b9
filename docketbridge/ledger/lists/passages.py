"""Passages of matters through the program, kept beside their standings for counting: derived, replaced with each fold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, delete, func, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import State, Task
from docketbridge.domain.views.list_shapes import LineKind
from docketbridge.domain.views.passages import Move, Passage, passage_of
from docketbridge.ledger.bulk import insert_rows
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.tables.list_rows import ListLineRow, PassageRow
from docketbridge.ledger.tables.rows import MatterRow, StandingRow
from docketbridge.ledger.visibility import EVERYTHING, Visible

_COLUMNS = ("matter", "mediator", "requested_on", "ordered_on", "extensions", "moves", "tasks")


def keep_passages(session: Session, case: CaseKey, files: Iterable[MatterFile]) -> None:
    """Replace the passages of a case's matters by what their files say."""
    in_case = select(MatterRow.id).where(MatterRow.court == case.court, MatterRow.case_number == case.number)
    session.execute(delete(PassageRow).where(PassageRow.matter.in_(in_case)))
    table: Table = PassageRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
    insert_rows(session, table, _COLUMNS, [_row(passage_of(file), file.posture.tasks) for file in files])


def _row(passage: Passage, tasks: Iterable[Task]) -> tuple[Any, ...]:
    moves = [
        [each.day.isoformat(), each.on, each.source.value if each.source else None, each.target.value] for each in passage.moves
    ]
    told = (passage.matter, passage.mediator, passage.requested_on, passage.ordered_on, passage.extensions)
    return (*told, moves, [to_json(each) for each in tasks])


def passages_kept(session: Session, *, today: date, visible: Visible = EVERYTHING) -> tuple[Passage, ...]:
    """The passages of the matters that there are for somebody, by number, as they stand on a day; one query.

    A fold holds until the next day that changes its matter: `today` is what it is told for.
    """
    rows = session.execute(
        select(
            StandingRow.matter,
            StandingRow.number,
            StandingRow.court,
            StandingRow.judge,
            StandingRow.creditor,
            PassageRow.mediator,
            StandingRow.chapter,
            StandingRow.state,
            PassageRow.requested_on,
            PassageRow.ordered_on,
            PassageRow.extensions,
            PassageRow.moves,
        )
        .join(PassageRow, PassageRow.matter == StandingRow.matter)
        .join(MatterRow, MatterRow.id == StandingRow.matter)
        .where(visible.condition())
        .order_by(StandingRow.number)
    )
    return tuple(
        Passage(
            matter=matter,
            number=number,
            court=court,
            judge=judge,
            creditor=creditor,
            mediator=mediator,
            chapter=chapter,
            state=State(state),
            through=today,
            requested_on=requested,
            ordered_on=ordered,
            extensions=extensions,
            moves=tuple(_move(*each) for each in moves),
        )
        for matter, number, court, judge, creditor, mediator, chapter, state, requested, ordered, extensions, moves in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedTask:
    """One open task with its matter; `label` names the entry that it is about."""

    number: str
    court: str
    case_number: str
    label: str | None
    task: Task


def tasks_owed(
    session: Session,
    *,
    owner: str | None = None,
    visible: Visible = EVERYTHING,
    beginning: int = 0,
    at_most: int | None = None,
) -> tuple[OwedTask, ...]:
    """The open tasks of the matters that there are for somebody, by due day, number and key; one query.

    `owner` is what the owner's name must have in it.
    """
    line = ListLineRow
    turn = func.row_number().over(partition_by=line.matter, order_by=line.place_in)
    told = select(line.matter, line.key, line.day, line.owner, line.label, turn.label("turn"))
    lines = told.where(line.kind == LineKind.TASK.value).subquery()
    chosen = (
        select(StandingRow.number, MatterRow.court, MatterRow.case_number, lines.c.label, lines.c.turn, PassageRow.tasks)
        .join(lines, lines.c.matter == StandingRow.matter)
        .join(MatterRow, MatterRow.id == StandingRow.matter)
        .join(PassageRow, PassageRow.matter == StandingRow.matter)
        .where(visible.condition())
        .order_by(lines.c.day.is_(None), lines.c.day, StandingRow.number, lines.c.key, lines.c.turn)
    )
    if owner is not None:
        chosen = chosen.where(func.lower(lines.c.owner).contains(owner.lower(), autoescape=True))
    return tuple(
        OwedTask(number=number, court=court, case_number=case, label=label, task=from_json(tasks[place - 1], Task))
        for number, court, case, label, place, tasks in session.execute(chosen.offset(beginning).limit(at_most))
    )


@lru_cache(maxsize=65_536)
def _move(day: str, on: str, source: str | None, target: str) -> Move:
    """One step; the same step of many matters is one value."""
    return Move(day=date.fromisoformat(day), on=on, source=State(source) if source else None, target=State(target))
