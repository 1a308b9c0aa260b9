"""The shape of a loss mitigation program: the whole transition table, and which row a happening takes."""

from __future__ import annotations

from docketbridge.domain.fold.course import Course, Happening
from docketbridge.domain.fold.entering_rows import OBJECTING, ORDERING, STARTING
from docketbridge.domain.fold.model_rows import BY_CONSENT, BY_REPORT, ORDER_FIRST
from docketbridge.domain.fold.period_rows import IN_THE_PERIOD, RESOLVING, THE_CASE
from docketbridge.domain.fold.transitions import Transition
from docketbridge.domain.standing import State

TABLE: tuple[Transition, ...] = (
    *BY_CONSENT,
    *ORDER_FIRST,
    *BY_REPORT,
    *STARTING,
    *ORDERING,
    *OBJECTING,
    *IN_THE_PERIOD,
    *RESOLVING,
    *THE_CASE,
)


def _by_happening() -> dict[tuple[State | None, str], tuple[Transition, ...]]:
    rows: dict[tuple[State | None, str], list[Transition]] = {}
    for row in TABLE:
        for source in row.source:
            rows.setdefault((source, row.on), []).append(row)
    return {key: tuple(found) for key, found in rows.items()}


ROWS = _by_happening()


def expects(course: Course, on: str) -> bool:
    """Whether any row starts from where the matter stands on a happening of this name; most happenings have none."""
    return (course.lm.state, on) in ROWS


def transition_for(course: Course, what: Happening) -> Transition | None:
    """The first row of the table that this happening takes from where the matter stands; None when none does."""
    for row in ROWS.get((course.lm.state, what.on), ()):
        if row.guard is None or row.guard(course, what):
            return row
    return None
