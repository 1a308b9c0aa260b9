"""The tables that lists over many matters read: a row for each hearing, deadline, task, piece of news; and passages."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base


class ListLineRow(Base):
    """Derived: one line of a matter as lists show it; `place_in` is its place among the matter's lines."""

    __tablename__ = "list_line"
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    place_in: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(64))
    day: Mapped[date | None]
    latest: Mapped[date | None]
    since: Mapped[date | None]
    clock: Mapped[str | None] = mapped_column(String(5))
    place: Mapped[str | None]
    owner: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(24))
    count: Mapped[int | None]
    what: Mapped[str]
    why: Mapped[str]
    cite: Mapped[str]
    label: Mapped[str | None]
    entry: Mapped[str | None] = mapped_column(String(32))
    __table_args__ = (Index("list_line_by_day", "kind", "key", "day"), Index("list_line_by_kind", "kind", "day", "status"))


class PassageRow(Base):
    """Derived: a matter's passage through the program and its open tasks; each of `moves` is a day, what moved it, from, to."""

    __tablename__ = "passage"
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    mediator: Mapped[str | None]
    requested_on: Mapped[date | None]
    ordered_on: Mapped[date | None]
    extensions: Mapped[int]
    moves: Mapped[list[Any]]
    tasks: Mapped[list[Any]]


DERIVED_OF_LISTS = (ListLineRow, PassageRow)
