"""Takes the description of an RSS item apart: type, office, chapter, trustee, event names, document."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from .links import read_document_link

# Real descriptions have some 300 characters.
_LONGEST = 20_000
# Type: bk Office: 4 Chapter: 13 Trustee: Last, First [Event name] (<a href='…'>42</a>), as CM/ECF itself writes it; tried first.
_PLAIN = re.compile(
    r"Type: (?P<type>[a-z]{2}) Office: (?P<office>\w+) Chapter: (?P<chapter>\d{0,2}) +(?:Trustee: (?P<trustee>[^\[]*))?"
    r"\[(?P<event>[^\[\]]*)\] ?(?:\(<a href='(?P<address>https://ecf\.(?P<court>[a-z]{2,8})\.uscourts\.gov/doc1/"
    r"(?P<document>\d{4,20})\?[^'<>]*)'>(?P<number>\w+)</a>\))?"
)
# The same with anything missing, spaced or nested otherwise; possessive, so that no text makes it slow.
_DESCRIPTION = re.compile(
    r"""\s*+
    (?:Type:\s*+(?P<type>(?!Office:)[A-Za-z]*+)\s*+)?
    (?:Office:\s*+(?P<office>(?!Chapter:)[^\s:\[]*+)\s*+)?
    (?:Chapter:\s*+(?P<chapter>\d{0,2})\s*+)?
    (?:Trustee:\s*+(?P<trustee>[^\[]*+))?
    \[(?P<event>.*)\]\s*+
    (?:\((?P<markup>[^\[\]]*)\)\s*+)?$""",
    re.VERBOSE | re.DOTALL,
)
_ANCHOR = re.compile(r"<a\s[^<>]*?href\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|([^\s>]+))[^<>]*>([^<]*)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PREFIX = re.compile(r"^(?:\s|\.|~Util\s*-\s*)+", re.IGNORECASE)


class Described(NamedTuple):
    """What a description says, each part as it stands there; the document's id and address only if they are the court's own."""

    type: str | None
    office: str | None
    chapter: str | None
    trustee: str | None
    event: str
    address: str | None
    court: str | None
    document: str | None
    number: str | None


def unescaped(text: str) -> str:
    """Undo escaping that a court applied more than once (`O&#039;Toole` after the XML is read)."""
    for _ in range(3):
        if not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    return text


def folded(text: str) -> str:
    """Fold white space and undo escaping applied more than once."""
    return " ".join((unescaped(text) if "&" in text else text).split())


def _names_in(bracketed: str) -> tuple[str, ...]:
    """Split `A] [B` into its names; brackets inside a name stay with it (`Motion [Amended] to Sell`)."""
    names, depth, start = [], 1, 0
    for place, character in enumerate(bracketed):
        if character == "[":
            if depth == 0:
                if bracketed[start:place].strip(" ,;"):
                    return (bracketed,)
                start = place + 1
            depth += 1
        elif character == "]":
            depth -= 1
            if depth == 0:
                names.append(bracketed[start:place])
                start = place + 1
            elif depth < 0:
                return (bracketed,)
    return (*names, bracketed[start:]) if depth == 1 else (bracketed,)


def _event_name(text: str) -> str:
    """Fold an event's name and drop what CM/ECF puts before it for its own use: a dot, `~Util - `."""
    name = folded(text)
    return _PREFIX.sub("", name) if name[:1] in (".", "~") else name


@lru_cache(maxsize=1024)
def events_of(bracketed: str) -> tuple[str, ...]:
    """Read the event names between the first and the last bracket, once each; a court has some hundreds of them."""
    if "[" not in bracketed and "]" not in bracketed:
        name = _event_name(bracketed)
        return (name,) if name else ()
    cleaned = (_event_name(name) for name in _names_in(bracketed))
    return tuple(dict.fromkeys(name for name in cleaned if name))


def read_description(description: str) -> Described | None:
    """Take a description apart; None when it is none."""
    plain = _PLAIN.fullmatch(description)
    if plain is not None:
        return Described(*plain.groups())
    found = _DESCRIPTION.match(description) if len(description) <= _LONGEST else None
    if found is None:
        return None
    address, words = _link_in(found["markup"] or "")
    document = read_document_link(address) if address else None
    return Described(
        type=found["type"],
        office=found["office"],
        chapter=found["chapter"],
        trustee=found["trustee"],
        event=found["event"],
        address=address,
        court=document.court if document else None,
        document=document.pacer_doc_id if document else None,
        number=words,
    )


def _link_in(markup: str) -> tuple[str | None, str]:
    """Read `<a href='…'>42</a>`, ` 14 ` or `doc`: the address, when there is a link, and the words."""
    anchor = _ANCHOR.search(markup) if "<" in markup else None
    if anchor is None:
        return None, markup.strip()
    return anchor[1] or anchor[2] or anchor[3] or None, anchor[4].strip()
