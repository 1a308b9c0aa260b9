"""Reading what a command is given: feed files, one by one, so that one bad file never costs the others."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

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
    for file in with_progress(files):
        try:
            work(file)
        except DocketbridgeError as fault:
            faults.append(str(fault))
    if faults:
        raise UsageError("; ".join(faults))


def with_progress(files: Sequence[Path]) -> Iterable[Path]:
    """The files one by one, with a bar of how far it is where a person watches."""
    if len(files) < 2 or not sys.stderr.isatty():
        yield from files
        return
    with click.progressbar(files, label="taking in", file=sys.stderr) as bar:
        yield from bar


def read_moment(text: str, *, option: str, zone: ZoneInfo | None = None) -> datetime:
    """Read a time (RFC 3339); one without an offset is on the clock of `zone` where one is given. Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise UsageError(f"{option} {text!r} is no time; write 2026-08-19T09:30-04:00") from fault
    if moment.tzinfo is not None:
        return moment
    if zone is None:
        raise UsageError(f"{option} {text!r} has no offset; write 2026-08-19T09:30-04:00")
    return moment.replace(tzinfo=zone)


def read_person(by: str | None, *, option: str = "--by") -> str:
    """The name a decision is kept with: as given, else the user of this machine. Raises UsageError when there is none."""
    try:
        name = (getpass.getuser() if by is None else by).strip()
    except (KeyError, OSError) as fault:
        raise UsageError(f"this machine does not know who you are; say it with {option} NAME") from fault
    if not name:
        raise UsageError(f"{option} is empty; a decision is kept with a name")
    return name
