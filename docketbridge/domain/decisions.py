"""What only a person can say of a docket: decisions, kept with name, time and reason, which the fold obeys."""

from __future__ import annotations

from collections.abc import Iterable
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
    MORTGAGE_CERTIFIED = "mortgage_certified"
    TRIAL_TERMS = "trial_terms"
    TRIAL_PAID = "trial_paid"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's decision. `day` and `choice` depend on the kind.

    served: `day` of service, `choice` mail, ecf or hand. docket_checked: `until`, through when the docket was seen whole.
    joint: `choice` yes or no. order_dates: `dates`, pairs of name and day. meaning: `choice` an event kind, `also` further ones,
    `attributes` and `facts` in writing, pairs of name and value. linked: `matter_id`, or `choice` new for a matter of its own.
    undone: `undoes`, when the decision about the entry was taken that no longer stands. served: `on_whom` as well.
    task_closed: `choice` its key, `answer` what was chosen where the task asks for a choice (screen-objection: hearing,
    overrule or disregard; extension-ruling: none needed), `entry_id` the entry it was about where there were several.
    mortgage_certified: `choice` which of Form A's three, `dates` its `first_due`, `attributes` its `amount` in dollars.
    trial_terms: `dates` the due dates, `attributes` the `amount` and the number of `payments`. trial_paid: `dates` `due`, `paid`.
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
    also: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    on_whom: str | None = None
    undoes: datetime | None = None


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that stand, oldest first: not undone, and of several on one person's service the last."""
    taken = sorted(decisions, key=lambda each: (each.at, each.kind, each.entry_id or "", each.choice or ""))
    undone = {(each.entry_id, each.undoes) for each in taken if each.kind is DecisionKind.UNDONE}
    left = [each for each in taken if each.kind is not DecisionKind.UNDONE and (each.entry_id, each.at) not in undone]
    last_service = {_served(each): each for each in left if each.kind is DecisionKind.SERVED}
    return tuple(each for each in left if each.kind is not DecisionKind.SERVED or last_service[_served(each)] is each)


def _served(decision: Decision) -> tuple[str | None, str | None, str]:
    return decision.matter_id, decision.entry_id, " ".join((decision.on_whom or "").casefold().split())
