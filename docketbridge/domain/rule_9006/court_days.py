"""Which days a court is closed for counting, and why: by direction, by reading, and for filings by inaccessibility."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple, Self
from zoneinfo import ZoneInfo

from docketbridge.domain.deadlines import Direction
from docketbridge.domain.legal_holidays import FRIDAY, SATURDAY, Holiday, federal_holidays, state_holidays
from docketbridge.domain.profile import Closure, CourtCalendar
from docketbridge.errors import ComputationError

Reading = Literal["earliest", "latest"]

ONE_DAY = timedelta(days=1)


class ClosureKind(StrEnum):
    """What an entry of a closures table does to a period (PROGRAM-RULES 4.5)."""

    INACCESSIBLE = "inaccessible"
    """The clerk's office cannot be reached: filings run on, forward in both directions, after the roll (Rule 9006(a)(3))."""
    DECLARED_BY_PRESIDENT = "declared_by_president"
    """Both directions (Rule 9006(a)(6)(B)), in two readings: closing offices need not be declaring a holiday."""
    DECLARED_BY_STATE = "declared_by_state"
    """Forward only (Rule 9006(a)(6)(C))."""
    COURT_LEAVE = "court_leave"
    """A court's own administrative leave: no effect on time."""


class ClosedBy(StrEnum):
    """What closes a day."""

    WEEKEND = "weekend"
    FEDERAL = "federal"
    STATE = "state"
    STATE_DECLARED = "state_declared"
    PRESIDENT = "president"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """One closed day. `reason` reads on from "is"; a `doubtful` day is closed in one of the two readings only."""

    day: date
    closed_by: ClosedBy
    reason: str
    doubtful: bool = False

    @property
    def forward_only(self) -> bool:
        """Whether periods counted back from an event take no notice of it (Rule 9006(a)(6)(C))."""
        return self.closed_by in {ClosedBy.STATE, ClosedBy.STATE_DECLARED}


class _Year(NamedTuple):
    """The weekdays of one year that are closed, to periods counted each way."""

    forward: dict[date, ClosedDay]
    backward: dict[date, ClosedDay]


