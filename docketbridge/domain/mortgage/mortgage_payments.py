"""What was certified of mortgage payments (Form A): by the docket, a person, or the form issued here; never a plan payment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from docketbridge.domain.detection.stated_dates import DAY, read_day
from docketbridge.domain.events import EventKind
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.mortgage.trial_payments import TrialPaid, TrialTerms

OPTION_WORDS = {
    1: "regular current payments",
    2: "other payments, the full amount still owed until modified",
    3: "payments projected under the modification",
}
"""The three certifications of Form A, in words (LMP, Form A)."""

_AMOUNT = re.compile(r"\$\s?(\d{1,3}(?:,\d{3})+|\d{1,7})(\.\d{2})?(?!\d)")
_OPTIONS = (
    (
        1,
        re.compile(
            r"\b(?:regular|current|contractual|full) (?:\w+ )?(?:mortgage )?payments?\b|payment (?:option|certification) 1\b",
            re.IGNORECASE,
        ),
    ),
    (
        2,
        re.compile(
            r"\b(?:reduced|other|partial|proposed other) (?:mortgage )?payments?\b|payment (?:option|certification) 2\b",
            re.IGNORECASE,
        ),
    ),
    (
        3,
        re.compile(r"\b(?:projected|modified|proposed) (?:\w+ )?payments?\b|payment (?:option|certification) 3\b", re.IGNORECASE),
    ),
)
_BEGINNING = re.compile(
    rf"\b(?:beginning|starting|commencing|first (?:payment )?due|due from|from)(?: on)? ({DAY})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MortgageCertification:
    """What the request says of mortgage payments (Form A): which of the three, amount in dollars, first due date.

    `told_by` names the entry, the paper or the person. It is no plan payment and stands apart from the currency test.
    """

    told_by: str
    option: int
    amount: Decimal | None = None
    first_due: date | None = None

    @property
    def words(self) -> str:
        """Which of the three, in words."""
        return OPTION_WORDS.get(self.option, f"option {self.option}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MortgageTold:
    """What persons and papers issued here tell of a matter's mortgage payments, beside its docket.

    `by_person` outranks the docket's words, `by_paper` (Form A issued here) stands behind them; so for the trial's terms.
    """

    by_person: MortgageCertification | None = None
    by_paper: MortgageCertification | None = None
    trial_by_person: TrialTerms | None = None
    trial_by_paper: TrialTerms | None = None
    paid: tuple[TrialPaid, ...] = ()


NOTHING_TOLD = MortgageTold()


def certification(file: MatterFile, told: MortgageTold) -> MortgageCertification | None:
    """What is certified of mortgage payments; None where nobody tells.

    A person's word comes first, then the docket's, then the form issued here. What the first leaves open, amount or first due
    date, is taken from another that certifies the same option.
    """
    found = [each for each in (told.by_person, _on_docket(file), told.by_paper) if each is not None]
    return _joined(found) if found else None


def _joined(found: Sequence[MortgageCertification]) -> MortgageCertification:
    first = found[0]
    same = [each for each in found if each.option == first.option]
    amount = next((each.amount for each in same if each.amount is not None), None)
    due = next((each.first_due for each in same if each.first_due is not None), None)
    added = [
        each.told_by
        for each in same[1:]
        if (first.amount is None and each.amount) or (first.first_due is None and each.first_due)
    ]
    return replace(first, amount=amount, first_due=due, told_by="; ".join((first.told_by, *added)))


def _on_docket(file: MatterFile) -> MortgageCertification | None:
    """What the newest request says of mortgage payments, where its docket text says it."""
    for each in reversed(file.entries):
        if EventKind.LM_REQUEST not in each.detection.kinds or each.reach == "other matter":
            continue
        said = each.entry.text or ""
        option = next((number for number, pattern in _OPTIONS if pattern.search(said)), None)
        if option is None:
            return None
        amount, first = _AMOUNT.search(said), _BEGINNING.search(said)
        return MortgageCertification(
            told_by=each.entry.label,
            option=option,
            amount=Decimal(amount[1].replace(",", "") + (amount[2] or "")) if amount else None,
            first_due=read_day(first[1]) if first else None,
        )
    return None
