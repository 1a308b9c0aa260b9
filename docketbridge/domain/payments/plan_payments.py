"""The currency test of LMP VI.B.4: what was due under the plan's steps, what came in, and what may still be on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from functools import lru_cache

from docketbridge.domain.payments.payment_facts import CasePosition, Movement, Receipt
from docketbridge.domain.payments.plan_schedule import Due, Frequency, PlanStep, Suspension, dues, monthly_amount, next_due
from docketbridge.domain.rule_9006.court_days import ONE_DAY, CourtDays

NOTHING = Decimal("0.00")


class Verdict(StrEnum):
    """What the record of plan payments says. It is a flag with evidence: eligibility ends only by order (AMB-19)."""

    CURRENT = "current"
    IN_TRANSIT = "in transit"
    BEHIND = "behind"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyRules:
    """How long money takes and how long an export speaks.

    `processor_days` are business days at the payment processor, `showing_days` business days until the trustee's record shows
    it, `stale_after` the calendar days after which an export is too old to judge by.
    """

    processor_days: int = 5
    showing_days: int = 2
    stale_after: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentHistory:
    """All that is known of one case's plan payments.

    `as_of` is the day the newest export of the case speaks for. `covers_from` is the day from which its receipts are whole,
    None from the beginning. `unsure` says why the record may not be this case's, or not whole. `ended` is the day from which
    no plan payment is owed, with the reason (converted, dismissed).
    """

    steps: tuple[PlanStep, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    as_of: date | None = None
    covers_from: date | None = None
    position: CasePosition = field(default_factory=CasePosition)
    unsure: str | None = None
    ended: tuple[date, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """The verdict with its evidence. Amounts are in dollars; `balance` is received less due, negative when short.

    `behind` is what is short past every day on its way, `in_transit` what is short but may be on its way. `since` is the first
    due date that the money received does not cover, `missed` how many due dates are short past their time to show.
    `changes_on` is the first later day on which this changes without any new export; `trace` the computation in words.
    """

    verdict: Verdict
    as_of: date | None
    why: str
    due: Decimal = NOTHING
    received: Decimal = NOTHING
    balance: Decimal = NOTHING
    behind: Decimal = NOTHING
    in_transit: Decimal = NOTHING
    months_behind: Decimal = Decimal("0.0")
    missed: int = 0
    since: date | None = None
    next_due: date | None = None
    next_amount: Decimal | None = None
    first_receipt: date | None = None
    last_receipt: date | None = None
    on_hand: Decimal | None = None
    changes_on: date | None = None
    trace: tuple[str, ...] = ()

    @property
    def warning(self) -> str | None:
        """The early warning: at the first missed due date and, loudly, from the second on."""
        if self.verdict is not Verdict.BEHIND:
            return None
        return "one due date missed" if self.missed < 2 else f"{self.missed} due dates missed"


def assess(history: PaymentHistory, *, court_days: CourtDays, today: date, rules: CurrencyRules = CurrencyRules()) -> Currency:
    """Judge one case's plan payments as of its newest export.

    Money received is set against the due dates in order, oldest first. A due date counts as missed only once the business days
    at the processor and the days to show have wholly gone by before the export was made, counted from the due date, or from
    the next business day where that is none; state holidays are no business days here, for the debtor's sake. What a plan
    adopted later asks for the time before is counted from its adoption. Where the
    trustee's own figures contradict the arithmetic nobody is called behind. A movement dated after the export counts as on its
    way while it is within that same time of it.
    """
    coming_due = next_due(history.steps, after=today, suspensions=history.suspensions) if not _over(history, today) else None
    as_of = None if history.as_of is None else min(history.as_of, today)
    refused = _cannot_tell(history, as_of, today, rules)
    if as_of is None:
        return _bare(history, coming_due, refused or "no export of this case was seen")
    figures = _figures(history, as_of, court_days, rules)
    verdict, why = figures.verdict()
    if refused is None and verdict is Verdict.BEHIND:
        refused = _contradicted(history, figures, as_of)
    if refused is not None:
        verdict, why = Verdict.CANNOT_TELL, refused
    return Currency(
        verdict=verdict,
        as_of=as_of,
        why=why,
        due=figures.due,
        received=figures.received,
        balance=figures.received - figures.due,
        behind=figures.behind if verdict is Verdict.BEHIND else NOTHING,
        in_transit=figures.in_transit if verdict in (Verdict.BEHIND, Verdict.IN_TRANSIT) else NOTHING,
        months_behind=figures.months(history.steps) if verdict is Verdict.BEHIND else Decimal("0.0"),
        missed=len(figures.missed) if verdict is Verdict.BEHIND else 0,
        since=figures.short[0].day if figures.short else None,
        next_due=coming_due[0] if coming_due else None,
        next_amount=coming_due[1] if coming_due else None,
        first_receipt=min((each.day for each in figures.counted if each.amount > 0), default=None),
        last_receipt=max((each.day for each in figures.counted if each.amount > 0), default=None),
        on_hand=history.position.balance_on_hand,
        changes_on=_changes_on(history, as_of, coming_due, today, rules),
        trace=figures.trace,
    )


@lru_cache(maxsize=16_384)
def shows_by(day: date, court_days: CourtDays, rules: CurrencyRules) -> date:
    """The last day on which money sent on a due date may first show in the trustee's record."""
    left = rules.processor_days + rules.showing_days
    while court_days.business_closing(day) is not None:
        day += ONE_DAY
    while left:
        day += ONE_DAY
        left -= court_days.business_closing(day) is None
    return day


