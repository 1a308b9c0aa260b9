"""Commands for matters: `matters` lists them, `matter` tells one whole."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

import click

from docketbridge.casework import shapes
from docketbridge.casework.desk import Desk
from docketbridge.casework.review.history import Happened, history_of
from docketbridge.domain.deadlines import Deadline
from docketbridge.domain.matters import MatterFile
from docketbridge.ledger.lists.derived import MatterLine


@click.command("matters")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a matter.")
@click.option("--state", metavar="S", help="Only matters shown in this state (requested, ripe, active, …).")
@click.option("--settled", is_flag=True, help="Only ripe matters with a good look at the docket since.")
@click.option("--judge", metavar="J", help="Only this judge's, by initials.")
@click.option("--due-within", type=click.IntRange(min=0), metavar="DAYS", help="Only with a next date within so many days.")
@click.pass_obj
def matters_command(
    desk: Desk, as_json: bool, state: str | None, settled: bool, judge: str | None, due_within: int | None
) -> None:
    """List the matters with their posture and next date."""
    lines = desk.matters(f"judge:{judge}" if judge else None)
    horizon = desk.today + timedelta(days=due_within) if due_within is not None else None
    chosen = [
        line
        for line in lines
        if (state is None or state in (line.state, line.shown))
        and (not settled or line.settled)
        and (horizon is None or _due_by(line, horizon))
    ]
    for line in chosen:
        click.echo(json.dumps(shapes.matter_line(line), ensure_ascii=False) if as_json else _row(line))
    if not chosen and not as_json:
        click.echo("no matters; `docketbridge intake FILE…` takes feeds in" if not lines else "no matters like that")


def _due_by(line: MatterLine, horizon: date) -> bool:
    return line.next is not None and line.next.earliest is not None and line.next.earliest <= horizon


def _row(line: MatterLine) -> str:
    name = (line.case_name or "").strip()
    shown = f"{line.shown}, settled" if line.settled else line.shown
    return f"{line.number:<18} {name[:28]:<28} {shown:<20} {(line.creditor or 'creditor unknown')[:30]:<30} {_next(line)}"


def _next(line: MatterLine) -> str:
    if line.next is None:
        return "no date ahead"
    if line.next.earliest is None:
        return f"{line.next.what}: waiting for {line.next.waiting_for}"
    later = f" (latest {line.next.latest})" if line.next.latest != line.next.earliest else ""
    return f"{line.next.earliest} {line.next.what}{later}"


@click.command("matter")
@click.argument("matter")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@click.pass_obj
def matter_command(desk: Desk, matter: str, as_json: bool) -> None:
    """Tell one matter: entries, steps, deadlines with both readings and their computation, tasks, hearings, corrected texts."""
    file = desk.matter_file(matter)
    if as_json:
        click.echo(json.dumps(shapes.matter(file), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_told(file, history_of(desk, file))))


def _told(file: MatterFile, history: Iterable[Happened]) -> list[str]:
    posture = file.posture
    lines = [
        f"{file.matter.number}  {file.case.number}  {file.case.name or ''}  (chapter {file.case.chapter or '?'})",
        f"{file.matter.creditor or 'creditor unknown'}; {file.matter.property_address or 'property not on the docket'}",
        f"{posture.shown}{', settled' if posture.settled else ''} as of {posture.as_of} under {file.program_name}",
    ]
    if posture.silence:
        lines.append(posture.silence)
    lines += ["", "Steps"]
    lines += [
        f"  {step.day}  {step.target.value:<12} {step.entry_label or step.moved_by}  [{step.cite}]" for step in posture.steps
    ]
    lines += ["", "Deadlines"]
    for deadline in posture.deadlines:
        lines += _deadline(deadline)
    for title, rows in (
        ("Tasks", [f"{task.due or 'no day'}  {task.owner}: {task.what}  [{task.cite}]" for task in posture.tasks]),
        (
            "Hearings",
            [f"{each.start:%Y-%m-%d %H:%M}  {each.about}  {each.status}  ({each.entry_label})" for each in posture.hearings],
        ),
        ("Notes", [f"{note.to}: {note.text}  [{note.cite}]" for note in posture.notes]),
        ("Nothing expected these", [f"{each.day}  {each.kind}  ({each.entry_label})" for each in posture.unexpected]),
        ("Corrected on the docket", [f"{each.words}  [before: {each.was}]" for each in history if each.kind == "text"]),
    ):
        if rows:
            lines += ["", title, *(f"  {row}" for row in rows)]
    return [*lines, "", file.watch.words]


def _deadline(deadline: Deadline) -> list[str]:
    if deadline.readings is None:
        return [f"  {deadline.what}: {deadline.status.value} {deadline.waiting_for or ''}  [{deadline.cite}]"]
    days = f"{deadline.earliest}" if deadline.earliest == deadline.latest else f"{deadline.earliest} (latest {deadline.latest})"
    lines = [f"  {days}  {deadline.what}: {deadline.status.value}  [{deadline.cite}]"]
    lines += [f"      {words}" for words in deadline.readings.earliest.trace]
    if deadline.earliest != deadline.latest:
        lines += ["      latest:", *(f"      {words}" for words in deadline.readings.latest.trace)]
    return lines
