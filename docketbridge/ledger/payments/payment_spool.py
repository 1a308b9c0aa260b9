"""Sets the rows of an export aside in a temporary file, so that they come back case by case in bounded memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Any, Self

from docketbridge.domain.payments.payment_facts import CasePosition, Movement, PaymentFact, Receipt
from docketbridge.domain.payments.plan_schedule import PlanStep, Suspension
from docketbridge.ledger.encoding import from_json, to_json

_AT_ONCE = 5_000
_KINDS: dict[str, type[PlanStep | Suspension | CasePosition]] = {
    "step": PlanStep,
    "suspension": Suspension,
    "position": CasePosition,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(slots=True, kw_only=True)
class ToldOfCase:
    """All that one export tells of one case."""

    case_number: str
    printed: str
    receipts: list[Receipt] = field(default_factory=list)
    steps: list[PlanStep] = field(default_factory=list)
    suspensions: list[Suspension] = field(default_factory=list)
    position: CasePosition | None = None
    problems: list[str] = field(default_factory=list)


class Spool:
    """The temporary file; use it as a context, put everything in, then take the cases out."""

    def __init__(self) -> None:
        # An empty name is SQLite's own temporary database: in memory while it is small, then a file that no one else sees.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA temp_store = FILE")
        self._database.execute("BEGIN")
        self._database.execute("CREATE TABLE told (case_number TEXT, kind TEXT, printed TEXT, body TEXT)")
        self._rows: list[tuple[str, str, str, str]] = []
        self.receipts = 0
        self.rows = 0
        self.days: set[date] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._database.close()

    def put(self, fact: PaymentFact) -> None:
        """Set one fact aside."""
        told = fact.told
        if isinstance(told, Receipt):
            self.receipts += 1
            self.days.add(told.day)
            body = json.dumps(_of_receipt(told))
            self._add(fact.case_number, "receipt", fact.printed, body)
        else:
            self._add(fact.case_number, _NAMES[type(told)], fact.printed, json.dumps(to_json(told), sort_keys=True))

    def put_problem(self, case_number: str, where: str) -> None:
        """Set aside that a row of a case could not be read."""
        self._add(case_number, "problem", "", where)

    def _add(self, *row: str) -> None:
        self.rows += row[1] != "problem"
        self._rows.append(row)  # type: ignore[arg-type]  # always the four of the table
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO told VALUES (?, ?, ?, ?)", self._rows)
        self._rows.clear()

    def cases(self) -> Iterator[ToldOfCase]:
        """Each case with all that was told of it, in order of case number; the same order whatever the file's."""
        self._flush()
        # Of a step or position told on many lines one telling is enough; equal receipts are each a payment.
        rows = self._database.execute(
            "SELECT case_number, kind, max(printed), body, count(*) FROM told GROUP BY case_number, kind, body ORDER BY 1, 2, 4"
        )
        for number, some in groupby(rows, key=itemgetter(0)):
            yield _joined(number, some)


def _joined(number: str, rows: Iterator[tuple[str, str, str, str, int]]) -> ToldOfCase:
    told = ToldOfCase(case_number=number, printed=number)
    for _, kind, printed, body, count in rows:
        told.printed = printed or told.printed
        if kind == "receipt":
            told.receipts += [_to_receipt(json.loads(body))] * count
        elif kind == "problem":
            told.problems.append(body)
        else:
            value = from_json(json.loads(body), _KINDS[kind])
            if isinstance(value, PlanStep):
                told.steps.append(value)
            elif isinstance(value, Suspension):
                told.suspensions.append(value)
            elif isinstance(value, CasePosition):
                _take_position(told, value)
    return told


def _take_position(told: ToldOfCase, position: CasePosition) -> None:
    """Join what several lines tell of the case's position; an empty cell says nothing against a filled one."""
    if told.position is None:
        told.position = position
        return
    before = told.position
    names = [each.name for each in fields(position)]
    if any(None not in (pair := (getattr(before, name), getattr(position, name))) and pair[0] != pair[1] for name in names):
        told.problems.append("the case's position is told in two ways")
    filled = {name: getattr(before, name) if getattr(before, name) is not None else getattr(position, name) for name in names}
    told.position = CasePosition(**filled)


def _of_receipt(receipt: Receipt) -> list[Any]:
    cents = int(receipt.amount.scaleb(2))
    return [
        receipt.day.isoformat(),
        cents,
        receipt.movement.value,
        receipt.reference,
        receipt.reverses,
        receipt.payer,
        receipt.channel,
    ]


def _to_receipt(body: list[Any]) -> Receipt:
    day, cents, movement, reference, reverses, payer, channel = body
    return Receipt(
        day=date.fromisoformat(day),
        amount=Decimal(cents).scaleb(-2),
        movement=Movement(movement),
        reference=reference,
        reverses=reverses,
        payer=payer,
        channel=channel,
    )
