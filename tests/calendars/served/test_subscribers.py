"""Subscribers end to end on loopback: vdirsyncer into khal, and readers that go by the tag alone or by the date alone."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import icalendar
import pytest

from tests.serving import served

CASE = "case:26-10091"
HEARING = "Hearing on objection to loss mitigation"


@dataclass
class Reader:
    """A calendar app that knows how to ask again in one way only."""

    address: str
    sends: str
    keeps: str
    known: str | None = None
    calendar: bytes = b""

    def pull(self) -> int:
        """Ask once, as this kind of reader does; the status it got."""
        headers = {self.sends: self.known} if self.known else {}
        try:
            with urlopen(Request(self.address, headers=headers), timeout=20) as answer:  # noqa: S310 - loopback
                self.calendar, self.known = answer.read(), answer.headers[self.keeps]
                return int(answer.status)
        except HTTPError as fault:
            fault.close()
            return fault.code

    def hearings(self) -> list[icalendar.Event]:
        """The events of the objection's hearing that it now shows."""
        return [each for each in icalendar.Calendar.from_ical(self.calendar).events if HEARING in str(each["SUMMARY"])]


@pytest.fixture
def address(site) -> Iterator[str]:
    """The site on loopback; its address."""
    with served(site.client().application) as url:
        yield url


def continue_hearing(site, *, to: str = "9/9/2026 at 11:30 AM", at: str = "2026-08-19T09:15:00") -> None:
    text = (
        "Hearing Continued on Objection to Request for Loss Mitigation (RE: related document(s) ‹6› Request for Loss Mitigation, "
        f"‹8› Objection to Request for Loss Mitigation). Hearing scheduled for {to} at Courtroom A, Bayport."
    )
    site.docket("26-10091", text, at=at, event="Hearing Continued")


def dismiss(site) -> None:
    site.docket(
        "26-10091", "Order Dismissing Case. Case Dismissed.", at="2026-08-19T09:15:00", event="Order Dismissing Case", document=20
    )


