"""What a trustee's export or the trustees' data center tells of a case: receipts, plan steps, and where the case stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from docketbridge.domain.entries import Source
from docketbridge.domain.payments.plan_schedule import PlanStep, Suspension


class Movement(StrEnum):
    """Which way money went. The amount carries the sign: in is positive, out is negative."""

    RECEIPT = "receipt"
    REVERSAL = "reversal"
    REVERSAL_UNDONE = "reversal_undone"
    REFUND = "refund"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One movement of plan money at the trustee's: `amount` in dollars, signed, exact to the cent.

    `day` is the day the trustee posted it. `reference` is the trustee's own number of it, `reverses` that of the movement it
    takes back. `channel` is how it came: `payroll`, `processor`, `direct` or "" where the export does not say.
    """

    day: date
    amount: Decimal
    movement: Movement = Movement.RECEIPT
    reference: str | None = None
    reverses: str | None = None
    payer: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePosition:
    """What the trustee's own system says of a case on the export's day; amounts in dollars, None where it does not say."""

    name: str | None = None
    status: str | None = None
    first_payment_due: date | None = None
    balance_on_hand: Decimal | None = None
    delinquency: Decimal | None = None
    total_received: Decimal | None = None
    confirmed: date | None = None


Told: TypeAlias = Receipt | PlanStep | Suspension | CasePosition


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFact:
    """One thing an export tells of one case. `case_number` is the number without office or padding: `26-10123`."""

    case_number: str
    printed: str
    source: Source
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentProblem:
    """A row that could not be read: `where` is line and column; the rows around it are kept.

    `case_number` is the case where the row still told it: its receipts are then not whole.
    """

    where: str
    what: str
    sample: str
    case_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFeed:
    """An export being read. `rows` is read once, in the order of the file, in bounded memory.

    `as_of` is the day the export speaks for (None: it does not say); `covers_from` the day from which its receipts are whole
    (None: it does not say); `covers_all` that it lists every receipt of the cases in it, from their beginning; `tells_receipts`
    and `tells_steps` which of the two it holds.
    """

    format: str
    name: str
    rows: Iterator[PaymentFact | PaymentProblem]
    court: str | None = None
    trustee: str | None = None
    as_of: date | None = None
    covers_from: date | None = None
    covers_all: bool = False
    tells_receipts: bool = True
    tells_steps: bool = True
