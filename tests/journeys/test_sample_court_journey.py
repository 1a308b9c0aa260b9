"""The sample court's feeds taken in whole: on the demo day every matter stands where its docket file expects it."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.linking.creditors import same_creditor
from docketbridge.domain.matters import MatterFile
from docketbridge.plugins import discover
from docketbridge.settings import Settings
from tests.sample_court.compose import FEEDS
from tests.sample_court.docket import HERE, Case

DEMO_DAY = date(2026, 8, 19)


def expected() -> dict[str, dict[str, Any]]:
    files = sorted((HERE / "dockets").glob("*.toml"))
    return {each["number"]: each for path in files for each in tomllib.loads(path.read_text(encoding="utf-8")).get("matter", ())}


EXPECTED = expected()


UNNAMED: dict[str, str] = {}
"""What does not come out yet, and why; strict, so that a line must go when its fault is mended."""


def each_matter(faults: dict[str, str], *, of: str | None = None) -> list[Any]:
    """The matters (those that expect `of`) as parameters, the known faults marked."""
    return [
        pytest.param(number, marks=[pytest.mark.xfail(strict=True, reason=faults[number])] if number in faults else [])
        for number, wanted in EXPECTED.items()
        if of is None or of in wanted
    ]


@pytest.fixture(scope="module")
def taken(sample_court_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Counter[str]]]:
    """A desk on the demo day after all feeds came in, and what the intake counted."""
    folder = tmp_path_factory.mktemp("sample-court")
    file = shutil.copy(sample_court_ledger, folder / "ledger.sqlite")
    desk = Desk(
        settings=Settings(folder=folder, database=f"sqlite:///{file}"), plugins=discover(), today=DEMO_DAY, fixed_day=True
    )
    counted = json.loads(sample_court_ledger.with_suffix(".counts.json").read_text(encoding="utf-8"))
    yield desk, Counter(counted)
    desk.engine.dispose()


@pytest.fixture(scope="module")
def matters(taken: tuple[Desk, Counter[str]]) -> dict[str, MatterFile]:
    return {file.matter.number: file for file in taken[0].matter_files()}


def test_the_intake_reads_everything_and_refuses_only_the_sealed_paper(taken: tuple[Desk, Counter[str]]) -> None:
    _, counted = taken
    assert counted["new"] > 300
    assert counted["seen_again"] > 200
    assert (counted["refused"], counted["problems"]) == (2, 0)  # the one sealed paper stands in two windows


def test_a_numbered_entry_is_known_once_however_often_and_in_whatever_format_it_was_told(
    matters: dict[str, MatterFile], cases: tuple[Case, ...]
) -> None:
    for file in matters.values():
        docket = next(case for case in cases if case.number == file.case.number)
        numbered = [meaning.entry for meaning in file.entries if meaning.entry.document_number is not None]
        assert len({entry.document_number for entry in numbered}) == len(numbered), docket.number
        for entry in numbered:
            docketed = docket.entry(entry.document_number or 0)
            assert entry.entered == docketed.at.date()
            assert entry.filed == (docketed.filed if entry.text else None)  # RSS alone tells neither
            if entry.sequence is not None:
                assert entry.sequence == docketed.sequence


def test_the_matters_are_those_of_the_docket_files_and_no_others(matters: dict[str, MatterFile]) -> None:
    assert sorted(matters) == sorted(EXPECTED)


@pytest.mark.parametrize("number", each_matter({}))
def test_a_matter_stands_where_its_docket_expects_it(number: str, matters: dict[str, MatterFile]) -> None:
    wanted, file = EXPECTED[number], matters[number]
    posture = file.posture
    assert (posture.state, posture.shown) == (wanted["state"], wanted.get("shown", wanted["state"]))
    assert posture.settled == wanted.get("settled", False)
    assert (file.mediator.id if file.mediator else None) == wanted.get("mediator")
    assert bool(posture.end_provisional) == wanted.get("provisional", False)
    for name, day in wanted.get("dates", {}).items():
        assert getattr(posture.dates, name) == day, name
    if "hearing" in wanted:
        assert wanted["hearing"] in {hearing.start for hearing in posture.hearings if hearing.status in ("set", "moved")}
    if "task" in wanted:
        assert wanted["task"] in {task.key for task in posture.tasks}


@pytest.mark.parametrize("number", each_matter({}, of="next"))
def test_a_matters_next_date_is_the_one_expected(number: str, taken: tuple[Desk, Counter[str]]) -> None:
    wanted = EXPECTED[number]["next"]
    following = next(line.next for line in taken[0].matters() if line.number == number)
    assert following is not None
    assert (following.key, following.earliest, following.latest) == (wanted["key"], wanted["earliest"], wanted["latest"])


@pytest.mark.parametrize("number", each_matter(UNNAMED))
def test_a_matter_knows_its_creditor(number: str, matters: dict[str, MatterFile]) -> None:
    assert same_creditor(matters[number].matter.creditor, EXPECTED[number]["creditor"]), matters[number].matter.creditor


def test_the_journey_comes_out_with_the_dates_of_the_design(matters: dict[str, MatterFile]) -> None:
    deadlines = {each.key: each for each in matters["zzb-26-10123-1"].posture.deadlines}
    objection = deadlines["obj_debtor_req"]
    assert (objection.earliest, objection.latest) == (date(2026, 8, 11), date(2026, 8, 14))


def test_a_last_day_on_victory_day_runs_on_and_says_so(matters: dict[str, MatterFile]) -> None:
    objection = next(each for each in matters["zzb-26-10131-1"].posture.deadlines if each.key == "obj_debtor_req")
    assert (objection.earliest, objection.latest) == (date(2026, 8, 11), date(2026, 8, 11))
    assert objection.readings is not None
    for reading in (objection.readings.earliest, objection.readings.latest):
        assert any("Victory Day" in words for words in reading.trace)


def test_the_lift_stay_motion_is_covered_through_the_stated_date(matters: dict[str, MatterFile]) -> None:
    motions = matters["zzb-26-10072-1"].posture.stay_motions
    assert [(motion.day_30, motion.day_60, motion.covered_through) for motion in motions] == [
        (date(2026, 7, 5), date(2026, 8, 4), date(2026, 9, 11))
    ]


def test_the_doubtful_letter_waits_for_a_person(taken: tuple[Desk, Counter[str]]) -> None:
    assert [(line.case_number, line.document_number) for line in taken[0].review()] == [("26-10115", 8)]


def test_the_watch_over_every_open_matter_reaches_the_demo_morning(matters: dict[str, MatterFile]) -> None:
    for number, file in matters.items():
        if EXPECTED[number]["state"] in ("requested", "ripe", "objected", "hearing_set", "active", "approved", "plan_interest"):
            assert file.watch.gaps == (), number
            assert file.watch.seen_through is not None, number
            assert file.watch.seen_through.date() == DEMO_DAY, number


def test_taking_everything_in_again_brings_nothing_new_and_replay_moves_nothing(taken: tuple[Desk, Counter[str]]) -> None:
    desk, _ = taken
    again = [desk.take_in(RawFeed(content=path.read_bytes(), name=path.name)) for path in sorted(FEEDS.glob("rss/*.xml"))]
    assert sum(result.new for result in again) == 0
    desk.matters()
    assert desk.replay(today=DEMO_DAY) == ()
