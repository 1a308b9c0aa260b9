"""Reading the kept feeds again with today's parsers: the bytes are the facts, what was read in them follows."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.feeds import ParsedFeed
from docketbridge.errors import UnreadableFeed
from docketbridge.ledger.dockets.facts import Arrival, record
from docketbridge.ledger.dockets.from_bytes import Kept, forget_what_was_read, kept_feeds
from docketbridge.ledger.dockets.tellings import tell
from docketbridge.plugins import FeedParser


def read_again(session: Session, rulebook: Rulebook, parsers: Mapping[str, FeedParser]) -> None:
    """Replace what was read out of the kept feeds by what today's parsers read in them.

    Raises UnreadableFeed, naming them, when there are feeds that could be read once and cannot be now.
    """
    faults = [fault for kept in kept_feeds(session) if (fault := _fault(kept, parsers)) is not None]
    if faults:
        raise UnreadableFeed(f"{len(faults)} kept feeds cannot be read any more; nothing was changed: {'; '.join(faults[:5])}")
    feeds = kept_feeds(session)
    forget_what_was_read(session)
    for kept in feeds:
        parsed = _parse(kept, parsers)
        told = tell(parsed, rulebook.calendar(parsed.court).timezone)
        arrival = Arrival(told=told, snapshot=kept.digest, seen_at=kept.seen_at, source=kept.source, validator=kept.validator)
        record(session, [arrival])


def _parse(kept: Kept, parsers: Mapping[str, FeedParser]) -> ParsedFeed:
    parser = parsers.get(kept.format)
    if parser is None:
        raise UnreadableFeed(f"{kept.raw.name}: no feed format {kept.format!r} is installed")
    return parser.parse(kept.raw)


def _fault(kept: Kept, parsers: Mapping[str, FeedParser]) -> str | None:
    try:
        _parse(kept, parsers)
    except UnreadableFeed as fault:
        return str(fault)
    return None
