"""What the paper commands work at when a matter is named: the ledger on one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Protocol, cast

import click

from docketbridge.api import Document, IssuedPaper, IssuedText, MatterFile, Paper, UsageError


class KnownPlugins(Protocol):
    """The plugins of the instance, as far as papers go."""

    @property
    def papers(self) -> Mapping[str, Paper]:
        """Papers by name, every plugin's."""
        ...


class Desk(Protocol):
    """The desk of the command line."""

    @property
    def today(self) -> date:
        """The court's day."""
        ...

    @property
    def plugins(self) -> KnownPlugins:
        """The plugins of the instance."""
        ...

    def matter_file(self, matter: str) -> MatterFile:
        """The file of a matter, by its id or its number for people."""
        ...

    def matter_files(self, selection: str | None = None) -> Iterator[MatterFile]:
        """The files of the matters selected."""
        ...

    def issue_paper(
        self, file: MatterFile, paper: Paper, document: Document, *, by: str, at: datetime, answers: Mapping[str, object]
    ) -> IssuedPaper:
        """Keep that a paper was issued."""
        ...

    def issued_paper(self, file: MatterFile, paper_id: str) -> IssuedText:
        """An issued paper with its text, and the issue before it."""
        ...


def desk_at_hand() -> Desk | None:
    """The desk of the running command; None where the commands run without a ledger."""
    return cast("Desk | None", click.get_current_context().obj)


def desk_needed(what: str) -> Desk:
    """The desk, or a UsageError saying that this needs a ledger."""
    desk = desk_at_hand()
    if desk is None:
        raise UsageError(f"{what} needs a ledger; run it as `docketbridge paper`")
    return desk
