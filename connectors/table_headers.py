"""Finds the line of column headings in an export, whichever delimiter it was saved with, and what stands above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from docketbridge.api import UnreadableFeed

from .payment_cells import Cell, CellFault, read_day
from .payment_mapping import NEEDED, PaymentMapping
from .table_rows import Row

_FIELD_IN_WORDS = {"step_amount": "amount", "first_due": "first due date", "day": "date", "case_number": "case number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the columns stand: the line of the header, the index of each field by kind of row, and what stood above it."""

    mapping: PaymentMapping
    line: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    kinds: tuple[str, ...]
    record: int | None
    above: Mapping[str, str]
    lacking: tuple[str, ...]


def choose_text(tried: Sequence[PaymentMapping], found: Mapping[str, list[Row]], name: str) -> tuple[str, Header]:
    """The delimiter and header that fit, whatever delimiter a person saved with. Raises UnreadableFeed naming line and column."""
    fits = [(each, header) for each, rows in found.items() if (header := _best(tried, rows)) is not None]
    whole = [fit for fit in fits if not fit[1].lacking] or fits
    if whole:
        return max(whole, key=lambda fit: len(fit[1].places))
    widest = max(found, key=lambda each: max((len(row.cells) for row in found[each]), default=0))
    raise _no_header(tried, found[widest], name)


def choose(tried: Sequence[PaymentMapping], head: Sequence[Row], name: str) -> Header:
    """The header among the first rows of a table. Raises UnreadableFeed naming line and column."""
    header = _best(tried, head)
    if header is None:
        raise _no_header(tried, head, name)
    return header


def _best(tried: Sequence[PaymentMapping], head: Sequence[Row]) -> Header | None:
    found = [
        header
        for mapping in tried
        for place, row in enumerate(head)
        if (header := _header(mapping, row, head[:place])) is not None
    ]
    return max(found, key=lambda each: (len(each.kinds), len(each.places)), default=None)


def _no_header(tried: Sequence[PaymentMapping], head: Sequence[Row], name: str) -> UnreadableFeed:
    """Name the column that is missing in the likeliest header, or say that there is none."""
    likeliest: tuple[int, Row, PaymentMapping] | None = None
    for mapping in tried:
        headings = {heading for some in mapping.columns.values() for heading in some}
        for row in head:
            count = sum(_heading(cell) in headings for cell in row.cells)
            if count >= 2 and (likeliest is None or count > likeliest[0]):
                likeliest = (count, row, mapping)
    if likeliest is None:
        known = ", ".join(each.id for each in tried)
        return UnreadableFeed(f"{name}: no line of column headings that the mappings know ({known}); give one with --mapping")
    _, row, mapping = likeliest
    places = _places(mapping, row)
    missing = next(field for kind in ("receipt", "step") for field in NEEDED[kind] if field not in places)
    wanted = " or ".join(repr(each) for each in mapping.columns.get(missing, (missing,)))
    return UnreadableFeed(
        f"{name}: line {row.line}: no column {wanted} ({_FIELD_IN_WORDS.get(missing, missing)}), mapping {mapping.id}"
    )


def _heading(cell: Cell) -> str:
    return " ".join(str(cell or "").split()).casefold()


def _places(mapping: PaymentMapping, row: Row) -> dict[str, int]:
    headings: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        headings.setdefault(_heading(cell), place)
    return {
        field: next(headings[each] for each in some if each in headings)
        for field, some in mapping.columns.items()
        if any(each in headings for each in some)
    }


def _header(mapping: PaymentMapping, row: Row, above: Sequence[Row]) -> Header | None:
    places = _places(mapping, row)
    kinds = tuple(kind for kind in mapping.kinds if all(field in places for field in NEEDED[kind]))
    if "receipt" not in kinds and "step" not in kinds:
        return None
    names = tuple(str(cell or "").strip() for cell in row.cells)
    record = next((place for place, each in enumerate(names) if each.casefold() in mapping.record_columns), None)
    if mapping.record_columns and record is None:
        return None
    begun = [kind for kind in mapping.kinds if kind not in kinds and any(field in places for field in NEEDED[kind][1:])]
    lacking = tuple(field for kind in begun for field in NEEDED[kind] if field not in places)
    return Header(
        mapping=mapping,
        line=row.line,
        names=names,
        places=places,
        kinds=kinds,
        record=record,
        above=_labels(mapping, above),
        lacking=lacking,
    )


def _labels(mapping: PaymentMapping, above: Sequence[Row]) -> dict[str, str]:
    """What the lines above the header say: `As of: 8/17/2026` in one cell, or the label in one and the value in the next."""
    told: dict[str, str] = {}
    for row in above:
        cells = [str(cell).strip() for cell in row.cells if cell is not None and str(cell).strip()]
        for place, cell in enumerate(cells):
            for field, labels in mapping.labels.items():
                label = next((each for each in labels if cell.casefold().startswith(each)), None)
                if label is not None:
                    rest = cell[len(label) :].lstrip(" :\t")
                    told.setdefault(field, rest or (cells[place + 1] if place + 1 < len(cells) else ""))
    return told


def told_day(header: Header, field: str) -> date | None:
    """The day that a label above the header gives; None where there is none."""
    try:
        return read_day(header.above[field], header.mapping.dates)
    except (KeyError, CellFault):
        return None
