"""Reading what a command is given: feed files, one by one, so that one bad file never costs the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

import click

from docketbridge.domain.feeds import RawFeed
from docketbridge.errors import DocketbridgeError, UnreadableFeed, UsageError

LARGEST = 64 * 1024 * 1024


def read_feed(file: Path, *, court: str | None, fetched_at: datetime | None) -> RawFeed:
    """Read a feed file of at most 64 MiB. Raises UnreadableFeed naming the file."""
    try:
        if file.is_dir():
            raise UnreadableFeed(f"{file}: is a folder; name its files")
        if file.stat().st_size > LARGEST:
            raise UnreadableFeed(f"{file}: larger than {LARGEST // 1024 // 1024} MiB, which no docket feed is")
        content = file.read_bytes()
    except OSError as fault:
        raise UnreadableFeed(f"{file}: {fault.strerror or fault}") from fault
    return RawFeed(content=content, name=str(file), court=court, fetched_at=fetched_at)


def each_file(files: Sequence[Path], work: Callable[[Path], None]) -> None:
    """Do the work for every file; the unreadable are named at the end. Raises UsageError when there was one."""
    faults: list[str] = []
    for file in _with_progress(files):
        try:
            work(file)
        except DocketbridgeError as fault:
            faults.append(str(fault))
    if faults:
        raise UsageError("; ".join(faults))


def _with_progress(files: Sequence[Path]) -> Iterable[Path]:
    if len(files) < 2 or not click.get_text_stream("stderr").isatty():
        yield from files
        return
    with click.progressbar(files, label="taking in", file=click.get_text_stream("stderr")) as bar:
        yield from bar
