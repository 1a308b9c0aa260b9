"""Reading the facts of plan payments back: what stands of each case's movements, plan and position, for many cases at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.events import Detection, EventKind
from docketbridge.domain.payments.payment_facts import CasePosition, Movement, Receipt
from docketbridge.domain.payments.plan_payments import PaymentHistory
from docketbridge.domain.payments.plan_schedule import PlanStep, Suspension
from docketbridge.domain.people import person_id
from docketbridge.ledger.bulk import by_court
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.tables.payment_rows import PaymentCaseRow, PaymentReceiptRow, PaymentTellingRow
from docketbridge.ledger.tables.rows import CaseTellingRow, MeaningRow, SightingRow

_AT_ONCE = 500
_ENDING = (EventKind.DISMISSAL_ORDER, EventKind.CONVERSION_ORDER, EventKind.CASE_CLOSED, EventKind.REINSTATEMENT_ORDER)
_ENDS = {
    EventKind.DISMISSAL_ORDER: "the case was dismissed",
    EventKind.CONVERSION_ORDER: "the case was converted",
    EventKind.CASE_CLOSED: "the case was closed",
}
_ENDS_NOTHING = ("denied", "conditional", "withdrawn", "moot", "vacated")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRevision:
    """One telling of a movement: the day of the export that told it, what it said, and whether it was gone by then."""

    as_of: date
    file: int
    gone: bool
    receipt: Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketOfCase:
    """What the docket says of a case that the currency test asks for. `ended` is when and why no plan payment is owed."""

    name: str | None
    trustee_id: str | None
    chapter: str | None
    ended: tuple[date, str] | None


def cases_with_payments(session: Session) -> tuple[CaseKey, ...]:
    """Every case of which an export told, in order."""
    rows = session.execute(select(PaymentCaseRow.court, PaymentCaseRow.case_number))
    return tuple(sorted(CaseKey(court=court, number=number) for court, number in rows))


def histories(session: Session, cases: Iterable[CaseKey]) -> dict[CaseKey, PaymentHistory]:
    """What stands of these cases' plan payments; cases of which no export told are left out."""
    found: dict[CaseKey, PaymentHistory] = {}
    for court, numbers in by_court(cases):
        for start in range(0, len(numbers), _AT_ONCE):
            found.update(_histories(session, court, numbers[start : start + _AT_ONCE]))
    return found


def _histories(session: Session, court: str, numbers: Sequence[str]) -> dict[CaseKey, PaymentHistory]:
    kept = session.scalars(
        select(PaymentCaseRow).where(PaymentCaseRow.court == court, PaymentCaseRow.case_number.in_(numbers))
    ).all()
    if not kept:
        return {}
    told = [row.case_number for row in kept]
    receipts = _receipts(session, court, told)
    plans, positions = _tellings(session, court, told)
    made = {}
    for row in kept:
        steps, suspensions = _plan(plans.get(row.case_number, []))
        position = positions.get(row.case_number, CasePosition())
        if row.position_as_of != row.as_of:
            # An older position's amounts say nothing of the newer receipts.
            position = replace(position, balance_on_hand=None, delinquency=None, total_received=None)
        made[CaseKey(court=court, number=row.case_number)] = PaymentHistory(
            steps=steps,
            receipts=tuple(receipts.get(row.case_number, ())),
            suspensions=suspensions,
            as_of=row.as_of,
            covers_from=_covers_from(row),
            position=position,
            unsure=row.unsure,
        )
    return made


def _covers_from(row: PaymentCaseRow) -> date | None:
    """From when receipts are whole through the newest export's day; None from the beginning."""
    if row.as_of is None or not row.spans:
        return row.as_of
    first = next((date.fromisoformat(first) for first, last in row.spans if date.fromisoformat(last) >= row.as_of), row.as_of)
    return None if first == date.min else first


def _receipts(session: Session, court: str, numbers: Sequence[str]) -> dict[str, list[Receipt]]:
    table = PaymentReceiptRow
    rows = session.execute(
        select(
            *(table.case_number, table.key, table.gone, table.day, table.cents, table.movement),
            *(table.reference, table.reverses, table.payer, table.channel),
        )
        .where(table.court == court, table.case_number.in_(numbers))
        .order_by(table.as_of, table.id)
    )
    standing: dict[tuple[str, str], Any] = {(row[0], row[1]): row for row in rows}
    found: dict[str, list[Receipt]] = defaultdict(list)
    for row in standing.values():
        if not row.gone:
            found[row.case_number].append(_receipt(row))
    return found


def _receipt(row: Any) -> Receipt:
    return Receipt(
        day=row.day,
        amount=Decimal(row.cents).scaleb(-2),
        movement=Movement(row.movement),
        reference=row.reference,
        reverses=row.reverses,
        payer=row.payer,
        channel=row.channel,
    )


