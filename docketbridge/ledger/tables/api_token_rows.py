"""The table of the personal tokens by which programs ask the API for people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base


class ApiTokenRow(Base):
    """Kept: one token of a person, until it ends. Of its secret only the SHA-256 is kept; `id` names it to people."""

    __tablename__ = "api_token"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    account: Mapped[str] = mapped_column(ForeignKey("person.account"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    scopes: Mapped[list[Any]]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(String(24))
    used_at: Mapped[datetime | None]


API_TOKENS = (ApiTokenRow,)
"""Nothing that a page or calendar tells of a matter follows from these."""
