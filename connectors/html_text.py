"""Reads the HTML pages of CM/ECF, once and within bounds, and gives their text as a reader sees it: folded and in lines."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from lxml import etree

from docketbridge.api import UnreadableFeed

from .decoding import decode

# A line of a page ends where one of these begins or ends.
_BREAKING = frozenset(
    {"br", "p", "div", "tr", "table", "tbody", "center", "h1", "h2", "h3", "h4", "hr", "li", "ul", "form", "blockquote"}
)
# Outside these no docket was ever kept, and far outside them time zones overflow.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
_CELLS = frozenset({"td", "th"})
# Told by no reader: what stands in these is code or furniture.
_UNSEEN = ("script", "style", "iframe", "noscript", "select", "option", "textarea")
_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")

# References to control characters and to code points that are no character; decoding drops them where they stand as bytes.
_NO_CHARACTER = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127|6553[45])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF]|[fF]{3}[eEfF]))(?![0-9a-fA-F]);?"
)
# An entry has some ten tags: this is a docket of 200,000 entries, in some 300 MB of memory.
_MAX_TAGS = 2_000_000

_STRING = etree.XPath("string()", smart_strings=False)


class Line(NamedTuple):
    """One line as a reader sees it, never blank: its words folded, and whether it begins in bold and in italics.

    `runs` counts the stretches of words in it. A tuple, since a page has thousands.
    """

    text: str
    bold: bool
    italic: bool
    runs: int


def read_page(content: bytes, *, name: str) -> tuple[str, etree._Element]:
    """Decode a page and parse it: its text and its tree, without comments, scripts and other things that no reader sees.

    Raises UnreadableFeed when nothing in it can be parsed, and when it is nested deeper or holds more tags than any report.
    """
    page = decode(content)
    if "&#" in page:
        page = _NO_CHARACTER.sub("", page)
    if len(page) > _MAX_TAGS and page.count("<") > _MAX_TAGS:
        raise UnreadableFeed(f"{name}: more than {_MAX_TAGS:,} tags; no docket has so many")
    # The parser's own limits stay on (no huge_tree): 255 levels of open tags, 10 MB in one stretch of text.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, collect_ids=False
    )
    try:
        tree = etree.fromstring(page.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as fault:
        raise UnreadableFeed(f"{name}: no HTML that can be parsed ({str(fault)[:80]})") from fault
    if tree is None:
        raise UnreadableFeed(f"{name}: no HTML that can be parsed")
    # Past a limit the parser stops in silence, and the rest of the docket would be lost.
    for stop in parser.error_log.filter_from_fatals():
        raise UnreadableFeed(f"{name}: the page cannot be read to its end ({stop.message[:60]}, line {stop.line})")
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    return page, tree


def text_of(element: etree._Element) -> str:
    """The whole text of an element, as it stands on the page."""
    return str(_STRING(element))


def clear(element: etree._Element) -> None:
    """Empty an element of all it holds and says; what follows it stays."""
    tail = element.tail
    element.clear()
    element.tail = tail


def fold(text: str) -> str:
    """Fold white space, no-break blanks among it, and take blanks before a comma away, as docket text is cited."""
    words = " ".join(text.split())
    return words.replace(" ,", ",") if " ," in words else words


def folded(element: etree._Element) -> str:
    """The whole text of an element, folded."""
    return fold(text_of(element))


def lines_of(element: etree._Element) -> list[Line]:
    """The lines of an element: broken at `<br>` and at blocks, cells of one row on one line, blank lines left out."""
    lines: list[Line] = []
    parts: list[str] = []
    bold = italic = 0
    begins = (False, False)
    runs = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag
        start = event == "start"
        if tag in _BREAKING and runs:
            lines.append(Line(fold("".join(parts)), *begins, runs))
            parts, runs = [], 0
        elif tag in _BOLD:
            bold += 1 if start else -1
        elif tag in _ITALIC:
            italic += 1 if start else -1
        elif tag in _CELLS and runs:
            parts.append(" ")
        words = node.text if start else None if node is element else node.tail
        if not words:
            continue
        if not words.isspace():
            if not runs:
                begins = (bold > 0, italic > 0)
            runs += 1
            parts.append(words)
        elif runs:
            parts.append(words)
    if runs:
        lines.append(Line(fold("".join(parts)), *begins, runs))
    return lines


def read_date(text: str) -> date | None:
    """Read the first `06/29/2009` or `04/18/08` in a text; None when there is none or it is no day of the calendar.

    Two digits are a year of this century below 70: the oldest cases on CM/ECF are of the 1970s.
    """
    found = _DATE.search(text)
    if found is None:
        return None
    year = int(found[3])
    if len(found[3]) == 2:
        year += 2000 if year < 70 else 1900
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, int(found[1]), int(found[2]))
    except ValueError:
        return None
