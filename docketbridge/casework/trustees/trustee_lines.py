"""A trustee's own matter beside the verdict on its case's plan payments, as it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.payments.plan_payments import Currency, Verdict
from docketbridge.domain.views.trustee_view import HearingLine, TrusteeMatter

_SERIOUSNESS = {Verdict.BEHIND: 0, Verdict.CANNOT_TELL: 1, Verdict.IN_TRANSIT: 2, Verdict.CURRENT: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeLine:
    """A matter with the verdict on its case's plan payments (None: no export told of the case), seen on a day."""

    matter: TrusteeMatter
    currency: Currency | None
    today: date

    @property
    def at_risk(self) -> bool:
        """Whether the period runs and the record shows the debtor behind."""
        return self.matter.in_period and self.currency is not None and self.currency.verdict is Verdict.BEHIND

    @property
    def conference(self) -> HearingLine | None:
        """The next conference of the matter."""
        return self.matter.next_conference(self.today)

    @property
    def days_open(self) -> int | None:
        """Days since the petition."""
        return (self.today - self.matter.filed).days if self.matter.filed else None

    @property
    def due_before_end(self) -> bool:
        """Whether another plan payment falls due before the period ends."""
        due, end = self.currency.next_due if self.currency else None, self.matter.lm_end
        return due is not None and end is not None and due <= end

    @property
    def first_payment(self) -> date | None:
        """When the first plan payment was due (1326(a)(1)), where no receipt of the case was seen; else None."""
        if self.matter.chapter != 13 or self.matter.over:
            return None
        return None if self.currency is not None and self.currency.first_receipt is not None else self.matter.first_payment

    @property
    def trial_past_end(self) -> bool:
        """Whether the last trial payment falls after the period's end (AMB-30)."""
        last = self.matter.trial.last_due if self.matter.trial else None
        return last is not None and self.matter.lm_end is not None and last > self.matter.lm_end


def case_of(matter: TrusteeMatter) -> CaseKey:
    """The case that a matter is of, as verdicts know it."""
    return CaseKey(court=matter.court, number=parse_case_number(matter.case_number).key)


def seriousness(line: TrusteeLine) -> tuple[bool, int, int, date, str]:
    """What orders a page: periods that run first, then by verdict, missed due dates, and the end of the period."""
    verdict = line.currency.verdict if line.currency else None
    missed = line.currency.missed if line.currency else 0
    return (not line.matter.in_period, rank(verdict), -missed, line.matter.lm_end or date.max, line.matter.number)


def rank(verdict: Verdict | None) -> int:
    """How serious a verdict is, the most serious first; without an export comes last."""
    return _SERIOUSNESS[verdict] if verdict is not None else len(_SERIOUSNESS)
