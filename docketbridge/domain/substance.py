"""What FRE 408 keeps from the court: what parties wrote, offered and owe, and a mediator's own notes.

Every type here is a `Substance`, and no type that a page, calendar, paper or answer for a court role is made from can reach
one: a test walks the types. Only `ledger/substance.py` holds these values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from docketbridge.domain.portal import PortalAccount, PortalFact, PortalProblem, Side


class Substance:
    """The mark of a type that holds settlement communications (FRE 408; LMP VI.B.5)."""

    __slots__ = ()


class Said(StrEnum):
    """What a message was in substance."""

    NOTE = "note"
    OFFER = "offer"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_REFUSED = "offer_refused"
    FIGURE_STATED = "figure_stated"
    FIGURE_AGREED = "figure_agreed"


class ReviewOutcome(StrEnum):
    """What a servicer decided."""

    APPROVED = "approved"
    TRIAL = "trial"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class Workout(StrEnum):
    """The ways out that a review may look at (LMP II; an open list)."""

    MODIFICATION = "modification"
    FORBEARANCE = "forbearance"
    REPAYMENT_PLAN = "repayment_plan"
    DISCOUNTED_PAYOFF = "discounted_payoff"
    SHORT_SALE = "short_sale"
    DEED_IN_LIEU = "deed_in_lieu"
    REINSTATEMENT = "reinstatement"
    REFINANCE = "refinance"
    SURRENDER = "surrender"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalSubstance(Substance):
    """The substance of one portal act; `fact` is the id of its process side. `amount` is in dollars."""

    fact: str
    said: Said | None = None
    actor: str | None = None
    title: str | None = None
    text: str | None = None
    figure: str | None = None
    amount: Decimal | None = None
    outcome: ReviewOutcome | None = None
    option: Workout | None = None
    reason: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the act had a process side only."""
        return all(
            value is None
            for value in (
                *(self.said, self.actor, self.title, self.text, self.figure),
                *(self.amount, self.outcome, self.option, self.reason),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalRow(Substance):
    """One row of an export, taken apart: whose account, its process side, its substance. `line` is as a person counts."""

    account: PortalAccount
    fact: PortalFact
    substance: PortalSubstance
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalFeed(Substance):
    """An export opened for reading; `rows` come one by one, so that a large one is never held whole."""

    format: str
    name: str
    mapping: str
    rows: Iterator[PortalRow | PortalProblem]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidentialNote(Substance):
    """A mediator's own note; the court never sees it."""

    matter: str
    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Substance):
    """A figure as one side states it, in dollars."""

    figure: str
    by: Side
    amount: Decimal
    at: datetime
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDraft(Substance):
    """What one side has answered so far for a paper of its matter: that side's alone until the paper is filed.

    `answers` are pairs of a question's name and what was typed, in the order of the names. `side` is `debtor` or `creditor`.
    """

    matter: str
    side: str
    paper: str
    at: datetime
    by: str
    answers: tuple[tuple[str, str], ...] = ()
