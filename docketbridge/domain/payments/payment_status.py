"""The verdict on plan payments for papers and pages: a status in words, and amounts only where a court's profile shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from docketbridge.domain.payments.plan_payments import Currency, CurrencyRules, Verdict, day_words, money
from docketbridge.domain.profile import Profile

AMOUNTS_SHOWN = "payments.amounts_on_papers"
"""The profile's value that says whether agendas and bench memos name amounts; without it they name none."""
STALE_AFTER = "payments.stale_after_days"
"""The profile's value for the calendar days after which an export is too old to judge by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAmounts:
    """What is short by the trustee's record, in dollars: past every day on its way, and still on its way."""

    behind: Decimal
    in_transit: Decimal
    months_behind: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentStatus:
    """Whether plan payments are current, as of which day. `missed` counts due dates; `amounts` are the court's choice."""

    verdict: Verdict
    as_of: date | None
    since: date | None = None
    missed: int = 0
    next_due: date | None = None
    amounts: PaymentAmounts | None = None

    @property
    def words(self) -> str:
        """The status as one sentence without an amount; a flag, never a finding."""
        return self._sentence("")

    @property
    def words_for_papers(self) -> str:
        """The status as agendas and bench memos say it: with what is short where the court's profile shows amounts."""
        short = self.amounts
        if short is None or self.verdict not in (Verdict.BEHIND, Verdict.IN_TRANSIT):
            return self.words
        if self.verdict is Verdict.IN_TRANSIT:
            return self._sentence(f", {money(short.in_transit)} on its way")
        months = f", {short.months_behind} months" if short.months_behind else ""
        later = f", {money(short.in_transit)} more on its way" if short.in_transit else ""
        return self._sentence(f", {money(short.behind)} short{months}{later}")

    def _sentence(self, amount: str) -> str:
        day = f"as of {day_words(self.as_of)}" if self.as_of else "no export was seen"
        if self.verdict is Verdict.BEHIND and self.since is not None:
            dates = "one due date" if self.missed == 1 else f"{self.missed} due dates"
            told = f"behind by the trustee's record {day} (since {day_words(self.since)}, {dates}{amount})"
        elif self.verdict is Verdict.CANNOT_TELL:
            told = f"the record cannot tell ({day})"
        else:
            told = f"{self.verdict.value} {day}{amount}"
        return f"Plan payments (LMP VI.B.4): {told}; eligibility ends only by order"


def status_of(currency: Currency) -> PaymentStatus:
    """The status of a verdict, with its amounts."""
    behind = currency.verdict is Verdict.BEHIND
    return PaymentStatus(
        verdict=currency.verdict,
        as_of=currency.as_of,
        since=currency.since if behind else None,
        missed=currency.missed if behind else 0,
        next_due=currency.next_due,
        amounts=PaymentAmounts(behind=currency.behind, in_transit=currency.in_transit, months_behind=currency.months_behind),
    )


def as_court_shows(status: PaymentStatus | None, profile: Profile) -> PaymentStatus | None:
    """A status as a program's profile lets it be shown: without amounts unless the profile says that papers name them."""
    if status is None or profile.value(AMOUNTS_SHOWN) is True:
        return status
    return replace(status, amounts=None)


def currency_rules(profile: Profile | None) -> CurrencyRules:
    """The rules of the currency test under a court's profile; the usual ones where it sets none."""
    days = None if profile is None else profile.value(STALE_AFTER)
    return CurrencyRules() if not isinstance(days, int) or isinstance(days, bool) else CurrencyRules(stale_after=days)
