"""Parses the docket report of CM/ECF (`DktRpt.pl`, HTML): the case's head, its parties and every entry with its full text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from docketbridge.api import CaseHeader, ParsedEntry, ParsedFeed, RawFeed, Source, UnreadableFeed

from .court_headings import court_of_page, zone_of
from .decoding import admit, describe, without_controls
from .html_text import clear, read_page, text_of
from .report_entries import Docket, Layout, find_docket, read_docket
from .report_header import (
    CaseLines,
    Heading,
    case_id_in,
    find_heading,
    judge_of,
    read_case_lines,
    read_flags,
)
from .report_parties import debtor_among, read_parties, title_among, trustee_among
from .report_receipt import asked_for, is_whole, read_receipt, scope_of, window_of

FORMAT = "docket-report"
_WANTED = "a docket report"
_NUMBERED = re.compile(rb"\b(?:Petition|Proceeding)\s+#", re.IGNORECASE)
_DOCKET = re.compile(rb"Docket\s+Text|satisfy\s+the\s+selection\s+criteria|DktRpt\.pl", re.IGNORECASE)
_DOCKET_COLUMN = re.compile(rb"Docket\s+Text|satisfy\s+the\s+selection\s+criteria", re.IGNORECASE)
_NONE_SATISFY = re.compile(r"\bnone\s+satisfy\b|\bno\s+proceedings\b", re.IGNORECASE)
# What a kept page must not hold: numbers of persons, and who looked the case up.
_TAX_NUMBER = re.compile(
    rb"((?:SSN|ITIN|EIN|Tax\s+ID)(?:[ /]{1,3}(?:ITIN|EIN))?\s{0,3}:(?:\s|&nbsp;){0,9})[x*\d][x*\d-]{2,14}", re.IGNORECASE
)
_LOOKED_UP_BY = re.compile(
    rb"((?:PACER\s+Login|Client\s+Code):\s*</font>\s*</th>\s*<td[^>]{0,200}>\s*<font[^>]{0,200}>)[^<]{1,400}", re.IGNORECASE
)
_SEALED = "Sealed entry: not kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """A docket report taken apart: where its parts stand on the page."""

    tree: etree._Element
    heading: Heading
    case: CaseLines
    case_tables: Sequence[etree._Element]
    party_tables: Sequence[etree._Element]
    flags: tuple[str, ...]
    docket: tuple[etree._Element, Layout] | None


def recognises(content: bytes) -> bool:
    """Tell whether bytes could be a docket report: they print a petition's or proceeding's number and a docket."""
    bare = without_controls(content) if b"\x00" in content else content
    return bool(_NUMBERED.search(bare)) and bool(_DOCKET.search(bare))


def parse(raw: RawFeed) -> ParsedFeed:
    """Read a docket report: the case header first, then the entries in the report's order.

    Raises UnreadableFeed when the file is no docket report, when it is cut off, when its court is unknown or not the one given.
    """
    report = _take_apart(raw)
    court = court_of_page(raw, report.heading.district, report.tree)
    zone = zone_of(court)
    header = _header(raw, report, court)
    pattern = ParsedEntry(
        court=court,
        case_number=header.case_number,
        source=header.source,
        office=header.office,
        case_type=header.case_type,
        judge_initials=header.judge_initials,
        pacer_case_id=header.pacer_case_id,
        case_name=header.case_name,
        chapter=header.chapter,
        trustee=header.trustee,
    )
    docket = read_docket(*report.docket, pattern, zone=zone) if report.docket else Docket()
    # A broken row may hold more of the page: what is blanked in the bytes kept is not read here either.
    _blank(docket)
    header, entries = _with_case_id(header, docket.entries)
    receipt = read_receipt(report.tree)
    asked = asked_for(receipt.criteria)
    opened = min((day for day in (header.date_filed, *(each.date_filed for each in entries)) if day), default=None)
    return ParsedFeed(
        format=FORMAT,
        court=court,
        observations=(header, *entries),
        problems=tuple(docket.problems),
        window=window_of(receipt, asked, opened=opened, zone=zone, fetched_at=raw.fetched_at),
        scope=scope_of(receipt, asked, case_number=header.case_number),
        refused=len(docket.refused),
    )


def redact(content: bytes) -> bytes:
    """Blank what must not be kept: sealed entries, tax numbers and the PACER login; what is left parses to the same feed.

    A page without sealed entries keeps its bytes otherwise; bytes that are no docket report are given back as they are.
    """
    column = _DOCKET_COLUMN.search(content)
    above = column.start() if column else len(content)
    blanked = _TAX_NUMBER.sub(rb"\1", content[:above]) + _LOOKED_UP_BY.sub(rb"\1 ", content[above:])
    try:
        _, tree = read_page(blanked, name=FORMAT)
    except UnreadableFeed:
        return blanked
    found = find_docket(tree)
    if found is None:
        return blanked
    table, layout = found
    docket = read_docket(table, layout, _NOBODY, zone=None)
    _blank(docket)
    return etree.tostring(tree, method="html", encoding="utf-8") if docket.refused else blanked


_NOBODY = ParsedEntry(court="", case_number="", source=Source(file="", where=""))


def _blank(docket: Docket) -> None:
    """Leave of a sealed row its date and one sentence, and of the list of a sealed entry's attachments an empty one."""
    for row in docket.refused:
        cells = [cell for cell in row if cell.tag == "td"]
        for cell in cells[1:] or cells:
            clear(cell)
        cells[-1].text = _SEALED
    for row in docket.refused_parts:
        for table in row.iter("table"):
            clear(table)


