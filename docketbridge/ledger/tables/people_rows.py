"""The tables of people: who may sign in, what was changed about them, their visits, second factors and failed sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base


class PersonRow(Base):
    """Kept: a person who may sign in, as the last change left it. Of the password only its Argon2 hash is kept."""

    __tablename__ = "person"
    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(24))
    scope_id: Mapped[str] = mapped_column(String(80))
    name: Mapped[str]
    email: Mapped[str | None]
    matters: Mapped[list[Any]]
    active: Mapped[bool]
    password: Mapped[str | None]
    password_at: Mapped[datetime | None]
    made_at: Mapped[datetime]


class PersonChangeRow(Base):
    """Fact: something about a person was changed: what, by whom, when and why. `told` never holds a secret."""

    __tablename__ = "person_change"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("person.account"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[str] = mapped_column(String(24))
    told: Mapped[dict[str, Any]]
    reason: Mapped[str]


class VisitRow(Base):
    """Kept: one sign-in from one browser, until it ends. Of the cookie's secret only its SHA-256 is kept.

    `whole` is false while the second factor is still asked for. `handle` names the visit to people.
    """

    __tablename__ = "visit"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    handle: Mapped[str] = mapped_column(String(16), unique=True)
    account: Mapped[str] = mapped_column(ForeignKey("person.account"), index=True)
    how: Mapped[str] = mapped_column(String(12))
    whole: Mapped[bool]
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    until: Mapped[datetime]
    previous_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(200))
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(String(24))


class SignInFailureRow(Base):
    """Kept: how often a sign-in failed lately, by account or by address (as digests: a mistyped name may be a password)."""

    __tablename__ = "sign_in_failure"
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    held_until: Mapped[datetime | None]


class SecondFactorRow(Base):
    """Kept: a person's secret for one-time codes, sealed with the instance's key; `last_step` is the last step used."""

    __tablename__ = "second_factor"
    account: Mapped[str] = mapped_column(ForeignKey("person.account"), primary_key=True)
    sealed: Mapped[str]
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None]


class RecoveryCodeRow(Base):
    """Kept: a code that stands in once for the second factor; of it only a SHA-256."""

    __tablename__ = "recovery_code"
    account: Mapped[str] = mapped_column(ForeignKey("person.account"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime | None]


PEOPLE = (PersonRow, PersonChangeRow, VisitRow, SignInFailureRow, SecondFactorRow, RecoveryCodeRow)
"""Nothing that a page or calendar tells of a matter follows from these."""
