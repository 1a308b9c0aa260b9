from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from docketbridge.domain.fold import posture as posture_module
from docketbridge.domain.fold.loss_mitigation import TABLE
from docketbridge.domain.fold.tasks import KINDS
from docketbridge.domain.standing import Posture

FILES = sorted((Path(__file__).parent.parent / "golden" / "programs").glob("*/*.toml"))
NAMES = [f"{each.parent.name}/{each.stem}" for each in FILES]


def _latest_turn(posture: Posture, key: str) -> Any:
    found = [each for each in posture.deadlines if each.key == key]
    return max(found, key=lambda each: (each.cycle, each.turn), default=None)


def _by_key(name: str) -> Any:
    return lambda posture, wanted: {key: getattr(_latest_turn(posture, key), name, None) for key in wanted}


def _containing(tell: Any) -> Any:
    """Give back the words wanted when the telling holds them, else the whole telling."""

    def told(posture: Posture, wanted: str) -> str:
        said = tell(posture)
        return wanted if (wanted in said if wanted else not said) else said

    return told


TOLD: dict[str, Any] = {
    "earliest": _by_key("earliest"),
    "latest": _by_key("latest"),
    "status": _by_key("status"),
    "waiting": lambda posture, _: sorted(each.key for each in posture.deadlines if each.waiting_for is not None),
    "tasks": lambda posture, _: sorted(each.key for each in posture.tasks),
    "due": lambda posture, wanted: {key: next((e.due for e in posture.tasks if e.key == key), None) for key in wanted},
    "notes": lambda posture, wanted: [each for each in wanted if any(each in note.text for note in posture.notes)],
    "no_notes": lambda posture, wanted: [each for each in wanted if not any(each in note.text for note in posture.notes)],
    "unexpected": lambda posture, _: [each.kind for each in posture.unexpected],
    "silence": _containing(lambda posture: posture.silence),
    "why": _containing(lambda posture: " | ".join(step.note for step in posture.steps)),
    "end_provisional": _containing(lambda posture: posture.end_provisional or ""),
    "hearing_notes": _containing(lambda posture: " | ".join(each.note for each in posture.hearings)),
    "lm_end": lambda posture, _: posture.dates.lm_end,
    "open_items": lambda posture, _: sorted(each.kind for each in posture.open_items),
    "hearings": lambda posture, _: {f"{each.about} {each.start:%Y-%m-%d}": each.status for each in posture.hearings},
    "covered_through": lambda posture, _: posture.stay_motions[0].covered_through,
}


def _told(posture: Posture, name: str, wanted: Any) -> Any:
    return TOLD[name](posture, wanted) if name in TOLD else getattr(posture, name)


@pytest.mark.parametrize("name", NAMES)
def test_a_story_comes_out_as_told(name: str, the_story: Any) -> None:
    story = the_story(name)
    for expected in story.expected:
        posture = story.fold(expected["today"])
        for key, value in expected.items():
            if key == "today":
                continue
            wanted = sorted(value) if key in ("tasks", "open_items", "waiting") else value
            assert (key, _told(posture, key, value)) == (key, wanted), f"{name} on {expected['today']}"


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_arrival_does_not_matter(name: str, the_story: Any) -> None:
    story = the_story(name)
    if len(story.events) <= 4:
        orders = list(itertools.permutations(story.events))
    else:
        chance = random.Random(name)  # noqa: S311  # reason: a sample of orders, the same in every run
        orders = [tuple(chance.sample(story.events, len(story.events))) for _ in range(12)]
    for expected in story.expected:
        whole = story.fold(expected["today"])
        assert all(story.fold(expected["today"], order) == whole for order in orders)


