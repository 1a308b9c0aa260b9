"""Reads the head of a docket report: court, case number, chapter, judge, dates, flags and the PACER id of the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lxml import etree

from docketbridge.api import DocketbridgeError, parse_case_number

from .html_text import Line, fold, folded, lines_of, read_date
from .links import read_case_link

_CASE_LINE = re.compile(r"^(?P<what>[A-Za-z][A-Za-z. ]{2,40}?)\s*#\s*:?\s*(?P<number>\d[\w:.~-]*)")
_LABEL = re.compile(r"^(?P<label>[^:]{2,60}?)\s*:\s*(?P<value>.*)$")
_CHAPTER = re.compile(r"^Chapter\s+(?P<chapter>7|9|1[1235])\b", re.IGNORECASE)
_FLAG = re.compile(r"^[^\s,]{1,40}$")
# 10-01083-8-RDD: some courts print the office behind the number.
_OFFICE_BEHIND = re.compile(r"^(?P<printed>\d{2}-\d{4,6})-(?P<office>\d)(?:-(?P<judge>[A-Za-z]{2,4}))?(?:-?\d{1,2})?$")
_PRINTED = re.compile(r"^(?:\d:|\d-(?=\d{2}-))?\d{2}-(?:[A-Za-z]{2}-)?\d{4,6}")
# The heading stands on top: a page that has not shown it among so many headings shows none.
_CANDIDATES = 40
_KINDS = (("adversary", "ap"), ("bankruptcy", "bk"), ("miscellaneous", "mp"))
# What courts put before a judge's name; the name alone is the judge's.
_TITLES = re.compile(
    r"^(?:(?:chief|senior|visiting|presiding|u\.?s\.?|united\s+states|bankruptcy|magistrate|judge|hon\.?|honorable|the)\s+)+(?=\S)",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?<=\s)([A-Z])(?=\s)")
_CLAIMS = re.compile(r"/SearchClaims\.pl\?(?:[\w=&;]{0,100}?)caseid=(\d{1,12})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A report's case number in its parts, as INTERFACE.md `parse` gives them."""

    printed: str
    office: str | None
    case_type: str | None
    judge_initials: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The centred heading: where it stands, the district it names, and the case number with its kind."""

    element: etree._Element
    district: str
    number: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLines:
    """What stands between the heading and the parties, by its own labels in lower case."""

    labelled: Mapping[str, str]
    chapter: str | None

    def day(self, *labels: str) -> date | None:
        """The date beside the first of the labels that has one."""
        return next((day for label in labels if (day := read_date(self.labelled.get(label, "")))), None)

    def word(self, label: str) -> str | None:
        """The words beside a label; None where it stands bare or not at all."""
        return self.labelled.get(label) or None


def find_heading(tree: etree._Element) -> Heading | None:
    """Find the heading of a docket report, with court, district and `Bankruptcy Petition #:` on three lines; None without one."""
    for element in islice(tree.iter("center", "h1", "h2", "h3"), _CANDIDATES):
        if element.find(".//table") is not None:
            continue
        lines = lines_of(element)
        for index in range(len(lines)):
            found = _CASE_LINE.match(_joined(lines[index : index + 2]))
            if found:
                number = read_number(found["number"], found["what"])
                district = lines[index - 1].text if index else ""
                return Heading(element=element, district=district, number=number) if number else None
    return None


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def read_number(printed: str, what: str = "") -> Number | None:
    """Read a case number as a report prints it; `what` (`Adversary Proceeding`) gives the kind where the number does not."""
    kind = next((case_type for word, case_type in _KINDS if word in what.casefold()), None)
    try:
        number = parse_case_number(printed)
    except DocketbridgeError:
        behind = _OFFICE_BEHIND.match(printed)
        if behind:
            return Number(printed=behind["printed"], office=behind["office"], case_type=kind, judge_initials=behind["judge"])
        start = _PRINTED.match(printed)
        return Number(printed=start[0], office=None, case_type=kind, judge_initials=None) if start else None
    return Number(
        printed=number.printed, office=number.office, case_type=number.case_type or kind, judge_initials=number.judge_initials
    )


def read_case_lines(tables: Iterable[etree._Element]) -> CaseLines:
    """Read the labelled lines of the tables between heading and parties; the first of two equal labels counts."""
    labelled: dict[str, str] = {}
    chapter: str | None = None
    for table in tables:
        for line in lines_of(table):
            words = line.text
            found = _CHAPTER.match(words)
            if found:
                chapter = chapter or found["chapter"]
                continue
            pair = _LABEL.match(words)
            if pair:
                labelled.setdefault(pair["label"].casefold(), pair["value"])
    return CaseLines(labelled=labelled, chapter=chapter)


def read_flags(table: etree._Element | None) -> tuple[str, ...]:
    """Read the case flags from the table above the heading (`CLOSED, DISMISSED`); none when it holds anything else."""
    if table is None:
        return ()
    flags = tuple(flag for part in folded(table).split(",") if (flag := part.strip()))
    return flags if all(_FLAG.match(flag) for flag in flags) else ()


def judge_of(assigned: str | None) -> str | None:
    """Give a judge's name without titles, an initial with its full stop, so that one judge has one name in all feeds."""
    if not assigned:
        return None
    name = _TITLES.sub("", fold(assigned))
    return _INITIAL.sub(r"\1.", name) or None


def case_id_in(elements: Iterable[etree._Element]) -> str | None:
    """Find the PACER id of the report's own case in the links of its head; a link to the lead case is not one."""
    for element in elements:
        for anchor in element.iter("a"):
            address = anchor.get("href") or ""
            if "qryAscCases" in address:
                link = read_case_link(address)
                if link is not None:
                    return link.pacer_case_id
            claims = _CLAIMS.search(address)
            if claims:
                return claims[1]
    return None
