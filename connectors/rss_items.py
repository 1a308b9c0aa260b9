"""Opens an RSS feed as XML and hands out its channel and its items; one broken item never costs the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from docketbridge.api import RawFeed, UnreadableFeed

from .decoding import admit, decode, describe, without_controls
from .sealed import speaks_of_sealing

# A window of a busy day has some 15,000 tags; the tree of this many stays below half a gigabyte.
MAX_TAGS = 2_000_000

_WANTED = "a CM/ECF RSS feed"
_ENTITIES = re.compile(rb"<!ENTITY|<!DOCTYPE[^<>\[]*\[", re.IGNORECASE)
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}\?>")
_ROOT = re.compile(rb"\s*<rss[\s>]")
_END = re.compile(rb"</rss\s*+>\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+\Z", re.DOTALL)
_ITEM_START = re.compile(rb"<item(?=[\s>/])")
_ITEM_END = re.compile(rb"</item\s*>|<item\s*/>\s*\Z")
_CHANNEL_END = re.compile(rb"</(?:channel|rss)\b")
_PARSER = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says about itself, each as its text."""

    link: str
    description: str
    built: str


class Item(NamedTuple):
    """One item as its texts, unescaped once; `fault` says why it is no XML, and then only `markup` is filled."""

    title: str = ""
    link: str = ""
    description: str = ""
    guid: str = ""
    published: str = ""
    fault: str | None = None
    markup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A feed opened: its channel, its items in order, and whether any word in it could mark something sealed."""

    channel: Channel
    items: tuple[Item, ...]
    speaks_of_sealing: bool


def _text_of(element: etree._Element) -> str:
    """Give an element's text; markup that a court forgot to escape is given as markup."""
    if not len(element):
        return element.text or ""
    inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
    return (element.text or "") + inner


def _item_of(element: etree._Element) -> Item:
    title = link = description = guid = published = ""
    for child in element:
        tag = child.tag
        if tag == "title":
            title = _text_of(child)
        elif tag == "link":
            link = child.text or ""
        elif tag == "description":
            description = _text_of(child)
        elif tag == "guid":
            guid = child.text or ""
        elif tag == "pubDate":
            published = child.text or ""
    return Item(title, link, description, guid, published)


def _read_channel(element: etree._Element) -> tuple[Channel, tuple[Item, ...]]:
    """Read what a channel says of itself, each thing where it says it first, and its items."""
    said: dict[str, str] = {}
    items: list[Item] = []
    for child in element:
        if child.tag == "item":
            items.append(_item_of(child))
        else:
            said.setdefault(child.tag, child.text or "")
    built = said.get("lastBuildDate") or said.get("pubDate") or ""
    return Channel(link=said.get("link", ""), description=said.get("description", ""), built=built), tuple(items)


def clean(content: bytes) -> bytes:
    """Give a feed's bytes as UTF-8 without control characters, whatever they declare."""
    bare = without_controls(content)
    return bare if bare.isascii() else decode(content).encode()


def chunks(content: bytes) -> Iterator[tuple[int, int]]:
    """Find where the items of a cleaned feed stand, as (start, end); each runs to the next item or the channel's end."""
    starts = [found.start() for found in _ITEM_START.finditer(content)]
    if not starts:
        return
    closing = _CHANNEL_END.search(content, starts[-1])
    ends = [*starts[1:], closing.start() if closing else len(content)]
    yield from zip(starts, ends, strict=True)


def read_chunks(content: bytes) -> tuple[Item, ...]:
    """Read the items of a cleaned feed one by one, each standing alone."""
    return tuple(read_chunk(content[start:end]) for start, end in chunks(content))


def read_chunk(chunk: bytes) -> Item:
    """Read one item standing alone; a broken one is an Item with its fault."""
    bare = chunk.rstrip()
    try:
        if not _ITEM_END.search(bare):
            return Item(fault="the item has no end", markup=bare.decode(errors="replace"))
        element = etree.fromstring(bare, _PARSER)
    except etree.XMLSyntaxError as fault:
        return Item(fault=f"no well-formed XML: {_plain(fault)}", markup=bare.decode(errors="replace"))
    return _item_of(element)


def _plain(fault: etree.XMLSyntaxError) -> str:
    """Say the commonest faults of XML in plain words, others as the XML parser says them."""
    told = (fault.msg or "unknown fault").split(", line ")[0]
    if "xmlParseEntityRef" in told or "EntityRef:" in told:
        return "a bare & in the text"
    if "StartTag: invalid element name" in told:
        return "a bare < in the text"
    return told


def _without_declaration(content: bytes) -> bytes:
    """Drop the XML declaration: after cleaning, the encoding that it states is no longer true."""
    found = _DECLARATION.match(content)
    return content[found.end() :] if found else content


def _refuse_what_is_cut_off(content: bytes, name: str) -> None:
    if _END.search(content, max(0, len(content) - 65_536)):
        return
    items = len(_ITEM_START.findall(content))
    place = f"in or after item {items}" if items else "before its first item"
    line = content.count(b"\n") + 1
    raise UnreadableFeed(f"{name}: the feed is cut off {place} (line {line}): it does not end with </rss>")


def _recover(content: bytes, name: str, fault: etree.XMLSyntaxError) -> Opened:
    """Read a feed item by item that is no XML as a whole."""
    first = next(chunks(content), None)
    if first is None:
        raise UnreadableFeed(f"{name}: no well-formed XML: {_plain(fault)} (line {fault.lineno})") from fault
    head = content[: first[0]]
    try:
        root = etree.fromstring(_without_declaration(head) + b"</channel></rss>", _PARSER)
    except etree.XMLSyntaxError as broken:
        raise UnreadableFeed(
            f"{name}: the feed's head is no well-formed XML: {_plain(broken)} (line {broken.lineno})"
        ) from broken
    channel, _ = _read_channel(root[0])
    return Opened(channel=channel, items=read_chunks(content), speaks_of_sealing=True)


def open_feed(raw: RawFeed) -> Opened:
    """Open a feed: its channel and its items in order.

    Raises UnreadableFeed when the whole is no RSS feed, cut off, too large, or declares entities (which could reach for files,
    for the network, or for all memory).
    """
    content = clean(admit(raw, _WANTED))
    document = _without_declaration(content)
    # Entities are declared above the root or nowhere.
    if _ROOT.match(document) is None and _ENTITIES.search(document):
        raise UnreadableFeed(f"{raw.name}: the XML declares entities, which no court's feed does; refused")
    if b"<rss" not in content[:8192]:
        raise UnreadableFeed(f"{raw.name}: looks like {describe(raw.content)}, not {_WANTED}")
    if len(content) > MAX_TAGS and content.count(b"<") > MAX_TAGS:
        raise UnreadableFeed(f"{raw.name}: holds more than {MAX_TAGS:,} tags, which no court's feed does")
    try:
        root = etree.fromstring(document, _PARSER)
    except etree.XMLSyntaxError as fault:
        _refuse_what_is_cut_off(content, raw.name)
        return _recover(content, raw.name, fault)
    if root.tag != "rss":
        raise UnreadableFeed(f"{raw.name}: XML with the root <{root.tag}>, not {_WANTED}")
    channel = next(root.iterchildren("channel"), None)
    if channel is None:
        raise UnreadableFeed(f"{raw.name}: an RSS feed without a channel")
    said, items = _read_channel(channel)
    return Opened(channel=said, items=items, speaks_of_sealing=speaks_of_sealing(content))
