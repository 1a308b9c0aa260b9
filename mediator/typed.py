"""Reads what a person typed into a form, field by field, and keeps beside each field what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar

from docketbridge.api import UsageError

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

LONGEST = 300  # characters of one line
MOST_ROWS = 40
YEARS = range(2000, 2101)
"""The years a day may be in: a slip of the keys is told, and whatever is counted from a day can be counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed, by the names of the fields; `faults` fills while it is read."""

    values: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands in a field; nothing where it is empty."""
        text = self.values.get(name, "").strip()
        if len(text) > LONGEST:
            self.faults[name] = f"At most {LONGEST} characters."
            return ""
        return text

    def yes(self, name: str) -> bool | None:
        """Yes, no, or not answered."""
        return {"yes": True, "no": False}.get(self.text(name))

    def day(self, name: str) -> date | None:
        """A day, where one was typed."""
        return self._made(name, _day, f"Write a day from {YEARS[0]} to {YEARS[-1]}, as 2026-08-19.")

    def moment(self, name: str) -> datetime | None:
        """A time of the court's clock, where one was typed."""
        made = self._made(name, _moment, f"Write a day and a time from {YEARS[0]} to {YEARS[-1]}, as 2026-08-19T10:00.")
        if made is not None and made.tzinfo is not None:
            self.faults[name] = "Write the time of the court’s clock, without an offset."
            return None
        return made

    def one_of(self, name: str, kind: type[E]) -> E | None:
        """One of the words of a list, where one was chosen."""
        return self._made(name, kind, "Choose one of the list.")

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        """A whole number within bounds, where one was typed."""
        wrong = f"Write a whole number from {least} to {most}."
        made = self._made(name, int, wrong)
        if made is not None and not least <= made <= most:
            self.faults[name] = wrong
            return None
        return made

    def amount(self, name: str) -> Decimal | None:
        """An amount in dollars, of cents at most, not negative, where one was typed."""
        return self._made(name, _amount, "Write an amount in dollars, as 1,450.00.")

    def checked(self, name: str, check: Callable[[str], T]) -> T | None:
        """What a rule of the core makes of the text; its refusal stands beside the field."""
        text = self.text(name)
        if not text:
            return None
        try:
            return check(text)
        except UsageError as fault:
            words = str(fault).removeprefix(": ")
            self.faults[name] = f"{words[:1].upper()}{words[1:]}."
            return None

    def want(self, name: str, value: T | None, words: str) -> T | None:
        """The value; where it is missing and nothing was said of the field yet, the words stand beside it."""
        if value is None:
            self.faults.setdefault(name, words)
        return value

    def rows(self, prefix: str, fields: tuple[str, ...]) -> tuple[str, ...]:
        """The rows of a repeated group that hold anything: their names, as `person-0`."""
        made = (f"{prefix}-{number}" for number in range(MOST_ROWS))
        return tuple(row for row in made if any(self.values.get(f"{row}-{name}", "").strip() for name in fields))

    def _made(self, name: str, make: Callable[[str], T], wrong: str) -> T | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return make(text)
        except ValueError:
            self.faults[name] = wrong
            return None


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError(text)
    return moment


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "").removeprefix("$").strip())
    except InvalidOperation as fault:
        raise ValueError(text) from fault
    if not amount.is_finite() or not 0 <= amount < 10**9 or amount != round(amount, 2):
        raise ValueError(text)
    return amount
