"""What a portal's account history tells of process: who did what when, in closed words only, so that no substance fits in.

FRE 408 draws the line, and it is drawn in the types: a process fact holds days, times, roles, and words of the closed lists
below. It has no field for text that a party wrote. Whatever a party wrote, offered, earned or owes is in `substance.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Side(StrEnum):
    """Whose side an act is of."""

    DEBTOR = "debtor"
    CREDITOR = "creditor"
    MEDIATOR = "mediator"
    TRUSTEE = "trustee"
    COURT = "court"
    PORTAL = "portal"


class PortalAct(StrEnum):
    """What was done, as far as process goes; an offer or a figure is `message` here and itself only as substance."""

    ACCOUNT_OPENED = "account_opened"
    PACKAGE_SUBMITTED = "package_submitted"
    DOCUMENT_REQUESTED = "document_requested"
    DOCUMENT_RECEIVED = "document_received"
    DOCUMENT_ACCEPTED = "document_accepted"
    DOCUMENT_RETURNED = "document_returned"
    DEFICIENCY_NOTICE = "deficiency_notice"
    PACKAGE_COMPLETE = "package_complete"
    FILE_REJECTED = "file_rejected"
    REVIEW_OPENED = "review_opened"
    MESSAGE = "message"
    QUESTION_ASKED = "question_asked"
    QUESTION_ANSWERED = "question_answered"
    DECISION_GIVEN = "decision_given"
    ESCALATED = "escalated"
    ESCALATION_NOTICE = "escalation_notice"
    ESCALATION_UPDATE = "escalation_update"
    ESCALATION_RESOLVED = "escalation_resolved"
    STATUS_CHANGED = "status_changed"
    ACCOUNT_CLOSED = "account_closed"


class DocumentKind(StrEnum):
    """The papers a review asks for; a title that none of these covers is `other`, its words being substance."""

    APPLICATION = "application"
    BANK_STATEMENT = "bank_statement"
    PAY_STUB = "pay_stub"
    TAX_RETURN = "tax_return"
    TAX_TRANSCRIPT_FORM = "tax_transcript_form"
    HARDSHIP_LETTER = "hardship_letter"
    BENEFIT_LETTER = "benefit_letter"
    PROFIT_AND_LOSS = "profit_and_loss"
    CONTRIBUTION_LETTER = "contribution_letter"
    LEASE = "lease"
    EXPENSE_STATEMENT = "expense_statement"
    UTILITY_BILL = "utility_bill"
    INSURANCE = "insurance"
    PROPERTY_TAX_BILL = "property_tax_bill"
    ASSOCIATION_STATEMENT = "association_statement"
    AUTHORIZATION = "authorization"
    IDENTIFICATION = "identification"
    DEED = "deed"
    NOTE_AND_MORTGAGE = "note_and_mortgage"
    PAYMENT_HISTORY = "payment_history"
    PAYOFF_STATEMENT = "payoff_statement"
    REINSTATEMENT_STATEMENT = "reinstatement_statement"
    ESCROW_ANALYSIS = "escrow_analysis"
    VALUATION = "valuation"
    LISTING_AGREEMENT = "listing_agreement"
    PURCHASE_CONTRACT = "purchase_contract"
    AGREEMENT = "agreement"
    MILITARY_STATUS = "military_status"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The paper in words."""
        return _WORDS.get(self.value, self.value.replace("_", " "))


_WORDS = {
    "application": "request form",
    "bank_statement": "bank statements",
    "pay_stub": "pay stubs",
    "tax_transcript_form": "tax transcript request (4506)",
    "benefit_letter": "benefit award letter",
    "profit_and_loss": "profit and loss statement",
    "insurance": "homeowner's insurance",
    "association_statement": "association (HOA) statement",
    "authorization": "third-party authorization",
    "note_and_mortgage": "note and mortgage",
    "valuation": "valuation of the property",
    "agreement": "agreement for signature",
    "military_status": "statement of military status",
    "other": "a further document",
}


class RejectionReason(StrEnum):
    """Why a file was sent back at intake; a reason that speaks of means or terms is substance and `other` here."""

    INCOMPLETE = "incomplete"
    OUT_OF_DATE = "out_of_date"
    UNSIGNED = "unsigned"
    ILLEGIBLE = "illegible"
    NO_RESPONSE = "no_response"
    DUPLICATE = "duplicate"
    WRONG_SERVICER = "wrong_servicer"
    WITHDRAWN = "withdrawn"
    OTHER = "other"


class PortalStatus(StrEnum):
    """Where the portal says an account stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    IN_REVIEW = "in_review"
    DECIDED = "decided"
    ON_HOLD = "on_hold"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalAccount:
    """What an export says an account is of: the portal's own name for it, and what may find the matter."""

    name: str
    court: str | None = None
    case_number: str | None = None
    last_four: str | None = None
    borrower: str | None = None
    servicer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalFact:
    """One act on a portal account: process only. `at` is aware.

    `item` tells papers of one kind apart, `owner` says who must bring one; `number` is the portal's own number of the row and
    `answers` that of the row it answers; each is a number or code, never words.
    """

    id: str
    account: str
    at: datetime
    act: PortalAct
    by: Side
    owner: Side | None = None
    document: DocumentKind | None = None
    item: str | None = None
    due: date | None = None
    number: str | None = None
    answers: str | None = None
    status: PortalStatus | None = None
    rejection: RejectionReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalProblem:
    """A row that could not be taken in: where and why, and nothing of what its cells hold."""

    where: str
    what: str


class PortalVerdict(StrEnum):
    """How an account was matched."""

    MATCHED = "matched"
    REVIEW = "review"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalMatch:
    """Which matter an account is of, and why; a doubtful one waits for a person with its candidates (matter numbers)."""

    account: str
    verdict: PortalVerdict
    matter: str | None
    why: str
    candidates: tuple[str, ...] = ()
