"""Judging plan payments of many cases at once: the exports' record set beside the docket, then the currency test."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.payments.payment_status import PaymentStatus, currency_rules, status_of
from docketbridge.domain.payments.plan_payments import PaymentHistory, assess
from docketbridge.ledger.bulk import chunks
from docketbridge.ledger.payments.currencies import JudgedCase, keep_currencies, stale_currencies
from docketbridge.ledger.payments.payment_histories import DocketOfCase, dockets_of, histories

_PLAN_CHAPTERS = ("12", "13")
_SHORTEST_NAME = 3


def judge(session: Session, rulebook: Rulebook, cases: Collection[CaseKey], *, today: date) -> tuple[JudgedCase, ...]:
    """Judge the cases among these of which both an export and a docket told; keeps nothing."""
    found = histories(session, cases)
    dockets = dockets_of(session, found) if found else {}
    return tuple(
        JudgedCase(
            case=case,
            case_name=docket.name,
            trustee_id=docket.trustee_id,
            judged_on=today,
            currency=assess(
                beside_docket(found[case], docket),
                court_days=rulebook.court_days(case.court),
                today=today,
                rules=currency_rules(rulebook.newest(case.court, today)),
            ),
        )
        for case, docket in sorted(dockets.items())
    )


def judge_and_keep(session: Session, rulebook: Rulebook, cases: Iterable[CaseKey], *, today: date) -> int:
    """Judge these cases and keep the verdicts for pages; how many there were."""
    count = 0
    for some in chunks(sorted(cases)):
        judged = judge(session, rulebook, some, today=today)
        keep_currencies(session, judged)
        count += len(judged)
    return count


def refresh_verdicts(session: Session, rulebook: Rulebook, *, today: date, trustee_id: str | None = None) -> int:
    """Judge again the verdicts that a passing day may have changed, one trustee's or all; how many there were."""
    stale = stale_currencies(session, today, trustee_id=trustee_id)
    return judge_and_keep(session, rulebook, stale, today=today) if stale else 0


def payment_status(session: Session, rulebook: Rulebook, case: CaseKey, *, today: date) -> PaymentStatus | None:
    """The status of one case's plan payments on a day; None where no export told of it."""
    judged = judge(session, rulebook, (case,), today=today)
    return status_of(judged[0].currency) if judged else None


def beside_docket(history: PaymentHistory, docket: DocketOfCase) -> PaymentHistory:
    """Set a record beside its docket: when plan payments ended there, and whether it is of the same debtor at all."""
    unsure = history.unsure
    if docket.chapter is not None and docket.chapter not in _PLAN_CHAPTERS and docket.ended is None:
        unsure = f"the docket shows chapter {docket.chapter}"
    elif not may_be_same_debtor(history.position.name, docket.name):
        unsure = f"the export's debtor, {history.position.name}, is not the docket's, {docket.name}"
    return replace(history, unsure=unsure, ended=docket.ended)


def may_be_same_debtor(one: str | None, other: str | None) -> bool:
    """Whether two printed names share a word; a name that is not told excludes nothing."""
    if not one or not other:
        return True
    return bool(_words(one) & _words(other))


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return frozenset(word for word in words if len(word) >= _SHORTEST_NAME and word not in ("and", "the"))
