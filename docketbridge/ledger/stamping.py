"""A cheap stamp of all facts: while it stays the same, what follows from the facts stays the same."""

from __future__ import annotations

import hashlib

from sqlalchemy import Integer, ScalarSelect, Table, func, select
from sqlalchemy.orm import Session

from docketbridge.ledger.tables.api_token_rows import API_TOKENS
from docketbridge.ledger.tables.audit_rows import AuditRow
from docketbridge.ledger.tables.list_rows import DERIVED_OF_LISTS
from docketbridge.ledger.tables.notice_rows import NOTICES
from docketbridge.ledger.tables.payment_rows import DERIVED_OF_PAYMENTS
from docketbridge.ledger.tables.people_rows import PEOPLE
from docketbridge.ledger.tables.portal_rows import DERIVED_OF_PORTALS, PortalAccountRow, PortalFactRow, PortalProblemRow
from docketbridge.ledger.tables.rows import (
    DERIVED,
    Base,
    CalendarTokenEndRow,
    CalendarTokenRow,
    CalendarTokenUseRow,
    EntryKeyRow,
    EntryRow,
    ProblemRow,
    PublishedRow,
    SnapshotRow,
)
from docketbridge.ledger.tables.schedule_rows import SCHEDULE
from docketbridge.ledger.tables.search_rows import DERIVED_OF_SEARCH
from docketbridge.ledger.tables.share_rows import SHARES

# Nothing that a calendar or a page tells follows from substance (FRE 408), whose tables all begin with this.
SUBSTANCE = "substance_"
# Nor from who may fetch it or sign in, saw it, was told of it or does its tasks, or when a job ran.
# What calendars publish follows from facts.
_APART = (
    CalendarTokenRow,
    CalendarTokenEndRow,
    CalendarTokenUseRow,
    PublishedRow,
    *PEOPLE,
    *SCHEDULE,
    *NOTICES,
    *SHARES,
    *API_TOKENS,
    AuditRow,
)
# Each row of these comes in one transaction with a poll, a sighting or an export, which are stamped.
_IN_COMPANY = (SnapshotRow, ProblemRow, EntryRow, EntryKeyRow, PortalAccountRow, PortalFactRow, PortalProblemRow)


def stamped_tables() -> tuple[Table, ...]:
    """The tables that the stamp looks at: every table of facts, a new one too, but for those left out above."""
    left_out = {
        row.__tablename__
        for row in (
            *DERIVED,
            *DERIVED_OF_LISTS,
            *DERIVED_OF_PAYMENTS,
            *DERIVED_OF_PORTALS,
            *DERIVED_OF_SEARCH,
            *_APART,
            *_IN_COMPANY,
        )
    }
    tables = (table for table in Base.metadata.sorted_tables if table.name not in left_out)
    return tuple(table for table in tables if not table.name.startswith(SUBSTANCE))


def stamp(session: Session) -> str:
    """Stamp the facts (16 hex digits); one query that reads the end of an index of each large table.

    Facts are inserted only, so the highest number of a table tells whether any came; tables without numbers are counted.
    On PostgreSQL a transaction that took its number earlier may commit later, unseen by the stamp until the next fact:
    whoever keeps something under a stamp keeps it for minutes, not for ever.
    """
    marks = session.execute(select(*(_mark(table) for table in stamped_tables()))).one()
    return hashlib.blake2b(repr(tuple(marks)).encode(), digest_size=8).hexdigest()


def _mark(table: Table) -> ScalarSelect[int | None]:
    number = table.columns.get("id")
    if number is not None and isinstance(number.type, Integer):
        return select(func.max(number)).scalar_subquery()
    return select(func.count()).select_from(table).scalar_subquery()
