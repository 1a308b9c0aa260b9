"""Personal API tokens: a program asks as the person whose token it has, for what the token is for and never for more."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.people.audit import AuditDesk
from docketbridge.casework.people.signing_in import acting_of
from docketbridge.casework.rights import HOLDERS, Acting, Action, Role
from docketbridge.domain.auditing import Deed
from docketbridge.errors import UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.people.api_tokens import (
    ApiToken,
    api_token_named,
    api_token_with,
    api_tokens_kept,
    end_api_token,
    keep_api_token,
    keep_api_token_use,
)
from docketbridge.ledger.people.people import person_of

PREFIX = "dbt_"
"""What every secret begins with, so that a scanner finds one that was left lying about."""
LASTS, LONGEST = timedelta(days=90), timedelta(days=366)
USE_TOLD_EVERY = timedelta(minutes=5)
_OCTETS = 32
_SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
_NAME_LETTERS = 80


class Scope(StrEnum):
    """What a token may be for."""

    READ_MATTERS = "read:matters"
    READ_DOCKETS = "read:dockets"
    READ_REVIEW = "read:review"
    READ_HEALTH = "read:health"
    READ_PAYMENTS = "read:payments"
    READ_INDICATORS = "read:indicators"
    WRITE_DECISIONS = "write:decisions"
    WRITE_FACTS = "write:facts"
    WRITE_INTAKE = "write:intake"


ACTION_OF: Mapping[Scope, Action] = MappingProxyType(
    {
        Scope.READ_MATTERS: Action.SEE_MATTERS,
        Scope.READ_DOCKETS: Action.SEARCH_DOCKETS,
        Scope.READ_REVIEW: Action.REVIEW_ENTRIES,
        Scope.READ_HEALTH: Action.SEE_HEALTH,
        Scope.READ_PAYMENTS: Action.SEE_PAYMENTS,
        Scope.READ_INDICATORS: Action.SEE_INDICATORS,
        Scope.WRITE_DECISIONS: Action.REVIEW_ENTRIES,
        Scope.WRITE_FACTS: Action.RECORD_FACTS,
        Scope.WRITE_INTAKE: Action.RECORD_FACTS,
    }
)
"""The action of the site that each scope stands for: a token opens it only while its person's role goes with it."""

WORDS: Mapping[Scope, str] = MappingProxyType(
    {
        Scope.READ_MATTERS: "read matters: posture, deadlines, tasks, entries, hearings, papers issued",
        Scope.READ_DOCKETS: "search the dockets",
        Scope.READ_REVIEW: "read the review queue",
        Scope.READ_HEALTH: "read the watch's gaps and the health of sources",
        Scope.READ_PAYMENTS: "read the verdicts on plan payments",
        Scope.READ_INDICATORS: "read the program's indicators",
        Scope.WRITE_DECISIONS: "decide entries that wait for a person",
        Scope.WRITE_FACTS: "record service, dockets checked and tasks done",
        Scope.WRITE_INTAKE: "take feeds in",
    }
)
"""What each scope lets a program do, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedApiToken:
    """A token just issued, with its secret: shown once, kept nowhere."""

    token: ApiToken
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a live token's secret opens: the person it acts as, and what it is for."""

    token: ApiToken
    acting: Acting

    def is_for(self, scope: Scope) -> bool:
        """Whether the token is for this."""
        return scope.value in self.token.scopes


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiTokenDesk:
    """Where API tokens are given out, ended and asked for. `now` is the real time (aware); who works here is the audit's."""

    engine: Engine
    audit: AuditDesk
    now: datetime

    def issue(self, account: str, *, name: str, scopes: Iterable[str], expires: datetime | None = None) -> IssuedApiToken:
        """Give a person a token for some scopes. Raises UsageError for what the person's role does not go with.

        `expires` is when it ends by itself: after `LASTS` where nobody says, after `LONGEST` at the latest.
        """
        chosen = tuple(sorted({read_scope(each) for each in scopes}))
        if not chosen:
            raise UsageError(f"say what the token is for; scopes are {', '.join(Scope)}")
        ends = expires or self.now + LASTS
        if not self.now < ends <= self.now + LONGEST:
            raise UsageError(f"a token lasts {LONGEST.days} days at most and ends in the future, not on {ends:%Y-%m-%d}")
        secret = PREFIX + secrets.token_urlsafe(_OCTETS)
        token = ApiToken(
            id=secrets.token_hex(4),
            account=account,
            name=_name(name),
            scopes=tuple(each.value for each in chosen),
            issued_at=self.now,
            expires_at=ends,
        )
        with Session(writing_engine(self.engine)) as session, session.begin():
            person = person_of(session, account)
            if person is None or not person.active:
                raise UsageError(f"no account {account!r} that may sign in; `docketbridge user list` lists them")
            role = Role(person.role)
            for each in chosen:
                if role not in HOLDERS[ACTION_OF[each]]:
                    words = ", ".join(offered(role))
                    raise UsageError(f"scope {each.value} does not go with a {role.value.replace('_', ' ')}; these do: {words}")
            keep_api_token(session, token, digest=_digest(secret))
            self.audit.note_in(session, Deed.API_TOKEN_ISSUED, f"{token.id} {account} {' '.join(token.scopes)}")
        return IssuedApiToken(token=token, secret=secret)

    def revoke(self, token: str, *, account: str | None = None) -> ApiToken:
        """End a token, of one account where one is said. Raises UsageError when there is none, or it has ended."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            known = api_token_named(session, token)
            if known is None or account not in (None, known.account):
                raise UsageError(f"no API token {token!r}; `docketbridge token list` lists them")
            if not end_api_token(session, token, at=self.now, why="revoked"):
                raise UsageError(f"API token {token!r} has ended already")
            self.audit.note_in(session, Deed.API_TOKEN_REVOKED, f"{known.id} {known.account}")
            return known

    def tokens(self, account: str | None = None) -> tuple[ApiToken, ...]:
        """Every token ever issued, or those of one account, oldest first."""
        with Session(self.engine) as session:
            return api_tokens_kept(session, account)

    def opened_by(self, secret: str) -> Opened | None:
        """What a secret opens at this moment; None for one that is unknown, ended, expired, or of a person shut out.

        The last use is told to five minutes, so that most questions write nothing.
        """
        if not _SECRET.fullmatch(secret):
            return None
        digest = _digest(secret)
        with Session(self.engine) as session:
            found = api_token_with(session, digest)
        if found is None or not hmac.compare_digest(found[2], digest):
            return None
        token, person, _ = found
        if not self.is_live(token) or not person.active:
            return None
        if token.used_at is None or self.now - token.used_at >= USE_TOLD_EVERY:
            with Session(writing_engine(self.engine)) as session, session.begin():
                keep_api_token_use(session, token.id, at=self.now)
        return Opened(token=token, acting=acting_of(person))

    def is_live(self, token: ApiToken) -> bool:
        """Whether a token has neither ended nor expired."""
        return token.ended is None and self.now < token.expires_at


def offered(role: Role) -> tuple[Scope, ...]:
    """The scopes that go with a role."""
    return tuple(scope for scope, action in ACTION_OF.items() if role in HOLDERS[action])


def read_scope(text: str) -> Scope:
    """Read a scope. Raises UsageError naming the scopes there are."""
    try:
        return Scope(text.strip())
    except ValueError as fault:
        raise UsageError(f"no scope {text!r}; scopes are {', '.join(Scope)}") from fault


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _NAME_LETTERS or not name.isprintable():
        raise UsageError(f"a token has a name that says which program has it, of 1 to {_NAME_LETTERS} letters")
    return name


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
