"""Trial payments: how many of how much are due when, and which were seen, where docket, paper, person or receipts tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from docketbridge.domain.detection.stated_dates import DAY, read_day
from docketbridge.domain.events import EventKind
from docketbridge.domain.matters import EntryMeaning, MatterFile
from docketbridge.domain.mortgage.docket_signs import Sign, of_another_matter, words_of
from docketbridge.domain.payments.payment_facts import Movement, Receipt
from docketbridge.domain.payments.plan_schedule import Frequency, PlanStep, due_dates

MOST_PAYMENTS = 24
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)}
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_COUNT = re.compile(
    rf"(?<!chapter )(?<!ch\. )(?<!\d)\b({_NUMBER})(?: ?\(\d{{1,2}}\))?[ -]+"
    r"(?:(?:equal|monthly|consecutive|successive|trial|period|plan|mortgage|timely|post-?petition)[ -]+){0,5}"
    r"(?:payments?|months?)\b"
)
_FEE = re.compile(r"\bfee\b[^$)]{0,30}\$ ?[\d.,]+|\breceipt\b[^.;)]{0,60}\$ ?[\d.,]+")
_DOLLARS = r"\$ ?(\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d{1,7}(?:\.\d\d)?)(?!\d|,\d)"
_ANY_AMOUNT = re.compile(_DOLLARS)
_PAYMENT_OF = re.compile(
    rf"\bpayments?\b[^.$;]{{0,60}}{_DOLLARS}|{_DOLLARS} ?(?:/|per|a|each|every|monthly)(?: ?(?:mo\b|month))?"
)
_DAYS = re.compile(
    r"\b(?:from|due|payable|beginning|begins?|starting|starts?|commencing|commences?|first payment(?: is)?)"
    rf"(?: (?:on|from|with|the|payment|due|of|for|by|are|is|to|be|made|and|before))*:? ({DAY}(?:(?:,? (?:and|&)|,|;) ?{DAY})*)"
    rf"(?: (?:through|thru|until|to) ({DAY}))?"
)
_ONE_DAY = re.compile(DAY)
_SENTENCE_END = re.compile(r"[.;](?:\s|$)")
_OF_PAYMENTS = re.compile(r"\bpayments?\b|\btrial\b|\bmonth(?:ly)?\b")
_TRIAL_PAYMENT = re.compile(r"\btrial\b[^.;]{0,60}\b(?:payments?|period|plan)\b|\bpayments?\b[^.;]{0,40}\btrial\b")
_MADE = re.compile(r"\b(?:made|paid|received|complet\w+|tendered|satisf\w+|compli(?:ed|ance)|successful\w*|proof|evidence)\b")
_MISSED = re.compile(r"\b(?:not|fail\w*|missed|default\w*|without|unpaid|unable|non-?compli\w*|delinquen\w*)\b")
_ALL = re.compile(r"\ball\b|\bcomplet\w+ (?:of )?(?:the |his |her |their )?(?:\w+ ){0,2}trial|\btrial\b[^.;]{0,40}\bcomplet\w+")
_ORDINALS = {
    word: number
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th"), start=1)
    for word in words.split()
}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}|final|last)\b(?= (?:\w+ ){{0,3}}payments?\b)")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b(?! \d{{1,2}},)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialTerms:
    """What a trial asks for: the number of payments, the amount of each in dollars, and the due dates that are told."""

    told_by: str
    payments: int | None = None
    amount: Decimal | None = None
    due: tuple[date, ...] = ()

    def days(self) -> tuple[date, ...]:
        """Every due date: those told, else a month apart from the first where the number is told (28 to 31 days alike)."""
        if not self.due or self.payments is None or len(self.due) >= min(self.payments, MOST_PAYMENTS):
            return self.due
        if len(self.due) > 1:
            return self.due
        step = PlanStep(amount=Decimal(0), frequency=Frequency.MONTHLY, first_due=self.due[0])
        return tuple(islice(due_dates(step), min(self.payments, MOST_PAYMENTS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPaid:
    """A person's word that the trial payment due on a day was made, and when."""

    due: date
    paid: date
    told_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPayment:
    """One payment of the trial; `seen_by` names what shows it made, None where nothing does."""

    due: date
    seen_on: date | None = None
    seen_by: str | None = None

    def words(self, today: date) -> str:
        """Where it stands: seen, not due yet, or not seen, which says nothing of whether it was made."""
        if self.seen_by is not None:
            return f"seen: {self.seen_by}"
        return "not due yet" if self.due > today else "not seen: cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPlan:
    """A trial that was approved (AMB-30). `sure` is False where the order does not tell trial from final.

    `signs` are the docket's words on its payments that name none of them; a default said there is a sign, never a finding.
    """

    entry_label: str
    approved: date
    sure: bool
    terms: TrialTerms | None
    payments: tuple[TrialPayment, ...] = ()
    signs: tuple[Sign, ...] = ()
    through_trustee: bool = False

    @property
    def last_due(self) -> date | None:
        """The day of the last payment."""
        return max((each.due for each in self.payments), default=None)

    def next_due(self, today: date) -> date | None:
        """The next due date, today or later, of a payment not yet seen."""
        return min((each.due for each in self.payments if each.due >= today and each.seen_by is None), default=None)

    def summary(self, today: date) -> str:
        """The trial in one line: how many are due and how many of those were seen."""
        kind = "Trial plan" if self.sure else "Trial or final is not told"
        head = f"{kind}, approved {_day(self.approved)} ({self.entry_label})"
        if not self.payments:
            return f"{head}: cannot tell when its payments are due, nothing here says it"
        due = [each for each in self.payments if each.due <= today]
        seen = sum(each.seen_by is not None for each in due)
        return f"{head}: {len(due)} of {len(self.payments)} payments due by now, {seen} of them seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedTrial:
    """The order that approved a trial, and its day; `sure` is False where the order does not tell trial from final."""

    entry_id: str
    entry_label: str
    since: date
    sure: bool