def money(amount: Decimal) -> str:
    """An amount as people read it: `$1,350.00`, `-$20.00`."""
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def day_words(day: date) -> str:
    """A day as people read it: `8 April 2026`."""
    return f"{day.day} {day:%B %Y}"


def _over(history: PaymentHistory, today: date) -> bool:
    return history.ended is not None and history.ended[0] <= today


def _cannot_tell(history: PaymentHistory, as_of: date | None, today: date, rules: CurrencyRules) -> str | None:
    """Why no verdict may be given whatever the figures; None when one may."""
    if history.ended is not None and history.ended[0] <= today:
        return f"{history.ended[1]} on {day_words(history.ended[0])}: no plan payment is owed from then on"
    if as_of is None:
        return "no export of this case was seen"
    if history.unsure:
        return history.unsure
    if not history.steps:
        return "no plan steps were told"
    age = (today - as_of).days
    if age > rules.stale_after:
        return f"the newest export is {age} days old, more than {rules.stale_after}"
    first = min(step.first_due for step in history.steps)
    if history.covers_from is not None and history.covers_from > first and history.position.total_received is None:
        return f"receipts before {day_words(history.covers_from)} were not told, and the first payment was due {day_words(first)}"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """The arithmetic of one case as of one day."""

    due: Decimal
    received: Decimal
    behind: Decimal
    in_transit: Decimal
    short: tuple[Due, ...]
    missed: tuple[Due, ...]
    counted: tuple[Receipt, ...]
    trace: tuple[str, ...]

    def verdict(self) -> tuple[Verdict, str]:
        if self.behind > 0:
            return Verdict.BEHIND, f"{money(self.behind)} short since {day_words(self.short[0].day)}"
        if self.in_transit > 0:
            return Verdict.IN_TRANSIT, f"{money(self.in_transit)} due {day_words(self.short[0].day)} may still be on its way"
        ahead = self.received - self.due
        if ahead > 0:
            return Verdict.CURRENT, f"{money(ahead)} ahead"
        return Verdict.CURRENT, "all that was due came in" if self.due else "nothing is due yet"

    def months(self, steps: Sequence[PlanStep]) -> Decimal:
        """How many average months the shortfall is, to a tenth, rounded down."""
        last = self.missed[-1].day
        monthly = monthly_amount(steps, last) or max((each.amount for each in self.missed), default=Decimal(0))
        return (self.behind / monthly).quantize(Decimal("0.1"), rounding=ROUND_DOWN) if monthly else Decimal("0.0")


def _figures(history: PaymentHistory, as_of: date, court_days: CourtDays, rules: CurrencyRules) -> _Figures:
    through = as_of if history.ended is None else min(as_of, history.ended[0] - ONE_DAY)
    owed = dues(history.steps, through=through, suspensions=history.suspensions)
    counted = tuple(each for each in history.receipts if each.day <= as_of)
    later = [each for each in history.receipts if each.day > as_of]
    horizon = shows_by(as_of, court_days, rules)
    coming = sum((each.amount for each in later if each.amount > 0 and each.day <= horizon), NOTHING)
    whole = history.covers_from is None or not history.steps or history.covers_from <= min(s.first_due for s in history.steps)
    stated = history.position.total_received
    received = sum((each.amount for each in counted), NOTHING) if whole or stated is None else stated
    running, behind = NOTHING, NOTHING
    short: list[Due] = []
    missed: list[Due] = []
    for each in owed:
        running += each.amount
        if running > received and each.amount > 0:
            short.append(each)
            if shows_by(_asked_on(each), court_days, rules) < as_of and running > received + coming:
                missed.append(each)
                behind = running - received - coming
    return _Figures(
        due=running,
        received=received,
        behind=behind,
        in_transit=running - received - behind if short else NOTHING,
        short=tuple(short),
        missed=tuple(missed),
        counted=counted,
        trace=(
            *_trace_of_dues(owed, through),
            *_trace_of_receipts(counted, received, as_of, whole=whole),
            *(_trace_of_later(each, horizon) for each in later),
            *_trace_of_windows(short, missed, as_of, court_days, rules),
        ),
    )


