"""What counts on a day, before it and in the days after it, over many matters: for a digest; counted and cut in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session

from docketbridge.domain.views.list_shapes import LineKind
from docketbridge.ledger.lists.list_lines import Found, Listed, picked_lines
from docketbridge.ledger.tables.list_rows import ListLineRow
from docketbridge.ledger.tables.rows import MatterRow, StandingRow
from docketbridge.ledger.visibility import Visible

_AHEAD_STATUS = ("set", "moved")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAsked:
    """A day and how far ahead of it is told (`until`, inclusive).

    `by_latest` says that a deadline is not over before its latest reading has passed; `tasks_of` is what the owner of a task
    must have in its name (empty: any; None: tasks are not told).
    """

    day: date
    until: date
    by_latest: bool
    tasks_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLines:
    """What was due before the day, what counts on it, and what comes after it."""

    before: Found
    on_it: Found
    after: Found


def day_lines(
    session: Session, asked: DayAsked, *, visible: Visible, only: Iterable[ColumnElement[bool]], at_most: int
) -> DayLines:
    """The lines of the matters that there are for somebody and that one of `only` chooses, `at_most` a section; one query."""
    line, counts_on = ListLineRow, _counts_on(asked)
    section = case((counts_on < asked.day, 0), (counts_on == asked.day, 1), else_=2)
    order = (counts_on, func.coalesce(line.clock, ""), StandingRow.number, line.place_in)
    ranked = (
        select(
            line.matter,
            line.place_in,
            section.label("section"),
            func.row_number().over(partition_by=section, order_by=order).label("rank"),
            func.count().over(partition_by=section).label("total"),
        )
        .join(StandingRow, StandingRow.matter == line.matter)
        .join(MatterRow, MatterRow.id == line.matter)
        .where(visible.condition(), or_(false(), *only), _told(asked))
        .subquery()
    )
    picked = select(ranked).where(ranked.c.rank <= at_most).subquery()
    rows = picked_lines(session, picked, order=(picked.c.section, picked.c.rank))
    lines: tuple[list[Listed], list[Listed], list[Listed]] = ([], [], [])
    totals = [0, 0, 0]
    for place, total, found in rows:
        lines[place].append(found)
        totals[place] = total
    before, on_it, after = (Found(lines=tuple(some), total=total) for some, total in zip(lines, totals, strict=True))
    return DayLines(before=before, on_it=on_it, after=after)


def _counts_on(asked: DayAsked) -> ColumnElement[Any]:
    line = ListLineRow
    if not asked.by_latest:
        return line.day.expression
    is_past = and_(line.kind == LineKind.DEADLINE.value, line.day < asked.day)
    return case((is_past, func.coalesce(line.latest, line.day)), else_=line.day)


def _told(asked: DayAsked) -> ColumnElement[bool]:
    line = ListLineRow
    hearings = and_(line.kind == LineKind.HEARING.value, line.status.in_(_AHEAD_STATUS), line.day >= asked.day)
    deadlines = and_(line.kind == LineKind.DEADLINE.value, line.status == "running")
    kinds = [and_(hearings, line.day <= asked.until), and_(deadlines, line.day <= asked.until)]
    if asked.tasks_of is not None:
        owned = func.lower(line.owner).contains(asked.tasks_of, autoescape=True) if asked.tasks_of else true()
        kinds.append(and_(line.kind == LineKind.TASK.value, line.day <= asked.until, owned))
    return or_(*kinds)
