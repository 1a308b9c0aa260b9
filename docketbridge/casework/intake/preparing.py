"""Making a raw feed ready to be kept: parsed, blanked, its tellings worked out; the half of intake that needs no database."""

from __future__ import annotations

import zlib

from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.feeds import ParsedFeed, RawFeed
from docketbridge.errors import ProfileError, UnreadableFeed
from docketbridge.ledger.dockets.facts import ReadyFeed, digest_of_bytes
from docketbridge.ledger.dockets.tellings import tell
from docketbridge.plugins import FeedParser, Plugins


def choose_parser(plugins: Plugins, raw: RawFeed, format_name: str | None = None) -> FeedParser:
    """The parser of the named format, or the first that recognises the bytes. Raises UnreadableFeed when none does."""
    if format_name is not None:
        parser = plugins.parsers.get(format_name)
        if parser is None:
            raise UnreadableFeed(f"{raw.name}: no feed format {format_name!r}; known: {', '.join(sorted(plugins.parsers))}")
        return parser
    if not raw.content.strip():
        raise UnreadableFeed(f"{raw.name}: the file is empty")
    found = next((each for each in plugins.parsers.values() if each.recognises(raw.content)), None)
    if found is None:
        raise UnreadableFeed(f"{raw.name}: this is no docket feed that is known ({', '.join(sorted(plugins.parsers))})")
    return found


def parse_feed(plugins: Plugins, raw: RawFeed, format_name: str | None = None) -> ParsedFeed:
    """Read a feed without keeping anything. Raises UnreadableFeed."""
    return choose_parser(plugins, raw, format_name).parse(raw)


def prepare(rulebook: Rulebook, plugins: Plugins, raw: RawFeed, format_name: str | None = None) -> ReadyFeed:
    """Make a feed ready to be kept. Raises UnreadableFeed when the whole cannot be read or its court is unknown."""
    parser = choose_parser(plugins, raw, format_name)
    parsed = parser.parse(raw)
    try:
        timezone = rulebook.calendar(parsed.court).timezone
    except ProfileError as fault:
        raise UnreadableFeed(f"{raw.name}: {fault}") from fault
    return ReadyFeed(
        name=raw.name,
        digest=digest_of_bytes(raw.content),
        kept=zlib.compress(parser.redact(raw.content), 6),
        told=tell(parsed, timezone),
        fetched_at=raw.fetched_at,
        validator=raw.validator,
    )
