"""Signing in: a name and a password become a visit; failures hold the account and the address back, longer each time."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.people import passwords
from docketbridge.casework.people.audit import AuditDesk
from docketbridge.casework.rights import Acting, Role
from docketbridge.domain.auditing import Deed
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.people.attempts import Subject, count_attempt, forget, hold, take_back
from docketbridge.ledger.people.people import Person, keep_password, password_of, person_of
from docketbridge.ledger.people.visits import Visit, end_visits, keep_seen, keep_visit, last_seen, visit_with, visits_of

OCTETS = 32
SEEN_TOLD_EVERY = timedelta(minutes=1)
_FORGET_AFTER = timedelta(hours=24)
_FIRST_HOLD, _LONGEST_HOLD = timedelta(seconds=30), timedelta(minutes=30)
_ADDRESS = "address"
_FREE_TRIES = {_ADDRESS: 50}
_FREE_TRIES_OF_ACCOUNT = 5
_HALF_A_VISIT = timedelta(minutes=5)
_LONGEST_ADDRESS, _LONGEST_AGENT = 64, 200


class Trial(StrEnum):
    """What is tried: each is counted by itself, so that a right password does not forget wrong codes."""

    PASSWORD = "account"  # noqa: S105 - the kind of a trial, no secret
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Where a request comes from: the address and what the browser calls itself."""

    address: str
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A visit just begun, with the secret of its cookie: told once, kept nowhere."""

    visit: Visit
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A sign-in refused. `held_until` says when the next may be tried, where that is not at once."""

    held_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInDesk:
    """Where visits begin and end. A visit ends `idle` after the person was last seen, and `longest` after it began."""

    engine: Engine
    audit: AuditDesk
    now: datetime
    idle: timedelta
    longest: timedelta

    def prove(self, account: str, password: str, caller: Caller) -> Person | Refused:
        """Whose this account and password are. An unknown name takes as long as a wrong password, and is told the same."""
        name = account.strip().lower()
        held = self.try_once(Trial.PASSWORD, name, caller)
        if held is not None:
            return held
        with Session(self.engine) as session:
            person, kept = person_of(session, name), password_of(session, name)
        right = passwords.matches(kept, password)
        if person is None or kept is None or not right or not person.active:
            # A mistyped name may be a password: only a name that there is goes into the audit.
            self.audit.note(Deed.SIGN_IN_FAILED, person.account if person is not None else "an unknown account")
            return Refused()
        self.succeeded(Trial.PASSWORD, name, caller)
        if passwords.is_outdated(kept):
            with Session(writing_engine(self.engine)) as session, session.begin():
                keep_password(session, name, passwords.hashed(password), at=self.now)
        return person

    def try_once(self, trial: Trial, name: str, caller: Caller) -> Refused | None:
        """Count an attempt for account and address before it is made, so that many at once are each counted."""
        subjects = (Subject(kind=trial.value, name=name), Subject(kind=_ADDRESS, name=caller.address))
        with Session(writing_engine(self.engine)) as session:
            counted = {subject: count_attempt(session, subject, now=self.now, forget_after=_FORGET_AFTER) for subject in subjects}
            held = [each.held_until for each in counted.values() if each.held_until is not None]
            if held:
                session.rollback()  # what is not tried is not counted
                return Refused(held_until=max(held))
            for subject, told in counted.items():
                over = told.failures - _FREE_TRIES.get(subject.kind, _FREE_TRIES_OF_ACCOUNT)
                if over >= 0:
                    hold(session, subject, until=self.now + min(_FIRST_HOLD * 2 ** min(over, 20), _LONGEST_HOLD))
                    if subject.kind != _ADDRESS and person_of(session, name) is not None:
                        self.audit.note_in(session, Deed.LOCKED_OUT, name)
            session.commit()
        return None

    def failed(self, person: Person) -> None:
        """Note a sign-in that failed at the second factor."""
        self.audit.note(Deed.SIGN_IN_FAILED, person.account)

    def succeeded(self, trial: Trial, name: str, caller: Caller) -> None:
        """Forget the failures of an account that signed in; its address keeps those of other accounts."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            forget(session, Subject(kind=trial.value, name=name))
            take_back(session, Subject(kind=_ADDRESS, name=caller.address))

    def begin(self, person: Person, *, how: str, caller: Caller, whole: bool = True) -> Begun:
        """Begin a visit with a secret of its own (256 bits); `whole=False` while the second factor is asked for."""
        secret = secrets.token_urlsafe(OCTETS)
        with Session(writing_engine(self.engine)) as session, session.begin():
            visit = Visit(
                handle=secrets.token_hex(6),
                person=person,
                how=how,
                whole=whole,
                begun_at=self.now,
                seen_at=self.now,
                until=self.now + (self.longest if whole else _HALF_A_VISIT),
                previous_at=last_seen(session, person.account),
                address=caller.address[:_LONGEST_ADDRESS],
                agent="".join(each for each in caller.agent if each.isprintable())[:_LONGEST_AGENT],
            )
            keep_visit(session, visit, digest=digest_of(secret))
            if whole:
                self.audit.note_in(session, Deed.SIGNED_IN, how, by=acting_of(person))
        return Begun(visit=visit, secret=secret)

    def visit_of(self, secret: str) -> Visit | None:
        """The visit of a cookie's secret while it lasts; the person's being here is kept once a minute."""
        with Session(self.engine) as session:
            visit = visit_with(session, digest_of(secret))
        if visit is None or not self._lasts(visit):
            return None
        if self.now - visit.seen_at >= SEEN_TOLD_EVERY:
            with Session(writing_engine(self.engine)) as session, session.begin():
                keep_seen(session, visit.handle, at=self.now)
        return visit

    def _lasts(self, visit: Visit) -> bool:
        if visit.ended_at is not None or not visit.person.active:
            return False
        return self.now < visit.until and self.now - visit.seen_at < self.idle

    def visits(self, account: str) -> tuple[Visit, ...]:
        """A person's visits that last, latest first."""
        with Session(self.engine) as session:
            return tuple(visit for visit in visits_of(session, account) if self._lasts(visit))

    def end(self, account: str, *, why: str, handle: str | None = None, but: str | None = None) -> int:
        """End one visit of a person, or all, or all but one; how many ended."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            return end_visits(session, account, at=self.now, why=why, handle=handle, but=but)


def acting_of(person: Person) -> Acting:
    """The person at work, as rights are asked for."""
    return Acting(role=Role(person.role), id=person.scope_id, matters=person.matters, account=person.account, name=person.name)


def digest_of(secret: str) -> str:
    """What is kept of a cookie's secret: its SHA-256, as hex."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
