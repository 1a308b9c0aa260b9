"""The command `agenda`, and `mediation`: assignments, sessions, notes, readiness and the mediator's report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from docketbridge.api import Acting, MatterFile, UsageError

from .agenda import agenda_for_court, agenda_for_mediator
from .conflicts import conflicts_in
from .desk import Desk, acting_as, as_option, output_option, write_docx
from .readiness import readiness
from .report import mediators_report
from .session_files import read_session

_MOST_NOTED = 20_000  # characters of one note


@click.command("agenda")
@click.argument("matter")
@output_option
@click.option(
    "--for", "reader", type=click.Choice(["mediator", "court"]), help="Whose it is; default the mediator's where there is one."
)
@as_option
@click.pass_obj
def agenda_command(desk: Desk, matter: str, *, output: Path, reader: str | None, acting: str | None) -> None:
    """Draft the focused agenda of a conference; `--for court` gives the process-only bench version."""
    file = desk.matter_file(matter)
    person = acting_as(acting, file)
    if reader == "court" or (reader is None and person is None):
        write_docx(desk, agenda_for_court(file), output)
        return
    if person is None:
        click.echo(f"{file.matter.number} has no mediator; this is the process-only agenda. --as mediator:ID names one", err=True)
        write_docx(desk, agenda_for_court(file), output)
        return
    write_docx(desk, agenda_for_mediator(desk.mediation.mediator_file(file.matter.id, person)), output)


@click.group("mediation")
def mediation_commands() -> None:
    """A mediator's work on a matter: assignment, sessions, notes, readiness, report."""


@mediation_commands.command("assign")
@click.argument("matter")
@as_option
@click.option("--knows", multiple=True, metavar="NAME", help="A client, employer or relation of the mediator; again for more.")
@click.option("--accept/--decline", "accepted", default=None, help="What the mediator says; without it, only the check.")
@click.pass_obj
def assign_command(desk: Desk, matter: str, *, acting: str | None, knows: Sequence[str], accepted: bool | None) -> None:
    """Check for conflicts by the names of the parties, and keep that the mediator accepts or declines."""
    file = desk.matter_file(matter)
    found = conflicts_in(file, knows)
    for name in found:
        click.echo(f"conflict\t{name}")
    if accepted is None:
        click.echo("no conflict by these names" if not found else f"{len(found)} to look at; nothing was kept")
        return
    if accepted and found:
        raise UsageError(f"{file.matter.number}: {len(found)} possible conflicts; decline, or name fewer with --knows")
    desk.mediation.assign(file.matter.id, _person(acting, file), accepted=accepted, conflicts=found)
    click.echo(f"{file.matter.number}: {'accepted' if accepted else 'declined'}")


@mediation_commands.command("session")
@click.argument("matter")
@as_option
@click.option("--record", type=click.Path(path_type=Path), required=True, metavar="FILE.json", help="The session's record.")
@click.pass_obj
def session_command(desk: Desk, matter: str, *, acting: str | None, record: Path) -> None:
    """Keep the record of a session: held or not, who came with authority, what was agreed on process, the next one."""
    file = desk.matter_file(matter)
    person = _person(acting, file)
    room = desk.mediation
    told = read_session(record, matter=file.matter.id, by=person.id, noted_at=room.now)
    room.record_session(told, person)
    click.echo(f"{file.matter.number}: session of {told.start:%Y-%m-%d %H:%M} {'held' if told.held else 'not held'}")


@mediation_commands.command("note")
@click.argument("matter")
@as_option
@click.pass_obj
def note_command(desk: Desk, matter: str, *, acting: str | None) -> None:
    """Keep a confidential note, read from standard input: the court never sees it."""
    file = desk.matter_file(matter)
    text = sys.stdin.read(_MOST_NOTED + 1).strip()
    if not text or len(text) > _MOST_NOTED:
        raise UsageError(f"mediation note: wants 1 to {_MOST_NOTED:,} characters on standard input")
    desk.mediation.note(file.matter.id, text, _person(acting, file))
    click.echo(f"{file.matter.number}: noted")


@mediation_commands.command("ready")
@click.argument("matter")
@click.pass_obj
def ready_command(desk: Desk, matter: str) -> None:
    """Tell whether the next session is ready: green, amber or red, with what is missing and who owes it."""
    light = readiness(desk.matter_file(matter))
    click.echo(f"{light.colour.value}\t{light.words}")
    for each in light.checks:
        click.echo(f"{each.colour.value}\t{each.words}\t{each.owner}\t{each.due or ''}\t{each.cite}")


@mediation_commands.command("report")
@click.argument("matter")
@output_option
@click.pass_obj
def report_command(desk: Desk, matter: str, *, output: Path) -> None:
    """Draft the mediator's report to the court: process only."""
    write_docx(desk, mediators_report(desk.matter_file(matter)), output)


def _person(acting: str | None, file: MatterFile) -> Acting:
    person = acting_as(acting, file)
    if person is None:
        raise UsageError(f"{file.matter.number} has no mediator; name one with --as mediator:ID")
    return person
