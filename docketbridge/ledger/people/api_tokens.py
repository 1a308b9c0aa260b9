"""API tokens in the ledger: whose they are, what for and until when, how they ended and when each was last used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from docketbridge.ledger.people.people import Person, as_person
from docketbridge.ledger.tables.api_token_rows import ApiTokenRow
from docketbridge.ledger.tables.people_rows import PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """One token of a person, without its secret. `ended` says when and why it was ended before it expired."""

    id: str
    account: str
    name: str
    scopes: tuple[str, ...]
    issued_at: datetime
    expires_at: datetime
    ended: tuple[datetime, str] | None = None
    used_at: datetime | None = None


def keep_api_token(session: Session, token: ApiToken, *, digest: str) -> None:
    """Keep a new token. `digest` is the SHA-256 of its secret, as hex."""
    row = {
        "id": token.id,
        "digest": digest,
        "account": token.account,
        "name": token.name,
        "scopes": list(token.scopes),
        "issued_at": token.issued_at,
        "expires_at": token.expires_at,
    }
    session.execute(insert(ApiTokenRow).values(**row))


def end_api_token(session: Session, token: str, *, at: datetime, why: str) -> bool:
    """End a token; whether it had not ended before."""
    changed = session.execute(
        update(ApiTokenRow)
        .where(ApiTokenRow.id == token, ApiTokenRow.ended_at.is_(None))
        .values(ended_at=at, ended_why=why)
        .returning(ApiTokenRow.id)
    )
    return changed.first() is not None


def end_api_tokens_of(session: Session, account: str, *, at: datetime, why: str) -> None:
    """End every token of an account."""
    session.execute(
        update(ApiTokenRow)
        .where(ApiTokenRow.account == account, ApiTokenRow.ended_at.is_(None))
        .values(ended_at=at, ended_why=why)
    )


def keep_api_token_use(session: Session, token: str, *, at: datetime) -> None:
    """Keep when a token was last used."""
    session.execute(update(ApiTokenRow).where(ApiTokenRow.id == token).values(used_at=at))


def api_token_with(session: Session, digest: str) -> tuple[ApiToken, Person, str] | None:
    """The token whose secret has this SHA-256, whose it is, and the digest as it is kept; one query."""
    row = session.execute(
        select(ApiTokenRow, PersonRow)
        .join(PersonRow, PersonRow.account == ApiTokenRow.account)
        .where(ApiTokenRow.digest == digest)
    ).first()
    return None if row is None else (_token(row[0]), as_person(row[1]), row[0].digest)


def api_token_named(session: Session, token: str) -> ApiToken | None:
    """The token of this id."""
    row = session.get(ApiTokenRow, token)
    return None if row is None else _token(row)


def api_tokens_kept(session: Session, account: str | None = None) -> tuple[ApiToken, ...]:
    """Every token ever issued, or those of one account, oldest first."""
    chosen = select(ApiTokenRow).order_by(ApiTokenRow.issued_at, ApiTokenRow.id)
    if account is not None:
        chosen = chosen.where(ApiTokenRow.account == account)
    return tuple(_token(row) for row in session.scalars(chosen))


def _token(row: ApiTokenRow) -> ApiToken:
    return ApiToken(
        id=row.id,
        account=row.account,
        name=row.name,
        scopes=tuple(row.scopes),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        ended=(row.ended_at, row.ended_why or "") if row.ended_at is not None else None,
        used_at=row.used_at,
    )
