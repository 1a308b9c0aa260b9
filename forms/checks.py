"""Checks of a paper before it is written: an error refuses it, a warning goes with it; each names its path and rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import pairwise

from docketbridge.api import PaperError

from .facts import PaperFacts
from .filling import ORDER_DATE_NAMES
from .open_days import REPORT_DRAFT, closed_because, counted, days_are_known, doubtful_because
from .phrases import long_date

ACCOUNT = re.compile(r"(?<![\d-])(?:\d{3}-\d{2}-\d{4}|\d(?:[ -]?\d){11,}|\d{8,})(?![\d-])")
Warnings = Iterator[str]
Check = Callable[[PaperFacts], Warnings]


def order_dates(facts: PaperFacts) -> Warnings:
    """Refuse order dates that are past, on closed days or out of order (LMP VI.A); warn of a tight or unknown one."""
    told = {name: day for name in ORDER_DATE_NAMES if (day := getattr(facts.dates, name)) is not None}
    for name, day in told.items():
        path = f"dates.{name}"
        if day <= facts.day:
            raise PaperError(f"{path}: {long_date(day)} is not after {long_date(facts.day)}, the day of entry (LMP VI.A)")
        refuse_closed(path, day, facts)
        doubt = doubtful_because(day, facts.court)
        if doubt:
            yield f"{path}: {long_date(day)} may be closed: it is {doubt}"
    names = list(told)
    for earlier, later in pairwise(names):
        if told[later] < told[earlier]:
            raise PaperError(
                f"dates.{later}: {long_date(told[later])} is before dates.{earlier}, {long_date(told[earlier])} (LMP VI.A)"
            )
    end, status = facts.dates.lm_end, facts.dates.status_due
    for name, day in told.items():
        if end is not None and day == end and name not in ("lm_end", "status_due"):
            raise PaperError(
                f"dates.lm_end: {long_date(end)} is the same day as dates.{name}; the period ends after it (LMP VI.A)"
            )
    if status is not None and status == end:
        yield "dates.status_due: the report is due on the day the period ends; that leaves no time to extend it (LMP VII.C, IX.B)"
    if status is not None and counted(status, REPORT_DRAFT, facts.court).earliest.day <= facts.day:
        yield "dates.status_due: too near to entry for a first draft 4 business days before it (LMP VII.C)"
    if told and not days_are_known(facts.court):
        yield "court.id: not told, nor court.state; looked at weekends and federal holidays alone"


def recital(facts: PaperFacts) -> Warnings:
    """Refuse a recital that the docket contradicts: no objection while one is open (LMP V.D), a ruling before the filing."""
    objection, request = facts.objection, facts.request
    if objection.status in ("none", "consent", "withdrawn") and objection.open:
        raise PaperError(
            f"objection.status: {objection.status!r} while an objection is open ({objection.open_words}); "
            "an order waits for a hearing or a ruling (LMP V.D)"
        )
    if objection.status == "none" and objection.seen:
        raise PaperError(f"objection.status: 'none', yet the docket shows an objection ({objection.seen_words}) (LMP V.D)")
    if objection.status == "none" and (objection.decided or objection.document_number):
        raise PaperError("objection.status: 'none', yet an objection is described (LMP V.D)")
    for path, day in (("request.filed", request.filed), ("objection.decided", objection.decided)):
        if day is not None and day > facts.day:
            raise PaperError(f"{path}: {long_date(day)} is after {long_date(facts.day)}, the day of entry")
    if request.filed and objection.decided and objection.decided < request.filed:
        raise PaperError("objection.decided: before the request was filed")
    if request.filed and request.served and request.served < request.filed:
        yield "request.served: before the request was filed"
    if objection.status == "none" and objection.last_day and objection.last_day >= facts.day:
        yield f"objection.last_day: the time to object runs through {long_date(objection.last_day)}; sign after it (LMP V.A)"
    if objection.open and objection.status is None:
        yield f"objection.status: an objection is open ({objection.open_words}); it blocks entry until ruled on (LMP V.D)"


def stay(facts: PaperFacts) -> Warnings:
    """Hold the stay paragraph against LMP III.A, VI.B.1 and 11 U.S.C. 362(e): a date after the period, and one that covers it."""
    part, end = facts.stay, facts.dates.lm_end
    if not part.untouched and (part.postponed_to or part.continued_through):
        path = "stay.postponed_to" if part.postponed_to else "stay.continued_through"
        raise PaperError(f"{path}: there is no stay for this order to continue (LMP III.A; 11 U.S.C. 362(c))")
    if not part.motions and part.postponed_to:
        raise PaperError("stay.postponed_to: no motion for relief from stay is pending")
    if part.postponed_to is not None:
        refuse_closed("stay.postponed_to", part.postponed_to, facts)
        refuse_not_after("stay.postponed_to", part.postponed_to, end, "LMP VI.B.1")
    if part.continued_through is not None and part.continued_through <= facts.day:
        raise PaperError("stay.continued_through: not after the day of entry (11 U.S.C. 362(e))")
    if part.continued_through and part.postponed_to and part.continued_through < part.postponed_to:
        yield "stay.continued_through: ends before the postponed hearing; the stay could lapse in between (11 U.S.C. 362(e))"
    if part.repeat_filer:
        yield "stay.repeat_filer: the stay paragraphs are left out until chambers answer (11 U.S.C. 362(c)(3), (4))"


def confirmation(facts: PaperFacts) -> Warnings:
    """Hold the confirmation paragraph against LMP VI.B.3: chapter 13 only, continued past the period, objections before it."""
    part, chapter = facts.confirmation, facts.case.chapter
    if chapter is not None and chapter != 13 and (part.hearing or part.continued_to or part.objections_due):
        raise PaperError(f"confirmation: a chapter {chapter} order continues no chapter 13 confirmation hearing (LMP VI.B.3)")
    if part.confirmed and part.continued_to:
        raise PaperError("confirmation.continued_to: the plan is confirmed already")
    if part.continued_to is not None:
        refuse_closed("confirmation.continued_to", part.continued_to, facts)
        refuse_not_after("confirmation.continued_to", part.continued_to, facts.dates.lm_end, "LMP VI.B.3")
    if part.objections_due and part.continued_to and part.objections_due >= part.continued_to:
        raise PaperError("confirmation.objections_due: not before the hearing (Rule 3015(f))")
    if facts.case.chapter is None:
        yield "case.chapter: not known; the paragraphs for chapters 7 and 13 are left out"


def one_creditor(facts: PaperFacts) -> Warnings:
    """Refuse an order that names two creditors or two loans (LMP V.A.2)."""
    if facts.creditor.name and re.search(r";|\band/or\b", facts.creditor.name):
        raise PaperError("creditor.name: one order names one creditor (LMP V.A.2)")
    yield from ()


def account_numbers(facts: PaperFacts) -> Warnings:
    """Refuse a full account or social security number anywhere in the facts (Rule 9037)."""
    for path, text in _texts(facts, ""):
        if ".counsel_contact" not in path and ACCOUNT.search(text):
            raise PaperError(f"{path}: holds a full account or social security number; a paper shows the last four (Rule 9037)")
    yield from ()


def silence(facts: PaperFacts) -> Warnings:
    """Refuse a certificate of no objection before silence is proven (LMP V.A; the docket seen after the last day)."""
    if facts.objection.seen_words:
        raise PaperError(f"objection.seen: the docket shows an objection ({facts.objection.seen_words}); no certificate of none")
    if facts.objection.status not in (None, "none"):
        raise PaperError(f"objection.status: {facts.objection.status!r}; a certificate of no objection says there was none")
    if facts.objection.last_day is None:
        raise PaperError("objection.last_day: is missing; the certificate states it")
    if facts.objection.last_day >= facts.day:
        raise PaperError(f"objection.last_day: the time to object runs through {long_date(facts.objection.last_day)}")
    if not facts.watch.settled:
        raise PaperError("watch.settled: the docket has not been seen after the last day to object")
    yield from ()


CHECKS: Mapping[str, Check] = {
    "order_dates": order_dates,
    "recital": recital,
    "stay": stay,
    "confirmation": confirmation,
    "one_creditor": one_creditor,
    "account_numbers": account_numbers,
    "silence": silence,
}


def refuse_closed(path: str, day: date, facts: PaperFacts) -> None:
    """Refuse a date on a day that is closed beyond doubt: a date in an order does not roll."""
    reason = closed_because(day, facts.court)
    if reason:
        raise PaperError(
            f"{path}: {long_date(day)} is {reason}; the court is closed, and a date in an order does not roll (Rule 9006(a))"
        )


def refuse_not_after(path: str, day: date, end: date | None, rule: str) -> None:
    """Refuse a date that does not lie after the end of the period."""
    if end is not None and day <= end:
        raise PaperError(
            f"{path}: {long_date(day)} is not after the loss mitigation period, which ends {long_date(end)} ({rule})"
        )


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name), f"{path}.{each.name}" if path else each.name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, f"{path}.{name}")
