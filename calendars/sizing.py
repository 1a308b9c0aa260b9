"""How large a calendar may grow: what is left out before Google would lose events unsaid, and the word about it on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar_item import CalendarItem, ItemKind, Reading, uid_for
from .components import EVENTS, Style
from .ics import octets_of
from .wording import day_words

MOST_OCTETS = 900_000  # Google Calendar drops events without a word beyond 1 MB
WARN_OCTETS = 800_000
_FRAME_OCTETS = 20_000  # the calendar's own lines and its zones
_STATEMENT_OCTETS = 5_000  # set aside for what the calendar says of itself, so that saying it leaves nothing more out


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The items that fit, and how many past and coming ones are left out."""

    items: tuple[CalendarItem, ...]
    past_left_out: int
    coming_left_out: int


def fitted(items: Iterable[CalendarItem], *, today: date, style: Style = EVENTS) -> Fitted:
    """Leave out what does not fit: the oldest of what is past, then the farthest of what is coming."""
    whole = tuple(items)
    statements = octets_of((item for item in whole if item.kind is ItemKind.WATCH), style=style)
    movable = sorted((item for item in whole if item.kind is not ItemKind.WATCH), key=lambda each: (each.last_day, each.uid))
    room = MOST_OCTETS - _FRAME_OCTETS - max(statements, _STATEMENT_OCTETS)
    taken = octets_of(movable, style=style)
    if taken <= room:
        return Fitted(items=whole, past_left_out=0, coming_left_out=0)
    past = [item for item in movable if item.last_day < today]
    coming = [item for item in movable if item.last_day >= today]
    out: set[str] = set()
    for item in (*past, *reversed(coming)):
        if taken <= room:
            break
        taken -= octets_of((item,), style=style)
        out.add(item.uid)
    return Fitted(
        items=tuple(item for item in whole if item.uid not in out),
        past_left_out=sum(1 for item in past if item.uid in out),
        coming_left_out=sum(1 for item in coming if item.uid in out),
    )


def size_items(items: Iterable[CalendarItem], calendar: str, *, today: date) -> Iterator[CalendarItem]:
    """Give an item for today that says so when a calendar comes near the size that readers take, or is beyond it."""
    whole = tuple(items)
    taken = octets_of(whole)
    if taken <= WARN_OCTETS - _FRAME_OCTETS:
        return
    fit = fitted(whole, today=today)
    out = fit.past_left_out + fit.coming_left_out
    what = f"{out} {'event' if out == 1 else 'events'} left out: the calendar is full" if out else "the calendar is nearly full"
    shown = [item.last_day for item in fit.items if item.kind is not ItemKind.WATCH]
    yield CalendarItem(
        uid=uid_for("size", calendar),
        subject=calendar,
        reading=Reading.BOTH,
        case=calendar,
        kind=ItemKind.WATCH,
        summary=f"! {what} – subscribe by judge, mediator or case instead",
        start=today,
        end=today + timedelta(days=1),
        description=(
            f"Google Calendar loses events, without a word, of a calendar of more than 1,000,000 octets. This one has {taken:,}. "
            f"It is kept under {MOST_OCTETS:,}"
            + (f": it shows {day_words(min(shown))} to {day_words(max(shown))}. " if out and shown else ". ")
            + "Split it: ask the clerk's office for the calendars of single judges, mediators, trustees or cases, "
            "or choose kinds with ?only= at the end of the address."
        ),
        categories=("Watch",),
    )
