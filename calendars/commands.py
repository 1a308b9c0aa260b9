"""The commands `docketbridge calendar list`, `write` and `lint`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from docketbridge.api import UsageError

from .flavours import read_flavour
from .linting import Finding, lint
from .publishing import Desk, calendar_bytes
from .scopes import parse_scope, scopes_of
from .sizing import WARN_OCTETS

FAULT = 2


@click.group("calendar")
def calendar_commands() -> None:
    """Calendars (.ics): write one for a scope, or check any."""


@calendar_commands.command("list")
def list_scopes() -> None:
    """List the scopes there are, with the number of matters in each."""
    for scope, count in scopes_of(_desk().matters()):
        click.echo(f"{scope.text}\t{count} {'matter' if count == 1 else 'matters'}")


@calendar_commands.command("write")
@click.argument("scope")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The .ics file to write.")
@click.option("--only", multiple=True, metavar="KIND", help="Only items of this kind; may be given again.")
@click.option("--todo", is_flag=True, help="Things to do (VTODO) in place of events.")
@click.option("--alarms", default="", metavar="P1D,PT1H", help="Alarms so long before each event; default none.")
@click.option("--google", is_flag=True, help="Keep cancelled events visible in Google Calendar.")
@click.option("--public", is_flag=True, help="Case numbers and initials only.")
def write(scope: str, output: Path, *, only: tuple[str, ...], todo: bool, alarms: str, google: bool, public: bool) -> None:
    """Write the calendar of SCOPE: all, judge:INITIALS, mediator:ID, trustee:ID, case:NUMBER or matter:ID."""
    asked = {"only": ",".join(only), "alarms": alarms, "component": "vtodo" if todo else "vevent"}
    flavour = read_flavour({**asked, "client": "google" if google else "any"}, public=public)
    written = calendar_bytes(_desk(), parse_scope(scope), flavour=flavour)
    # The file takes its name only when whole, so that a calendar half written is never read.
    unfinished = output.with_name(f".{output.name}.unfinished")
    try:
        unfinished.write_bytes(written)
        unfinished.replace(output)
    except OSError as fault:
        unfinished.unlink(missing_ok=True)
        raise UsageError(f"{output}: cannot be written: {fault.strerror}") from fault
    if len(written) > WARN_OCTETS:
        click.echo(f"{output}: {len(written):,} octets; Google Calendar drops events beyond 1,000,000", err=True)
    count = written.count(b"\r\nBEGIN:VTODO\r\n" if todo else b"\r\nBEGIN:VEVENT\r\n")
    thing = "thing to do" if todo else "event"
    click.echo(f"{output}: {count} {thing if count == 1 else thing.replace('thing', 'things') if todo else 'events'}")


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


def _told(file: Path, finding: Finding) -> str:
    return f"{file}:{finding.line}: {finding.rule}: {finding.reason}"


def _desk() -> Desk:
    return cast("Desk", click.get_current_context().obj)
