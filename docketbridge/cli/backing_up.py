"""Commands that keep a ledger as one file and bring it back: `backup FILE`, `restore FILE`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.operating.backup import back_up, check_backup, restore
from docketbridge.casework.operating.backup_manifest import Manifest
from docketbridge.domain.auditing import Deed
from docketbridge.ledger.database import open_engine

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")


@click.command("backup")
@_FILE
@click.pass_obj
def backup_command(desk: Desk, file: Path) -> None:
    """Keep the ledger as it is now in FILE, while work goes on; it is read back and checked before it stands there.

    FILE holds all that the ledger holds, confidential parts too: keep it as you keep the database. It is readable by its
    owner only, and never written over another.
    """
    with _shown() as progress:
        manifest = back_up(desk.engine, file, progress=progress)
    desk.audit.note(Deed.BACKED_UP, file.name)
    click.echo(f"{file}: {_told(manifest)}; read back and checked")


@click.command("restore")
@_FILE
@click.option("--check", is_flag=True, help="Only read the file and check it; no database is touched.")
@click.pass_obj
def restore_command(desk: Desk, file: Path, check: bool) -> None:
    """Bring a ledger back from FILE into an empty database, SQLite or PostgreSQL, whichever it was taken from.

    All of it is there afterwards, checked against the file's own counts and digests, or nothing.
    """
    if check:
        with _shown() as progress:
            manifest = check_backup(file, progress=progress)
        click.echo(f"{file}: {_told(manifest)}; whole")
        return
    engine = open_engine(desk.settings.database)
    try:
        with _shown() as progress:
            manifest = restore(engine, file, progress=progress)
    finally:
        engine.dispose()
    desk.audit.note_restored(file.name)
    click.echo(f"{file}: {_told(manifest)}; restored")


def _told(manifest: Manifest) -> str:
    held = f"{manifest.rows} rows of {len(manifest.tables)} tables, schema {manifest.schema}"
    return f"{held}, taken from {manifest.database} at {manifest.made_at:%Y-%m-%d %H:%M} UTC"


@contextmanager
def _shown() -> Iterator[Callable[[str], None] | None]:
    """Name each table on a terminal as it is done; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    yield lambda name: click.echo(f"\r\x1b[K{name}", nl=False, err=True)
    click.echo("\r\x1b[K", nl=False, err=True)
