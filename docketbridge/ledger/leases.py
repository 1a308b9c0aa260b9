"""Leases: one process at a time does a piece of work for the whole instance, by the database's clock, not the machines' own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from docketbridge.ledger.database import insert_if_new, one_writer
from docketbridge.ledger.tables.rows import Base
from docketbridge.ledger.tables.schedule_rows import LeaseRow

_TABLE = Base.metadata.tables[LeaseRow.__tablename__]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A piece of work and the process that holds it. Times are aware UTC, of the database's clock."""

    name: str
    holder: str
    host: str
    since: datetime
    until: datetime


def database_now(session: Session) -> datetime:
    """What time it is by the database: the one clock that all hosts of an instance share (aware UTC).

    The clock, not the start of the transaction: a transaction may have waited for another's lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        at: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
        return at.astimezone(UTC)
    told: str = session.execute(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).scalar_one()
    return datetime.fromisoformat(told).replace(tzinfo=UTC)


def take_lease(session: Session, name: str, *, holder: str, host: str, length: timedelta) -> Lease:
    """Take a lease, or renew one's own, for `length` from now; another's only once it has lapsed. The lease as it stands then.

    The session must be a writing one; it holds back others who ask until it ends.
    """
    one_writer(session, "schedule")
    now = database_now(session)
    row = session.get(LeaseRow, name, populate_existing=True)
    if row is None:
        told: dict[str, Any] = {"name": name, "holder": holder, "host": host, "since": now, "until": now + length}
        insert_if_new(session, _TABLE, told)
        return Lease(**told)
    if row.holder == holder or row.until <= now:
        since = row.since if row.holder == holder and row.until > now else now
        changed: dict[str, Any] = {"holder": holder, "host": host, "since": since, "until": now + length}
        session.execute(update(LeaseRow).where(LeaseRow.name == name).values(**changed))
        return Lease(name=name, **changed)
    return _lease(row)


def release_lease(session: Session, name: str, *, holder: str) -> None:
    """Give one's own lease back, so that another need not wait for it to lapse; another's is left alone."""
    session.execute(delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder))


def lease_now(session: Session, name: str) -> Lease | None:
    """Who holds a lease at this moment; None when nobody does."""
    row = session.get(LeaseRow, name, populate_existing=True)
    return _lease(row) if row is not None and row.until > database_now(session) else None


def _lease(row: LeaseRow) -> Lease:
    return Lease(name=row.name, holder=row.holder, host=row.host, since=row.since, until=row.until)
