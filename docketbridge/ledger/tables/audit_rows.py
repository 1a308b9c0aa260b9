"""The table of the audit: who saw and did what, one chain a ledger, inserted only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base


class AuditRow(Base):
    """Fact: somebody saw or did something. `hash` binds the row to all before it; the database refuses to change or take one."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(160), index=True)
    role: Mapped[str] = mapped_column(String(24))
    what: Mapped[str] = mapped_column(String(32), index=True)
    matter: Mapped[str | None] = mapped_column(String(80), index=True)
    subject: Mapped[str]
    request: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
