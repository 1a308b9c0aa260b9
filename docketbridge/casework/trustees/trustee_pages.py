"""What a trustee's page shows: own cases only, what comes up, verdicts beside the LM period, and the trustee's own days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from docketbridge.casework.trustees.trustee_days import TrusteeDay, days_ahead
from docketbridge.casework.trustees.trustee_lines import TrusteeLine, case_of, rank, seriousness
from docketbridge.domain.payments.plan_payments import Verdict
from docketbridge.domain.views.trustee_view import ApprovalLine, HearingLine, ObjectionWindow
from docketbridge.errors import UsageError
from docketbridge.ledger.payments.currencies import JudgedCase, currencies, trustee_matters

VISIT = timedelta(days=7)
"""How far back "since the last visit" reaches where nobody says when that was."""
_FIRST_PAYMENTS = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportsSeen:
    """For which days exports told of the trustee's cases: the newest, how many cases have only an older one, how many none."""

    newest: date | None
    older: int
    without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteePage:
    """All of one trustee's page. `lines` come most serious first; `days` are today's and the next seven days'.

    The other lists are the trustee's own: windows soonest first, moved confirmation hearings by the day they now stand on,
    cases unconfirmed because of the period the longest first.
    """

    trustee_id: str
    today: date
    since: date
    days: tuple[TrusteeDay, ...]
    lines: tuple[TrusteeLine, ...]
    others: tuple[JudgedCase, ...]
    windows: tuple[tuple[TrusteeLine, ObjectionWindow], ...]
    approvals: tuple[tuple[TrusteeLine, ApprovalLine], ...]
    moved: tuple[tuple[TrusteeLine, HearingLine], ...]
    first_payments: tuple[TrusteeLine, ...]
    approved: tuple[TrusteeLine, ...]
    unconfirmed: tuple[TrusteeLine, ...]
    to_set: tuple[TrusteeLine, ...]
    exports: ExportsSeen

    @property
    def at_risk(self) -> tuple[TrusteeLine, ...]:
        """Matters whose debtor the record shows behind while the period runs."""
        return tuple(line for line in self.lines if line.at_risk)

    @property
    def not_at_risk(self) -> tuple[TrusteeLine, ...]:
        """All other matters."""
        return tuple(line for line in self.lines if not line.at_risk)

    @property
    def overdue(self) -> int:
        """How many papers after approval are past their day and not seen."""
        return sum(
            paper.due is not None and paper.due < self.today for line in self.approved for paper in line.matter.outstanding
        )

    def counted(self) -> Mapping[str, int]:
        """How many matters in their period have each verdict; `no export` where none told of the case."""
        counts = {verdict.value: 0 for verdict in Verdict} | {"no export": 0}
        for line in self.lines:
            if line.matter.in_period:
                counts[line.currency.verdict.value if line.currency else "no export"] += 1
        return counts


def trustee_page(
    session: Session, trustee_id: str, *, today: date, since: date | None = None, may_be_empty: bool = False
) -> TrusteePage:
    """Draw one trustee's page together, in two queries whatever the number of cases.

    Raises UsageError for a trustee with no case here, unless the page may be empty (a trustee's own, on the first day).
    """
    matters = trustee_matters(session, trustee_id=trustee_id)
    judged = {each.case: each for each in currencies(session, trustee_id=trustee_id)}
    if not matters and not judged and not may_be_empty:
        raise UsageError(f"no trustee {trustee_id!r} has a case here")
    found = ((matter, judged.get(case_of(matter))) for matter in matters)
    lines = [TrusteeLine(matter=matter, currency=each.currency if each else None, today=today) for matter, each in found]
    lines.sort(key=seriousness)
    with_matter = {case_of(matter) for matter in matters}
    visited = since or today - VISIT
    moved = [
        (line, hearing)
        for line in lines
        for hearing in line.matter.hearings
        if hearing.about == "confirmation" and hearing.moved_on is not None and hearing.moved_on >= visited
    ]
    windows = [(line, window) for line in lines for window in line.matter.windows if window.latest >= today]
    approvals = [(line, each) for line in lines for each in line.matter.approvals]
    others = [each for each in judged.values() if each.case not in with_matter]
    return TrusteePage(
        trustee_id=trustee_id,
        today=today,
        since=visited,
        days=days_ahead(lines, today),
        lines=tuple(lines),
        others=tuple(sorted(others, key=lambda each: (rank(each.currency.verdict), -each.currency.missed, each.case))),
        windows=tuple(sorted(windows, key=lambda pair: (pair[1].earliest, pair[0].matter.number))),
        approvals=tuple(sorted(approvals, key=_approval_order)),
        moved=tuple(sorted(moved, key=lambda pair: (pair[1].start, pair[0].matter.number))),
        first_payments=tuple(sorted((line for line in lines if _awaits_first(line)), key=_first_due)),
        approved=tuple(sorted((line for line in lines if line.matter.after_approval), key=_first_paper)),
        unconfirmed=tuple(
            sorted((line for line in lines if line.matter.waits_for_confirmation), key=lambda line: -(line.days_open or 0))
        ),
        to_set=tuple(line for line in lines if line.matter.over and line.matter.to_set),
        exports=_exports(tuple(judged.values()), lines),
    )


def _exports(judged: Sequence[JudgedCase], lines: Sequence[TrusteeLine]) -> ExportsSeen:
    days = [each.currency.as_of for each in judged if each.currency.as_of is not None]
    newest = max(days, default=None)
    older = sum(day != newest for day in days)
    return ExportsSeen(newest=newest, older=older, without=len({case_of(x.matter) for x in lines if x.currency is None}))


def _approval_order(pair: tuple[TrusteeLine, ApprovalLine]) -> tuple[bool, int, str]:
    """Requests not ruled on first, then the newest."""
    line, approval = pair
    return (not approval.pending, -(approval.day or date.min).toordinal(), line.matter.number)


def _awaits_first(line: TrusteeLine) -> bool:
    """Whether a first payment is still to be seen; without any export only while its day is not long past."""
    day = line.first_payment
    return day is not None and (line.currency is not None or day >= line.today - _FIRST_PAYMENTS)


def _first_due(line: TrusteeLine) -> tuple[date, str]:
    return (line.first_payment or date.max, line.matter.number)


def _first_paper(line: TrusteeLine) -> tuple[date, str]:
    return (min((paper.due for paper in line.matter.outstanding if paper.due), default=date.max), line.matter.number)
