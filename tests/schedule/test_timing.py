"""When work is due: the same times on every host, through changes of the clock too."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from docketbridge.schedule.timing import AsLearned, Daily, Every

EAST = ZoneInfo("America/New_York")
MOMENTS = st.integers(1_577_836_800, 2_051_222_400).map(lambda second: datetime.fromtimestamp(second, tz=UTC))


def _at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(now=MOMENTS, minutes=st.integers(1, 100_000))
def test_a_steady_pace_was_last_due_less_than_one_step_ago_and_stays_due_until_the_next(now, minutes):
    timing = Every(minutes=minutes)
    due = timing.due(now)
    assert timedelta(0) <= now - due < timedelta(minutes=minutes)
    assert timing.due(due) == due
    assert timing.due(due + timedelta(minutes=minutes)) == due + timedelta(minutes=minutes)


@given(now=MOMENTS, at=st.times())
def test_daily_work_was_last_due_within_the_last_day_whatever_the_clock_did(now, at):
    due = Daily(at=at, zone=EAST).due(now)
    assert due <= now < due + timedelta(hours=25, minutes=1)
    assert Daily(at=at, zone=EAST).due(due) == due


def test_daily_work_goes_by_the_court_s_clock():
    nightly = Daily(at=time(3, 15), zone=EAST)
    assert nightly.due(_at("2026-08-19T12:00:00")) == _at("2026-08-19T07:15:00")
    assert nightly.due(_at("2026-08-19T07:14:59")) == _at("2026-08-18T07:15:00")
    assert nightly.due(_at("2026-12-19T12:00:00")) == _at("2026-12-19T08:15:00")


def test_a_time_that_the_clock_skips_in_spring_is_due_once_that_day():
    nightly = Daily(at=time(2, 30), zone=EAST)
    around = [_at("2026-03-08T00:00:00") + timedelta(minutes=10 * step) for step in range(6 * 36)]
    dues = {nightly.due(now) for now in around}
    assert sorted(dues) == [_at("2026-03-07T07:30:00"), _at("2026-03-08T07:30:00"), _at("2026-03-09T06:30:00")]


def test_a_time_that_comes_twice_in_autumn_is_due_once_that_day():
    nightly = Daily(at=time(1, 30), zone=EAST)
    around = [_at("2026-11-01T04:00:00") + timedelta(minutes=10 * step) for step in range(6 * 20)]
    assert {nightly.due(now) for now in around} == {_at("2026-10-31T05:30:00"), _at("2026-11-01T05:30:00")}


def test_learned_work_is_due_when_it_says_so_and_not_before():
    at = _at("2026-08-19T12:00:00.250000")
    timing = AsLearned(ask=lambda _: at, words="as it says")
    assert timing.due(at - timedelta(seconds=1)) is None
    assert timing.due(at) == at.replace(microsecond=0)


def test_a_timing_says_itself_in_words():
    told = [Every(minutes=1), Every(minutes=15), Daily(at=time(3, 15), zone=EAST)]
    assert [each.in_words() for each in told] == ["every minute", "every 15 minutes", "daily at 03:15, America/New_York"]
