"""Reads workbooks (XLSX) row by row in bounded memory: no tree is built, no entity is taken, and every fault names its place."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import BinaryIO

from docketbridge.api import UnreadableFeed

from .sheet_parts import Book, Part, PartFault, SharedStrings, Sheet, Styles
from .table_rows import Row

MOST_UNPACKED = 1024 * 1024 * 1024
"""What a workbook may unpack to, in bytes: a million rows of twenty columns."""
MOST_RATIO = 200
"""How many times its own size a workbook of more than `_SMALL` bytes may unpack to; sheets of money pack some twenty times."""
_SMALL = 32 * 1024 * 1024
_PACKED = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOOK = "xl/workbook.xml"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)


def is_workbook(start: bytes) -> bool:
    """Whether the bytes begin as a workbook does, also one that only a spreadsheet can open (old, or with a password)."""
    return start.startswith((_PACKED, _OLD))


def workbook_rows(file: BinaryIO, name: str) -> Iterator[Row]:
    """Rows of a workbook's first sheet that has any, read one by one.

    Raises UnreadableFeed naming file, sheet and row for what is no workbook, breaks off, or would unpack without end: an export
    of which only a part is there must not count as whole.
    """
    start = file.read(len(_OLD))
    file.seek(0)
    if start.startswith(_OLD):
        raise UnreadableFeed(f"{name}: is an old workbook (.xls) or has a password; save it as .xlsx without one")
    try:
        packed = zipfile.ZipFile(file)
    except (*_BROKEN, ValueError) as fault:
        raise UnreadableFeed(f"{name}: is no workbook that can be read; it may be cut off ({fault})") from fault
    with closing(packed):
        _check_size(packed, file, name)
        book = Book()
        _read(packed, _BOOK, book, name)
        targets = book.targets
        _read(packed, "xl/_rels/workbook.xml.rels", targets, name)
        strings, styles = SharedStrings(), Styles()
        for part, path in ((strings, "xl/sharedStrings.xml"), (styles, "xl/styles.xml")):
            if path in packed.NameToInfo:
                _read(packed, path, part, name)
        for title, relation in book.sheets:
            path = posixpath.normpath(posixpath.join("xl", targets.paths.get(relation, ""))).lstrip("/")
            if path not in packed.NameToInfo:
                raise UnreadableFeed(f"{name}: the workbook lacks its sheet {title!r}")
            sheet = Sheet(strings=strings.texts, dates=styles.dates(), epoch=book.epoch)
            empty = True
            for rows in _parsed(packed, path, sheet, name, f"sheet {title!r}, after row "):
                empty = empty and not rows
                yield from rows
            if not empty:
                return


def _check_size(packed: zipfile.ZipFile, file: BinaryIO, name: str) -> None:
    unpacked = sum(each.file_size for each in packed.infolist())
    size = file.seek(0, 2)
    if unpacked > MOST_UNPACKED or (unpacked > _SMALL and unpacked > MOST_RATIO * size):
        raise UnreadableFeed(f"{name}: its {size:,} bytes unpack to {unpacked:,}, which no export does")


def _read(packed: zipfile.ZipFile, path: str, part: Part, name: str) -> None:
    if path not in packed.NameToInfo:
        raise UnreadableFeed(f"{name}: is no workbook: it has no {path}")
    for _ in _parsed(packed, path, part, name, f"{path}, after element "):
        pass


def _parsed(packed: zipfile.ZipFile, path: str, part: Part, name: str, place: str) -> Iterator[Sequence[Row]]:
    try:
        with packed.open(path) as opened:
            for _ in part.parse(opened):
                yield part.take()
    except PartFault as fault:
        raise UnreadableFeed(f"{name}: {place}{part.count:,}: {fault}") from fault
    except _BROKEN as fault:
        raise UnreadableFeed(f"{name}: {place}{part.count:,}: the workbook breaks off or is damaged ({fault})") from fault
