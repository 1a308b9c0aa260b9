"""A ledger's rows as lines of text and back, the same for every kind of database: one JSON list a row, table by table."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    column,
    func,
    insert,
    inspect,
    select,
    table,
    text,
)
from sqlalchemy.types import TypeEngine

from docketbridge.errors import LedgerError
from docketbridge.ledger.rooms import METADATA
from docketbridge.ledger.tables.rows import SnapshotRow, UtcTime
from docketbridge.ledger.tables.search_rows import INDEX, UnsearchedRow

LEFT_OUT = frozenset({"lease", "visit", "sign_in_failure", "unsearched"})
"""What is of the running instance alone: who leads it, who is signed in, what it can search. A restored ledger begins without."""
_SCHEMA = "alembic_version"
_LARGE_ROWS = 20
_ROWS = 1000
_BATCH_BYTES = 4 << 20

# What a value is written as, by the kind of its column.
_OUT: dict[str, Callable[[Any], Any]] = {
    "time": lambda value: value.astimezone(UTC).isoformat(),
    "date": date.isoformat,
    "bytes": lambda value: b64encode(value).decode("ascii"),
    "json": lambda value: value,
    "bool": bool,
    "int": int,
    "text": str,
}
_IN: dict[str, Callable[[Any], Any]] = {
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": lambda value: b64decode(value, validate=True),
    "json": lambda value: value,
    "bool": lambda value: _of(bool, value),
    "int": lambda value: _of(int, value),
    "text": lambda value: _of(str, value),
}
_TYPES: dict[str, Callable[[bool], TypeEngine[Any]]] = {
    "time": lambda _: UtcTime(),
    "date": lambda _: Date(),
    "bytes": lambda _: LargeBinary(),
    "json": lambda nullable: JSON(none_as_null=nullable),
    "bool": lambda _: Boolean(),
    "int": lambda _: BigInteger(),
    "text": lambda _: Text(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpedColumn:
    """A column as a dump describes it: `kind` is one of time, date, bytes, json, bool, int, text."""

    name: str
    kind: str
    nullable: bool


def _of(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"no {kind.__name__}: {type(value).__name__}")
    return value


def kinds_known() -> frozenset[str]:
    """The kinds of columns that a dump may hold."""
    return frozenset(_OUT)


def is_index(name: str) -> bool:
    """Whether a table is of the full-text index, which is filled again from the facts."""
    return name.startswith(INDEX)


def tables_kept(connection: Connection) -> tuple[Table, ...]:
    """The tables that a dump holds, each after those it refers to.

    Raises LedgerError for a table in the database that nothing here knows: a dump without it would not be whole.
    """
    known = {each.name for each in METADATA.sorted_tables}
    strange = sorted(each for each in set(inspect(connection).get_table_names()) - known - {_SCHEMA} if not is_index(each))
    if strange:
        raise LedgerError(f"the database has a table {strange[0]!r} that is not of the ledger; a dump would not be whole")
    return tuple(each for each in METADATA.sorted_tables if each.name not in LEFT_OUT)


def columns_of(kept: Table) -> tuple[DumpedColumn, ...]:
    """The columns of a table as a dump describes them; what the database computes itself is left out."""
    return tuple(
        DumpedColumn(name=each.name, kind=_kind(each), nullable=bool(each.nullable))
        for each in kept.columns
        if each.computed is None
    )


def _kind(of: Column[Any]) -> str:
    for kind, types in (
        ("time", (UtcTime, DateTime)),
        ("date", (Date,)),
        ("bytes", (LargeBinary,)),
        ("json", (JSON,)),
        ("bool", (Boolean,)),
        ("int", (Integer,)),
        ("text", (String,)),
    ):
        if isinstance(of.type, types):
            return kind
    raise LedgerError(f"a dump cannot hold {of.table.name}.{of.name}, which is {of.type!r}")


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the ledger as it is at one moment, to the end of the block, while others go on writing."""
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
        return
    # A transaction that reads sees one moment of a database in WAL mode.
    with engine.connect() as connection, connection.begin():
        connection.execute(text("SELECT count(*) FROM sqlite_master"))
        yield connection


def lines_out(connection: Connection, kept: Table) -> Iterator[bytes]:
    """Every row of a table as a line, by primary key, a few at a time however many there are."""
    told = columns_of(kept)
    writers = [_OUT[each.kind] for each in told]
    at_once = _LARGE_ROWS if any(each.kind == "bytes" for each in told) else _ROWS
    chosen = select(*(kept.columns[each.name] for each in told)).order_by(*kept.primary_key.columns)
    for row in connection.execution_options(yield_per=at_once).execute(chosen):
        values = [None if value is None else write(value) for write, value in zip(writers, row, strict=True)]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def lines_in(connection: Connection, name: str, columns: Sequence[DumpedColumn], lines: Iterable[bytes]) -> int:
    """Put lines into an empty table; how many there were. Raises ValueError for a line that is none of this table's."""
    rows = (_row(columns, line) for line in lines)
    if connection.dialect.name == "postgresql":
        return _copy(connection, name, columns, rows)
    statement = insert(table(name, *(column(each.name, _TYPES[each.kind](each.nullable)) for each in columns)))
    names = [each.name for each in columns]
    # Rows may refer to rows of the same table that come later.
    connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    count, batch, size = 0, [], 0
    for row, length in rows:
        batch.append(dict(zip(names, row, strict=True)))
        count, size = count + 1, size + length
        if len(batch) >= _ROWS or size >= _BATCH_BYTES:
            connection.execute(statement, batch)
            batch, size = [], 0
    if batch:
        connection.execute(statement, batch)
    return count


def _row(columns: Sequence[DumpedColumn], line: bytes) -> tuple[list[Any], int]:
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError(f"{len(columns)} values are wanted")
    return [None if value is None else _IN[each.kind](value) for each, value in zip(columns, values, strict=True)], len(line)


def _copy(connection: Connection, name: str, columns: Sequence[DumpedColumn], rows: Iterable[tuple[list[Any], int]]) -> int:
    quote = connection.dialect.identifier_preparer.quote
    listed = ", ".join(quote(each.name) for each in columns)
    as_json = [place for place, each in enumerate(columns) if each.kind == "json"]
    kept_null = {place for place in as_json if not columns[place].nullable}
    driver: Any = connection.connection.driver_connection
    count = 0
    with driver.cursor() as cursor, cursor.copy(f"COPY {quote(name)} ({listed}) FROM STDIN") as copy:
        for row, _ in rows:
            for place in as_json:
                if row[place] is not None or place in kept_null:
                    row[place] = json.dumps(row[place], ensure_ascii=False)
            copy.write_row(row)
            count += 1
    return count


def rows_in(connection: Connection, name: str) -> int:
    """How many rows a table holds."""
    return connection.execute(select(func.count()).select_from(table(name))).scalar_one()


def go_on_counting(connection: Connection, names: Iterable[str]) -> None:
    """Let the numbers that the database gives out itself go on after the highest that was put in."""
    if connection.dialect.name != "postgresql":
        return
    for name in names:
        if not any(each["name"] == "id" for each in inspect(connection).get_columns(name)):
            continue
        sequence = connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": name}).scalar()
        if sequence is not None:
            highest = select(func.max(column("id"))).select_from(table(name)).scalar_subquery()
            connection.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))


def search_anew(connection: Connection) -> None:
    """Leave every feed of a restored ledger to be read into the full-text index, which no dump holds."""
    if not rows_in(connection, UnsearchedRow.__tablename__):
        connection.execute(insert(UnsearchedRow).from_select(["snapshot"], select(SnapshotRow.digest)))
