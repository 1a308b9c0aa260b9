"""Reads the RSS feed of a court's CM/ECF (`rss_outside.pl`): stubs of what was docketed, without docket text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from docketbridge.api import (
    CaseNumber,
    DocketbridgeError,
    ParsedEntry,
    ParsedFeed,
    Problem,
    RawFeed,
    Scope,
    Source,
    UnreadableFeed,
    Window,
    parse_case_number,
    quickly,
)

from .decoding import decode
from .links import CaseLink, address_at, court_of, document_id, read_case_link
from .rss_descriptions import events_of, folded, read_description, unescaped
from .rss_items import Channel, Item, chunks, clean, open_feed, read_chunk, read_chunks
from .sealed import is_sealed, shows_lock, speaks_of_sealing
from .stamps import read_feed_time

FORMAT = "cmecf-rss"

_SAMPLE = 200
_CARRIES = re.compile(r"docket entries of type:\s*", re.IGNORECASE)
# What an item that cannot be taken apart is asked.
_COULD_BE_SEALED = re.compile(r"(?<!un)seal|restrict|(?<![a-z])lock(?:ed)?(?![a-z])|\N{LOCK}", re.IGNORECASE)
_entry = quickly(ParsedEntry)
_source = quickly(Source)
_BLANKED = b"""<item>
<title></title>
<link>%s</link>
<description>[Sealed]</description>
<guid></guid>
<pubDate>%s</pubDate>
</item>
"""


class _Unreadable(Exception):
    """An item cannot be read; the message says what is wrong with it."""


def _is_sealed(item: Item) -> bool:
    """Tell a sealed item before anything of it is used; an item that cannot be read and speaks of sealing counts as one."""
    if item.fault is not None:
        return bool(_COULD_BE_SEALED.search(item.markup))
    description = item.description
    if not speaks_of_sealing(description.encode()):
        return False
    if shows_lock(description):
        return True
    told = read_description(description)
    if told is None:
        return bool(_COULD_BE_SEALED.search(unescaped(description)))
    return is_sealed(events=events_of(told.event)) or is_sealed(text=folded(told.number or ""))


def _docketing_of(item: Item) -> tuple[str, str]:
    """Give what makes items one docketing: guid and time."""
    return item.guid.strip(), item.published.strip()


def _case_of(item: Item, court: str) -> CaseLink:
    guid = item.guid.strip()
    if not guid:
        raise _Unreadable("the item has no guid")
    case = read_case_link(guid)
    if case is None or case.sequence is None:
        raise _Unreadable("the guid names no case and docketing")
    if case.court and case.court != court:
        raise _Unreadable(f"the guid leads to the court {case.court}, the feed is of {court}")
    return case


def _number_of(printed: str) -> CaseNumber:
    try:
        return parse_case_number(printed)
    except DocketbridgeError as fault:
        raise _Unreadable("the title begins with no bankruptcy case number") from fault


def _read(item: Item, *, court: str, published: datetime | None, source: Source) -> ParsedEntry:
    """Read one item. Raises _Unreadable, saying what is wrong."""
    if item.fault is not None:
        raise _Unreadable(item.fault)
    case = _case_of(item, court)
    if published is None:
        raise _Unreadable("the pubDate is no time" if item.published.strip() else "the item has no pubDate")
    printed, _, name = folded(item.title).partition(" ")
    number = _number_of(printed)
    told = read_description(item.description)
    if told is None:
        raise _Unreadable("the description cannot be read")
    link = told.address
    if link and told.court != court:
        link = address_at(court, link)
    return _entry(
        court=court,
        case_number=number.printed,
        source=source,
        office=told.office or number.office,
        case_type=told.type.lower() if told.type else number.case_type,
        judge_initials=number.judge_initials,
        pacer_case_id=case.pacer_case_id,
        case_name=name or None,
        chapter=told.chapter or number.chapter,
        trustee=(folded(told.trustee) or None) if told.trustee else None,
        entered_at=published,
        document_number=told.number if told.number and told.number.isdecimal() else None,
        pacer_doc_id=document_id(told.document) if told.document and link else None,
        sequence=case.sequence,
        events=events_of(told.event),
        document_link=link,
    )


def _join(entry: ParsedEntry, other: ParsedEntry) -> ParsedEntry:
    """Join two items of one docketing: the events of both, once each; what the first does not say, from the second."""
    return replace(
        entry,
        events=tuple(dict.fromkeys((*entry.events, *other.events))),
        trustee=entry.trustee or other.trustee,
        document_number=entry.document_number or other.document_number,
        pacer_doc_id=entry.pacer_doc_id or other.pacer_doc_id,
        document_link=entry.document_link or other.document_link,
    )


def _court_of(raw: RawFeed, channel: Channel, items: tuple[Item, ...]) -> str:
    """Name the feed's court: its own link, else most of its items' links, else what a person said.

    Raises UnreadableFeed when nobody says, or the feed and the person disagree.
    """
    court = court_of(channel.link)
    if court is None:
        named = Counter(found for item in items for found in (court_of(item.guid), court_of(item.link)) if found)
        court = min(named, key=lambda each: (-named[each], each)) if named else None
    said = raw.court.strip().lower() if raw.court else None
    if court and said and court != said:
        raise UnreadableFeed(f"{raw.name}: the feed's links lead to the court {court}, but --court says {said}")
    found = court or said
    if not found:
        raise UnreadableFeed(f"{raw.name}: no link of the feed names its court; say it with --court")
    return found


def _scope_of(channel: Channel) -> Scope:
    """Read which docketings the feed says it carries; only `all` proves silence."""
    told = folded(channel.description)
    found = _CARRIES.match(told)
    declared = told[found.end() :] if found else told
    return Scope(declared=declared or None, whole=found is not None and declared.lower() == "all")


def _window_of(channel: Channel, published: Iterable[datetime | None]) -> Window | None:
    times = [time for time in published if time is not None]
    built = read_feed_time(channel.built)
    if built is not None:
        times.append(built)
    return Window(oldest=min(times), newest=max(times)) if times else None


def _sample_of(item: Item) -> str:
    told = item.markup or f"{item.title} | {item.link} | {item.description} | {item.guid} | {item.published}"
    return " ".join(told.split())[:_SAMPLE]


def recognises(content: bytes) -> bool:
    """Tell whether bytes could be an RSS feed."""
    start = decode(content[:8192]).lstrip()
    return start.startswith(("<?xml", "<rss", "<!--")) and "<rss" in start


def parse(raw: RawFeed) -> ParsedFeed:
    """Read a court's RSS feed: an entry a docketing, its events joined (same guid and time), in the feed's order.

    `entered_at` is the item's pubDate: the time of docketing, never of filing.
    Raises UnreadableFeed when the whole is no feed, is cut off, or its court is unknown or contradicted.
    """
    opened = open_feed(raw)
    channel, items = opened.channel, opened.items
    court = _court_of(raw, channel, items)
    sealed = list(map(_is_sealed, items)) if opened.speaks_of_sealing else [False] * len(items)
    if any(sealed):  # read again as `redact` does, so that what is blanked and what is refused are the same
        items = read_chunks(clean(raw.content))
        sealed = [_is_sealed(item) for item in items]
    hidden = {_docketing_of(item) for item, is_hidden in zip(items, sealed, strict=True) if is_hidden and item.guid.strip()}
    times = {published: read_feed_time(published) for published in {item.published for item in items}}
    entries: dict[tuple[str, str], ParsedEntry] = {}
    problems: list[Problem] = []
    refused = 0
    for place, (item, is_hidden) in enumerate(zip(items, sealed, strict=True), start=1):
        if is_hidden or (hidden and _docketing_of(item) in hidden):
            refused += 1
            continue
        where = f"item {place}"
        try:
            entry = _read(item, court=court, published=times[item.published], source=_source(file=raw.name, where=where))
        except _Unreadable as fault:
            problems.append(Problem(where=where, what=str(fault), sample=_sample_of(item)))
            continue
        docketing = _docketing_of(item)
        first = entries.setdefault(docketing, entry)
        if first is not entry:
            entries[docketing] = _join(first, entry)
    return ParsedFeed(
        format=FORMAT,
        court=court,
        observations=tuple(entries.values()),
        problems=tuple(problems),
        window=_window_of(channel, times.values()),
        scope=_scope_of(channel),
        refused=refused,
    )


def redact(content: bytes) -> bytes:
    """Blank the sealed and restricted items of a feed's bytes; parsing gives the same afterwards. Never fails."""
    cleaned = clean(content)
    if not speaks_of_sealing(cleaned):
        return content
    spans = list(chunks(cleaned))
    items = [read_chunk(cleaned[start:end]) for start, end in spans]
    hidden = {_docketing_of(item) for item in items if item.guid.strip() and _is_sealed(item)}
    blanked, reached = [], 0
    for item, (start, end) in zip(items, spans, strict=True):
        if not (_is_sealed(item) or _docketing_of(item) in hidden):
            continue
        court = court_of(item.guid) or court_of(item.link)
        host = f"https://ecf.{court}.uscourts.gov".encode() if court else b""
        time = item.published.strip() if read_feed_time(item.published) else ""
        blanked += [cleaned[reached:start], _BLANKED % (host, time.encode())]
        reached = end
    return b"".join((*blanked, cleaned[reached:])) if blanked else content
