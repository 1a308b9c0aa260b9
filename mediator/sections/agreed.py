"""What the last session agreed on process and is not done yet."""

from __future__ import annotations

from docketbridge.api import MatterFile
from mediator.wording import SIDES, short_day, undertaking

from .section import Item, Section

MINUTES = 2


def agreed(file: MatterFile) -> Section:
    """The undertakings of the last session held that are not done, by the day they were due."""
    held = [each for each in file.sessions if each.held]
    if not held:
        return Section(title="Agreed at the last session and not done", items=())
    last = held[-1]
    source = f"session {short_day(last.start.date())}"
    left = sorted((each for each in last.agreed if each.done is None), key=lambda each: (each.due is None, each.due))
    items = tuple(
        Item(
            words=undertaking(each)[:1].upper() + undertaking(each)[1:],
            who=SIDES[each.owner],
            since=short_day(each.due) if each.due else "no day set",
            source=source,
            minutes=MINUTES,
            day=each.due,
        )
        for each in left
    )
    return Section(title="Agreed at the last session and not done", items=items, when="Due")


def done_count(file: MatterFile) -> int:
    """How many undertakings of all sessions are done."""
    return sum(1 for record in file.sessions for each in record.agreed if each.done is not None)