class CourtDays:
    """The days of one court. Years are worked out when first asked for, and kept."""

    __slots__ = ("_inaccessible", "_years", "calendar", "timezone")

    def __init__(self, calendar: CourtCalendar) -> None:
        for closure in calendar.closures:
            if closure.kind not in set(ClosureKind):
                raise ComputationError(f"closures: {closure.kind!r} on {closure.day} is none of {', '.join(ClosureKind)}")
        self.calendar = calendar
        self.timezone = ZoneInfo(calendar.timezone)
        self._years: dict[int, _Year] = {}
        self._inaccessible = {c.day: c.reason for c in calendar.closures if c.kind == ClosureKind.INACCESSIBLE}

    def with_closures(self, closures: Iterable[Closure]) -> Self:
        """The same court with this table of closures in place of its own."""
        return type(self)(replace(self.calendar, closures=tuple(closures)))

    def closing(self, day: date, direction: Direction) -> ClosedDay | None:
        """What closes a day to a period counted in this direction, in doubt or not; None when it is open."""
        if day.weekday() >= SATURDAY:
            name = "a Saturday" if day.weekday() == SATURDAY else "a Sunday"
            return ClosedDay(day=day, closed_by=ClosedBy.WEEKEND, reason=name)
        year = self._years.get(day.year) or self._work_out(day.year)
        return (year.forward if direction is Direction.AFTER else year.backward).get(day)

    def closed_for(self, day: date, direction: Direction, *, reading: Reading = "latest") -> str | None:
        """Why a day is closed to a period counted in this direction, in words that follow "is"; None when it is open.

        State holidays close forward only (Rule 9006(a)(6)(C)). A doubtful day is closed where that makes the date of this
        reading what its name says: forward in `latest`, backward in `earliest`.
        """
        closing = self.closing(day, direction)
        if closing is None or (closing.doubtful and (direction is Direction.AFTER) != (reading == "latest")):
            return None
        return closing.reason

    def business_closing(self, day: date) -> ClosedDay | None:
        """What keeps a day from being a business day; only weekends and federal days do so beyond doubt.

        No rule defines the business day: a state's holidays are one in one reading and none in the other, both ways.
        """
        closing = self.closing(day, Direction.AFTER)
        if closing is None or closing.doubtful or not closing.forward_only:
            return closing
        return replace(closing, doubtful=True)

    def inaccessible(self, day: date) -> str | None:
        """Why the clerk's office could not be reached that day (Rule 9006(a)(3)); None when it could."""
        return self._inaccessible.get(day)

    def is_open(self, day: date) -> bool:
        """Whether this is a court day beyond doubt: no weekend, no holiday of nation or state, the clerk's office reachable."""
        return day not in self._inaccessible and self.closing(day, Direction.AFTER) is None

    def next_open(self, day: date) -> date:
        """This day if it is a court day, else the first one after it."""
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def court_day_after(self, day: date, n: int = 1) -> date:
        """The n-th court day after a day; the day itself, or the next court day, for n = 0."""
        if n < 0:
            raise ComputationError(f"court days: {n} is less than 0")
        if n == 0:
            return self.next_open(day)
        for _ in range(n):
            day = self.next_open(day + ONE_DAY)
        return day

    def closed_weekdays(self, year: int) -> tuple[ClosedDay, ...]:
        """Every weekday of a year that is closed to forward periods, in order; `forward_only` tells which stay open backward."""
        return tuple(self._work_out(year).forward[day] for day in sorted(self._work_out(year).forward))

    def _work_out(self, year: int) -> _Year:
        known = self._years.get(year)
        if known is not None:
            return known
        days = [
            *(_federal(holiday) for holiday in federal_holidays(year).values()),
            *self._declared(year),
            *self._kept_by_state(year),
        ]
        # A day may be closed twice over: what closes it beyond doubt is the reason given, and federal before state.
        order = (ClosedBy.FEDERAL, ClosedBy.STATE, ClosedBy.STATE_DECLARED, ClosedBy.PRESIDENT)
        days.sort(key=lambda closed: (not closed.doubtful, -order.index(closed.closed_by)))
        worked_out = _Year(
            forward={closed.day: closed for closed in days},
            backward={closed.day: closed for closed in days if not closed.forward_only},
        )
        self._years[year] = worked_out
        return worked_out

    def _declared(self, year: int) -> Iterable[ClosedDay]:
        for closure in self.calendar.closures:
            if closure.day.year != year or closure.day.weekday() >= SATURDAY:
                continue
            if closure.kind == ClosureKind.DECLARED_BY_PRESIDENT:
                reason = f"{closure.reason} (in doubt whether declared a holiday by the President; Rule 9006(a)(6)(B))"
                yield ClosedDay(day=closure.day, closed_by=ClosedBy.PRESIDENT, reason=reason, doubtful=True)
            elif closure.kind == ClosureKind.DECLARED_BY_STATE:
                reason = f"{closure.reason} (declared by the state; Rule 9006(a)(6)(C))"
                yield ClosedDay(day=closure.day, closed_by=ClosedBy.STATE_DECLARED, reason=reason)

    def _kept_by_state(self, year: int) -> Iterable[ClosedDay]:
        if not self.calendar.state:
            return
        for kept in state_holidays(self.calendar.state, year).values():
            for holiday in kept:
                if holiday.name not in self.calendar.removed_holidays:
                    yield self._of_package(holiday)
        federal = federal_holidays(year)
        for state_day in self.calendar.state_days:
            for of_year in (year, year + 1):  # New Year's Day on a Saturday may be kept on 31 December
                day = state_day.kept_in(of_year)
                if day is not None and day.year == year and day.weekday() < SATURDAY and day not in federal:
                    yield _state(day, state_day.name, state_day.cite, doubtful=state_day.doubtful)

    def _of_package(self, holiday: Holiday) -> ClosedDay:
        # The package moves a state's Saturday holidays to Friday wherever it knows no better; few statutes say so.
        moved_to_friday = holiday.moved and holiday.day.weekday() == FRIDAY
        name = f"{holiday.name}, as observed" if holiday.moved else holiday.name
        doubtful = moved_to_friday or holiday.name in self.calendar.doubtful_holidays
        return _state(holiday.day, name, self.calendar.cite, doubtful=doubtful)


def _federal(holiday: Holiday) -> ClosedDay:
    if holiday.moved:
        reason = f"{holiday.name}, as observed (legal holiday, 5 U.S.C. 6103(b); Rule 9006(a)(6)(A))"
    else:
        reason = f"{holiday.name} (legal holiday; Rule 9006(a)(6)(A))"
    return ClosedDay(day=holiday.day, closed_by=ClosedBy.FEDERAL, reason=reason)


def _state(day: date, name: str, cite: str, *, doubtful: bool) -> ClosedDay:
    statute = f", {cite}" if cite else ""
    doubt = ", in doubt" if doubtful else ""
    reason = f"{name} (state holiday{statute}{doubt}; Rule 9006(a)(6)(C))"
    return ClosedDay(day=day, closed_by=ClosedBy.STATE, reason=reason, doubtful=doubtful)
