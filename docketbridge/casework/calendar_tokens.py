"""Calendar tokens: the secret address that a person gets once for one calendar, and what it opens at each fetch."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from docketbridge.casework.selecting import parse_selection
from docketbridge.errors import UsageError
from docketbridge.ledger.outgoing.tokens import (
    CalendarToken,
    end_token,
    keep_token,
    keep_use,
    token_named,
    token_with,
)

# A reader polls every few minutes; its last use is told to five minutes, so that most fetches write nothing.
USE_TOLD_EVERY = timedelta(minutes=5)
_OCTETS = 32
_AGENT_LETTERS = 200
_PERSON_LETTERS = 120


class TokenState(StrEnum):
    """Whether a token opens its calendar."""

    LIVE = "live"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A token just issued, with its secret: shown once, kept nowhere."""

    token: CalendarToken
    secret: str


def issue(
    session: Session,
    *,
    scope: str,
    person: str,
    now: datetime,
    expires: date | None = None,
    public: bool = False,
    account: str | None = None,
) -> IssuedToken:
    """Give a person the secret address of a scope's calendar. Raises UsageError for a scope that is none or a bad name."""
    parse_selection(scope)
    name = " ".join(person.split())
    if not name or len(name) > _PERSON_LETTERS or not name.isprintable():
        raise UsageError(f"a calendar is for a person: give a name of 1 to {_PERSON_LETTERS} letters")
    if expires is not None and expires < now.date():
        raise UsageError(f"the token would have expired on {expires}, before today")
    return _issue(session, scope=scope, person=name, now=now, expires=expires, public=public, account=account)


def rotate(session: Session, token: str, *, now: datetime) -> IssuedToken:
    """End a token and give its person a new one for the same calendar. Raises UsageError when it is unknown or ended."""
    old = _known(session, token)
    if not end_token(session, old.id, at=now, why="rotated"):
        raise UsageError(f"calendar token {token!r} has ended already")
    return _issue(
        session,
        scope=old.scope,
        person=old.person,
        now=now,
        expires=old.expires,
        public=old.public,
        account=old.account,
        rotated_from=old.id,
    )


def revoke(session: Session, token: str, *, now: datetime) -> CalendarToken:
    """End a token; its readers are told 410 from now on. Raises UsageError when it is unknown or ended."""
    known = _known(session, token)
    if not end_token(session, known.id, at=now, why="revoked"):
        raise UsageError(f"calendar token {token!r} has ended already")
    return known


def look_up(session: Session, secret: str) -> CalendarToken | None:
    """The token of a secret, live or not; None when there is none."""
    digest = hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
    found = token_with(session, digest)
    if found is None or not hmac.compare_digest(found[1], digest):
        return None
    return found[0]


def state_of(token: CalendarToken, *, today: date) -> TokenState:
    """Whether a token opens its calendar today; asked at each fetch."""
    if token.ended is not None:
        return TokenState.ENDED
    return TokenState.EXPIRED if token.expires is not None and token.expires < today else TokenState.LIVE


def is_news(token: CalendarToken, *, at: datetime, agent: str) -> bool:
    """Whether a use is worth keeping: by another reader than the last, or five minutes after it."""
    if token.last_used_at is None or token.last_used_by != shortened(agent):
        return True
    return at - token.last_used_at >= USE_TOLD_EVERY


def note_use(session: Session, token: CalendarToken, *, at: datetime, agent: str) -> None:
    """Keep that a token was used, and by what reader."""
    keep_use(session, token.id, at=at, agent=shortened(agent))


def shortened(agent: str) -> str:
    """A reader's name of itself, on one line and no longer than is kept."""
    return "".join(letter for letter in " ".join(agent.split()) if letter.isprintable())[:_AGENT_LETTERS]


def _known(session: Session, token: str) -> CalendarToken:
    known = token_named(session, token)
    if known is None:
        raise UsageError(f"no calendar token {token!r}; `docketbridge calendar token list` lists them")
    return known


def _issue(
    session: Session,
    *,
    scope: str,
    person: str,
    now: datetime,
    expires: date | None,
    public: bool,
    account: str | None,
    rotated_from: str | None = None,
) -> IssuedToken:
    secret = secrets.token_urlsafe(_OCTETS)
    token = CalendarToken(
        id=secrets.token_hex(4),
        scope=scope,
        person=person,
        public=public,
        issued_at=now,
        expires=expires,
        rotated_from=rotated_from,
        account=account,
    )
    keep_token(session, token, digest=hashlib.sha256(secret.encode()).hexdigest())
    return IssuedToken(token=token, secret=secret)
