"""Every scope of the sample court, and every flavour, before all the parsers: each catches faults that the others pass."""

import ctypes
import ctypes.util
import json
import os
import shutil
import subprocess
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime

import icalendar
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from calendars.flavours import read_flavour
from calendars.linting import lint
from calendars.publishing import publish_scope
from calendars.scopes import scopes_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # ics 0.7 is older than the warnings that its own imports raise
    import ics

FLAVOURED = "case:26-10072"
FLAVOURS = (
    {},
    {"component": "vtodo"},
    {"component": "vtodo", "alarms": "P2D"},
    {"alarms": "P1D,PT1H30M"},
    {"client": "google"},
    {"flavour": "public"},
    {"only": "conference,hearing"},
)


@pytest.fixture(scope="module")
def written(taken_in, sample, tmp_path_factory) -> dict[str, bytes]:
    """The calendar of every scope of the sample court, and of one case in every flavour, by name."""
    folder = tmp_path_factory.mktemp("every-scope")
    shutil.copy(taken_in, folder / "ledger.sqlite")
    site = sample(folder, f"sqlite:///{folder / 'ledger.sqlite'}")
    text = "Order Appointing Isolde Brandt as Loss Mitigation Mediator"
    site.docket("26-10019", text, at="2026-08-18T09:00:00", event="Order Appointing Loss Mitigation Mediator", document=40)
    desk = site.desk()
    files = {}
    for scope, _ in scopes_of(desk.matters()):
        publication = publish_scope(desk, scope)
        for number, asked in enumerate(FLAVOURS if scope.text == FLAVOURED else FLAVOURS[:1]):
            files[f"{scope.text}#{number}"] = publication.written(read_flavour(asked))
    site.close()
    return files


def test_there_are_scopes_of_every_family(written):
    families = {name.partition("#")[0].partition(":")[0] for name in written}
    assert families == {"all", "judge", "mediator", "trustee", "case", "matter"}
    assert len(written) > 40


def test_our_lint_finds_nothing(written):
    assert {name: found for name, content in written.items() if (found := lint(content))} == {}


def test_icalendar_reads_them_without_an_error(written):
    for content in written.values():
        calendar = icalendar.Calendar.from_ical(content)
        assert [each.errors for each in calendar.walk() if each.errors] == []
        assert len(calendar.events) == content.count(b"BEGIN:VEVENT\r\n")


def test_vobject_validates_them(written):
    for content in written.values():
        assert vobject.readOne(content.decode()).validate(raiseException=True)


def test_ics_and_ical_read_every_event(written):
    # They are slow: one scope of each family, and every flavour.
    chosen = {name.partition(":")[0]: name for name in written} | {name: name for name in written if FLAVOURED in name}
    for content in (written[name] for name in chosen.values()):
        count = content.count(b"BEGIN:VEVENT\r\n")
        assert len(ics.Calendar(content.decode()).events) == count
        assert len(IcsCalendarStream.calendar_from_ics(content.decode()).events) == count


def test_libical_counts_no_error(written):
    name = ctypes.util.find_library("ical")
    if name is None:
        pytest.skip("libical (Debian: libical3) is not installed, so its verdict on our calendars is unknown")
    library = ctypes.CDLL(name)
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    library.icalcomponent_count_errors.argtypes = [ctypes.c_void_p]
    library.icalcomponent_free.argtypes = [ctypes.c_void_p]
    for content in written.values():
        component = library.icalparser_parse_string(content)
        assert component
        assert library.icalcomponent_count_errors(component) == 0
        library.icalcomponent_free(component)


@dataclass(frozen=True)
class Told:
    """What one parser made of one event."""

    start: str
    end: str
    summary: str
    sequence: int


def test_thunderbird_s_parser_and_node_ical_read_every_event_at_its_moment(written, node_modules, tmp_path):
    paths = []
    for number, content in enumerate(written.values()):
        paths.append(tmp_path / f"{number}.ics")
        paths[-1].write_bytes(content)
    # A zone of its own shows whether a time is read by the calendar's zone and not by the machine's.
    environment = {**os.environ, "TZ": "UTC"}
    command = ["node", str(node_modules / "read.js"), *map(str, paths)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=60)
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(lines) == len(written)
    for content, line in zip(written.values(), lines, strict=True):
        calendar = icalendar.Calendar.from_ical(content)
        expected = {str(each["UID"]): told(each) for each in calendar.events}
        for parser in ("thunderbird", "node"):
            read = {each.pop("uid"): Told(**each) for each in line[parser]}
            assert read == expected, parser
        assert line["todos"] == [len(calendar.todos)] * 2


def told(event: icalendar.Event) -> Told:
    return Told(
        start=written_as(event.start), end=written_as(event.end), summary=str(event["SUMMARY"]), sequence=event["SEQUENCE"]
    )


def written_as(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"
