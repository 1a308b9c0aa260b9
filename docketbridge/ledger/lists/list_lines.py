"""The lines of matters that lists show, kept beside their standings: derived, replaced with each fold, read in one query."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Table, and_, delete, false, func, or_, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.views.list_lines import lines_of
from docketbridge.domain.views.list_shapes import LineKind, ListLine
from docketbridge.ledger.bulk import among, insert_rows
from docketbridge.ledger.lists.passages import passages_kept
from docketbridge.ledger.tables.list_rows import ListLineRow
from docketbridge.ledger.tables.rows import MatterRow, SightingRow, StandingRow
from docketbridge.ledger.visibility import EVERYTHING, Visible

_JUDGE: ColumnElement[Any] = StandingRow.__table__.c.judge
_NUMBER: ColumnElement[Any] = MatterRow.__table__.c.case_number
_FIELDS = tuple(each.name for each in fields(ListLine))
_COLUMNS = ("matter", "place_in", *_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterHead:
    """What a list says of the matter that a line is of."""

    id: str
    number: str
    court: str
    case_number: str
    case_name: str | None
    chapter: int | None
    judge: str | None
    creditor: str | None
    state: str
    shown: str
    settled: bool


LISTS_OF = "list lines of"
"""How replay names the lines of a matter: this and the matter's number."""

