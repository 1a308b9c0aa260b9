"""A reader's own way of having a calendar: things to do, alarms, Google's manners, what anyone may see, chosen kinds."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import icalendar
import pytest

from calendars.calendar_item import ItemKind
from calendars.components import duration_text
from calendars.flavours import PLAIN, read_flavour
from calendars.linting import lint
from calendars.publishing import calendar_bytes
from calendars.scopes import parse_scope
from docketbridge import testing
from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.errors import UsageError

MATTER = parse_scope("matter:zzb-26-10123-1")


def calendar(desk, **asked: str) -> icalendar.Calendar:
    content = calendar_bytes(desk, MATTER, flavour=read_flavour(asked))
    assert lint(content) == ()
    return icalendar.Calendar.from_ical(content)


def by_summary(components, words: str):
    return next(each for each in components if words in str(each["SUMMARY"]))


@pytest.fixture
def changed(desk):
    """The desk after its matter was published: the report came in, and the period's end was vacated."""
    calendar_bytes(desk, MATTER)
    file = desk.files[0]
    ends = {
        "status_due": {"status": DeadlineStatus.MET, "met_by": "entry 30"},
        "lm_end": {"status": DeadlineStatus.MOOTED, "mooted_by": "entry 31"},
    }
    deadlines = tuple(replace(each, **ends.get(each.key, {})) for each in file.posture.deadlines)
    desk.files[0] = replace(file, posture=replace(file.posture, deadlines=deadlines))
    return desk


def test_nothing_asked_is_the_plain_calendar():
    assert read_flavour({}) == PLAIN
    assert read_flavour({"component": "VEVENT", "client": "any", "flavour": "full", "only": "", "alarms": ""}) == PLAIN


def test_as_things_to_do_deadlines_are_due_on_their_day_and_hearings_are_left_to_the_other_calendar(changed):
    todos = calendar(changed, component="vtodo").todos
    assert calendar(changed, component="vtodo").events == []
    report = by_summary(todos, "MET: ")
    assert (str(report["STATUS"]), report["DUE"].dt) == ("COMPLETED", date(2026, 10, 26))
    end = by_summary(todos, "CANCELLED: ")
    assert (str(end["STATUS"]), end["SEQUENCE"]) == ("CANCELLED", 1)
    assert {str(each["STATUS"]) for each in todos} == {"NEEDS-ACTION", "COMPLETED", "CANCELLED"}
    assert not [each for each in todos if "conference" in str(each["SUMMARY"]).lower()]
    events = {str(each["UID"]) for each in calendar(changed).events}
    assert all(str(each["UID"]).removeprefix("todo-") in events for each in todos)


def test_there_is_no_alarm_unless_asked_for_and_then_for_what_is_still_to_come(changed):
    assert [alarm for event in calendar(changed).events for alarm in event.walk("VALARM")] == []
    events = calendar(changed, alarms="pt1h,P1D").events
    conference = by_summary(events, "Loss mitigation conference")
    assert [alarm["TRIGGER"].dt for alarm in conference.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-1)]
    assert {str(alarm["ACTION"]) for alarm in conference.walk("VALARM")} == {"DISPLAY"}
    for settled in ("MET: ", "CANCELLED: "):
        assert by_summary(events, settled).walk("VALARM") == []


def test_an_alarm_of_a_thing_to_do_counts_back_from_the_day_it_is_due(changed):
    todo = by_summary(calendar(changed, component="vtodo", alarms="P2D").todos, "Contacts due")
    (alarm,) = todo.walk("VALARM")
    assert alarm["TRIGGER"].params["RELATED"] == "END"


@pytest.mark.parametrize("alarms", ["P", "-P1D", "PT0S", "P29D", "PT30S", "1D", "P1D,P2D,P3D,P4D,P5D,P6D", "P99999999999999D"])
def test_an_alarm_that_makes_no_sense_is_refused(alarms):
    with pytest.raises(UsageError, match=r"^alarms: "):
        read_flavour({"alarms": alarms})


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (timedelta(days=1), "P1D"),
        (timedelta(hours=1, minutes=30), "PT1H30M"),
        (timedelta(days=2, minutes=5), "P2DT5M"),
        (timedelta(days=28), "P28D"),
    ],
)
def test_a_length_of_time_is_written_as_the_standard_has_it(length, written):
    assert duration_text(length) == written


