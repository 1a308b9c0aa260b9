"""The commands `detect` and `evaluate`: what entries mean, one JSON object a line, and how often that is right; no database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import click

from docketbridge.casework.shapes import detection
from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.detection.evaluation import Label, evaluate, table
from docketbridge.domain.detection.vocabulary import Vocabulary
from docketbridge.errors import UsageError
from docketbridge.programs.loading import shipped
from docketbridge.programs.wording import national_vocabulary, program_vocabulary

EVENT_NAME = "rss_event"
DOCKET_TEXT = "docket_text"
COMPOSED_LABELS = Path("tests/golden/domain/labels.jsonl")


@click.command("detect")
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--program", metavar="ID", help="Let this program's own event names come first.")
def detect_command(file: TextIO, program: str | None) -> None:
    """Say what docket entries mean.

    FILE (or standard input, `-`) holds one JSON object a line: id, court, format (rss_event or docket_text), chapter, text.
    Out comes for each: id, kind, also, candidates, facts, attributes, needs_review, why. Nothing is printed unless every
    line is good; the first that is not is named.
    """
    vocabulary = chosen_vocabulary(program)
    try:
        lines = list(answer_lines(file, vocabulary))
    except UnicodeDecodeError as fault:
        raise UsageError(f"{file.name}: is not UTF-8: {fault}") from fault
    except UsageError as fault:
        raise UsageError(f"{file.name}: {fault}") from fault
    for line in lines:
        click.echo(line)


@click.command("evaluate")
@click.argument("labels", type=click.Path(path_type=Path), default=COMPOSED_LABELS)
def evaluate_command(labels: Path) -> None:
    """Print detection's confusion table over LABELS, one labelled entry a line; default the project's composed lines."""
    try:
        lines = labels.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{labels}: cannot be read: {fault}") from fault
    try:
        labelled = tuple(read_labels(lines))
    except UsageError as fault:
        raise UsageError(f"{labels}: {fault}") from fault
    for line in table(evaluate(labelled, national_vocabulary())):
        click.echo(line)


def chosen_vocabulary(program: str | None) -> Vocabulary:
    """The nation's vocabulary, with a program's own event names before it. Raises UsageError for an unknown program."""
    if program is None:
        return national_vocabulary()
    profiles = shipped()
    found = next((each for each in profiles if each.id == program), None)
    if found is None:
        raise UsageError(f"no program {program!r}; known: {', '.join(each.id for each in profiles)}")
    return program_vocabulary(found)


def answer_lines(lines: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Answer JSON Lines with JSON Lines; blank lines are passed over. Raises UsageError naming line and key."""
    for number, values in _objects(lines):
        telling = _telling(values, number)
        found = {"id": values.get("id"), **detection(detect(telling, vocabulary))}
        yield json.dumps(found, ensure_ascii=False)


def read_labels(lines: Iterable[str]) -> Iterator[Label]:
    """Read labelled lines; `label` is a kind, `attributes` what the text says. Raises UsageError naming line and key."""
    for number, values in _objects(lines):
        telling = _telling(values, number)
        attributes = values.get("attributes", {})
        label = values.get("label")
        if not isinstance(label, str) or not isinstance(attributes, dict):
            raise UsageError(f"line {number}: label must be text, attributes an object")
        related = attributes.get("related_docs", attributes.get("related_documents", []))
        yield Label(
            id=str(values.get("id", number)),
            telling=telling,
            kind=label,
            related_documents=tuple(each for each in related if isinstance(each, int)) if isinstance(related, list) else (),
            dates=tuple((name, str(attributes[name])) for name in ("hearing", "deadline", "extended_to") if name in attributes),
        )


def _objects(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line.removeprefix("\ufeff"))
        except (ValueError, RecursionError) as fault:
            raise UsageError(f"line {number}: is no JSON: {fault}") from fault
        if not isinstance(values, dict):
            raise UsageError(f"line {number}: is no JSON object")
        yield number, values


def _telling(values: dict[str, object], number: int) -> Telling:
    text, form = values.get("text"), values.get("format", DOCKET_TEXT)
    if not isinstance(text, str):
        raise UsageError(f"line {number}: text must be text")
    if form not in (EVENT_NAME, DOCKET_TEXT):
        raise UsageError(f"line {number}: format {form!r} is neither {EVENT_NAME} nor {DOCKET_TEXT}")
    for key in ("court", "chapter"):
        if not isinstance(values.get(key), str | int | None):
            raise UsageError(f"line {number}: {key} must be text")
    court, chapter = values.get("court"), values.get("chapter")
    return Telling(
        events=(text,) if form == EVENT_NAME else (),
        text=text if form == DOCKET_TEXT else None,
        court=str(court) if court is not None else None,
        chapter=str(chapter) if chapter is not None else None,
    )