ALL_ORDERS_UP_TO = 7
SAMPLED_ORDERS = 2_000


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", NAMES)
def test_no_order_of_arrival_matters_whole(name: str, the_story: Any) -> None:
    story, chance = the_story(name), random.Random(f"{name} whole")  # noqa: S311  # reason: the same in every run
    short = len(story.events) <= ALL_ORDERS_UP_TO
    sampled = (tuple(chance.sample(story.events, len(story.events))) for _ in range(SAMPLED_ORDERS))
    days = [each["today"] for each in story.expected]
    wholes = {day: story.fold(day) for day in days}
    for count, order in enumerate(itertools.permutations(story.events) if short else sampled):
        for day in (days[count % len(days)], days[-1]):
            assert story.fold(day, order) == wholes[day], f"{name} on {day}: {[each.entry_label for each in order]}"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_changes_before_the_day_on_which_silence_changes_something(name: str, the_story: Any) -> None:
    story = the_story(name)
    for expected in story.expected:
        today = expected["today"]
        events = [each for each in story.events if each.day <= today]
        before = _moving(story.fold(today, events))
        until = story.fold(today, events).changes_on or today + timedelta(days=120)
        for ahead in sorted({1, 2, 3, (until - today).days // 2, (until - today).days - 1}):
            if 0 < ahead < (until - today).days:
                assert _moving(story.fold(today + timedelta(days=ahead), events)) == before, f"{name}: {today} + {ahead}"


def _moving(posture: Posture) -> tuple[Any, ...]:
    return (
        posture.state,
        posture.shown,
        posture.open_items,
        posture.dates,
        posture.deadlines,
        posture.tasks,
        posture.hearings,
        posture.notes,
        posture.settled,
        posture.end_provisional,
    )


def test_every_row_of_the_table_is_taken_in_a_story(stories: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = set()
    original = posture_module.transition_for

    def remember(course: Any, what: Any) -> Any:
        row = original(course, what)
        taken.add(id(row))
        return row

    monkeypatch.setattr(posture_module, "transition_for", remember)
    for story in stories:
        story.fold(max(each["today"] for each in story.expected))
    left = [(row.on, [str(each) for each in row.source], row.cite) for row in TABLE if id(row) not in taken]
    assert left == []


def test_every_task_is_open_in_a_story(stories: Any) -> None:
    seen = {task.key for story in stories for each in story.expected for task in story.fold(each["today"]).tasks}
    assert sorted(set(KINDS) - seen) == []


def test_every_rule_and_ambiguity_of_the_program_has_a_story_or_a_reason(stories: Any) -> None:
    covered = {number for story in stories for number in story.covers}
    profile = next(each for each in posture_profiles() if each.id == "rib-lmp-4-2011")
    silent = {each.number for each in profile.silent_rules}
    rules = set(RULES)
    assert covered & silent == set(), "a rule is silent or has a story, not both"
    assert sorted(rules - covered - silent) == []
    assert sorted(silent - rules) == []
    assert sorted({f"AMB-{number}" for number in range(1, 33)} - covered) == []
    assert sorted(covered - rules - {f"AMB-{number}" for number in range(1, 33)}) == []


def posture_profiles() -> Any:
    from docketbridge.programs.loading import shipped

    return shipped()


def test_each_date_of_a_story_has_its_trace_and_citation(stories: Any) -> None:
    for story in stories:
        posture = story.fold(date(2026, 12, 31))
        for deadline in posture.deadlines:
            assert deadline.cite
            assert deadline.checked in ("primary", "secondary", "inferred", "design")
            if deadline.readings is not None:
                assert deadline.readings.earliest.trace
                assert deadline.readings.latest.trace
                assert deadline.earliest <= deadline.latest
        assert all(step.cite for step in posture.steps)
        assert all(task.cite and task.owner and task.closed_by for task in posture.tasks)


RULES = [
    "RI-I-1",
    "RI-II-1",
    "RI-III-A-1",
    "RI-III-A-2",
    "RI-III-A-3",
    "RI-III-A-4",
    "RI-III-B-1",
    "RI-III-C-1",
    "RI-III-D-1",
    "RI-IV-A-1",
    "RI-IV-B-1",
    "RI-IV-C-1",
    "RI-KEY-1",
    "RI-V-0",
    "RI-V-A-1.a",
    "RI-V-A-1.b",
    "RI-V-A-1.c",
    "RI-V-A-1.d",
    "RI-V-A-2.a",
    "RI-V-A-2.b",
    "RI-V-A-2.c",
    "RI-V-A-3.a",
    "RI-V-A-3.b",
    "RI-V-A-3.c",
    "RI-V-B-1",
    "RI-V-B-2",
    "RI-V-B-3",
    "RI-V-C-1",
    "RI-V-D-1",
    "RI-V-D-2",
    "RI-V-D-3",
    "RI-V-D-4",
    "RI-VI-A-1",
    "RI-VI-A-2",
    "RI-VI-A-3",
    "RI-VI-A-4",
    "RI-VI-A-5",
    "RI-VI-A-6",
    "RI-VI-B-1.a",
    "RI-VI-B-1.b",
    "RI-VI-B-1.c",
    "RI-VI-B-2",
    "RI-VI-B-3.a",
    "RI-VI-B-3.b",
    "RI-VI-B-4",
    "RI-VI-B-5",
    "RI-VII-A-1",
    "RI-VII-A-2",
    "RI-VII-A-3",
    "RI-VII-B-1",
    "RI-VII-B-2",
    "RI-VII-C-1",
    "RI-VII-C-2",
    "RI-VII-C-3",
    "RI-VII-C-4",
    "RI-VII-C-5",
    "RI-VII-C-6",
    "RI-VII-C-7",
    "RI-VII-C-8",
    "RI-VII-D-1",
    "RI-VIII-A-1",
    "RI-VIII-A-2",
    "RI-VIII-A-3",
    "RI-VIII-A-4",
    "RI-VIII-B-1",
    "RI-VIII-C-1",
    "RI-VIII-D-1",
    "RI-VIII-D-2",
    "RI-IX-A-1",
    "RI-IX-B-1.a",
    "RI-IX-B-1.b",
    "RI-IX-B-2.a",
    "RI-IX-B-2.b",
    "RI-IX-C-1.a",
    "RI-IX-C-1.b",
    "RI-IX-C-2.a",
    "RI-IX-C-2.b.1",
    "RI-IX-C-2.b.2",
    "RI-IX-C-2.c",
    "RI-X-1.a",
    "RI-X-1.b",
    "RI-X-2",
    "RI-X-3",
    "RI-X-4.a",
    "RI-X-4.b",
    "RI-X-5",
    "RI-X-6.a",
    "RI-X-6.b",
    "RI-XI-1",
    "RI-XII-1",
]
