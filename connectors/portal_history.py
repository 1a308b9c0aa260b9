"""Reads a portal's account history (CSV, XLSX, JSON) row by row, each taken apart into its process side and its substance."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import BinaryIO, TypeAlias, TypeVar

from docketbridge.api import (
    DocumentKind,
    PortalAccount,
    PortalAct,
    PortalFact,
    PortalFeed,
    PortalProblem,
    PortalRow,
    PortalSubstance,
    RejectionReason,
    ReviewOutcome,
    Said,
    Side,
    Workout,
)

from .payment_cells import Cell, CellFault, read_amount, read_day
from .portal_mapping import FIELDS, PortalMapping, folded, read_mapping, shipped_mappings
from .portal_tables import Told, open_table
from .portal_times import join_clock, read_time

FORMAT = "portal-history"
T = TypeVar("T")

_AT = {field: place for place, field in enumerate(FIELDS)}
_CODE = re.compile(r"(?:[A-Za-z]{1,6}[-_.:#]?)?\d[\d.:/_-]{0,39}|[0-9A-Fa-f]{8}(?:-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}")
_FOUR = re.compile(r"\d{4}")
_LONGEST = 20_000  # characters of one message
_WHOSE = 120  # characters of a name or of an account
_OTHER: Mapping[Side, Side] = {Side.DEBTOR: Side.CREDITOR, Side.CREDITOR: Side.DEBTOR}
_ASKS = frozenset(
    {PortalAct.DOCUMENT_REQUESTED, PortalAct.DOCUMENT_RETURNED, PortalAct.DOCUMENT_ACCEPTED, PortalAct.DEFICIENCY_NOTICE}
)


class _FieldFault(Exception):
    """A field of a row that could not be read; caught where the row becomes a problem."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(field)
        self.field = field
        self.what = what


def recognises(start: bytes) -> bool:
    """Tell from the first bytes whether this could be an export: a workbook, JSON, or a text with columns."""
    head = start[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"PK\x03\x04") or head[:1] in (b"{", b"[") or (head[:1] != b"<" and any(c in head for c in b",;\t|"))


def read(file: BinaryIO, *, name: str, mapping: bytes | None = None, mapping_name: str = "mapping") -> PortalFeed:
    """Open an export for reading, row by row. The mapping is the given one, else the shipped one whose columns it has.

    Raises UnreadableFeed, naming file and line, when no mapping's columns are there; UsageError for a faulty mapping.
    """
    tried = (read_mapping(mapping, mapping_name),) if mapping is not None else shipped_mappings()
    opened = open_table(file, tried, name)
    where = "item" if opened.kind == "json" else "line"
    return PortalFeed(
        format=f"{FORMAT} {opened.kind}", name=name, mapping=opened.mapping.id, rows=_rows(opened.rows, opened.mapping, where)
    )


def _rows(rows: Iterator[Told], mapping: PortalMapping, where: str) -> Iterator[PortalRow | PortalProblem]:
    accounts: dict[tuple[Cell, ...], PortalAccount] = {}
    seen: dict[bytes, int] = {}
    for row in rows:
        place = f"{where} {row.where}"
        if row.fault is not None:
            yield PortalProblem(where=place, what=row.fault)
            continue
        try:
            whose = row.cells[:6]
            if whose not in accounts:
                accounts[whose] = _account(row.cells)
            yield _row(row, accounts[whose], mapping, seen)
        except _FieldFault as fault:
            yield PortalProblem(where=f"{place}, {fault.field.replace('_', ' ')}", what=fault.what)


def _account(cells: tuple[Cell, ...]) -> PortalAccount:
    name, court, number, four, borrower, servicer = (_text(cells, field, longest=_WHOSE) for field in FIELDS[:6])
    digits = re.sub(r"\D", "", four or "")[-4:]
    if four and not _FOUR.fullmatch(digits):
        raise _FieldFault("last_four", "is not the last four digits of a loan")
    if name is None and number is None and not digits:
        raise _FieldFault("account", "the row names no account, case number or loan")
    made = name or " ".join(("case", number or "unknown", digits or "loan unknown"))
    return PortalAccount(
        name=made, court=court.lower() if court else None, case_number=number, last_four=digits or None, borrower=borrower,
        servicer=servicer,
    )  # fmt: skip


def _row(row: Told, account: PortalAccount, mapping: PortalMapping, seen: dict[bytes, int]) -> PortalRow:
    cells = row.cells
    at = _when(cells, mapping)
    act, said = _act(cells, mapping)
    by = _word(cells, "by", mapping.sides) or Side.PORTAL
    title = _text(cells, "document", longest=300)
    number, answers = _code(cells, "number"), _code(cells, "answers")
    due = _due(cells)
    status = _word(cells, "status", mapping.statuses)
    owner = _word(cells, "owner", mapping.sides) or _owner(act, by, title)
    rejection = _rejection(cells, act, mapping)
    substance = _substance(cells, said, mapping)
    told = (account.name, at.isoformat(), act, by, owner, title, due, number, answers, status, rejection, *substance)
    digest = hashlib.blake2b("\x1f".join(["" if each is None else str(each) for each in told]).encode(), digest_size=12)
    if number is None:
        # The same row twice in one export is two acts; the same row in two exports is one.
        count = seen[digest.digest()] = seen.get(digest.digest(), 0) + 1
        digest.update(str(count).encode())
    # The minute goes first: acts are mostly told in their order, and rows that come in the order of their key are kept faster.
    fact_id = f"{int(at.timestamp()) // 60:08x}{digest.hexdigest()}"
    return PortalRow(
        account=account,
        fact=PortalFact(
            id=fact_id,
            account=account.name,
            at=at,
            act=act,
            by=by,
            owner=owner,
            document=_kind(title, mapping) if title else None,
            item=_item(title) if title else None,
            due=due,
            number=number,
            answers=answers,
            status=status,
            rejection=rejection,
        ),
        substance=PortalSubstance(
            fact=fact_id,
            said=said,
            actor=substance[0],
            title=title,
            text=substance[1],
            figure=substance[2],
            amount=substance[3],
            outcome=substance[4],
            option=substance[5],
            reason=substance[6],
        ),
        line=row.where,
    )


