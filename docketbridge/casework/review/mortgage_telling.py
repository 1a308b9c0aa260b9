"""What a person tells of mortgage payments where the docket does not: Form A's certification, a trial's terms and payments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.deciding import Hand
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import DecisionKind
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.mortgage.mortgage_payments import OPTION_WORDS
from docketbridge.domain.mortgage.trial_payments import MOST_PAYMENTS, approved_trial
from docketbridge.domain.views.trustee_view import TrusteeMatter, trustee_matter
from docketbridge.errors import UsageError
from docketbridge.ledger.payments.mortgage_told import told_of_mortgages

_AMOUNT = re.compile(r"\$?(\d{1,3}(?:,\d{3}){0,2}|\d{1,9})(\.\d{2})?")


def mortgage_of(desk: Desk, file: MatterFile) -> TrusteeMatter:
    """What docket, persons and papers issued here tell of a matter's mortgage payments, drawn together."""
    case = CaseKey(court=file.matter.court, number=file.matter.case_number)
    with Session(desk.engine) as session:
        told = told_of_mortgages(session, case, (file.matter.id,))
    return trustee_matter(file, told[file.matter.id])


def certify(
    desk: Desk, matter: str, hand: Hand, *, option: int, amount: Decimal | None = None, first_due: date | None = None
) -> MatterFile:
    """Keep which of Form A's three payment certifications a request makes, its amount in dollars and first due date.

    Raises UsageError for an option there is none of.
    """
    if option not in OPTION_WORDS:
        raise UsageError(
            f"--option {option}: Form A has {', '.join(f'{number} ({words})' for number, words in OPTION_WORDS.items())}"
        )
    file = desk.matter_file(matter)
    decision = hand.decision(
        DecisionKind.MORTGAGE_CERTIFIED,
        matter_id=file.matter.id,
        choice=str(option),
        dates=(("first_due", first_due),) if first_due else (),
        attributes=(("amount", str(amount)),) if amount is not None else (),
    )
    desk.decide(file, decision)
    return desk.matter_file(file.matter.id)


def tell_trial(
    desk: Desk, matter: str, hand: Hand, *, due: Sequence[date], payments: int | None = None, amount: Decimal | None = None
) -> MatterFile:
    """Keep the terms of an approved trial: due dates (the first is enough with the number), number, amount in dollars.

    Raises UsageError for terms that cannot be, or where the docket shows no trial approved: until then they are substance.
    """
    file = _on_trial(desk, matter)
    days = sorted(set(due))
    if not days:
        raise UsageError("--due is missing: a trial's terms have at least the first due date")
    if payments is not None and not 1 <= payments <= MOST_PAYMENTS:
        raise UsageError(f"--payments {payments}: a trial has 1 to {MOST_PAYMENTS}")
    if len(days) > MOST_PAYMENTS or (payments is not None and len(days) not in (1, payments)):
        raise UsageError(f"--due: {len(days)} dates for {payments or 'more than ' + str(MOST_PAYMENTS)} payments")
    attributes = (
        *((("payments", str(payments)),) if payments is not None else ()),
        *((("amount", str(amount)),) if amount is not None else ()),
    )
    decision = hand.decision(
        DecisionKind.TRIAL_TERMS,
        matter_id=file.matter.id,
        dates=tuple((f"due_{place}", day) for place, day in enumerate(days, start=1)),
        attributes=attributes,
    )
    desk.decide(file, decision)
    return desk.matter_file(file.matter.id)


def tell_trial_paid(desk: Desk, matter: str, hand: Hand, *, due: date, paid: date) -> MatterFile:
    """Keep that the trial payment due on a day was made, and when. Raises UsageError for a day that has not come."""
    file = _on_trial(desk, matter)
    if paid > desk.today:
        raise UsageError(f"--paid {paid}: has not come yet; a payment is kept once it is made")
    decision = hand.decision(DecisionKind.TRIAL_PAID, matter_id=file.matter.id, dates=(("due", due), ("paid", paid)))
    desk.decide(file, decision)
    return desk.matter_file(file.matter.id)


def read_amount(text: str, *, option: str) -> Decimal:
    """Read an amount in dollars a person gives: `1150.00`, `1,150`, `$1,150.00`. Raises UsageError naming the option."""
    found = _AMOUNT.fullmatch(text.strip())
    amount = Decimal(found[1].replace(",", "") + (found[2] or "")) if found else Decimal(0)
    if amount <= 0:
        raise UsageError(f"{option} {text!r}: is no amount; write 1150.00")
    return amount.quantize(Decimal("0.01"))


def _on_trial(desk: Desk, matter: str) -> MatterFile:
    file = desk.matter_file(matter)
    if approved_trial(file) is None:
        raise UsageError(
            f"{file.matter.number}: the docket shows no trial approved; its terms are substance (FRE 408) until then"
        )
    return file
