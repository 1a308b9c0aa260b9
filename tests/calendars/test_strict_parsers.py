"""Our calendars before the parsers that others read with, each of which catches faults that the others pass."""

import ctypes
import ctypes.util
import re
import warnings
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from calendars.calendar_item import CalendarItem, ItemKind, Reading, uid_for
from calendars.content_lines import clean_text
from calendars.ics import Calendar, write_ics
from calendars.linting import lint
from tests.laws import law

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # ics 0.7 is older than the warnings that its own imports raise
    import ics

SCOPES = ("all", "judge", "mediator", "trustee", "case", "matter")
LIBICAL = ctypes.util.find_library("ical")
texts = st.text(max_size=300)
lines_of_people = st.lists(
    st.sampled_from([",", ";", "\\", "\n", "\r\n", "é", "–", "😀", "Ω", " ", "a", ":", '"', "\u2028", "\x85"]), max_size=200
)
any_text = st.one_of(texts, lines_of_people.map("".join))


@pytest.fixture(params=SCOPES)
def golden(request, goldens) -> bytes:
    return (goldens / f"{request.param}.ics").read_bytes()


def events_in(content: bytes) -> int:
    return content.count(b"BEGIN:VEVENT\r\n")


def test_icalendar_reads_every_event_without_an_error(golden):
    calendar = icalendar.Calendar.from_ical(golden)
    assert len(calendar.events) == events_in(golden)
    assert [each.errors for each in calendar.walk()] == [[] for _ in calendar.walk()]


def test_vobject_validates_it(golden):
    calendar = vobject.readOne(golden.decode())
    assert calendar.validate(raiseException=True)
    assert len(calendar.contents["vevent"]) == events_in(golden)


def test_ics_reads_every_event(golden):
    assert len(ics.Calendar(golden.decode()).events) == events_in(golden)


def test_ical_reads_every_event(golden):
    calendar = IcsCalendarStream.calendar_from_ics(golden.decode())
    assert len(calendar.events) == events_in(golden)


@pytest.fixture(scope="module")
def libical() -> ctypes.CDLL:
    if LIBICAL is None:
        pytest.skip("libical (Debian: libical3) is not installed, so its verdict on our calendars is unknown")
    library = ctypes.CDLL(LIBICAL)
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    library.icalcomponent_count_errors.argtypes = [ctypes.c_void_p]
    library.icalcomponent_free.argtypes = [ctypes.c_void_p]
    return library


def errors_told_by(library: ctypes.CDLL, content: bytes) -> int:
    component = library.icalparser_parse_string(content)
    assert component, "libical reads nothing"
    try:
        return int(library.icalcomponent_count_errors(component))
    finally:
        library.icalcomponent_free(component)


def test_libical_counts_no_error(libical, golden):
    assert errors_told_by(libical, golden) == 0


def test_libical_counts_an_error_where_there_is_one(libical, goldens):
    broken = re.sub(rb"DTSTART;VALUE=DATE:\d+", b"DTSTART;VALUE=DATE:tomorrow", (goldens / "case.ics").read_bytes())
    assert errors_told_by(libical, broken) > 0


def made_of(summary: str, description: str = "", location: str = "") -> bytes:
    start = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    item = CalendarItem(
        uid=uid_for(summary),
        subject="m",
        reading=Reading.LATEST,
        kind=ItemKind.HEARING,
        case="c",
        summary=summary,
        description=description,
        location=location,
        start=start,
        end=start + timedelta(hours=1),
        timezone="America/New_York",
        modified=datetime(2026, 8, 20, tzinfo=UTC),
    )
    return write_ics([item], Calendar(name=summary))


@given(any_text, any_text)
@law(150)
def test_any_text_comes_back_whole_from_icalendar_and_vobject(summary, description):
    written = made_of(summary, description)
    event = icalendar.Calendar.from_ical(written).events[0]
    assert str(event["SUMMARY"]) == clean_text(summary)
    assert str(event.get("DESCRIPTION", "")) == clean_text(description)
    read = vobject.readOne(written.decode()).vevent
    assert read.summary.value == clean_text(summary)


@given(any_text, any_text, any_text)
@law(150)
def test_whatever_the_text_no_line_is_over_seventy_five_octets_and_our_lint_finds_nothing(summary, description, location):
    written = made_of(summary, description, location)
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert all(line.decode("utf-8") is not None for line in written.split(b"\r\n"))
    assert lint(written) == ()


@given(
    st.datetimes(
        min_value=datetime.fromisoformat("2010-01-01"), max_value=datetime.fromisoformat("2036-12-31"), timezones=st.just(UTC)
    )
)
@law(150)
def test_whatever_the_moment_icalendar_reads_the_instant_that_was_meant(start):
    start = start.replace(microsecond=0)
    item = CalendarItem(
        uid="u",
        subject="m",
        reading=Reading.BOTH,
        kind=ItemKind.HEARING,
        case="c",
        summary="s",
        start=start,
        end=start + timedelta(minutes=90),
        timezone="America/New_York",
        modified=start,
    )
    event = icalendar.Calendar.from_ical(write_ics([item], Calendar(name="n"))).events[0]
    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (start, start + timedelta(minutes=90))


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 30)))
@law(50)
def test_whatever_the_day_it_is_read_back_as_one_whole_day(day):
    item = CalendarItem(
        uid="u",
        subject="m",
        reading=Reading.LATEST,
        kind=ItemKind.OTHER,
        case="c",
        summary="s",
        start=day,
        end=day + timedelta(days=1),
        modified=datetime(2026, 8, 20, tzinfo=UTC),
    )
    event = icalendar.Calendar.from_ical(write_ics([item], Calendar(name="n"))).events[0]
    assert (event.start, event.end) == (day, day + timedelta(days=1))
