"""Where feeds are taken in and the audit hears of it: one by itself, or many with the next one read while one is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.audit import AuditDesk
from docketbridge.casework.intake import IntakeResult, keep, take_in, taken_before
from docketbridge.casework.reading_ahead import ReadingAhead
from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.auditing import Deed
from docketbridge.domain.feeds import RawFeed
from docketbridge.errors import DocketbridgeError, UnreadableFeed
from docketbridge.ledger.facts import ReadyFeed
from docketbridge.plugins import Plugins


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

        While one is kept the next is read in a process beside; no more than three are in memory.
        """
        ahead = ReadingAhead(folder=self.folder, rulebook=self.rulebook, plugins=self.plugins, format_name=format_name)
        with ahead:
            for each in ahead.made_ready(self._new_ones(feeds, format_name)):
                yield self._kept(each) if isinstance(each, ReadyFeed) else each

    def _kept(self, feed: ReadyFeed) -> IntakeResult | DocketbridgeError:
        try:
            return keep(self.engine, self.rulebook, feed, today=self.today, note=self._note)
        except DocketbridgeError as fault:
            return fault

    def _new_ones(
        self, feeds: Iterable[RawFeed | UnreadableFeed], format_name: str | None
    ) -> Iterator[RawFeed | IntakeResult | UnreadableFeed]:
        """The feeds whose bytes are not kept yet; of the others, what was read in them."""
        for each in feeds:
            known = taken_before(self.engine, each, format_name=format_name) if isinstance(each, RawFeed) else None
            yield known or each

    def _note(self, session: Session, result: IntakeResult) -> None:
        self.audit.note_in(session, Deed.IMPORTED, f"{result.court} {Path(result.name).name}")
