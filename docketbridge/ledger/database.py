"""Opening a ledger: SQLite by default, PostgreSQL by URL; one writer at a time per court; the schema by Alembic."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table

from docketbridge.errors import LedgerError

UNREACHABLE: tuple[type[Exception], ...] = (OperationalError, InterfaceError)
"""What a statement raises when the database went away or stays locked: asked again, it may answer."""
_BUSY_SECONDS = 60
_WRITING, _HASTY = "docketbridge_writing", "docketbridge_hasty"


def open_ledger(url: str) -> Engine:
    """Open a ledger that is ready to work on; an empty database becomes one. Raises LedgerError."""
    engine = open_engine(url)
    ready(engine)
    return engine


def open_engine(url: str) -> Engine:
    """Open a database by SQLAlchemy URL (`sqlite:///FILE`, `postgresql://…`). Raises LedgerError on a URL that is none."""
    parsed = ledger_url(url)
    return prepared(create_engine(parsed, **engine_options(parsed)))


def ledger_url(url: str) -> URL:
    """Read a ledger's URL: PostgreSQL with our driver, SQLite with a whole path whose folder is there. Raises LedgerError."""
    try:
        parsed = make_url(url)
    except ArgumentError as fault:
        raise LedgerError("the database URL cannot be read; write sqlite:///FILE or postgresql://HOST/NAME") from fault
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            file = Path(parsed.database).absolute()
            file.parent.mkdir(parents=True, exist_ok=True)
            return parsed.set(database=str(file))
        case "sqlite":
            return parsed
        case "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise LedgerError(f"no such kind of database here: {other!r}; use sqlite or postgresql")


def engine_options(url: URL) -> dict[str, Any]:
    """What an engine of a ledger is made with, by whomever it is made."""
    if url.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": _BUSY_SECONDS}, "hide_parameters": True}
    # A fault's words go to logs; what a statement was given (a docket's text, a hash) does not belong there.
    return {"pool_pre_ping": True, "hide_parameters": True}


def prepared(engine: Engine) -> Engine:
    """Let an engine begin its transactions as the ledger wants it; once, before its first connection."""
    if engine.dialect.name != "sqlite":
        return engine

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver's own transaction handling is switched off: we begin ourselves, at once for writers.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # A busy court's keys lie all over the file: 64 MiB of it at hand, and the log folded in every 16 MiB, not every four.
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.execute("PRAGMA wal_autocheckpoint=4000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(_HASTY, False):
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")
            return
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITING, False) else "BEGIN")

    return engine


def writing_engine(engine: Engine) -> Engine:
    """The same database for writers: on SQLite each transaction takes the write lock at its start."""
    return engine.execution_options(**{_WRITING: True})


def hasty_engine(engine: Engine) -> Engine:
    """The same database for a writer who rather does nothing than wait; ask `is_free_to_write` first."""
    return engine.execution_options(**{_WRITING: True, _HASTY: True})


def is_free_to_write(session: Session, court: str) -> bool:
    """Begin to write of a court, unless another process does; for a session of `hasty_engine`."""
    try:
        session.connection()
    except OperationalError as fault:
        if "locked" in str(fault.orig):
            return False
        raise
    if session.get_bind().dialect.name != "postgresql":
        return True
    taken = text("SELECT pg_try_advisory_xact_lock(hashtext(:court))")
    return bool(session.scalar(taken, {"court": f"docketbridge:{court}"}))


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


def tend(engine: Engine) -> None:
    """Let the database refresh what it knows of its own tables, so that queries stay quick as they grow."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        return
    with writing_engine(engine).begin() as connection:
        connection.exec_driver_sql("PRAGMA analysis_limit=1000")
        connection.exec_driver_sql("PRAGMA optimize(0x10002)")


def _alembic(connection: Connection, scripts: str) -> Config:
    config = Config()
    config.set_main_option("script_location", scripts)
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Bring the schema to this version's; raises LedgerError when the database cannot be reached or is another's."""
    try:
        with writing_engine(engine).begin() as connection:
            migrate(connection, "head")
    except SQLAlchemyError as fault:
        raise LedgerError(f"the ledger cannot be brought up to date: {_plain(fault)}") from fault


def migrate(connection: Connection, revision: str) -> None:
    """Bring the schema up to a revision, within the caller's transaction. Raises LedgerError for one that nobody knows here."""
    if connection.dialect.name == "postgresql":
        # Two processes may find the same empty database; SQLite's transaction holds the second one back by itself.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('docketbridge:schema'))"))
    with as_file(files("docketbridge.ledger") / "migrations") as scripts:
        try:
            command.upgrade(_alembic(connection, str(scripts)), revision)
        except CommandError as fault:
            wanted = schema_wanted()
            raise LedgerError(f"schema {revision} is not known to this version, which works on {wanted}") from fault


def schema_of(connection: Connection) -> str | None:
    """The revision of a database's schema; None for a database that is no ledger."""
    return MigrationContext.configure(connection).get_current_revision()


def ready(engine: Engine) -> None:
    """Make an empty database a ledger; leave a current one alone.

    Raises LedgerError when the database cannot be reached, or its schema is older or newer than this version's.
    """
    try:
        with engine.connect() as connection:
            current = schema_of(connection)
            empty = current is None and not inspect(connection).get_table_names()
    except (OperationalError, SQLAlchemyError) as fault:
        raise LedgerError(f"the ledger cannot be opened: {_plain(fault)}") from fault
    if empty:
        upgrade(engine)
        return
    head = schema_wanted()
    if current is None:
        raise LedgerError("the database has tables that are not docketbridge's; give it one of its own")
    if current != head:
        raise LedgerError(f"the ledger's schema is {current}, this version works on {head}: run `docketbridge db upgrade`")


@cache
def schema_wanted() -> str | None:
    """The revision of the schema that this version works on; its folder is looked through once in a process."""
    with as_file(files("docketbridge.ledger") / "migrations") as scripts:
        return ScriptDirectory(str(scripts)).get_current_head()


def _plain(fault: SQLAlchemyError) -> str:
    original = getattr(fault, "orig", None) or fault
    return str(original).strip().splitlines()[0] if str(original).strip() else type(original).__name__
