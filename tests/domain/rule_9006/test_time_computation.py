"""Counting time: the words of a trace, both directions, mail, closures, hours, clocks that change, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from docketbridge.domain.deadlines import Direction, Period, Readings, Unit
from docketbridge.domain.profile import Closure, CourtCalendar
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.rule_9006.time_computation import compute, day_in_words, end_of_last_day
from docketbridge.errors import ComputationError
from docketbridge.programs.court_calendars import court_calendar

RIB = CourtDays(court_calendar("rib"))
HAWAII = CourtDays(court_calendar("hib"))
GUAM = CourtDays(court_calendar("gub"))


def period(amount: int, unit: Unit = Unit.DAYS, *, back: bool = False, rolls: bool = True, anchor: str = "") -> Period:
    direction = Direction.BEFORE if back else Direction.AFTER
    return Period(amount=amount, unit=unit, direction=direction, anchor=anchor, rolls=rolls, mail_days=3)


def shut(day: str, kind: str = "inaccessible", reason: str = "snow") -> Closure:
    return Closure(day=date.fromisoformat(day), kind=kind, reason=reason)


def with_closures(*closures: Closure) -> CourtDays:
    return RIB.with_closures(closures)


def dues(readings: Readings) -> tuple[str, str]:
    return readings.earliest.due.isoformat(), readings.latest.due.isoformat()


def test_the_trace_names_the_service_the_holiday_that_moved_the_day_and_the_mail_days() -> None:
    readings = compute(start=date(2026, 7, 27), period=period(14), court_days=RIB, served_by="mail")
    assert readings.latest.trace == (
        "14 days from service by mail on Mon 27 July 2026 end on Mon 10 August 2026",
        "Mon 10 August 2026 is Victory Day (state holiday, R.I.G.L. 25-1-1; Rule 9006(a)(6)(C))",
        "runs on to Tue 11 August 2026",
        "+3 days for mail after the roll (Rule 9006(f)): Fri 14 August 2026",
    )


def test_the_journey_of_the_sample_court_comes_out_on_the_days_of_the_design() -> None:
    zzb = CourtDays(court_calendar("zzb"))
    assert dues(compute(start=date(2026, 7, 28), period=period(14), court_days=zzb)) == ("2026-08-11", "2026-08-11")
    mailed = compute(start=date(2026, 7, 28), period=period(14), court_days=zzb, served_by="mail")
    assert dues(mailed) == ("2026-08-14", "2026-08-14")
    assert zzb.court_day_after(date(2026, 8, 14)) == date(2026, 8, 17)


def test_each_reading_says_what_it_takes_a_doubtful_day_for() -> None:
    readings = compute(start=date(2026, 4, 27), period=period(7, anchor="service"), court_days=RIB)
    reason = "Rhode Island Independence Day (state holiday, R.I.G.L. 25-1-1, in doubt; Rule 9006(a)(6)(C))"
    assert readings.earliest.trace[1:] == (f"Mon 4 May 2026 counts as open in this reading: {reason}",)
    assert readings.latest.trace[1:] == (f"Mon 4 May 2026 is {reason}", "runs on to Tue 5 May 2026")


def test_where_nothing_is_in_doubt_both_readings_are_the_same() -> None:
    readings = compute(start=date(2026, 9, 1), period=period(14), court_days=RIB)
    assert readings.earliest == readings.latest


@pytest.mark.parametrize("served_by", ["hand", "ecf", None])
def test_only_mail_earns_three_days_since_december_2016(served_by: str | None) -> None:
    readings = compute(start=date(2026, 9, 1), period=period(14), court_days=RIB, served_by=served_by)
    assert dues(readings) == ("2026-09-15", "2026-09-15")


@pytest.mark.parametrize(("served", "due"), [("2016-11-30", "2016-12-19"), ("2016-12-01", "2016-12-15")])
def test_ecf_service_earns_the_three_days_through_november_2016(served: str, due: str) -> None:
    readings = compute(start=date.fromisoformat(served), period=period(14), court_days=RIB, served_by="ecf")
    assert dues(readings) == (due, due)


def test_service_by_mail_adds_nothing_to_a_period_counted_back() -> None:
    readings = compute(start=date(2026, 9, 21), period=period(7, back=True), court_days=RIB, served_by="mail")
    assert dues(readings) == ("2026-09-14", "2026-09-14")


def test_a_rule_without_mail_days_earns_none() -> None:
    plain = Period(amount=14, unit=Unit.DAYS, direction=Direction.AFTER, anchor="order")
    assert dues(compute(start=date(2026, 9, 1), period=plain, court_days=RIB, served_by="mail"))[0] == "2026-09-15"


@pytest.mark.parametrize(
    ("back", "expected"), [(False, ("2024-12-24", "2024-12-26")), (True, ("2024-12-23", "2024-12-24"))], ids=["on", "back"]
)
def test_a_day_closed_by_the_president_gives_two_readings_in_both_directions(back: bool, expected: tuple[str, str]) -> None:
    start = date(2024, 12, 31) if back else date(2024, 12, 17)
    assert dues(compute(start=start, period=period(7, back=back), court_days=RIB)) == expected


def test_a_day_declared_by_the_state_moves_forward_periods_only() -> None:
    court_days = with_closures(shut("2026-09-15", "declared_by_state", "proclaimed by the governor"))
    assert dues(compute(start=date(2026, 9, 1), period=period(14), court_days=court_days)) == ("2026-09-16", "2026-09-16")
    back = compute(start=date(2026, 9, 22), period=period(7, back=True), court_days=court_days)
    assert dues(back) == ("2026-09-15", "2026-09-15")


def test_a_courts_own_leave_moves_nothing() -> None:
    court_days = with_closures(shut("2026-09-15", "court_leave"))
    readings = compute(start=date(2026, 9, 1), period=period(14), court_days=court_days, filing=True)
    assert dues(readings) == ("2026-09-15", "2026-09-15")


def test_an_inaccessible_office_extends_filings_and_nothing_else() -> None:
    court_days = with_closures(shut("2026-09-15"), shut("2026-09-16"))
    assert dues(compute(start=date(2026, 9, 1), period=period(14), court_days=court_days))[1] == "2026-09-15"
    filed = compute(start=date(2026, 9, 1), period=period(14), court_days=court_days, filing=True)
    assert dues(filed) == ("2026-09-17", "2026-09-17")
    assert filed.latest.trace[-1] == "filing extended to Thu 17 September 2026, the first accessible day"


def test_a_date_certain_is_not_extended_by_an_inaccessible_office() -> None:
    fixed = compute(
        start=date(2026, 9, 15), period=period(0, rolls=False), court_days=with_closures(shut("2026-09-15")), filing=True
    )
    assert dues(fixed) == ("2026-09-15", "2026-09-15")


def test_a_filing_counted_back_is_extended_forward_over_no_state_holiday() -> None:
    # Mon 10 August 2026 is Victory Day: no holiday to a period counted back, so the extension stops there.
    court_days = with_closures(shut("2026-08-07"))
    readings = compute(start=date(2026, 8, 14), period=period(7, back=True), court_days=court_days, filing=True)
    assert dues(readings) == ("2026-08-10", "2026-08-10")


def test_mail_days_after_an_end_the_office_could_not_be_reached_on_are_in_doubt() -> None:
    court_days = with_closures(shut("2026-09-15"))
    readings = compute(start=date(2026, 9, 1), period=period(14), court_days=court_days, served_by="mail", filing=True)
    assert dues(readings) == ("2026-09-18", "2026-09-21")


def test_earliest_is_the_earlier_even_when_the_extension_runs_against_the_count() -> None:
    # Thu 12th shut, Fri 13th closed by the President: back to the 12th and on to the 16th, or the 13th itself.
    court_days = with_closures(shut("2026-03-12"), shut("2026-03-13", "declared_by_president", "closed by order"))
    readings = compute(start=date(2026, 3, 20), period=period(7, back=True), court_days=court_days, filing=True)
    assert dues(readings) == ("2026-03-13", "2026-03-16")


def test_a_zero_period_keeps_an_open_day_and_leaves_a_closed_one() -> None:
    assert dues(compute(start=date(2026, 9, 15), period=period(0), court_days=RIB))[0] == "2026-09-15"
    assert dues(compute(start=date(2026, 9, 13), period=period(0), court_days=RIB))[0] == "2026-09-14"


def test_business_days_name_the_holidays_they_pass_over() -> None:
    readings = compute(start=date(2026, 8, 6), period=period(3, Unit.BUSINESS_DAYS), court_days=RIB)
    assert readings.latest.trace == (
        "3 business days from Thu 6 August 2026 end on Wed 12 August 2026",
        "Mon 10 August 2026 is Victory Day (state holiday, R.I.G.L. 25-1-1; Rule 9006(a)(6)(C)): not counted",
    )


def test_the_day_of_an_event_is_taken_in_the_courts_zone() -> None:
    late = datetime(2026, 9, 2, 3, 59, tzinfo=UTC)  # 23:59 on the 1st in Providence
    assert dues(compute(start=late, period=period(14), court_days=RIB))[0] == "2026-09-15"
    assert dues(compute(start=late, period=period(14), court_days=GUAM))[0] == "2026-09-16"


def test_hours_are_counted_as_they_pass_when_the_clocks_go_back() -> None:
    # The example of the committee note of 2009, a year in which the rule is in force.
    readings = compute(start=datetime.fromisoformat("2018-11-02T10:00"), period=period(72, Unit.HOURS), court_days=RIB)
    assert dues(readings) == ("2018-11-05T09:00:00-05:00", "2018-11-05T09:00:00-05:00")


def test_hours_are_counted_as_they_pass_when_the_clocks_go_forward() -> None:
    readings = compute(start=datetime.fromisoformat("2026-03-06T10:00"), period=period(72, Unit.HOURS), court_days=RIB)
    assert dues(readings)[0] == "2026-03-09T11:00:00-04:00"


def test_honolulu_and_guam_never_change_their_clocks() -> None:
    start = datetime.fromisoformat("2026-03-06T10:00")
    assert dues(compute(start=start, period=period(72, Unit.HOURS), court_days=HAWAII))[0] == "2026-03-09T10:00:00-10:00"
    assert dues(compute(start=start, period=period(72, Unit.HOURS), court_days=GUAM))[0] == "2026-03-09T10:00:00+10:00"


def test_an_hour_period_that_ends_on_a_holiday_runs_to_the_same_hour_of_the_next_open_day() -> None:
    readings = compute(start=datetime.fromisoformat("2026-09-04T15:30"), period=period(48, Unit.HOURS), court_days=RIB)
    assert dues(readings)[1] == "2026-09-08T15:30:00-04:00"
    assert readings.latest.trace[-1] == "at the same hour: 15:30 on Tue 8 September 2026 (Rule 9006(a)(2)(C))"


def test_an_hour_period_in_the_last_hour_of_an_inaccessible_day_runs_on_for_filings() -> None:
    readings = compute(
        start=datetime.fromisoformat("2026-09-14T15:30"),
        period=period(24, Unit.HOURS),
        court_days=with_closures(shut("2026-09-15")),
        filing=True,
    )
    assert dues(readings)[0] == "2026-09-16T15:30:00-04:00"


def test_minutes_before_a_conference_keep_their_day() -> None:
    readings = compute(
        start=datetime.fromisoformat("2026-09-14T00:15"),
        period=period(30, Unit.MINUTES, back=True, rolls=False, anchor="conference"),
        court_days=RIB,
    )
    assert dues(readings)[0] == "2026-09-13T23:45:00-04:00"
    assert readings.earliest.trace == (
        "30 minutes back from conference at 00:15 on Mon 14 September 2026 end at 23:45 on Sun 13 September 2026",
    )


def test_an_hour_that_comes_twice_gives_two_readings() -> None:
    readings = compute(start=datetime.fromisoformat("2026-11-01T01:30"), period=period(34, Unit.HOURS), court_days=RIB)
    assert dues(readings) == ("2026-11-02T10:30:00-05:00", "2026-11-02T11:30:00-05:00")


def test_the_last_day_ends_at_midnight_for_e_filing_and_at_closing_for_paper() -> None:
    end = end_of_last_day(date(2026, 10, 31), RIB)
    assert (end.e_filing.isoformat(), end.paper.isoformat()) == ("2026-11-01T00:00:00-04:00", "2026-10-31T16:00:00-04:00")
    assert end_of_last_day(date(2026, 10, 31), GUAM).e_filing.isoformat() == "2026-11-01T00:00:00+10:00"


def test_a_day_in_words_reads_as_a_clerk_writes_it() -> None:
    assert day_in_words(date(2026, 8, 11)) == "Tue 11 August 2026"


@pytest.mark.parametrize(
    ("start", "asked", "served_by", "words"),
    [
        (date(2009, 11, 30), period(14), None, "start: 2009-11-30 is before 2009-12-01"),
        (date(2026, 9, 1), period(-1), None, "amount: -1 is less than 0"),
        (date(2026, 9, 1), period(73_001), None, "amount: 73001 days is more than"),
        (date(2190, 9, 1), period(9_000), None, "amount: the period ends after 2199"),
        (date(2190, 9, 1), period(9_000, Unit.BUSINESS_DAYS), None, "amount: the period ends after 2199"),
        (date(2199, 12, 31), period(4), None, "amount: the period ends after 2199"),
        (date(9999, 12, 31), period(4), None, "start: 9999-12-31 is not between"),
        (date(1, 1, 1), period(4, rolls=False, back=True), None, "start: 0001-01-01 is not between"),
        (date(2026, 9, 1), period(14), "fax", "served_by: 'fax' is none of"),
        (date(2026, 9, 1), period(3, Unit.HOURS), None, "start: hours are counted from a time of day"),
        (datetime.fromisoformat("2026-03-08T02:30"), period(1, Unit.HOURS), None, "start: 2026-03-08T02:30 does not exist"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_its_key(start: date, asked: Period, served_by: str | None, words: str) -> None:
    with pytest.raises(ComputationError) as refused:
        compute(start=start, period=asked, court_days=RIB, served_by=served_by)
    assert str(refused.value).startswith(words)


def test_a_threshold_is_plain_arithmetic_at_any_date() -> None:
    assert dues(compute(start=date(2009, 6, 1), period=period(80, rolls=False), court_days=RIB))[0] == "2009-08-20"


def test_a_court_without_a_state_keeps_federal_days_only() -> None:
    nowhere = CourtDays(CourtCalendar(id="zzc", name="c", district="d", timezone="America/New_York", state=""))
    assert dues(compute(start=date(2026, 7, 27), period=period(14), court_days=nowhere))[0] == "2026-08-10"
