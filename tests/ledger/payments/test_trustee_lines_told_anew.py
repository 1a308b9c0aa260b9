"""A ledger of an earlier version: trustees' lines in an old shape are dropped, and told anew at the next look."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import update
from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.payments.currencies import trustee_matters
from docketbridge.ledger.tables.payment_rows import TrusteeMatterRow
from docketbridge.plugins import discover
from docketbridge.settings import read_settings

REPORT = Path(__file__).parents[2] / "sample_court" / "feeds" / "docket-reports" / "26-10011_2026-08-19T0745.html"


@pytest.mark.usefixtures("database")
def test_lines_in_an_old_shape_are_dropped_by_the_migration_and_told_anew_at_the_next_look(database):
    desk = Desk(settings=read_settings({}, database=database), plugins=discover(), today=date(2026, 8, 19))
    desk.take_in(RawFeed(content=REPORT.read_bytes(), name=REPORT.name))
    with Session(desk.engine) as session:
        (before,) = trustee_matters(session, trustee_id="marguerite-t-osei")
    with writing_engine(desk.engine).begin() as connection:
        connection.execute(update(TrusteeMatterRow).values(body={"id": "m", "trial": "trial plan since July"}))
        with Operations.context(MigrationContext.configure(connection)):
            import_module("docketbridge.ledger.migrations.versions.0011_trustee_lines").upgrade()
    with Session(desk.engine) as session:
        assert trustee_matters(session, trustee_id="marguerite-t-osei") == ()
    assert desk.refresh() == 1
    with Session(desk.engine) as session:
        assert trustee_matters(session, trustee_id="marguerite-t-osei") == (before,)
    assert desk.refresh() == 0
    desk.engine.dispose()
