"""Reading back what persons and papers issued here tell of mortgage and trial payments, many matters of a case at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision, DecisionKind, standing
from docketbridge.domain.mortgage.mortgage_payments import OPTION_WORDS, MortgageCertification, MortgageTold
from docketbridge.domain.mortgage.trial_payments import MOST_PAYMENTS, TrialPaid, TrialTerms
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.tables.rows import DecisionRow, IssuedPaperRow

REQUEST_FORM, AGREEMENT_FORM = "form-a", "form-d"
_OURS = (DecisionKind.MORTGAGE_CERTIFIED, DecisionKind.TRIAL_TERMS, DecisionKind.TRIAL_PAID)
# A fact's path in the schema of the paper, and the name of the blank under which a person may have answered it.
_OPTION = ("request.payment.option", "payment_option")
_AMOUNT = ("request.payment.amount", "payment_amount")
_FIRST_DUE = ("request.payment.first_due", "payment_first_due")
_TRIAL_PAYMENTS = ("agreement.trial.payments", "trial_count")
_TRIAL_AMOUNT = ("agreement.trial.amount", "trial_amount")
_TRIAL_DUE = ("agreement.trial.due",)


def told_of_mortgages(session: Session, case: CaseKey, matters: Collection[str]) -> Mapping[str, MortgageTold]:
    """What is told of the mortgage payments of these matters of a case, by matter id; two queries."""
    if not matters:
        return {}
    kept = session.scalars(
        select(DecisionRow.body)
        .where(DecisionRow.court == case.court, DecisionRow.case_number == case.number)
        .order_by(DecisionRow.at)
    )
    decisions = [each for each in standing(from_json(body, Decision) for body in kept) if each.kind in _OURS]
    rows = session.execute(
        select(IssuedPaperRow.matter, IssuedPaperRow.name, IssuedPaperRow.at, IssuedPaperRow.title, IssuedPaperRow.answers)
        .where(IssuedPaperRow.matter.in_(matters), IssuedPaperRow.name.in_((REQUEST_FORM, AGREEMENT_FORM)))
        .order_by(IssuedPaperRow.at, IssuedPaperRow.id)
    )
    papers: dict[tuple[str, str], tuple[str, Mapping[str, Any]]] = {}
    for matter, name, at, title, answers in rows:
        papers[matter, name] = (f"{title}, issued here on {at.day} {at:%B %Y}", dict(_flat(answers)))
    return {
        matter: _told(
            [each for each in decisions if each.matter_id == matter],
            papers.get((matter, REQUEST_FORM)),
            papers.get((matter, AGREEMENT_FORM)),
        )
        for matter in matters
    }


def _told(
    decisions: Sequence[Decision], form_a: tuple[str, Mapping[str, Any]] | None, form_d: tuple[str, Mapping[str, Any]] | None
) -> MortgageTold:
    certified = next((each for each in reversed(decisions) if each.kind is DecisionKind.MORTGAGE_CERTIFIED), None)
    trial = next((each for each in reversed(decisions) if each.kind is DecisionKind.TRIAL_TERMS), None)
    return MortgageTold(
        by_person=_certified(certified) if certified else None,
        by_paper=_of_form_a(*form_a) if form_a else None,
        trial_by_person=_terms(trial) if trial else None,
        trial_by_paper=_of_form_d(*form_d) if form_d else None,
        paid=tuple(_paid(each) for each in decisions if each.kind is DecisionKind.TRIAL_PAID),
    )


def _certified(decision: Decision) -> MortgageCertification:
    return MortgageCertification(
        told_by=_person(decision),
        option=int(decision.choice or 0),
        amount=_money(dict(decision.attributes).get("amount")),
        first_due=dict(decision.dates).get("first_due"),
    )


def _terms(decision: Decision) -> TrialTerms:
    told = dict(decision.attributes)
    return TrialTerms(
        told_by=_person(decision),
        payments=_count(told.get("payments")),
        amount=_money(told.get("amount")),
        due=tuple(sorted(day for _, day in decision.dates)),
    )


def _paid(decision: Decision) -> TrialPaid:
    days = dict(decision.dates)
    return TrialPaid(due=days["due"], paid=days["paid"], told_by=_person(decision))


def _person(decision: Decision) -> str:
    return f"told by {decision.by} on {decision.at.day} {decision.at:%B %Y}"


def _of_form_a(told_by: str, answers: Mapping[str, Any]) -> MortgageCertification | None:
    option = _count(_answer(answers, _OPTION))
    if option not in OPTION_WORDS:
        return None
    amount, first_due = _money(_answer(answers, _AMOUNT)), _day(_answer(answers, _FIRST_DUE))
    return MortgageCertification(told_by=told_by, option=option, amount=amount, first_due=first_due)


def _of_form_d(told_by: str, answers: Mapping[str, Any]) -> TrialTerms | None:
    days = _answer(answers, _TRIAL_DUE)
    due = sorted(day for each in (days if isinstance(days, list) else []) if (day := _day(each)) is not None)
    payments, amount = _count(_answer(answers, _TRIAL_PAYMENTS)), _money(_answer(answers, _TRIAL_AMOUNT))
    if payments is None and amount is None and not due:
        return None
    return TrialTerms(told_by=told_by, payments=payments, amount=amount, due=tuple(due[:MOST_PAYMENTS]))


def _flat(answers: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The answers under their paths, however deep they were given."""
    for key, value in answers.items():
        path = f"{above}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}.")
        else:
            yield path, value


def _answer(answers: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((answers[name] for name in names if answers.get(name) is not None), None)


def _count(value: object) -> int | None:
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 2 else None


def _money(value: object) -> Decimal | None:
    with suppress(InvalidOperation):
        found = Decimal(value.replace(",", "").lstrip("$ ")) if isinstance(value, str) else None
        if found is not None and found.is_finite() and 0 < found < 10**9:
            return found.quantize(Decimal("0.01"))
    return None


def _day(value: object) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(value) if isinstance(value, str) else None
    return None
