"""What a trustee's pages show: own cases only, verdicts beside the LM period, and the trustee's own days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from docketbridge.casework.judging_payments import judge
from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.plan_payments import Currency, Verdict
from docketbridge.domain.trustee_view import HearingLine, ObjectionWindow, TrusteeMatter
from docketbridge.errors import CaseNumberError, UsageError
from docketbridge.ledger.currencies import JudgedCase, currencies, currency_of, trustee_matters
from docketbridge.ledger.payment_histories import ReceiptRevision, receipt_revisions
from docketbridge.ledger.payments import PaymentFile, files_kept

VISIT = timedelta(days=7)
"""How far back "since the last visit" reaches where nobody says when that was."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteePage:
    """All of one trustee's page. `lines` come most serious first; the other lists are the trustee's own days."""

    trustee_id: str
    today: date
    since: date
    lines: tuple[TrusteeLine, ...]
    others: tuple[JudgedCase, ...]
    windows: tuple[tuple[TrusteeLine, ObjectionWindow], ...]
    approvals: tuple[TrusteeLine, ...]
    moved: tuple[tuple[TrusteeLine, HearingLine], ...]
    outstanding: tuple[TrusteeLine, ...]
    unconfirmed: tuple[TrusteeLine, ...]
    to_set: tuple[TrusteeLine, ...]
    files: tuple[PaymentFile, ...]

    @property
    def at_risk(self) -> tuple[TrusteeLine, ...]:
        """Matters whose debtor the record shows behind while the period runs."""
        return tuple(line for line in self.lines if line.at_risk)

    def counted(self) -> Mapping[str, int]:
        """How many matters in their period have each verdict; `no export` where none told of the case."""
        counts = {verdict.value: 0 for verdict in Verdict} | {"no export": 0}
        for line in self.lines:
            if line.matter.in_period:
                counts[line.currency.verdict.value if line.currency else "no export"] += 1
        return counts


def trustee_page(session: Session, trustee_id: str, *, today: date, since: date | None = None) -> TrusteePage:
    """Draw one trustee's page together, in three queries whatever the number of cases. Raises UsageError for a stranger."""
    matters = trustee_matters(session, trustee_id=trustee_id)
    judged = {each.case: each for each in currencies(session, trustee_id=trustee_id)}
    if not matters and not judged:
        raise UsageError(f"no trustee {trustee_id!r} has a case here")
    lines = [_line(matter, judged, today) for matter in matters]
    lines.sort(key=_seriousness)
    with_matter = {_key(matter) for matter in matters}
    visited = since or today - VISIT
    moved = [
        (line, hearing)
        for line in lines
        for hearing in line.matter.hearings
        if hearing.about == "confirmation" and hearing.moved_on is not None and hearing.moved_on >= visited
    ]
    windows = [(line, window) for line in lines for window in line.matter.windows if window.latest >= today]
    return TrusteePage(
        trustee_id=trustee_id,
        today=today,
        since=visited,
        lines=tuple(lines),
        others=tuple(each for each in judged.values() if each.case not in with_matter),
        windows=tuple(sorted(windows, key=lambda pair: (pair[1].earliest, pair[0].matter.number))),
        approvals=tuple(line for line in lines if line.matter.approvals),
        moved=tuple(sorted(moved, key=lambda pair: (pair[1].start, pair[0].matter.number))),
        outstanding=tuple(sorted((line for line in lines if line.matter.outstanding), key=_first_paper)),
        unconfirmed=tuple(line for line in lines if line.matter.waits_for_confirmation),
        to_set=tuple(line for line in lines if line.matter.over and line.matter.to_set),
        files=files_kept(session, most=5),
    )


def _line(matter: TrusteeMatter, judged: Mapping[CaseKey, JudgedCase], today: date) -> TrusteeLine:
    found = judged.get(_key(matter))
    return TrusteeLine(matter=matter, currency=found.currency if found else None, today=today)


def _key(matter: TrusteeMatter) -> CaseKey:
    return CaseKey(court=matter.court, number=parse_case_number(matter.case_number).key)


def _seriousness(line: TrusteeLine) -> tuple[bool, int, int, date, str]:
    verdict = line.currency.verdict if line.currency else None
    missed = line.currency.missed if line.currency else 0
    rank = _SERIOUSNESS[verdict] if verdict is not None else len(_SERIOUSNESS)
    return (not line.matter.in_period, rank, -missed, line.matter.lm_end or date.max, line.matter.number)


def _first_paper(line: TrusteeLine) -> tuple[date, str]:
    return (min((paper.due for paper in line.matter.outstanding if paper.due), default=date.max), line.matter.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A line of the timeline in which plan payments and the docket's signs are joined."""

    day: date
    what: str
    source: str
    amount: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecord:
    """One own case of a trustee: the verdict with its computation, every movement with its history, one timeline."""

    judged: JudgedCase
    matters: tuple[TrusteeMatter, ...]
    revisions: tuple[tuple[ReceiptRevision, ...], ...]
    timeline: tuple[Moment, ...]


def payment_record(session: Session, rulebook: Rulebook, trustee_id: str, number: str, *, today: date) -> PaymentRecord:
    """Draw one case's record together. Raises UsageError when it is no case of this trustee's with a payment record."""
    court, _, rest = number.partition("-")
    try:
        case = CaseKey(court=court, number=parse_case_number(rest).key)
    except CaseNumberError as fault:
        raise UsageError(f"no case {number!r}; write COURT-NUMBER, such as zzb-26-10123") from fault
    kept = currency_of(session, case)
    if kept is None or kept.trustee_id != trustee_id:
        raise UsageError(f"no plan payments of case {number!r} are known for trustee {trustee_id!r}")
    fresh = judge(session, rulebook, (case,), today=today)
    matters = tuple(each for each in trustee_matters(session, trustee_id=trustee_id) if _key(each) == case)
    revisions = tuple(sorted(receipt_revisions(session, case).values(), key=lambda some: some[-1].receipt.day, reverse=True))
    judged = fresh[0] if fresh else kept
    return PaymentRecord(
        judged=judged, matters=matters, revisions=revisions, timeline=_timeline(judged.currency, matters, revisions)
    )


def _timeline(
    currency: Currency, matters: Sequence[TrusteeMatter], revisions: Sequence[Sequence[ReceiptRevision]]
) -> tuple[Moment, ...]:
    moments = {
        Moment(
            day=some[-1].receipt.day,
            what=some[-1].receipt.movement.value.replace("_", " ") + (" (no longer told)" if some[-1].gone else ""),
            source=f"export of {some[-1].as_of:%-d %B %Y}",
            amount=f"{some[-1].receipt.amount:,.2f}",
        )
        for some in revisions
    }
    for matter in matters:
        signs = (*matter.signs, *matter.change_notices)
        moments |= {Moment(day=sign.day, what=sign.what, source=sign.entry_label) for sign in signs}
        if matter.ordered_on:
            moments.add(Moment(day=matter.ordered_on, what=f"LM period begins, {matter.number}", source="docket"))
        if matter.lm_end:
            moments.add(Moment(day=matter.lm_end, what=f"LM period ends, {matter.number}", source="docket"))
    if currency.since is not None and currency.verdict is Verdict.BEHIND:
        moments.add(Moment(day=currency.since, what="first due date not covered", source="currency test"))
    if currency.next_due is not None and currency.next_amount is not None:
        amount = f"{currency.next_amount:,.2f}"
        moments.add(Moment(day=currency.next_due, what="next due date", source="plan steps", amount=amount))
    return tuple(sorted(moments, key=lambda each: (each.day, each.what, each.amount or ""), reverse=True))
