"""Checks of the papers after the request: extension, hearing, ruling, termination, approval, removal, dismissal, report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from docketbridge.api import PaperError

from .checks import refuse_closed, refuse_not_after
from .facts import PaperFacts
from .phrases import long_date

CAP = 60  # days, LMP IX.B.1
NOTICE = timedelta(days=7)  # Rule 9006(d): the floor for notice of a hearing (AMB-5)
Check = Callable[[PaperFacts], Iterator[str]]


def extension(facts: PaperFacts) -> Iterator[str]:
    """Hold the new end against LMP IX.B: after the end in force, on a court day, at most 60 days by agreement."""
    path = "report.until" if facts.report.until else "extension.until"
    until, end, part = facts.new_end, facts.dates.lm_end, facts.extension
    if until is None:
        return
    refuse_closed(path, until, facts)
    _refuse_not_ahead(path, until, facts)
    if end is not None and until <= end:
        raise PaperError(f"{path}: {long_date(until)} is not after {long_date(end)}, the end in force (LMP IX.B)")
    days = facts.extension_days
    if days is not None and days > CAP and part.heard is None:
        raise PaperError(
            f"{path}: {days} days past the end in force; by agreement the period grows by at most {CAP} (LMP IX.B.1)"
        )
    if days is not None and days > CAP:
        yield f"{path}: {days} days past the end in force, more than the {CAP} that an agreement could give (LMP IX.B.1)"
    if days is not None and part.extended_days and days + part.extended_days > CAP:
        yield f"{path}: {days + part.extended_days} days of extension in all (AMB-11)"
    if end is not None and (part.filed or facts.day) > end:
        yield f"extension.filed: after {long_date(end)}, when the period ended; the order says what that means (AMB-32)"
    report = part.next_report
    if report is not None:
        refuse_closed("extension.next_report", report, facts)
        _refuse_not_ahead("extension.next_report", report, facts)
        if report > until:
            raise PaperError(f"extension.next_report: {long_date(report)} is after the new end, {long_date(until)} (LMP VI.A)")


def extension_ruling(facts: PaperFacts) -> Iterator[str]:
    """Hold an order to extend against LMP IX.B.2: without consent a hearing and a ground; with it, three days of silence."""
    part = facts.extension
    if part.heard is not None and part.heard > facts.day:
        raise PaperError(f"extension.heard: {long_date(part.heard)} is after {long_date(facts.day)}, the day of entry")
    if (part.agreed is False or part.objected) and part.heard is None:
        raise PaperError("extension.heard: is missing; without the consent of every party a hearing is held first (LMP IX.B.2)")
    if part.ground == "other" and part.ground_stated is None:
        raise PaperError("extension.ground_stated: is missing; the order states the other cause that it finds (LMP IX.B.2)")
    last = part.objection_last_day
    if part.heard is None and last is not None and last >= facts.day:
        yield f"extension.objection_last_day: objections may come through {long_date(last)}; sign after it (LMP IX.B.1)"
    if part.agreed is None and part.heard is None:
        yield "extension.agreed: not known whether every party signed the request (AMB-13)"
    end = facts.extension.until
    for path, day in (
        ("stay.postponed_to", facts.stay.postponed_to),
        ("confirmation.continued_to", facts.confirmation.continued_to),
    ):
        if day is not None:
            refuse_not_after(path, day, end, "LMP VI.B")


def hearing_notice(facts: PaperFacts) -> Iterator[str]:
    """Hold a hearing against court days and the notice that Rule 9006(d) wants."""
    day = facts.hearing.day
    if day is None:
        return
    refuse_closed("hearing.day", day, facts)
    _refuse_not_ahead("hearing.day", day, facts)
    if day < facts.day + NOTICE:
        yield "hearing.day: less than 7 days’ notice (Rule 9006(d); AMB-5)"
    if not facts.objection.seen_words and facts.objection.document_number is None:
        yield "objection.document_number: no objection is known; the notice is of a hearing on one (LMP V.D)"


def ruling(facts: PaperFacts) -> Iterator[str]:
    """Hold a denial against the docket: a hearing that was held, after adequate notice (LMP V.D)."""
    heard = facts.ruling.heard
    if heard is not None and heard > facts.day:
        raise PaperError(f"ruling.heard: {long_date(heard)} is after {long_date(facts.day)}, the day of entry")
    if heard is not None and facts.request.filed is not None and heard < facts.request.filed:
        raise PaperError("ruling.heard: before the request was filed")
    yield from ()


def termination(facts: PaperFacts) -> Iterator[str]:
    """Hold an order to end the period against LMP IX.C: a cause, notice to the others, and the hearing of VI.B.1."""
    part, end = facts.termination, facts.dates.lm_end
    if part.cause == "other" and part.cause_stated is None:
        raise PaperError("termination.cause_stated: is missing; the order states the other cause that it finds (LMP IX.C.1)")
    if part.filed is not None and part.heard is not None and part.heard < part.filed:
        raise PaperError("termination.heard: before the motion was filed")
    if part.heard is not None and part.heard > facts.day:
        raise PaperError(f"termination.heard: {long_date(part.heard)} is after {long_date(facts.day)}, the day of entry")
    if part.stay_hearing is not None:
        refuse_closed("termination.stay_hearing", part.stay_hearing, facts)
        _refuse_not_ahead("termination.stay_hearing", part.stay_hearing, facts)
        if not facts.stay.motions:
            raise PaperError("termination.stay_hearing: no motion for relief from stay is pending")
    if part.heard is None and part.cause != "agreement":
        yield "termination.heard: no hearing is known; the others have notice, and a hearing if one is needed (LMP IX.C.1)"
    if end is not None and end < facts.day:
        yield f"dates.lm_end: the period ended {long_date(end)} by itself"


def approval(facts: PaperFacts) -> Iterator[str]:
    """Hold an approval against LMP X: fees disclosed before it, and a hearing where a debtor has no attorney."""
    part = facts.approval
    if part.heard is not None and part.heard > facts.day:
        raise PaperError(f"approval.heard: {long_date(part.heard)} is after {long_date(facts.day)}, the day of entry")
    if part.fees_disclosed is not None and part.fees_disclosed > facts.day:
        raise PaperError("approval.fees_disclosed: after the day of entry; fees are disclosed before approval (LMP X.2)")
    if not facts.case.represented and part.heard is None:
        raise PaperError(
            "approval.heard: is missing; a debtor without an attorney appears at a hearing before the approval (LMP X.4)"
        )
    if part.form_d_number is None:
        yield "approval.form_d_number: no completed and signed Form D is known (LMP X.1)"


def removal(facts: PaperFacts) -> Iterator[str]:
    """Hold a removal against LMP V.A.3: the time to object ran out before the hearing, in its latest reading, unopposed."""
    objection, hearing, stay = facts.objection, facts.stay.hearing, facts.stay
    if objection.seen_words:
        raise PaperError(
            f"objection.seen: the docket shows an objection ({objection.seen_words}); the hearing stands (LMP V.A.3)"
        )
    if not stay.motions:
        raise PaperError("stay.motions: no motion for relief from stay is pending")
    if objection.last_day is None:
        raise PaperError(
            "objection.last_day: is missing; the hearing comes off only when the time to object has expired (LMP V.A.3)"
        )
    if objection.last_day >= facts.day:
        raise PaperError(f"objection.last_day: the time to object runs through {long_date(objection.last_day)} (LMP V.A.3)")
    if hearing is not None and objection.last_day >= hearing:
        raise PaperError("stay.motions: the hearing is not after the last day to object, so it stands (LMP V.A.3; AMB-6)")
    if stay.postponed_to is not None:
        refuse_closed("stay.postponed_to", stay.postponed_to, facts)
        _refuse_not_ahead("stay.postponed_to", stay.postponed_to, facts)
        through = stay.covered_through
        if through is None or through < stay.postponed_to:
            until = f"ends {long_date(through)}" if through else "is not known"
            yield (
                f"stay.covered_through: what covers 11 U.S.C. 362(e) {until}, before the continued hearing; "
                "a notice extends no stay, an order or the movant’s consent does"
            )


def continuance(facts: PaperFacts) -> Iterator[str]:
    """Refuse an order that continues nothing (LMP VI.B.1, VI.B.3)."""
    if not facts.continues_something:
        raise PaperError(
            "stay.motions: no motion for relief from stay and no confirmation hearing is before the end of the period uncovered"
        )
    yield from ()


def dismissal(facts: PaperFacts) -> Iterator[str]:
    """Hold the clerk's note against LMP IX.C.2.c: the case was dismissed within the period (AMB-22, AMB-23)."""
    order, part, end = facts.order, facts.dismissal, facts.dates.lm_end
    if order.entered is not None and part.entered is not None and part.entered < order.entered:
        raise PaperError("dismissal.entered: before the loss mitigation order; no note is owed (LMP IX.C.2.c; AMB-22)")
    if end is not None and part.entered is not None and part.entered > end:
        yield f"dismissal.entered: after {long_date(end)}, when the period was to end; confirm before docketing (AMB-23)"


