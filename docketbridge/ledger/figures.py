"""Figures of a ledger for whoever watches over it: counts and times in a bounded number of queries, and no docket's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.standing import State
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.tables.notice_rows import NoticeRow
from docketbridge.ledger.tables.rows import (
    DecisionRow,
    EntryRow,
    MatterRow,
    MeaningRow,
    PollRow,
    ProblemRow,
    SightingRow,
    SnapshotRow,
    StandingRow,
)

_OVER = (State.CLOSED.value, State.DENIED.value, State.WITHDRAWN.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a ledger holds, in numbers: matters by state, looks by court and outcome, and what was taken in so far."""

    matters: tuple[tuple[str, int], ...]
    polls: tuple[tuple[str, str, int], ...]
    refused: tuple[tuple[str, int], ...]
    sightings: int
    feeds: int
    problems: int
    review: int
    outbox: int
    given_up: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveMatter:
    """A matter that is not over, with what was seen of its case beside the court's feeds: through when by docket reports."""

    id: str
    number: str
    case_number: str
    reported_through: datetime | None


def figures(session: Session) -> Figures:
    """Count; eight queries, none of which reads a docket."""
    notices = session.execute(select(NoticeRow.state, func.count().label("told")).group_by(NoticeRow.state))
    outbox: dict[str, int] = {each.state: each.told for each in notices}
    states = session.execute(select(StandingRow.state, func.count()).group_by(StandingRow.state).order_by(StandingRow.state))
    polls = session.execute(
        select(PollRow.court, PollRow.outcome, func.count(), func.sum(PollRow.refused))
        .group_by(PollRow.court, PollRow.outcome)
        .order_by(PollRow.court, PollRow.outcome)
    ).all()
    refused: dict[str, int] = {}
    for court, _, _, count in polls:
        refused[court] = refused.get(court, 0) + int(count or 0)
    return Figures(
        matters=tuple((state, count) for state, count in states),
        polls=tuple((court, outcome, count) for court, outcome, count, _ in polls),
        refused=tuple(sorted(refused.items())),
        sightings=session.scalar(select(func.max(SightingRow.id))) or 0,
        feeds=session.scalar(select(func.count()).select_from(SnapshotRow)) or 0,
        problems=session.scalar(select(func.max(ProblemRow.id))) or 0,
        review=session.scalar(select(func.count()).select_from(MeaningRow).where(MeaningRow.review.is_not(None))) or 0,
        outbox=outbox.get("waiting", 0),
        given_up=outbox.get("failed", 0),
    )


def live_matters(session: Session, court: str) -> tuple[LiveMatter, ...]:
    """The matters of a court that are not over; two queries."""
    reports = session.execute(
        select(PollRow.case_number, func.max(PollRow.window_end).label("through"))
        .where(PollRow.court == court, PollRow.whole, PollRow.case_number.is_not(None), PollRow.window_end.is_not(None))
        .group_by(PollRow.case_number)
    )
    through: dict[str | None, datetime | None] = {each.case_number: each.through for each in reports}
    rows = session.execute(
        select(MatterRow.id, StandingRow.number, MatterRow.case_number)
        .join(StandingRow, StandingRow.matter == MatterRow.id)
        .where(MatterRow.court == court, StandingRow.state.not_in(_OVER))
        .order_by(StandingRow.number)
    )
    return tuple(
        LiveMatter(id=identity, number=number, case_number=case, reported_through=through.get(case))
        for identity, number, case in rows
    )


def docket_checks(session: Session, court: str) -> dict[tuple[str, str | None], datetime]:
    """Through when persons saw whole dockets, at the latest, by case number and matter (None: all of the case's); one query."""
    rows = session.execute(
        select(DecisionRow.case_number, DecisionRow.body).where(
            DecisionRow.court == court, DecisionRow.body["kind"].as_string() == DecisionKind.DOCKET_CHECKED.value
        )
    )
    told: dict[tuple[str, str | None], datetime] = {}
    for case, body in rows:
        look = from_json(body, Decision)
        if look.until is not None:
            place = (case, look.matter_id)
            told[place] = max(look.until, told.get(place, look.until))
    return told


def first_docketed(session: Session, court: str, cases: Iterable[str]) -> dict[str, datetime]:
    """When the first entry of each of these cases was docketed, where a time is known; one query."""
    rows = session.execute(
        select(EntryRow.case_number, func.min(SightingRow.entered_time))
        .join(SightingRow, SightingRow.entry == EntryRow.id)
        .where(EntryRow.court == court, EntryRow.case_number.in_(list(cases)))
        .group_by(EntryRow.case_number)
    )
    return {case: first for case, first in rows if first is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProblem:
    """An item of a feed that could not be read: of which feed, where in it, and what was wrong; never what it said."""

    feed: str
    court: str
    seen_at: datetime
    where: str
    what: str


def last_problems(session: Session, *, at_most: int) -> tuple[KeptProblem, ...]:
    """The items last kept as unreadable, newest first."""
    rows = session.execute(
        select(SnapshotRow.name, SnapshotRow.court, SnapshotRow.seen_at, ProblemRow.where, ProblemRow.what)
        .join(SnapshotRow, SnapshotRow.digest == ProblemRow.snapshot)
        .order_by(ProblemRow.id.desc())
        .limit(at_most)
    )
    return tuple(KeptProblem(feed=feed, court=court, seen_at=at, where=where, what=what) for feed, court, at, where, what in rows)
