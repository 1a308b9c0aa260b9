"""Rule 9006 as arithmetic: a period from its start to its last day or hour, in two readings, each explained in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from docketbridge.domain.deadlines import ComputedDate, Direction, Period, Readings, Unit
from docketbridge.domain.rule_9006.court_days import ONE_DAY, ClosedDay, CourtDays
from docketbridge.errors import ComputationError

DAYS_ARE_DAYS_FROM = date(2009, 12, 1)
"""The present Rule 9006(a) took effect; before it, short periods left weekends out, which nothing here computes."""

ECF_EARNED_MAIL_DAYS_UNTIL = date(2016, 12, 1)
"""From this day on electronic service no longer earns the three days (Rule 9006(f) as amended)."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_DAYS = 73_000
SERVICE = {"mail": "service by mail", "ecf": "service by ECF", "hand": "service by hand"}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
CLOCK_UNITS = {Unit.HOURS: timedelta(hours=1), Unit.MINUTES: timedelta(minutes=1)}


class EndOfDay(NamedTuple):
    """When a last day ends, as aware times in the court's zone (Rule 9006(a)(4)).

    `e_filing` is the first moment too late: midnight, 00:00 of the next day. `paper` is when the clerk's office closes.
    """

    e_filing: datetime
    paper: datetime


def compute(
    *,
    start: date | datetime,
    period: Period,
    court_days: CourtDays,
    served_by: str | None = None,
    filing: bool = False,
) -> Readings:
    """Compute when a period ends, in both readings; equal where the law is clear.

    `start` is the day of the event (a time is taken in the court's zone first); hours and minutes need a time. `served_by`
    is `mail`, `ecf`, `hand` or None; `period.mail_days` are added for mail, and for ECF before 2016-12-01, only to periods
    counted forward, after the period would otherwise have ended (Rule 9006(f)). `filing` says that a paper is to be filed,
    so that an inaccessible clerk's office extends it (Rule 9006(a)(3)). A period that does not roll keeps its day.

    Raises ComputationError, naming the key: a start before 2009-12-01 for a period that rolls (one that keeps its day is
    plain arithmetic at any date), a start outside 1900-2199, a time the clocks skip, a negative amount, an unknown service,
    an end after 2199.
    """
    _check(start, period, served_by)
    if period.rolls and _local_day(start, court_days) < DAYS_ARE_DAYS_FROM:
        raise ComputationError(f"start: {start} is before {DAYS_ARE_DAYS_FROM}, when the present way of counting took effect")
    mail_days = _mail_days(start, period, court_days, served_by)
    run: Callable[[_World], _Counted]
    if period.unit in CLOCK_UNITS:
        if not isinstance(start, datetime):
            raise ComputationError(f"start: {period.unit} are counted from a time of day, and {start} has none")
        moment = start

        def run(world: _World) -> _Counted:
            return _count_clock(moment, period, world, mail_days=mail_days, served_by=served_by)

    else:
        day = _local_day(start, court_days)

        def run(world: _World) -> _Counted:
            return _count_days(day, period, world, mail_days=mail_days, served_by=served_by)

    closed = _World(court_days, period, doubt_closes=True, filing=filing)
    with_doubt = run(closed)
    if not closed.met_doubt:
        return Readings(earliest=with_doubt.computed, latest=with_doubt.computed)
    without = run(_World(court_days, period, doubt_closes=False, filing=filing))
    if without.at <= with_doubt.at:
        return Readings(earliest=without.computed, latest=with_doubt.computed)
    return Readings(earliest=with_doubt.computed, latest=without.computed)


def end_of_last_day(day: date, court_days: CourtDays) -> EndOfDay:
    """When a last day ends: at midnight for e-filing, at the clerk's closing for paper (Rule 9006(a)(4))."""
    closes = time.fromisoformat(court_days.calendar.clerk_closes)
    return EndOfDay(
        e_filing=datetime.combine(day + ONE_DAY, time(), tzinfo=court_days.timezone),
        paper=datetime.combine(day, closes, tzinfo=court_days.timezone),
    )


