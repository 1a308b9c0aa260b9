"""How long it is taken as known that everything is worked out."""

from __future__ import annotations

from datetime import date

import pytest

from docketbridge.casework.working_out import freshness
from docketbridge.casework.working_out.freshness import LASTS, Freshness

DAY = date(2026, 8, 19)


@pytest.fixture
def clock(monkeypatch):
    moments = [1000.0]
    monkeypatch.setattr(freshness, "monotonic", lambda: moments[0])
    return moments


@pytest.mark.usefixtures("clock")
def test_nothing_is_known_at_first():
    assert not Freshness().holds("", date.min)


@pytest.mark.usefixtures("clock")
def test_it_holds_for_the_same_facts_and_day_alone():
    known = Freshness()
    known.keep("a", DAY)
    assert known.holds("a", DAY)
    assert not known.holds("b", DAY)
    assert not known.holds("a", date(2026, 8, 20))


def test_after_a_minute_it_is_looked_at_again(clock):
    known = Freshness()
    known.keep("a", DAY)
    clock[0] += LASTS - 0.1
    assert known.holds("a", DAY)
    clock[0] += 0.1
    assert not known.holds("a", DAY)
