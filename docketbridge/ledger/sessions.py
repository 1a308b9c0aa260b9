"""Sessions and assignments of mediators as facts: inserted only, the last word on each counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.sessions import Assignment, SessionRecord
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.tables.portal_rows import AssignmentRow, SessionRow
from docketbridge.ledger.tables.rows import MatterRow, StandingRow
from docketbridge.ledger.visibility import Visible


def keep_session(session: Session, record: SessionRecord) -> None:
    """Keep what a mediator noted of a session."""
    session.execute(insert(SessionRow).values(matter=record.matter, at=record.noted_at, body=to_json(record)))


def sessions_of(session: Session, matters: Collection[str]) -> dict[str, tuple[SessionRecord, ...]]:
    """The sessions of these matters, oldest first; of two records of one start the later counts."""
    rows = session.scalars(select(SessionRow).where(SessionRow.matter.in_(matters)).order_by(SessionRow.id))
    told: dict[str, dict[object, SessionRecord]] = {}
    for row in rows:
        record = from_json(row.body, SessionRecord)
        told.setdefault(row.matter, {})[record.start] = record
    return {matter: tuple(sorted(some.values(), key=lambda each: each.start)) for matter, some in told.items()}


def next_sessions(session: Session, *, visible: Visible, today: date) -> dict[str, datetime]:
    """When the next session is (local court time) that the last record of each matter sets, today or later; one query."""
    start, following = SessionRow.body["start"].as_string(), SessionRow.body["next"]["start"].as_string()
    rows = session.execute(
        select(SessionRow.matter, start, following)
        .join(StandingRow, StandingRow.matter == SessionRow.matter)
        .join(MatterRow, MatterRow.id == SessionRow.matter)
        .where(visible.condition())
        .order_by(SessionRow.id)
    )
    # Of two records of one start the later counts; of all that set a next session, the one of the latest start.
    told: dict[str, dict[str, str | None]] = {}
    for matter, began, next_start in rows:
        told.setdefault(matter, {})[began] = next_start
    last = {matter: next((each for _, each in sorted(some.items(), reverse=True) if each), None) for matter, some in told.items()}
    ahead = {matter: datetime.fromisoformat(each) for matter, each in last.items() if each}
    return {matter: each for matter, each in ahead.items() if each.date() >= today}


def keep_assignment(session: Session, assignment: Assignment) -> None:
    """Keep that a mediator was asked, and what came of it."""
    session.execute(insert(AssignmentRow).values(matter=assignment.matter, at=assignment.at, body=to_json(assignment)))


def assignments_of(session: Session, matters: Collection[str]) -> dict[str, Assignment]:
    """The last assignment of each of these matters."""
    rows = session.scalars(select(AssignmentRow).where(AssignmentRow.matter.in_(matters)).order_by(AssignmentRow.id))
    return {row.matter: from_json(row.body, Assignment) for row in rows}