def approved_trial(file: MatterFile) -> ApprovedTrial | None:
    """The trial that is open; else the matter's newest approval where that is of a trial, its period having ended meanwhile."""
    item = next((each for each in file.posture.open_items if each.kind == "trial"), None)
    if item is not None:
        return ApprovedTrial(
            entry_id=item.entry_id, entry_label=item.entry_label, since=item.since, sure=item.note == "trial plan"
        )
    for each in reversed(file.entries):
        if EventKind.LOAN_MOD_ORDER in each.detection.kinds and each.reach == "matter" and each.entry.day is not None:
            if each.detection.attributes.trial is not True:
                return None
            return ApprovedTrial(entry_id=each.entry.id, entry_label=each.entry.label, since=each.entry.day, sure=True)
    return None


def trial_plan(
    file: MatterFile,
    *,
    by_person: TrialTerms | None,
    by_paper: TrialTerms | None,
    paid: Sequence[TrialPaid],
    through_trustee: bool,
) -> TrialPlan | None:
    """The trial that was approved and not followed by a final approval, with its payments as far as anything tells.

    Terms come from a person, else the order's text, else Form D issued here (its terms are on the docket by then), else the
    request that was approved; each fills what the ones before leave open.
    """
    approved = approved_trial(file)
    if approved is None:
        return None
    order = next((each for each in file.entries if each.entry.id == approved.entry_id), None)
    asked = [
        each
        for each in file.entries
        if EventKind.LOAN_MOD_MOTION in each.detection.kinds and each.reach != "other matter" and _before(each, approved.since)
    ]
    told = (by_person, _read(order), by_paper, *(_read(each, asked=True) for each in reversed(asked[-1:])))
    terms = _joined([each for each in told if each is not None])
    payments = tuple(TrialPayment(due=day) for day in terms.days()) if terms else ()
    signs: list[Sign] = []
    for each in file.entries:
        if each.entry.day is not None and each.entry.day > approved.since and not of_another_matter(each):
            payments = _seen_on_docket(payments, each, signs)
    for word in paid:
        payments = _marked(payments, [n for n, p in enumerate(payments) if p.due == word.due], word.paid, word.told_by)
    return TrialPlan(
        entry_label=approved.entry_label,
        approved=approved.since,
        sure=approved.sure,
        terms=terms,
        payments=payments,
        signs=tuple(signs),
        through_trustee=through_trustee,
    )


def seen_in_receipts(plan: TrialPlan, receipts: Sequence[Receipt]) -> TrialPlan:
    """Mark the payments that the trustee's receipts show, where the trial is paid through the trustee and its amount is told.

    A receipt of exactly that amount, in the month before or after a due date, shows the earliest payment that it can; one
    receipt shows one payment. What was taken back shows none.
    """
    if not plan.through_trustee or plan.terms is None or plan.terms.amount is None:
        return plan
    wanted = plan.terms.amount
    undone = {each.reverses for each in receipts if each.movement is Movement.REVERSAL and each.reverses}
    left = sorted(each.day for each in receipts if each.amount == wanted and (not each.reference or each.reference not in undone))
    payments = plan.payments
    month = timedelta(days=31)
    for place, each in enumerate(payments):
        fitting = next((day for day in left if abs(day - each.due) <= month), None)
        if each.seen_by is None and fitting is not None:
            left.remove(fitting)
            payments = _marked(payments, [place], fitting, "the trustee's receipt of that amount")
    return replace(plan, payments=payments)


