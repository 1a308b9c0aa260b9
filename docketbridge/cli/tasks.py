"""Commands for what is owed: `task list`, `task do`, and `served`, the fact of service that only a person can give."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.deed_shapes import owed_task
from docketbridge.casework.review.task_doing import CHOICES, METHODS, ORDER_DATES, Owed, do_task, owed, serve
from docketbridge.cli.reviewing import hand, pairs
from docketbridge.domain.matters import MatterFile
from docketbridge.errors import UsageError

_DAY = click.DateTime(["%Y-%m-%d"])
_MATTER = click.option("--matter", required=True, metavar="ID", help="The matter, by its number or id.")
_OFFERED = "; ".join(f"{key}: {', '.join(each)}" for key, each in CHOICES.items())
_NAMES = ", ".join(ORDER_DATES)
_REASON = click.option("--reason", default="", metavar="WORDS", help="Why; kept with the decision.")


@click.group("task")
def task_group() -> None:
    """What is owed by whom by when, and the doing of it."""


@task_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a task.")
@click.option("--owner", metavar="O", help="Only what this one owes: clerk, chambers, courtroom deputy, trustee.")
@click.pass_obj
def list_command(desk: Desk, as_json: bool, owner: str | None) -> None:
    """List the open tasks of all matters, by due day."""
    found = owed(desk, owner=owner)
    for each in found:
        click.echo(json.dumps(owed_task(each), ensure_ascii=False) if as_json else _row(each, desk.today))
    if not found and not as_json:
        click.echo("nothing is owed")


def _row(each: Owed, today: date) -> str:
    task = each.task
    late = " overdue" if task.due is not None and task.due < today else ""
    choices = f"  --choice {'|'.join(each.choices)}" if each.choices else ""
    return (
        f"{task.due or 'no day'!s:<10}{late}  {each.number}  {task.owner}: {task.what} ({task.because})\n"
        f"            task do {task.key} --matter {each.number}{choices}"
    )


@task_group.command("do")
@click.argument("key")
@_MATTER
@click.option("--choice", metavar="C", help=f"What is chosen. {_OFFERED}.")
@click.option("--entry", metavar="N", help="Which entry it is about, where the matter owes it more than once.")
@click.option("--date", "dates", multiple=True, metavar="NAME=DATE", help=f"A date of an order; again for more. {_NAMES}.")
@click.option("--by", metavar="NAME", help="Who does it; default the user of this machine.")
@_REASON
@click.pass_obj
def do_command(
    desk: Desk,
    key: str,
    matter: str,
    choice: str | None,
    entry: str | None,
    dates: Sequence[str],
    by: str | None,
    reason: str,
) -> None:
    """Do the task KEY of a matter, or close it with a reason."""
    typed = tuple((name, _read_day(name, text)) for name, text in pairs(dates, option="--date"))
    file = do_task(desk, matter, key, hand(by, reason), choice=choice, entry=entry, dates=typed)
    _answer(file, f"{key} done" + (f": {choice}" if choice else ""))


def _read_day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise UsageError(f"--date {name}={text}: is no day; write YYYY-MM-DD") from fault


@click.command("served")
@_MATTER
@click.option("--entry", required=True, metavar="N", help="The request that was served, by document number.")
@click.option("--on", "on", required=True, type=_DAY, metavar="DATE", help="The day of service.")
@click.option("--by", "method", required=True, type=click.Choice(METHODS), help="How it was served.")
@click.option("--on-whom", required=True, metavar="NAME", help="Who was served; told again, the last word counts.")
@click.option("--as", "person", metavar="NAME", help="Who says so; default the user of this machine.")
@_REASON
@click.pass_obj
def served_command(
    desk: Desk, matter: str, entry: str, on: datetime, method: str, on_whom: str, person: str | None, reason: str
) -> None:
    """Keep how and when a request was served, as the paper shows where the docket does not."""
    told = hand(person, reason, option="--as")
    file = serve(desk, matter, told, entry=entry, on=on.date(), method=method, on_whom=on_whom)
    _answer(file, f"served on {on_whom} on {on:%Y-%m-%d} by {method}")


def _answer(file: MatterFile, said: str) -> None:
    """Say what was kept and what follows."""
    click.echo(f"{file.matter.number}: {said}; {file.posture.shown}")
    following = file.next_date
    if following is not None and following.earliest is not None:
        later = f" (latest {following.latest})" if following.latest != following.earliest else ""
        click.echo(f"next: {following.earliest}{later} {following.what}")
