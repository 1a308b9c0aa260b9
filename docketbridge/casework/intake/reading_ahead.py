"""Reading ahead: while some feeds are kept, a process beside makes the next ones ready, a third of the work of intake."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

from docketbridge.casework.intake.bulk_work import spare_the_collector
from docketbridge.casework.intake.intake import IntakeResult
from docketbridge.casework.intake.preparing import prepare
from docketbridge.casework.rulebook import Rulebook, rulebook_of
from docketbridge.domain.feeds import RawFeed
from docketbridge.errors import UnreadableFeed
from docketbridge.ledger.dockets.facts import ReadyFeed
from docketbridge.plugins import Plugins, discover

Known: TypeAlias = IntakeResult | UnreadableFeed
"""What a feed came to before it was read: its bytes are kept, or there are none."""
Batch: TypeAlias = Sequence[RawFeed | Known]

_LEAVING_SECONDS = 5


@dataclass(slots=True, kw_only=True)
class ReadingAhead:
    """Makes batches of feeds ready in their order, the next one in a process of its own while the caller works on the one before.

    Use it as a context. The process knows the installed plugins and the programs of the instance's `folder`; it is started for
    the second batch. Until it has begun, and where it has died, the caller's own process does the work: what comes out is the
    same. It never holds more than one batch.
    """

    folder: Path
    rulebook: Rulebook
    plugins: Plugins
    format_name: str | None = None
    _process: BaseProcess | None = field(default=None, init=False)
    _line: Connection | None = field(default=None, init=False)
    _begun: bool = field(default=False, init=False)

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        """End the process: it leaves when nobody is on the line any more."""
        self._hang_up()
        if self._process is not None:
            if self._begun:
                self._process.join(_LEAVING_SECONDS)
            self._process.kill()

    def made_ready(self, batches: Iterable[Batch]) -> Iterator[list[ReadyFeed | Known]]:
        """Make each batch ready, in order; a feed that cannot be read becomes its fault, and what is no feed is passed on."""
        before: tuple[Batch, bool] | None = None
        for batch in batches:
            if before is not None and self._process is None and len(os.sched_getaffinity(0)) > 1:
                self._start()
            made = [] if before is None else [self._taken_back(*before)]
            before = batch, self._give(batch)
            yield from made
        if before is not None:
            yield self._taken_back(*before)

    def _start(self) -> None:
        # Started anew, not forked: a fork would hold our connections to the database.
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, self.folder, self.format_name), daemon=True)
        self._process.start()
        other.close()

    @property
    def begun(self) -> bool:
        """Whether the process takes feeds by now."""
        if self._line is not None and not self._begun:
            self._begun = self._line.poll() and self._line.recv()
        return self._begun

    @property
    def process_id(self) -> int | None:
        """The number of the process beside; None while there is none."""
        return None if self._process is None else self._process.pid

    def _give(self, batch: Batch) -> bool:
        """Give a batch's feeds to the process; whether it took them."""
        raws = _raws(batch)
        try:
            if self._line is None or not raws or not self.begun:
                return False
            self._line.send(raws)
        except (OSError, EOFError):
            self._hang_up()
            return False
        return True

    def _taken_back(self, batch: Batch, given: bool) -> list[ReadyFeed | Known]:
        received = self._received() if given else None
        made = iter(received if received is not None else self._made_here(_raws(batch)))
        return [next(made) if isinstance(each, RawFeed) else each for each in batch]

    def _received(self) -> list[ReadyFeed | UnreadableFeed] | None:
        """What the process made of the batch it was given; None where it died."""
        try:
            made: list[ReadyFeed | UnreadableFeed] | None = None if self._line is None else self._line.recv()
        except (OSError, EOFError):
            self._hang_up()
            return None
        return made

    def _made_here(self, raws: Sequence[RawFeed]) -> list[ReadyFeed | UnreadableFeed]:
        return [_made_ready(self.rulebook, self.plugins, each, self.format_name) for each in raws]

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def _raws(batch: Batch) -> list[RawFeed]:
    return [each for each in batch if isinstance(each, RawFeed)]


def _made_ready(rulebook: Rulebook, plugins: Plugins, raw: RawFeed, format_name: str | None) -> ReadyFeed | UnreadableFeed:
    try:
        return prepare(rulebook, plugins, raw, format_name)
    except UnreadableFeed as fault:
        return fault


def _work(line: Connection, folder: Path, format_name: str | None) -> None:
    """Make feeds ready as they come down the line, until nobody is at its other end; the parent's death ends it too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    plugins = discover()
    rulebook = rulebook_of(plugins, folder)
    spare_the_collector()
    try:
        line.send(True)
        while True:
            line.send([_made_ready(rulebook, plugins, each, format_name) for each in line.recv()])
    except (OSError, EOFError):
        return