def _take_apart(raw: RawFeed) -> _Report:
    content = admit(raw, _WANTED)
    page, tree = read_page(content, name=raw.name)
    heading = find_heading(tree)
    if heading is None:
        raise UnreadableFeed(f"{raw.name}: looks like {describe(content)}, not {_WANTED} (no heading with a case number)")
    docket = find_docket(tree)
    if not is_whole(page):
        where = "in the docket table" if docket else "before the docket table"
        raise UnreadableFeed(f"{raw.name}: the docket report is cut off {where}, after {len(content):,} bytes")
    if docket is None and not _NONE_SATISFY.search(page):
        raise UnreadableFeed(f"{raw.name}: the docket report has no docket table, and does not say that no entry was asked for")
    before, after = _tables_around(tree, heading.element, docket[0] if docket else None)
    dated = next((index for index, table in enumerate(after) if "filed:" in text_of(table).casefold()), -1) + 1
    return _Report(
        tree=tree,
        heading=heading,
        case=read_case_lines(after[:dated]),
        case_tables=after[:dated],
        party_tables=after[dated:],
        flags=read_flags(before[-1]) if before else (),
        docket=docket,
    )


def _tables_around(
    tree: etree._Element, heading: etree._Element, docket: etree._Element | None
) -> tuple[list[etree._Element], list[etree._Element]]:
    """The tables above the heading and those between it and the docket; a table inside another belongs to that one."""
    before: list[etree._Element] = []
    after: list[etree._Element] = []
    current = before
    inside: set[etree._Element] = set()
    for element in tree.iter("table", heading.tag):
        if element is heading:
            current = after
        elif element is docket:
            break
        elif element.tag == "table" and element not in inside:
            inside.update(element.iter("table"))
            current.append(element)
    return before, after


def _header(raw: RawFeed, report: _Report, court: str) -> CaseHeader:
    case = report.case
    number = report.heading.number
    parties = read_parties(report.party_tables)
    return CaseHeader(
        court=court,
        case_number=number.printed,
        source=Source(file=raw.name, where="heading"),
        case_name=_case_name(number.case_type, case, parties_title=title_among(parties), debtor=debtor_among(parties)),
        case_type=number.case_type,
        judge_initials=number.judge_initials,
        pacer_case_id=case_id_in(report.case_tables),
        office=number.office,
        chapter=case.chapter,
        date_filed=case.day("date filed", "filed date"),
        date_terminated=case.day("date terminated"),
        date_discharged=case.day("date discharged", "debtor discharged"),
        date_converted=case.day("date converted"),
        judge=judge_of(case.word("assigned to")),
        trustee=trustee_among(parties),
        parties=parties,
        flags=report.flags,
    )


def _case_name(case_type: str | None, case: CaseLines, *, parties_title: str | None, debtor: str | None) -> str | None:
    """Title a case: by its first debtor; an adversary proceeding by the case it belongs to, else by its first parties."""
    lead = case.word("lead bk title")
    if debtor is not None:
        return debtor
    if lead is not None:
        return f"{lead} - Adversary Proceeding" if case_type == "ap" else lead
    return parties_title


def _with_case_id(header: CaseHeader, entries: Sequence[ParsedEntry]) -> tuple[CaseHeader, Sequence[ParsedEntry]]:
    """Take the PACER id of the case from the entries' own links where the head has none and they agree."""
    named = {each.pacer_case_id for each in entries if each.pacer_case_id}
    if header.pacer_case_id is not None or len(named) != 1:
        return header, entries
    case_id = named.pop()
    told = [each if each.pacer_case_id else replace(each, pacer_case_id=case_id) for each in entries]
    return replace(header, pacer_case_id=case_id), told
