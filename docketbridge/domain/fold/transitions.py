"""What a row of the transition table is, and the groups of states its rows start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docketbridge.domain.fold.course import Course, Happening
from docketbridge.domain.standing import State

Guard = Callable[[Course, Happening], bool]
Effect = Callable[[Course, Happening], None]
Sources = tuple[State | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row: from any of `source`, on a happening, to `target`.

    `target` None keeps the state; a function finds it out (the state before, requested or ripe). The first row whose guard
    agrees is taken; where rows are there and every guard refuses, the event is unexpected.
    """

    source: Sources
    on: str
    target: State | Callable[[Course, Happening], State | None] | None
    cite: str
    guard: Guard | None = None
    effects: tuple[Effect, ...] = ()
    note: str = ""


NOWHERE: Sources = (None,)
REQUESTED, OBJECTED, HEARING_SET, RIPE = State.REQUESTED, State.OBJECTED, State.HEARING_SET, State.RIPE
ACTIVE, APPROVED, EXPIRED, TERMINATED = State.ACTIVE, State.APPROVED, State.EXPIRED, State.TERMINATED
ASKED: Sources = (REQUESTED, OBJECTED, HEARING_SET, RIPE)
OVER: Sources = (State.DENIED, State.WITHDRAWN, TERMINATED, EXPIRED, State.CLOSED)
