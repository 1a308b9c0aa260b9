"""What a trustee sees of one own case: computation, movements with their history, mortgage and trial payments, one timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.judging_payments import judge
from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.mortgage.trial_payments import TrialPlan, seen_in_receipts
from docketbridge.domain.payments.plan_payments import Currency, Verdict
from docketbridge.domain.portal import DocumentKind, PortalAct
from docketbridge.domain.views.trustee_view import TrusteeMatter
from docketbridge.errors import CaseNumberError, UsageError
from docketbridge.ledger.payments.currencies import JudgedCase, currency_of, trustee_matters
from docketbridge.ledger.payments.payment_histories import ReceiptRevision, receipt_revisions
from docketbridge.ledger.portal import facts_of

_CAME = (PortalAct.DOCUMENT_RECEIVED, PortalAct.DOCUMENT_ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A line of the timeline in which plan payments, mortgage and trial payments and the docket's signs are joined."""

    day: date
    what: str
    source: str
    amount: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecord:
    """One own case of a trustee. `judged` is None where no export told of the case."""

    case: CaseKey
    case_name: str | None
    today: date
    judged: JudgedCase | None
    matters: tuple[TrusteeMatter, ...]
    revisions: tuple[tuple[ReceiptRevision, ...], ...]
    timeline: tuple[Moment, ...]


def payment_record(session: Session, rulebook: Rulebook, trustee_id: str, number: str, *, today: date) -> PaymentRecord:
    """Draw one case's record together. Raises UsageError when it is no case of this trustee's with a record or a matter."""
    court, _, rest = number.partition("-")
    try:
        case = CaseKey(court=court, number=parse_case_number(rest).key)
    except CaseNumberError as fault:
        raise UsageError(f"no case {number!r}; write COURT-NUMBER, such as zzb-26-10123") from fault
    kept = currency_of(session, case)
    own = kept if kept is not None and kept.trustee_id == trustee_id else None
    matters = trustee_matters(session, trustee_id=trustee_id, case=case)
    if own is None and not matters:
        raise UsageError(f"no plan payments of case {number!r} are known for trustee {trustee_id!r}")
    fresh = judge(session, rulebook, (case,), today=today) if own is not None else ()
    judged = fresh[0] if fresh else own
    revisions = (
        tuple(sorted(receipt_revisions(session, case).values(), key=lambda some: some[-1].receipt.day, reverse=True))
        if own is not None
        else ()
    )
    standing = [some[-1].receipt for some in revisions if not some[-1].gone]
    shown = tuple(
        replace(each, trial=seen_in_receipts(each.trial, standing)) if each.trial is not None else each for each in matters
    )
    zone = ZoneInfo(rulebook.calendar(case.court).timezone)
    moments = {
        *_money(judged.currency if judged else None, revisions),
        *(moment for matter in shown for moment in _of_matter(matter)),
        *_portal(session, shown, zone),
    }
    return PaymentRecord(
        case=case,
        case_name=judged.case_name if judged else matters[0].case_name,
        today=today,
        judged=judged,
        matters=shown,
        revisions=revisions,
        timeline=tuple(sorted(moments, key=lambda each: (each.day, each.what, each.amount or ""), reverse=True)),
    )


def _money(currency: Currency | None, revisions: Sequence[Sequence[ReceiptRevision]]) -> Iterator[Moment]:
    for some in revisions:
        last = some[-1]
        yield Moment(
            day=last.receipt.day,
            what=last.receipt.movement.value.replace("_", " ") + (" (no longer told)" if last.gone else ""),
            source=f"export of {last.as_of:%-d %B %Y}",
            amount=f"{last.receipt.amount:,.2f}",
        )
    if currency is None:
        return
    if currency.since is not None and currency.verdict is Verdict.BEHIND:
        yield Moment(day=currency.since, what="first due date not covered", source="currency test")
    if currency.next_due is not None and currency.next_amount is not None:
        yield Moment(day=currency.next_due, what="next due date", source="plan steps", amount=f"{currency.next_amount:,.2f}")


def _of_matter(matter: TrusteeMatter) -> Iterator[Moment]:
    for sign in (*matter.signs, *matter.mortgage_said):
        yield Moment(day=sign.day, what=sign.what, source=sign.entry_label)
    if matter.ordered_on:
        yield Moment(day=matter.ordered_on, what=f"LM period begins, {matter.number}", source="docket")
    if matter.lm_end:
        yield Moment(day=matter.lm_end, what=f"LM period ends, {matter.number}", source="docket")
    certified = matter.certification
    if certified is not None and certified.first_due is not None:
        yield Moment(
            day=certified.first_due,
            what="mortgage payments begin, as Form A certifies (no plan payment)",
            source=certified.told_by,
            amount=f"{certified.amount:,.2f}" if certified.amount is not None else None,
        )
    if matter.trial is not None:
        yield from _of_trial(matter.trial)


def _of_trial(trial: TrialPlan) -> Iterator[Moment]:
    yield Moment(
        day=trial.approved, what="trial plan approved" if trial.sure else "approved, trial or final", source=trial.entry_label
    )
    terms = trial.terms
    amount = f"{terms.amount:,.2f}" if terms is not None and terms.amount is not None else None
    for count, each in enumerate(trial.payments, start=1):
        told_by = terms.told_by if terms is not None else trial.entry_label
        yield Moment(day=each.due, what=f"trial payment {count} due (no plan payment)", source=told_by, amount=amount)
        if each.seen_on is not None and each.seen_by is not None:
            yield Moment(day=each.seen_on, what=f"trial payment {count} seen", source=each.seen_by)
    for sign in trial.signs:
        yield Moment(day=sign.day, what=sign.what, source=sign.entry_label)


def _portal(session: Session, matters: Sequence[TrusteeMatter], zone: ZoneInfo) -> Iterator[Moment]:
    """Payment histories that came to a portal after a trial was approved: that one came is process, what it says is not."""
    approved = {each.id: each.trial.approved for each in matters if each.trial is not None}
    if not approved:
        return
    for matter, facts in facts_of(session, matters=approved).items():
        for each in facts:
            day = _day(each.at, zone)
            if each.document is DocumentKind.PAYMENT_HISTORY and each.act in _CAME and day >= approved[matter]:
                yield Moment(day=day, what="a payment history came to the portal; look there", source="portal")


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
