"""Which days a court is closed, to whom, and why; and the holidays of the Rhode Island court as a list one can diff."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docketbridge.domain.deadlines import Direction
from docketbridge.domain.legal_holidays import Moves, StateDay
from docketbridge.domain.profile import Closure, CourtCalendar
from docketbridge.domain.rule_9006.court_days import ClosedDay, CourtDays
from docketbridge.errors import ComputationError
from docketbridge.programs.court_calendars import court_calendar

GOLDEN = Path(__file__).parents[2] / "golden" / "domain" / "holidays_rib_2024_2030.txt"
AFTER, BEFORE = Direction.AFTER, Direction.BEFORE
RIB = CourtDays(court_calendar("rib"))


def own(*state_days: StateDay, state: str = "RI", closures: tuple[Closure, ...] = ()) -> CourtDays:
    return CourtDays(
        CourtCalendar(
            id="zzc",
            name="c",
            district="d",
            timezone="America/New_York",
            state=state,
            state_days=state_days,
            closures=closures,
        )
    )


def as_line(closed: ClosedDay) -> str:
    reach = "forward only" if closed.forward_only else "both ways"
    doubt = ", in doubt" if closed.doubtful else ""
    return f"{closed.day} {closed.day:%a}  {reach}{doubt}: {closed.reason}"


def test_the_holidays_of_rhode_island_from_2024_to_2030_are_those_of_the_list() -> None:
    lines = [as_line(closed) for year in range(2024, 2031) for closed in RIB.closed_weekdays(year)]
    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, ["2026-05-04*", "2026-07-06*", "2026-08-10", "2026-11-03"]),
        (2027, ["2027-05-04*", "2027-06-21*", "2027-08-09", "2027-12-27*"]),
        (2028, ["2028-01-03*", "2028-05-04*", "2028-08-14", "2028-11-07", "2028-11-13*"]),
    ],
)
def test_rhode_islands_own_days_are_those_the_rules_work_out(year: int, days: list[str]) -> None:
    kept = [closed for closed in RIB.closed_weekdays(year) if closed.forward_only]
    assert [f"{closed.day}{'*' if closed.doubtful else ''}" for closed in kept] == days


def test_a_state_holiday_closes_forward_and_not_back() -> None:
    victory_day = date(2026, 8, 10)
    assert RIB.closed_for(victory_day, AFTER) == "Victory Day (state holiday, R.I.G.L. 25-1-1; Rule 9006(a)(6)(C))"
    assert RIB.closed_for(victory_day, BEFORE) is None


def test_a_federal_day_is_kept_on_its_observed_weekday_in_both_directions() -> None:
    for direction in Direction:
        assert RIB.closed_for(date(2026, 7, 3), direction) is not None
        assert RIB.closed_for(date(2026, 7, 4), direction) == "a Saturday"
        assert RIB.closed_for(date(2021, 12, 31), direction) is not None
        assert RIB.closed_for(date(2022, 6, 20), direction) is not None


def test_juneteenth_is_kept_from_2021() -> None:
    assert RIB.closed_for(date(2020, 6, 19), AFTER) is None
    assert RIB.closed_for(date(2021, 6, 18), BEFORE) is not None


def test_a_doubtful_day_is_closed_in_one_reading_only() -> None:
    independence = date(2026, 5, 4)
    assert RIB.closed_for(independence, AFTER, reading="earliest") is None
    assert RIB.closed_for(independence, AFTER, reading="latest") is not None
    assert RIB.closed_for(date(2024, 12, 24), BEFORE, reading="earliest") is not None
    assert RIB.closed_for(date(2024, 12, 24), BEFORE, reading="latest") is None


def test_four_may_on_a_sunday_is_kept_on_the_monday() -> None:
    assert RIB.closed_for(date(2025, 5, 5), AFTER, reading="latest") is not None
    assert RIB.closed_for(date(2024, 5, 6), AFTER, reading="latest") is None


def test_election_day_is_kept_in_even_years() -> None:
    assert RIB.closed_for(date(2026, 11, 3), AFTER) is not None
    assert RIB.closed_for(date(2027, 11, 2), AFTER) is None


def test_inauguration_day_closes_nothing_outside_the_district_of_columbia() -> None:
    assert RIB.is_open(date(2021, 1, 20))
    assert CourtDays(court_calendar("dcb")).closed_for(date(2021, 1, 20), AFTER) is not None


def test_a_states_saturday_holiday_moved_to_friday_by_the_package_is_in_doubt() -> None:
    friday = CourtDays(court_calendar("nysb")).closing(date(2028, 2, 11), AFTER)
    assert friday is not None
    assert friday.doubtful
    assert friday.reason.startswith("Lincoln's Birthday, as observed")


def test_business_days_take_every_state_holiday_as_doubtful() -> None:
    victory_day, labor_day = RIB.business_closing(date(2026, 8, 10)), RIB.business_closing(date(2026, 9, 7))
    assert victory_day is not None
    assert victory_day.doubtful
    assert labor_day is not None
    assert not labor_day.doubtful


def test_court_days_pass_over_holidays_and_days_the_office_is_shut() -> None:
    court_days = RIB.with_closures((Closure(day=date(2026, 9, 8), kind="inaccessible", reason="water"),))
    assert court_days.next_open(date(2026, 9, 5)) == date(2026, 9, 9)
    assert court_days.court_day_after(date(2026, 9, 4)) == date(2026, 9, 9)
    assert court_days.court_day_after(date(2026, 9, 4), 2) == date(2026, 9, 10)
    assert court_days.court_day_after(date(2026, 9, 5), 0) == date(2026, 9, 9)
    assert court_days.inaccessible(date(2026, 9, 8)) == "water"
    assert RIB.next_open(date(2026, 9, 8)) == date(2026, 9, 8)


def test_fewer_than_no_court_days_are_refused() -> None:
    with pytest.raises(ComputationError, match="-1 is less than 0"):
        RIB.court_day_after(date(2026, 9, 4), -1)


def test_a_closure_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ComputationError, match="'flood' on 2026-09-08 is none of"):
        own(closures=(Closure(day=date(2026, 9, 8), kind="flood", reason="water"),))


def test_what_closes_a_day_beyond_doubt_is_the_reason_given() -> None:
    # 24 December is a holiday of Texas and was closed by the President: forward beyond doubt, back in doubt.
    texas = CourtDays(court_calendar("txsb"))
    forward, back = texas.closing(date(2024, 12, 24), AFTER), texas.closing(date(2024, 12, 24), BEFORE)
    assert forward is not None
    assert not forward.doubtful
    assert back is not None
    assert back.doubtful


def test_a_name_the_state_does_not_keep_is_left_out() -> None:
    calendar = CourtCalendar(
        id="zzc", name="c", district="d", timezone="America/New_York", state="RI", removed_holidays=("Victory Day",)
    )
    assert CourtDays(calendar).is_open(date(2026, 8, 10))


def test_a_new_years_day_kept_on_friday_falls_into_the_year_before() -> None:
    kept = StateDay(name="First Day", month=1, day=1, saturday_moves_to=Moves.FRIDAY, cite="made up")
    assert kept.kept_in(2028) == date(2027, 12, 31)
    second = StateDay(name="Second Day", month=1, day=2, saturday_moves_to=Moves.FRIDAY, sunday_moves_to=Moves.MONDAY, cite="x")
    assert second.kept_in(2022) == date(2022, 1, 3)
    # Friday 31 December 2027 is a federal day already; a state that keeps the 2nd on Friday the 1st adds nothing either.
    assert [closed.reason for closed in own(kept).closed_weekdays(2027) if "First Day" in closed.reason] == []


def test_a_state_day_moved_across_the_year_closes_the_year_it_falls_in() -> None:
    kept = StateDay(name="Long Night", month=1, day=1, weekday=None, sunday_moves_to=Moves.FRIDAY, cite="made up")
    days = own(kept)
    assert days.closed_for(date(2022, 12, 30), AFTER) == "Long Night (state holiday, made up; Rule 9006(a)(6)(C))"
    assert days.closed_for(date(2022, 12, 30), BEFORE) is None


@pytest.mark.parametrize(
    ("week", "month", "expected"),
    [(1, 11, "2026-11-02"), (2, 11, "2026-11-09"), (-1, 11, "2026-11-30"), (-1, 12, "2026-12-28"), (4, 2, "2026-02-23")],
)
def test_a_day_may_be_the_first_the_second_or_the_last_monday(week: int, month: int, expected: str) -> None:
    kept = StateDay(name="A Monday", month=month, weekday=0, week=week, cite="made up")
    assert str(kept.kept_in(2026)) == expected


def test_a_day_begins_with_its_first_year() -> None:
    kept = StateDay(name="A Monday", month=5, weekday=0, week=1, first_year=2027, cite="made up")
    assert kept.kept_in(2026) is None
    assert kept.kept_in(2027) == date(2027, 5, 3)
