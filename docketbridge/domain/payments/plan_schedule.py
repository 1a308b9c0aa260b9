"""What a chapter 13 plan wants paid and when: its steps, their due dates, and the months an order suspends."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import islice, takewhile


class Frequency(StrEnum):
    """How often a step falls due. `once` is a lump sum, which runs beside the other steps and ends none of them."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    SEMI_MONTHLY = "semi_monthly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    ONCE = "once"


MONTHLY_SHARE: dict[Frequency, Decimal] = {
    Frequency.WEEKLY: Decimal(52) / 12,
    Frequency.BIWEEKLY: Decimal(26) / 12,
    Frequency.SEMI_MONTHLY: Decimal(2),
    Frequency.MONTHLY: Decimal(1),
    Frequency.QUARTERLY: Decimal(1) / 3,
    Frequency.YEARLY: Decimal(1) / 12,
    Frequency.ONCE: Decimal(0),
}
"""How many payments of a frequency make an average month."""

_DAYS = {Frequency.WEEKLY: 7, Frequency.BIWEEKLY: 14}
_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}
_LAST_YEAR = 2199
_MONTH_END = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step of a plan: so much, so often, from a first due date, for a number of periods or until something ends it.

    `amount` is in dollars, exact to the cent. `plan` counts plans of the case, 1 the first: a step of a later plan ends every
    step of the earlier ones from its first due date on, also when that lies in the past. `payer` tells apart two debtors (or
    two employers) whose steps run side by side. `second_day` is the other day of the month of a semi-monthly step.
    """

    amount: Decimal
    frequency: Frequency
    first_due: date
    periods: int | None = None
    until: date | None = None
    plan: int = 1
    number: int = 1
    payer: str = ""
    by_payroll: bool = False
    second_day: int | None = None
    adopted: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A stretch, both days in it, whose payments an order excuses. What is to be made up later is a step of its own."""

    first: date
    last: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One payment that falls due."""

    day: date
    amount: Decimal
    step: PlanStep


def due_dates(step: PlanStep) -> Iterator[date]:
    """Every due date of a step taken alone, in order; endless (to the year 2199) where neither periods nor `until` end it.

    A day that a month lacks falls on the month's last day, and the next month has it again: 31 January, 28 February, 31 March.
    """
    days: Iterator[date] = _all_dates(step)
    if step.periods is not None:
        days = islice(days, step.periods)
    if step.until is not None:
        last = step.until
        days = takewhile(lambda day: day <= last, days)
    return days


def _all_dates(step: PlanStep) -> Iterator[date]:
    first = step.first_due
    if step.frequency is Frequency.ONCE:
        yield first
    elif step.frequency in _DAYS:
        apart = timedelta(days=_DAYS[step.frequency])
        day = first
        while day.year <= _LAST_YEAR:
            yield day
            day += apart
    elif step.frequency is Frequency.SEMI_MONTHLY:
        pair = semi_monthly_days(first, step.second_day)
        year, month = first.year, first.month
        while year <= _LAST_YEAR:
            yield from (day for number in pair if (day := _in_month(year, month, number)) >= first)
            year, month = _later(year, month, 1)
    else:
        year, month = first.year, first.month
        while year <= _LAST_YEAR:
            yield _in_month(year, month, first.day)
            year, month = _later(year, month, _MONTHS[step.frequency])


def semi_monthly_days(first: date, second_day: int | None = None) -> tuple[int, int]:
    """The two days of the month of a semi-monthly step, in order.

    Where no second day is told: the 1st goes with the 15th, the 15th with the month's last day (and the other way round), any
    other day with the day fifteen away.
    """
    day = first.day
    if second_day is not None:
        other = second_day
    elif day == 1:
        other = 15
    elif day == 15:
        other = _MONTH_END
    elif day == monthrange(first.year, first.month)[1]:
        day, other = _MONTH_END, 15
    else:
        other = day + 15 if day < 15 else day - 15
    return (min(day, other), max(day, other))


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _later(year: int, month: int, by: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + by
    return months // 12, months % 12 + 1


def ends_before(step: PlanStep, steps: Sequence[PlanStep]) -> date | None:
    """The day from which other steps take a step's place: a later plan's first due date, or the payer's next step in the plan."""
    cuts = [other.first_due for other in steps if other.plan > step.plan]
    if step.frequency is not Frequency.ONCE:
        cuts += [
            other.first_due
            for other in steps
            if other.plan == step.plan
            and other.payer == step.payer
            and other.frequency is not Frequency.ONCE
            and (other.first_due, other.number) > (step.first_due, step.number)
        ]
    return min(cuts, default=None)


def dues(steps: Sequence[PlanStep], *, through: date, suspensions: Sequence[Suspension] = ()) -> tuple[Due, ...]:
    """Every payment due through a day under the steps in force, by day; suspended ones are left out."""
    found: list[Due] = []
    for step in steps:
        cut = ends_before(step, steps)
        for day in due_dates(step):
            if day > through or (cut is not None and day >= cut):
                break
            if not any(each.first <= day <= each.last for each in suspensions):
                found.append(Due(day=day, amount=step.amount, step=step))
    return tuple(sorted(found, key=lambda due: (due.day, due.step.plan, due.step.payer, due.step.number)))


def next_due(steps: Sequence[PlanStep], *, after: date, suspensions: Sequence[Suspension] = ()) -> tuple[date, Decimal] | None:
    """The next day after this one on which anything falls due, with all that falls due on it; None when nothing does."""
    found: dict[date, Decimal] = {}
    for step in steps:
        cut = ends_before(step, steps)
        for day in due_dates(step):
            if cut is not None and day >= cut:
                break
            if day > after and not any(each.first <= day <= each.last for each in suspensions):
                found[day] = found.get(day, Decimal(0)) + step.amount
                break
    day_first = min(found, default=None)
    return None if day_first is None else (day_first, found[day_first])


def monthly_amount(steps: Iterable[PlanStep], on: date) -> Decimal:
    """What the steps in force on a day come to in an average month, in dollars, not rounded."""
    every = tuple(steps)
    total = Decimal(0)
    for step in every:
        cut = ends_before(step, every)
        begun = step.first_due <= on and (cut is None or on < cut)
        if begun and (step.until is None or on <= step.until) and not _ran_out(step, on):
            total += step.amount * MONTHLY_SHARE[step.frequency]
    return total


def _ran_out(step: PlanStep, on: date) -> bool:
    if step.periods is None:
        return False
    last = max(due_dates(step), default=step.first_due)
    return on > last
