"""The verdict on plan payments without any amount: all of it that agendas, memos and the matter page may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docketbridge.domain.plan_payments import Currency, Verdict, day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentStatus:
    """Whether plan payments are current, as of which day; it has no field for an amount. `missed` counts due dates."""

    verdict: Verdict
    as_of: date | None
    since: date | None = None
    missed: int = 0
    next_due: date | None = None

    @property
    def words(self) -> str:
        """The status as one sentence; a flag, never a finding."""
        day = f"as of {day_words(self.as_of)}" if self.as_of else "no export was seen"
        if self.verdict is Verdict.BEHIND and self.since is not None:
            dates = "one due date" if self.missed == 1 else f"{self.missed} due dates"
            told = f"behind by the trustee's record {day} (since {day_words(self.since)}, {dates})"
        elif self.verdict is Verdict.CANNOT_TELL:
            told = f"the record cannot tell ({day})"
        else:
            told = f"{self.verdict.value} {day}"
        return f"Plan payments (LMP VI.B.4): {told}; eligibility ends only by order"


def status_of(currency: Currency) -> PaymentStatus:
    """Leave the amounts of a verdict out."""
    behind = currency.verdict is Verdict.BEHIND
    return PaymentStatus(
        verdict=currency.verdict,
        as_of=currency.as_of,
        since=currency.since if behind else None,
        missed=currency.missed if behind else 0,
        next_due=currency.next_due,
    )
