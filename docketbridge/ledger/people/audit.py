"""The audit in the ledger: appending to its one chain without a gap, whoever else appends, and reading it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, insert, or_, select, text
from sqlalchemy.orm import Session

from docketbridge.domain.auditing import FIRST, AuditHead, AuditLine, AuditTold, placed
from docketbridge.ledger.tables.audit_rows import AuditRow
from docketbridge.ledger.tables.rows import StandingRow

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which rows are asked for; an empty field asks for all. Times are aware; `until` is not in it. `matter` is an id."""

    actor: str = ""
    matter: str = ""
    what: str = ""
    since: datetime | None = None
    until: datetime | None = None


def append(session: Session, some: Sequence[AuditTold]) -> AuditHead:
    """Append to the chain, in order; its new head. The session must be a writing one.

    Whoever else appends waits until this transaction ends: append last in it. On PostgreSQL by an advisory lock, on SQLite by
    the write lock that a writing transaction holds from its start.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('docketbridge:audit'))"))
    head = head_of(session)
    lines = placed(head, some)
    if not lines:
        return head
    session.execute(insert(AuditRow), [asdict(line) for line in lines])
    return AuditHead(number=lines[-1].number, hash=lines[-1].hash)


def head_of(session: Session) -> AuditHead:
    """The end of the chain as it stands."""
    row = session.execute(select(AuditRow.number, AuditRow.hash).order_by(AuditRow.number.desc()).limit(1)).first()
    return AuditHead(number=row.number, hash=row.hash) if row is not None else AuditHead(number=0, hash=FIRST)


def audit_lines(session: Session, chosen: AuditFilter | None = None) -> Iterator[AuditLine]:
    """The rows asked for, oldest first, in bounded memory."""
    asked = _chosen(chosen or AuditFilter())
    last = 0
    while True:
        rows = session.scalars(asked.where(AuditRow.number > last).order_by(AuditRow.number).limit(_AT_ONCE)).all()
        yield from (_line(row) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1].number
        session.expunge_all()


def audit_page(session: Session, chosen: AuditFilter, *, before: int | None, at_most: int) -> tuple[AuditLine, ...]:
    """The newest rows asked for, newest first, below a number where one is given; one query by the chain's own index."""
    asked = _chosen(chosen)
    if before is not None:
        asked = asked.where(AuditRow.number < before)
    return tuple(_line(row) for row in session.scalars(asked.order_by(AuditRow.number.desc()).limit(at_most)))


def _chosen(chosen: AuditFilter) -> Select[AuditRow]:
    asked = select(AuditRow)
    if chosen.actor:
        asked = asked.where(AuditRow.actor == chosen.actor)
    if chosen.matter:
        asked = asked.where(AuditRow.matter == chosen.matter)
    if chosen.what:
        asked = asked.where(AuditRow.what == chosen.what)
    if chosen.since is not None:
        asked = asked.where(AuditRow.at >= chosen.since)
    if chosen.until is not None:
        asked = asked.where(AuditRow.at < chosen.until)
    return asked


def matter_ids_of(session: Session, names: Sequence[str]) -> dict[str, str]:
    """The ids of matters by what people call them: a number, or the id itself; names of no matter are left out."""
    rows = session.execute(
        select(StandingRow.matter, StandingRow.number).where(or_(StandingRow.number.in_(names), StandingRow.matter.in_(names)))
    )
    return {name: matter for matter, number in rows for name in (matter, number)}


def matter_numbers_of(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The numbers for people of these matters, by id."""
    rows = session.execute(select(StandingRow.matter, StandingRow.number).where(StandingRow.matter.in_(ids)))
    return {row.matter: row.number for row in rows}


def _line(row: AuditRow) -> AuditLine:
    return AuditLine(
        number=row.number,
        at=row.at,
        actor=row.actor,
        role=row.role,
        what=row.what,
        matter=row.matter,
        subject=row.subject,
        request=row.request,
        hash=row.hash,
    )
