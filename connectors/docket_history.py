"""Parses the docket history of CM/ECF (`HistDocQry.pl`, HTML): an entry a line, with event name, dates and sequence number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lxml import etree

from docketbridge.api import (
    CaseHeader,
    ParsedEntry,
    ParsedFeed,
    Problem,
    RawFeed,
    Source,
    UnreadableFeed,
    attachments,
    related_documents,
)

from .court_headings import court_of_page, zone_of
from .decoding import admit, describe, without_controls
from .html_text import clear, fold, folded, lines_of, read_date, read_page, text_of
from .links import absolute, read_document_link
from .report_header import Number, judge_of, read_number
from .report_receipt import Asked, Receipt, is_whole, read_receipt, scope_of, window_of
from .sealed import is_sealed, shows_lock

FORMAT = "docket-history"
_WANTED = "a docket history"
_COLUMNS = re.compile(rb"<th[^>]{0,100}>\s*Dates\s*</th>\s*<th[^>]{0,100}>\s*Description\s*</th>", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:\d:|\d-)?\d{2}-[\w-]{4,30}$")
_BOTH = re.compile(r"\bFiled\s*&\s*Entered:\s*(\d{1,2}/\d{1,2}/\d{2,4})", re.IGNORECASE)
_FILED = re.compile(r"\bFiled:\s*(\d{1,2}/\d{1,2}/\d{2,4})", re.IGNORECASE)
_ENTERED = re.compile(r"\bEntered:\s*(\d{1,2}/\d{1,2}/\d{2,4})", re.IGNORECASE)
# javascript:DktText('<nonce>','424893','1','2','<nonce>'): case, document number, sequence.
_CALL = re.compile(r"DktText\('[^']{0,40}','(?P<case>\d{1,12})','[^']{0,12}','(?P<sequence>\d{1,9})'")
_DOCKET_TEXT = re.compile(r"^Docket\s+Text:\s*", re.IGNORECASE)
# Asked for `Documents` the report leaves out what has no document.
_ALL_EVENTS = re.compile(r"\bType:\s*History\b", re.IGNORECASE)
_SEALED = "Sealed entry: not kept."
_SAMPLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What stands over the history: number, title, and the labelled words."""

    number: Number
    name: str | None
    labelled: dict[str, str]

    def day(self, *labels: str) -> date | None:
        return next((day for label in labels if (day := read_date(self.labelled.get(label, "")))), None)

    @property
    def judge(self) -> str | None:
        return judge_of(next((words for label, words in self.labelled.items() if label.endswith("judge")), None))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One entry of the history: its row, the cells of that row, and the row with the docket text where it was asked for."""

    where: str
    row: etree._Element
    cells: Sequence[etree._Element]
    text_row: etree._Element | None

    @property
    def event(self) -> str:
        return folded(self.cells[2])

    @property
    def text(self) -> str | None:
        if self.text_row is None:
            return None
        cells = [cell for cell in self.text_row if cell.tag == "td"]
        return _DOCKET_TEXT.sub("", folded(cells[-1])) or None

    @property
    def sealed(self) -> bool:
        pictures = (etree.tostring(each, encoding="unicode", with_tail=False) for each in self.cells[0].iter("img"))
        return is_sealed(events=(self.event,), text=self.text) or any(shows_lock(picture) for picture in pictures)


def recognises(content: bytes) -> bool:
    """Tell whether bytes could be a docket history: a table of dates and descriptions."""
    return bool(_COLUMNS.search(without_controls(content) if b"\x00" in content else content))


def parse(raw: RawFeed) -> ParsedFeed:
    """Read a docket history: the case header first, then the entries in the report's order, their event names in `events`.

    Raises UnreadableFeed when the file is no docket history, when it is cut off, when its court is unknown or not the one given.
    """
    content = admit(raw, _WANTED)
    page, tree = read_page(content, name=raw.name)
    head = _read_head(tree)
    table = _find_table(tree)
    if head is None or table is None:
        raise UnreadableFeed(f"{raw.name}: looks like {describe(content)}, not {_WANTED} (no case number over a table of dates)")
    if not is_whole(page):
        raise UnreadableFeed(f"{raw.name}: the docket history is cut off, after {len(content):,} bytes")
    court = court_of_page(raw, "", tree)
    items = tuple(_items(table))
    kept = tuple(item for item in items if not item.sealed)
    header = _header(raw, head, court, _case_id_of(items))
    read = tuple(_read(item, header) for item in kept)
    entries = tuple(each for each in read if isinstance(each, ParsedEntry))
    receipt = read_receipt(tree)
    asked = _asked_for(receipt)
    zone = zone_of(court)
    opened = min((day for day in (header.date_filed, *(each.date_filed for each in entries)) if day), default=None)
    return ParsedFeed(
        format=FORMAT,
        court=court,
        observations=(header, *entries),
        problems=tuple(each for each in read if isinstance(each, Problem)),
        window=window_of(receipt, asked, opened=opened, zone=zone, fetched_at=raw.fetched_at),
        scope=scope_of(receipt, asked, case_number=header.case_number),
        refused=len(items) - len(kept),
    )


def redact(content: bytes) -> bytes:
    """Blank sealed entries; what is left parses to the same feed. Bytes that hold none are given back as they are."""
    try:
        _, tree = read_page(content, name=FORMAT)
    except UnreadableFeed:
        return content
    table = _find_table(tree)
    sealed = tuple(item for item in _items(table) if item.sealed) if table is not None else ()
    for item in sealed:
        clear(item.cells[0])
        clear(item.cells[2])
        item.cells[2].text = _SEALED
        if item.text_row is not None:
            for cell in item.text_row:
                clear(cell)
    return etree.tostring(tree, method="html", encoding="utf-8") if sealed else content


def _read_head(tree: etree._Element) -> _Head | None:
    """Read the centred head: the number in bold, the title after it, then words under bold labels."""
    for element in tree.iter("center"):
        if element.find(".//table") is not None:
            continue
        bold = list(element.iter("b"))
        printed = folded(bold[0]) if bold else ""
        number = read_number(printed) if _NUMBER.match(printed) else None
        if number is None:
            continue
        labelled: dict[str, str] = {}
        title: list[str] = []
        for each in bold:
            label = folded(each)
            words = fold(each.tail or "")
            if label.endswith(":"):
                labelled.setdefault(label[:-1].strip().casefold(), words)
            elif not labelled:
                title.append(words)
        return _Head(number=number, name=fold(" ".join(title)) or None, labelled=labelled)
    return None


def _find_table(tree: etree._Element) -> etree._Element | None:
    for cell in tree.iter("th"):
        if folded(cell) == "Description":
            return next(cell.iterancestors("table"), None)
    return None


def _items(table: etree._Element) -> Iterator[_Item]:
    """The entries of the table; a row of one or two cells is the docket text of the entry above it."""
    last: _Item | None = None
    number = 0
    for row in _rows(table):
        cells = [cell for cell in row if cell.tag == "td"]
        if len(cells) >= 3:
            if last is not None:
                yield last
            number += 1
            last = _Item(where=f"row {number}", row=row, cells=cells, text_row=None)
        elif cells and last is not None:
            last = replace(last, text_row=row)
    if last is not None:
        yield last


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag == "tbody":
            yield from (row for row in child if row.tag == "tr")


def _case_id_of(items: Sequence[_Item]) -> str | None:
    """The PACER id of the case, in which all lines of its history agree."""
    named = {found["case"] for item in items if (found := _called(item))}
    return named.pop() if len(named) == 1 else None


def _called(item: _Item) -> re.Match[str] | None:
    return next((found for each in item.cells[2].iter("a") if (found := _CALL.search(each.get("href") or ""))), None)


def _header(raw: RawFeed, head: _Head, court: str, case_id: str | None) -> CaseHeader:
    return CaseHeader(
        court=court,
        case_number=head.number.printed,
        source=Source(file=raw.name, where="heading"),
        case_name=head.name,
        case_type=head.number.case_type or head.labelled.get("case type") or None,
        judge_initials=head.number.judge_initials,
        pacer_case_id=case_id,
        office=head.number.office or head.labelled.get("office") or None,
        chapter=head.labelled.get("chapter") or None,
        date_filed=head.day("date filed"),
        date_terminated=head.day("date terminated"),
        date_discharged=head.day("date discharged", "debtor discharged"),
        date_converted=head.day("date converted"),
        judge=head.judge,
    )


def _read(item: _Item, header: CaseHeader) -> ParsedEntry | Problem:
    dates = " ".join(line.text for line in lines_of(item.cells[1]))
    both = _BOTH.search(dates)
    filed = read_date((both or _FILED.search(dates) or ("", ""))[1])
    entered = read_date((both or _ENTERED.search(dates) or ("", ""))[1])
    if filed is None and entered is None:
        sample = fold(" ".join(text_of(cell) for cell in item.cells))[:_SAMPLE]
        return Problem(where=item.where, what=f"no day filed or entered: {dates[:60]!r}", sample=sample)
    printed = folded(item.cells[0])
    called = _called(item)
    text = item.text
    anchor = next(item.cells[0].iter("a"), None)
    address = (anchor.get("href") or "") if anchor is not None else ""
    document = read_document_link(address)
    return ParsedEntry(
        court=header.court,
        case_number=header.case_number,
        source=Source(file=header.source.file, where=item.where),
        office=header.office,
        case_type=header.case_type,
        judge_initials=header.judge_initials,
        pacer_case_id=header.pacer_case_id,
        case_name=header.case_name,
        chapter=header.chapter,
        date_filed=filed,
        entered_at=entered,
        document_number=printed if printed.isascii() and printed.isdigit() else None,
        pacer_doc_id=document.pacer_doc_id if document else None,
        sequence=called["sequence"] if called else None,
        events=(item.event,) if item.event else (),
        text=text,
        related_documents=related_documents(text) if text else (),
        attachments=attachments(text) if text else (),
        document_link=absolute(address, header.court) if document else None,
    )


def _asked_for(receipt: Receipt) -> Asked | None:
    """Read the search criteria of a history; one of `Documents` leaves out what has no document."""
    if receipt.criteria is None:
        return None
    return Asked(first_day=None, last_day=None, all_documents=bool(_ALL_EVENTS.search(receipt.criteria)))
