"""The dates of a loss mitigation order that a person would type: proposed from its own text, else from the order as lodged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docketbridge.domain.events import EventAttributes, EventKind, OrderDates
from docketbridge.domain.matters import EntryMeaning, MatterFile

NAMES = tuple(OrderDates.__dataclass_fields__)
WORDS = {
    "contacts_due": "Contacts named by (VI.A.1)",
    "first_contact_due": "First contact by (VI.A.2)",
    "creditor_requests_due": "Creditor asks for documents by (VI.A.3)",
    "debtor_requests_due": "Debtor asks for documents by (VI.A.4)",
    "status_due": "Status report or conference by (VI.A.5)",
    "lm_end": "The period ends on (VI.A.6)",
}
_LODGED = frozenset({EventKind.LM_PROPOSED_ORDER, EventKind.PROPOSED_ORDER, EventKind.LM_REQUEST})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDate:
    """One date of an order: its key, the day that is proposed, and where it is said; no day where nothing tells it."""

    key: str
    day: date | None
    source: str

    @property
    def words(self) -> str:
        """What the date is for."""
        return WORDS[self.key]


def proposed_dates(file: MatterFile, order: EntryMeaning) -> tuple[ProposedDate, ...]:
    """The six dates of an order, each from what stands already, else the order's text, else the newest order lodged before it."""
    said: list[tuple[str, OrderDates]] = [("known already", file.posture.dates)] if _is_newest(file, order) else []
    said.append((f"the text of {order.entry.label}", told_by(order.detection.attributes)))
    said += (
        (f"as lodged in {each.entry.label}", told_by(each.detection.attributes))
        for each in reversed(_before(file, order))
        if each.reach == "matter" and _LODGED.intersection(each.detection.kinds)
    )
    return tuple(_proposed(key, said) for key in NAMES)


def _is_newest(file: MatterFile, order: EntryMeaning) -> bool:
    return file.posture.order_label == order.entry.label


def _before(file: MatterFile, order: EntryMeaning) -> tuple[EntryMeaning, ...]:
    place = next(place for place, each in enumerate(file.entries) if each.entry.id == order.entry.id)
    return file.entries[:place]


def _proposed(key: str, said: list[tuple[str, OrderDates]]) -> ProposedDate:
    for source, dates in said:
        day: date | None = getattr(dates, key)
        if day is not None:
            return ProposedDate(key=key, day=day, source=source)
    return ProposedDate(key=key, day=None, source="")


def told_by(said: EventAttributes) -> OrderDates:
    """The dates that an entry's text tells, whichever way it tells them."""
    known = said.order_dates or OrderDates()
    return OrderDates(
        contacts_due=known.contacts_due,
        first_contact_due=known.first_contact_due,
        creditor_requests_due=known.creditor_requests_due,
        debtor_requests_due=known.debtor_requests_due,
        status_due=known.status_due or said.status_report_due,
        lm_end=known.lm_end or said.lm_period_end,
    )