def receipt_revisions(session: Session, case: CaseKey) -> dict[str, tuple[ReceiptRevision, ...]]:
    """Every telling of every movement of a case, the oldest first, by the movement's key."""
    rows = session.scalars(
        select(PaymentReceiptRow)
        .where(PaymentReceiptRow.court == case.court, PaymentReceiptRow.case_number == case.number)
        .order_by(PaymentReceiptRow.as_of, PaymentReceiptRow.id)
    )
    found: dict[str, list[ReceiptRevision]] = defaultdict(list)
    for row in rows:
        found[row.key].append(ReceiptRevision(as_of=row.as_of, file=row.file, gone=row.gone, receipt=_receipt(row)))
    return {key: tuple(some) for key, some in found.items()}


def _tellings(
    session: Session, court: str, numbers: Sequence[str]
) -> tuple[dict[str, list[tuple[date, Mapping[str, Any]]]], dict[str, CasePosition]]:
    rows = session.scalars(
        select(PaymentTellingRow)
        .where(PaymentTellingRow.court == court, PaymentTellingRow.case_number.in_(numbers))
        .order_by(PaymentTellingRow.as_of, PaymentTellingRow.id)
    )
    plans: dict[str, list[tuple[date, Mapping[str, Any]]]] = defaultdict(list)
    positions = {}
    for row in rows:
        if row.about == "plan":
            plans[row.case_number].append((row.as_of, row.body))
        else:
            positions[row.case_number] = from_json(row.body, CasePosition)
    return plans, positions


def _plan(tellings: Sequence[tuple[date, Mapping[str, Any]]]) -> tuple[tuple[PlanStep, ...], tuple[Suspension, ...]]:
    """The plan that stands; a step that came with a later export counts as adopted on that export's day."""
    if not tellings:
        return (), ()
    seen: dict[PlanStep, date | None] = {}
    for place, (as_of, body) in enumerate(tellings):
        for each in body["steps"]:
            seen.setdefault(from_json(each, PlanStep), as_of if place else None)
    _, last = tellings[-1]
    steps = (from_json(each, PlanStep) for each in last["steps"])
    return (
        tuple(replace(step, adopted=seen[step]) if step.adopted is None and seen[step] else step for step in steps),
        tuple(from_json(each, Suspension) for each in last["suspensions"]),
    )


def dockets_of(session: Session, cases: Iterable[CaseKey]) -> dict[CaseKey, DocketOfCase]:
    """What the docket says of these cases; those of which no feed told are left out."""
    found: dict[CaseKey, DocketOfCase] = {}
    for court, numbers in by_court(cases):
        for start in range(0, len(numbers), _AT_ONCE):
            found.update(_dockets(session, court, numbers[start : start + _AT_ONCE]))
    return found


def _dockets(session: Session, court: str, numbers: Sequence[str]) -> dict[CaseKey, DocketOfCase]:
    table = CaseTellingRow
    rows = session.execute(
        select(table.case_number, table.name, table.trustee, table.chapter)
        .where(table.court == court, table.case_number.in_(numbers))
        .order_by(table.last_told_at, table.digest)
    )
    told: dict[str, dict[str, str | None]] = defaultdict(lambda: {"name": None, "trustee": None, "chapter": None})
    for number, name, trustee, chapter in rows:
        case = told[number]
        case["name"], case["trustee"], case["chapter"] = (
            name or case["name"],
            trustee or case["trustee"],
            chapter or case["chapter"],
        )
    endings = _endings(session, court, list(told))
    return {
        CaseKey(court=court, number=number): DocketOfCase(
            name=case["name"],
            trustee_id=person_id(case["trustee"]) if case["trustee"] else None,
            chapter=case["chapter"],
            ended=endings.get(number),
        )
        for number, case in told.items()
    }


def _endings(session: Session, court: str, numbers: Sequence[str]) -> dict[str, tuple[date, str]]:
    """When and by what each case's plan payments ended, unless the case was reinstated since."""
    day = func.min(func.coalesce(SightingRow.filed, SightingRow.entered))
    rows = session.execute(
        select(MeaningRow.case_number, MeaningRow.kind, MeaningRow.detection, day.label("day"))
        .join(SightingRow, SightingRow.entry == MeaningRow.entry)
        .where(
            MeaningRow.court == court,
            MeaningRow.case_number.in_(numbers),
            MeaningRow.kind.in_([kind.value for kind in _ENDING]),
            MeaningRow.review.is_(None),
        )
        .group_by(MeaningRow.entry)
        .order_by("day")
    )
    ended: dict[str, tuple[date, str]] = {}
    for number, kind, detection, on in rows:
        if on is None:
            continue
        if kind == EventKind.REINSTATEMENT_ORDER:
            if from_json(detection, Detection).attributes.outcome not in _ENDS_NOTHING:
                ended.pop(number, None)
        elif from_json(detection, Detection).attributes.outcome not in _ENDS_NOTHING:
            ended.setdefault(number, (on, _ENDS[EventKind(kind)]))
    return ended
