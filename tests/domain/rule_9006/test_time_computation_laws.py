"""Laws that hold for every period: order, openness, there and back again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from docketbridge.domain.deadlines import Direction, Period, Unit
from docketbridge.domain.profile import Closure
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.rule_9006.time_computation import compute
from docketbridge.programs.court_calendars import court_calendar, court_ids
from tests.laws import law

COURTS = {court_id: CourtDays(court_calendar(court_id)) for court_id in court_ids()}
DAYS = st.dates(min_value=date(2009, 12, 1), max_value=date(2049, 12, 31))
KINDS = st.sampled_from(["inaccessible", "declared_by_president", "declared_by_state", "court_leave"])
SERVICE = st.sampled_from(["mail", "ecf", "hand", None])
DAY_UNITS = st.sampled_from([Unit.DAYS, Unit.BUSINESS_DAYS])


@st.composite
def court_days_near(draw: st.DrawFn, start: date) -> CourtDays:
    court = COURTS[draw(st.sampled_from(sorted(COURTS)))]
    offsets = draw(st.lists(st.tuples(st.integers(-40, 40), KINDS), max_size=6))
    return court.with_closures(Closure(day=start + timedelta(days=off), kind=kind, reason="as drawn") for off, kind in offsets)


def period(amount: int, unit: Unit, direction: Direction) -> Period:
    return Period(amount=amount, unit=unit, direction=direction, anchor="", mail_days=3)


@given(st.data(), DAYS, st.integers(0, 120), DAY_UNITS, st.sampled_from(Direction), SERVICE, st.booleans())
@law(300)
def test_the_earliest_is_never_after_the_latest(
    data: st.DataObject,
    start: date,
    amount: int,
    unit: Unit,
    direction: Direction,
    served_by: str | None,
    filing: bool,
) -> None:
    court_days = data.draw(court_days_near(start))
    asked = period(amount, unit, direction)
    readings = compute(start=start, period=asked, court_days=court_days, served_by=served_by, filing=filing)
    assert readings.earliest.day <= readings.latest.day


@given(st.data(), DAYS, st.integers(0, 60), st.integers(1, 30), DAY_UNITS, SERVICE, st.booleans())
@law(300)
def test_a_longer_period_never_ends_sooner(
    data: st.DataObject, start: date, amount: int, more: int, unit: Unit, served_by: str | None, filing: bool
) -> None:
    court_days = data.draw(court_days_near(start))
    short, long = (
        compute(
            start=start,
            period=period(length, unit, Direction.AFTER),
            court_days=court_days,
            served_by=served_by,
            filing=filing,
        )
        for length in (amount, amount + more)
    )
    assert short.earliest.day <= long.earliest.day
    assert short.latest.day <= long.latest.day


@given(st.data(), DAYS, st.integers(0, 60), st.integers(1, 30), DAY_UNITS)
@law(200)
def test_a_longer_period_counted_back_never_ends_later(
    data: st.DataObject, start: date, amount: int, more: int, unit: Unit
) -> None:
    court_days = data.draw(court_days_near(start))
    short, long = (
        compute(start=start, period=period(length, unit, Direction.BEFORE), court_days=court_days)
        for length in (amount, amount + more)
    )
    assert long.earliest.day <= short.earliest.day
    assert long.latest.day <= short.latest.day


@given(st.data(), DAYS, st.integers(0, 120), st.sampled_from(Direction), SERVICE)
@law(300)
def test_the_result_is_open_to_its_own_reading(
    data: st.DataObject, start: date, amount: int, direction: Direction, served_by: str | None
) -> None:
    court_days = data.draw(court_days_near(start))
    asked = period(amount, Unit.DAYS, direction)
    readings = compute(start=start, period=asked, court_days=court_days, served_by=served_by)
    assert court_days.closed_for(readings.earliest.day, direction, reading="earliest") is None
    assert court_days.closed_for(readings.latest.day, direction, reading="latest") is None


@given(st.data(), DAYS, st.integers(0, 60), st.sampled_from(Direction), SERVICE)
@law(200)
def test_a_filing_never_falls_due_on_a_day_the_office_cannot_be_reached(
    data: st.DataObject, start: date, amount: int, direction: Direction, served_by: str | None
) -> None:
    court_days = data.draw(court_days_near(start))
    asked = period(amount, Unit.DAYS, direction)
    readings = compute(start=start, period=asked, court_days=court_days, served_by=served_by, filing=True)
    assert court_days.inaccessible(readings.earliest.day) is None
    assert court_days.inaccessible(readings.latest.day) is None


@given(DAYS, st.integers(1, 40), st.sampled_from(sorted(COURTS)))
@law(200)
def test_business_days_counted_on_and_back_again_come_home(start: date, amount: int, court: str) -> None:
    court_days = COURTS[court]
    home = compute(start=start, period=period(0, Unit.BUSINESS_DAYS, Direction.AFTER), court_days=court_days)
    there = compute(start=home.latest.day, period=period(amount, Unit.BUSINESS_DAYS, Direction.AFTER), court_days=court_days)
    # `latest` closes every doubtful day on the way out; `earliest` closes them on the way back.
    back = compute(start=there.latest.day, period=period(amount, Unit.BUSINESS_DAYS, Direction.BEFORE), court_days=court_days)
    assert back.earliest.day == home.latest.day


@given(DAYS, st.integers(0, 60), st.sampled_from(sorted(COURTS)))
@law(200)
def test_a_period_is_never_shorter_than_its_days_and_rolls_no_further_than_closed_days(
    start: date, amount: int, court: str
) -> None:
    for direction, sign in ((Direction.AFTER, 1), (Direction.BEFORE, -1)):
        due = compute(start=start, period=period(amount, Unit.DAYS, direction), court_days=COURTS[court]).latest.day
        rolled = (due - start).days * sign - amount
        assert rolled >= 0
        passed = [start + sign * timedelta(days=amount + step) for step in range(rolled)]
        assert all(COURTS[court].closed_for(day, direction) for day in passed)


@given(
    st.datetimes(min_value=datetime.fromisoformat("2009-12-02"), max_value=datetime.fromisoformat("2049-12-31")),
    st.integers(0, 400),
    st.sampled_from(["rib", "hib", "gub", "azb", "insb"]),
)
@law(200)
def test_hours_that_do_not_roll_are_hours_that_pass(start: datetime, amount: int, court: str) -> None:
    aware = start.replace(tzinfo=COURTS[court].timezone)
    asked = Period(amount=amount, unit=Unit.HOURS, direction=Direction.AFTER, anchor="", rolls=False)
    due = compute(start=aware, period=asked, court_days=COURTS[court]).latest.due
    assert isinstance(due, datetime)
    assert due.astimezone(UTC) - aware.astimezone(UTC) == timedelta(hours=amount)
