"""Where feeds are taken in and the audit hears of it: one by itself, or many with the next one read while one is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.intake.intake import IntakeResult, keep, take_in, taken_before
from docketbridge.casework.intake.reading_ahead import Known, ReadingAhead
from docketbridge.casework.people.audit import AuditDesk
from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.auditing import Deed
from docketbridge.domain.feeds import RawFeed
from docketbridge.errors import DocketbridgeError, UnreadableFeed
from docketbridge.ledger.dockets.facts import ReadyFeed
from docketbridge.plugins import Plugins

_BATCH_BYTES = 3_000_000
_BATCH_FEEDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeDesk:
    """Where feeds are taken in on a day; `folder` is the instance's."""

    engine: Engine
    rulebook: Rulebook
    plugins: Plugins
    folder: Path
    audit: AuditDesk
    today: date

    def take_in(self, raw: RawFeed, format_name: str | None = None) -> IntakeResult:
        """Take one feed in. Raises UnreadableFeed, and then nothing has changed."""
        return take_in(self.engine, self.rulebook, self.plugins, raw, today=self.today, format_name=format_name, note=self._note)

    def take_in_all(
        self, feeds: Iterable[RawFeed | UnreadableFeed], format_name: str | None = None
    ) -> Iterator[IntakeResult | DocketbridgeError]:
        """Take many feeds in, in their order, each whole or not at all; one that cannot be, stands in its place as its fault.

        They are kept by the batch of 3 MB or one larger feed, and while a batch is kept the next is read in a process beside;
        no more than three are in memory. What is given back is kept.
        """
        ahead = ReadingAhead(folder=self.folder, rulebook=self.rulebook, plugins=self.plugins, format_name=format_name)
        with ahead:
            for batch in ahead.made_ready(_batches(self._new_ones(feeds, format_name))):
                ready = [each for each in batch if isinstance(each, ReadyFeed)]
                kept = iter(keep(self.engine, self.rulebook, ready, today=self.today, note=self._note) if ready else ())
                yield from (next(kept) if isinstance(each, ReadyFeed) else each for each in batch)

    def _new_ones(
        self, feeds: Iterable[RawFeed | UnreadableFeed], format_name: str | None
    ) -> Iterator[RawFeed | IntakeResult | UnreadableFeed]:
        """The feeds whose bytes are not kept yet; of the others, what was read in them."""
        for each in feeds:
            known = taken_before(self.engine, each, format_name=format_name) if isinstance(each, RawFeed) else None
            yield known or each

    def _note(self, session: Session, results: Sequence[IntakeResult]) -> None:
        self.audit.note_all_in(session, Deed.IMPORTED, [f"{each.court} {Path(each.name).name}" for each in results])


def _batches(feeds: Iterable[RawFeed | Known]) -> Iterator[list[RawFeed | Known]]:
    """Feeds in their order, as many together as are worth a transaction."""
    batch: list[RawFeed | Known] = []
    size = 0
    for each in feeds:
        large = len(each.content) if isinstance(each, RawFeed) else 0
        if batch and (size + large > _BATCH_BYTES or len(batch) == _BATCH_FEEDS):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += large
    if batch:
        yield batch
