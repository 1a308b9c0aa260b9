"""Lays a notice of electronic filing out in lines as a reader sees them, each with its links, from HTML or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_BREAKING = frozenset(
    [
        "br",
        "p",
        "div",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "center",
        "li",
        "ul",
        "ol",
        "hr",
        "blockquote",
        "pre",
        "body",
    ],
)
_UNSEEN = frozenset(("script", "style", "head", "title"))
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]{1,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a notice: its words, white space folded, and the addresses that it links to."""

    text: str
    links: tuple[str, ...] = ()


def _line(words: list[str], links: list[str]) -> Iterator[Line]:
    text = " ".join("".join(words).split())
    if text or links:
        yield Line(text=text, links=tuple(links))
    words.clear()
    links.clear()


def _lines_of_markup(body: str) -> Iterator[Line]:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = etree.fromstring(body.encode(), parser)
    if root is None:
        return
    words: list[str] = []
    links: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            unseen += tag in _UNSEEN
            if tag in _BREAKING:
                yield from _line(words, links)
            elif tag in ("td", "th"):
                words.append(" ")
            elif tag == "a" and element.get("href"):
                links.append(str(element.get("href")))
            elif tag == "img":
                words.append(_picture(str(element.get("src", "")), str(element.get("alt", ""))))
            if element.text and not unseen:
                words.append(element.text)
            continue
        unseen -= tag in _UNSEEN
        if tag in _BREAKING:
            yield from _line(words, links)
        elif tag in ("td", "th"):
            words.append(" ")
        if element.tail and not unseen:
            words.append(element.tail)
    yield from _line(words, links)


def _picture(source: str, words: str) -> str:
    """Show a lock as one; other pictures say nothing."""
    return "\N{LOCK}" if re.search(r"(?<![a-z])(?:pad)?lock(?:ed)?(?![a-z])", f"{source} {words}", re.IGNORECASE) else ""


def _lines_of_text(body: str) -> Iterator[Line]:
    for row in body.splitlines():
        links = _ADDRESS.findall(row)
        text = " ".join(_ADDRESS.sub(" ", row).split()) if links else " ".join(row.split())
        if text or links:
            yield Line(text=text, links=tuple(links))


def lines_of(body: str, *, is_markup: bool) -> tuple[Line, ...]:
    """Lay a notice out in lines, blank ones left out. Any text gives lines, broken HTML too."""
    try:
        return tuple(_lines_of_markup(body) if is_markup else _lines_of_text(body))
    except (etree.XMLSyntaxError, ValueError):  # HTML so broken that libxml2 finds no tree in it
        return ()
