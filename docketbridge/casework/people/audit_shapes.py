"""The audit as people script against it: a row as a JSON object, and as a line of a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from docketbridge.casework.shapes import Shape, when
from docketbridge.domain.auditing import AuditLine

COLUMNS = ("number", "at", "actor", "role", "what", "matter", "subject", "request", "hash")
# What a spreadsheet would take for a formula at the start of a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def audit_line(line: AuditLine) -> Shape:
    """One line of `audit export`: with it the chain can be followed again elsewhere."""
    return {
        "number": line.number,
        "at": when(line.at),
        "actor": line.actor,
        "role": line.role,
        "what": line.what,
        "matter": line.matter,
        "subject": line.subject,
        "request": line.request,
        "hash": line.hash,
    }


def as_json_lines(lines: Iterable[AuditLine]) -> Iterator[str]:
    """Each row as one line of JSON."""
    for line in lines:
        yield json.dumps(audit_line(line), ensure_ascii=False) + "\n"


def as_csv(lines: Iterable[AuditLine]) -> Iterator[str]:
    """The rows as a table with a heading; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    yield _csv(COLUMNS)
    for line in lines:
        shape = audit_line(line)
        yield _csv(["" if shape[name] is None else _tame(str(shape[name])) for name in COLUMNS])


def _tame(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _csv(values: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(values)
    return written.getvalue()
