"""A matter's passage through the program: what of it is counted over many matters, without its docket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of a matter: on which day, what moved it, from where (None: from nowhere) to where."""

    day: date
    on: str
    source: State | None
    target: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a matter stands and how it came there; `through` is the day that it was looked at for."""

    matter: str
    number: str
    court: str
    judge: str | None
    creditor: str | None
    mediator: str | None
    chapter: int | None
    state: State
    through: date
    requested_on: date | None
    ordered_on: date | None
    extensions: int
    moves: tuple[Move, ...]


def passage_of(file: MatterFile) -> Passage:
    """A matter's passage, from its file."""
    posture = file.posture
    return Passage(
        matter=file.matter.id,
        number=file.matter.number,
        court=file.matter.court,
        judge=file.case.judge_initials.lower() if file.case.judge_initials else None,
        creditor=file.matter.creditor,
        mediator=file.mediator.name if file.mediator is not None else None,
        chapter=file.case.chapter,
        state=posture.state,
        through=file.today,
        requested_on=posture.requested_on,
        ordered_on=posture.ordered_on,
        extensions=len(posture.lm_end_was),
        moves=tuple(Move(day=each.day, on=each.on, source=each.source, target=each.target) for each in posture.steps),
    )
