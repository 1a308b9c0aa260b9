"""The six dates of a proposed order held against the docket and the court's days, with dates that can stand in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from docketbridge.api import CourtDays, OrderDates

from .facts import PaperFacts
from .filling import ORDER_DATE_NAMES
from .open_days import REPORT_DRAFT, closed_because, days_of, doubtful_because, told_to_a_party
from .phrases import long_date

ONE_DAY = timedelta(days=1)
MAY_BE_ABSENT = "contacts_due"  # LMP VI.A.1: when contacts were given


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFinding:
    """One date of the order: what is told, why it cannot stand (None when it can), and what is proposed."""

    name: str
    told: date | None
    fault: str | None
    proposed: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFindings:
    """What a check of an order's dates found. `signable` is the first day of entry; `held` says why none may be entered yet."""

    signable: date
    held: str | None
    dates: tuple[DateFinding, ...]

    @property
    def faults(self) -> int:
        """How many dates cannot stand."""
        return sum(each.fault is not None for each in self.dates)

    def proposed(self) -> OrderDates:
        """The dates to use: what is told where it can stand, else what is proposed."""
        return OrderDates(**{each.name: each.proposed for each in self.dates})


def check_order_dates(facts: PaperFacts, *, today: date, usual_days: Mapping[str, int]) -> OrderFindings:
    """Hold the dates of the facts against the first day the order may be entered, court days and their order (LMP VI.A).

    While the time to object runs, that day is counted from its `latest` reading: the docket is seen whole on the court day
    after it (AMB-1), and the order follows on the next.
    """
    days = days_of(facts.court)
    signable = _signable(facts, today, days)
    findings: list[DateFinding] = []
    floor = signable
    for name in ORDER_DATE_NAMES:
        told: date | None = getattr(facts.dates, name)
        fault = _fault(name, told, facts, signable=signable, earlier=findings)
        if told is None and fault is None:
            findings.append(DateFinding(name=name, told=None, fault=None, proposed=None))
            continue
        proposed = told if fault is None and told is not None and told >= floor else None
        if proposed is None:
            proposed = _proposal(name, told, signable=signable, floor=floor, facts=facts, days=days, usual_days=usual_days)
            fault = fault or f"would come before {long_date(floor)}, which is proposed for a date before it"
        floor = max(floor, proposed)
        findings.append(DateFinding(name=name, told=told, fault=fault, proposed=proposed))
    return OrderFindings(signable=signable, held=_held(facts), dates=tuple(findings))


def with_proposals(facts: PaperFacts, *, today: date, usual_days: Mapping[str, int]) -> Mapping[str, str]:
    """Proposals for the dates that are missing, by name, as a person's answers would give them."""
    found = check_order_dates(facts, today=today, usual_days=usual_days)
    return {each.name: each.proposed.isoformat() for each in found.dates if each.told is None and each.proposed is not None}


def _signable(facts: PaperFacts, today: date, days: CourtDays) -> date:
    last = facts.objection.last_day
    if facts.watch.settled or last is None:
        return days.next_open(today)
    return max(days.next_open(today), days.court_day_after(last, 2))


def _held(facts: PaperFacts) -> str | None:
    if facts.objection.open:
        return f"an objection is open ({facts.objection.open_words}); no order before a hearing or a ruling (LMP V.D)"
    last = facts.objection.last_day
    if not facts.watch.settled and last is not None:
        return f"the docket is not settled: the time to object runs through {long_date(last)}, and is then looked at once more"
    return None


def _fault(name: str, told: date | None, facts: PaperFacts, *, signable: date, earlier: list[DateFinding]) -> str | None:
    if told is None:
        if name == MAY_BE_ABSENT and facts.contacts_given:
            return None
        return "is missing (LMP VI.A)"
    if told <= signable:
        return f"is not after {long_date(signable)}, the first day the order may be entered"
    closed = closed_because(told, facts.court)
    if closed:
        return f"is {closed}"
    doubt = doubtful_because(told, facts.court)
    if doubt:
        return f"may be closed: it is {doubt}"
    for each in earlier:
        if each.told is not None and told < each.told:
            return f"is before {each.name}, {long_date(each.told)} (LMP VI.A)"
        if name == "lm_end" and each.told == told:
            return f"is the same day as {each.name}; the period ends after it (LMP VI.A)"
    if name == "status_due" and told_to_a_party(told, REPORT_DRAFT, facts.court) <= signable:
        return "leaves no room for a draft 4 business days before it (LMP VII.C)"
    return None


def _proposal(
    name: str,
    told: date | None,
    *,
    signable: date,
    floor: date,
    facts: PaperFacts,
    days: CourtDays,
    usual_days: Mapping[str, int],
) -> date:
    """The next court day that can stand: from the date told where it lies ahead, else from the court's usual days."""
    usual = signable + timedelta(days=usual_days.get(name, 0))
    wanted = told if told is not None and told > signable else usual
    least = floor + ONE_DAY if name == "lm_end" or floor == signable else floor
    day = days.next_open(max(wanted, least))
    while name == "status_due" and told_to_a_party(day, REPORT_DRAFT, facts.court) <= signable:
        day = days.court_day_after(day)
    return day


def with_dates(facts: PaperFacts, dates: OrderDates) -> PaperFacts:
    """The facts with other dates of the order."""
    return replace(facts, dates=dates)
