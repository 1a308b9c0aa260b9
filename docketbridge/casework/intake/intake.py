"""Taking a feed in: bytes kept, entries recorded, matters worked out; all of it or nothing, and twice is once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.intake.preparing import prepare
from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.feed_updating import update_touched
from docketbridge.casework.working_out.judging_payments import judge_and_keep
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.feeds import Problem, RawFeed, Window
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.watching import Gap, Span
from docketbridge.errors import DocketbridgeError
from docketbridge.ledger.database import one_writer, writing_engine
from docketbridge.ledger.dockets.facts import (
    Arrival,
    KeptFeed,
    ReadyFeed,
    Recorded,
    digest_of_bytes,
    keep_snapshot,
    kept_feed,
    record,
)
from docketbridge.ledger.dockets.polls import gaps_beside, record_unchanged
from docketbridge.ledger.dockets.tellings import Tellings
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


Note: TypeAlias = Callable[[Session, Sequence[IntakeResult]], None]
"""Is told what keeping feeds did, last of all in their transaction."""


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
    feed = prepare(rulebook, plugins, raw, format_name)
    [result] = keep(engine, rulebook, [feed], today=today, source=source, note=note)
    if isinstance(result, DocketbridgeError):
        raise result
    return result


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
    feeds: Sequence[ReadyFeed],
    *,
    today: date,
    source: str | None = None,
    note: Note | None = None,
) -> list[IntakeResult | DocketbridgeError]:
    """Keep feeds that were made ready, in their order, and work out what follows; what became of each, in its place.

    Together they share one transaction and one working out, for much of what each costs does not grow with it. What is given
    back is kept. Where one of them cannot be, they are kept one by one: each whole or, with its fault, not at all.
    """
    try:
        return [*_kept_together(engine, rulebook, feeds, today=today, source=source, note=note)]
    except DocketbridgeError as fault:
        if len(feeds) == 1:
            return [fault]
    one_by_one = (keep(engine, rulebook, [each], today=today, source=source, note=note) for each in feeds)
    return [result for results in one_by_one for result in results]


def _kept_together(
    engine: Engine, rulebook: Rulebook, feeds: Sequence[ReadyFeed], *, today: date, source: str | None, note: Note | None
) -> list[IntakeResult]:
    with Session(writing_engine(engine)) as session, session.begin():
        for court in sorted({each.told.court for each in feeds}):
            one_writer(session, court)
        arrived = [(each, _arrival(session, each, source)) for each in feeds]
        recorded, touched = record(session, [arrival for _, arrival in arrived if arrival is not None])
        files = update_touched(session, rulebook, touched, today=today)
        judge_and_keep(session, rulebook, touched.entries, today=today)
        done = iter(recorded)
        results = [
            _result(feed, seen_again=len(feed.told.entries), kept=True)
            if arrival is None
            else _told(session, feed, next(done), files)
            for feed, arrival in arrived
        ]
        if note is not None:
            note(session, [each for each in results if not each.kept])
        return _with_each_gap_once(results)


def _with_each_gap_once(results: Iterable[IntakeResult]) -> list[IntakeResult]:
    """Of feeds on both sides of a gap that were kept together, the later one tells of it: it was the one that showed it."""
    told: set[tuple[str, Gap]] = set()
    once = []
    for each in reversed(list(results)):
        gaps = tuple(gap for gap in each.gaps if (each.court, gap) not in told)
        told.update((each.court, gap) for gap in gaps)
        once.append(replace(each, gaps=gaps))
    return once[::-1]


def _arrival(session: Session, feed: ReadyFeed, source: str | None) -> Arrival | None:
    """Keep a feed's bytes; how it came, or None where the same bytes are kept already."""
    seen_at = feed.fetched_at or datetime.now(tz=UTC)
    if keep_snapshot(session, feed, seen_at=seen_at):
        return Arrival(told=feed.told, snapshot=feed.digest, seen_at=seen_at, source=source, validator=feed.validator)
    if source is not None:
        record_unchanged(session, court=feed.told.court, source=source, at=seen_at, validator=feed.validator)
    return None


def _told(session: Session, feed: ReadyFeed, recorded: Recorded, files: Sequence[MatterFile]) -> IntakeResult:
    return _result(
        feed,
        new=recorded.new,
        seen_again=recorded.seen_again,
        amended=recorded.amended,
        matters=tuple(
            each.matter.number
            for each in files
            if CaseKey(court=each.matter.court, number=each.matter.case_number) in recorded.cases
        ),
        gaps=_gaps_beside(session, feed.told),
    )


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