def report(facts: PaperFacts) -> Iterator[str]:
    """Hold a joint report against LMP VII.C: a continued date that is a court day and ahead; no end that moves back."""
    part = facts.report
    if part.next_report is not None:
        refuse_closed("report.next_report", part.next_report, facts)
        _refuse_not_ahead("report.next_report", part.next_report, facts)
    if facts.dates.status_due is not None and facts.day > facts.dates.status_due:
        yield f"dates.status_due: the report was due {long_date(facts.dates.status_due)}"
    if part.resolution == "full" and part.until is not None:
        yield "report.until: more time is asked for though a resolution was reached; say why (LMP IX.B)"


def payment(facts: PaperFacts) -> Iterator[str]:
    """Hold Form A's payment certification against its options: the second and third name an amount."""
    part = facts.request.payment
    if part is not None and part.option in (2, 3) and part.amount is None:
        yield f"request.payment.amount: option {part.option} proposes a payment and names none"
    if facts.request.contact == "attorney" and not facts.case.represented:
        raise PaperError("request.contact: 'attorney', yet a debtor has none")


PROCEEDING_CHECKS: Mapping[str, Check] = {
    "extension": extension,
    "extension_ruling": extension_ruling,
    "hearing_notice": hearing_notice,
    "ruling": ruling,
    "termination": termination,
    "approval": approval,
    "removal": removal,
    "continuance": continuance,
    "dismissal": dismissal,
    "report": report,
    "payment": payment,
}


def _refuse_not_ahead(path: str, day: date, facts: PaperFacts) -> None:
    if day <= facts.day:
        raise PaperError(f"{path}: {long_date(day)} is not after {long_date(facts.day)}, the day of the paper")
