"""People in the ledger: who may sign in with what, and every change of it as a fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.orm import Session

from docketbridge.ledger.database import insert_if_new
from docketbridge.ledger.tables.people_rows import PersonChangeRow, PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person who may sign in. `role` and `scope_id` say what is theirs, for a party's side `matters` (ids)."""

    account: str
    role: str
    scope_id: str
    name: str
    email: str | None
    matters: frozenset[str]
    active: bool
    has_password: bool
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """A change of a person as it was kept: what, by whom, when, why; `told` are the new values, never a secret."""

    account: str
    at: datetime
    by: str
    what: str
    told: Mapping[str, Any]
    reason: str


def add_person(session: Session, person: Person, *, password: str | None) -> bool:
    """Keep a new person; False when there is one of this account. `password` is a hash."""
    row = {
        "account": person.account,
        "role": person.role,
        "scope_id": person.scope_id,
        "name": person.name,
        "email": person.email,
        "matters": sorted(person.matters),
        "active": person.active,
        "password": password,
        "password_at": person.made_at if password else None,
        "made_at": person.made_at,
    }
    return insert_if_new(session, cast("Table", PersonRow.__table__), row)


def replace_person(session: Session, person: Person) -> None:
    """Let a person be as told from now on; password and role stay as they are."""
    values = {
        "scope_id": person.scope_id,
        "name": person.name,
        "email": person.email,
        "matters": sorted(person.matters),
        "active": person.active,
    }
    session.execute(update(PersonRow).where(PersonRow.account == person.account).values(**values))


def keep_password(session: Session, account: str, password: str | None, *, at: datetime) -> None:
    """Replace a person's password by another hash; None: no password signs this person in."""
    session.execute(update(PersonRow).where(PersonRow.account == account).values(password=password, password_at=at))


def keep_change(session: Session, change: PersonChange) -> None:
    """Keep that a person was changed."""
    told = {"account": change.account, "at": change.at, "by": change.by, "what": change.what, "reason": change.reason}
    session.execute(insert(PersonChangeRow).values(**told, told=dict(change.told)))


def person_of(session: Session, account: str) -> Person | None:
    """The person of this account."""
    row = session.get(PersonRow, account)
    return None if row is None else as_person(row)


def password_of(session: Session, account: str) -> str | None:
    """The hash of a person's password, None where there is no such person or no password."""
    return session.scalar(select(PersonRow.password).where(PersonRow.account == account))


def person_with_email(session: Session, email: str) -> Person | None:
    """The one active person with this e-mail address, whatever its case; None when there is none, or several."""
    rows = session.scalars(select(PersonRow).where(func.lower(PersonRow.email) == email.lower(), PersonRow.active)).all()
    return as_person(rows[0]) if len(rows) == 1 else None


def people_kept(session: Session) -> tuple[Person, ...]:
    """Everybody, by account."""
    return tuple(as_person(row) for row in session.scalars(select(PersonRow).order_by(PersonRow.account)))


def anybody(session: Session) -> bool:
    """Whether there is an active person at all."""
    return session.scalar(select(PersonRow.account).where(PersonRow.active).limit(1)) is not None


def changes_of(session: Session, accounts: Iterable[str]) -> tuple[PersonChange, ...]:
    """What was changed about these people, latest first."""
    rows = session.scalars(
        select(PersonChangeRow).where(PersonChangeRow.account.in_(accounts)).order_by(PersonChangeRow.id.desc())
    )
    return tuple(
        PersonChange(account=row.account, at=row.at, by=row.by, what=row.what, told=row.told, reason=row.reason) for row in rows
    )


def as_person(row: PersonRow) -> Person:
    """A row as a value, without the password's hash."""
    return Person(
        account=row.account,
        role=row.role,
        scope_id=row.scope_id,
        name=row.name,
        email=row.email,
        matters=frozenset(row.matters),
        active=row.active,
        has_password=row.password is not None,
        made_at=row.made_at,
    )
