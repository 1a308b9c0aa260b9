"""Opening a ledger: SQLite by default, PostgreSQL by URL; one writer at a time per court; the schema by Alembic."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table

from docketbridge.errors import LedgerError

_BUSY_SECONDS = 60
_WRITING = "docketbridge_writing"


def open_ledger(url: str) -> Engine:
    """Open a ledger that is ready to work on; an empty database becomes one. Raises LedgerError."""
    engine = open_engine(url)
    ready(engine)
    return engine


def open_engine(url: str) -> Engine:
    """Open a database by SQLAlchemy URL (`sqlite:///FILE`, `postgresql://…`). Raises LedgerError on a URL that is none."""
    try:
        parsed = make_url(url)
    except ArgumentError as fault:
        raise LedgerError("the database URL cannot be read; write sqlite:///FILE or postgresql://HOST/NAME") from fault
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        return _sqlite(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    raise LedgerError(f"no such kind of database here: {parsed.get_backend_name()!r}; use sqlite or postgresql")


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver's own transaction handling is switched off: we begin ourselves, at once for writers.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def writing_engine(engine: Engine) -> Engine:
    """The same database for writers: on SQLite each transaction takes the write lock at its start."""
    return engine.execution_options(**{_WRITING: True})


def one_writer(session: Session, court: str) -> None:
    """Hold other writers of this court until the transaction ends, so that two processes never interleave one feed."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:court))"), {"court": f"docketbridge:{court}"})


def insert_if_new(session: Session, table: Table, row: dict[str, Any]) -> bool:
    """Insert a fact unless one with the same unique key stands already; whether it was new. One helper, both dialects."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # The two dialects' insert() are alike in all that is used here, but not in their types.
    statement = cast("Any", insert)(table).values(**row).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return session.execute(statement).first() is not None


def insert_all_if_new(session: Session, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert facts, passing over those whose unique key stands already."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(cast("Any", insert)(table).on_conflict_do_nothing(), rows)


def _alembic(connection: Connection, scripts: str) -> Config:
    config = Config()
    config.set_main_option("script_location", scripts)
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Bring the schema to this version's; raises LedgerError when the database cannot be reached or is another's."""
    try:
        with as_file(files("docketbridge.ledger") / "migrations") as scripts, writing_engine(engine).begin() as connection:
            if connection.dialect.name == "postgresql":
                # Two processes may find the same empty database; SQLite's transaction holds the second one back by itself.
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('docketbridge:schema'))"))
            command.upgrade(_alembic(connection, str(scripts)), "head")
    except SQLAlchemyError as fault:
        raise LedgerError(f"the ledger cannot be brought up to date: {_plain(fault)}") from fault


def ready(engine: Engine) -> None:
    """Make an empty database a ledger; leave a current one alone.

    Raises LedgerError when the database cannot be reached, or its schema is older or newer than this version's.
    """
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            empty = current is None and not inspect(connection).get_table_names()
    except (OperationalError, SQLAlchemyError) as fault:
        raise LedgerError(f"the ledger cannot be opened: {_plain(fault)}") from fault
    if empty:
        upgrade(engine)
        return
    with as_file(files("docketbridge.ledger") / "migrations") as scripts:
        head = ScriptDirectory(str(scripts)).get_current_head()
    if current is None:
        raise LedgerError("the database has tables that are not docketbridge's; give it one of its own")
    if current != head:
        raise LedgerError(f"the ledger's schema is {current}, this version works on {head}: run `docketbridge db upgrade`")


def _plain(fault: SQLAlchemyError) -> str:
    original = getattr(fault, "orig", None) or fault
    return str(original).strip().splitlines()[0] if str(original).strip() else type(original).__name__
