"""The parts of a workbook (XLSX) as they stream by: names of sheets, shared texts, styles that are dates, rows of cells."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, from_ISO8601

from docketbridge.api import DocketbridgeError

from .payment_cells import Cell
from .table_rows import MOST_COLUMNS, Row

LONGEST_CELL = 32_767
"""Letters of a cell that are kept: what a spreadsheet holds."""
MOST_TEXT = 64 * 1024 * 1024
MOST_TEXTS = 1_500_000
_DEEPEST = 64
_LONGEST_TOKEN = 1024 * 1024
_AT_ONCE = 64 * 1024
_SAMPLE = 12

Attributes = Mapping[str, str]


class PartFault(DocketbridgeError):
    """A part of a workbook cannot be read; the message says why, whoever catches it says where."""


class Part:
    """One XML part being read; `count` says how far: rows of a sheet, elements of anything else."""

    def __init__(self) -> None:
        self.count = 0
        self._rows: list[Row] = []

    def take(self) -> Sequence[Row]:
        """The rows read since the last time."""
        rows, self._rows = self._rows, []
        return rows

    def parse(self, opened: IO[bytes]) -> Iterator[None]:
        """Read the part, some kilobytes at a time. Raises PartFault for XML that is broken or hostile."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        depth = 0

        def refuse(*_: object) -> None:
            raise PartFault("has a document type or entities of its own, which no workbook has")

        def start(name: str, told: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise PartFault("nests its elements deeper than any workbook does")
            self._start(_local(name), told)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            self._end(_local(name))

        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, self._text
        fed = 0
        try:
            while some := opened.read(_AT_ONCE):
                fed += len(some)
                parser.Parse(some, False)
                if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                    raise PartFault(f"has a name or value longer than {_LONGEST_TOKEN:,} bytes")
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as fault:
            what = expat.errors.messages.get(fault.code, "not XML")
            raise PartFault(f"is broken there (line {fault.lineno}, column {fault.offset + 1}: {what})") from fault
        yield

    def _start(self, name: str, told: Attributes) -> None:
        """An element begins."""

    def _end(self, name: str) -> None:
        """An element ends."""

    def _text(self, some: str) -> None:
        """Text between elements, in pieces."""


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    return name.rpartition(":")[2]


class Targets(Part):
    """The relations of the workbook: by their id, the path of the part each leads to; those outside the file are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: dict[str, str] = {}

    def _start(self, name: str, told: Attributes) -> None:
        self.count += 1
        if name == "Relationship" and told.get("TargetMode", "Internal") == "Internal" and "Id" in told:
            self.paths[told["Id"]] = told.get("Target", "")


class Book(Part):
    """The workbook's list of sheets, each with its relation, and from which day it counts days."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.epoch: datetime = CALENDAR_WINDOWS_1900
        self.targets = Targets()

    def _start(self, name: str, told: Attributes) -> None:
        self.count += 1
        if name == "sheet":
            relation = next((value for key, value in told.items() if _local(key) == "id" and ":" in key), "")
            self.sheets.append((told.get("name", "")[:60], relation))
        elif name == "workbookPr" and told.get("date1904") in ("1", "true"):
            self.epoch = CALENDAR_MAC_1904


class SharedStrings(Part):
    """The texts that cells share, each as its number in order; phonetic help is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._letters = self._all = 0
        self._within_text = self._phonetic = False

    def _start(self, name: str, _told: Attributes) -> None:
        if name == "si":
            self._pieces, self._letters = [], 0
        elif name == "rPh":
            self._phonetic = True
        self._within_text = name == "t" and not self._phonetic

    def _text(self, some: str) -> None:
        if self._within_text and self._letters < LONGEST_CELL:
            self._pieces.append(some)
            self._letters += len(some)

    def _end(self, name: str) -> None:
        self._within_text = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.count += 1
            self._all += self._letters
            if self._all > MOST_TEXT or self.count > MOST_TEXTS:
                raise PartFault("holds more text than any export does")
            self.texts.append("".join(self._pieces)[:LONGEST_CELL])


class Styles(Part):
    """Which cell styles show a number as a day or a length of time."""

    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[int, str] = dict(BUILTIN_FORMATS)
        self._cells: list[int] = []
        self._within_cells = False

    def _start(self, name: str, told: Attributes) -> None:
        self.count += 1
        if name == "cellXfs":
            self._within_cells = True
        elif name == "numFmt":
            self._formats[_number(told.get("numFmtId"))] = told.get("formatCode", "")[:255]
        elif name == "xf" and self._within_cells and len(self._cells) < MOST_TEXTS:
            self._cells.append(_number(told.get("numFmtId")))

    def _end(self, name: str) -> None:
        self._within_cells = self._within_cells and name != "cellXfs"

    def dates(self) -> dict[int, bool]:
        """The styles of days, by number; True where it is a length of time."""
        shown = {style: self._formats.get(number) for style, number in enumerate(self._cells)}
        return {style: is_timedelta_format(code) for style, code in shown.items() if code and is_date_format(code)}


class Sheet(Part):
    """The rows of a sheet. Of a row wider than `MOST_COLUMNS` the first cells are kept, and it is a faulty one."""

    def __init__(self, *, strings: Sequence[str], dates: Mapping[int, bool], epoch: datetime) -> None:
        super().__init__()
        self._strings, self._dates, self._epoch = strings, dates, epoch
        self._cells: list[Cell] = []
        self._column = 0
        self._wide = self._within_value = self._phonetic = False
        self._type, self._style = "n", ""
        self._pieces: list[str] = []
        self._letters = 0

    def _start(self, name: str, told: Attributes) -> None:
        if name == "c":
            place = told.get("r")
            self._column = (_column(place) if place else 0) or self._column + 1
            self._type, self._style = told.get("t", "n"), told.get("s", "")
            self._pieces, self._letters = [], 0
        elif name == "row":
            self.count = _number(told.get("r")) or self.count + 1
            self._cells, self._column, self._wide = [], 0, False
        elif name == "rPh":
            self._phonetic = True
        self._within_value = name == "v" or (name == "t" and not self._phonetic)

    def _text(self, some: str) -> None:
        if self._within_value and self._letters < LONGEST_CELL:
            self._pieces.append(some)
            self._letters += len(some)

    def _end(self, name: str) -> None:
        self._within_value = False
        if name == "c":
            self._keep_cell()
        elif name == "row":
            self._keep_row()
        elif name == "rPh":
            self._phonetic = False

    def _keep_cell(self) -> None:
        if not self._pieces:
            return
        if self._column > MOST_COLUMNS:
            self._wide = True
            return
        while len(self._cells) < self._column:
            self._cells.append(None)
        self._cells[self._column - 1] = self._value("".join(self._pieces)[:LONGEST_CELL])

    def _keep_row(self) -> None:
        cells = tuple(self._cells)
        if self._wide:
            sample = " ".join(str(each) for each in cells[:_SAMPLE] if each is not None)[:120]
            self._rows.append(Row(line=self.count, cells=cells, fault=f"has more than {MOST_COLUMNS} columns", sample=sample))
        elif any(each is not None for each in cells):
            self._rows.append(Row(line=self.count, cells=cells))

    def _value(self, text: str) -> Cell:
        """What a cell holds; a number whose style shows a day is that day, and what is no number stays as it is written."""
        match self._type:
            case "s":
                place = _number(text)
                return self._strings[place] if text.isdigit() and place < len(self._strings) else None
            case "n":
                return self._as_number(text)
            case "b":
                return text.strip() == "1"
            case "d":
                try:
                    return _as_day(from_ISO8601(text), text)
                except ValueError:
                    return text
            case _:
                return text

    def _as_number(self, text: str) -> Cell:
        try:
            value = int(text) if text.lstrip("-").isdigit() else float(text)
        except ValueError:
            return text
        if not math.isfinite(value):
            return text
        lasting = self._dates.get(_number(self._style)) if self._style else None
        if lasting is None:
            return value
        try:
            return _as_day(from_excel(value, self._epoch, timedelta=lasting), text)
        except (OverflowError, ValueError):
            return text


def _as_day(value: datetime | date | time | timedelta | None, text: str) -> Cell:
    """A day, with its time where it has one; an hour alone, or a length of time, in words."""
    if isinstance(value, datetime | date):
        return value
    return text if value is None else str(value)


def _number(text: str | None) -> int:
    """A small whole number as parts write it; 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else 0


@lru_cache(maxsize=8_192)
def _letters_as_column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _column(place: str) -> int:
    """The column of a cell's place, `C17` for 3; 0 where it says none."""
    letters = place.rstrip("0123456789")
    return _letters_as_column(letters) if 0 < len(letters) <= 4 and letters.isascii() and letters.isupper() else 0
