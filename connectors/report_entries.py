"""Reads the docket table of a docket report row by row: dates, numbers, links, text; sealed rows are counted and not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from lxml import etree

from docketbridge.api import Attachment, ParsedEntry, Problem, Source, attachments, quickly, related_documents

from .html_text import fold, folded, read_date, text_of
from .links import DocumentLink, absolute, host_of, read_document_link
from .sealed import is_sealed, shows_lock, speaks_of_sealing

# (Entered: 09/22/2009 at 17:21:52); the last one is the entry's own, others are quoted from related entries.
_ENTERED = re.compile(
    r"\(Entered:\s*(?P<day>\d{1,2}/\d{1,2}/\d{2,4})"
    r"(?:\s+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[AaPp][Mm])?)?"
)
_CALL = re.compile(r"goDLS\(\s*'[^']{0,200}'\s*,\s*'(?P<case>\d{1,12})'\s*,\s*'(?P<sequence>\d{1,9})'")
_RECEIPT_LINK = re.compile(r"/DisplayReceipt\.pl\?(?P<case>\d{1,12}),(?P<sequence>\d{1,9})(?!\d)", re.IGNORECASE)
_SHOW_LINK = re.compile(
    r"/show_doc\.pl\?(?=.{0,300}?\bcaseid=(?P<case>\d{1,12}))(?=.{0,300}?\bde_seq_num=(?P<sequence>\d{1,9}))", re.IGNORECASE
)
# The anchor's own name: documentKcaseidV530622Kde_seq_numV58Kdm_idV….
_NAMED = re.compile(r"caseidV(?P<case>\d{1,12})K(?:\w{0,100}?K)?de_seq_numV(?P<sequence>\d{1,9})(?!\d)")
# One court prints number, page count and text in one cell: `12 (23 pgs; 4 docs) Order …`.
_LEADING_NUMBER = re.compile(r"^(?P<number>\d{1,7})(?:\s+\(\d+\s*pgs?(?:;\s*\d+\s*docs?)?\))?(?:\s+|$)", re.IGNORECASE)
# The meeting of creditors under 11 U.S.C. § 341 is no document number.
_SECTION_341 = re.compile(r"^341\s+meeting", re.IGNORECASE)
# 17 of `17(3 pgs)`, whose line break is no blank.
_FIRST_WORD = re.compile(r"\s*([^\s(]{1,20})")
# A row that is none may be a party's: her number is not kept with it.
_TAX_NUMBER = re.compile(r"((?:SSN|ITIN|EIN|Tax ID)(?:[ /]{1,3}(?:ITIN|EIN))?\s?:)\s?[x*\d][x*\d-]{2,14}", re.IGNORECASE)
_DATED = re.compile(r"^\d{1,2}/\d{1,2}/\d{2,4}\b")
_BY_DOCKETING = frozenset({"docket date", "date entered", "entered date"})
_DOCKET_TEXT = "docket text"
_SAMPLE = 200
_RECEIPT = "PACER Service Center"


class Links(NamedTuple):
    """What the links beside a number say."""

    pacer_doc_id: str | None = None
    pacer_case_id: str | None = None
    sequence: str | None = None
    address: str | None = None


_NO_LINKS = Links()
_made = quickly(ParsedEntry)
_source = quickly(Source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a docket table is laid out: what its date column holds, and whether number and text share a cell."""

    by_docketing: bool
    merged: bool


class Row(NamedTuple):
    """One row of a docket, taken apart."""

    day: date | None
    number: str | None
    links: Links
    text: str
    locked: bool


class Beside(NamedTuple):
    """What stands between the date and the text of a row: the number, what its links say, whether a lock stands there."""

    number: str | None
    links: Links
    locked: bool


