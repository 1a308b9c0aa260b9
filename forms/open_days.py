"""Is the court open on a day? From the closed days the file tells, else from weekends and the statute's holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

from .facts import CourtPart

ONE_DAY = timedelta(days=1)


@cache
def _holidays(year: int, state: str | None) -> dict[date, str]:
    """Legal public holidays of 5 U.S.C. 6103 as observed, and a state's own where a state is told (Rule 9006(a)(6))."""
    years = (year - 1, year, year + 1)
    found = dict(holidays.country_holidays("US", years=years))
    if state in holidays.country_holidays("US").subdivisions:
        found |= dict(holidays.country_holidays("US", subdiv=state, years=years))
    return {day: name for day, name in found.items() if day.year == year}


def closed_because(day: date, court: CourtPart) -> str | None:
    """Say why the court is closed on a day, or None when it is open as far as the facts tell."""
    if day.weekday() >= 5:
        return f"a {day:%A}"
    told = next((each.reason for each in court.closed_days if each.day == day), None)
    return told or _holidays(day.year, court.state).get(day)


def days_are_known(court: CourtPart) -> bool:
    """Whether the court's own closed days are told, not only the federal ones."""
    return bool(court.closed_days) or court.state is not None


def open_day_from(day: date, court: CourtPart, *, step: timedelta = ONE_DAY) -> date:
    """Find the first open day at or after a day, or at or before it when the step goes back."""
    while closed_because(day, court):
        day += step
    return day


def court_days_before(day: date, count: int, court: CourtPart) -> date:
    """Count open court days back from a day, leaving it out (LMP VII.C: at least four business days)."""
    for _ in range(count):
        day = open_day_from(day - ONE_DAY, court, step=-ONE_DAY)
    return day