def day_in_words(day: date) -> str:
    """A day as a clerk writes it: `Tue 11 August 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


class _Counted(NamedTuple):
    computed: ComputedDate
    at: datetime | date


class _World:
    """One answer to every doubt: doubtful days closed throughout, or open throughout. It notes whether any doubt was met."""

    __slots__ = ("closes", "court_days", "direction", "doubt_closes", "filing", "met_doubt", "step", "words")

    def __init__(self, court_days: CourtDays, period: Period, *, doubt_closes: bool, filing: bool) -> None:
        self.court_days = court_days
        self.direction = period.direction
        self.step = ONE_DAY if period.direction is Direction.AFTER else -ONE_DAY
        self.doubt_closes = doubt_closes
        self.filing = filing
        self.met_doubt = False
        self.words: list[str] = []
        self.closes = self.by_business if period.unit is Unit.BUSINESS_DAYS else self.by_rule

    def by_rule(self, day: date) -> ClosedDay | None:
        """What closes a day under Rule 9006(a)(6) in this world."""
        return self._settle(self.court_days.closing(day, self.direction))

    def by_business(self, day: date) -> ClosedDay | None:
        """What keeps a day from being a business day in this world."""
        return self._settle(self.court_days.business_closing(day))

    def _settle(self, closing: ClosedDay | None) -> ClosedDay | None:
        if closing is not None and closing.doubtful:
            self.met_doubt = True
            if self.doubt_closes:
                return closing
            words = f"{day_in_words(closing.day)} counts as open in this reading: {closing.reason}"
            if words not in self.words:
                self.words.append(words)
            return None
        return closing

    def roll(self, day: date) -> date:
        """The day itself, or the next open one in the direction of counting (Rule 9006(a)(1)(C), (a)(5))."""
        first = day
        while closing := self.closes(day):
            self.words.append(f"{day_in_words(day)} is {closing.reason}")
            day += self.step
            _check_year(day)
        if day != first:
            self.words.append(f"runs {'on' if self.step > timedelta() else 'back'} to {day_in_words(day)}")
        return day

    def reach(self, day: date) -> date:
        """The day itself, or for filings the first accessible open day after it, whichever way the period ran."""
        if not self.filing or self.court_days.inaccessible(day) is None:
            return day
        while True:
            shut, closing = self.court_days.inaccessible(day), self.by_rule(day)
            if shut is not None:
                self.words.append(f"the clerk's office is inaccessible on {day_in_words(day)}: {shut} (Rule 9006(a)(3))")
            elif closing is not None:
                self.words.append(f"{day_in_words(day)} is {closing.reason}")
            else:
                self.words.append(f"filing extended to {day_in_words(day)}, the first accessible day")
                return day
            day += ONE_DAY
            _check_year(day)

    def before_mail_days(self, day: date) -> date:
        """Where the three days are added: in doubt when the period itself ends on a day the office cannot be reached.

        Rule 9006(f) adds them to the end under 9006(a), extension and all; but that day is then no last day for filing.
        """
        if not self.filing or self.court_days.inaccessible(day) is None:
            return day
        self.met_doubt = True
        return self.reach(day) if self.doubt_closes else day


def _count_days(start: date, period: Period, world: _World, *, mail_days: int, served_by: str | None) -> _Counted:
    opening = len(world.words)
    if period.unit is Unit.BUSINESS_DAYS:
        day = start
        for _ in range(period.amount):
            day = _next_business_day(day + world.step, world)
    else:
        day = start + world.step * period.amount
        _check_year(day)
    world.words.insert(opening, f"{_opening(period, 'on', day_in_words(start), served_by)} end on {day_in_words(day)}")
    if period.rolls:
        day = world.roll(day)
    if mail_days:
        after_roll = " after the roll" if period.rolls else ""
        if period.rolls:
            day = world.before_mail_days(day)
        day += ONE_DAY * mail_days
        world.words.append(f"+{mail_days} days for {_earned_by(served_by)}{after_roll} (Rule 9006(f)): {day_in_words(day)}")
        if period.rolls:
            day = world.roll(day)
    if period.rolls:
        day = world.reach(day)
    _check_year(day)
    return _Counted(ComputedDate(start=start, due=day, trace=tuple(world.words)), day)


def _next_business_day(day: date, world: _World) -> date:
    while closing := world.by_business(day):
        if day.weekday() < 5:
            world.words.append(f"{day_in_words(day)} is {closing.reason}: not counted")
        day += world.step
        _check_year(day)
    return day


def _count_clock(start: datetime, period: Period, world: _World, *, mail_days: int, served_by: str | None) -> _Counted:
    zone = world.court_days.timezone
    began = _local_moment(start, world)
    # Every hour counts as it passes, so across a change of clocks the wall time differs (committee note of 2009).
    length = CLOCK_UNITS[period.unit] * period.amount
    due = (began.astimezone(UTC) + (length if period.direction is Direction.AFTER else -length)).astimezone(zone)
    world.words.append(f"{_opening(period, 'at', _moment_in_words(began), served_by)} end at {_moment_in_words(due)}")
    hour = due.timetz()
    day = world.roll(due.date()) if period.rolls else due.date()
    if mail_days:
        if period.rolls:
            day = world.before_mail_days(day)
        day += ONE_DAY * mail_days
        world.words.append(f"+{mail_days} days for {_earned_by(served_by)} (Rule 9006(f)): {day_in_words(day)}")
        day = world.roll(day) if period.rolls else day
    if period.rolls:
        day = world.reach(day)
    if day != due.date():
        due = datetime.combine(day, hour).astimezone(UTC).astimezone(zone)
        world.words.append(f"at the same hour: {_moment_in_words(due)} (Rule 9006(a)(2)(C))")
    _check_year(day)
    return _Counted(ComputedDate(start=began, due=due, trace=tuple(world.words)), due.astimezone(UTC))


def _opening(period: Period, at: str, begun: str, served_by: str | None) -> str:
    unit = str(period.unit).replace("_", " ")
    amount = f"{period.amount} {unit[:-1] if period.amount == 1 else unit}"
    way = "from" if period.direction is Direction.AFTER else "back from"
    anchor = SERVICE[served_by] if served_by and way == "from" else period.anchor.replace("_", " ")
    return f"{amount} {way} {anchor} {at} {begun}" if anchor else f"{amount} {way} {begun}"


def _moment_in_words(moment: datetime) -> str:
    return f"{moment:%H:%M} on {day_in_words(moment.date())}"


def _earned_by(served_by: str | None) -> str:
    return "mail" if served_by == "mail" else "ECF service before 1 December 2016"


def _mail_days(start: date | datetime, period: Period, court_days: CourtDays, served_by: str | None) -> int:
    if period.direction is Direction.BEFORE or served_by not in {"mail", "ecf"}:
        return 0
    served = _local_day(start, court_days)
    return period.mail_days if served_by == "mail" or served < ECF_EARNED_MAIL_DAYS_UNTIL else 0


def _local_day(start: date | datetime, court_days: CourtDays) -> date:
    if not isinstance(start, datetime):
        return start
    return start.astimezone(court_days.timezone).date() if start.tzinfo else start.date()


def _local_moment(start: datetime, world: _World) -> datetime:
    zone = world.court_days.timezone
    if start.tzinfo is not None:
        return start.astimezone(zone)
    local = start.replace(tzinfo=zone, fold=0)
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return local
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != start.replace(fold=0):
        raise ComputationError(f"start: {start:%Y-%m-%dT%H:%M} does not exist in {zone.key}; the clocks skip it")
    world.met_doubt = True  # the hour comes twice as the clocks go back, and nothing says which was meant
    return local.replace(fold=1 if world.doubt_closes else 0)


def _check(start: date, period: Period, served_by: str | None) -> None:
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise ComputationError(f"start: {start} is not between {FIRST_YEAR} and {LAST_YEAR}")
    if period.amount < 0:
        raise ComputationError(f"amount: {period.amount} is less than 0")
    length = CLOCK_UNITS.get(period.unit, ONE_DAY)
    if period.amount > MOST_DAYS * (ONE_DAY // length):
        raise ComputationError(f"amount: {period.amount} {period.unit} is more than two hundred years")
    if served_by is not None and served_by not in SERVICE:
        raise ComputationError(f"served_by: {served_by!r} is none of {', '.join(SERVICE)}")


def _check_year(day: date) -> None:
    if day.year > LAST_YEAR:
        raise ComputationError(f"amount: the period ends after {LAST_YEAR}, beyond any calendar kept here")
