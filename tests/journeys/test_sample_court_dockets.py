"""The sample court's dockets are sound: numbers, days, people, and a README that tells what is expected."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest

from docketbridge.domain.cases import parse_case_number
from docketbridge.domain.deadlines import Direction
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.programs.court_calendars import court_calendar
from tests.sample_court.docket import HERE, Case, Court, SampleCourtError, numeric, read_cases

DOCKETS = sorted((HERE / "dockets").glob("*.toml"))
AUTOMATIC = ("Admin.", "U.S. Treasury", "auto")
STATED = re.compile(r"(?:scheduled for|continued to|due by|ends|ends on|extended to|to be held on) (\d{1,2}/\d{1,2}/\d{4})")


def matters() -> list[tuple[str, dict[str, Any]]]:
    return [(path.name, each) for path in DOCKETS for each in tomllib.loads(path.read_text(encoding="utf-8")).get("matter", ())]


def test_the_court_is_large_enough_to_show_every_posture(cases: tuple[Case, ...]) -> None:
    states = Counter(matter["state"] for _, matter in matters())
    assert len(cases) >= 14
    assert sum(states.values()) >= 10
    assert set(states) == {
        "plan_interest", "requested", "objected", "hearing_set", "ripe", "active", "approved",
        "terminated", "expired", "denied", "withdrawn", "dismissed_in_lm",
    }  # fmt: skip
    assert {case.chapter for case in cases} == {"7", "11", "13", ""}
    assert {case.judge_initials for case in cases} == {"dfl", "mwh"}
    assert {case.trustee.name for case in cases if case.chapter == "13" and case.trustee} == {"Marguerite T. Osei"}
    assert sum("mediator" in matter for _, matter in matters()) == 2
    assert any(party.type == "Joint Debtor" for case in cases for party in case.parties)
    assert any("PRO SE" in party.lines for case in cases for party in case.parties)


def test_every_case_has_a_number_and_an_id_of_its_own(cases: tuple[Case, ...]) -> None:
    assert all(parse_case_number(case.docket_number).printed == case.number for case in cases)
    assert len({case.number for case in cases}) == len(cases)
    assert len({case.case_id % 1000 for case in cases}) == len(cases)


def test_document_numbers_run_from_one_without_a_hole(cases: tuple[Case, ...]) -> None:
    for case in cases:
        numbers = [entry.number for entry in case.entries if isinstance(entry.number, int)]
        assert numbers == list(range(1, len(numbers) + 1)), case.file


def test_time_and_sequence_rise_together(cases: tuple[Case, ...]) -> None:
    for case in cases:
        for before, after in pairwise(case.entries):
            assert before.at < after.at, f"{case.file}: {after.text}"
            assert before.sequence < after.sequence


def test_nothing_is_docketed_after_the_demo_morning(cases: tuple[Case, ...], court: Court) -> None:
    last = max(court.feed_built)
    assert last.date() == court.demo_day == date(2026, 8, 19)
    assert all(entry.at <= last for case in cases for entry in case.entries)
    assert all(report.date() <= court.demo_day for case in cases for report in case.reports)


def test_people_docket_on_court_days_and_only_machines_at_night(cases: tuple[Case, ...]) -> None:
    days = CourtDays(court_calendar("zzb"))
    for case in cases:
        for entry in case.entries:
            if entry.by not in AUTOMATIC:  # on a state holiday alone the federal clerk's office works
                assert days.closed_for(entry.at.date(), Direction.BEFORE) is None, f"{case.file}: {entry.at} {entry.text}"
                assert 8 <= entry.at.hour < 18, f"{case.file}: {entry.at}"
            assert entry.filed <= entry.at.date()


def test_every_hearing_and_every_date_that_a_text_fixes_is_a_court_day(cases: tuple[Case, ...]) -> None:
    days = CourtDays(court_calendar("zzb"))
    seen = 0
    for case in cases:
        for entry in case.entries:
            for stated in STATED.findall(entry.text):
                day = datetime.strptime(stated, "%m/%d/%Y").date()  # noqa: DTZ007 - a bare date
                doubtful = (day.month, day.day) == (5, 4)  # the statute lists 4 May, the offices keep it open
                assert doubtful or days.is_open(day), f"{case.file}: {stated} in {entry.text}"
                seen += 1
    assert seen > 100


def test_every_date_that_a_text_fixes_comes_after_its_entry(cases: tuple[Case, ...]) -> None:
    for case in cases:
        for entry in case.entries:
            for stated in STATED.findall(entry.text):
                day = datetime.strptime(stated, "%m/%d/%Y").date()  # noqa: DTZ007 - a bare date
                assert day > entry.filed, f"{case.file}: {entry.text}"


def test_the_journey_of_the_design_has_its_dates(cases: tuple[Case, ...]) -> None:
    case = next(each for each in cases if each.number == "26-10123")
    request, certificate = case.entry(12), case.entry(13)
    assert (request.filed, f"{request.filed:%A}") == (date(2026, 7, 27), "Monday")
    assert certificate.filed == date(2026, 7, 28)
    assert "by first class mail on 7/28/2026" in certificate.text
    assert case.entries[-1] == certificate


@pytest.mark.parametrize(("file", "matter"), matters(), ids=[each["number"] for _, each in matters()])
def test_the_readme_tells_each_matter_with_its_posture_and_next_date(file: str, matter: dict[str, Any]) -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    row = next(line for line in readme.splitlines() if line.startswith(f"| `{matter['number']}`"))
    assert matter["number"].startswith(f"zzb-{file.removesuffix('.toml')}-")
    assert f"`{matter.get('shown', matter['state'])}`" in row
    assert f"`{matter['state']}`" in row
    if "next" in matter:
        day = matter["next"]["earliest"]
        assert f"{day.day} {day:%B %Y}" in row
    if "hearing" in matter:
        assert f"{matter['hearing']:%-d %B %Y, %H:%M}" in row


def test_a_quoted_document_that_is_not_on_the_docket_stops_the_composer(tmp_path: Any) -> None:
    (tmp_path / "dockets").mkdir()
    for name in ("court.toml", "wording.toml"):
        (tmp_path / name).write_bytes((HERE / name).read_bytes())
    docket = (HERE / "dockets" / "26-10140.toml").read_text(encoding="utf-8")
    (tmp_path / "dockets" / "26-10140.toml").write_text(docket.replace("document = 4", "document = 44"), encoding="utf-8")
    with pytest.raises(SampleCourtError, match=r"26-10140\.toml.*no document 44"):
        read_cases(tmp_path)


def test_dates_are_written_as_the_court_writes_them() -> None:
    assert numeric(date(2026, 7, 8)) == "7/8/2026"
