"""What full-text search keeps beside the facts: which feeds it has not read yet. The index itself is the database's own."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base

INDEX = "docket_words"
"""The full-text index: FTS5 with its shadow tables on SQLite, a table of tsvector on PostgreSQL; filled from facts."""


class UnsearchedRow(Base):
    """Derived: a feed whose tellings are not in the full-text index yet."""

    __tablename__ = "unsearched"
    snapshot: Mapped[str] = mapped_column(ForeignKey("snapshot.digest"), primary_key=True)


DERIVED_OF_SEARCH = (UnsearchedRow,)
