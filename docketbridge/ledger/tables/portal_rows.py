"""The tables of a portal's record, of sessions and of assignments: process only; substance has its own in `substance.py`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base


class PortalExportRow(Base):
    """Fact: an export of a portal's account history was taken in. Its bytes are not kept: they are full of substance."""

    __tablename__ = "portal_export"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    format: Mapped[str] = mapped_column(String(32))
    mapping: Mapped[str] = mapped_column(String(80))
    seen_at: Mapped[datetime]


class PortalProblemRow(Base):
    """Fact: a row of an export that could not be taken in: where and why, and nothing of what it holds."""

    __tablename__ = "portal_problem"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    export: Mapped[int] = mapped_column(ForeignKey("portal_export.id"), index=True)
    where: Mapped[str]
    what: Mapped[str]


class PortalAccountRow(Base):
    """Fact: what an export said an account is of; the same telling is one row."""

    __tablename__ = "portal_account"
    name: Mapped[str] = mapped_column(String(160), primary_key=True)
    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    export: Mapped[int] = mapped_column(ForeignKey("portal_export.id"))
    court: Mapped[str | None] = mapped_column(String(120))
    case_number: Mapped[str | None] = mapped_column(String(120))
    case_key: Mapped[str | None] = mapped_column(String(32), index=True)
    last_four: Mapped[str | None] = mapped_column(String(4))
    borrower: Mapped[str | None]
    servicer: Mapped[str | None]


class PortalFactRow(Base):
    """Fact: an act on a portal account, its process side: closed words, codes and times only."""

    __tablename__ = "portal_fact"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    export: Mapped[int] = mapped_column(ForeignKey("portal_export.id"))
    line: Mapped[int]
    account: Mapped[str] = mapped_column(String(160), index=True)
    at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(24))
    by: Mapped[str] = mapped_column(String(12))
    owner: Mapped[str | None] = mapped_column(String(12))
    document: Mapped[str | None] = mapped_column(String(24))
    item: Mapped[str | None] = mapped_column(String(12))
    due: Mapped[date | None]
    number: Mapped[str | None] = mapped_column(String(40))
    answers: Mapped[str | None] = mapped_column(String(40))
    status: Mapped[str | None] = mapped_column(String(16))
    rejection: Mapped[str | None] = mapped_column(String(16))


class PortalLinkRow(Base):
    """Fact: a person said which matter an account is of (None: of none); the last word counts."""

    __tablename__ = "portal_link"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account: Mapped[str] = mapped_column(String(160), index=True)
    matter: Mapped[str | None] = mapped_column(ForeignKey("matter.id"))
    by: Mapped[str]
    at: Mapped[datetime]


class SessionRow(Base):
    """Fact: a session of a matter as its mediator noted it; process only. A later record of the same start replaces it."""

    __tablename__ = "session_record"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"), index=True)
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]]


class AssignmentRow(Base):
    """Fact: a mediator was asked to take a matter, and accepted or declined."""

    __tablename__ = "assignment"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"), index=True)
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]]


class PortalMatchRow(Base):
    """Derived: which matter a portal account is of, or why a person must say."""

    __tablename__ = "portal_match"
    account: Mapped[str] = mapped_column(String(160), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(12), index=True)
    matter: Mapped[str | None] = mapped_column(ForeignKey("matter.id"), index=True)
    why: Mapped[str]
    candidates: Mapped[list[Any]]


DERIVED_OF_PORTALS = (PortalMatchRow,)
