"""Changes of matters as facts: found once, and waiting to be given out to those who wish to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.standing import State
from docketbridge.domain.views.noticing import Change, ChangeKind
from docketbridge.ledger.bulk import digest_of
from docketbridge.ledger.database import insert_all_if_new
from docketbridge.ledger.tables.notice_rows import MatterChangeRow
from docketbridge.ledger.tables.rows import MatterRow, StandingRow

_HUSHED = "docketbridge_hushed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundChange:
    """A change as it was found: in which matter (id), for which day, in a matter that was new with it or not."""

    id: int
    matter: str
    change: Change
    seen_on: date
    backfill: bool
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """Where a matter stood when it was last folded, and for which day."""

    state: State
    as_of: date


def hush(session: Session) -> None:
    """Let what is found in this session be known and told to nobody: derived things are built again, nothing came to pass."""
    session.info[_HUSHED] = True


def is_hushed(session: Session) -> bool:
    """Whether nobody is to be told of what this session finds."""
    return bool(session.info.get(_HUSHED))


def known_changes(session: Session, case: CaseKey) -> Mapping[str, list[Change]]:
    """The changes found before in the matters of a case, by matter id; of matters too that later reading did away with."""
    rows = session.scalars(
        select(MatterChangeRow)
        .join(MatterRow, MatterRow.id == MatterChangeRow.matter)
        .where(MatterRow.court == case.court, MatterRow.case_number == case.number)
        .order_by(MatterChangeRow.id)
    )
    known: dict[str, list[Change]] = defaultdict(list)
    for row in rows:
        known[row.matter].append(_change(row))
    return known


def former_standings(session: Session, matters: Collection[str]) -> Mapping[str, Former]:
    """Where these matters stand by the last fold, by matter id."""
    rows = session.execute(
        select(StandingRow.matter, StandingRow.state, StandingRow.as_of).where(StandingRow.matter.in_(matters))
    )
    return {row.matter: Former(state=State(row.state), as_of=row.as_of) for row in rows}


def keep_changes(
    session: Session, matter: str, changes: Iterable[Change], *, seen_on: date, backfill: bool, quiet: bool, at: datetime
) -> None:
    """Keep changes of a matter, each once. `quiet` ones are known and given out to nobody."""
    rows = [
        {
            "matter": matter,
            "key": digest_of(each.identity),
            "kind": each.kind.value,
            "name": each.name,
            "day": each.day,
            "words": each.words,
            "entry": each.entry,
            "closes": each.closes,
            "owner": each.owner,
            "seen_on": seen_on,
            "backfill": backfill,
            "found_at": at,
            "given_out": quiet,
        }
        for each in changes
    ]
    if rows:
        insert_all_if_new(session, cast("Table", MatterChangeRow.__table__), rows)


def to_give_out(session: Session, *, at_most: int) -> tuple[FoundChange, ...]:
    """The oldest changes that nobody was given yet; on PostgreSQL those that no other process gives out just now."""
    wanted = select(MatterChangeRow).where(~MatterChangeRow.given_out).order_by(MatterChangeRow.id).limit(at_most)
    if session.get_bind().dialect.name == "postgresql":
        wanted = wanted.with_for_update(skip_locked=True)
    return tuple(_found(row) for row in session.scalars(wanted))


def mark_given_out(session: Session, changes: Sequence[int]) -> None:
    """Keep that these changes were given out."""
    session.execute(update(MatterChangeRow).where(MatterChangeRow.id.in_(changes)).values(given_out=True))


def changes_named(session: Session, changes: Collection[int]) -> Mapping[int, FoundChange]:
    """These changes, by their number."""
    rows = session.scalars(select(MatterChangeRow).where(MatterChangeRow.id.in_(changes)))
    return {row.id: _found(row) for row in rows}


def _found(row: MatterChangeRow) -> FoundChange:
    return FoundChange(
        id=row.id,
        matter=row.matter,
        change=_change(row),
        seen_on=row.seen_on,
        backfill=row.backfill,
        found_at=row.found_at,
    )


def _change(row: MatterChangeRow) -> Change:
    return Change(
        kind=ChangeKind(row.kind),
        name=row.name,
        day=row.day,
        words=row.words,
        entry=row.entry,
        closes=row.closes,
        owner=row.owner,
    )
