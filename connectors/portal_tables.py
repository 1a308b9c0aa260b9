"""Opens a portal's export, whatever it was saved as, and gives its rows as cells in the order of the mapping's fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from docketbridge.api import UnreadableFeed

from .payment_cells import Cell
from .portal_mapping import FIELDS, PortalMapping, folded, lacking
from .table_rows import DELIMITERS, Row, text_lines, text_rows
from .workbooks import is_workbook, workbook_rows

_LINES_ABOVE = 20
_LARGEST_JSON = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """One row: its place, and a cell for each of FIELDS; `fault` says why it has none."""

    where: int
    cells: tuple[Cell, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An export with the mapping that fits it."""

    mapping: PortalMapping
    kind: str
    rows: Iterator[Told]


def open_table(file: BinaryIO, tried: Sequence[PortalMapping], name: str) -> Opened:
    """Open an export as CSV, XLSX or JSON by what its bytes are. Raises UnreadableFeed naming file, line and column."""
    start = file.read(4096)
    file.seek(0)
    if not start.strip():
        raise UnreadableFeed(f"{name}: the file is empty")
    if is_workbook(start):
        return _workbook(file, tried, name)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _json(file, tried, name)
    if start.lstrip()[:1] == b"<" or start.startswith(b"%PDF"):
        raise UnreadableFeed(f"{name}: this is no table; export the account history as CSV, XLSX or JSON")
    lines = text_lines(file)
    first = list(islice(lines, _LINES_ABOVE))
    heads = {each: list(text_rows(iter(first), each)) for each in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda each: _known(heads[each], tried))
    # The lines of the head are read twice: a quoted message may run on below it.
    rows = text_rows(chain(first, lines), delimiter)
    return _with_header("csv", heads[delimiter], rows, tried, name, again=True)


def _workbook(file: BinaryIO, tried: Sequence[PortalMapping], name: str) -> Opened:
    rows = workbook_rows(file, name)
    head = list(islice(rows, _LINES_ABOVE))
    return _with_header("xlsx", head, rows, tried, name)


def _known(head: Sequence[Row], tried: Sequence[PortalMapping]) -> int:
    return max((_fit(mapping, row) for mapping in tried for row in head), default=0)


def _fit(mapping: PortalMapping, row: Row) -> int:
    headings = {heading for some in mapping.columns.values() for heading in some}
    return sum(folded(str(cell)) in headings for cell in row.cells if cell is not None)


def _with_header(
    kind: str, head: list[Row], rows: Iterator[Row], tried: Sequence[PortalMapping], name: str, *, again: bool = False
) -> Opened:
    ranked = [(_fit(mapping, row), -row.line, mapping, row) for mapping in tried for row in head]
    best = max(ranked, key=lambda each: each[:2], default=None)
    if best is None or best[0] < 2:
        known = ", ".join(each.id for each in tried)
        raise UnreadableFeed(f"{name}: no line of column headings that the mappings know ({known}); give one with --mapping")
    mapping, header = best[2], best[3]
    headings = [folded(str(cell)) if cell is not None else "" for cell in header.cells]
    missing = lacking(mapping, headings)
    if missing is not None:
        wanted = " or ".join(repr(each) for each in mapping.columns.get(missing, (missing,)))
        raise UnreadableFeed(f"{name}: line {header.line}: no column {wanted} ({missing}), mapping {mapping.id}")
    places = [_place(headings, mapping.columns.get(field, ())) for field in FIELDS]
    below = rows if again else chain(head, rows)
    return Opened(mapping=mapping, kind=kind, rows=_placed(below, places, header.line))


def _place(headings: Sequence[str], words: Sequence[str]) -> int | None:
    return next((headings.index(each) for each in words if each in headings), None)


def _placed(rows: Iterator[Row], places: Sequence[int | None], header: int) -> Iterator[Told]:
    for row in rows:
        if row.line <= header:
            continue
        if row.fault is not None:
            yield Told(row.line, fault=row.fault)
            continue
        cells, width = row.cells, len(row.cells)
        told = tuple([cells[place] if place is not None and place < width else None for place in places])
        if any(cell is not None and cell != "" for cell in told):
            yield Told(row.line, told)


def _json(file: BinaryIO, tried: Sequence[PortalMapping], name: str) -> Opened:
    content = file.read(_LARGEST_JSON + 1)
    if len(content) > _LARGEST_JSON:
        raise UnreadableFeed(f"{name}: larger than {_LARGEST_JSON // 1024 // 1024} MiB of JSON; export it as CSV")
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError) as fault:
        raise UnreadableFeed(f"{name}: no JSON in UTF-8") from fault
    except json.JSONDecodeError as fault:
        raise UnreadableFeed(f"{name}: line {fault.lineno}: no JSON: {fault.msg}") from fault
    items = next((each for each in told.values() if isinstance(each, list)), None) if isinstance(told, dict) else told
    if not isinstance(items, list):
        raise UnreadableFeed(f"{name}: no list of rows in this JSON")
    headings = {folded(key) for item in items if isinstance(item, dict) for key in item}
    ranked = sorted(tried, key=lambda each: -sum(any(word in headings for word in some) for some in each.columns.values()))
    missing = lacking(ranked[0], tuple(headings))
    if missing is not None:
        raise UnreadableFeed(f"{name}: no key for {missing}, mapping {ranked[0].id}")
    return Opened(mapping=ranked[0], kind="json", rows=_items(items, ranked[0]))


def _items(items: Sequence[object], mapping: PortalMapping) -> Iterator[Told]:
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            yield Told(number, fault="is no object")
            continue
        keyed = {folded(key): value for key, value in item.items()}
        told = tuple(_pick(keyed, mapping.columns.get(field, ())) for field in FIELDS)
        if any(isinstance(value, dict | list | bool) for value in told):
            yield Told(number, fault="holds a list or an object where a value should stand")
            continue
        yield Told(number, told)  # type: ignore[arg-type]  # what is neither list nor object in JSON is a cell


def _pick(keyed: Mapping[str, object], words: Sequence[str]) -> object:
    return next((keyed[each] for each in words if each in keyed), None)
