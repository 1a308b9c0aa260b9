"""A feed across the nights on which clocks change, and in courts that keep no summer time: Honolulu and Guam."""

import json
import os
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from icalendar import Calendar as Parsed

from calendars.linting import lint
from calendars.publishing import calendar_bytes
from calendars.scopes import parse_scope
from docketbridge import testing
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import State

ALL = parse_scope("all")


class OneMatter:
    """A desk with one matter of a court in a zone, its hearing at a wall time and a deadline on a day."""

    def __init__(self, zone: str, hearing: str, deadline: date) -> None:
        self.today = deadline
        posture = testing.posture(
            state=State.HEARING_SET,
            deadlines=(testing.deadline("status_due", deadline, kind="status_report"),),
            hearings=(testing.hearing("objection", datetime.fromisoformat(hearing), 12, place="Öffentlicher Saal; 2,\nBayport"),),
        )
        court = replace(testing.COURT, timezone=zone)
        self.file = testing.matter_file(court=court, posture=posture, today=deadline)

    def matter_files(self, _selection: str | None = None) -> list[MatterFile]:
        return [self.file]

    def matter_ids(self, _selection: str | None = None) -> list[str]:
        return [self.file.matter.id]

    def facts_stamp(self) -> str:
        return ""

    def published(self, _subjects) -> dict:
        return {}

    def publish(self, _forms) -> bool:
        return True


CASES = [
    ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00+00:00", date(2026, 11, 1)),  # told twice: the first is meant
    ("America/New_York", "2026-11-01T09:00", "2026-11-01T14:00:00+00:00", date(2026, 10, 31)),
    ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30:00+00:00", date(2026, 3, 8)),  # never told: an hour later is meant
    ("America/New_York", "2026-03-08T09:00", "2026-03-08T13:00:00+00:00", date(2026, 3, 7)),
    ("Pacific/Honolulu", "2026-11-01T01:30", "2026-11-01T11:30:00+00:00", date(2026, 11, 1)),
    ("Pacific/Honolulu", "2026-07-01T09:00", "2026-07-01T19:00:00+00:00", date(2026, 7, 1)),
    ("Pacific/Guam", "2026-07-01T09:00", "2026-06-30T23:00:00+00:00", date(2026, 7, 1)),
    ("Pacific/Guam", "2026-12-31T09:00", "2026-12-30T23:00:00+00:00", date(2026, 12, 31)),
    ("America/Phoenix", "2026-03-08T02:30", "2026-03-08T09:30:00+00:00", date(2026, 3, 8)),
    ("America/Puerto_Rico", "2026-07-01T09:00", "2026-07-01T13:00:00+00:00", date(2026, 7, 1)),
]


@pytest.mark.parametrize(("zone", "wall", "instant", "day"), CASES)
def test_a_hearing_is_read_at_its_instant_and_a_deadline_on_its_whole_day(zone, wall, instant, day):
    content = calendar_bytes(OneMatter(zone, wall, day), ALL)
    assert lint(content) == ()
    assert f"TZID:{zone}\r\n".encode() in content
    events = {str(each["CATEGORIES"].cats[0]): each for each in Parsed.from_ical(content).events if "CATEGORIES" in each}
    assert events["Hearing"].start.astimezone(UTC).isoformat() == instant
    assert (events["Deadline"].start, events["Deadline"].end.toordinal() - day.toordinal()) == (day, 1)
    assert str(events["Hearing"]["LOCATION"]) == "Öffentlicher Saal; 2,\nBayport"


def test_javascript_readers_take_the_zone_from_the_calendar_and_not_from_the_machine(node_modules, tmp_path):
    paths = []
    for number, (zone, wall, _, day) in enumerate(CASES):
        paths.append(tmp_path / f"{number}.ics")
        paths[-1].write_bytes(calendar_bytes(OneMatter(zone, wall, day), ALL))
    environment = {**os.environ, "TZ": "Asia/Tokyo"}
    command = ["node", str(node_modules / "read.js"), *map(str, paths)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=60)
    for line, (zone, wall, instant, _) in zip(map(json.loads, ended.stdout.splitlines()), CASES, strict=True):
        read = [each["start"] for each in line["thunderbird"] if "T" in each["start"]]
        assert read == [f"{datetime.fromisoformat(instant):%Y-%m-%dT%H:%M:%S}.000Z"], (zone, wall)


def test_the_settlement_authority_s_half_hour_lies_before_the_conference_on_the_night_clocks_change():
    desk = OneMatter("America/New_York", "2026-11-01T02:15", date(2026, 11, 1))
    hearing = replace(desk.file.posture.hearings[0], about="lm_conference")
    desk.file = replace(desk.file, posture=replace(desk.file.posture, hearings=(hearing,)))
    events = [each for each in icalendar.Calendar.from_ical(calendar_bytes(desk, ALL)).events if isinstance(each.start, datetime)]
    ready, conference = sorted(events, key=lambda each: each.start.astimezone(UTC))
    assert (conference.start.astimezone(UTC) - ready.start.astimezone(UTC)).total_seconds() == 1800
    assert ready.end.astimezone(UTC) == conference.start.astimezone(UTC)
    assert conference.start.astimezone(ZoneInfo("America/New_York")).hour == 2
