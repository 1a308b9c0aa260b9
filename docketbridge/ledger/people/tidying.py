"""Putting away what has lapsed and nothing rests on: ended visits and old failures to sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Delete, delete, func, select
from sqlalchemy.orm import Session, aliased

from docketbridge.ledger.tables.people_rows import SignInFailureRow, VisitRow


def forget_visits(session: Session, *, before: datetime) -> int:
    """Drop the visits that were over before a time, but for each person's last; how many there were."""
    later = aliased(VisitRow)
    has_later = select(later.digest).where(later.account == VisitRow.account, later.begun_at > VisitRow.begun_at).exists()
    return _gone(session, delete(VisitRow).where(func.coalesce(VisitRow.ended_at, VisitRow.until) < before, has_later))


def forget_failures(session: Session, *, before: datetime) -> int:
    """Drop the failures to sign in of which the last is older than a time and holds nobody any longer; how many there were."""
    held = SignInFailureRow.held_until.is_not(None) & (SignInFailureRow.held_until >= before)
    return _gone(session, delete(SignInFailureRow).where(SignInFailureRow.last_at < before, ~held))


def _gone(session: Session, statement: Delete) -> int:
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)
