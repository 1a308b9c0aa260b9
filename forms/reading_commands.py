"""What the paper commands read and write: JSON files of facts and answers in, whole files or none out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from docketbridge.api import Document, DocumentWriter, PaperError, UsageError

from .docx_writer import DocxWriter
from .text_writer import TextWriter

LARGEST = 4 * 1024 * 1024  # bytes of a facts or answers file; a paper's facts fill a few thousand
STANDARD_OUTPUT = Path("-")


def read_object(path: Path | None) -> Mapping[str, object]:
    """Read a JSON object from a file; nothing from no file. Raises PaperError naming file and line when it is none."""
    if path is None:
        return {}
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


def writer_for(path: Path) -> DocumentWriter:
    """The writer of a file by its ending: text for `.txt` and for standard output, else Word."""
    return TextWriter() if path == STANDARD_OUTPUT or path.suffix.lower() == ".txt" else DocxWriter()


def write_file(path: Path, content: bytes) -> None:
    """Write the whole file or none; `-` is standard output. Raises UsageError when it cannot be written."""
    if path == STANDARD_OUTPUT:
        click.echo(content, nl=False)
        return
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as fault:
        partial.unlink(missing_ok=True)
        raise UsageError(f"{path}: cannot be written: {fault.strerror}") from fault


def tell(document: Document, output: Path) -> None:
    """Say what was written, what is still unanswered, and what to look at."""
    to_error = output == STANDARD_OUTPUT
    click.echo(f"{output}: {document.title}", err=to_error)
    for name in document.unanswered:
        click.echo(f"unanswered\t{name}", err=to_error)
    for warning in document.warnings:
        click.echo(f"warning\t{warning}", err=True)
