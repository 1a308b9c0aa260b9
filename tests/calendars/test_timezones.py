from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from calendars.timezones import local, vtimezone
from docketbridge.errors import UsageError

COURT_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Indiana/Indianapolis",
    "America/Kentucky/Louisville",
    "America/Boise",
    "America/Detroit",
    "America/Puerto_Rico",
    "America/St_Thomas",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "Pacific/Saipan",
)


def as_told_by(zone: str) -> icalendar.Timezone:
    return icalendar.Timezone.from_ical(vtimezone(zone))


@pytest.mark.parametrize("zone", COURT_ZONES)
def test_a_block_tells_the_zone_as_it_is_on_every_change_night_from_2010_to_2036(zone):
    told = as_told_by(zone).to_tz(lookup_tzid=False)
    real = ZoneInfo(zone)
    moment = datetime(2010, 1, 1, tzinfo=UTC)
    while moment.year < 2037:  # pytz-like readers expand the rules to 2037
        before, after = moment.astimezone(real).utcoffset(), (moment + timedelta(days=1)).astimezone(real).utcoffset()
        hours = range(24) if before != after else (12,)
        for hour in hours:
            wall = (moment + timedelta(hours=hour)).astimezone(real)
            naive = wall.replace(tzinfo=None)
            doubtful = naive.replace(tzinfo=real).utcoffset() != naive.replace(tzinfo=real, fold=1).utcoffset()
            if not doubtful:
                assert naive.replace(tzinfo=told).utcoffset() == wall.utcoffset(), (zone, wall)
        moment += timedelta(days=1)


def test_a_zone_with_daylight_saving_has_both_observances_without_an_end():
    block = vtimezone("America/New_York").decode()
    assert block.count("BEGIN:STANDARD") == block.count("BEGIN:DAYLIGHT") == 1
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n" in block
    assert "UNTIL" not in block
    assert "DTSTART:20070311T020000\r\n" in block  # the Energy Policy Act of 2005 moved the change in 2007


@pytest.mark.parametrize(("zone", "offset"), [("Pacific/Honolulu", "-1000"), ("Pacific/Guam", "+1000"), ("UTC", "+0000")])
def test_a_zone_without_daylight_saving_has_one_observance(zone, offset):
    block = vtimezone(zone).decode()
    assert block.count("BEGIN:STANDARD") == 1
    assert "DAYLIGHT" not in block
    assert f"TZOFFSETTO:{offset}\r\n" in block


def test_a_zone_whose_rule_has_no_yearly_form_is_written_out():
    block = vtimezone("Asia/Jerusalem").decode()
    assert "RDATE:" in block
    assert max(len(line.encode()) for line in block.split("\r\n")) <= 75


@pytest.mark.parametrize("name", ["", "America/Nowhere", "../../../etc/passwd", "America", "America/New_York\r\nX:1", "zone.tab"])
def test_a_name_that_is_no_zone_is_refused(name):
    with pytest.raises(UsageError, match="no time zone"):
        vtimezone(name)


def test_a_wall_time_that_the_clock_skips_comes_out_as_the_time_it_shows():
    assert f"{local(datetime.fromisoformat('2027-03-14T02:30'), 'America/New_York'):%H:%M %z}" == "03:30 -0400"


def test_a_repeated_wall_time_means_its_first_telling():
    assert f"{local(datetime.fromisoformat('2026-11-01T01:30'), 'America/New_York'):%H:%M %z}" == "01:30 -0400"
