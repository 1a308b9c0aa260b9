"""Working in bulk: chunks that one statement can take, cases by court, and digests of rows."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import JSON, ColumnElement, Connection, Subquery, Table, any_, bindparam, func, insert, select
from sqlalchemy import cast as as_type
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import Text

from docketbridge.domain.cases import CaseKey

T = TypeVar("T")

# SQLite takes at most 32,766 values in one statement.
_AT_ONCE = 5000


_as_json = json.JSONEncoder(sort_keys=True, default=str).encode


def digest_of(value: object) -> str:
    """Digest of plain values (16 bytes as hex), the same for equal values."""
    return hashlib.blake2b(_as_json(value).encode(), digest_size=16).hexdigest()


def by_court(cases: Iterable[CaseKey]) -> list[tuple[str, list[str]]]:
    """Case numbers by court, in order."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        numbers[case.court].append(case.number)
    return [(court, sorted(some)) for court, some in sorted(numbers.items())]


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in pieces that one statement takes."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def among(session: Session, column: InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column holds one of many values, handed over in one bound value, so that the statement is always the same."""
    told = list(values)
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(as_type(bindparam(None, told), ARRAY(column.type)))
    return column.in_(select(func.json_each(json.dumps(told)).table_valued("value").c.value))


def asked(session: Session, pairs: Sequence[tuple[str, str]]) -> Subquery:
    """Pairs of texts as a table (`first`, `second`) that a statement can look up one by one, all in one bound value."""
    told = json.dumps(pairs)
    parts: list[ColumnElement[Any]]
    if session.get_bind().dialect.name == "postgresql":
        each = func.json_array_elements(as_type(bindparam(None, told, Text), JSON)).table_valued("value")
        parts = [each.c.value.op("->>")(place) for place in (0, 1)]
    else:
        each = func.json_each(told).table_valued("value")
        parts = [func.json_extract(each.c.value, f"$[{place}]") for place in (0, 1)]
    return select(parts[0].label("first"), parts[1].label("second")).subquery()


def insert_rows(session: Session, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert many rows of these columns, each value bound as its column's type binds it.

    The statement is compiled once and handed to the driver with plain tuples, a third faster than a dictionary a row;
    PostgreSQL takes them as a COPY.
    """
    if not rows:
        return
    connection = session.connection()
    dialect = connection.dialect
    bound = []
    for place, name in enumerate(columns):
        process = table.columns[name].type.dialect_impl(dialect).bind_processor(dialect)
        if process is not None:
            bound.append((place, process))
    made = [list(row) for row in rows]
    for place, process in bound:
        # Rows of one feed share many values (its time, the meaning of its stubs): each is turned once. The rows keep them alive.
        turned: dict[int, Any] = {}
        for values in made:
            value = values[place]
            key = id(value)
            if key not in turned:
                turned[key] = process(value)
            values[place] = turned[key]
    if dialect.name == "postgresql":
        _copy_in(connection, table, columns, made)
        return
    statement, order = _inserting(table, tuple(columns))
    ordered = itemgetter(*order)
    connection.exec_driver_sql(statement, [ordered(values) for values in made])


@cache
def _inserting(table: Table, columns: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    """SQLite's statement that inserts these columns, and the order in which it wants their values."""
    statement = insert(table).compile(dialect=sqlite.dialect(), column_keys=list(columns))
    return str(statement), tuple(columns.index(name) for name in statement.positiontup or columns)


def _copy_in(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    quoted = connection.dialect.identifier_preparer
    names = ", ".join(quoted.quote(name) for name in columns)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {quoted.format_table(table)} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
