"""Reading the courts' files: every court of the table, an instance's own, and what is refused, by file, table and key."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from holidays.countries.united_states import UnitedStates

from docketbridge.domain.deadlines import Direction
from docketbridge.domain.legal_holidays import OBSERVED, STATUTORY, state_holidays
from docketbridge.domain.profile import Checked
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.errors import ProfileError
from docketbridge.programs.court_calendars import court_calendar, court_ids, load_court_calendar

WHOLE = """
id = "zzd"
district = "District of Elsewhere"
state = "MA"
timezone = "America/New_York"
divisions = ["Northshore"]
removed_holidays = ["Patriots' Day"]
cite = "M.G.L. 4-7"

[clerk]
opens = "08:30"
closes = "16:30"
checked = "primary"

[[state_day]]
name = "Evacuation Day"
month = 3
day = 17
doubtful = true
cite = "M.G.L. 6-12K"

[[closure]]
day = 2026-03-13
kind = "inaccessible"
reason = "snow"
"""

CALENDARS = [court_calendar(court_id) for court_id in court_ids()]


def written(folder: Path, text: str, name: str = "zzd") -> Path:
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_all_94_bankruptcy_courts_and_the_sample_court_are_set_up() -> None:
    assert len(CALENDARS) == 95
    assert {calendar.id for calendar in CALENDARS} == set(court_ids())
    assert len({calendar.district for calendar in CALENDARS}) == 95


@pytest.mark.parametrize("court_id", court_ids())
def test_a_court_of_the_table_keeps_its_zone_and_victory_day_only_where_its_state_does(court_id: str) -> None:
    calendar = court_calendar(court_id)
    court_days = CourtDays(calendar)
    assert court_days.timezone == ZoneInfo(calendar.timezone)
    closed = court_days.closed_for(date(2026, 8, 10), Direction.AFTER)
    assert (closed is not None) == (calendar.state == "RI")


def test_naming_a_state_brings_its_holidays() -> None:
    patriots_day = date(2026, 4, 20)
    assert CourtDays(court_calendar("mab")).closed_for(patriots_day, Direction.AFTER) is not None
    assert CourtDays(court_calendar("meb")).closed_for(patriots_day, Direction.AFTER) is not None
    assert CourtDays(court_calendar("ctb")).closed_for(patriots_day, Direction.AFTER) is None


def test_rhode_islands_own_file_and_its_line_make_one_calendar() -> None:
    rib = court_calendar("rib")
    assert (rib.district, rib.timezone, rib.cite) == ("District of Rhode Island", "America/New_York", "R.I.G.L. 25-1-1")
    assert rib.name == "United States Bankruptcy Court for the District of Rhode Island"
    assert (rib.clerk_closes, rib.clerk_hours_checked) == ("16:00", Checked.UNVERIFIED)
    assert {day.name for day in rib.state_days} >= {"Election Day", "Rhode Island Independence Day"}


def test_the_sample_court_keeps_the_days_of_rhode_island() -> None:
    rib, zzb = CourtDays(court_calendar("rib")), CourtDays(court_calendar("zzb"))
    for year in (2012, 2024, 2026, 2027):
        assert zzb.closed_weekdays(year) == rib.closed_weekdays(year)


def test_the_presidential_closings_are_the_whole_days_the_holidays_package_knows() -> None:
    # A release of the package that knows a new executive order fails here, and the day is entered with its number.
    known = UnitedStates(years=range(2010, 2031), expand=False, categories=("government",))
    by_order = {
        day
        for day, name in known.items()
        if name.removesuffix(OBSERVED) not in STATUTORY and "half-day" not in name and 2010 <= day.year <= 2030
    }
    assert by_order == {closure.day for closure in court_calendar("rib").closures}


def test_every_name_a_state_corrects_is_one_the_holidays_package_uses() -> None:
    corrected = {
        (calendar.state, name) for calendar in CALENDARS for name in calendar.doubtful_holidays + calendar.removed_holidays
    }
    known = {
        (state, holiday.name)
        for state in {state for state, _ in corrected}
        for year in range(2010, 2040)
        for kept in state_holidays(state, year).values()
        for holiday in kept
    }
    assert ("FL", "Susan B. Anthony Day") in corrected
    assert corrected <= known


def test_an_instance_may_bring_a_court_of_its_own(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    calendar = court_calendar("zzd", folder=tmp_path)
    assert (calendar.clerk_opens, calendar.clerk_closes, calendar.divisions) == ("08:30", "16:30", ("Northshore",))
    court_days = CourtDays(calendar)
    assert court_days.inaccessible(date(2026, 3, 13)) == "snow"
    assert court_days.is_open(date(2026, 4, 20))
    assert court_days.closed_for(date(2026, 3, 17), Direction.AFTER) is not None
    assert court_days.closed_for(date(2026, 3, 17), Direction.AFTER, reading="earliest") is None


def test_an_instance_may_add_closures_to_a_court_of_the_table_and_name_nothing_else(tmp_path: Path) -> None:
    added = '[[closure]]\nday = 2026-03-13\nkind = "inaccessible"\nreason = "snow"\n'
    written(tmp_path, f'id = "nysb"\n{added}', "nysb")
    calendar = court_calendar("nysb", folder=tmp_path)
    assert calendar.district == "Southern District of New York"
    assert len(calendar.closures) == len(court_calendar("nysb").closures) + 1
    assert court_calendar("njb", folder=tmp_path) == court_calendar("njb")


@pytest.mark.parametrize("court_id", ["zzz", "../rib", "RIB", "", "state_days", "bankruptcy_courts"])
def test_a_court_nothing_tells_of_is_refused(court_id: str) -> None:
    with pytest.raises(ProfileError, match=r"^court: "):
        court_calendar(court_id)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('state = "MA"', 'state = "ZZ"', "zzd.toml: state: 'ZZ' is no postal code"),
        ('state = "MA"', "", "zzd.toml: state: is missing"),
        ('"America/New_York"', '"America/Nowhere"', "zzd.toml: timezone: 'America/Nowhere' is no time zone"),
        ('"America/New_York"', '"../../etc/passwd"', "zzd.toml: timezone: '../../etc/passwd' is no time zone"),
        ('"District of Elsewhere"', "7", "zzd.toml: district: must be text, not 7"),
        ('"District of Elsewhere"', '" "', "zzd.toml: district: must be one line of text, not empty"),
        ('id = "zzd"', 'id = "zze"', "zzd.toml: id: 'zze' is not the court this file is named for"),
        ('closes = "16:30"', 'closes = "4:30pm"', "zzd.toml: [clerk] closes: '4:30pm' is no time of day"),
        ('closes = "16:30"', 'closes = "08:00"', "zzd.toml: [clerk] closes: 08:00 is not after opens = 08:30"),
        ('closes = "16:30"', 'shuts = "16:30"', "zzd.toml: [clerk] shuts: is no key of this table"),
        ('checked = "primary"', 'checked = "maybe"', "zzd.toml: [clerk] checked: 'maybe' is none of primary"),
        ('divisions = ["Northshore"]', "divisions = [1]", "zzd.toml: divisions: must be a list of texts"),
        ('divisions = ["Northshore"]', "colour = 1", "zzd.toml: colour: is no key of this table"),
        ('kind = "inaccessible"', 'kind = "flood"', "zzd.toml: [closure 1] kind: 'flood' is none of inaccessible"),
        ('kind = "inaccessible"', "", "zzd.toml: [closure 1] kind: is missing"),
        ("day = 2026-03-13", 'day = "2026-03-13"', "zzd.toml: [closure 1] day: must be a date"),
        ("day = 2026-03-13", "day = 2026-03-13T09:00:00", "zzd.toml: [closure 1] day: must be a date"),
        ("day = 2026-03-13", "", "zzd.toml: [closure 1] day: is missing"),
        ('reason = "snow"', "", "zzd.toml: [closure 1] reason: is missing"),
        ("month = 3", "month = 13", "zzd.toml: [state_day 1] month: 13 is not between 1 and 12"),
        ("month = 3", "month = true", "zzd.toml: [state_day 1] month: must be a whole number, not True"),
        ("month = 3", "", "zzd.toml: [state_day 1] month: is missing"),
        ("month = 3\nday = 17", "month = 6\nday = 31", "zzd.toml: [state_day 1] day: 31 is not between 1 and 30"),
        ("month = 3\nday = 17", "month = 2\nday = 29", "zzd.toml: [state_day 1] day: 29 is not between 1 and 28"),
        ("day = 17", "week = 2", "zzd.toml: [state_day 1] day: give either day, or weekday and week"),
        ("day = 17", 'weekday = "monday"\nweek = 0', "zzd.toml: [state_day 1] day: give either day, or weekday and week"),
        ("day = 17", 'weekday = "moonday"\nweek = 1', "zzd.toml: [state_day 1] weekday: 'moonday' is none of monday"),
        ("doubtful = true", 'doubtful = "yes"', "zzd.toml: [state_day 1] doubtful: must be true or false, not 'yes'"),
        ('cite = "M.G.L. 6-12K"', "", "zzd.toml: [state_day 1] cite: is missing"),
        ("[[closure]]", "[closure]", "zzd.toml: closure: must be tables, each headed [[closure]]"),
        ("[clerk]", "[clerk", "zzd.toml: cannot be read: "),
    ],
)
def test_a_wrong_file_is_refused_by_file_table_and_key(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in WHOLE
    file = written(tmp_path, WHOLE.replace(old, new, 1))
    with pytest.raises(ProfileError) as refused:
        load_court_calendar(file, court_id="zzd")
    assert str(refused.value).startswith(words)
    assert "\n" not in str(refused.value)
