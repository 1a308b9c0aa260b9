"""The situation as a form under the three questions: what a person chose becomes what the options are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mediator.typed import Typed

from .options import QUESTIONS, Situation


class Hardship(StrEnum):
    """Whether what happened is over."""

    OVER = "over"
    ENDING = "ending"
    LASTING = "lasting"


class Wish(StrEnum):
    """What the debtor wants."""

    STAY = "stay"
    SELL = "sell"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing to ask: the field, its words, and what may be answered."""

    name: str
    words: str
    answers: tuple[tuple[str, str], ...]


_YES_NO = (("yes", "yes"), ("no", "no"))
ASKED: tuple[tuple[str, tuple[Asked, ...]], ...] = (
    (
        QUESTIONS[0],
        (
            Asked(
                name="hardship",
                words="The setback",
                answers=(("over", "is over"), ("ending", "has an end in sight"), ("lasting", "lasts")),
            ),
        ),
    ),
    (
        QUESTIONS[1],
        (
            Asked(name="income", words="Is there income that goes on?", answers=_YES_NO),
            Asked(name="surplus", words="Is something left each month?", answers=_YES_NO),
            Asked(name="lump_sum", words="Can a lump sum be had?", answers=_YES_NO),
            Asked(name="equity", words="Is the property worth more than is owed?", answers=_YES_NO),
            Asked(name="junior_liens", words="Do other liens stand on the property?", answers=_YES_NO),
        ),
    ),
    (
        QUESTIONS[2],
        (
            Asked(
                name="wish",
                words="With the home, the debtor wants to",
                answers=(("stay", "stay"), ("sell", "sell it"), ("leave", "leave it")),
            ),
        ),
    ),
)


def first_answers(situation: Situation) -> Mapping[str, str]:
    """The form as the facts known fill it."""
    words = {True: "yes", False: "no"}
    known = {name: getattr(situation, name) for name in ("income", "surplus", "lump_sum", "equity", "junior_liens")}
    return {name: words[value] for name, value in known.items() if value is not None}


def read_situation(typed: Typed) -> Situation:
    """What was chosen; a field left open is not known."""
    hardship, wish = typed.one_of("hardship", Hardship), typed.one_of("wish", Wish)
    return Situation(
        hardship=hardship.value if hardship else None,
        income=typed.yes("income"),
        surplus=typed.yes("surplus"),
        lump_sum=typed.yes("lump_sum"),
        equity=typed.yes("equity"),
        junior_liens=typed.yes("junior_liens"),
        wish=wish.value if wish else None,
    )
