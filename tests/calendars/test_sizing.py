"""A calendar that outgrows its readers: a word on top before the limit, and what is left out at it, oldest first."""

from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest

from calendars.flavours import read_flavour
from calendars.linting import lint
from calendars.publishing import calendar_bytes, publish_scope
from calendars.scopes import parse_scope
from calendars.sizing import MOST_OCTETS, fitted
from docketbridge import testing

ALL = parse_scope("all")
TODAY = date(2026, 8, 21)


@pytest.fixture
def crowded(desk):
    """A desk with one matter of very many deadlines, before and after today."""

    def make(count: int, *, first: date = TODAY - timedelta(days=80)):
        deadlines = tuple(
            testing.deadline(f"row_{number}", first + timedelta(days=number % 400), what=f"Thing number {number} " + "é" * 120)
            for number in range(count)
        )
        file = desk.files[0]
        desk.files = [replace(file, posture=replace(file.posture, deadlines=deadlines, hearings=(), stay_motions=()))]
        return desk

    return make


def events(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).events


def shown(content: bytes) -> list[str]:
    return [str(each["SUMMARY"]) for each in events(content)]


def test_a_calendar_of_usual_size_says_nothing_of_it(desk):
    assert not [each for each in shown(calendar_bytes(desk, ALL)) if "subscribe by" in each]


def test_a_calendar_near_the_limit_says_so_on_top_and_leaves_nothing_out(crowded):
    content = calendar_bytes(crowded(950), ALL)
    assert 800_000 < len(content) < MOST_OCTETS, len(content)
    summaries = shown(content)
    assert summaries[0] == "! the calendar is nearly full – subscribe by judge, mediator or case instead"
    assert len(summaries) == 951
    assert lint(content) == ()


def test_a_calendar_beyond_the_limit_leaves_out_the_oldest_and_says_how_many_once_while_nothing_changes(crowded):
    desk = crowded(1100)
    content = calendar_bytes(desk, ALL)
    assert len(content) < MOST_OCTETS
    assert lint(content) == ()
    word, *rest = events(content)
    left_out = 1100 - len(rest)
    assert (
        str(word["SUMMARY"])
        == f"! {left_out} events left out: the calendar is full – subscribe by judge, mediator or case instead"
    )
    assert left_out > 0
    days = [each.start for each in rest]
    assert min(days) > TODAY - timedelta(days=80)
    assert max(days) == TODAY + timedelta(days=319)
    facts = len(desk.kept)
    assert calendar_bytes(desk, ALL) == content
    assert len(desk.kept) == facts


def test_when_all_that_is_past_is_out_the_farthest_days_follow(crowded):
    publication = publish_scope(crowded(1600), ALL)
    fit = fitted(publication.items, today=TODAY)
    past = sum(1 for item in publication.items if item.last_day < TODAY)
    assert (fit.past_left_out, fit.coming_left_out > 0) == (past, True)
    kept = [item.last_day for item in fit.items]
    assert max(kept) < TODAY + timedelta(days=319)


def test_every_flavour_stays_below_the_limit(crowded):
    desk = crowded(1100)
    for asked in ({"alarms": "P1D,PT1H"}, {"component": "vtodo", "alarms": "P1D"}, {"flavour": "public"}):
        assert len(calendar_bytes(desk, ALL, flavour=read_flavour(asked))) < MOST_OCTETS
