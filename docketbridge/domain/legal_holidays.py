"""Which days the nation and each state keep: the `holidays` package, read as Rule 9006(a)(6) reads holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from holidays.countries.united_states import UnitedStates

# Rule 9006(a)(6)(A), in the words of the `holidays` package; whatever else its government calendar holds (days closed by
# executive order, half days) is no holiday by statute and comes from a table of closures instead.
STATUTORY = frozenset(
    {
        "New Year's Day",
        "Birthday of Martin Luther King, Jr.",
        "Washington's Birthday",
        "Memorial Day",
        "Juneteenth National Independence Day",
        "Independence Day",
        "Labor Day",
        "Columbus Day",
        "Veterans Day",
        "Thanksgiving Day",
        "Christmas Day",
    }
)
OBSERVED = " (observed)"
SATURDAY, SUNDAY, FRIDAY = 5, 6, 4

STATES: frozenset[str] = frozenset(UnitedStates.subdivisions)
"""Postal codes of the states and of what Rule 9006(a)(6) counts with them: the District, commonwealths, territories."""


class Moves(StrEnum):
    """The day on which a state keeps a holiday that falls on a weekend."""

    FRIDAY = "friday"
    MONDAY = "monday"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDay:
    """A holiday a state sets beside those the package knows, with its statute.

    It is a fixed `day` of the `month`, or the `week`-th `weekday` (Monday is 0; week -1 is the last), `days_after` days on.
    A `doubtful` one is listed by statute while offices stay open, or the other way about: it gives two readings.
    """

    name: str
    month: int
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    days_after: int = 0
    even_years_only: bool = False
    first_year: int | None = None
    saturday_moves_to: Moves | None = None
    sunday_moves_to: Moves | None = None
    doubtful: bool = False
    cite: str

    def kept_in(self, year: int) -> date | None:
        """The day on which this year's holiday is kept, or None; kept on a Friday it may fall into the year before."""
        if (self.even_years_only and year % 2) or (self.first_year is not None and year < self.first_year):
            return None
        day = self._falls(year)
        if day.weekday() == SATURDAY and self.saturday_moves_to is not None:
            return day + timedelta(days=-1 if self.saturday_moves_to is Moves.FRIDAY else 2)
        if day.weekday() == SUNDAY and self.sunday_moves_to is not None:
            return day + timedelta(days=-2 if self.sunday_moves_to is Moves.FRIDAY else 1)
        return day

    def _falls(self, year: int) -> date:
        if self.day is not None:
            return date(year, self.month, self.day)
        weekday, week = self.weekday or 0, self.week or 1
        if week > 0:
            first = date(year, self.month, 1)
            return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week - 1) + self.days_after)
        last = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
        return last + timedelta(days=self.days_after - (last.weekday() - weekday) % 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One day kept as a holiday; `moved` when it stands in for one that fell on a weekend."""

    day: date
    name: str
    moved: bool


@lru_cache(maxsize=512)
def federal_holidays(year: int) -> Mapping[date, Holiday]:
    """The weekdays of a year that federal offices keep: Saturday's on Friday, Sunday's on Monday (5 U.S.C. 6103(b))."""
    calendar = UnitedStates(  # type: ignore[no-untyped-call]  # the package leaves its constructor untyped
        years=year, expand=False, categories=("government",)
    )
    found = {}
    for day, label in calendar.items():
        names = [name for name in label.split("; ") if name.removesuffix(OBSERVED) in STATUTORY]
        if day.year == year and day.weekday() < SATURDAY and names:
            found[day] = _holiday(day, names)
    return MappingProxyType(found)


@lru_cache(maxsize=4096)
def state_holidays(state: str, year: int) -> Mapping[date, tuple[Holiday, ...]]:
    """The days of a year that a state keeps beyond the federal ones; a day may carry more than one holiday."""
    federal = federal_holidays(year)
    calendar = UnitedStates(subdiv=state, years=year, expand=False)  # type: ignore[no-untyped-call]  # as above
    return MappingProxyType(
        {
            day: tuple(_holiday(day, [name]) for name in label.split("; "))
            for day, label in calendar.items()
            if day.year == year and day not in federal and day.weekday() < SATURDAY
        }
    )


def _holiday(day: date, names: list[str]) -> Holiday:
    return Holiday(
        day=day,
        name=" and ".join(name.removesuffix(OBSERVED) for name in names),
        moved=all(name.endswith(OBSERVED) for name in names),
    )
