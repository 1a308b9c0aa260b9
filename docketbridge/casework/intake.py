"""Taking a feed in: bytes kept, entries recorded, matters worked out; all of it or nothing, and twice is once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.feed_updating import update_touched
from docketbridge.casework.judging_payments import judge_and_keep
from docketbridge.casework.preparing import prepare
from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.feeds import Problem, RawFeed, Window
from docketbridge.domain.watching import Gap, Span
from docketbridge.ledger.database import one_writer, writing_engine
from docketbridge.ledger.facts import KeptFeed, ReadyFeed, digest_of_bytes, keep_snapshot, kept_feed, record
from docketbridge.ledger.polls import gaps_beside, record_unchanged
from docketbridge.ledger.tellings import Tellings
from docketbridge.plugins import Plugins


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


Note: TypeAlias = Callable[[Session, IntakeResult], None]
"""Is told what taking a feed in did, before its transaction ends."""


def take_in(
    engine: Engine,
    rulebook: Rulebook,
    plugins: Plugins,
    raw: RawFeed,
    *,
    today: date,
    format_name: str | None = None,
    source: str | None = None,
    note: Note | None = None,
) -> IntakeResult:
    """Take one feed into the ledger in one transaction; `source` is the configured source it was fetched from.

    `note` is told what was done, in that transaction. Raises UnreadableFeed when the whole cannot be read or its court is
    unknown; the ledger is then untouched.
    """
    known = taken_before(engine, raw, format_name=format_name, source=source)
    if known is not None:
        return known
    return keep(engine, rulebook, prepare(rulebook, plugins, raw, format_name), today=today, source=source, note=note)


def taken_before(
    engine: Engine, raw: RawFeed, *, format_name: str | None = None, source: str | None = None
) -> IntakeResult | None:
    """What was read in these bytes when they were taken in before; None when they never were."""
    with Session(engine) as session:
        kept = kept_feed(session, digest_of_bytes(raw.content))
    if kept is None or raw.court not in (None, kept.court) or format_name not in (None, kept.format):
        return None
    if source is not None:
        with Session(writing_engine(engine)) as session, session.begin():
            record_unchanged(
                session, court=kept.court, source=source, at=raw.fetched_at or datetime.now(tz=UTC), validator=raw.validator
            )
    return _seen_again(raw.name, kept)


def keep(
    engine: Engine,
    rulebook: Rulebook,
    feed: ReadyFeed,
    *,
    today: date,
    source: str | None = None,
    note: Note | None = None,
) -> IntakeResult:
    """Keep a feed that was made ready, and work out what follows: all of it in one transaction, or nothing."""
    seen_at = feed.fetched_at or datetime.now(tz=UTC)
    told = feed.told
    with Session(writing_engine(engine)) as session, session.begin():
        one_writer(session, told.court)
        if not keep_snapshot(session, feed, seen_at=seen_at):
            if source is not None:
                record_unchanged(session, court=told.court, source=source, at=seen_at, validator=feed.validator)
            return _result(feed, seen_again=len(told.entries), kept=True)
        recorded = record(session, told, snapshot=feed.digest, seen_at=seen_at, source=source, validator=feed.validator)
        files = update_touched(session, rulebook, recorded, today=today)
        judge_and_keep(session, rulebook, recorded.touched, today=today)
        result = _result(
            feed,
            new=recorded.new,
            seen_again=recorded.seen_again,
            amended=recorded.amended,
            matters=tuple(file.matter.number for file in files),
            gaps=_gaps_beside(session, told),
        )
        if note is not None:
            note(session, result)
        return result


def _seen_again(name: str, kept: KeptFeed) -> IntakeResult:
    """The same bytes were taken in before: what was read in them then is known, and nothing is done."""
    return IntakeResult(
        name=name,
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


def _gaps_beside(session: Session, told: Tellings) -> tuple[Gap, ...]:
    window = told.window
    if window is None or not told.scope.whole or told.reported is not None:
        return ()
    return gaps_beside(session, told.court, Span(start=window.oldest, end=window.newest))


def _result(
    feed: ReadyFeed,
    *,
    new: int = 0,
    seen_again: int = 0,
    amended: int = 0,
    matters: tuple[str, ...] = (),
    gaps: tuple[Gap, ...] = (),
    kept: bool = False,
) -> IntakeResult:
    told = feed.told
    return IntakeResult(
        name=feed.name,
        court=told.court,
        format=told.format,
        new=new,
        seen_again=seen_again,
        amended=amended,
        refused=told.refused,
        problems=told.problems,
        matters=matters,
        gaps=gaps,
        window=told.window,
        kept=kept,
    )
