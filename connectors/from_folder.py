"""Takes feed files from a drop folder; each is moved to done/ or failed/, a failed one with the reason beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docketbridge.api import FeedSource, RawFeed, SourceUnavailable

DONE, FAILED = "done", "failed"
_BEING_WRITTEN = (".part", ".tmp", ".crdownload")


@dataclass(frozen=True, slots=True, kw_only=True)
class FromFolder:
    """The files of a folder, by name. A file that changed less than `quiet` seconds ago may still be being written and waits."""

    quiet: float = 2.0
    largest: int = 64 * 1024 * 1024

    @property
    def options(self) -> frozenset[str]:
        """None: the folder is the address."""
        return frozenset()

    def fetch(self, source: FeedSource, *, since: str | None) -> Iterator[RawFeed]:  # noqa: ARG002 - the transport's shape
        """Give each file that stands ready; one that cannot be read goes to failed/. Raises SourceUnavailable."""
        folder = Path(source.address)
        try:
            files = sorted(each for each in folder.iterdir() if self._is_ready(each))
        except OSError as fault:
            raise SourceUnavailable(f"{source.name}: {folder}: {fault.strerror or fault}") from fault
        for file in files:
            raw = self._read(source, file)
            if raw is not None:
                yield raw

    def settle(self, source: FeedSource, raw: RawFeed, fault: str | None) -> None:
        """Move the file to done/ or failed/. Raises SourceUnavailable when it cannot be moved."""
        _put_aside(source, Path(raw.name), fault)

    def _is_ready(self, file: Path) -> bool:
        if file.name.startswith(".") or file.suffix.lower() in _BEING_WRITTEN:
            return False
        if file.is_symlink() or not file.is_file():
            return False
        return time.time() - file.stat().st_mtime >= self.quiet

    def _read(self, source: FeedSource, file: Path) -> RawFeed | None:
        try:
            size = file.stat().st_size
            if size > self.largest:
                _put_aside(source, file, f"{file.name}: {size:,} bytes; a feed has at most {self.largest:,}")
                return None
            content = file.read_bytes()
        except FileNotFoundError:
            return None  # another process was quicker
        except OSError as fault:
            _put_aside(source, file, f"{file.name}: {fault.strerror or fault}")
            return None
        # When the file was written says nothing of when the court was asked: only what the feed itself tells proves silence.
        return RawFeed(content=content, name=str(file), court=source.court)


def _put_aside(source: FeedSource, file: Path, fault: str | None) -> None:
    folder = file.parent / (DONE if fault is None else FAILED)
    try:
        folder.mkdir(exist_ok=True)
        target = _free(folder / file.name)
        if fault is not None:
            target.with_name(f"{target.name}.reason.txt").write_text(f"{fault}\n", encoding="utf-8")
        os.replace(file, target)  # noqa: PTH105 - atomic, and the name that says so
    except FileNotFoundError:
        return  # another process put it aside
    except OSError as trouble:
        raise SourceUnavailable(f"{source.name}: {file} cannot be put aside: {trouble.strerror or trouble}") from trouble


def _free(target: Path) -> Path:
    """The name itself, or with a count where an earlier file has it."""
    count, free = 1, target
    while free.exists():
        count += 1
        free = target.with_name(f"{target.stem}-{count}{target.suffix}")
    return free
