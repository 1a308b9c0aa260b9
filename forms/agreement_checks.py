"""Checks of an agreement's terms: sums that must agree are errors, a payment that does not amortise is a warning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from docketbridge.api import PaperError

from .agreement import AgreementFacts, AgreementPart
from .facts import PaperFacts
from .phrases import long_date, money

CENT = Decimal("0.01")
TOLERANCE = Decimal("0.02")  # dollars: a servicer rounds each step to the cent
WAIVER = re.compile(r"\bwaiv|\breleases?\b|\bforego\b|\brelinquish", re.IGNORECASE)
Check = Callable[[PaperFacts], Iterator[str]]


def amortized(principal: Decimal, yearly_rate: Decimal, months: int) -> Decimal:
    """Compute the level monthly payment in dollars of a loan at a yearly rate in percent."""
    rate = yearly_rate / 1200
    if rate == 0:
        payment = principal / months
    else:
        growth = (1 + rate) ** months
        payment = principal * rate * growth / (growth - 1)
    return payment.quantize(CENT, ROUND_HALF_UP)


def loan_sums(facts: PaperFacts) -> Iterator[str]:
    """Refuse terms whose principal or payment does not add up; warn when the payment does not amortise the loan."""
    part = _terms(facts)
    old, new, arrears = part.old, part.new, part.arrears
    added = (arrears.capitalized if arrears else Decimal(0)) + sum(
        (fee.amount for fee in part.fees if fee.capitalized), Decimal(0)
    )
    if old.principal is not None and new.interest_bearing is not None:
        after = new.interest_bearing + (new.deferred or 0) + (new.forgiven or 0)
        before = old.principal + added
        if after != before:
            raise PaperError(
                f"agreement.new.interest_bearing: with what is deferred and forgiven it makes {money(after)}, "
                f"but old principal and what is added make {money(before)}"
            )
    for name, terms in (("old", old), ("new", new)):
        parts = (terms.principal_and_interest, terms.escrow, terms.total)
        if None not in parts:
            total = (terms.principal_and_interest or 0) + (terms.escrow or 0) + (terms.other or 0)
            if total != terms.total:
                raise PaperError(f"agreement.{name}.total: the parts of the payment make {money(Decimal(total))}")
    if new.interest_bearing and new.rate is not None and new.term_months and new.principal_and_interest is not None:
        level = amortized(new.interest_bearing, new.rate, new.term_months)
        if abs(level - new.principal_and_interest) > TOLERANCE and new.rate_kind in (None, "fixed"):
            yield (
                f"agreement.new.principal_and_interest: a level payment over {new.term_months} months at {new.rate}% "
                f"is {money(level)}, not {money(new.principal_and_interest)}"
            )


def arrears_and_trial(facts: PaperFacts) -> Iterator[str]:
    """Refuse arrears whose parts do not make the amount, and trial dates that are not as many as the payments, in order."""
    part = _terms(facts)
    if part.arrears is not None:
        parts = part.arrears.capitalized + part.arrears.through_plan + part.arrears.forgiven + part.arrears.in_cash
        if parts != part.arrears.amount:
            raise PaperError(f"agreement.arrears.amount: its parts make {money(parts)}, not {money(part.arrears.amount)}")
    if part.trial is not None and part.trial.due:
        due = part.trial.due
        if len(due) != part.trial.payments:
            raise PaperError(f"agreement.trial.due: {len(due)} dates for {part.trial.payments} payments")
        if list(due) != sorted(set(due)):
            raise PaperError("agreement.trial.due: not in order, or a date twice")
        if facts.dates.lm_end is not None and due[-1] > facts.dates.lm_end:
            yield "agreement.trial.due: the last payment falls after the loss mitigation period (LMP IX; AMB-30)"
    if part.kind == "trial_plan" and part.trial is None:
        yield "agreement.trial: a trial plan without its payments"


def fees_disclosed(facts: PaperFacts) -> Iterator[str]:
    """Hold the fees against LMP X.2: listed or said to be none, and disclosed before approval."""
    part = _terms(facts)
    if part.fees and part.fees_none:
        raise PaperError("agreement.fees_none: said to be none, yet fees are listed (LMP X.2)")
    if not part.fees and not part.fees_none:
        yield "agreement.fees: not listed and not said to be none; all are disclosed before approval (LMP X.2)"


def effect(facts: PaperFacts) -> Iterator[str]:
    """Refuse an effective date before approval unless it is marked nunc pro tunc; warn of a debtor without attorney (LMP X.4)."""
    part = _terms(facts)
    if part.effective is not None and part.effective < facts.day and not part.nunc_pro_tunc:
        raise PaperError(
            f"agreement.effective: {long_date(part.effective)} is before approval; mark it nunc_pro_tunc if that is meant"
        )
    if not facts.case.represented:
        yield "case.debtors: a debtor has no attorney; approval waits for a hearing at which that debtor appears (LMP X.4)"
    if facts.residence.loan_last4 is None:
        yield "residence.loan_last4: not given; the agreement should name the loan by its last four (Rule 9037)"


def no_waiver(facts: PaperFacts) -> Iterator[str]:
    """Refuse words by which someone gives up rights (HUD Handbook 4000.1 III.A.2.i.ix(E))."""
    part = _terms(facts)
    told = {
        "agreement.other_terms": part.other_terms,
        "agreement.junior_liens": part.junior_liens,
        "agreement.arrears.proof_of_claim": part.arrears.proof_of_claim if part.arrears else None,
        "agreement.trial.on_completion": part.trial.on_completion if part.trial else None,
        "agreement.trial.on_default": part.trial.on_default if part.trial else None,
    }
    for path, text in told.items():
        found = WAIVER.search(text or "")
        if found:
            raise PaperError(
                f"{path}: {found[0]!r}: an agreement of loss mitigation waives no right (HUD 4000.1 III.A.2.i.ix(E))"
            )
    yield from ()


AGREEMENT_CHECKS: Mapping[str, Check] = {
    "loan_sums": loan_sums,
    "arrears_and_trial": arrears_and_trial,
    "fees_disclosed": fees_disclosed,
    "effect": effect,
    "no_waiver": no_waiver,
}


def _terms(facts: PaperFacts) -> AgreementPart:
    if not isinstance(facts, AgreementFacts):
        raise PaperError("agreement: this paper has none")
    return facts.agreement
