"""The calendar of chambers: spans, days in order, and one person wanted twice at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from docketbridge.domain.views.chambers_view import (
    Session,
    calendar_of,
    clashes_among,
    meeting_at_once,
    month_of,
    week_around,
    week_of,
)

DAY = date(2026, 9, 9)


def _conference(number: str, clock: str | None, *, creditor: str = "Harborlight Savings Bank, N.A.", day: date = DAY) -> Session:
    return Session(
        matter=f"m-{number}",
        number=f"zzb-{number}-1",
        case_number=number,
        case_name="Odalys Fernwhistle",
        creditor=creditor,
        judge="im",
        about="lm_conference",
        what="Loss mitigation conference",
        day=day,
        clock=clock,
    )


def test_a_month_is_laid_out_in_whole_weeks_from_monday():
    span = month_of("2026-09")
    assert span is not None
    assert (span.start, span.end, span.before, span.after) == (date(2026, 8, 31), date(2026, 10, 4), "2026-08", "2026-10")


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-09", "september", "0000-01", "9999-12", "2026-09-01"])
def test_what_is_no_month_is_refused(text):
    assert month_of(text) is None


def test_a_week_is_told_by_its_number_or_by_any_day_in_it():
    assert week_of("2026-W37") == week_of("2026-09-09") == week_around(DAY)
    assert week_around(DAY).before == "2026-W36"


@pytest.mark.parametrize("text", ["2026-W54", "2026-W00", "W37", "yesterday", "2026-02-30"])
def test_what_is_no_week_is_refused(text):
    assert week_of(text) is None


def test_the_week_before_the_first_of_a_year_is_the_last_of_the_year_before():
    assert week_around(date(2027, 1, 5)).before == "2026-W53"


def test_a_day_holds_its_hearings_by_time_and_counts_those_that_stand():
    late, early = _conference("26-1", "14:00"), _conference("26-2", "09:30")
    off = replace(_conference("26-3", "11:00"), status="held")
    calendar = calendar_of(week_around(DAY), (late, off, early), (), {}, today=DAY)
    day = calendar.weeks[0][2]
    assert [each.clock for each in day.sessions] == ["09:30", "11:00", "14:00"]
    assert (day.load, calendar.load, day.today) == (2, 2, True)


def test_days_of_the_months_beside_are_outside_and_do_not_count():
    span = month_of("2026-09")
    assert span is not None
    calendar = calendar_of(span, (_conference("26-1", "10:00", day=date(2026, 8, 31)),), (), {}, today=DAY)
    assert (calendar.weeks[0][0].inside, calendar.weeks[0][0].load, calendar.load) == (False, 1, 0)


def test_weekends_are_shown_only_when_something_stands_on_them():
    saturday = _conference("26-1", "10:00", day=date(2026, 9, 12))
    assert calendar_of(week_around(DAY), (saturday,), (), {}, today=DAY).weekends
    assert not calendar_of(week_around(DAY), (_conference("26-1", "10:00"),), (), {}, today=DAY).weekends


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ("10:00", "10:00", True),
        ("10:00", "11:00", True),
        ("10:00", "11:29", True),
        ("10:00", "11:30", False),
        ("10:00", None, False),
    ],
)
def test_two_conferences_meet_when_one_s_half_hour_before_runs_into_the_other(first, second, meet):
    pairs = meeting_at_once((_conference("26-1", first), _conference("26-2", second)))
    assert bool(pairs) is meet


def test_conferences_of_one_matter_of_different_days_or_taken_off_do_not_meet():
    one = _conference("26-1", "10:00")
    other = _conference("26-2", "10:00")
    assert not meeting_at_once((one, replace(one, clock="10:30")))
    assert not meeting_at_once((one, replace(other, day=date(2026, 9, 10))))
    assert not meeting_at_once((one, replace(other, status="off")))
    assert not meeting_at_once((one, replace(other, about="confirmation")))


def test_the_person_who_confirmed_for_both_is_named():
    pairs = meeting_at_once((_conference("26-1", "10:00"), _conference("26-2", "10:30", creditor="Quahog Credit Union")))
    named = {"m-26-1": ("Perpetua Lockwood-Vance", "Ansel Drury"), "m-26-2": ("perpetua lockwood vance",)}
    (clash,) = clashes_among(pairs, named)
    assert clash.person == "Perpetua Lockwood-Vance"
    assert clash.words == "10:00 26-1 and 10:30 26-2: Perpetua Lockwood-Vance, with settlement authority in both"


def test_where_nobody_is_named_the_same_creditor_is_told_as_such():
    pairs = meeting_at_once((_conference("26-1", "10:00"), _conference("26-2", "10:30", creditor="Harborlight Savings Bank NA")))
    (clash,) = clashes_among(pairs, {})
    assert clash.person is None
    assert "one creditor, Harborlight Savings Bank, N.A., in both" in clash.words


def test_one_creditor_with_two_persons_is_no_clash():
    pairs = meeting_at_once((_conference("26-1", "10:00"), _conference("26-2", "10:30")))
    assert not list(clashes_among(pairs, {"m-26-1": ("Perpetua Lockwood-Vance",), "m-26-2": ("Ansel Drury",)}))


def test_different_creditors_with_nobody_named_are_no_clash():
    pairs = meeting_at_once((_conference("26-1", "10:00"), _conference("26-2", "10:30", creditor="Quahog Credit Union")))
    assert not list(clashes_among(pairs, {}))
