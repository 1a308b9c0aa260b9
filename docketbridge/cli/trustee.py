"""The commands `trustee import` and `trustee export`: payment exports in, a trustee's own cases with their verdicts out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.trustees.payments import ImportOptions, ImportResult
from docketbridge.casework.trustees.trustee_export import as_csv, as_workbook
from docketbridge.cli.reading import each_file
from docketbridge.cli.trustee_telling import TELLING
from docketbridge.domain.payments.payment_facts import PaymentProblem
from docketbridge.errors import UsageError

_DAY = click.DateTime(["%Y-%m-%d"])
_SHOWN_PROBLEMS = 20


@click.group("trustee")
def trustee_group() -> None:
    """Plan payments of chapter 13 trustees."""


@trustee_group.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="How the columns are read (TOML), where no shipped one fits.")
@click.option("--as-of", "as_of", type=_DAY, metavar="D", help="The day the files speak for, where they do not say it.")
@click.option("--covers-from", type=_DAY, metavar="D", help="From which day the files list every receipt.")
@click.option("--court", metavar="ID", help="The court; default the only one whose dockets were seen.")
@click.option("--problems", "problems_file", type=click.Path(path_type=Path), help="Write the rows that could not be read here.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
@click.pass_obj
def import_command(
    desk: Desk,
    files: Sequence[Path],
    *,
    mapping: Path | None,
    as_of: datetime | None,
    covers_from: datetime | None,
    court: str | None,
    problems_file: Path | None,
    as_json: bool,
) -> None:
    """Take payment exports (CSV, XLSX) in; twice is once, and a corrected export amends.

    Rows that cannot be read are named with line and column, and the others are kept.
    """
    options = ImportOptions(court=court, mapping=mapping, as_of=_date(as_of), covers_from=_date(covers_from))
    results: list[ImportResult] = []

    def work(file: Path) -> None:
        with _progress(file) as progress:
            result = desk.import_payments(file, options, progress)
        results.append(result)
        click.echo(json.dumps(_shape(result), ensure_ascii=False) if as_json else "\n".join(_lines(result)))

    try:
        each_file(files, work)
    finally:
        if problems_file is not None:
            lines = (json.dumps(_problem(each, result)) for result in results for each in result.problems)
            problems_file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@trustee_group.command("export")
@click.argument("trustee")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The file to write, .csv or .xlsx; default CSV on standard output."
)
@click.pass_obj
def export_command(desk: Desk, trustee: str, output: Path | None) -> None:
    """Write a trustee's own cases with verdicts and days. TRUSTEE is the id, such as marguerite-t-osei."""
    page = desk.payments.page(trustee)
    if output is None:
        click.echo(as_csv(page), nl=False)
    elif output.suffix.lower() == ".csv":
        output.write_text(as_csv(page), encoding="utf-8", newline="")
    elif output.suffix.lower() == ".xlsx":
        output.write_bytes(as_workbook(page))
    else:
        raise UsageError(f"{output}: writes .csv or .xlsx")


@trustee_group.command("list")
@click.pass_obj
def list_command(desk: Desk) -> None:
    """List the trustees who have a case here, by id."""
    for each in desk.payments.trustees():
        click.echo(each)


for telling in TELLING:
    trustee_group.add_command(telling)


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None] | None]:
    """A bar over the file's bytes on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty() or not file.is_file():
        yield None
        return
    with click.progressbar(length=file.stat().st_size, label=file.name, file=sys.stderr) as bar:
        yield bar.update


def _lines(result: ImportResult) -> list[str]:
    counts = f"{result.new} new, {result.seen_again} seen again, {result.amended} amended, {result.gone} gone"
    told = (
        f"{Path(result.name).name}: as of {result.as_of}: {counts}; {result.cases} cases, {result.judged} judged, "
        f"{result.without_docket} without a docket here; {result.problem_count} problems"
    )
    lines = [told]
    if result.covers_from is not None:
        lines.append(f"  receipts count as whole from {result.covers_from}")
    lines += [f"  {each.where}: {each.what}" for each in result.problems[:_SHOWN_PROBLEMS]]
    if result.problem_count > _SHOWN_PROBLEMS:
        lines.append(f"  and {result.problem_count - _SHOWN_PROBLEMS} more; --problems FILE lists them")
    return lines


def _shape(result: ImportResult) -> dict[str, Any]:
    return {
        "file": result.name,
        "court": result.court,
        "as_of": result.as_of.isoformat(),
        "covers_from": result.covers_from.isoformat() if result.covers_from else None,
        "new": result.new,
        "seen_again": result.seen_again,
        "amended": result.amended,
        "gone": result.gone,
        "cases": result.cases,
        "judged": result.judged,
        "without_docket": result.without_docket,
        "problems": result.problem_count,
    }


def _problem(problem: PaymentProblem, result: ImportResult) -> dict[str, Any]:
    return {"file": result.name, "where": problem.where, "what": problem.what, "sample": problem.sample}
