"""The terms of a settlement for Form D: what parties agree on, which no court role sees before its approval is asked for.

These are substance (FRE 408): they stand in facts and answers that a party or the mediator enters, never in a matter file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .facts import PaperFacts
from .phrases import long_date, money

KIND_WORDS = {
    "modification": "a modification of the loan",
    "trial_plan": "a trial payment plan",
    "forbearance": "a forbearance",
    "refinance": "a refinancing of the loan",
    "short_sale": "a short sale of the Property",
    "surrender": "a surrender of the Property in full satisfaction of the loan",
    "other": "a settlement of another kind",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """The terms of the loan on one side of the agreement; amounts in dollars, the rate in percent a year."""

    principal: Decimal | None = None
    interest_bearing: Decimal | None = None
    deferred: Decimal | None = None
    forgiven: Decimal | None = None
    rate: Decimal | None = None
    rate_kind: str | None = None
    term_months: int | None = None
    principal_and_interest: Decimal | None = None
    escrow: Decimal | None = None
    other: Decimal | None = None
    total: Decimal | None = None
    first_payment: date | None = None

    @property
    def rate_words(self) -> str | None:
        """`4.125% (fixed)`."""
        if self.rate is None:
            return None
        kind = {"fixed": " (fixed)", "step": " (in steps)", "arm": " (adjustable)"}.get(self.rate_kind or "", "")
        return f"{self.rate}%{kind}"

    @property
    def term_words(self) -> str | None:
        """`360 months`."""
        return f"{self.term_months} months" if self.term_months is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """What was behind on a stated day, and how it is dealt with; the four parts add up to the amount."""

    amount: Decimal
    through: date
    capitalized: Decimal = Decimal(0)
    through_plan: Decimal = Decimal(0)
    forgiven: Decimal = Decimal(0)
    in_cash: Decimal = Decimal(0)
    proof_of_claim: str | None = None
    paid_by: str | None = None

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """A line for each part that is not nothing, and the total."""
        named = (
            ("Added to principal", self.capitalized),
            ("Paid through the plan", self.through_plan),
            ("Forgiven", self.forgiven),
            ("Paid in cash", self.in_cash),
        )
        parts = tuple((words, money(amount)) for words, amount in named if amount)
        return (*parts, (f"Total through {long_date(self.through)}", money(self.amount)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A trial period: its payments, and what follows when they are made or missed."""

    payments: int
    amount: Decimal
    due: tuple[date, ...] = ()
    on_completion: str | None = None
    on_default: str | None = None

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """A line for each payment whose date is known, and the total of all."""
        dated = tuple((f"Payment {number}, {long_date(day)}", money(self.amount)) for number, day in enumerate(self.due, start=1))
        return (*dated, (f"Total of {self.payments} payments", money(self.amount * self.payments)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee, cost or charge that arises from loss mitigation (LMP X.2)."""

    kind: str
    amount: Decimal
    paid_by: str
    when: str
    capitalized: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPart:
    """What is agreed. `fees_none` says that there are no fees, which is not the same as saying nothing."""

    kind: str | None = None
    other_terms: str | None = None
    effective: date | None = None
    nunc_pro_tunc: bool = False
    co_borrower: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    old: LoanTerms = LoanTerms()
    new: LoanTerms = LoanTerms()
    arrears: Arrears | None = None
    trial: Trial | None = None
    fees: tuple[Fee, ...] = ()
    fees_none: bool = False
    fees_disclosed: date | None = None
    junior_liens: str | None = None
    partial_claim: Decimal | None = None
    structured_dismissal: bool = False

    @property
    def kind_words(self) -> str | None:
        """What kind of settlement it is, in words."""
        return KIND_WORDS.get(self.kind or "")

    @property
    def fee_rows(self) -> tuple[tuple[str, ...], ...]:
        """A line for each fee, and the total."""
        lines = tuple((fee.kind, money(fee.amount), fee.paid_by, fee.when) for fee in self.fees)
        return (*lines, ("Total", money(sum((fee.amount for fee in self.fees), Decimal(0))), "", "")) if lines else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts(PaperFacts):
    """The process facts of a paper with the terms agreed: Form D and no other paper speaks of them."""

    agreement: AgreementPart = AgreementPart()
