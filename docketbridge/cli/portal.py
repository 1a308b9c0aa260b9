"""The commands `portal import`, `portal review` and `portal link`: account histories in, each matched to its matter."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.bulk_work import spare_the_collector
from docketbridge.casework.sides.portal import PortalImport, waiting
from docketbridge.cli.reading import each_file
from docketbridge.domain.portal import PortalMatch, PortalVerdict

_SHOWN_PROBLEMS = 20


@click.group("portal")
def portal_group() -> None:
    """The record of a loss mitigation portal."""


@portal_group.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="How the columns are read (TOML), where no shipped one fits.")
@click.option("--problems", "problems_file", type=click.Path(path_type=Path), help="Write the rows not taken in here.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
@click.pass_obj
def import_command(desk: Desk, files: Sequence[Path], *, mapping: Path | None, problems_file: Path | None, as_json: bool) -> None:
    """Take account histories (CSV, XLSX, JSON) in; twice is once, and overlapping exports merge.

    Rows that cannot be read are named by line and column, never by what they hold, and the others are taken in.
    """
    results: list[PortalImport] = []
    spare_the_collector()

    def work(file: Path) -> None:
        with _progress(file) as progress:
            result = desk.portal.import_file(file, mapping=mapping, progress=progress)
        results.append(result)
        numbers = _numbers(desk)
        shown = json.dumps(_shape(result, numbers), ensure_ascii=False) if as_json else "\n".join(_lines(result, numbers))
        click.echo(shown)

    try:
        each_file(files, work)
    finally:
        if problems_file is not None:
            lines = (
                json.dumps({"file": result.name, "where": each.where, "what": each.what})
                for result in results
                for each in result.problems
            )
            problems_file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@portal_group.command("review")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an account.")
@click.pass_obj
def review_command(desk: Desk, as_json: bool) -> None:
    """List the accounts that no matter fits yet, or that a person must decide."""
    left = waiting(desk.portal.matches())
    for match in left:
        click.echo(json.dumps(_match(match, {}), ensure_ascii=False) if as_json else _told(match, {}))
    if not left and not as_json:
        click.echo("every account has its matter")


@portal_group.command("link")
@click.argument("account")
@click.option("--matter", metavar="ID", help="The matter it is of.")
@click.option("--none", "of_none", is_flag=True, help="It is of no matter here.")
@click.option("--by", required=True, metavar="NAME", help="Who says so.")
@click.pass_obj
def link_command(desk: Desk, account: str, *, matter: str | None, of_none: bool, by: str) -> None:
    """Say which matter an account is of; kept with name and time."""
    if (matter is None) != of_none:
        raise click.UsageError("portal link: give either --matter ID or --none")
    desk.portal.link(account, matter, by=by)
    click.echo(f"{account}: {matter or 'of no matter here'}, as {by} said")


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None] | None]:
    """A bar over the file's bytes on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty() or not file.is_file():
        yield None
        return
    with click.progressbar(length=file.stat().st_size, label=file.name, file=sys.stderr) as bar:
        yield lambda position: bar.update(max(position - bar.pos, 0))


def _numbers(desk: Desk) -> dict[str, str]:
    return {line.id: line.number for line in desk.matters()}


def _lines(result: PortalImport, numbers: dict[str, str]) -> list[str]:
    counts = f"{result.new} new, {result.seen_again} seen again, {result.amended} amended, {result.problem_count} problems"
    lines = [f"{Path(result.name).name}: {counts}; {len(result.accounts)} accounts"]
    lines += [f"  {each.where}: {each.what}" for each in result.problems[:_SHOWN_PROBLEMS]]
    if result.problem_count > _SHOWN_PROBLEMS:
        lines.append(f"  and {result.problem_count - _SHOWN_PROBLEMS} more; --problems FILE lists them")
    doubtful = [each for each in result.matches if each.verdict is not PortalVerdict.MATCHED]
    shown = result.matches if len(result.matches) <= _SHOWN_PROBLEMS else doubtful[:_SHOWN_PROBLEMS]
    return [*lines, *(f"  {_told(each, numbers)}" for each in shown)]


def _told(match: PortalMatch, numbers: dict[str, str]) -> str:
    if match.verdict is PortalVerdict.MATCHED:
        return f"{match.account}: {numbers.get(match.matter or '', 'of no matter here')} ({match.why})"
    among = f": {', '.join(match.candidates)}" if match.candidates else ""
    return f"{match.account}: {match.verdict.value} ({match.why}){among}"


def _shape(result: PortalImport, numbers: dict[str, str]) -> dict[str, Any]:
    return {
        "file": result.name,
        "new": result.new,
        "seen_again": result.seen_again,
        "amended": result.amended,
        "problems": [{"where": each.where, "what": each.what} for each in result.problems],
        "problem_count": result.problem_count,
        "accounts": [_match(each, numbers) for each in result.matches],
    }


def _match(match: PortalMatch, numbers: dict[str, str]) -> dict[str, Any]:
    return {
        "account": match.account,
        "verdict": match.verdict.value,
        "matter": numbers.get(match.matter or ""),
        "why": match.why,
        "candidates": list(match.candidates),
    }
