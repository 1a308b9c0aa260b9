"""The commands `docketbridge paper list`, `schema` and `draft`; checking and issuing join them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from docketbridge.api import Document, Paper, PaperError, UsageError

from .catalog import WordedPaper, papers_in, shipped_wording
from .desk import Desk, desk_at_hand, desk_needed
from .docx_writer import DocxWriter
from .issuing_commands import check_paper, issue_paper, list_issued
from .packet import packet_of
from .proposing import with_proposals
from .reading_commands import read_object, tell, write_file, writer_for

PACKET, MEMO = "bench-packet", "bench-memo"
PACKET_TITLE = "Bench Packet: the memos of a calendar in calling order"

_wording_option = click.option(
    "--wording",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="A court's own wording files (*.toml); they take the place of ours by name, or add papers.",
)


@click.group("paper")
def paper_commands() -> None:
    """Court papers: list them, show the schema of their facts, draft one as a Word file, check an order's dates, issue one."""


for _command in (check_paper, issue_paper, list_issued):
    paper_commands.add_command(_command)


@paper_commands.command("list")
@_wording_option
def list_papers(wording: Path | None) -> None:
    """List the papers there are, name and title; those of other plugins too."""
    titles = {name: paper.title for name, paper in {**_others(), **_papers(wording)}.items()}
    for name, title in sorted({**titles, PACKET: PACKET_TITLE}.items()):
        click.echo(f"{name}\t{title}")


@paper_commands.command("schema")
@click.argument("name")
@_wording_option
def show_schema(name: str, wording: Path | None) -> None:
    """Show the JSON Schema of a paper's facts, for --facts and --answers."""
    paper = _paper(MEMO if name == PACKET else name, wording)
    if not isinstance(paper, WordedPaper):
        raise UsageError(f"{name}: drafted from a matter alone; it has no schema of facts")
    click.echo(json.dumps(paper.schema(), indent=2, ensure_ascii=False))


@paper_commands.command("draft")
@click.argument("name")
@click.option("--matter", metavar="ID", help="Draft from a matter of the ledger.")
@click.option(
    "--facts", type=click.Path(path_type=Path), metavar="FILE.json", help="Draft from facts in a file, without a ledger."
)
@click.option(
    "--answers", type=click.Path(path_type=Path), metavar="FILE.json", help="What a person adds: blanks by name or by path."
)
@click.option("--propose-dates", is_flag=True, help="Fill missing dates of an order from the court's usual days.")
@click.option("--judge", metavar="INITIALS", help="Of a bench packet: whose calendar.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Of a bench packet: the calendar's day.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="OUT.docx",
    required=True,
    help="The file; .txt for text.",
)
@_wording_option
def draft_paper(
    name: str,
    matter: str | None,
    facts: Path | None,
    answers: Path | None,
    propose_dates: bool,
    judge: str | None,
    day: datetime | None,
    output: Path,
    wording: Path | None,
) -> None:
    """Draft a paper; prints what is still unanswered and what to look at."""
    if name == PACKET:
        if matter is not None or facts is not None:
            raise UsageError("paper draft bench-packet: of a calendar, not of one matter; give --judge and --date")
        _draft_packet(judge, day, output, wording)
        return
    if judge is not None or day is not None:
        raise UsageError("paper draft: --judge and --date are for bench-packet")
    if (matter is None) == (facts is None):
        raise UsageError("paper draft: give either --matter ID or --facts FILE.json")
    paper, given = _paper(name, wording), read_object(answers)
    if facts is not None:
        document = _from_facts(paper, facts, given)
    else:
        document = _from_matter(paper, desk_needed("paper draft --matter"), str(matter), given, propose_dates=propose_dates)
    write_file(output, writer_for(output).write(document))
    tell(document, output)


def _from_facts(paper: Paper, facts: Path, given: Mapping[str, object]) -> Document:
    if not isinstance(paper, WordedPaper):
        raise UsageError(f"{paper.name}: drafted from a matter alone; give --matter ID")
    told, desk = read_object(facts), desk_at_hand()
    today = desk.today if desk is not None else datetime.now(UTC).astimezone().date()
    try:
        return paper.draft_from_facts(told, today=today, answers=given)
    except PaperError as fault:
        raise PaperError(f"{facts}: {fault}") from fault


def _from_matter(paper: Paper, desk: Desk, matter: str, given: Mapping[str, object], *, propose_dates: bool) -> Document:
    file = desk.matter_file(matter)
    if propose_dates:
        if not isinstance(paper, WordedPaper) or not paper.wording.usual_days:
            raise UsageError(f"--propose-dates: {paper.name} has no usual days")
        known = paper.facts_for(file, given)
        given = {**with_proposals(known, today=file.today, usual_days=paper.wording.usual_days), **given}
    return paper.draft(file, given)


def _draft_packet(judge: str | None, day: datetime | None, output: Path, wording: Path | None) -> None:
    if not judge or day is None:
        raise UsageError("paper draft bench-packet: give --judge INITIALS and --date YYYY-MM-DD")
    desk = desk_needed("paper draft bench-packet")
    documents = packet_of(desk.matter_files(f"judge:{judge.lower()}"), _paper(MEMO, wording), judge=judge, day=day.date())
    write_file(output, DocxWriter().write_together(documents))
    tell(documents[0], output)


def _papers(wording: Path | None) -> Mapping[str, WordedPaper]:
    if wording is not None and not wording.is_dir():
        raise UsageError(f"{wording}: no folder of wording files")
    folders = (shipped_wording(), wording) if wording is not None else (shipped_wording(),)
    return {paper.name: paper for paper in papers_in(*folders)}


def _others() -> Mapping[str, Paper]:
    desk = desk_at_hand()
    return desk.plugins.papers if desk is not None else {}


def _paper(name: str, wording: Path | None) -> Paper:
    papers: dict[str, Paper] = {**_others(), **_papers(wording)}
    if name not in papers:
        raise UsageError(f"no paper {name!r}; there are {', '.join(sorted([*papers, PACKET]))}")
    return papers[name]
