from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.calendar_item import CalendarItem, ItemKind, ItemStatus, Reading, digest, uid_for
from calendars.revisions import revise
from tests.laws import law

NOW = datetime(2026, 8, 20, 12, 0, 30, 999, tzinfo=UTC)


class Publications:
    """The facts of earlier publications, the last of each UID."""

    def __init__(self):
        self.last = {}

    def publish(self, items, now):
        revision = revise(items, self.last, now)
        for fact in revision.facts:
            assert fact.sequence == (self.last[fact.uid].sequence + 1 if fact.uid in self.last else 0)
            self.last[fact.uid] = fact
        return {item.uid: item for item in revision.items}


@pytest.fixture
def publications():
    return Publications()


def later(days: float = 0, **more: float) -> datetime:
    return NOW + timedelta(days=days, **more)


def test_a_first_publication_has_sequence_nought_and_the_time_in_whole_seconds(make_item, publications):
    (item,) = publications.publish([make_item(modified=None)], NOW).values()
    assert (item.sequence, item.modified) == (0, NOW.replace(microsecond=0))


def test_nothing_changed_is_nothing_published_and_the_same_revision(make_item, publications):
    first = publications.publish([make_item()], NOW)
    assert revise([make_item()], publications.last, later(9)).facts == ()
    assert publications.publish([make_item()], later(9)) == first


@pytest.mark.parametrize(
    "change",
    [
        {"start": date(2026, 10, 25)},
        {"end": date(2026, 10, 28)},
        {"summary": "other"},
        {"description": "other"},
        {"location": "other"},
        {"url": "https://x.example"},
        {"status": ItemStatus.TENTATIVE},
        {"categories": ("Report",)},
        {"busy": True},
    ],
)
def test_any_change_that_a_reader_sees_raises_the_sequence_by_one(make_item, publications, change):
    publications.publish([make_item()], NOW)
    (item,) = publications.publish([make_item(**change)], later(1)).values()
    assert (item.sequence, item.modified) == (1, later(1).replace(microsecond=0))


def test_the_change_time_goes_forward_even_when_the_clock_does_not(make_item, publications):
    publications.publish([make_item()], NOW)
    (item,) = publications.publish([make_item(summary="other")], later(-5)).values()
    assert item.modified == NOW.replace(microsecond=0) + timedelta(seconds=1)


def test_an_item_that_is_gone_is_cancelled_for_thirty_days_and_says_so(make_item, publications):
    publications.publish([make_item()], NOW)
    (gone,) = publications.publish([], later(1)).values()
    assert gone.status is ItemStatus.CANCELLED
    assert gone.summary == "CANCELLED: 26-10123 Joint written status report"
    assert (gone.sequence, gone.start, gone.end) == (1, date(2026, 10, 26), date(2026, 10, 27))
    assert publications.publish([], later(31)) == {gone.uid: gone}
    assert publications.publish([], later(31, hours=1)) == {}


def test_an_item_whose_day_has_passed_goes_without_a_cancellation(make_item, publications):
    publications.publish([make_item()], NOW)
    assert publications.publish([], datetime(2026, 11, 1, tzinfo=UTC)) == {}


def test_a_cancelled_item_that_comes_back_is_published_again(make_item, publications):
    publications.publish([make_item()], NOW)
    publications.publish([], later(1))
    (item,) = publications.publish([make_item()], later(60)).values()
    assert (item.sequence, item.status) == (2, ItemStatus.CONFIRMED)


def test_a_moot_item_that_was_published_goes_out_cancelled_for_thirty_days(make_item, publications):
    publications.publish([make_item()], NOW)
    moot = make_item(status=ItemStatus.CANCELLED, summary="CANCELLED: moot")
    (gone,) = publications.publish([moot], later(1)).values()
    assert (gone.sequence, gone.summary) == (1, "CANCELLED: moot")
    assert publications.publish([moot], later(40)) == {}


def test_a_moot_item_that_then_disappears_keeps_the_words_of_its_cancellation(make_item, publications):
    publications.publish([make_item()], NOW)
    moot = make_item(
        status=ItemStatus.CANCELLED, summary="CANCELLED: moot", description="moot by entry 17", categories=("A", "B")
    )
    shown = publications.publish([moot], later(1))
    assert publications.publish([], later(2)) == {uid: replace(item) for uid, item in shown.items()}


def test_a_moot_deadline_that_nobody_saw_is_not_taken_back_and_a_hearing_that_came_off_is_shown(make_item, publications):
    unseen = make_item(status=ItemStatus.CANCELLED)
    off = make_item("hearing", status=ItemStatus.CANCELLED, kind=ItemKind.HEARING, summary="OFF: V.A.3.c")
    assert set(publications.publish([unseen, off], NOW)) == {off.uid}


def test_a_watch_that_is_whole_again_leaves_nothing_behind(make_item, publications):
    publications.publish([make_item(kind=ItemKind.WATCH)], NOW)
    assert publications.publish([], later(0)) == {}


def test_a_timed_item_is_cancelled_at_its_own_time(make_item, publications):
    start = datetime(2026, 9, 2, 18, 0, tzinfo=UTC)
    timed = make_item("h", start=start, end=start + timedelta(hours=1), timezone="America/New_York", kind=ItemKind.HEARING)
    publications.publish([timed], NOW)
    (gone,) = publications.publish([], later(1)).values()
    assert (gone.start, gone.timezone, gone.all_day) == (start, "America/New_York", False)


def test_the_digest_leaves_the_revision_out(make_item):
    assert digest(make_item()) == digest(make_item(sequence=9, modified=later(3)))


def test_two_spellings_of_one_instant_have_one_digest(make_item):
    start = datetime(2026, 9, 2, 18, 0, tzinfo=UTC)
    timed = make_item("h", start=start, end=start + timedelta(hours=1), timezone="America/New_York")
    told = replace(timed, start=start.astimezone(), end=timed.end.astimezone())
    assert digest(timed) == digest(told)


history = st.lists(
    st.tuples(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)), st.integers(-2, 20)), min_size=1, max_size=8
)


@given(history)
@law(150)
def test_over_any_history_sequence_and_change_time_rise_exactly_when_the_form_changes(steps):
    publications, now, shown = Publications(), NOW, {}
    for wanted, days in steps:
        now += timedelta(days=days)
        items = [
            CalendarItem(
                uid=uid_for(name),
                subject="m",
                reading=Reading.LATEST,
                kind=ItemKind.OTHER,
                case="c",
                summary=str(form),
                start=date(2027, 6, 1),
                end=date(2027, 6, 2),
            )
            for name, form in wanted.items()
        ]
        written = publications.publish(items, now)
        assert revise(items, publications.last, now).facts == ()
        for uid, item in written.items():
            before = shown.get(uid)
            if before is not None and digest(before) == digest(item):
                assert (item.sequence, item.modified) == (before.sequence, before.modified)
            elif before is not None:
                assert item.sequence > before.sequence
                assert item.modified > before.modified
        shown |= written
