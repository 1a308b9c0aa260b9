"""Visits in the ledger: a sign-in from one browser, by the digest of its secret, until it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from docketbridge.ledger.people.people import Person, as_person
from docketbridge.ledger.tables.people_rows import PersonRow, VisitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit and whose it is. `whole` is false while the second factor is asked for; `until` is its absolute end.

    `how` is `password`, `oidc` or `header`; `previous_at` is when the person was last seen before this visit began.
    """

    handle: str
    person: Person
    how: str
    whole: bool
    begun_at: datetime
    seen_at: datetime
    until: datetime
    previous_at: datetime | None
    address: str
    agent: str
    ended_at: datetime | None = None


def keep_visit(session: Session, visit: Visit, *, digest: str) -> None:
    """Keep that a visit begins. `digest` is the SHA-256 of its secret, as hex."""
    row = {
        "digest": digest,
        "handle": visit.handle,
        "account": visit.person.account,
        "how": visit.how,
        "whole": visit.whole,
        "begun_at": visit.begun_at,
        "seen_at": visit.seen_at,
        "until": visit.until,
        "previous_at": visit.previous_at,
        "address": visit.address,
        "agent": visit.agent,
    }
    session.execute(insert(VisitRow).values(**row))


def visit_with(session: Session, digest: str) -> Visit | None:
    """The visit whose secret has this digest, ended or not; one query."""
    found = session.execute(
        select(VisitRow, PersonRow).join(PersonRow, PersonRow.account == VisitRow.account).where(VisitRow.digest == digest)
    ).first()
    return None if found is None else _visit(found[0], found[1])


def visits_of(session: Session, account: str) -> tuple[Visit, ...]:
    """A person's visits that nobody ended, latest first."""
    rows = session.execute(
        select(VisitRow, PersonRow)
        .join(PersonRow, PersonRow.account == VisitRow.account)
        .where(VisitRow.account == account, VisitRow.ended_at.is_(None))
        .order_by(VisitRow.seen_at.desc(), VisitRow.digest)
    )
    return tuple(_visit(visit, person) for visit, person in rows)


def last_seen(session: Session, account: str) -> datetime | None:
    """When a person was last seen in any visit."""
    return session.scalar(select(func.max(VisitRow.seen_at)).where(VisitRow.account == account, VisitRow.whole))


def keep_seen(session: Session, handle: str, *, at: datetime) -> None:
    """Keep that a visit goes on."""
    session.execute(update(VisitRow).where(VisitRow.handle == handle, VisitRow.seen_at < at).values(seen_at=at))


def end_visits(
    session: Session, account: str, *, at: datetime, why: str, handle: str | None = None, but: str | None = None
) -> int:
    """End a person's visits, or the one of this handle, or all but one; how many ended."""
    chosen = update(VisitRow).where(VisitRow.account == account, VisitRow.ended_at.is_(None))
    if handle is not None:
        chosen = chosen.where(VisitRow.handle == handle)
    if but is not None:
        chosen = chosen.where(VisitRow.handle != but)
    ended = session.scalars(chosen.values(ended_at=at, ended_why=why).returning(VisitRow.handle))
    return len(ended.all())


def _visit(row: VisitRow, person: PersonRow) -> Visit:
    return Visit(
        handle=row.handle,
        person=as_person(person),
        how=row.how,
        whole=row.whole,
        begun_at=row.begun_at,
        seen_at=row.seen_at,
        until=row.until,
        previous_at=row.previous_at,
        address=row.address,
        agent=row.agent,
        ended_at=row.ended_at,
    )
