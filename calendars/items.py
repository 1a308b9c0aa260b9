"""A matter file → its calendar items: the second waist's way into a calendar, with nothing in hand that FRE 408 protects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from docketbridge.api import MatterFile

from .calendar_item import CalendarItem, ItemKind, Reading
from .deadline_items import deadline_items
from .hearing_items import hearing_items
from .stay_items import stay_items

WINDOW = timedelta(days=90)  # how far back a calendar goes; forward it has no end


def items_for(file: MatterFile, reading: Reading) -> tuple[CalendarItem, ...]:
    """Make all items of one matter, each deadline on the reading asked for; no revision is attached yet."""
    made = (*deadline_items(file, reading), *hearing_items(file), *stay_items(file))
    return tuple(item for item in made if item.last_day >= file.today - WINDOW)


def told_once(items: Iterable[CalendarItem], kinds: frozenset[ItemKind]) -> tuple[CalendarItem, ...]:
    """Choose the kinds, and tell once a hearing that several matters of a case share (confirmation, dismissal)."""
    chosen: dict[str, CalendarItem] = {}
    for item in sorted(items, key=lambda each: each.uid):
        if item.kind in kinds:
            chosen.setdefault(item.shared or item.uid, item)
    return tuple(chosen.values())