def test_for_google_what_came_off_stays_visible_and_says_so(changed):
    plain, google = calendar(changed), calendar(changed, client="google")
    off = by_summary(plain.events, "CANCELLED: ")
    kept = by_summary(google.events, "CANCELLED: ")
    assert (str(off["STATUS"]), str(kept["STATUS"])) == ("CANCELLED", "CONFIRMED")
    assert (kept["UID"], kept["SEQUENCE"], kept["LAST-MODIFIED"].dt) == (off["UID"], off["SEQUENCE"], off["LAST-MODIFIED"].dt)
    assert str(kept["TRANSP"]) == "TRANSPARENT"


def test_for_everyone_there_is_a_number_initials_what_and_when_and_no_name(changed):
    content = calendar_bytes(changed, MATTER, flavour=read_flavour({"flavour": "public"}))
    assert lint(content) == ()
    words = content.replace(b"\r\n ", b"").decode()
    for name in ("Fernwhistle", "Odalys", "Harborlight", "Marchbanks", "Thistledown", "Lindqvist", "LOCATION", "CONFERENCE"):
        assert name not in words
    events = icalendar.Calendar.from_ical(content).events
    assert str(by_summary(events, "Loss mitigation conference")["SUMMARY"]) == "26-10123 O.F. Loss mitigation conference"
    assert str(by_summary(events, "CANCELLED: ")["SUMMARY"]).startswith("CANCELLED: 26-10123 O.F. ")
    assert {str(each["CLASS"]) for each in events} == {"PUBLIC"}
    assert {str(each.get("DESCRIPTION", ""))[:6] for each in events} <= {"", "Rule: "}


def test_for_everyone_a_thing_that_is_gone_is_told_without_the_name_it_was_published_under(desk):
    calendar_bytes(desk, MATTER)
    file = desk.files[0]
    desk.files[0] = replace(file, posture=replace(file.posture, deadlines=(), hearings=(), stay_motions=()))
    events = calendar(desk, flavour="public").events
    assert {str(each["STATUS"]) for each in events} == {"CANCELLED"}
    assert all(str(each["SUMMARY"]).startswith("CANCELLED: 26-10123 ") for each in events)
    assert not [each for each in events if "Harborlight" in str(each["SUMMARY"])]


def test_only_the_kinds_asked_for_are_shown_even_those_the_scope_leaves_out(desk):
    judge = parse_scope("judge:im")
    content = calendar_bytes(desk, judge, flavour=read_flavour({"only": "contact, Status-Step"}))
    summaries = [str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(content).events]
    assert len(summaries) == 6
    assert read_flavour({"only": "contact,hearing"}).only == {ItemKind.CONTACT, ItemKind.HEARING}


def test_a_flavour_changes_no_revision(desk):
    calendar_bytes(desk, MATTER)
    facts = list(desk.kept)
    for asked in ({"component": "vtodo"}, {"alarms": "P1D"}, {"client": "google"}, {"flavour": "public"}, {"only": "hearing"}):
        calendar_bytes(desk, MATTER, flavour=read_flavour(asked))
    assert desk.kept == facts


def test_a_hearing_by_video_and_phone_is_joined_from_the_calendar(desk):
    file = desk.files[0]
    text = (
        "Hearing set. To be held by Zoom: https://www.zoomgov.com/j/1601112222?pwd=aB3, or dial 669-254-5252, "
        "Meeting ID: 160 111 2222. Attorney's office 401-555-0141."
    )
    hearing = testing.hearing("lm_conference", datetime.fromisoformat("2026-09-15T10:30"), 18)
    entries = (*file.entries, testing.meaning(testing.entry(18, date(2026, 8, 18), text)))
    posture = replace(file.posture, hearings=(hearing,))
    desk.files[0] = replace(file, posture=posture, entries=entries)
    content = calendar_bytes(desk, MATTER)
    assert lint(content) == ()
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert (
        'CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="Join by video (Zoom)":https://www.zoomgov.com/j/1601112222?pwd=aB3'
        in lines
    )
    assert 'CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL="Dial in, code 1601112222":tel:+1-669-254-5252,,,1601112222' in lines
    assert not [line for line in lines if "555-0141" in line and line.startswith("CONFERENCE")]