def _when(cells: tuple[Cell, ...], mapping: PortalMapping) -> datetime:
    cell = cells[_AT["at"]]
    field = "at" if cell not in (None, "") else "day"
    try:
        if field == "day":
            cell = join_clock(cells[_AT["day"]], cells[_AT["time"]])
        if cell in (None, ""):
            raise _FieldFault("at", "is empty")
        return read_time(cell, mapping.zone)
    except CellFault as fault:
        raise _FieldFault(field, str(fault)) from fault


def _act(cells: tuple[Cell, ...], mapping: PortalMapping) -> tuple[PortalAct, Said | None]:
    """The act; one that only substance may name is a message in process."""
    text = _text(cells, "event", longest=_WHOSE)
    if text is None:
        raise _FieldFault("event", "is empty")
    word = _folded(text)
    if word in mapping.said:
        return PortalAct.MESSAGE, mapping.said[word]
    if word not in mapping.events:
        raise _FieldFault("event", f"is no event that the mapping {mapping.id} knows")
    return mapping.events[word], None


def _owner(act: PortalAct, by: Side, title: str | None) -> Side | None:
    """Who must bring what a row is about, where the export does not say: whoever brought it, or the side it was asked of."""
    if act in _ASKS:
        return _OTHER.get(by, Side.DEBTOR)
    if act is PortalAct.DOCUMENT_RECEIVED:
        return by if by in _OTHER else Side.DEBTOR
    return _OTHER.get(by) if title is not None else None


def _rejection(cells: tuple[Cell, ...], act: PortalAct, mapping: PortalMapping) -> RejectionReason | None:
    if act is not PortalAct.FILE_REJECTED:
        return None
    text = _text(cells, "rejection", longest=_LONGEST) or _text(cells, "reason", longest=_LONGEST)
    return mapping.rejections.get(folded(text), RejectionReason.OTHER) if text else RejectionReason.OTHER


_Substance: TypeAlias = tuple[
    str | None, str | None, str | None, Decimal | None, ReviewOutcome | None, Workout | None, str | None
]


def _substance(cells: tuple[Cell, ...], said: Said | None, mapping: PortalMapping) -> _Substance:
    """Who did it, the words, the figure, its amount, the outcome, the option and the reason."""
    amount_cell = cells[_AT["amount"]]
    amount: Decimal | None = None
    if amount_cell is not None and amount_cell != "":
        try:
            amount = read_amount(amount_cell)
        except CellFault as fault:
            raise _FieldFault("amount", str(fault)) from fault
    figure = _text(cells, "figure")
    if said in (Said.FIGURE_STATED, Said.FIGURE_AGREED) and (amount is None or figure is None):
        raise _FieldFault("figure", "a figure wants its name and an amount")
    return (
        _text(cells, "actor"),
        _text(cells, "text", longest=_LONGEST),
        figure,
        amount,
        _word(cells, "outcome", mapping.outcomes),
        _word(cells, "option", mapping.options),
        _text(cells, "reason", longest=_LONGEST) or _text(cells, "rejection", longest=_LONGEST),
    )


def _due(cells: tuple[Cell, ...]) -> date | None:
    cell = cells[_AT["due"]]
    if cell in (None, ""):
        return None
    try:
        return _day(cell)
    except CellFault as fault:
        raise _FieldFault("due", str(fault)) from fault


_folded = lru_cache(maxsize=4_096)(folded)
_day = lru_cache(maxsize=8_192)(read_day)


@lru_cache(maxsize=8_192)
def _item(title: str) -> str:
    return hashlib.blake2b(folded(title).encode(), digest_size=6).hexdigest()


@lru_cache(maxsize=8_192)
def _kind(title: str, mapping: PortalMapping) -> DocumentKind:
    word = folded(title)
    return next((kind for words, kind in mapping.documents if words in word), DocumentKind.OTHER)


def _word(cells: tuple[Cell, ...], field: str, known: Mapping[str, T]) -> T | None:
    text = _text(cells, field, longest=_LONGEST)
    if text is None:
        return None
    found = known.get(_folded(text))
    if found is None:
        raise _FieldFault(field, "is no word that the mapping knows")
    return found


def _code(cells: tuple[Cell, ...], field: str) -> str | None:
    """A row's number: a code with a digit in it, never words."""
    cell = cells[_AT[field]]
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if text and _CODE.fullmatch(text) is None:
        raise _FieldFault(field, "is no number or code")
    return text or None


def _text(cells: tuple[Cell, ...], field: str, *, longest: int = _WHOSE) -> str | None:
    cell = cells[_AT[field]]
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if len(text) > longest:
        raise _FieldFault(field, f"is longer than {longest:,} characters")
    return text or None
