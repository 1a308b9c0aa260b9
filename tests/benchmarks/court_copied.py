"""Many copies of a court in its own ledger (SQLite): every row again under other numbers and ids, as intake would keep it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, Engine, Table, func, insert, select, text
from sqlalchemy.orm import Session

from docketbridge.casework.working_out.opening import minted
from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.tables.rows import Base, EntryKeyRow, MatterRow, SnapshotRow
from docketbridge.ledger.tables.search_rows import UnsearchedRow

SHIFT = 10_000
"""From this place on a matter's cases are numbered."""
OTHERS = 30_000
"""From this place on the cases without a matter are numbered."""
_ID = "(:tag || substr({0}, 3))"
_OF_REPORT = "CASE WHEN {1} THEN (:tag || substr({0}, 3)) ELSE {0} END"
_CASE = "moved_case({0})"
_MATTER = "moved_words({0})"
_REPORTS = "format = 'docket-report'"
# The columns that are not the same in a copy; tables in an order in which each finds the rows it names. A docket report is of
# one case and copied with it, without its bytes, which no page reads; a window of the court's feed is one for all.
_COPIED: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("snapshot", _REPORTS, {"digest": _ID, "name": _MATTER, "content": "x''"}),
    ("poll", "case_number IS NOT NULL", {"snapshot": _ID, "case_number": _CASE, "scope": _MATTER}),
    ("entry", "1", {"id": _ID, "case_number": _CASE}),
    ("entry_key", "1", {"case_number": _CASE, "entry": _ID}),
    ("case_telling", "1", {"case_number": _CASE, "snapshot": _OF_REPORT.format("{0}", "whole"), "printed": _CASE}),
    ("sighting", "1", {"entry": _ID, "snapshot": _OF_REPORT.format("{0}", _REPORTS)}),
    ("matter", "1", {"id": _MATTER, "case_number": _CASE, "opened_by": _ID}),
    ("meaning", "1", {"entry": _ID, "case_number": _CASE, "matters": _MATTER}),
    ("standing", "1", {"matter": _MATTER, "number": _MATTER}),
    ("trustee_matter", "1", {"matter": _MATTER, "case_number": _CASE, "body": _MATTER}),
    ("passage", "1", {"matter": _MATTER}),
    ("list_line", "1", {"matter": _MATTER, "entry": _ID}),
    ("matter_change", "1", {"matter": _MATTER, "entry": _ID}),
)
_NAMED = re.compile(r"(?<!\d)26-(\d{5})|\b[0-9a-f]{20}\b")


def copy_court(engine: Engine, *, times: int) -> None:
    """Copy every case of a ledger so many times; what is to be searched waits to be read in."""
    with Session(writing_engine(engine)) as session, session.begin():
        connection = session.connection()
        ends = {name: connection.scalar(text(f"SELECT max(rowid) FROM {name}")) or 0 for name, _, _ in _COPIED}  # noqa: S608  # reason: names of our own
        span = _span(connection)
        opened = tuple(_openings(session))
        for place in range(1, times + 1):
            _copy(connection, ends, place, span, opened)
        session.execute(insert(UnsearchedRow).from_select(["snapshot"], _unread()))


def _unread() -> object:
    return select(SnapshotRow.digest).where(SnapshotRow.digest.not_in(select(UnsearchedRow.snapshot)))


def _span(connection: Connection) -> tuple[int, int]:
    """How many numbers the cases with matters take, and those without."""
    numbers = [int(each[3:]) for each in connection.scalars(text("SELECT DISTINCT case_number FROM entry"))]
    near = [each for each in numbers if each < OTHERS]
    return max(near) + 1 - SHIFT, max(numbers) + 1 - OTHERS


def _openings(session: Session) -> Iterator[tuple[str, str, str, str]]:
    """Each matter with its case and what names the entry that opened it: a copy's id is minted of the same."""
    rows = session.execute(
        select(MatterRow.id, MatterRow.court, MatterRow.case_number, func.min(EntryKeyRow.key))
        .join(EntryKeyRow, EntryKeyRow.entry == MatterRow.opened_by)
        .where(EntryKeyRow.key.startswith("doc:"))
        .group_by(MatterRow.id)
    )
    yield from ((matter, court, number, name) for matter, court, number, name in rows)


def _copy(
    connection: Connection,
    ends: Mapping[str, int],
    place: int,
    span: tuple[int, int],
    opened: tuple[tuple[str, str, str, str], ...],
) -> None:
    def moved_case(number: str | None) -> str | None:
        if number is None:
            return None
        serial = int(number[3:])
        return f"{number[:3]}{serial + place * (span[0] if serial < OTHERS else span[1]):05d}"

    ids = {matter: minted(CaseKey(court=court, number=moved_case(number) or ""), name) for matter, court, number, name in opened}

    def moved(found: re.Match[str]) -> str:
        words = found.group()
        return ids.get(words, words) if found.group(1) is None else moved_case(words) or ""

    def moved_words(words: str | None) -> str | None:
        return words if words is None or words == "[]" else _NAMED.sub(moved, words)

    driver = connection.connection.driver_connection
    assert driver is not None
    driver.create_function("moved_case", 1, moved_case, deterministic=True)
    driver.create_function("moved_words", 1, moved_words, deterministic=True)
    for name, only, changed in _COPIED:
        table = Base.metadata.tables[name]
        columns = [each.name for each in table.columns if each is not table.autoincrement_column]
        told = ", ".join(changed.get(each, "{0}").format(_quoted(table, each)) for each in columns)
        names = ", ".join(_quoted(table, each) for each in columns)
        copied = f"INSERT INTO {name} ({names}) SELECT {told} FROM {name} WHERE rowid <= :end AND {only}"  # noqa: S608  # reason: names of our own
        connection.execute(text(copied), {"end": ends[name], "tag": _tag(place)} if ":tag" in copied else {"end": ends[name]})


def _tag(place: int) -> str:
    """What the ids of a copy begin with: two signs that no digest begins with."""
    return f"{chr(ord('g') + place // 10)}{place % 10}"


def _quoted(table: Table, column: str) -> str:
    return f'"{table.columns[column].name}"'
