"""Answers kept in memory and fetches counted: what is given again, what is made anew, and what is let go."""

from dataclasses import dataclass, field

import pytest

from calendars.caching import AnswerCache, answer_of
from calendars.conditional import has_it_already
from calendars.flavours import PLAIN, read_flavour
from calendars.publishing import CalendarsBusyError, publish_scope
from calendars.rate_limiting import RateLimit
from calendars.scopes import parse_scope

ALL = parse_scope("all")


@dataclass
class Clock:
    """Seconds that pass when the test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Watched:
    """A desk that counts how often a calendar is made at it."""

    desk: object
    made: list[str | None] = field(default_factory=list)

    def __getattr__(self, name):
        return getattr(self.desk, name)

    def matter_files(self, selection=None):
        self.made.append(selection)
        return self.desk.matter_files(selection)


@pytest.fixture
def watched(desk):
    return Watched(desk=desk)


def test_an_answer_is_given_again_while_no_fact_comes_and_the_day_is_the_same(watched):
    cache = AnswerCache(Clock())
    first = cache.answer(watched, ALL, PLAIN)
    second = cache.answer(watched, ALL, PLAIN)
    assert [cache.answer(watched, ALL, PLAIN) is second for _ in range(3)] == [True] * 3
    assert second is first
    assert len(watched.made) == 1


def test_another_flavour_day_or_fact_is_another_answer(watched):
    cache = AnswerCache(Clock())
    cache.answer(watched, ALL, PLAIN)
    watched.made.clear()
    cache.answer(watched, ALL, read_flavour({"client": "google"}))
    assert len(watched.made) == 1
    watched.desk.today = watched.desk.today.replace(day=22)
    cache.answer(watched, ALL, PLAIN)
    assert len(watched.made) == 2
    watched.desk.files.pop()
    cache.answer(watched, ALL, PLAIN)
    assert len(watched.made) == 3


def test_no_answer_is_kept_for_more_than_five_minutes(watched):
    clock = Clock()
    cache = AnswerCache(clock)
    cache.answer(watched, ALL, PLAIN)
    watched.made.clear()
    clock.now = 299.0
    cache.answer(watched, ALL, PLAIN)
    assert watched.made == []
    clock.now = 300.0
    cache.answer(watched, ALL, PLAIN)
    assert len(watched.made) == 1


def test_what_is_kept_has_a_limit_and_the_longest_unasked_goes_first(watched):
    publication = publish_scope(watched, ALL)
    size = answer_of(publication.written(), publication.changed).octets
    cache = AnswerCache(Clock(), most_octets=int(size * 2.5))
    google, alarmed = read_flavour({"client": "google"}), read_flavour({"alarms": "PT5M"})
    for flavour in (PLAIN, google, PLAIN, alarmed):  # room for two: Google's has been unasked the longest
        cache.answer(watched, ALL, flavour)
    watched.made.clear()
    cache.answer(watched, ALL, PLAIN)
    cache.answer(watched, ALL, alarmed)
    assert watched.made == []
    cache.answer(watched, ALL, google)
    assert len(watched.made) == 1


def test_the_same_octets_have_the_same_tag_and_the_same_compressed_octets(watched):
    publication = publish_scope(watched, ALL)
    one, other = (answer_of(publication.written(), publication.changed) for _ in range(2))
    assert one == other
    assert len(one.tag) == 32


def test_where_others_always_publish_first_the_calendar_is_busy_and_nothing_torn_is_given(desk, monkeypatch):
    monkeypatch.setattr(desk, "publish", lambda _: False, raising=False)
    with pytest.raises(CalendarsBusyError, match="try again"):
        publish_scope(desk, ALL)


def test_a_matter_opened_while_the_calendar_was_made_is_looked_at_again(desk, monkeypatch):
    ids, asked = desk.matter_ids, []

    def late(selection):
        asked.append(selection)
        return ids(selection)[:-1] if len(asked) == 1 else ids(selection)

    monkeypatch.setattr(desk, "matter_ids", late, raising=False)
    assert {item.subject for item in publish_scope(desk, ALL).items} >= {file.matter.id for file in desk.files}
    assert len(asked) == 2


def test_forms_that_another_process_published_first_are_revised_again(desk, monkeypatch):
    kept, tries = type(desk).publish, []

    def publish(forms):
        tries.append(len(forms))
        return len(tries) > 1 and kept(desk, forms)

    monkeypatch.setattr(desk, "publish", publish, raising=False)
    publish_scope(desk, ALL)
    assert tries == [len(desk.kept)] * 2


@pytest.mark.parametrize("tag", [None, '"x"'])
def test_without_a_validator_that_matches_the_calendar_is_sent(tag, watched):
    changed = publish_scope(watched, ALL).changed
    assert not has_it_already(if_none_match=tag, if_modified_since=None, tag="y", changed=changed)


def test_fetches_are_counted_by_address_and_forgiven_with_time():
    clock = Clock()
    limit = RateLimit(clock, burst=2, seconds=10)
    assert [limit.wait("a"), limit.wait("a"), limit.wait("a"), limit.wait("b")] == [0, 0, 10, 0]
    clock.now = 4.0
    assert limit.wait("a") == 6
    clock.now = 10.0
    assert [limit.wait("a"), limit.wait("a")] == [0, 10]
    clock.now = 1000.0
    assert [limit.wait("a"), limit.wait("a"), limit.wait("a")] == [0, 0, 10]


def test_a_reader_that_polls_every_twenty_seconds_is_never_told_to_wait():
    clock = Clock()
    limit = RateLimit(clock)
    waits = []
    for number in range(200):
        clock.now = number * 20.0
        waits.append(limit.wait("a"))
    assert set(waits) == {0}
