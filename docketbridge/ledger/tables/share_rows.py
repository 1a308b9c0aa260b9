"""The tables of who does which tasks: shares of the clerk's office, and covers for a colleague who is away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base


class TaskShareRow(Base):
    """Fact: whose tasks a person does, by judges' initials and last digits of case numbers; the newest of an account holds."""

    __tablename__ = "task_share"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("person.account"), index=True)
    judges: Mapped[list[Any]]
    digits: Mapped[list[Any]]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class TaskCoverRow(Base):
    """Fact: somebody does an absent colleague's tasks through a day, or hands them back (`through` empty); the newest holds."""

    __tablename__ = "task_cover"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    absent: Mapped[str] = mapped_column(ForeignKey("person.account"), index=True)
    account: Mapped[str] = mapped_column(ForeignKey("person.account"))
    through: Mapped[date | None]
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


SHARES = (TaskShareRow, TaskCoverRow)
