"""Commands for feeds: `parse` shows what they say, `intake` takes them into the ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.bulk_work import spare_the_collector
from docketbridge.casework.intake.intake import IntakeResult
from docketbridge.casework.intake.preparing import parse_feed
from docketbridge.casework.review.deed_shapes import intake as intake_shape
from docketbridge.casework.shapes import case_header, parsed_entry
from docketbridge.cli.reading import each_file, read_feed, read_moment, with_progress
from docketbridge.domain.feeds import Problem, RawFeed
from docketbridge.errors import DocketbridgeError, UnreadableFeed, UsageError

_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
_COURT = click.option("--court", metavar="ID", help="The court, where the feed itself does not name it (nysb, rib, …).")
_FORMAT = click.option("--format", "format_name", metavar="F", help="The feed format; guessed from the content when absent.")


@click.command("parse")
@_FILES
@_COURT
@_FORMAT
@click.option("--case-only", is_flag=True, help="The case header of a docket report instead of its entries.")
@click.option("--problems", "problems_file", type=click.Path(path_type=Path), help="Write the items that could not be read here.")
@click.pass_obj
def parse_command(
    desk: Desk, files: Sequence[Path], court: str | None, format_name: str | None, case_only: bool, problems_file: Path | None
) -> None:
    """Feed files in, one JSON object an entry out; no database."""
    problems: list[dict[str, Any]] = []

    def work(file: Path) -> None:
        parsed = parse_feed(desk.plugins, read_feed(file, court=court, fetched_at=None), format_name)
        shapes = [case_header(each) for each in parsed.headers] if case_only else [parsed_entry(each) for each in parsed.entries]
        for shape in shapes:
            click.echo(json.dumps(shape, ensure_ascii=False))
        problems.extend(_problem(file, each) for each in parsed.problems)

    try:
        each_file(files, work)
    finally:
        if problems_file is not None:
            problems_file.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in problems), encoding="utf-8")
        elif problems:
            click.echo(f"{len(problems)} items could not be read; --problems FILE lists them", err=True)


def _problem(file: Path, problem: Problem) -> dict[str, Any]:
    return {"file": str(file), "where": problem.where, "what": problem.what, "sample": problem.sample}


@click.command("intake")
@_FILES
@_COURT
@_FORMAT
@click.option("--seen-at", metavar="TIME", help="When the files were fetched (RFC 3339); default now.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
@click.pass_obj
def intake_command(
    desk: Desk, files: Sequence[Path], court: str | None, format_name: str | None, seen_at: str | None, as_json: bool
) -> None:
    """Take feed files into the ledger: new, seen again, amended, refused, problems."""
    moment = read_moment(seen_at, option="--seen-at") if seen_at else None
    results: list[IntakeResult] = []
    faults: list[str] = []
    if len(files) > 1:
        spare_the_collector()
    feeds = (_read_or_fault(file, court=court, fetched_at=moment) for file in with_progress(files))
    try:
        for result in desk.intake.take_in_all(feeds, format_name):
            if isinstance(result, DocketbridgeError):
                faults.append(str(result))
                continue
            results.append(result)
            click.echo(json.dumps(intake_shape(result), ensure_ascii=False) if as_json else intake_line(result))
    finally:
        if results:
            desk.refresh()
    if len(results) > 1 and not as_json:
        click.echo(_total(results))
    if faults:
        raise UsageError("; ".join(faults))


def _read_or_fault(file: Path, *, court: str | None, fetched_at: datetime | None) -> RawFeed | UnreadableFeed:
    try:
        return read_feed(file, court=court, fetched_at=fetched_at)
    except UnreadableFeed as fault:
        return fault


def _counts(new: int, again: int, amended: int, refused: int, problems: int) -> str:
    return f"{new} new, {again} seen again, {amended} amended, {refused} refused, {problems} problems"


def intake_line(result: IntakeResult) -> str:
    """What taking one feed in did, for people: one line, and one more for each problem and gap."""
    counts = _counts(result.new, result.seen_again, result.amended, result.refused, len(result.problems))
    lines = [f"{Path(result.name).name}: {counts}"]
    lines += [f"  {problem.where}: {problem.what}" for problem in result.problems]
    lines += [f"  gap: nothing shows {each.start:%Y-%m-%d %H:%M} to {each.end:%Y-%m-%d %H:%M} UTC" for each in result.gaps]
    return "\n".join(lines)


def _total(results: Sequence[IntakeResult]) -> str:
    sums = [sum(getattr(each, name) for each in results) for name in ("new", "seen_again", "amended", "refused")]
    problems = sum(len(each.problems) for each in results)
    return f"{len(results)} files: {_counts(sums[0], sums[1], sums[2], sums[3], problems)}"