@dataclass(slots=True, kw_only=True)
class Docket:
    """What was read of a docket: the entries, the rows that could not be read, the sealed rows and what belongs to them."""

    entries: list[ParsedEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[etree._Element] = field(default_factory=list)
    refused_parts: list[etree._Element] = field(default_factory=list)


def find_docket(tree: etree._Element) -> tuple[etree._Element, Layout] | None:
    """Find the docket table by its columns, a date first and `Docket Text` last; None when the report has none."""
    for cell in tree.iter("th"):
        if folded(cell).casefold() != _DOCKET_TEXT:
            continue
        row = cell.getparent()
        table = next(cell.iterancestors("table"), None)
        if row is not None and table is not None:
            columns = [folded(each).casefold() for each in row if each.tag == "th"]
            if "date" not in columns[0]:
                continue
            return table, Layout(by_docketing=columns[0] in _BY_DOCKETING, merged=len(columns) == 2)
    return None


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a long docket, in its first table and in those that go on from it; not those of tables inside a row."""
    yield from _own_rows(table)
    for following in table.itersiblings("table"):
        if _RECEIPT in text_of(following):
            return
        rows = tuple(_own_rows(following))
        if any(len(row) and _DATED.match(text_of(row[0]).strip()) for row in rows):
            yield from rows


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def read_docket(table: etree._Element, layout: Layout, pattern: ParsedEntry, *, zone: tzinfo | None) -> Docket:
    """Read all rows of a docket; `pattern` holds what every entry of the case shares.

    A row without a readable date is a Problem that names it; a sealed row is refused, and so are the attachments under it.
    """
    docket = Docket()
    number = 0
    sealed = False
    for row in rows_of(table):
        cells = [cell for cell in row if cell.tag == "td"]
        if not cells:
            continue
        number += 1
        when = text_of(cells[0]).strip()
        if not when and cells[-1].find("table") is not None:
            if sealed:
                docket.refused_parts.append(row)
            elif docket.entries:
                docket.entries[-1] = _with_attachments(docket.entries[-1], cells[-1])
            continue
        read = _read_row(cells, when, layout, pattern.court)
        if read is None:
            continue
        sealed = read.locked or (speaks_of_sealing(read.text.encode()) and is_sealed(text=read.text))
        if sealed:
            docket.refused.append(row)
        elif what := _fault(cells, when, read):
            words, _, _ = fold(" ".join(text_of(cell) for cell in cells)).partition(_RECEIPT)
            docket.problems.append(Problem(where=f"row {number}", what=what, sample=_TAX_NUMBER.sub(r"\1", words)[:_SAMPLE]))
        else:
            docket.entries.append(_entry(read, f"row {number}", layout, pattern, zone))
    return docket


def _fault(cells: Sequence[etree._Element], when: str, row: Row) -> str | None:
    """Say what is wrong with a row; None when it is an entry."""
    if len(cells) < 2:
        return "a row of one cell"
    if when and row.day is None:
        return "its date is no day of the calendar"
    return "the row runs on into the receipt" if _RECEIPT in row.text else None


def _read_row(cells: Sequence[etree._Element], when: str, layout: Layout, court: str) -> Row | None:
    """Take a row apart; None when it is blank."""
    text = folded(cells[-1])
    if not when and not text:
        return None
    day = read_date(when) if _DATED.match(when) else None
    if not layout.merged:
        beside = _beside(cells[1:-1], court)
        return Row(day=day, number=beside.number, links=beside.links, text=text, locked=beside.locked)
    found = None if _SECTION_341.match(text) else _LEADING_NUMBER.match(text)
    locked = any(shows_lock(etree.tostring(each, encoding="unicode", with_tail=False)) for each in cells[-1].iter("img"))
    if found is None:
        return Row(day=day, number=None, links=_NO_LINKS, text=text, locked=locked)
    first = next(cells[-1].iter("a"), None)
    links = _links_of([] if first is None else [first], found["number"], court)
    return Row(day=day, number=found["number"], links=links, text=text[found.end() :], locked=locked)


def _entry(row: Row, where: str, layout: Layout, pattern: ParsedEntry, zone: tzinfo | None) -> ParsedEntry:
    entered = entered_at(row.text, zone)
    return _made(
        court=pattern.court,
        case_number=pattern.case_number,
        source=_source(file=pattern.source.file, where=where),
        office=pattern.office,
        case_type=pattern.case_type,
        judge_initials=pattern.judge_initials,
        pacer_case_id=pattern.pacer_case_id or row.links.pacer_case_id,
        case_name=pattern.case_name,
        chapter=pattern.chapter,
        trustee=pattern.trustee,
        date_filed=None if layout.by_docketing else row.day,
        entered_at=entered or (row.day if layout.by_docketing else None),
        document_number=row.number,
        pacer_doc_id=row.links.pacer_doc_id,
        sequence=row.links.sequence,
        text=row.text or None,
        related_documents=related_documents(row.text),
        attachments=attachments(row.text) if "ttach" in row.text or "TTACH" in row.text else (),
        document_link=row.links.address,
    )


def _beside(cells: Sequence[etree._Element], court: str) -> Beside:
    """Read the cells between date and text: the number is in the last that holds words and no check box."""
    first: str | None = None
    anchors: list[etree._Element] = []
    ticked: str | None = None
    locked = False
    for cell in reversed(cells):
        boxed = False
        for each in cell.iter() if len(cell) else ():
            tag = each.tag
            if tag == "a":
                anchors.append(each)
            elif tag == "input":
                boxed = True
                value = each.get("value") or ""
                ticked = value if each.get("name") == "arr_de_seq_nums" and _is_number(value) else ticked
            elif tag == "img":
                locked = locked or shows_lock(etree.tostring(each, encoding="unicode", with_tail=False))
        if first is None and not boxed:
            word = _FIRST_WORD.match(text_of(cell) if len(cell) else cell.text or "")
            first = word[1] if word else None
    links = _links_of(anchors, first, court)
    if ticked and links.sequence is None:
        links = links._replace(sequence=ticked)
    return Beside(number=first if first is not None and _is_number(first) else None, links=links, locked=locked)


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdigit()


def _links_of(anchors: Sequence[etree._Element], number: str | None, court: str) -> Links:
    """Read the anchors beside a number: the document's own carries the number, the silver ball carries the sequence."""
    document: DocumentLink | None = None
    own_address: str | None = None
    case_id: str | None = None
    sequence: str | None = None
    for anchor in anchors:
        address = anchor.get("href") or ""
        if own_address is None and number is not None and _words_of(anchor) == number:
            document = read_document_link(address) if "/doc" in address else None
            shown = _shown(anchor, address)
            if document is None and shown is None:
                continue
            own_address = _complete(address, court)
            case_id = shown["case"] if shown else (document and document.pacer_case_id) or case_id
            sequence = shown["sequence"] if shown else (document and document.sequence) or sequence
        elif ball := _RECEIPT_LINK.search(address):
            case_id = case_id or ball["case"]
            sequence = sequence or ball["sequence"]
    if own_address is None and sequence is None:
        return _NO_LINKS
    return Links(
        pacer_doc_id=document.pacer_doc_id if document else None, pacer_case_id=case_id, sequence=sequence, address=own_address
    )


def _words_of(anchor: etree._Element) -> str:
    return (text_of(anchor) if len(anchor) else anchor.text or "").strip()


def _complete(address: str, court: str) -> str:
    """Complete a document's address; the two common forms need no taking apart."""
    if address.startswith("https://"):
        return address
    return host_of(court) + address if address.startswith(("/cgi-bin/", "/doc1/")) else absolute(address, court)


def _shown(anchor: etree._Element, address: str) -> re.Match[str] | None:
    """Find the case and sequence that a document's anchor gives to the court's own script."""
    called = anchor.get("onclick")
    return (
        (_CALL.search(called) if called and "goDLS" in called else None)
        or (_SHOW_LINK.search(address) if "show_doc" in address else None)
        or _NAMED.search(anchor.get("id") or "")
    )


def entered_at(text: str, zone: tzinfo | None) -> datetime | date | None:
    """Read when an entry was entered, from its last stamp: a time in the court's zone, or the day if no time or zone is known."""
    at = text.rfind("(Entered:")
    found = _ENTERED.match(text, at) if at >= 0 else None
    day = read_date(found["day"]) if found else None
    if found is None or day is None or found["hour"] is None or zone is None:
        return day
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].upper() == "PM" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return day
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)


def _with_attachments(entry: ParsedEntry, cell: etree._Element) -> ParsedEntry:
    """Add the attachments listed in a row of their own (`View multiple documents`) to an entry whose text does not tell them."""
    if entry.attachments:
        return entry
    listed: list[Attachment] = []
    for row in cell.iter("tr"):
        words = [folded(each) for each in row if each.tag == "td" and each.find("input") is None]
        # 0 is the main document.
        if len(words) >= 2 and words[0].isascii() and words[0].isdigit() and len(words[0]) < 6 and int(words[0]) > 0:
            listed.append(Attachment(number=int(words[0]), description=words[1]))
    return replace(entry, attachments=tuple(listed))