def read_terms(text: str, told_by: str) -> TrialTerms | None:
    """Read a trial's terms out of a docket text; None where it speaks of no trial or tells none of them."""
    said = " ".join(text.lower().split())
    if re.search(r"\btrial\b(?! date)", said) is None:
        return None
    said = _FEE.sub(" ", said)
    count, days = _count(said), _due(said)
    terms = TrialTerms(told_by=told_by, payments=count or (len(days) if len(days) > 1 else None), amount=_amount(said), due=days)
    return terms if terms.payments or terms.amount or terms.due else None


def _read(meaning: EntryMeaning | None, *, asked: bool = False) -> TrialTerms | None:
    if meaning is None:
        return None
    return read_terms(words_of(meaning), f"{meaning.entry.label}{', as asked for' if asked else ''}")


def _before(meaning: EntryMeaning, day: date) -> bool:
    return meaning.entry.day is not None and meaning.entry.day <= day


def _joined(found: Sequence[TrialTerms]) -> TrialTerms | None:
    if not found:
        return None
    payments = next((each.payments for each in found if each.payments is not None), None)
    amount = next((each.amount for each in found if each.amount is not None), None)
    due = next((each.due for each in found if each.due), ())
    sources = dict.fromkeys(each.told_by for each in found if each.payments or each.amount or each.due)
    return TrialTerms(told_by="; ".join(sources), payments=payments, amount=amount, due=due)


def _count(said: str) -> int | None:
    told = {_NUMBERS.get(each[1]) or int(each[1]) for each in _COUNT.finditer(said)}
    likely = {number for number in told if 1 <= number <= MOST_PAYMENTS}
    return likely.pop() if len(likely) == 1 else None


def _amount(said: str) -> Decimal | None:
    every = {_decimal(each[1]) for each in _ANY_AMOUNT.finditer(said)}
    if len(every) == 1:
        return every.pop()
    near = {_decimal(each[1] or each[2]) for each in _PAYMENT_OF.finditer(said)}
    return near.pop() if len(near) == 1 else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "")).quantize(Decimal("0.01"))


def _due(said: str) -> tuple[date, ...]:
    """The due dates that a sentence about the trial or its payments tells; another's (schedules, a hearing) are none."""
    about = (each for each in _SENTENCE_END.split(said) if _OF_PAYMENTS.search(each))
    found = next((told for each in about if (told := _DAYS.search(each)) is not None), None)
    if found is None:
        return ()
    days = sorted({day for each in _ONE_DAY.finditer(found[1]) if (day := read_day(each[0])) is not None})
    last = read_day(found[2]) if found[2] else None
    if last is not None and len(days) == 1 and days[0] < last <= days[0] + timedelta(days=31 * MOST_PAYMENTS):
        step = PlanStep(amount=Decimal(0), frequency=Frequency.MONTHLY, first_due=days[0], until=last)
        return tuple(due_dates(step))
    return tuple(days[:MOST_PAYMENTS])


def _seen_on_docket(payments: tuple[TrialPayment, ...], meaning: EntryMeaning, signs: list[Sign]) -> tuple[TrialPayment, ...]:
    """Mark the payments that an entry says were made; an entry that names none, or says one was missed, is a sign."""
    said, day = " ".join(words_of(meaning).lower().split()), meaning.entry.day
    if day is None or _TRIAL_PAYMENT.search(said) is None:
        return payments
    label = meaning.entry.label
    if _MISSED.search(said):
        signs.append(Sign(day=day, what="speaks of trial payments not made", entry_label=label))
        return payments
    if _MADE.search(said) is None:
        return payments
    places = [place for place in _named(said, payments) if payments[place].due <= day + timedelta(days=31)]
    if not places:
        signs.append(Sign(day=day, what="speaks of trial payments made, and of none by its day", entry_label=label))
    return _marked(payments, places, day, f"{label}, {_day(day)}")


def _named(said: str, payments: Sequence[TrialPayment]) -> Iterator[int]:
    """Which of the payments a text names: all, by ordinal, by due date, by month."""
    if _ALL.search(said):
        yield from range(len(payments))
        return
    ordinals = {_ORDINALS.get(each[1], len(payments)) for each in _ORDINAL.finditer(said)}
    days = {read_day(each[0]) for each in _ONE_DAY.finditer(said)}
    months = {_MONTHS.index(each[1]) + 1 for each in _MONTH.finditer(said)}
    for place, each in enumerate(payments):
        if place + 1 in ordinals or each.due in days or each.due.month in months:
            yield place


def _marked(payments: tuple[TrialPayment, ...], places: Sequence[int], day: date, by: str) -> tuple[TrialPayment, ...]:
    """The payments with these marked as seen; what shows one first stays."""
    return tuple(
        replace(each, seen_on=day, seen_by=by) if place in places and each.seen_by is None else each
        for place, each in enumerate(payments)
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
