"""Calendar tokens as facts: issued, ended, and beside them when each was last used; of the secret only a digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Row, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from docketbridge.ledger.database import insert_if_new
from docketbridge.ledger.tables.rows import CalendarTokenEndRow, CalendarTokenRow, CalendarTokenUseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarToken:
    """One person's secret address of one calendar, without the secret.

    `scope` is a scope of INTERFACE.md. `public` holds the calendar to its public flavour. `expires` is the last day it
    works; `ended` says when and why it was revoked or rotated. `account` is whose it is, where it was issued on the site.
    """

    id: str
    scope: str
    person: str
    public: bool
    issued_at: datetime
    expires: date | None
    rotated_from: str | None = None
    ended: tuple[datetime, str] | None = None
    last_used_at: datetime | None = None
    last_used_by: str | None = None
    account: str | None = None


def keep_token(session: Session, token: CalendarToken, *, digest: str) -> None:
    """Keep a token as a fact. `digest` is the SHA-256 of its secret, as hex."""
    row = CalendarTokenRow(
        id=token.id,
        digest=digest,
        scope=token.scope,
        person=token.person,
        public=token.public,
        issued_at=token.issued_at,
        expires=token.expires,
        rotated_from=token.rotated_from,
        account=token.account,
    )
    session.add(row)
    session.flush()


def end_token(session: Session, token: str, *, at: datetime, why: str) -> bool:
    """Keep that a token ended; whether it had not ended before."""
    return insert_if_new(session, _table(CalendarTokenEndRow), {"token": token, "at": at, "why": why})


def end_tokens_of(session: Session, account: str, *, at: datetime) -> None:
    """End every token of an account."""
    for token in session.scalars(select(CalendarTokenRow.id).where(CalendarTokenRow.account == account)).all():
        end_token(session, token, at=at, why="revoked")


def keep_use(session: Session, token: str, *, at: datetime, agent: str) -> None:
    """Replace the last use of a token, unless a later one stands; one statement, both dialects."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # The two dialects' insert() are alike in all that is used here, but not in their types.
    statement = cast("Any", insert)(_table(CalendarTokenUseRow)).values(token=token, at=at, agent=agent)
    new = statement.excluded
    later = CalendarTokenUseRow.at <= new.at
    session.execute(
        statement.on_conflict_do_update(index_elements=["token"], set_={"at": new.at, "agent": new.agent}, where=later)
    )


def token_with(session: Session, digest: str) -> tuple[CalendarToken, str] | None:
    """The token whose secret has this SHA-256, with the digest as it is kept; one query."""
    row = session.execute(_tokens().where(CalendarTokenRow.digest == digest)).first()
    return None if row is None else (_token(row), row[0].digest)


def token_named(session: Session, token: str) -> CalendarToken | None:
    """The token of this id."""
    row = session.execute(_tokens().where(CalendarTokenRow.id == token)).first()
    return None if row is None else _token(row)


def tokens_kept(session: Session) -> tuple[CalendarToken, ...]:
    """Every token ever issued, oldest first."""
    rows = session.execute(_tokens().order_by(CalendarTokenRow.issued_at, CalendarTokenRow.id))
    return tuple(_token(row) for row in rows)


def _tokens() -> Select[CalendarTokenRow, CalendarTokenEndRow, CalendarTokenUseRow]:
    return (
        select(CalendarTokenRow, CalendarTokenEndRow, CalendarTokenUseRow)
        .outerjoin(CalendarTokenEndRow, CalendarTokenEndRow.token == CalendarTokenRow.id)
        .outerjoin(CalendarTokenUseRow, CalendarTokenUseRow.token == CalendarTokenRow.id)
    )


def _token(row: Row[CalendarTokenRow, CalendarTokenEndRow, CalendarTokenUseRow]) -> CalendarToken:
    issued = row[0]
    ended: CalendarTokenEndRow | None = row[1]
    used: CalendarTokenUseRow | None = row[2]
    return CalendarToken(
        id=issued.id,
        scope=issued.scope,
        person=issued.person,
        public=issued.public,
        issued_at=issued.issued_at,
        expires=issued.expires,
        rotated_from=issued.rotated_from,
        ended=(ended.at, ended.why) if ended else None,
        last_used_at=used.at if used else None,
        last_used_by=used.agent if used else None,
        account=issued.account,
    )


def _table(row: type[Any]) -> Table:
    table: Table = row.__table__
    return table
