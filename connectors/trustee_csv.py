"""Reads the payment exports of chapter 13 trustees' systems, CSV or XLSX, through a mapping of their columns."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice
from typing import Any, BinaryIO

from docketbridge.api import (
    CasePosition,
    Frequency,
    Movement,
    ParsedFeed,
    PaymentFact,
    PaymentFeed,
    PaymentProblem,
    PlanStep,
    Problem,
    RawFeed,
    Receipt,
    Source,
    Suspension,
    UnreadableFeed,
)

from .payment_cells import Cell, CellFault, read_amount, read_case_number, read_count, read_day
from .payment_mapping import NEEDED, POSITION, read_mapping, shipped_mappings
from .table_headers import Header, choose, choose_text, told_day
from .table_rows import DELIMITERS, Row, text_lines, text_rows
from .workbooks import is_workbook, workbook_rows

FORMAT = "trustee-csv"
_LINES_ABOVE = 40
_JOINT = re.compile(r"^(?:joint|spouse|co-?debtor|debtor ?2|d2|2|j)\b", re.IGNORECASE)
_PAYROLL = re.compile(r"payroll|wage|employer|\bwo\b", re.IGNORECASE)
_PROCESSOR = re.compile(r"processor|online|tfs|epay|web", re.IGNORECASE)
_FREQUENCIES: Mapping[str, Frequency] = {each.value.replace("_", "-"): each for each in Frequency}

_case_number = lru_cache(maxsize=131_072)(read_case_number)
_amount = lru_cache(maxsize=16_384)(read_amount)
_day = lru_cache(maxsize=16_384)(read_day)


def recognises(start: bytes) -> bool:
    """Tell from the first bytes whether this could be an export: a workbook, or a text with columns."""
    if is_workbook(start):
        return True
    head = start[:4096].lstrip()
    return not head.startswith((b"<", b"{", b"[", b"%PDF")) and any(each.encode() in head for each in DELIMITERS)


def read(file: BinaryIO, *, name: str, mapping: bytes | None = None, mapping_name: str = "mapping") -> PaymentFeed:
    """Open an export for reading, row by row. The mapping is the given one, else the shipped one whose columns it has.

    Raises UnreadableFeed, naming file and line, when no mapping's columns are there; UsageError for a faulty mapping.
    """
    tried = (read_mapping(mapping, mapping_name),) if mapping is not None else shipped_mappings()
    start = file.read(4096)
    file.seek(0)
    if not start.strip():
        raise UnreadableFeed(f"{name}: the file is empty")
    if is_workbook(start):
        rows = workbook_rows(file, name)
        head = list(islice(rows, _LINES_ABOVE))
        header = choose(tried, head, name)
    else:
        lines = text_lines(file)
        first = list(islice(lines, _LINES_ABOVE))
        found = {each: list(text_rows(iter(first), each)) for each in DELIMITERS}
        delimiter, header = choose_text(tried, found, name)
        rows, head = text_rows(chain(first, lines), delimiter), []
    below = (row for row in chain(head, rows) if row.line > header.line)
    as_of, covers_from = told_day(header, "as_of"), told_day(header, "covers_from")
    return PaymentFeed(
        format=FORMAT,
        name=name,
        rows=_facts(below, header, name),
        court=header.mapping.court,
        trustee=header.above.get("trustee") or header.mapping.trustee,
        as_of=as_of,
        covers_from=covers_from,
        covers_all=header.mapping.covers_all and covers_from is None,
        tells_receipts="receipt" in header.kinds,
        tells_steps="step" in header.kinds,
    )


def parse(raw: RawFeed) -> ParsedFeed:
    """Read a whole export at once. Raises UnreadableFeed when it is none, or when nobody says of which court."""
    feed = read(io.BytesIO(raw.content), name=raw.name)
    court = raw.court or feed.court
    if court is None:
        raise UnreadableFeed(f"{raw.name}: an export does not name its court; say which")
    told = list(feed.rows)
    return ParsedFeed(
        format=FORMAT,
        court=court,
        observations=tuple(each for each in told if isinstance(each, PaymentFact)),
        problems=tuple(Problem(where=p.where, what=p.what, sample=p.sample) for p in told if isinstance(p, PaymentProblem)),
    )


def _facts(rows: Iterator[Row], header: Header, name: str) -> Iterator[PaymentFact | PaymentProblem]:
    for field in header.lacking:
        wanted = " or ".join(repr(each) for each in header.mapping.columns.get(field, (field,)))
        yield PaymentProblem(where=f"line {header.line}", what=f"no column {wanted}: rows that need it are left out", sample="")
    for row in rows:
        if row.fault is not None:
            number = _number_told(_Line(row=row, header=header))
            yield PaymentProblem(where=f"line {row.line}", what=row.fault, sample=row.sample, case_number=number)
            continue
        yield from _of_row(row, header, name)


def _number_told(line: _Line) -> str | None:
    """The case of a row that cannot be read whole, where its first cells still tell it."""
    try:
        return _case_number(line.cell("case_number"))
    except CellFault:
        return None


def _of_row(row: Row, header: Header, name: str) -> Iterator[PaymentFact | PaymentProblem]:
    line = _Line(row=row, header=header)
    kinds = line.kinds()
    if not kinds:
        if any(str(cell or "").strip() for cell in row.cells):
            yield line.problem("case_number", CellFault("is a line of no kind that the mapping knows"))
        return
    try:
        number = _case_number(line.cell("case_number"))
    except CellFault as fault:
        yield line.problem("case_number", fault)
        return
    printed = str(line.cell("case_number")).strip()
    source = Source(file=name, where=f"line {row.line}")
    for kind in kinds:
        try:
            yield PaymentFact(case_number=number, printed=printed, source=source, told=_MAKE[kind](line))
        except _FieldFault as fault:
            yield line.problem(fault.field, fault.fault, number)


class _FieldFault(Exception):
    """A field of a row that could not be read; caught where the row becomes a problem."""

    def __init__(self, field: str, fault: CellFault) -> None:
        super().__init__(field)
        self.field = field
        self.fault = fault


@dataclass(frozen=True, slots=True)
class _Line:
    """One row with its header: its cells by field."""

    row: Row
    header: Header

    def cell(self, field: str) -> Cell:
        place = self.header.places.get(field)
        return self.row.cells[place] if place is not None and place < len(self.row.cells) else None

    def text(self, field: str) -> str:
        cell = self.cell(field)
        return "" if cell is None else " ".join(str(cell).split())

    def kinds(self) -> tuple[str, ...]:
        """What the row tells: by the record column where there is one, else by the cells that are not empty."""
        if self.header.record is not None:
            place = self.header.record
            word = str(self.row.cells[place] or "").strip().casefold() if place < len(self.row.cells) else ""
            kind = self.header.mapping.record_words.get(word)
            return (kind,) if kind in self.header.kinds else ()
        filled = tuple(
            kind for kind in self.header.kinds if kind != "position" and any(self.text(each) for each in NEEDED[kind][1:])
        )
        return (*filled, "position") if any(self.text(each) for each in POSITION) else filled

    def needed(self, field: str, read_cell: Callable[..., Any], *more: Any) -> Any:
        cell = self.cell(field)
        if cell is None or not str(cell).strip():
            raise _FieldFault(field, CellFault("is empty"))
        try:
            return read_cell(cell.strip() if isinstance(cell, str) else cell, *more)
        except CellFault as fault:
            raise _FieldFault(field, fault) from fault

    def optional(self, field: str, read_cell: Callable[..., Any], *more: Any) -> Any:
        return self.needed(field, read_cell, *more) if self.text(field) else None

    def day(self, field: str) -> date | None:
        found: date | None = self.optional(field, _day, self.header.mapping.dates)
        return found

    def problem(self, field: str, fault: CellFault, case_number: str | None = None) -> PaymentProblem:
        place = self.header.places.get(field, 0)
        heading = self.header.names[place] if place < len(self.header.names) else field
        sample = str(self.cell(field) or "")[:60]
        told = f"{sample!r} {fault}" if sample else str(fault)
        where = f"line {self.row.line}, column {place + 1} ({heading})"
        return PaymentProblem(where=where, what=told, sample=_sample(self.row), case_number=case_number)


def _sample(row: Row) -> str:
    return " ".join(str(cell) for cell in row.cells[:12] if cell is not None)[:200]


def _receipt(line: _Line) -> Receipt:
    amount: Decimal = line.needed("amount", _amount)
    word = line.text("movement").casefold()
    movement = line.header.mapping.movements.get(word)
    if movement is None:
        if word and line.header.mapping.movements:
            raise _FieldFault("movement", CellFault("is a kind of receipt that the mapping does not know"))
        movement = Movement.REVERSAL if amount < 0 else Movement.RECEIPT
    if movement in (Movement.REVERSAL, Movement.REFUND):
        amount = -abs(amount)
    elif movement is Movement.REVERSAL_UNDONE:
        amount = abs(amount)
    elif amount < 0:
        movement = Movement.REVERSAL
    day: date = line.needed("day", _day, line.header.mapping.dates)
    return Receipt(
        day=day,
        amount=amount,
        movement=movement,
        reference=line.text("reference") or None,
        reverses=line.text("reverses") or None,
        payer=_payer(line.text("payer")),
        channel=_channel(f"{line.text('channel')} {word}"),
    )


def _step(line: _Line) -> PlanStep:
    amount: Decimal = line.needed("step_amount", _amount)
    if amount < 0:
        raise _FieldFault("step_amount", CellFault("is negative; a plan pays in"))
    first: date = line.needed("first_due", _day, line.header.mapping.dates)
    return PlanStep(
        amount=amount,
        frequency=_frequency(line),
        first_due=first,
        periods=line.optional("periods", read_count),
        until=line.day("until"),
        plan=line.optional("plan", read_count) or 1,
        number=line.optional("step_number", read_count) or 1,
        payer=_payer(line.text("step_payer")),
        by_payroll=_PAYROLL.search(line.text("by_payroll")) is not None,
        second_day=line.optional("second_day", read_count),
        adopted=line.day("adopted"),
    )


def _frequency(line: _Line) -> Frequency:
    word = line.text("frequency").casefold()
    found = line.header.mapping.frequencies.get(word) or _FREQUENCIES.get(word.replace("_", "-").replace(" ", "-"))
    if found is None and word:
        raise _FieldFault("frequency", CellFault("is a frequency that the mapping does not know"))
    return found or Frequency.MONTHLY


def _suspension(line: _Line) -> Suspension:
    first: date = line.needed("suspended_from", _day, line.header.mapping.dates)
    last: date = line.needed("suspended_through", _day, line.header.mapping.dates)
    if last < first:
        raise _FieldFault("suspended_through", CellFault("is before the suspension begins"))
    return Suspension(first=first, last=last, by=line.text("suspended_by"))


def _position(line: _Line) -> CasePosition:
    return CasePosition(
        name=line.text("name") or None,
        status=line.text("status") or None,
        first_payment_due=line.day("first_payment_due"),
        balance_on_hand=line.optional("balance_on_hand", _amount),
        delinquency=line.optional("delinquency", _amount),
        total_received=line.optional("total_received", _amount),
        confirmed=line.day("confirmed"),
    )


_MAKE: Mapping[str, Callable[[_Line], Receipt | PlanStep | Suspension | CasePosition]] = {
    "receipt": _receipt,
    "step": _step,
    "suspension": _suspension,
    "position": _position,
}


def _payer(word: str) -> str:
    """The joint debtor by name of the role; whatever else pays is the debtor, who needs none."""
    return "joint" if _JOINT.match(word) else ""


def _channel(words: str) -> str:
    if _PAYROLL.search(words):
        return "payroll"
    return "processor" if _PROCESSOR.search(words) else ""
