"""The times of feeds and mails, with the zones they name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from connectors.stamps import read_court_time, read_day, read_feed_time


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mon, 27 Jul 2026 21:24:10 GMT", datetime(2026, 7, 27, 21, 24, 10, tzinfo=UTC)),
        ("Mon, 27 Jul 2026 17:24:10 EDT", datetime(2026, 7, 27, 21, 24, 10, tzinfo=UTC)),
        ("Mon, 27 Jul 2026 17:24:10 -0400", datetime(2026, 7, 27, 21, 24, 10, tzinfo=UTC)),
        ("27 Jul 26 21:24 UT", datetime(2026, 7, 27, 21, 24, tzinfo=UTC)),
        ("Tue, 28 Jul 2026 07:24:10 ChST", datetime(2026, 7, 27, 21, 24, 10, tzinfo=UTC)),
    ],
)
def test_a_feed_time_is_read_as_utc(text: str, told: datetime) -> None:
    assert read_feed_time(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "Mon, 27 Jul 2026 25:00:00 GMT",
        "Mon, 31 Feb 2026 10:00:00 GMT",
        "Mon, 27 Jul 2026 21:24:10",
        "Mon, 01 Jan 0001 00:00:00 +2300",
        "Mon, 27 Jul 2026 21:24:10 XYZ",
    ],
)
def test_what_is_no_feed_time_is_none(text: str) -> None:
    assert read_feed_time(text) is None


@pytest.mark.parametrize(
    ("clock", "zone", "hour"),
    [
        ("2:40 PM", "PDT", 21),
        ("00:23 AM", "EST", 5),
        ("12:00 AM", "EST", 5),
        ("12:00 PM", "EST", 17),
        ("17:21:52", "GMT", 17),
        ("3:07 p.m.", "CDT", 20),
    ],
)
def test_a_clock_time_is_joined_with_its_day_and_zone(clock: str, zone: str, hour: int) -> None:
    found = read_court_time(date(2026, 7, 27), clock, zone)
    assert found is not None
    assert (found.date(), found.hour, found.tzinfo) == (date(2026, 7, 27), hour, UTC)


def test_a_zone_that_no_court_prints_gives_no_time() -> None:
    assert read_court_time(date(2026, 7, 27), "2:40 PM", "QQT") is None


@pytest.mark.parametrize(
    ("text", "day"), [("9/10/2024", date(2024, 9, 10)), ("01/18/10", date(2010, 1, 18)), ("13/45/2024", None), ("", None)]
)
def test_a_printed_day_is_read(text: str, day: date | None) -> None:
    assert read_day(text) == day
