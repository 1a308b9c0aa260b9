"""A second implementation, written from the rule's text alone and sharing no code, agrees on every day it is asked about."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from docketbridge.domain.deadlines import Direction, Period, Unit
from docketbridge.domain.profile import CourtCalendar
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.rule_9006.time_computation import compute
from docketbridge.programs.court_calendars import court_calendar

FIRST, LAST = date(2009, 12, 1), date(2049, 12, 31)
ONE = timedelta(days=1)
MON, TUE, THU, FRI, SAT, SUN = 0, 1, 3, 4, 5, 6


# The days, by hand: who keeps what, and how surely. -----------------------------------------------------------------------


def nth(year: int, month: int, weekday: int, n: int) -> date:
    days = [date(year, month, day) for day in range(1, 29) if date(year, month, day).weekday() == weekday]
    return days[n - 1]


def last_monday_of_may(year: int) -> date:
    return max(date(year, 5, day) for day in range(25, 32) if date(year, 5, day).weekday() == MON)


def easter(year: int) -> date:
    """Gauss's reckoning for 1900-2099."""
    moon = (19 * (year % 19) + 24) % 30
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    if (moon, week) == (29, 6) or ((moon, week) == (28, 6) and year % 19 > 10):
        week -= 7
    return date(year, 3, 22) + timedelta(days=moon + week)


def election_day(year: int) -> date:
    return nth(year, 11, MON, 1) + ONE


def federal(year: int) -> set[date]:
    """5 U.S.C. 6103(a); of a holiday on Saturday the Friday, on Sunday the Monday is kept (6103(b))."""
    fixed = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25), date(year + 1, 1, 1)]
    if year >= 2021:
        fixed.append(date(year, 6, 19))
    kept = set()
    for day in fixed:
        kept.add(day - ONE if day.weekday() == SAT else day + ONE if day.weekday() == SUN else day)
    kept |= {nth(year, 1, MON, 3), nth(year, 2, MON, 3), last_monday_of_may(year), nth(year, 9, MON, 1)}
    kept |= {nth(year, 10, MON, 2), nth(year, 11, THU, 4)}
    return {day for day in kept if day.year == year}


def rhode_island(year: int) -> tuple[set[date], set[date]]:
    """R.I.G.L. 25-1-1: the days beyond the federal ones, and those in doubt."""
    clear = {nth(year, 8, MON, 2)}
    if year % 2 == 0:
        clear.add(election_day(year))
    may = date(year, 5, 4)
    doubtful = {may + ONE if may.weekday() == SUN else may}
    kept_on_monday = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= 2024 else [])
    for month, day in kept_on_monday:
        if date(year, month, day).weekday() == SAT:
            doubtful.add(date(year, month, day) + 2 * ONE)
    return clear, doubtful


def massachusetts(year: int) -> tuple[set[date], set[date]]:
    return {nth(year, 4, MON, 3)}, set()


def new_york(year: int) -> tuple[set[date], set[date]]:
    lincoln = date(year, 2, 12)
    clear = {lincoln + ONE if lincoln.weekday() == SUN else lincoln}
    if year >= 2015 or year % 2 == 0:
        clear.add(election_day(year))
    doubtful = {date(year, 2, 15)} | ({lincoln - ONE} if lincoln.weekday() == SAT else set())
    return clear, doubtful


def indiana(year: int) -> tuple[set[date], set[date]]:
    clear = {easter(year) - 2 * ONE}
    if year >= 2015 or year % 2 == 0:
        clear |= {nth(year, 5, MON, 1) + ONE, election_day(year)}
    if year >= 2010:
        clear.add(nth(year, 11, THU, 4) + ONE)  # Lincoln's birthday
    christmas = date(year, 12, 25)  # Washington's birthday, beside it
    beside = {MON: 1, TUE: -1, 2: -1, THU: 1, FRI: -1, SAT: -2, SUN: -2}[christmas.weekday()]
    return clear | {christmas + beside * ONE}, set()


def nothing_more(_year: int) -> tuple[set[date], set[date]]:
    return set(), set()


PRESIDENT = {
    *(date(2012, 12, 24), date(2014, 12, 26), date(2018, 12, 5), date(2018, 12, 24), date(2019, 12, 24)),
    *(date(2020, 12, 24), date(2024, 12, 24), date(2025, 1, 9), date(2025, 12, 24), date(2025, 12, 26)),
}
STATES = {"federal": nothing_more, "rib": rhode_island, "mab": massachusetts, "nysb": new_york, "insb": indiana}


@dataclass(frozen=True)
class NaiveCourt:
    federal: set[date]
    clear: set[date]
    doubtful: set[date]


def naive_court(name: str) -> NaiveCourt:
    years = range(2009, 2052)
    sure = {day for year in years for day in federal(year)}
    clear = {day for year in years for day in STATES[name](year)[0]} - sure
    doubtful = {day for year in years for day in STATES[name](year)[1]} - sure - clear
    return NaiveCourt(sure, clear, doubtful)


