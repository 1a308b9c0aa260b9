"""What only a person can say of a docket: decisions, kept with name, time and reason, which the fold obeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DecisionKind(StrEnum):
    """The decisions a person can take; each is a fact in the ledger, undone only by another decision."""

    SERVED = "served"
    DOCKET_CHECKED = "docket_checked"
    MEANING = "meaning"
    LINKED = "linked"
    SET_ASIDE = "set_aside"
    JOINT = "joint"
    ORDER_DATES = "order_dates"
    TASK_CLOSED = "task_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's decision. `day` and `choice` depend on the kind.

    served: `day` of service, `choice` mail, ecf or hand. docket_checked: `until`, through when the docket was seen whole.
    joint: `choice` yes or no. order_dates: `dates`, pairs of name and day. meaning: `choice` an event kind.
    task_closed: `choice` its key, `answer` what was chosen where the task asks for a choice (screen-objection: hearing,
    overrule or disregard; extension-ruling: none needed), `entry_id` the entry it was about where there were several.
    """

    kind: DecisionKind
    by: str
    at: datetime
    entry_id: str | None = None
    matter_id: str | None = None
    day: date | None = None
    until: datetime | None = None
    choice: str | None = None
    dates: tuple[tuple[str, date], ...] = ()
    reason: str = ""
    answer: str | None = None
