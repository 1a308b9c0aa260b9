"""Requests for information that nobody has answered."""

from __future__ import annotations

from collections.abc import Mapping

from docketbridge.api import MatterFile, Side
from mediator.record import asked_of, label, local_day, read_record
from mediator.wording import SIDES, short_day

from .section import Item, Section

MINUTES = 5
_SHOWN = 160  # characters of a question that the agenda shows
_NO_TEXTS: Mapping[str, str] = {}


def questions(file: MatterFile, texts: Mapping[str, str] = _NO_TEXTS) -> Section:
    """The open requests, oldest first. `texts` are the sides' own words: the mediator's to see."""
    zone = file.court.timezone
    items = tuple(
        Item(
            words=_shown(texts[fact.id]) if fact.id in texts else f"Request of the {SIDES[fact.by]}",
            who=SIDES[asked_of(fact)],
            since=short_day(local_day(fact, zone)),
            source=label(fact, zone),
            minutes=MINUTES,
        )
        for fact in read_record(file.portal).questions
        if fact.by is not Side.PORTAL
    )
    return Section(title="Requests without an answer", items=items, when="Asked")


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
