"""Taking a feed in: bytes kept, entries recorded, matters worked out; all of it or nothing, and twice is once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.feed_updating import update_touched
from docketbridge.casework.judging_payments import judge_and_keep
from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.feeds import ParsedFeed, Problem, RawFeed, Window
from docketbridge.domain.watching import Gap, Span
from docketbridge.errors import ProfileError, UnreadableFeed
from docketbridge.ledger.database import one_writer, writing_engine
from docketbridge.ledger.facts import KeptFeed, keep_snapshot, kept_feed, record
from docketbridge.ledger.polls import gaps_beside, record_unchanged
from docketbridge.plugins import FeedParser, Plugins


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeResult:
    """What taking one feed in did, in entries.

    `matters` are the numbers of the matters it touched, `gaps` the stretches beside its window that no window shows,
    `kept` tells that the same bytes had been taken in before, so that nothing was done.
    """

    name: str
    court: str
    format: str
    new: int
    seen_again: int
    amended: int
    refused: int
    problems: tuple[Problem, ...]
    matters: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()
    window: Window | None = None
    kept: bool = False


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


def take_in(
    engine: Engine,
    rulebook: Rulebook,
    plugins: Plugins,
    raw: RawFeed,
    *,
    today: date,
    format_name: str | None = None,
    source: str | None = None,
) -> IntakeResult:
    """Take one feed into the ledger in one transaction; `source` is the configured source it was fetched from.

    Raises UnreadableFeed when the whole cannot be read or its court is unknown; the ledger is then untouched.
    """
    seen_at = raw.fetched_at or datetime.now(tz=UTC)
    with Session(engine) as session:
        kept = kept_feed(session, raw)
    if kept is not None and raw.court in (None, kept.court) and format_name in (None, kept.format):
        if source is not None:
            with Session(writing_engine(engine)) as session, session.begin():
                record_unchanged(session, court=kept.court, source=source, at=seen_at, validator=raw.validator)
        return _seen_again(raw, kept)
    parser = choose_parser(plugins, raw, format_name)
    parsed = parser.parse(raw)
    try:
        timezone = rulebook.calendar(parsed.court).timezone
    except ProfileError as fault:
        raise UnreadableFeed(f"{raw.name}: {fault}") from fault
    with Session(writing_engine(engine)) as session, session.begin():
        one_writer(session, parsed.court)
        snapshot = keep_snapshot(session, raw, parsed, kept=parser.redact(raw.content), seen_at=seen_at)
        if snapshot is None:
            if source is not None:
                record_unchanged(session, court=parsed.court, source=source, at=seen_at, validator=raw.validator)
            return _result(raw, parsed, seen_again=len(parsed.entries), refused=parsed.refused, kept=True)
        recorded = record(
            session,
            parsed,
            snapshot=snapshot,
            seen_at=seen_at,
            timezone=timezone,
            source=source,
            validator=raw.validator,
        )
        files = update_touched(session, rulebook, recorded, today=today)
        judge_and_keep(session, rulebook, recorded.touched, today=today)
        return _result(
            raw,
            parsed,
            new=recorded.new,
            seen_again=recorded.seen_again,
            amended=recorded.amended,
            refused=recorded.refused,
            matters=tuple(file.matter.number for file in files),
            gaps=_gaps_beside(session, parsed),
        )


def _seen_again(raw: RawFeed, kept: KeptFeed) -> IntakeResult:
    """The same bytes were taken in before: what was read in them then is known, and nothing is done."""
    return IntakeResult(
        name=raw.name,
        court=kept.court,
        format=kept.format,
        new=0,
        seen_again=kept.items,
        amended=0,
        refused=kept.refused,
        problems=kept.problems,
        matters=(),
        window=kept.window,
        kept=True,
    )


def _gaps_beside(session: Session, parsed: ParsedFeed) -> tuple[Gap, ...]:
    window = parsed.window
    if window is None or not parsed.scope.whole or parsed.scope.case_number is not None:
        return ()
    return gaps_beside(session, parsed.court, Span(start=window.oldest, end=window.newest))


def _result(
    raw: RawFeed,
    parsed: ParsedFeed,
    *,
    new: int = 0,
    seen_again: int = 0,
    amended: int = 0,
    refused: int = 0,
    matters: tuple[str, ...] = (),
    gaps: tuple[Gap, ...] = (),
    kept: bool = False,
) -> IntakeResult:
    return IntakeResult(
        name=raw.name,
        court=parsed.court,
        format=parsed.format,
        new=new,
        seen_again=seen_again,
        amended=amended,
        refused=refused,
        problems=parsed.problems,
        matters=matters,
        gaps=gaps,
        window=parsed.window,
        kept=kept,
    )
