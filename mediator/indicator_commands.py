"""The command `indicators`: the program's figures as text, JSON Lines, CSV or a Word file, and the activity report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import click

from docketbridge.api import CourtFacts, ReviewOutcome, UsageError, court_facts_of, passages_of

from .desk import Desk, write_docx
from .indicators.grouping import DIMENSIONS, Activity, Group, activity_of, groups_of
from .indicators.keeping import Memory
from .indicators.measuring import measure
from .indicators.writing import activity_csv, figures_csv, indicators_document, shape_of, told

_DAY = click.DateTime(["%Y-%m-%d"])


Gathered: TypeAlias = tuple[tuple[Group, ...], tuple[Activity, ...], CourtFacts | None]


def gathered(desk: Desk, *, start: date | None, end: date | None, by: Sequence[str] = DIMENSIONS) -> Gathered:
    """The groups, by these dimensions, and the activity of a period, with the court of the first matter; None of no matter."""
    passages = passages_of(desk)
    outcomes: Mapping[str, ReviewOutcome] = desk.mediation.decisions_counted()
    portals = desk.mediation.portal_records()
    courts = {court: court_facts_of(desk, court) for court in sorted({each.court for each in passages})}
    measured = [
        each
        for passage in passages
        if (each := measure(passage, portals.get(passage.matter, ()), courts[passage.court].timezone, outcomes)) is not None
    ]
    groups = groups_of(measured, start=start, end=end, by=by)
    return groups, activity_of(passages, start=start, end=end), courts[passages[0].court] if passages else None


# By the ledger's engine: what was measured in one is not told of another.
_memories: WeakKeyDictionary[object, Memory[Gathered]] = WeakKeyDictionary()


def remembered(desk: Desk, *, start: date | None, end: date | None, by: Sequence[str] = DIMENSIONS) -> Gathered:
    """The same, kept in memory for each process while no fact comes and the day lasts: for whoever waits for an answer."""
    desk.refresh()
    if desk.behind:
        # What is still as an earlier day left it moves without a new fact.
        return gathered(desk, start=start, end=end, by=by)
    return _memories.setdefault(desk.engine, Memory(monotonic)).value(
        (desk.acting, start, end, tuple(by)),
        stamp=desk.facts_stamp(),
        today=desk.today,
        make=lambda: gathered(desk, start=start, end=end, by=by),
    )


def told_at_the_api(desk: Desk, start: date | None, end: date | None) -> list[dict[str, Any]]:
    """The groups of a period as JSON, as `indicators --json` gives them line by line."""
    return [shape_of(group) for group in remembered(desk, start=start, end=end)[0]]


@click.command("indicators")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a group.")
@click.option("--from", "start", type=_DAY, metavar="D", help="Requests from this day on.")
@click.option("--to", "end", type=_DAY, metavar="D", help="Requests through this day.")
@click.option("--activity", is_flag=True, help="The activity report by judge instead.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="Write a .csv or .docx file.")
@click.pass_obj
def indicators_command(
    desk: Desk, *, as_json: bool, start: datetime | None, end: datetime | None, activity: bool, output: Path | None
) -> None:
    """Show the program's indicators, from portal and docket side by side; figures of few matters are not told."""
    first, last = start.date() if start else None, end.date() if end else None
    if first is not None and last is not None and last < first:
        raise UsageError(f"--to {last} is before --from {first}")
    groups, lines, court = gathered(desk, start=first, end=last)
    if output is not None:
        if output.suffix.lower() == ".docx":
            if court is None:
                raise UsageError("no matters; `docketbridge intake FILE…` takes feeds in")
            document = indicators_document(groups, lines, court, start=first, end=last, today=desk.today)
            write_docx(desk, document, output)
            return
        if output.suffix.lower() != ".csv":
            raise UsageError(f"{output}: writes .csv or .docx")
        content = activity_csv(lines) if activity else figures_csv(groups)
        output.write_text(content, encoding="utf-8", newline="")
        click.echo(f"{output}: {'activity by judge' if activity else 'indicators'}")
    elif activity:
        click.echo(activity_csv(lines), nl=False)
    elif as_json:
        for group in groups:
            click.echo(json.dumps(shape_of(group), ensure_ascii=False))
    else:
        for group in groups:
            click.echo(f"{group.dimension}: {group.name}" if group.dimension != "all" else "every matter")
            for line in group.figures.lines:
                click.echo(f"  {line.title:<26} portal {told(line.portal):<26} docket {told(line.docket)}")
