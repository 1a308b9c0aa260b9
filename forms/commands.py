"""The commands `docketbridge paper list`, `schema` and `draft`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol, cast

import click

from docketbridge.api import Document, MatterFile, PaperError, UsageError

from .catalog import WordedPaper, papers_in, shipped_wording
from .docx_writer import DocxWriter

LARGEST = 4 * 1024 * 1024  # bytes of a facts or answers file; a paper's facts fill a few thousand


class Desk(Protocol):
    """What the command works at when a matter is named: the ledger on one day."""

    @property
    def today(self) -> date:
        """The court's day."""
        ...

    def matter_file(self, matter: str) -> MatterFile:
        """The file of a matter, by its id or its number for people."""
        ...


_wording_option = click.option(
    "--wording",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="A court's own wording files (*.toml); they take the place of ours by name, or add papers.",
)


@click.group("paper")
def paper_commands() -> None:
    """Court papers: list them, show the schema of their facts, draft one as a Word file."""


@paper_commands.command("list")
@_wording_option
def list_papers(wording: Path | None) -> None:
    """List the papers there are, name and title."""
    for paper in _papers(wording).values():
        click.echo(f"{paper.name}\t{paper.title}")


@paper_commands.command("schema")
@click.argument("name")
@_wording_option
def show_schema(name: str, wording: Path | None) -> None:
    """Show the JSON Schema of a paper's facts, for --facts and --answers."""
    click.echo(json.dumps(_paper(name, wording).schema(), indent=2, ensure_ascii=False))


@paper_commands.command("draft")
@click.argument("name")
@click.option("--matter", metavar="ID", help="Draft from a matter of the ledger.")
@click.option(
    "--facts", type=click.Path(path_type=Path), metavar="FILE.json", help="Draft from facts in a file, without a ledger."
)
@click.option(
    "--answers", type=click.Path(path_type=Path), metavar="FILE.json", help="What a person adds: blanks by name or by path."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="OUT.docx", required=True, help="The Word file to write."
)
@_wording_option
def draft_paper(
    name: str, matter: str | None, facts: Path | None, answers: Path | None, output: Path, wording: Path | None
) -> None:
    """Draft a paper; prints what is still unanswered and what to look at."""
    if (matter is None) == (facts is None):
        raise UsageError("paper draft: give either --matter ID or --facts FILE.json")
    paper = _paper(name, wording)
    given = _read(answers) if answers is not None else {}
    desk = cast("Desk | None", click.get_current_context().obj)
    if facts is not None:
        told = _read(facts)
        today = desk.today if desk is not None else datetime.now(UTC).astimezone().date()
        try:
            document = paper.draft_from_facts(told, today=today, answers=given)
        except PaperError as fault:
            raise PaperError(f"{facts}: {fault}") from fault
    elif desk is None:
        raise UsageError("paper draft: --matter needs a ledger; run it as `docketbridge paper draft`")
    else:
        document = paper.draft(desk.matter_file(cast("str", matter)), given)
    _write(output, DocxWriter().write(document))
    _tell(document, output)


def _papers(wording: Path | None) -> Mapping[str, WordedPaper]:
    if wording is not None and not wording.is_dir():
        raise UsageError(f"{wording}: no folder of wording files")
    folders = (shipped_wording(), wording) if wording is not None else (shipped_wording(),)
    return {paper.name: paper for paper in papers_in(*folders)}


def _paper(name: str, wording: Path | None) -> WordedPaper:
    papers = _papers(wording)
    if name not in papers:
        raise UsageError(f"no paper {name!r}; there are {', '.join(papers)}")
    return papers[name]


def _read(path: Path) -> Mapping[str, object]:
    """Read a JSON object from a file. Raises PaperError naming file and line when it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise PaperError(f"{path}: larger than {LARGEST // 1024 // 1024} MiB; no facts of a paper")
        raw = json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=_once)
    except OSError as fault:
        raise PaperError(f"{path}: cannot be read: {fault.strerror}") from fault
    except json.JSONDecodeError as fault:
        raise PaperError(f"{path}: line {fault.lineno}: no JSON: {fault.msg}") from fault
    except (UnicodeDecodeError, RecursionError) as fault:
        raise PaperError(f"{path}: no JSON in UTF-8") from fault
    except KeyError as fault:
        raise PaperError(f"{path}: the key {fault.args[0]!r} stands twice in one object") from fault
    if not isinstance(raw, dict):
        raise PaperError(f"{path}: must hold one JSON object")
    return raw


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in pairs:
        if key in made:
            raise KeyError(key)
        made[key] = value
    return made


def _write(path: Path, content: bytes) -> None:
    """Write the whole file or none."""
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as fault:
        partial.unlink(missing_ok=True)
        raise UsageError(f"{path}: cannot be written: {fault.strerror}") from fault


def _tell(document: Document, output: Path) -> None:
    click.echo(f"{output}: {document.title}")
    for name in document.unanswered:
        click.echo(f"unanswered\t{name}")
    for warning in document.warnings:
        click.echo(f"warning\t{warning}", err=True)
