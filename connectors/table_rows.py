"""Rows of a table as exports hold them, one at a time: delimited text in any encoding."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from .payment_cells import Cell

MOST_COLUMNS = 400
LONGEST_LINE = 256 * 1024
DELIMITERS = ",;\t|"
_LINES_IN_A_QUOTE = 20
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_CONTROLS = dict.fromkeys(code for code in range(32) if code != 9)


@dataclass(frozen=True, slots=True)
class Row:
    """One row, counted from 1 as a person sees it.

    `fault` says why it cannot be read whole: its `cells` are then the first of it, as far as they can be told, and `sample` is
    how it begins.
    """

    line: int
    cells: Sequence[Cell]
    fault: str | None = None
    sample: str = ""


def text_lines(file: BinaryIO) -> Iterator[tuple[int, str, bool]]:
    """Lines of a text, each with its number and whether it was too long to keep whole.

    Each line is decoded by what its bytes are: UTF-8 where it is, else Windows-1252, so that a file joined of both is read;
    UTF-16 and UTF-32 by their mark.
    """
    start = file.peek(4)[:4] if hasattr(file, "peek") else file.read(4)
    if not hasattr(file, "peek"):
        file.seek(0)
    wide = next((encoding for mark, encoding in _WIDE if start.startswith(mark)), None)
    if wide is not None:
        reader = codecs.getreader(wide)(file, "replace")
        for number, line in enumerate(reader, start=1):
            yield number, line[:LONGEST_LINE], len(line) > LONGEST_LINE
        return
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        long = not raw.endswith(b"\n") and len(raw) >= LONGEST_LINE
        while long and (more := file.readline(LONGEST_LINE)):
            if more.endswith(b"\n"):
                break
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        yield number, _decoded(raw), long


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def text_rows(lines: Iterator[tuple[int, str, bool]], delimiter: str) -> Iterator[Row]:
    """Rows of delimited text. A line too long, too wide or with an unclosed quote is one faulty row; the next is read anew."""
    waiting: list[tuple[int, str, bool]] = []
    while (first := waiting.pop(0) if waiting else next(lines, None)) is not None:
        line, text, long = first
        if long or text.count(delimiter) >= MOST_COLUMNS:
            wide = text.count(delimiter) >= MOST_COLUMNS
            what = f"has more than {MOST_COLUMNS} columns" if wide else f"is longer than {LONGEST_LINE:,} characters"
            yield Row(line=line, cells=_first_cells(text, delimiter), fault=what, sample=text[:120])
            continue
        whole = text
        if '"' in text and text.count('"') % 2:
            ahead: list[tuple[int, str, bool]] = []
            while len(ahead) < _LINES_IN_A_QUOTE and (more := waiting.pop(0) if waiting else next(lines, None)) is not None:
                ahead.append(more)
                whole += more[1]
                if whole.count('"') % 2 == 0:
                    break
            if whole.count('"') % 2:
                waiting = [*ahead, *waiting]
                cells = _first_cells(text.partition('"')[0], delimiter)
                yield Row(line=line, cells=cells, fault="opens a quote that is not closed", sample=text[:120])
                continue
        row = _row(line, whole, delimiter)
        if row is not None:
            yield row


def _first_cells(text: str, delimiter: str) -> Sequence[Cell]:
    """The first cells of a row that cannot be read whole; the last of them may be cut off and is left out."""
    return text.translate(_NO_CONTROLS).split(delimiter, MOST_COLUMNS)[:MOST_COLUMNS][:-1]


def _row(line: int, text: str, delimiter: str) -> Row | None:
    bare = text.strip("\r\n")
    if '"' not in bare:
        if not bare.strip():
            return None
        return Row(line=line, cells=bare.translate(_NO_CONTROLS).split(delimiter))
    try:
        cells = next(csv.reader([bare.replace("\r", " ").replace("\n", " ").replace("\0", "")], delimiter=delimiter), [])
    except csv.Error as fault:
        return Row(line=line, cells=(), fault=f"cannot be split into columns ({fault})", sample=text[:120])
    return Row(line=line, cells=cells) if any(cell.strip() for cell in cells) else None
