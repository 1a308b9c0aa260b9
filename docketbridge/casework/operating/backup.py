"""A ledger kept as one file and brought back: taken at one moment while work goes on, checked, and the same for every database.

The file is a ZIP: one `tables/NAME.jsonl` a table, and `manifest.json` with the schema's revision, and each table's columns,
count of rows and SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import mkstemp
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from docketbridge.casework.operating.backup_manifest import Manifest, TableKept, read_manifest, write_manifest
from docketbridge.errors import BackupError, LedgerError
from docketbridge.ledger.database import migrate, schema_of, upgrade, writing_engine
from docketbridge.ledger.dumping import (
    LEFT_OUT,
    columns_of,
    go_on_counting,
    is_index,
    lines_in,
    lines_out,
    one_moment,
    rows_in,
    search_anew,
    tables_kept,
)

MANIFEST = "manifest.json"
_LONGEST_LINE = 512 << 20
_LARGEST_MANIFEST = 4 << 20

Progress = Callable[[str], None]


def back_up(engine: Engine, file: Path, *, progress: Progress | None = None) -> Manifest:
    """Keep the ledger as it is at this moment in a file of its own, readable by its owner only, and read it back to check it.

    Others go on reading and writing meanwhile. The file is there whole or not at all. Raises BackupError, LedgerError.
    """
    if file.exists():
        raise BackupError(f"{file} is there already; a backup is never written over another")
    try:
        number, name = mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as fault:
        raise BackupError(f"{file}: {fault.strerror or fault}") from fault
    partial = Path(name)
    try:
        with os.fdopen(number, "w+b") as raw:
            manifest = _write(engine, raw, progress)
            raw.flush()
            os.fsync(raw.fileno())
        check_backup(partial)
        # Unlike a rename, a link never takes the place of a file that came in the meantime.
        os.link(partial, file)
    except OSError as fault:
        raise BackupError(f"{file}: {fault.strerror or fault}") from fault
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _write(engine: Engine, raw: BinaryIO, progress: Progress | None) -> Manifest:
    kept: list[TableKept] = []
    with one_moment(engine) as connection, ZipFile(raw, "w", ZIP_DEFLATED) as file:
        schema = schema_of(connection)
        if schema is None:
            raise LedgerError("the database is no ledger: there is nothing to keep")
        for each in tables_kept(connection):
            if progress is not None:
                progress(each.name)
            rows, digest = 0, hashlib.sha256()
            with file.open(_member(each.name), "w", force_zip64=True) as member:
                for line in lines_out(connection, each):
                    member.write(line)
                    digest.update(line)
                    rows += 1
            kept.append(TableKept(name=each.name, columns=columns_of(each), rows=rows, sha256=digest.hexdigest()))
        manifest = Manifest(
            made_at=datetime.now(tz=UTC),
            version=version("docketbridge"),
            database=engine.dialect.name,
            schema=schema,
            tables=tuple(kept),
        )
        file.writestr(MANIFEST, json.dumps(write_manifest(manifest), indent=1))
    return manifest


def _member(name: str) -> str:
    return f"tables/{name}.jsonl"


def check_backup(file: Path, *, progress: Progress | None = None) -> Manifest:
    """Read a backup whole, against its own counts and digests. Raises BackupError naming the table and line of a damage."""
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        for each in manifest.tables:
            if progress is not None:
                progress(each.name)
            for _ in _Lines(archive, file, each):
                pass
    return manifest


def restore(engine: Engine, file: Path, *, progress: Progress | None = None) -> Manifest:
    """Bring a ledger back from a backup into an empty database, of whichever kind, and up to this version's schema.

    The file is checked whole before anything is written, and once more while it is; then all of it is there, or nothing.
    Raises BackupError for a file that is damaged or a database that is not empty, LedgerError for a database that fails.
    """
    manifest = check_backup(file)
    try:
        with writing_engine(engine).begin() as connection, _opened(file) as archive:
            _make_room(connection, manifest, file)
            for each in manifest.tables:
                if progress is not None:
                    progress(each.name)
                _load(connection, archive, file, each)
            go_on_counting(connection, [each.name for each in manifest.tables])
    except SQLAlchemyError as fault:
        raise LedgerError(f"{file} cannot be restored; the database says {type(fault).__name__}, and nothing was kept") from fault
    upgrade(engine)
    with writing_engine(engine).begin() as connection:
        search_anew(connection)
    return manifest


def _make_room(connection: Connection, manifest: Manifest, file: Path) -> None:
    """Give an empty database the schema of the backup; refuse any other, but for a ledger of that schema with nothing in it."""
    names = inspect(connection).get_table_names()
    if not names:
        migrate(connection, manifest.schema)
        return
    schema = schema_of(connection)
    if schema is None:
        raise BackupError("the database has tables that are not docketbridge's; restore into an empty one")
    facts = [name for name in names if name not in {*LEFT_OUT, "alembic_version"} and not is_index(name)]
    full = next((name for name in facts if rows_in(connection, name)), None)
    if full is not None:
        raise BackupError(f"the ledger is not empty (there are rows in {full}); restore into an empty database")
    if schema != manifest.schema:
        raise BackupError(
            f"the ledger's schema is {schema}, {file} is of schema {manifest.schema}; restore into an empty database"
        )


def _load(connection: Connection, archive: ZipFile, file: Path, each: TableKept) -> None:
    seen = inspect(connection)
    columns = {column["name"] for column in seen.get_columns(each.name)} if seen.has_table(each.name) else set()
    strange = next((column.name for column in each.columns if column.name not in columns), None)
    if strange is not None:
        raise BackupError(f"{file}: {_member(each.name)} has a column {strange!r} that its schema does not know")
    lines = _Lines(archive, file, each)
    try:
        count = lines_in(connection, each.name, each.columns, lines)
    except ValueError as fault:
        raise BackupError(f"{file}: {_member(each.name)}, line {lines.count}: {fault}") from fault
    if count != each.rows or rows_in(connection, each.name) != each.rows:
        raise BackupError(f"{file}: {_member(each.name)} gave {count} rows where {each.rows} are wanted; nothing was kept")


def _opened(file: Path) -> ZipFile:
    try:
        return ZipFile(file)
    except OSError as fault:
        raise BackupError(f"{file}: {fault.strerror or fault}") from fault
    except BadZipFile as fault:
        raise BackupError(f"{file} is no backup, or is cut off: {fault}") from fault


def _manifest(archive: ZipFile, file: Path) -> Manifest:
    try:
        with archive.open(MANIFEST) as member:
            told = member.read(_LARGEST_MANIFEST)
    except KeyError as fault:
        raise BackupError(f"{file} is no backup: it has no {MANIFEST}") from fault
    except _DAMAGE as fault:
        raise BackupError(f"{file}: {MANIFEST} is damaged: {fault}") from fault
    return read_manifest(told, where=f"{file}: {MANIFEST}")


# What reading a damaged ZIP raises: a wrong check sum, a broken stream, an end too soon, a method nobody knows.
_DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(slots=True)
class _Lines:
    """The lines of one table in a backup, checked against the manifest when they end; `count` is how many were given out."""

    archive: ZipFile
    file: Path
    told: TableKept
    count: int = 0

    def __iter__(self) -> Iterator[bytes]:
        name, digest = _member(self.told.name), hashlib.sha256()
        self.count = 0
        try:
            with self.archive.open(name) as member:
                while line := self._line(member):
                    self.count += 1
                    digest.update(line)
                    yield line
        except KeyError as fault:
            raise BackupError(f"{self.file}: {name} is missing") from fault
        except _DAMAGE as fault:
            raise BackupError(f"{self.file}: {name} is damaged after line {self.count}: {fault}") from fault
        if self.count != self.told.rows:
            raise BackupError(f"{self.file}: {name} has {self.count} lines where {self.told.rows} are wanted")
        if digest.hexdigest() != self.told.sha256:
            raise BackupError(f"{self.file}: {name} is not what was kept: its SHA-256 is another")

    def _line(self, member: IO[bytes]) -> bytes:
        line = member.readline(_LONGEST_LINE)
        if line and not line.endswith(b"\n"):
            raise EOFError("a line without an end")
        return line
