"""The transition table, read as people will meet it: whatever moves a matter has words of its own."""

from __future__ import annotations

from datetime import date

import pytest

from docketbridge.domain.fold.loss_mitigation import TABLE
from docketbridge.domain.standing import State, Step

# What silence moves and what a person chose has a key of ours; an event has its name.
_OF_OURS = sorted({row.on for row in TABLE if ":" in row.on})


@pytest.mark.parametrize("on", _OF_OURS)
def test_what_silence_or_a_choice_moved_is_told_in_words_of_its_own(on):
    words = _step(on).moved_by
    assert words != _step(f"other:{on.partition(':')[2]}").moved_by
    assert "_" not in words
    assert ":" not in words


def test_an_event_is_told_by_its_name():
    assert _step("lm_order").moved_by == "LM order"
    assert _step("dismissal_motion").moved_by == "dismissal motion"


def _step(on: str) -> Step:
    return Step(
        day=date(2026, 8, 15), source=State.REQUESTED, target=State.RIPE, on=on, entry_id=None, entry_label=None, cite="LMP V.A"
    )
