"""What changed in a matter, as a pure question: everything in a file, what of it is new, and whom it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from docketbridge.domain.events import EventKind
from docketbridge.domain.standing import State, Step, Task
from docketbridge.domain.views.noticing import (
    Change,
    ChangeKind,
    Pace,
    changes_in,
    is_for,
    is_old,
    is_wished,
    sift,
    stands_now,
    wishes,
)
from docketbridge.testing import active_matter_file, active_posture, hearing, matter_file, posture

DAY = date(2026, 8, 17)


def _event(entry, day=DAY, name="lm_objection"):
    return Change(kind=ChangeKind.EVENT, name=name, day=day, words="x", entry=entry)


def _sift(found, known, *, living=None, present=()):
    sifted = sift(found, known, living=living or {}, present=present)
    return [each.entry for each in sifted.new], [each.entry for each in sifted.known_otherwise]


def test_a_file_tells_its_moves_its_events_its_dates_and_its_hearings():
    file = active_matter_file(
        posture=active_posture(hearings=(hearing("objection", datetime(2026, 8, 26, 10, 0)),))  # noqa: DTZ001 - court time
    )
    told = changes_in(file)
    assert [(each.name, each.day) for each in told if each.kind is ChangeKind.POSTURE] == [
        ("requested", date(2026, 7, 27)),
        ("ripe", date(2026, 8, 15)),
        ("active", date(2026, 8, 20)),
    ]
    assert [each.name for each in told if each.kind is ChangeKind.EVENT] == ["lm_request", "lm_order"]
    assert [each.words for each in told if each.kind is ChangeKind.HEARING] == [
        "hearing on objection set for Wed 26 Aug 2026, 10:00, entry 15"
    ]
    (dates,) = (each for each in told if each.kind is ChangeKind.DATES)
    assert "the period ends Wed 18 Nov 2026" in dates.words


def test_silence_is_told_as_silence():
    told = [each.words for each in changes_in(matter_file()) if each.name == "ripe"]
    assert told == ["requested → ripe: no objection to the debtor’s request in time (LMP V.A)"]


def test_an_entry_that_a_person_must_decide_is_no_event_yet():
    file = matter_file()
    open_question = replace(file.entries[0], detection=replace(file.entries[0].detection, needs_review=True))
    told = changes_in(replace(file, entries=(open_question,)))
    assert not [each for each in told if each.kind is ChangeKind.EVENT]


@pytest.mark.parametrize(("source", "closes"), [(State.ACTIVE, True), (State.EXPIRED, False)])
def test_a_matter_closes_once_whatever_comes_after_its_end(source, closes):
    step = Step(day=DAY, source=source, target=State.CLOSED, on="done", entry_id=None, entry_label=None, cite="LMP X.5")
    (told,) = (each for each in changes_in(matter_file(posture=posture(steps=(step,)))) if each.kind is ChangeKind.POSTURE)
    assert told.closes is closes


def test_what_is_known_is_not_new_whatever_its_words_are_now():
    known = _event("e1")
    assert _sift([replace(known, words="told otherwise")], [known], present={"e1"}) == ([], [])
    assert _sift([known, _event("e2")], [known], present={"e1", "e2"}) == (["e2"], [])


def test_an_entry_that_lives_on_in_another_is_that_other():
    assert _sift([_event("kept")], [_event("gone")], living={"gone": "kept"}, present={"kept"}) == ([], [])


def test_a_stub_told_in_full_by_another_entry_of_nearly_the_same_day_is_no_news():
    full = _event("full", DAY - timedelta(days=3))
    assert _sift([full], [_event("stub")], present={"full"}) == ([], ["full"])
    assert _sift([full], [_event("stub")], present={"full", "stub"}) == (["full"], [])
    assert _sift([_event("full", DAY + timedelta(days=5))], [_event("stub")], present={"full"}) == (["full"], [])
    assert _sift([_event("full", name="lm_order")], [_event("stub")], present={"full"}) == (["full"], [])


def test_the_same_lapse_on_another_day_is_news():
    ripe = Change(kind=ChangeKind.POSTURE, name="ripe", day=DAY, words="x")
    assert len(sift([replace(ripe, day=DAY + timedelta(days=3))], [ripe], living={}, present=()).new) == 1
    assert sift([ripe], [ripe], living={}, present=()).new == ()


def test_a_hearing_is_news_when_its_time_or_its_standing_changes_and_not_otherwise():
    at = datetime(2026, 8, 26, 10, 0)  # noqa: DTZ001 - court time
    first, again, moved, off = (
        [each for each in changes_in(matter_file(posture=posture(hearings=(one,)))) if each.kind is ChangeKind.HEARING]
        for one in (
            hearing("objection", at),
            hearing("objection", at, number=16),
            hearing("objection", at + timedelta(days=7), status="moved"),
            hearing("objection", at, status="off"),
        )
    )
    assert sift(again, first, living={}, present=()).new == ()
    assert len(sift(moved, first, living={}, present=()).new) == 1
    assert len(sift(off, first, living={}, present=()).new) == 1


def test_standing_elsewhere_without_a_step_is_said_to_come_from_the_reading():
    told = stands_now(matter_file(), State.OBJECTED)
    assert (told.name, told.closes) == ("ripe", False)
    assert told.words == "objected → ripe: what was read of the docket changed"


def test_wishes_are_broad_or_narrow_and_every_one_of_them_can_be_met():
    change = _event("e1")
    assert [wish for wish in wishes() if is_wished(wish, change)] == ["everything", "event", "event:lm_objection"]
    assert f"event:{EventKind.NONE}" not in wishes()


@pytest.mark.parametrize(
    ("role", "owner", "told"),
    [
        ("clerk", "chambers", True),
        ("judge", "clerk", True),
        ("trustee", "trustee, clerk", True),
        ("trustee", "chambers", False),
        ("mediator", "chambers", False),
        ("debtor_side", "clerk", False),
        ("creditor_side", "trustee", False),
    ],
)
def test_what_the_court_owes_is_the_court_s_to_know(role, owner, told):
    task = Task(key="k", owner=owner, what="Do it", opened=DAY, due=None, because="b", cite="c", closed_by="x")
    (change,) = (each for each in changes_in(matter_file(posture=posture(steps=(), tasks=(task,)))) if each.name == "k")
    assert is_for(change, role) is told
    assert is_for(_event("e1"), role)


def test_a_change_is_old_by_its_own_day():
    assert is_old(_event("e", date(2026, 8, 1)), today=date(2026, 8, 19), days=7)
    assert not is_old(_event("e", date(2026, 8, 12)), today=date(2026, 8, 19), days=7)


def test_tries_grow_apart_and_end_within_two_days():
    pace, spent, attempts = Pace(), timedelta(), 1
    waits = []
    while not pace.is_over(spent, attempts):
        waits.append(pace.wait(attempts))
        spent += waits[-1]
        attempts += 1
    assert waits[:4] == [timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=16), timedelta(minutes=64)]
    assert waits == sorted(waits)
    assert timedelta(hours=40) < spent <= timedelta(days=2)
    assert pace.wait(10_000) == timedelta(hours=6)
