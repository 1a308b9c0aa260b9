"""A hearing that the docket carries without a number, corrected by the court: from two reports to what moved and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

REPORT = "26-10091_2026-07-22T0815.html"
MATTER = "zzb-26-10091-1"
HEARING = b"Hearing scheduled for 9/2/2026 at 10:00 AM at Courtroom A"
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def reports(feeds: Path, tmp_path: Path) -> dict[str, Path]:
    """The report as it was made on 22 July, one of two days later with the hearing moved, and one with another hearing there."""
    first = (feeds / "docket-reports" / REPORT).read_bytes()
    assert first.count(HEARING) == 1
    made = re.compile(rb"07/22/2026 08:15")
    later = made.sub(b"07/24/2026 09:30", first)
    moved = later.replace(HEARING, b"Hearing scheduled for 9/16/2026 at 02:00 PM at Courtroom A")
    other = later.replace(b"Hearing Set on Objection", b"Hearing Continued on Objection").replace(
        HEARING, HEARING.replace(b"9/2", b"9/16")
    )
    written = {}
    for name, content in (("first", first), ("moved", moved), ("other", other)):
        written[name] = tmp_path / f"{name}.html"
        written[name].write_bytes(content)
    return written


@pytest.fixture
def command(say: Say, new_database: Callable[[str], str]) -> Say:
    database = new_database("sqlite")
    return lambda *arguments: say("--database", database, "--today", "2026-07-27", *arguments)


def _hearing(told: str) -> str:
    (line,) = [line.strip() for line in told.splitlines() if "  objection  set" in line]
    return line


def _event(calendar: Path, about: str) -> dict[str, str]:
    """The one event of a calendar that speaks of something, as its properties."""
    unfolded = calendar.read_text(encoding="utf-8").replace("\n ", "")
    events = [each for each in unfolded.split("BEGIN:VEVENT") if about in each]
    assert len(events) == 1
    return dict(line.split(":", 1) for line in events[0].splitlines() if ":" in line)


def test_a_corrected_hearing_moves_as_the_one_it_was_and_says_why(command: Say, reports: dict[str, Path], tmp_path: Path) -> None:
    assert command("intake", reports["first"])[:2] == (0, "first.html: 13 new, 0 seen again, 0 amended, 0 refused, 0 problems\n")
    assert _hearing(command("matter", MATTER)[1]).startswith("2026-09-02 10:00")
    command("calendar", "write", "all", "-o", tmp_path / "before.ics")

    assert command("intake", reports["moved"])[:2] == (0, "moved.html: 0 new, 12 seen again, 1 amended, 0 refused, 0 problems\n")
    told = command("matter", MATTER)[1]
    assert _hearing(told).startswith("2026-09-16 14:00")
    assert "2026-07-20  hearing_set  entry of 20 July 2026 (no number)" in told
    (why,) = told.partition("Corrected on the docket\n")[2].strip().splitlines()[:1]
    assert why.startswith("entry of 20 July 2026 (no number) reads: Hearing Set on Objection to Request for Loss Mitigation")
    assert "9/16/2026 at 02:00 PM" in why
    assert "(a later docket report shows these words in place of the earlier ones)" in why
    assert "9/2/2026 at 10:00 AM" in why.partition("[before: ")[2]

    command("calendar", "write", "all", "-o", tmp_path / "after.ics")
    before, after = (_event(tmp_path / name, "DTSTART;TZID=America/New_York:202609") for name in ("before.ics", "after.ics"))
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert after["DTSTART;TZID=America/New_York"] == "20260916T140000"
    assert command("review", "list")[1] == "nothing waits for a person\n"
    assert command("replay")[1] == "nothing moved\n"
    assert command("replay", "--from-bytes")[1] == "nothing moved\n"


def test_the_report_of_before_taken_in_last_tells_the_same(command: Say, reports: dict[str, Path]) -> None:
    for name in ("moved", "first"):
        assert command("intake", reports[name])[0] == 0
    told = command("matter", MATTER)[1]
    assert _hearing(told).startswith("2026-09-16 14:00")
    assert command("replay")[1] == "nothing moved\n"


def test_a_hearing_line_that_may_be_another_waits_for_a_person_who_sets_it_aside(command: Say, reports: dict[str, Path]) -> None:
    for name in ("first", "other"):
        assert command("intake", reports[name])[0] == 0
    waiting = command("review", "list")[1]
    assert waiting.count("a later docket report no longer shows this line; it may read now: “Hearing Continued on Objection") == 1
    (entry,) = re.findall(r"\b[0-9a-f]{8,24}\b", waiting)[:1]
    assert command("review", "set-aside", entry, "--reason", "corrected by the next line")[0] == 0
    assert command("review", "list")[1] == "nothing waits for a person\n"
    assert _hearing(command("matter", MATTER)[1]).startswith("2026-09-16 10:00")
    assert command("replay")[1] == "nothing moved\n"