def _asked_on(due: Due) -> date:
    """The day from which the debtor can be expected to pay: the due date, or when a plan that reaches back was adopted."""
    return max(due.day, due.step.adopted or due.day)


def _contradicted(history: PaymentHistory, figures: _Figures, as_of: date) -> str | None:
    """Why the trustee's own figures do not bear out a shortfall; None when they do or are silent."""
    position = history.position
    if position.delinquency is not None and position.delinquency <= 0:
        return (
            f"the receipts come out {money(figures.behind)} short, and the trustee's own record of {day_words(as_of)} "
            "shows no delinquency"
        )
    if position.total_received is not None and position.total_received >= figures.received + figures.behind:
        return (
            f"the receipts told come to {money(figures.received)}, and the trustee's own total is "
            f"{money(position.total_received)}"
        )
    return None


def _changes_on(
    history: PaymentHistory, as_of: date, coming_due: tuple[date, Decimal] | None, today: date, rules: CurrencyRules
) -> date | None:
    days = [as_of + timedelta(days=rules.stale_after + 1)]
    if coming_due is not None:
        days.append(coming_due[0])
    if history.as_of is not None and history.as_of > today:
        days.append(today + ONE_DAY)
    if history.ended is not None:
        days.append(history.ended[0])
    return min((day for day in days if day > today), default=None)


def _bare(history: PaymentHistory, coming_due: tuple[date, Decimal] | None, why: str) -> Currency:
    return Currency(
        verdict=Verdict.CANNOT_TELL,
        as_of=None,
        why=why,
        next_due=coming_due[0] if coming_due else None,
        next_amount=coming_due[1] if coming_due else None,
        on_hand=history.position.balance_on_hand,
        changes_on=coming_due[0] if coming_due else None,
    )


def _trace_of_dues(owed: Sequence[Due], through: date) -> list[str]:
    groups: dict[PlanStep, list[Due]] = {}
    for each in owed:
        groups.setdefault(each.step, []).append(each)
    lines = [
        f"{len(some)} × {money(step.amount)} {_often(step)} from {day_words(some[0].day)} to {day_words(some[-1].day)}"
        f" (plan {step.plan}, step {step.number}{', ' + step.payer if step.payer else ''})"
        for step, some in groups.items()
    ]
    total = sum((each.amount for each in owed), NOTHING)
    return [*lines, f"due through {day_words(through)}: {money(total)}"]


def _often(step: PlanStep) -> str:
    return step.frequency.value.replace("_", "-") if step.frequency is not Frequency.ONCE else "once"


def _trace_of_receipts(counted: Sequence[Receipt], received: Decimal, as_of: date, *, whole: bool) -> list[str]:
    taken_back = [each for each in counted if each.movement is not Movement.RECEIPT]
    lines = [
        f"{each.movement.value.replace('_', ' ')} of {money(each.amount)} on {day_words(each.day)}"
        + (f", of {each.reverses}" if each.reverses else "")
        for each in sorted(taken_back, key=lambda each: (each.day, each.reference or "", each.amount))
    ]
    told = f"{len(counted) - len(taken_back)} receipts" if whole else "the trustee's own total"
    return [*lines, f"received through {day_words(as_of)}: {money(received)} ({told})"]


def _trace_of_later(receipt: Receipt, horizon: date) -> str:
    counted = "on its way" if receipt.amount > 0 and receipt.day <= horizon else "not counted"
    return f"{money(receipt.amount)} is dated {day_words(receipt.day)}, after the export: {counted}"


def _trace_of_windows(
    short: Sequence[Due], missed: Sequence[Due], as_of: date, court_days: CourtDays, rules: CurrencyRules
) -> list[str]:
    lines = []
    gone = {id(each) for each in missed}
    for each in short[:3]:
        shows = shows_by(_asked_on(each), court_days, rules)
        state = "gone by" if id(each) in gone else "not gone by, or covered by money on its way"
        lines.append(
            f"what was due {day_words(each.day)} may show until {day_words(shows)} ({rules.processor_days} business days at the "
            f"processor, {rules.showing_days} to show): {state} on {day_words(as_of)}"
        )
    if len(short) > 3:
        lines.append(f"and {len(short) - 3} later due dates")
    return lines