@pytest.mark.parametrize(("sends", "keeps"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_a_reader_that_goes_by_one_validator_alone_sees_a_hearing_move_once(site, address, sends, keeps):
    reader = Reader(address=address + site.token(CASE), sends=sends, keeps=keeps)
    assert reader.pull() == 200
    (before,) = reader.hearings()
    assert before.start.isoformat() == "2026-09-02T10:00:00-04:00"
    assert [reader.pull(), reader.pull()] == [304, 304]
    continue_hearing(site)
    assert reader.pull() == 200
    (after,) = reader.hearings()
    assert after.start.isoformat() == "2026-09-09T11:30:00-04:00"
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert str(after["SUMMARY"]).startswith("MOVED: was 2 September 2026, 10:00 – 26-10091")
    assert reader.pull() == 304


@pytest.mark.parametrize(("sends", "keeps"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_the_events_of_a_dismissed_case_arrive_cancelled(site, address, sends, keeps):
    reader = Reader(address=address + site.token(CASE), sends=sends, keeps=keeps)
    reader.pull()
    before = appointments(reader.calendar)
    dismiss(site)
    assert reader.pull() == 200
    after = appointments(reader.calendar)
    ahead = {uid: event for uid, event in before.items() if moment(event.end) > datetime(2026, 8, 20, tzinfo=UTC)}
    assert len(ahead) >= 2
    for uid, event in ahead.items():
        assert str(after[uid]["STATUS"]) == "CANCELLED", after[uid]["SUMMARY"]
        assert str(after[uid]["SUMMARY"]).startswith(("CANCELLED: ", "OFF: "))
        assert after[uid]["SEQUENCE"] > event["SEQUENCE"]
    assert reader.pull() == 304


def test_a_reader_that_goes_by_the_date_is_told_when_what_was_cancelled_leaves(site):
    address = site.token(CASE)
    site.client().get(address)
    dismiss(site)
    last = site.client().get(address)
    assert b"STATUS:CANCELLED" in last.data
    site.day += timedelta(days=32)
    answer = site.client().get(address, headers={"If-Modified-Since": last.headers["Last-Modified"]})
    assert answer.status_code == 200
    assert b"STATUS:CANCELLED" not in answer.data
    assert parsedate_to_datetime(answer.headers["Last-Modified"]) > parsedate_to_datetime(last.headers["Last-Modified"])


def appointments(calendar: bytes) -> dict[str, icalendar.Event]:
    """The events of a calendar by UID, less what it says of the watch."""
    events = icalendar.Calendar.from_ical(calendar).events
    return {str(each["UID"]): each for each in events if not str(each["SUMMARY"]).startswith("! ")}


def moment(value: date) -> datetime:
    return value.astimezone(UTC) if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)


@dataclass
class Khal:
    """vdirsyncer pulling one address into a folder that khal lists."""

    folder: Path
    address: str

    def __post_init__(self) -> None:
        for name in ("calendar", "status"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "vdirsyncer.ini").write_text(
            f'[general]\nstatus_path = "{self.folder}/status"\n[pair court]\na = "site"\nb = "here"\ncollections = null\n'
            f'conflict_resolution = "a wins"\n[storage site]\ntype = "http"\nurl = "{self.address}"\n'
            f'[storage here]\ntype = "filesystem"\npath = "{self.folder}/calendar"\nfileext = ".ics"\n'
        )
        (self.folder / "khal.ini").write_text(
            f"[calendars]\n[[court]]\npath = {self.folder}/calendar\n[locale]\nlocal_timezone = America/New_York\n"
            "default_timezone = America/New_York\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            f"datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {self.folder}/khal.db\n"
        )
        self._run("vdirsyncer", "-c", f"{self.folder}/vdirsyncer.ini", "discover")

    def pull(self) -> subprocess.CompletedProcess[str]:
        return self._run("vdirsyncer", "-c", f"{self.folder}/vdirsyncer.ini", "sync", check=False)

    def listed(self) -> list[str]:
        told = self._run(
            "khal", "-c", f"{self.folder}/khal.ini", "list", "--format", "{start-long} {status}{title}", "2026-08-19", "90d"
        )
        return [line for line in told.stdout.splitlines() if HEARING in line]

    def _run(self, command: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder),
            "NO_PROXY": "*",
            "TZ": "America/New_York",
        }
        program = str(Path(sys.executable).parent / command)
        return subprocess.run([program, *arguments], capture_output=True, text=True, check=check, env=environment, timeout=60)


@pytest.fixture
def khal(tmp_path) -> Callable[[str], Khal]:
    return lambda address: Khal(folder=tmp_path / "subscriber", address=address)


def test_a_hearing_continued_on_the_docket_is_one_event_with_the_new_time_after_the_next_pull(site, address, khal):
    subscriber = khal(address + site.token(CASE))
    assert subscriber.pull().returncode == 0
    (before,) = subscriber.listed()
    assert before.startswith("2026-09-02 10:00 ")
    continue_hearing(site)
    assert subscriber.pull().returncode == 0
    (after,) = subscriber.listed()
    assert after.startswith("2026-09-09 11:30 ")
    assert "MOVED: was 2 September 2026, 10:00" in after


def test_a_revoked_address_stops_the_subscription_and_nothing_new_comes(site, address, khal):
    subscriber = khal(address + site.token(CASE))
    assert subscriber.pull().returncode == 0
    (token,) = site.desk().calendar_tokens()
    site.desk().revoke_calendar_token(token.id, now=datetime(2026, 8, 19, 13, 0, tzinfo=UTC))
    continue_hearing(site)
    pulled = subscriber.pull()
    assert pulled.returncode != 0
    assert "GONE" in pulled.stderr
    (still,) = subscriber.listed()
    assert still.startswith("2026-09-02 10:00 ")


def test_a_hearing_of_a_dismissed_case_is_listed_as_cancelled(site, address, khal):
    subscriber = khal(address + site.token(CASE))
    subscriber.pull()
    dismiss(site)
    assert subscriber.pull().returncode == 0
    (listed,) = subscriber.listed()
    assert listed.startswith("2026-09-02 10:00 CANCELLED OFF: ")
