"""Verdicts on plan payments and the trustees' lines of matters, kept for pages: derived, rebuilt at will."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.payments.plan_payments import Currency
from docketbridge.domain.views.trustee_view import TrusteeMatter, trustee_matter
from docketbridge.ledger.bulk import by_court, chunks
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.payments.mortgage_told import told_of_mortgages
from docketbridge.ledger.tables.payment_rows import CurrencyRow, TrusteeMatterRow
from docketbridge.ledger.tables.rows import MatterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCase:
    """A case with the verdict on its plan payments, and the day it was judged on."""

    case: CaseKey
    case_name: str | None
    trustee_id: str | None
    judged_on: date
    currency: Currency


def keep_currencies(session: Session, judged: Sequence[JudgedCase]) -> None:
    """Replace the verdicts of these cases."""
    forget_currencies(session, [each.case for each in judged])
    rows = [
        {
            "court": each.case.court,
            "case_number": each.case.number,
            "trustee_id": each.trustee_id,
            "case_name": each.case_name,
            "judged_on": each.judged_on,
            "changes_on": each.currency.changes_on,
            "verdict": each.currency.verdict.value,
            "body": to_json(each.currency),
        }
        for each in judged
    ]
    if rows:
        session.execute(insert(CurrencyRow), rows)


def forget_currencies(session: Session, cases: Iterable[CaseKey]) -> None:
    """Drop the verdicts of these cases."""
    for court, numbers in by_court(cases):
        for some in chunks(numbers):
            session.execute(delete(CurrencyRow).where(CurrencyRow.court == court, CurrencyRow.case_number.in_(some)))


def currencies(session: Session, *, trustee_id: str | None = None) -> tuple[JudgedCase, ...]:
    """The verdicts kept, of one trustee's cases or of all, by case; one query."""
    chosen = select(CurrencyRow).order_by(CurrencyRow.court, CurrencyRow.case_number)
    if trustee_id is not None:
        chosen = chosen.where(CurrencyRow.trustee_id == trustee_id)
    return tuple(_judged(row) for row in session.scalars(chosen))


def currency_of(session: Session, case: CaseKey) -> JudgedCase | None:
    """The verdict kept of one case."""
    row = session.get(CurrencyRow, (case.court, case.number))
    return None if row is None else _judged(row)


def _judged(row: CurrencyRow) -> JudgedCase:
    return JudgedCase(
        case=CaseKey(court=row.court, number=row.case_number),
        case_name=row.case_name,
        trustee_id=row.trustee_id,
        judged_on=row.judged_on,
        currency=from_json(row.body, Currency),
    )


def stale_currencies(session: Session, today: date, *, trustee_id: str | None = None) -> tuple[CaseKey, ...]:
    """Cases whose verdict a passing day may have changed since it was given, one trustee's or all."""
    chosen = select(CurrencyRow.court, CurrencyRow.case_number).where(
        (CurrencyRow.changes_on <= today) | (CurrencyRow.judged_on > today)
    )
    if trustee_id is not None:
        chosen = chosen.where(CurrencyRow.trustee_id == trustee_id)
    rows = session.execute(chosen)
    return tuple(sorted(CaseKey(court=court, number=number) for court, number in rows))


def keep_trustee_matters(session: Session, case: CaseKey, files: Iterable[MatterFile]) -> None:
    """Replace what trustees' pages show of a case's matters."""
    in_case = select(MatterRow.id).where(MatterRow.court == case.court, MatterRow.case_number == case.number)
    session.execute(delete(TrusteeMatterRow).where(TrusteeMatterRow.matter.in_(in_case)))
    kept = tuple(files)
    told = told_of_mortgages(session, case, [file.matter.id for file in kept])
    rows = [
        {
            "matter": file.matter.id,
            "court": case.court,
            "case_number": case.number,
            "trustee_id": file.case.trustee_id,
            "body": to_json(trustee_matter(file, told[file.matter.id])),
        }
        for file in kept
    ]
    if rows:
        session.execute(insert(TrusteeMatterRow), rows)


def trustee_matters(session: Session, *, trustee_id: str, case: CaseKey | None = None) -> tuple[TrusteeMatter, ...]:
    """What one trustee's page shows of the matters in the trustee's own cases, or in one of them; one query."""
    chosen = select(TrusteeMatterRow.body).where(TrusteeMatterRow.trustee_id == trustee_id)
    if case is not None:
        chosen = chosen.where(TrusteeMatterRow.court == case.court, TrusteeMatterRow.case_number == case.number)
    rows = session.scalars(chosen.order_by(TrusteeMatterRow.court, TrusteeMatterRow.case_number, TrusteeMatterRow.matter))
    return tuple(from_json(body, TrusteeMatter) for body in rows)


def trustees_known(session: Session) -> tuple[str, ...]:
    """The ids of all trustees who have a matter or a verdict."""
    found = session.scalars(select(TrusteeMatterRow.trustee_id).union(select(CurrencyRow.trustee_id)))
    return tuple(sorted(each for each in found if each))


def snapshot_of_currencies(session: Session) -> dict[str, Any]:
    """All verdicts and trustees' lines, comparable, for replay."""
    verdicts = session.execute(select(CurrencyRow.court, CurrencyRow.case_number, CurrencyRow.verdict, CurrencyRow.body))
    lines = session.execute(select(TrusteeMatterRow.matter, TrusteeMatterRow.body))
    told = {f"plan payments {court}-{number}": (verdict, _digest(body)) for court, number, verdict, body in verdicts}
    return {**told, **{f"trustee's line {matter}": _digest(body) for matter, body in lines}}


def _digest(body: Any) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
