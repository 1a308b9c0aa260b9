"""Values made quickly are the values that their class makes, and as frozen."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from docketbridge.domain.events import EventAttributes
from docketbridge.domain.quick_making import quickly


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value with one field that must be given and one that need not."""

    word: str
    count: int = 1


mark = quickly(Mark)


def test_a_value_made_quickly_is_the_one_the_class_makes() -> None:
    made = mark(word="stay")
    assert type(made) is Mark
    assert (made, hash(made), repr(made)) == (Mark(word="stay"), hash(Mark(word="stay")), "Mark(word='stay', count=1)")
    assert replace(made, count=2) == Mark(word="stay", count=2)


def test_it_is_frozen_and_has_no_room_for_more() -> None:
    made = mark(word="stay")
    with pytest.raises(FrozenInstanceError):
        made.word = "plan"  # type: ignore[misc] - what is tested is that it cannot
    assert not hasattr(made, "__dict__")


def test_what_the_class_asks_for_the_maker_asks_for() -> None:
    with pytest.raises(TypeError, match="word"):
        mark()  # type: ignore[call-arg] - what is tested is that it cannot
    with pytest.raises(TypeError, match="colour"):
        mark(word="stay", colour="red")  # type: ignore[call-arg] - what is tested is that it cannot


def test_every_attribute_keeps_its_default() -> None:
    assert quickly(EventAttributes)() == EventAttributes()


def test_a_default_that_is_made_anew_is_refused() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Listed:
        words: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="words: a default that is made anew is not taken over"):
        quickly(Listed)
