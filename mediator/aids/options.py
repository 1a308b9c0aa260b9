"""The ways out and what speaks for and against each from the facts known: a help to talk, never a decision."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from docketbridge.api import Substance, UsageError, Workout

QUESTIONS = ("What happened?", "Where are you now?", "What do you want to do?")
"""The frame of the talk; each fact below answers one of them."""

_WORDS: Mapping[str, tuple[int, str]] = {
    "setback_over": (0, "the setback is over"),
    "hardship_ends": (0, "the hardship has an end in sight"),
    "hardship_lasts": (0, "the hardship lasts"),
    "has_income": (1, "there is income that goes on"),
    "no_income": (1, "there is no income that goes on"),
    "has_surplus": (1, "something is left each month"),
    "no_surplus": (1, "nothing is left each month"),
    "has_lump_sum": (1, "a lump sum can be had"),
    "no_lump_sum": (1, "no lump sum can be had"),
    "has_equity": (1, "the property is worth more than is owed"),
    "underwater": (1, "the property is worth less than is owed"),
    "junior_liens": (1, "other liens stand on the property"),
    "wants_to_stay": (2, "the debtor wants to stay"),
    "wants_to_sell": (2, "the debtor wants to sell"),
    "wants_to_leave": (2, "the debtor wants to leave"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation(Substance):
    """What is known of a debtor's situation; None is not known, and speaks for nothing.

    `wish` is `stay`, `sell` or `leave`; `hardship` is `over`, `ending` or `lasting`.
    """

    hardship: str | None = None
    income: bool | None = None
    surplus: bool | None = None
    lump_sum: bool | None = None
    equity: bool | None = None
    junior_liens: bool | None = None
    wish: str | None = None

    def facts(self) -> frozenset[str]:
        """The facts that options are held against."""
        known = {
            {"over": "setback_over", "ending": "hardship_ends", "lasting": "hardship_lasts"}.get(self.hardship or ""),
            {"stay": "wants_to_stay", "sell": "wants_to_sell", "leave": "wants_to_leave"}.get(self.wish or ""),
            _either(self.income, "has_income", "no_income"),
            _either(self.surplus, "has_surplus", "no_surplus"),
            _either(self.lump_sum, "has_lump_sum", "no_lump_sum"),
            _either(self.equity, "has_equity", "underwater"),
            "junior_liens" if self.junior_liens else None,
        }
        return frozenset(each for each in known if each is not None)

    def unknown(self) -> tuple[str, ...]:
        """What has still to be asked, by the name of the field."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name) is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked(Substance):
    """One option with what speaks for it and against it."""

    option: Workout
    title: str
    how: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    option: Workout
    title: str
    how: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def look_at_options(situation: Situation) -> tuple[Looked, ...]:
    """Hold every option against what is known, in their own order: none is ranked, and none is left out."""
    facts = situation.facts()
    return tuple(
        Looked(
            option=each.option,
            title=each.title,
            how=each.how,
            speaks_for=tuple(_WORDS[fact][1] for fact in each.speaks_for if fact in facts),
            speaks_against=tuple(_WORDS[fact][1] for fact in each.speaks_against if fact in facts),
        )
        for each in _options()
    )


def question_of(fact: str) -> str:
    """Which of the three questions a fact answers."""
    return QUESTIONS[_WORDS[fact][0]]


@cache
def _options() -> tuple[_Told, ...]:
    told = tomllib.loads((files(__package__) / "options.toml").read_text(encoding="utf-8"))
    made = []
    for each in told["option"]:
        for fact in (*each["for"], *each["against"]):
            if fact not in _WORDS:
                raise UsageError(f"options.toml, {each['id']}: no fact {fact!r}")
        made.append(
            _Told(
                option=Workout(each["id"]),
                title=each["title"],
                how=each["how"],
                speaks_for=tuple(each["for"]),
                speaks_against=tuple(each["against"]),
            )
        )
    return tuple(made)


def _either(value: bool | None, yes: str, no: str) -> str | None:
    return None if value is None else (yes if value else no)
