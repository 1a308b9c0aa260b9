from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from calendars.calendar_item import CalendarError, ItemKind, ItemStatus
from calendars.ics import Calendar, write_ics
from calendars.linting import lint
from calendars.publishing import calendar_bytes
from calendars.scopes import parse_scope
from calendars.timezones import local
from docketbridge.errors import UsageError
from docketbridge.testing import case_facts, matter_file

CALENDAR = Calendar(name="Loss mitigation, Judge IM")
SCOPES = {
    "all": "all",
    "judge": "judge:im",
    "mediator": "mediator:perpetua-lindqvist",
    "trustee": "trustee:ione-castellan",
    "case": "case:26-10201",
    "matter": "matter:zzb-26-10123-1",
}


def timed(make_item, start: datetime, zone: str, hours: int = 1):
    begin = local(start, zone)
    end = local(begin.astimezone(UTC) + timedelta(hours=hours), zone)
    return make_item("hearing", start=begin, end=end, timezone=zone, busy=True, kind=ItemKind.HEARING)


def unfolded(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.mark.parametrize("name", SCOPES)
def test_a_scope_of_the_composed_desk_is_its_golden_calendar(name, desk, goldens):
    scope = parse_scope(SCOPES[name])
    written = calendar_bytes(desk, scope)
    assert written.decode() == (goldens / f"{name}.ics").read_bytes().decode()


def test_a_calendar_calls_its_person_as_the_docket_does_and_by_the_id_where_no_docket_has_the_name():
    file = matter_file(case=case_facts(trustee="Castellan, Ione"))
    scope = parse_scope("trustee:ione-castellan")
    assert scope.title_for([file]) == "Loss mitigation, trustee Castellan, Ione"
    assert scope.title_for([]) == "Loss mitigation, trustee ione-castellan"
    assert parse_scope("mediator:ann-b-lee").title_for([file]) == "Loss mitigation, mediator ann-b-lee"


@pytest.mark.parametrize("name", SCOPES)
def test_a_scope_of_the_composed_desk_passes_our_own_lint(name, goldens):
    assert lint((goldens / f"{name}.ics").read_bytes()) == ()


def test_a_deadline_fills_a_day_ends_on_the_next_and_leaves_the_reader_free(make_item):
    lines = unfolded(write_ics([make_item()], CALENDAR))
    for line in (
        "DTSTART;VALUE=DATE:20261026",
        "DTEND;VALUE=DATE:20261027",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "STATUS:CONFIRMED",
        "SEQUENCE:0",
        "DTSTAMP:20260820T120000Z",
        "LAST-MODIFIED:20260820T120000Z",
    ):
        assert line in lines


def test_the_head_says_what_readers_look_for(make_item):
    lines = unfolded(write_ics([make_item()], CALENDAR))
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//docketbridge//calendars 1//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    assert "NAME:Loss mitigation\\, Judge IM" in lines
    assert "X-WR-CALNAME:Loss mitigation\\, Judge IM" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT1H" in lines


def test_a_hearing_is_told_in_its_zone_and_the_zone_comes_with_it(make_item):
    lines = unfolded(write_ics([timed(make_item, datetime.fromisoformat("2026-09-02T14:00"), "America/New_York")], CALENDAR))
    assert "DTSTART;TZID=America/New_York:20260902T140000" in lines
    assert "DTEND;TZID=America/New_York:20260902T150000" in lines
    assert lines.count("TZID:America/New_York") == 1
    assert "TRANSP:OPAQUE" in lines


def test_a_conference_at_half_past_one_on_the_change_night_ends_an_hour_later_by_the_clock_on_the_wall(make_item):
    lines = unfolded(write_ics([timed(make_item, datetime.fromisoformat("2026-11-01T01:30"), "America/New_York")], CALENDAR))
    # Half past one is told twice that night: ical.js reads a local spelling as the second, RFC 5545 3.3.5 as the first.
    assert "DTSTART:20261101T053000Z" in lines
    assert "DTEND:20261101T063000Z" in lines


def test_a_conference_across_the_spring_change_ends_two_hours_later_on_the_wall(make_item):
    lines = unfolded(write_ics([timed(make_item, datetime.fromisoformat("2027-03-14T01:30"), "America/New_York")], CALENDAR))
    assert "DTSTART;TZID=America/New_York:20270314T013000" in lines
    assert "DTEND;TZID=America/New_York:20270314T033000" in lines


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Guam"])
def test_a_court_without_daylight_saving_keeps_its_hours_on_the_change_night(make_item, zone):
    lines = unfolded(write_ics([timed(make_item, datetime.fromisoformat("2026-11-01T01:30"), zone)], CALENDAR))
    assert f"DTSTART;TZID={zone}:20261101T013000" in lines
    assert f"DTEND;TZID={zone}:20261101T023000" in lines


def test_names_with_commas_semicolons_newlines_and_accents_are_escaped(make_item):
    lines = unfolded(write_ics([make_item(summary="Peñasco, Wöhler; & Søns\nC:\\x")], CALENDAR))
    assert "SUMMARY:Peñasco\\, Wöhler\\; & Søns\\nC:\\\\x" in lines


def test_the_same_items_in_any_order_give_the_same_bytes(make_item):
    items = [make_item(str(number), start=date(2026, 9, 1), end=date(2026, 9, 2)) for number in range(9)]
    assert write_ics(items, CALENDAR) == write_ics(reversed(items), CALENDAR)


def test_what_must_be_admitted_stands_on_top(make_item):
    early = make_item("early", start=date(2026, 1, 1), end=date(2026, 1, 2), summary="early")
    watch = make_item("watch", kind=ItemKind.WATCH, summary="docket feed stale")
    summaries = [line for line in unfolded(write_ics([early, watch], CALENDAR)) if line.startswith("SUMMARY")]
    assert summaries == ["SUMMARY:docket feed stale", "SUMMARY:early"]


def test_a_cancelled_hearing_leaves_the_reader_free(make_item):
    item = replace(timed(make_item, datetime.fromisoformat("2026-09-02T14:00"), "America/New_York"), status=ItemStatus.CANCELLED)
    lines = unfolded(write_ics([item], CALENDAR))
    assert "STATUS:CANCELLED" in lines
    assert "TRANSP:TRANSPARENT" in lines


def test_an_empty_calendar_is_a_whole_calendar():
    written = write_ics([], CALENDAR)
    assert lint(written) == ()
    assert b"BEGIN:VTIMEZONE\r\nTZID:UTC\r\n" in written


def test_an_item_that_was_never_published_is_refused(make_item):
    with pytest.raises(CalendarError, match="no revision"):
        write_ics([make_item(modified=None)], CALENDAR)


def test_two_items_of_one_uid_are_refused(make_item):
    with pytest.raises(CalendarError, match="two items have this UID"):
        write_ics([make_item(), make_item(summary="other")], CALENDAR)


def test_an_item_of_an_unknown_zone_is_refused(make_item):
    start = datetime(2026, 9, 2, 14, 0, tzinfo=UTC)
    with pytest.raises(UsageError, match="no time zone"):
        write_ics([make_item(start=start, end=start + timedelta(hours=1), timezone="America/Nowhere")], CALENDAR)


def test_an_item_that_ends_when_it_begins_cannot_be_made(make_item):
    with pytest.raises(CalendarError, match="not after its start"):
        make_item(start=date(2026, 9, 1), end=date(2026, 9, 1))


def test_a_time_without_a_zone_cannot_be_made_an_item(make_item):
    with pytest.raises(CalendarError, match="without a zone"):
        make_item(
            start=datetime.fromisoformat("2026-09-01T09:00"), end=datetime.fromisoformat("2026-09-01T10:00"), timezone="UTC"
        )
