"""What the mediator's commands and pages work at, and who acts when a command is given at the machine itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import click

from docketbridge.api import (
    Acting,
    Document,
    DocumentWriter,
    ListsDesk,
    MatterFile,
    MediationRoom,
    Role,
    UsageError,
)


class Writers(Protocol):
    """The plugins of the instance, as far as writers go."""

    @property
    def writers(self) -> Mapping[str, DocumentWriter]:
        """Document writers by name."""
        ...


class Desk(ListsDesk, Protocol):
    """The desk as this plugin sees it."""

    @property
    def plugins(self) -> Writers:
        """The plugins."""
        ...

    @property
    def mediation(self) -> MediationRoom:
        """The door to substance."""
        ...

    def matter_file(self, matter: str) -> MatterFile:
        """The file of one matter, by id or number."""
        ...

    def matter_files(self, selection: str | None = None) -> Iterator[MatterFile]:
        """The files of the matters selected."""
        ...


def acting_as(text: str | None, file: MatterFile) -> Acting | None:
    """Who acts: `mediator:ID` as given, else the matter's own mediator. None where the matter has none.

    Whoever can run a command on the ledger holds it already; this says in whose place it is done. Raises UsageError.
    """
    if text is not None:
        role, _, name = text.partition(":")
        if role != "mediator" or not name:
            raise UsageError(f"--as {text!r}: write mediator:ID, as mediator:ann-b-lee")
        return Acting(role=Role.MEDIATOR, id=name)
    if file.assignment is not None and file.assignment.accepted:
        return Acting(role=Role.MEDIATOR, id=file.assignment.mediator)
    return Acting(role=Role.MEDIATOR, id=file.mediator.id) if file.mediator is not None else None


def write_docx(desk: Desk, document: Document, output: Path) -> None:
    """Write the whole file or none. Raises UsageError where no plugin writes Word files."""
    writer = desk.plugins.writers.get("docx")
    if writer is None:
        raise UsageError("no plugin here writes Word files")
    partial = output.with_name(f".{output.name}.part")
    try:
        partial.write_bytes(writer.write(document))
        partial.replace(output)
    except OSError as fault:
        partial.unlink(missing_ok=True)
        raise UsageError(f"{output}: cannot be written: {fault.strerror}") from fault
    click.echo(f"{output}: {document.title}")


as_option = click.option("--as", "acting", metavar="mediator:ID", help="Who acts; default the matter's own mediator.")
output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="OUT.docx", required=True, help="The Word file to write."
)