# The rule, step by step. --------------------------------------------------------------------------------------------------


def closed(court: NaiveCourt, day: date, *, forward: bool, doubts_close: bool) -> bool:
    if day.weekday() in {SAT, SUN} or day in court.federal or (doubts_close and day in PRESIDENT):
        return True
    return forward and (day in court.clear or (doubts_close and day in court.doubtful))


def naive_days(court: NaiveCourt, start: date, amount: int, *, forward: bool, mail: bool, doubts_close: bool) -> date:
    step = ONE if forward else -ONE
    day = start
    for _ in range(amount):
        day += step
    while closed(court, day, forward=forward, doubts_close=doubts_close):
        day += step
    if mail:
        day += 3 * ONE
        while closed(court, day, forward=True, doubts_close=doubts_close):
            day += ONE
    return day


def naive_business_days(court: NaiveCourt, start: date, amount: int, *, forward: bool, doubts_close: bool) -> date:
    day, counted = start, 0
    while counted < amount:
        day += ONE if forward else -ONE
        weekday = day.weekday() not in {SAT, SUN} and day not in court.federal
        open_to_doubt = day in court.clear or day in court.doubtful or day in PRESIDENT
        counted += weekday and not (doubts_close and open_to_doubt)
    return day


@dataclass(frozen=True)
class Asked:
    amount: int
    unit: Unit
    forward: bool
    served_by: str | None = None


ASKED = [
    *(Asked(amount, Unit.DAYS, forward) for amount in (7, 14, 60) for forward in (True, False)),
    *(Asked(amount, Unit.BUSINESS_DAYS, forward) for amount in (3, 4) for forward in (True, False)),
    Asked(14, Unit.DAYS, True, "mail"),
    Asked(14, Unit.DAYS, True, "ecf"),
]


def naive(court: NaiveCourt, start: date, asked: Asked) -> tuple[date, date]:
    mail = asked.served_by == "mail" or (asked.served_by == "ecf" and start < date(2016, 12, 1))
    found = []
    for doubts_close in (False, True):
        if asked.unit is Unit.DAYS:
            day = naive_days(court, start, asked.amount, forward=asked.forward, mail=mail, doubts_close=doubts_close)
        else:
            day = naive_business_days(court, start, asked.amount, forward=asked.forward, doubts_close=doubts_close)
        found.append(day)
    return min(found), max(found)


# The comparison. ----------------------------------------------------------------------------------------------------------


def ours(name: str) -> CourtDays:
    if name != "federal":
        return CourtDays(court_calendar(name))
    closures = court_calendar("rib").closures
    return CourtDays(CourtCalendar(id="zzc", name="c", district="d", timezone="America/New_York", state="", closures=closures))


def differences(name: str, triggers: Iterator[tuple[date, Asked]]) -> tuple[int, list[str]]:
    court, court_days, compared, wrong = naive_court(name), ours(name), 0, []
    for start, asked in triggers:
        period = Period(
            amount=asked.amount,
            unit=asked.unit,
            direction=Direction.AFTER if asked.forward else Direction.BEFORE,
            anchor="",
            mail_days=3,
        )
        got = compute(start=start, period=period, court_days=court_days, served_by=asked.served_by)
        compared += 1
        if (got.earliest.due, got.latest.due) != naive(court, start, asked):
            wrong.append(f"{name} {start} {asked}: {got.earliest.due} {got.latest.due}, naive {naive(court, start, asked)}")
    return compared, wrong


def every_day() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += ONE


@pytest.mark.parametrize("name", STATES)
def test_a_sample_of_trigger_days_agrees_with_the_naive_implementation(name: str) -> None:
    days = list(every_day())
    chance = random.Random(f"9006 {name}")  # noqa: S311 - a sample that is the same on every run
    compared, wrong = differences(name, iter([(chance.choice(days), asked) for asked in ASKED for _ in range(100)]))
    assert not wrong, "\n".join(wrong[:5])
    assert compared == 100 * len(ASKED)


@pytest.mark.parametrize("name", STATES)
def test_every_trigger_of_nine_hard_months_agrees_with_the_naive_implementation(name: str) -> None:
    hard = (day for day in every_day() if day.year in {2012, 2024, 2027} and day.month in {1, 6, 12})
    compared, wrong = differences(name, ((day, asked) for day in hard for asked in ASKED))
    assert not wrong, "\n".join(wrong[:5])
    assert compared == 3 * 92 * len(ASKED)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", STATES)
def test_every_trigger_day_of_forty_years_agrees_with_the_naive_implementation(name: str) -> None:
    compared, wrong = differences(name, ((day, asked) for day in every_day() for asked in ASKED))
    assert not wrong, f"{len(wrong)} of {compared}\n" + "\n".join(wrong[:10])
    assert compared == 14_641 * len(ASKED)