_HEAD_FIELDS = tuple(each.name for each in fields(MatterHead))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line with the head of its matter."""

    matter: MatterHead
    line: ListLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShare:
    """Some of a court's cases: those of these judges (initials in lower case) and those whose number ends in these digits."""

    judges: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()

    def holds(self, judge: ColumnElement[Any], number: ColumnElement[Any]) -> ColumnElement[bool]:
        """The condition in SQL on a column of judges' initials and one of case numbers; a share of nothing holds nothing."""
        named = judge.in_(self.judges) if self.judges else false()
        return or_(named, *(number.endswith(digit, autoescape=True) for digit in self.digits))

    def condition(self) -> ColumnElement[bool]:
        """The condition in SQL, for a query in which a matter is joined with its standing."""
        return self.holds(_JUDGE, _NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines a list wants: what is left empty does not narrow it. Days are both inclusive; `but` are keys left out."""

    kind: LineKind
    keys: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    judge: str | None = None
    share: CaseShare | None = None
    start: date | None = None
    end: date | None = None
    at_least: int | None = None
    told_since: date | None = None
    newest_first: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The lines of a list, in order of their day; `total` counts also those beyond the most that were wanted."""

    lines: tuple[Listed, ...] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """How many are left out."""
        return self.total - len(self.lines)


def keep_list_lines(session: Session, case: CaseKey, files: Iterable[MatterFile]) -> None:
    """Replace the lines of a case's matters by what their files say."""
    in_case = select(MatterRow.id).where(MatterRow.court == case.court, MatterRow.case_number == case.number)
    session.execute(delete(ListLineRow).where(ListLineRow.matter.in_(in_case)))
    told = tuple(files)
    if not told:
        return
    table: Table = ListLineRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
    lines = [(file.matter.id, place, line) for file in told for place, line in enumerate(lines_of(file))]
    first = _first_told(session, {line.entry for _, _, line in lines if line.kind is LineKind.NEWS and line.entry is not None})
    rows = [
        (matter, place, *(getattr(each, name) for name in _FIELDS))
        for matter, place, line in lines
        for each in (replace(line, since=first.get(line.entry or "")) if line.kind is LineKind.NEWS else line,)
    ]
    insert_rows(session, table, _COLUMNS, rows)


def _first_told(session: Session, entries: Collection[str]) -> dict[str, date]:
    """The day (UTC) on which each of these entries was first told of here; one query."""
    if not entries:
        return {}
    rows = session.execute(
        select(SightingRow.entry, func.min(SightingRow.told_at))
        .where(among(session, SightingRow.entry, sorted(entries)))
        .group_by(SightingRow.entry)
    )
    return {entry: told.date() for entry, told in rows}


def listed(session: Session, wanted: Wanted, *, visible: Visible = EVERYTHING) -> Found:
    """The lines wanted, of the matters that there are for somebody, by day and matter; one query."""
    line = ListLineRow
    # Bare columns: a month of a large court's hearings is thousands of rows, and objects of the mapper cost three times as much.
    columns = (*_HEAD, *(getattr(line, name) for name in _FIELDS))
    conditions = (visible.condition(), *_conditions(wanted))
    if wanted.most is None:
        every = _with_matter(select(*columns)).where(*conditions).order_by(*_order(wanted))
        lines = tuple(map(_listed, session.execute(every)))
        return Found(lines=lines, total=len(lines))
    # What is shown is picked by its place alone, and only then read whole: of thousands of lines that are sorted, few are shown.
    by_case, by_standing = _is_by_case(wanted.share, visible), bool(wanted.states) or wanted.judge is not None
    counted: Select[Any] = select(func.count()).select_from(line)
    total = _joined(counted, standing=by_standing, matter=by_case).where(*conditions).scalar_subquery()
    places = _joined(select(line.matter, line.place_in), standing=True, matter=by_case)
    picked = places.where(*conditions).order_by(*_order(wanted)).limit(wanted.most)
    some = picked.subquery()
    is_picked = and_(some.c.matter == line.matter, some.c.place_in == line.place_in)
    chosen = _with_matter(select(total, *columns)).join(some, is_picked).order_by(*_order(wanted))
    rows = session.execute(chosen).all()
    return Found(lines=tuple(_listed(row[1:]) for row in rows), total=rows[0][0] if rows else 0)


def picked_lines(session: Session, picked: Subquery, *, order: Sequence[Any]) -> tuple[tuple[int, int, Listed], ...]:
    """The lines that a subquery picks, in an order, each with its `section` and that section's `total`; one query."""
    columns = (*_HEAD, *(getattr(ListLineRow, name) for name in _FIELDS))
    is_picked = and_(picked.c.matter == ListLineRow.matter, picked.c.place_in == ListLineRow.place_in)
    chosen = _with_matter(select(picked.c.section, picked.c.total, *columns)).join(picked, is_picked).order_by(*order)
    return tuple((row[0], row[1], _listed(row[2:])) for row in session.execute(chosen))


def _with_matter(chosen: Any) -> Any:
    return _joined(chosen, standing=True, matter=True)


def _joined(chosen: Any, *, standing: bool, matter: bool) -> Any:
    """The lines with their matters' standings, and with the matters too; what nothing asks for is not joined."""
    if standing or matter:
        chosen = chosen.join(StandingRow, StandingRow.matter == ListLineRow.matter)
    return chosen.join(MatterRow, MatterRow.id == ListLineRow.matter) if matter else chosen


def _is_by_case(share: CaseShare | None, visible: Visible) -> bool:
    """Whether lines are chosen by whose matter or which case they are of, and not by what they and its standing say alone."""
    return share is not None or not visible.everything


def _order(wanted: Wanted) -> tuple[ColumnElement[Any], ...]:
    line = ListLineRow
    day: ColumnElement[Any] = line.day.desc() if wanted.newest_first else line.day.asc()
    dated = wanted.start is not None or wanted.end is not None
    undated_last = () if dated else (line.day.is_(None),)
    return (*undated_last, day, line.clock.asc(), StandingRow.number.asc(), line.place_in.asc())


def count_tasks(
    session: Session, *, owners: Collection[str], today: date, share: CaseShare | None = None, visible: Visible = EVERYTHING
) -> tuple[int, int]:
    """How many tasks of these owners are overdue, and how many are due today; one query."""
    line = ListLineRow
    by_case = _is_by_case(share, visible)
    counted = select(func.count().filter(line.day < today), func.count().filter(line.day == today)).select_from(line)
    chosen = _joined(counted, standing=by_case, matter=by_case).where(
        visible.condition(), line.kind == LineKind.TASK.value, line.owner.in_(owners), line.day <= today
    )
    overdue, now = session.execute(chosen if share is None else chosen.where(share.condition())).one()
    return int(overdue), int(now)


_HEAD = (
    StandingRow.matter,
    StandingRow.number,
    StandingRow.court,
    MatterRow.case_number,
    StandingRow.case_name,
    StandingRow.chapter,
    StandingRow.judge,
    StandingRow.creditor,
    StandingRow.state,
    StandingRow.shown,
    StandingRow.settled,
)


def _listed(row: Sequence[Any]) -> Listed:
    """A row of `listed`: the head's columns, then the line's, each in the order of its type's fields."""
    head, line = row[: len(_HEAD)], row[len(_HEAD) :]
    told = dict(zip(_FIELDS, line, strict=True))
    told["kind"] = LineKind(told["kind"])
    return Listed(matter=MatterHead(**dict(zip(_HEAD_FIELDS, head, strict=True))), line=ListLine(**told))


def courts_of(session: Session, *, visible: Visible = EVERYTHING, judge: str | None = None) -> tuple[str, ...]:
    """The courts of the matters that there are for somebody, of one judge's or all; one query."""
    chosen = select(StandingRow.court).where(visible.condition()).distinct()
    if not visible.everything:
        chosen = chosen.join(MatterRow, MatterRow.id == StandingRow.matter)
    if judge is not None:
        chosen = chosen.where(StandingRow.judge == judge)
    return tuple(sorted(session.scalars(chosen)))


def judges_of(session: Session, *, visible: Visible = EVERYTHING) -> tuple[str, ...]:
    """The initials, in lower case, of the judges of the matters that there are for somebody; one query."""
    matters = select(StandingRow.judge).join(MatterRow, MatterRow.id == StandingRow.matter).where(visible.condition())
    return tuple(sorted(filter(None, session.scalars(matters.distinct()))))


def _conditions(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    line = ListLineRow
    yield line.kind == wanted.kind.value
    for column, values in (
        (line.key, wanted.keys),
        (line.owner, wanted.owners),
        (line.status, wanted.statuses),
        (StandingRow.state, wanted.states),
    ):
        if values:
            yield column.in_(values)
    if wanted.but:
        yield line.key.not_in(wanted.but)
    if wanted.judge is not None:
        yield StandingRow.judge == wanted.judge
    if wanted.share is not None:
        yield wanted.share.condition()
    if wanted.start is not None:
        yield line.day >= wanted.start
    if wanted.end is not None:
        yield line.day <= wanted.end
    if wanted.told_since is not None:
        yield or_(line.day >= wanted.told_since, line.since >= wanted.told_since)
    if wanted.at_least is not None:
        yield line.count >= wanted.at_least


def snapshot_of_lists(session: Session) -> dict[str, Any]:
    """The lines of every matter, comparable, for replay: the matter's number → digest of its lines."""
    rows = session.execute(
        select(StandingRow.number, *(getattr(ListLineRow, name) for name in _FIELDS))
        .join(StandingRow, StandingRow.matter == ListLineRow.matter)
        .order_by(ListLineRow.matter, ListLineRow.place_in)
    )
    told: dict[str, list[list[str]]] = defaultdict(list)
    for number, *values in rows:
        told[f"{LISTS_OF} {number}"].append([str(value) for value in values])
    for passage in passages_kept(session, today=date.min):
        told[f"{LISTS_OF} {passage.number}"].append([str(passage)])
    return {name: hashlib.sha256(json.dumps(lines).encode()).hexdigest() for name, lines in told.items()}
