"""What each side still owes the mediator, where the program has fees: process, in dollars."""

from __future__ import annotations

from docketbridge.api import MatterFile
from mediator.wording import SIDES, dollars, short_day

from .section import Item, Section

MINUTES = 1


def fees(file: MatterFile) -> Section:
    """The fees noted at a session that are not paid."""
    items = tuple(
        Item(
            words=f"{dollars(fee.cents)}, not paid",
            who=SIDES[fee.owner],
            since=short_day(record.start.date()),
            source=f"session {short_day(record.start.date())}",
            minutes=MINUTES,
            day=record.start.date(),
        )
        for record in file.sessions
        for fee in record.fees
        if fee.paid is None and fee.cents
    )
    return Section(title="Mediator’s fees", items=items)


def paid_count(file: MatterFile) -> int:
    """How many fees are paid."""
    return sum(1 for record in file.sessions for fee in record.fees if fee.paid is not None)
