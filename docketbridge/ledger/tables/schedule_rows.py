"""The tables of the schedule: which process leads it, and every run of a job. Nothing about a matter follows from them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base


class LeaseRow(Base):
    """Kept: which process does a piece of work for the whole instance, and until when by the database's clock."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(160))
    host: Mapped[str] = mapped_column(String(120))
    since: Mapped[datetime]
    until: Mapped[datetime]


class JobRunRow(Base):
    """Fact: a job was run for a time it was due; one row for each, so that no due run is made twice.

    While it runs it is leased to its process (`holder`, `until`); a run whose lease lapsed before it ended is run again,
    as the next `attempt`. `outcome` is `done`, `failed` or `given up`; `told` says in one line what came of it.
    """

    __tablename__ = "job_run"
    job: Mapped[str] = mapped_column(String(160), primary_key=True)
    due: Mapped[datetime] = mapped_column(primary_key=True)
    attempt: Mapped[int] = mapped_column(Integer)
    holder: Mapped[str] = mapped_column(String(160))
    host: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12), index=True)
    told: Mapped[str | None]


SCHEDULE = (LeaseRow, JobRunRow)
"""No page but the one about the instance's health tells of these."""
