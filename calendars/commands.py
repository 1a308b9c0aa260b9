"""The commands `docketbridge calendar list`, `write` and `lint`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Protocol, cast

import click

from docketbridge.api import MatterFile, Published, UsageError

from .calendar_item import ItemKind, Reading
from .ics import Calendar, write_ics
from .items import items_for, told_once
from .linting import Finding, lint
from .revisions import revise
from .scopes import CalendarScope, parse_kinds, parse_scope, scopes_of
from .watch_items import watch_items

FAULT = 2
_WARN_OCTETS = 900_000  # Google drops events without a word beyond 1 MB


class Desk(Protocol):
    """What the commands work at: the ledger on one day."""

    @property
    def today(self) -> date:
        """The court's day."""
        ...

    def matter_files(self, selection: str | None = None) -> Iterable[MatterFile]:
        """The files of the matters in a scope of INTERFACE.md; None is all."""
        ...

    def published(self, subjects: Collection[str]) -> Mapping[str, Published]:
        """The last published form of every item ever published of these subjects, by UID."""
        ...

    def publish(self, forms: Sequence[Published]) -> None:
        """Keep new published forms as facts."""
        ...


@click.group("calendar")
def calendar_commands() -> None:
    """Calendars (.ics): write one for a scope, or check any."""


@calendar_commands.command("list")
def list_scopes() -> None:
    """List the scopes there are, with the number of matters in each."""
    for scope, count in scopes_of(_desk().matter_files(None)):
        click.echo(f"{scope.text}\t{count} {'matter' if count == 1 else 'matters'}")


@calendar_commands.command("write")
@click.argument("scope")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The .ics file to write.")
@click.option("--only", multiple=True, metavar="KIND", help="Only items of this kind; may be given again.")
def write(scope: str, output: Path, only: tuple[str, ...]) -> None:
    """Write the calendar of SCOPE: all, judge:INITIALS, mediator:ID, trustee:ID, case:NUMBER or matter:ID."""
    chosen = parse_scope(scope)
    written = calendar_bytes(_desk(), chosen, kinds=parse_kinds(only, chosen.kinds))
    # The file takes its name only when whole, so that a calendar half written is never read.
    unfinished = output.with_name(f".{output.name}.unfinished")
    try:
        unfinished.write_bytes(written)
        unfinished.replace(output)
    except OSError as fault:
        unfinished.unlink(missing_ok=True)
        raise UsageError(f"{output}: cannot be written: {fault.strerror}") from fault
    if len(written) > _WARN_OCTETS:
        click.echo(f"{output}: {len(written):,} octets; Google Calendar drops events beyond 1,000,000", err=True)
    events = written.count(b"\r\nBEGIN:VEVENT\r\n")
    click.echo(f"{output}: {events} {'event' if events == 1 else 'events'}")


@calendar_commands.command("lint")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def lint_file(context: click.Context, file: Path) -> None:
    """Check an .ics file octet by octet; a line for each finding, and exit 2 when there is any."""
    try:
        findings = lint(file.read_bytes())
    except OSError as fault:
        raise UsageError(f"{file}: cannot be read: {fault.strerror}") from fault
    for finding in findings:
        click.echo(_told(file, finding))
    if findings:
        context.exit(FAULT)
    click.echo(f"{file}: clean")


def calendar_bytes(desk: Desk, scope: CalendarScope, *, kinds: frozenset[ItemKind]) -> bytes:
    """Make the calendar of a scope, and keep as facts what in it is published for the first time or in a new form.

    Every kind is published, then those asked for are written. Raises UsageError when a scope other than `all` holds no matter.
    """
    files = tuple(desk.matter_files(None if scope.family == "all" else scope.text))
    if not files and scope.family != "all":
        raise UsageError(f"no matter in scope {scope.text!r}; `docketbridge calendar list` lists the scopes")
    subjects = {scope.subject, *(file.matter.id for file in files)}
    before = {uid: form for uid, form in desk.published(subjects).items() if form.reading in (scope.reading, Reading.BOTH)}
    made = [*watch_items(files, scope.subject), *(item for file in files for item in items_for(file, scope.reading))]
    revision = revise(made, before, _day_begins(desk.today))
    written = write_ics(told_once(revision.items, kinds | {ItemKind.WATCH}), _calendar(scope, files))
    if revision.facts:
        desk.publish(revision.facts)
    return written


def _day_begins(day: date) -> datetime:
    # What is published on a day is dated at its first moment anywhere on earth: the same facts give the same bytes on any
    # machine at any hour, and no court's calendar is dated in the future.
    return datetime.combine(day, time(), tzinfo=timezone(timedelta(hours=14)))


def _calendar(scope: CalendarScope, files: Sequence[MatterFile]) -> Calendar:
    zones = {file.court.timezone for file in files}
    return Calendar(
        name=scope.title,
        description=f"Deadlines on their {scope.reading} reading, hearings and conferences. The docket governs.",
        timezone=zones.pop() if len(zones) == 1 else "",
    )


def _told(file: Path, finding: Finding) -> str:
    return f"{file}:{finding.line}: {finding.rule}: {finding.reason}"


def _desk() -> Desk:
    return cast("Desk", click.get_current_context().obj)
