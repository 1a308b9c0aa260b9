"""What a backup says of itself: when it was made, of which schema, and each table's columns, count and digest."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docketbridge.errors import BackupError
from docketbridge.ledger.dumping import DumpedColumn, kinds_known

FORMAT = "docketbridge-backup"
FORMAT_VERSION = 1
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_SCHEMA = re.compile(r"[0-9A-Za-z_]{1,40}\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKept:
    """One table of a backup. `sha256` is of its lines as they stand, uncompressed."""

    name: str
    columns: tuple[DumpedColumn, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. `database` is the kind it was taken from, `version` docketbridge's own."""

    made_at: datetime
    version: str
    database: str
    schema: str
    tables: tuple[TableKept, ...]

    @property
    def rows(self) -> int:
        """How many rows it holds in all."""
        return sum(each.rows for each in self.tables)


def write_manifest(manifest: Manifest) -> dict[str, Any]:
    """A manifest as JSON."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "made_at": manifest.made_at.isoformat(timespec="seconds"),
        "version": manifest.version,
        "database": manifest.database,
        "schema": manifest.schema,
        "tables": [
            {
                "name": each.name,
                "rows": each.rows,
                "sha256": each.sha256,
                "columns": [{"name": column.name, "kind": column.kind, "nullable": column.nullable} for column in each.columns],
            }
            for each in manifest.tables
        ],
    }


def read_manifest(told: bytes, *, where: str) -> Manifest:
    """Read a manifest. Raises BackupError naming the key of what is wrong: the file may come from anywhere."""
    try:
        content = json.loads(told)
    except ValueError as fault:
        raise BackupError(f"{where} is no JSON: {fault}") from fault
    table = _Table(content, where)
    if table.text("format") != FORMAT:
        raise BackupError(f"{where}: format is {content.get('format')!r}, not {FORMAT!r}")
    if table.number("format_version") != FORMAT_VERSION:
        raise BackupError(f"{where}: format_version {content['format_version']} is not known here; there is {FORMAT_VERSION}")
    try:
        made_at = datetime.fromisoformat(table.text("made_at"))
    except ValueError as fault:
        raise BackupError(f"{where}: made_at is no time") from fault
    tables = tuple(_table(each) for each in table.tables("tables"))
    names = [each.name for each in tables]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BackupError(f"{where}: tables names {twice!r} twice")
    return Manifest(
        made_at=made_at,
        version=table.text("version"),
        database=table.text("database"),
        schema=table.text("schema", _SCHEMA),
        tables=tables,
    )


def _table(told: _Table) -> TableKept:
    return TableKept(
        name=told.text("name", _NAME),
        rows=told.number("rows"),
        sha256=told.text("sha256", _DIGEST),
        columns=tuple(_column(each) for each in told.tables("columns")),
    )


def _column(told: _Table) -> DumpedColumn:
    kind = told.text("kind")
    if kind not in kinds_known():
        raise BackupError(f"{told.where}: kind {kind!r} is not known here")
    return DumpedColumn(name=told.text("name", _NAME), kind=kind, nullable=told.flag("nullable"))


class _Table:
    """One object of the manifest, asked key by key."""

    def __init__(self, content: object, where: str) -> None:
        if not isinstance(content, dict):
            raise BackupError(f"{where} is no object")
        self.content: Mapping[str, Any] = content
        self.where = where

    def text(self, key: str, form: re.Pattern[str] | None = None) -> str:
        value = self.content.get(key)
        if not isinstance(value, str) or (form is not None and not form.match(value)):
            raise BackupError(f"{self.where}: {key} is not what it should be")
        return value

    def number(self, key: str) -> int:
        value = self.content.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BackupError(f"{self.where}: {key} is no count")
        return value

    def flag(self, key: str) -> bool:
        value = self.content.get(key)
        if not isinstance(value, bool):
            raise BackupError(f"{self.where}: {key} is neither true nor false")
        return value

    def tables(self, key: str) -> tuple[_Table, ...]:
        value = self.content.get(key)
        if not isinstance(value, list) or not value:
            raise BackupError(f"{self.where}: {key} is no list")
        return tuple(_Table(each, f"{self.where}: {key}[{place}]") for place, each in enumerate(value))
