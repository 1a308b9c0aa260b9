"""The worked examples T1 to T26 of the rules, in Rhode Island: what goes in, what a clerk should read out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from docketbridge.domain.deadlines import Direction, Period, Unit
from docketbridge.domain.profile import Closure
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.rule_9006.time_computation import compute, end_of_last_day
from docketbridge.programs.court_calendars import court_calendar

FORWARD, BACK = Direction.AFTER, Direction.BEFORE


@dataclass(frozen=True, kw_only=True)
class Vector:
    name: str
    start: str
    amount: int
    unit: Unit = Unit.DAYS
    direction: Direction = FORWARD
    served_by: str | None = None
    rolls: bool = True
    inaccessible: str | None = None
    earliest: str
    latest: str | None = None


VECTORS = [
    Vector(name="T1 served by ECF", start="2026-09-01", amount=14, served_by="ecf", earliest="2026-09-15"),
    Vector(name="T1 by mail", start="2026-09-01", amount=14, served_by="mail", earliest="2026-09-18"),
    Vector(name="T2 onto Victory Day", start="2026-07-27", amount=14, earliest="2026-08-11"),
    Vector(name="T2 onto Victory Day, by mail", start="2026-07-27", amount=14, served_by="mail", earliest="2026-08-14"),
    Vector(name="T3 July 4 on a Saturday", start="2026-06-19", amount=14, earliest="2026-07-06", latest="2026-07-07"),
    Vector(name="T4 mailed: 14 + 3 is not 17", start="2026-08-01", amount=14, served_by="mail", earliest="2026-08-20"),
    Vector(name="T5 the mail days end on King Day", start="2026-01-02", amount=14, served_by="mail", earliest="2026-01-20"),
    Vector(name="T6 onto Election Day", start="2026-10-27", amount=7, served_by="ecf", earliest="2026-11-04"),
    Vector(name="T7 onto 4 May", start="2026-04-27", amount=7, earliest="2026-05-04", latest="2026-05-05"),
    Vector(name="T8 back onto Victory Day", start="2026-08-17", amount=7, direction=BACK, earliest="2026-08-10"),
    Vector(name="T9 back onto Labor Day", start="2026-09-14", amount=7, direction=BACK, earliest="2026-09-04"),
    Vector(name="T10 back onto July 3 observed", start="2026-07-10", amount=7, direction=BACK, earliest="2026-07-02"),
    Vector(
        name="T11 status draft",
        start="2026-09-11",
        amount=4,
        unit=Unit.BUSINESS_DAYS,
        direction=BACK,
        earliest="2026-09-04",
    ),
    Vector(name="T11 status revisions", start="2026-09-11", amount=1, direction=BACK, earliest="2026-09-10"),
    Vector(name="T12 status draft", start="2026-06-15", amount=4, unit=Unit.BUSINESS_DAYS, direction=BACK, earliest="2026-06-09"),
    Vector(name="T12 status revisions", start="2026-06-15", amount=1, direction=BACK, earliest="2026-06-12"),
    Vector(
        name="T13 status draft over Victory Day",
        start="2026-08-14",
        amount=4,
        unit=Unit.BUSINESS_DAYS,
        direction=BACK,
        earliest="2026-08-07",
        latest="2026-08-10",
    ),
    Vector(
        name="T14 extension over Victory Day",
        start="2026-08-06",
        amount=3,
        unit=Unit.BUSINESS_DAYS,
        earliest="2026-08-11",
        latest="2026-08-12",
    ),
    Vector(
        name="T15 extension over July 4",
        start="2026-07-01",
        amount=3,
        unit=Unit.BUSINESS_DAYS,
        earliest="2026-07-07",
        latest="2026-07-08",
    ),
    Vector(name="T16 onto Veterans Day", start="2026-11-04", amount=7, earliest="2026-11-12"),
    Vector(name="T17 a ceiling does not roll", start="2026-10-30", amount=60, rolls=False, earliest="2026-12-29"),
    Vector(name="T18 the 80 days of chapter 7", start="2026-03-02", amount=80, rolls=False, earliest="2026-05-21"),
    Vector(name="T19 stay, 30 days, unrolled", start="2026-06-05", amount=30, rolls=False, earliest="2026-07-05"),
    Vector(name="T19 stay, 30 days, rolled", start="2026-06-05", amount=30, earliest="2026-07-06", latest="2026-07-07"),
    Vector(name="T19 stay, 60 days", start="2026-06-05", amount=60, rolls=False, earliest="2026-08-04"),
    Vector(name="T20 onto Christmas", start="2026-12-11", amount=14, earliest="2026-12-28"),
    Vector(name="T21 Christmas on a Saturday", start="2027-12-10", amount=14, earliest="2027-12-27", latest="2027-12-28"),
    Vector(name="T22 plan filed", start="2026-11-02", amount=7, earliest="2026-11-09"),
    Vector(
        name="T25 back onto a day the office is shut",
        start="2026-03-20",
        amount=7,
        direction=BACK,
        inaccessible="2026-03-13",
        earliest="2026-03-16",
    ),
    Vector(name="T26 ECF before 2016-12-01", start="2012-10-01", amount=14, served_by="ecf", earliest="2012-10-18"),
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_the_worked_example_comes_out_as_the_rules_work_it(vector: Vector) -> None:
    court_days = CourtDays(court_calendar("rib"))
    if vector.inaccessible:
        shut = Closure(day=date.fromisoformat(vector.inaccessible), kind="inaccessible", reason="snow")
        court_days = court_days.with_closures((shut,))
    readings = compute(
        start=date.fromisoformat(vector.start),
        period=Period(
            amount=vector.amount,
            unit=vector.unit,
            direction=vector.direction,
            anchor="",
            rolls=vector.rolls,
            mail_days=3,
        ),
        court_days=court_days,
        served_by=vector.served_by,
        filing=True,
    )
    assert (str(readings.earliest.due), str(readings.latest.due)) == (vector.earliest, vector.latest or vector.earliest)


def test_t23_an_objection_due_on_the_hearing_day_is_not_yet_late_at_the_hearing() -> None:
    court_days = CourtDays(court_calendar("rib"))
    period = Period(amount=14, unit=Unit.DAYS, direction=FORWARD, anchor="service")
    due = compute(start=date(2026, 9, 1), period=period, court_days=court_days).latest.day
    assert due == date(2026, 9, 15)
    assert end_of_last_day(due, court_days).e_filing.isoformat() == "2026-09-16T00:00:00-04:00"
