"""A desk with jobs of a plugin that a test fills, on each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, delete, text
from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.ledger.database import open_ledger, writing_engine
from docketbridge.ledger.job_runs import Claimant
from docketbridge.ledger.tables.schedule_rows import SCHEDULE
from docketbridge.plugins import Found, Job, Plugin, check
from docketbridge.schedule.runner import this_process
from docketbridge.settings import Settings


@dataclass
class Told:
    """A job that notes when it was run, and does what a test tells it to."""

    runs: list = field(default_factory=list)
    does: Callable[[Desk], str | None] = lambda _: None

    def __call__(self, desk):
        self.runs.append(desk)
        return self.does(desk)


@pytest.fixture
def job():
    return Told()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a ledger for all tests of the folder, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('schedule') / 'ledger.sqlite'}"
        return
    server = request.getfixturevalue("postgres")
    admin = create_engine(server.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")
    name = f"schedule_{uuid4().hex}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.replace("/postgres?", f"/{name}?", 1)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def database(ledger: str) -> str:
    """That ledger, with no lease and no run in it."""
    engine = open_ledger(ledger)
    with Session(writing_engine(engine)) as session, session.begin():
        for table in SCHEDULE:
            session.execute(delete(table))
    engine.dispose()
    return ledger


@pytest.fixture
def desk(database: str, tmp_path: Path, job: Told) -> Iterator[Desk]:
    plugin = Plugin(name="tests", title="A job", jobs=(Job(name="count", every_minutes=60, run=job),))
    plugins = check([Found(plugin=plugin, origin="tests")])
    opened = Desk(settings=Settings(folder=tmp_path, database=database), plugins=plugins, today=None)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def process() -> Callable[..., Claimant]:
    """Make a process that asks for work, as if on a host of its own."""

    def make(*, seconds: float = 60, leading: bool = True) -> Claimant:
        return this_process(timedelta(seconds=seconds), leading=leading)

    return make
