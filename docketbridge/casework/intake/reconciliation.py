"""The nightly reconciliation: which watched cases have holes in their numbers or in their watch, and want a docket report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.gaps import account_of, accounted_through, live_matters
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.reconciling import Hole, document_holes_in, holes_in
from docketbridge.domain.watching import Gap
from docketbridge.ledger.dockets.polls import courts_polled
from docketbridge.ledger.dockets.queries import entries_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWanted:
    """A watched case that wants its docket report, with the numbers of its matters, and why it does.

    `sequences` and `documents` are the sequence numbers and document numbers that no feed told, `gaps` the stretches of time
    that no window of its court shows. A docket report that covers them closes them, as does a person's look at the docket.
    """

    case: CaseKey
    matters: tuple[str, ...]
    sequences: tuple[Hole, ...]
    documents: tuple[Hole, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """One court's watched cases held against their own numbers: how many there are, and those that want a docket report."""

    court: str
    timezone: str
    watched: int
    wanted: tuple[ReportWanted, ...]


def reconcile(desk: Desk, court: str | None = None) -> tuple[Reconciliation, ...]:
    """Reconcile the watched cases of one court, or of every court looked at. Raises ProfileError for an unknown court."""
    desk.refresh()
    with Session(desk.engine) as session:
        courts = (court,) if court is not None else courts_polled(session)
        return tuple(_reconciled(session, each, desk.rulebook.calendar(each).timezone) for each in courts)


def _reconciled(session: Session, court: str, timezone: str) -> Reconciliation:
    matters: dict[CaseKey, list[str]] = defaultdict(list)
    for line in live_matters(session, court):
        matters[CaseKey(court=line.court, number=line.case_number)].append(line.number)
    gaps: dict[CaseKey, list[Gap]] = defaultdict(list)
    for gap in account_of(session, court, timezone=timezone).gaps if matters else ():
        for case in gap.wanted:
            gaps[case].append(Gap(start=gap.start, end=gap.end))
    looked_at = (_wanted(session, case, matters[case], gaps[case], timezone) for case in sorted(matters))
    wanted = tuple(each for each in looked_at if each.sequences or each.documents or each.gaps)
    return Reconciliation(court=court, timezone=timezone, watched=len(matters), wanted=wanted)


def _wanted(session: Session, case: CaseKey, matters: list[str], gaps: list[Gap], timezone: str) -> ReportWanted:
    entries = entries_of(session, case)
    accounted = accounted_through(session, case)
    return ReportWanted(
        case=case,
        matters=tuple(sorted(matters)),
        sequences=holes_in(entries, accounted_through=accounted, timezone=timezone),
        documents=document_holes_in(entries, accounted_through=accounted, timezone=timezone),
        gaps=tuple(gaps),
    )
