"""The table that lists over many matters read: a row for each hearing, deadline, task, stay point, item, piece of news, mark."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.rows import Base


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
    __table_args__ = (Index("list_line_by_day", "kind", "key", "day"), Index("list_line_by_kind", "kind", "day"))


DERIVED_OF_LISTS = (ListLineRow,)
