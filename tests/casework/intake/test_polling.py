"""Polling: every look is a fact, a failed one too; waits adapt so that windows overlap by half."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import Session

from docketbridge.casework.intake.polling import configured, look_at, look_at_all, next_look
from docketbridge.domain.spacing import AT_LEAST, retry_after, spacing
from docketbridge.domain.watching import Span
from docketbridge.errors import ProfileError, SettingsError, SourceUnavailable
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.dockets.polls import Outcome, last_good_poll
from docketbridge.ledger.tables.rows import PollRow
from docketbridge.plugins import Found, Plugin, check
from docketbridge.settings import SourceSettings
from tests.composed_feeds import entry, feed

START = datetime(2026, 7, 27, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
RSS = SourceSettings(name="zzb-rss", court="zzb", transport="told", address="told", format="composed")


@dataclass
class Told:
    """A transport that gives what a test tells it to, and notes what it was asked and told."""

    options = frozenset({"contact"})
    gives: list = field(default_factory=list)
    since: list = field(default_factory=list)
    settled: list = field(default_factory=list)

    def fetch(self, source, *, since):
        self.since.append(since)
        for each in self.gives:
            if isinstance(each, Exception):
                raise each
            yield replace(each, court=source.court)

    def settle(self, source, raw, fault):
        self.settled.append((source.name, raw.name, fault))


@pytest.fixture
def transport():
    return Told()


@pytest.fixture
def polled(desk, composed, transport):
    plugin = Plugin(
        name="composed",
        title="Composed feeds",
        parsers=MappingProxyType({"composed": composed}),
        transports=MappingProxyType({"told": transport}),
    )
    desk.plugins = check([Found(plugin=plugin, origin="tests")])
    desk.settings = replace(desk.settings, sources=(RSS,))
    return desk


def _window(composed, name, start, *, hours=2, validator=None):
    told = entry(sequence=name[-1], events=("Notice",), entered_at=start)
    raw = composed.add(name, feed(told, oldest=start, newest=start + hours * HOUR))
    return replace(raw, validator=validator, fetched_at=start + hours * HOUR)


def _outcomes(desk):
    return [poll.outcome for poll in desk.watch_account("zzb").polls]


def test_a_look_takes_in_what_the_source_gives_and_hands_its_validator_back(polled, composed, transport):
    transport.gives = [_window(composed, "w1", START, validator="v1")]
    (look,) = look_at_all(polled)
    assert [(result.new, result.name) for result in look.results] == [(1, "w1")]
    assert transport.settled == [("zzb-rss", "w1", None)]
    transport.gives = []
    (again,) = look_at_all(polled)
    assert (again.results, again.faults) == ((), ())
    assert transport.since == [None, "v1"]
    assert _outcomes(polled) == [Outcome.READ, Outcome.UNCHANGED]
    with Session(polled.engine) as session:
        assert last_good_poll(session, "zzb") is not None


def test_a_source_that_does_not_answer_is_a_failed_look_and_not_a_fault_of_ours(polled, transport):
    transport.gives = [SourceUnavailable("zzb-rss: no answer in time")]
    (look,) = look_at_all(polled)
    assert look.faults == ("zzb-rss: no answer in time",)
    (incident,) = polled.watch_account("zzb").incidents
    assert (incident.source, incident.status, incident.why) == ("zzb-rss", "open", "zzb-rss: no answer in time")
    with Session(polled.engine) as session:
        assert last_good_poll(session, "zzb") is None


def test_what_is_no_feed_fails_by_itself_and_costs_its_neighbours_nothing(polled, composed, transport):
    bad = replace(composed.add("page", feed(oldest=None, newest=None)), content=b"<html>sign in</html>", validator="bad")
    polled.settings = replace(polled.settings, sources=(replace(RSS, format=""),))
    transport.gives = [_window(composed, "w1", START, validator="v1"), bad, _window(composed, "w2", START + HOUR)]
    (look,) = look_at_all(polled)
    assert [result.name for result in look.results] == ["w1", "w2"]
    (fault,) = look.faults
    assert "this is no docket feed that is known" in fault
    assert [fault is None for _, _, fault in transport.settled] == [True, False, True]
    transport.gives = []
    list(look_at_all(polled))
    assert transport.since[-1] == "v1"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"transport": "pigeon"}, "no transport 'pigeon'; there are told"),
        ({"format": "cmecf"}, "no format 'cmecf'; there are composed"),
        ({"options": (("speed", "fast"),)}, "no option 'speed'; there are contact"),
    ],
)
def test_a_source_that_cannot_be_is_named_before_anything_is_fetched(polled, transport, change, words):
    polled.settings = replace(polled.settings, sources=(RSS, replace(RSS, name="other", **change)))
    with pytest.raises(SettingsError, match=f"source 'other': {words}"):
        list(look_at_all(polled))
    assert transport.since == []


def test_a_source_of_no_known_court_and_no_source_at_all_are_refused(polled):
    polled.settings = replace(polled.settings, sources=(replace(RSS, court="nowhere"),))
    with pytest.raises(ProfileError, match="nowhere"):
        configured(polled)
    polled.settings = replace(polled.settings, sources=())
    with pytest.raises(SettingsError, match=r"no \[\[source\]\]"):
        configured(polled)


def _looked(desk, at):
    """Let every look so far have been made at this time."""
    with Session(writing_engine(desk.engine)) as session, session.begin():
        session.execute(update(PollRow).values(seen_at=at))


def test_the_next_look_comes_after_half_the_shortest_recent_window(polled, composed, transport):
    (each,) = configured(polled)
    now = START + 3 * HOUR
    assert next_look(polled, each, now=now) == now
    transport.gives = [_window(composed, "w1", START, hours=20), _window(composed, "w2", START + HOUR, hours=1)]
    look_at(polled, each)
    _looked(polled, START + 2 * HOUR)
    assert next_look(polled, each, now=now) == START + 2 * HOUR + HOUR / 2


def test_after_a_failure_the_next_look_comes_sooner(polled, composed, transport):
    (each,) = configured(polled)
    transport.gives = [_window(composed, "w1", START, hours=20), SourceUnavailable("zzb-rss: refused")]
    look_at(polled, each)
    _looked(polled, START)
    assert next_look(polled, each, now=START + HOUR) == START + timedelta(minutes=2)


_LENGTHS = st.lists(st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=5)), max_size=8)


@given(_LENGTHS, st.integers(min_value=1, max_value=600).map(lambda minutes: timedelta(minutes=minutes)))
def test_the_wait_never_exceeds_half_a_window_nor_what_the_settings_allow_nor_hurries_a_court(lengths, at_most):
    wait = spacing([Span(start=START, end=START + each) for each in lengths], at_most=at_most)
    assert wait >= AT_LEAST
    assert wait <= max(AT_LEAST, at_most)
    assert all(wait <= max(AT_LEAST, each / 2) for each in lengths)


@given(st.integers(min_value=1, max_value=10_000))
def test_retries_never_wait_less_than_the_one_before_nor_longer_than_usual(failures):
    assert retry_after(failures, usual=HOUR) <= retry_after(failures + 1, usual=HOUR) <= HOUR
