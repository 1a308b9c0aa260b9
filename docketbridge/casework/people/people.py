"""People: who may sign in, as what, and for which matters; every change is kept with who made it, when and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.people import passwords
from docketbridge.casework.people.api_tokens import ApiTokenDesk
from docketbridge.casework.people.audit import AuditDesk
from docketbridge.casework.people.second_factor import SecondFactors
from docketbridge.casework.people.secret_key import secret_key
from docketbridge.casework.people.signing_in import SignInDesk
from docketbridge.casework.rights import PARTY_ROLES, Role
from docketbridge.domain.auditing import Deed
from docketbridge.errors import UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.outgoing.tokens import end_tokens_of
from docketbridge.ledger.people.api_tokens import end_api_tokens_of
from docketbridge.ledger.people.people import (
    Person,
    PersonChange,
    add_person,
    anybody,
    changes_of,
    keep_change,
    keep_password,
    people_kept,
    person_of,
    person_with_email,
    replace_person,
)
from docketbridge.ledger.people.second_factors import factor_of, remove_factor
from docketbridge.ledger.people.visits import end_visits
from docketbridge.ledger.visibility import matter_id_of, matter_numbers
from docketbridge.settings import Settings

OPERATOR = "the machine's operator"

_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_EMAIL = re.compile(r"[^\s@<>,;:\"()]{1,64}@[^\s@<>,;:\"()]{1,190}")
_NAME_LETTERS = 120
# Whose scope is somebody's initials or id; the others go by their account.
_SCOPED = {Role.JUDGE: "the judge's initials", Role.TRUSTEE: "the trustee's id", Role.MEDIATOR: "the mediator's id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person to add. `matters` are ids or numbers, for a party's side."""

    account: str
    role: Role
    id: str = ""
    name: str = ""
    email: str = ""
    matters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleDesk:
    """Where people are added and changed, and sign in. The one who works here is the audit's; `now` is the real time (aware)."""

    engine: Engine
    settings: Settings
    audit: AuditDesk
    now: datetime

    @property
    def door(self) -> SignInDesk:
        """Where people sign in and visits end."""
        return SignInDesk(
            engine=self.engine,
            audit=self.audit,
            now=self.now,
            idle=timedelta(minutes=self.settings.idle_minutes),
            longest=timedelta(hours=self.settings.visit_hours),
        )

    @property
    def factors(self) -> SecondFactors:
        """Where second factors are set up and asked for. Raises SettingsError when the secret key cannot be kept."""
        return SecondFactors(engine=self.engine, key=secret_key(self.settings), now=self.now)

    @property
    def tokens(self) -> ApiTokenDesk:
        """Where API tokens are given out and ended."""
        return ApiTokenDesk(engine=self.engine, audit=self.audit, now=self.now)

    def all(self) -> tuple[Person, ...]:
        """Everybody, by account."""
        with Session(self.engine) as session:
            return people_kept(session)

    def anybody(self) -> bool:
        """Whether anybody may sign in."""
        with Session(self.engine) as session:
            return anybody(session)

    def person(self, account: str) -> Person:
        """The person of this account. Raises UsageError when there is none."""
        with Session(self.engine) as session:
            return _known(session, account)

    def known(self, account: str) -> Person | None:
        """The person of this account, if there is one."""
        with Session(self.engine) as session:
            return person_of(session, account)

    def with_email(self, email: str) -> Person | None:
        """The one active person with this e-mail address; None when there is none, or several."""
        with Session(self.engine) as session:
            return person_with_email(session, email)

    def changes(self, account: str) -> tuple[PersonChange, ...]:
        """What was changed about a person, latest first."""
        with Session(self.engine) as session:
            return changes_of(session, [account])

    def add(self, new: NewPerson, *, password: str | None, reason: str = "") -> Person:
        """Add a person; without a password only single sign-on lets the person in. Raises UsageError."""
        account = read_account(new.account)
        name = _name(new.name or account)
        if password is not None:
            passwords.check(password, own=_own_words(account, name, new.email))
        person = Person(
            account=account,
            role=new.role.value,
            scope_id=_scope_id(new.role, new.id, account),
            name=name,
            email=_email(new.email),
            matters=self._matters(new.role, new.matters),
            active=True,
            has_password=password is not None,
            made_at=self.now,
        )
        hash_kept = passwords.hashed(password) if password is not None else None
        with Session(writing_engine(self.engine)) as session, session.begin():
            if not add_person(session, person, password=hash_kept):
                raise UsageError(f"there is an account {account!r} already")
            self._note(session, account, "added", _told(person) | {"role": person.role}, reason)
        return person

    def change(
        self, account: str, *, name: str, email: str, scope_id: str = "", matters: Iterable[str] = (), reason: str = ""
    ) -> Person:
        """Change what a person is called and what is the person's; a change of the latter ends the visits. Raises UsageError."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            old = _known(session, account)
            role = Role(old.role)
            new = replace(
                old,
                name=_name(name or old.account),
                email=_email(email),
                scope_id=_scope_id(role, scope_id or old.scope_id, old.account),
                matters=self._matters(role, matters),
            )
            if new == old:
                return old
            if (new.scope_id, new.matters) != (old.scope_id, old.matters) and not reason.strip():
                raise UsageError("say why: what this person may see changes")
            replace_person(session, new)
            if (new.scope_id, new.matters) != (old.scope_id, old.matters):
                self._shut_out(session, account, "rights changed")
            self._note(session, account, "changed", _told(new), reason)
        return new

    def disable(self, account: str, *, reason: str = "") -> Person:
        """Let a person in no more: visits, calendar addresses and API tokens of the account end at once. Raises UsageError."""
        return self._set_active(account, active=False, reason=reason)

    def enable(self, account: str, *, reason: str = "") -> Person:
        """Let a person in again, who may sign in as before. Raises UsageError."""
        return self._set_active(account, active=True, reason=reason)

    def _set_active(self, account: str, *, active: bool, reason: str) -> Person:
        with Session(writing_engine(self.engine)) as session, session.begin():
            old = _known(session, account)
            if old.active is active:
                raise UsageError(f"account {account!r} is {'active' if active else 'disabled'} already")
            new = replace(old, active=active)
            replace_person(session, new)
            if not active:
                self._shut_out(session, account, "disabled")
            self._note(session, account, "enabled" if active else "disabled", {}, reason)
        return new

    def set_password(self, account: str, password: str, *, reason: str = "", reset_factor: bool = False) -> None:
        """Give a person another password, which ends every visit. Raises UsageError.

        `reset_factor` takes the second factor away with it, for a lost device: a password that was enough beside one may be
        too short alone, so the two go together.
        """
        with Session(self.engine) as session:
            person = _known(session, account)
            kept = factor_of(session, account)
        beside = kept is not None and kept.confirmed_at is not None and not reset_factor
        passwords.check(password, own=_own_words(account, person.name, person.email or ""), second_factor=beside)
        hash_kept = passwords.hashed(password)
        with Session(writing_engine(self.engine)) as session, session.begin():
            keep_password(session, account, hash_kept, at=self.now)
            end_visits(session, account, at=self.now, why="password changed")
            if reset_factor and remove_factor(session, account):
                self._note(session, account, "password and factor", {}, reason)
            else:
                self._note(session, account, "password", {}, reason)

    def end_visits(self, account: str, *, reason: str) -> None:
        """End every visit of a person, who may sign in again. Raises UsageError."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            _known(session, account)
            end_visits(session, account, at=self.now, why="ended by another")
            self._note(session, account, "visits ended", {}, reason)

    def numbers_of(self, person: Person) -> tuple[str, ...]:
        """The numbers, for people, of the matters that a person of a party's side has."""
        with Session(self.engine) as session:
            return matter_numbers(session, person.matters)

    def enough_alone(self, account: str, password: str) -> None:
        """Go on only with a password that is enough without a second factor. Raises UsageError."""
        person = self.person(account)
        passwords.check(password, own=_own_words(account, person.name, person.email or ""))

    def note_own(self, what: str) -> None:
        """Note a change that a person made of the own account."""
        if self.audit.acting is not None:
            with Session(writing_engine(self.engine)) as session, session.begin():
                self._note(session, self.audit.acting.account, what, {}, "")

    def _shut_out(self, session: Session, account: str, why: str) -> None:
        end_visits(session, account, at=self.now, why=why)
        end_tokens_of(session, account, at=self.now)
        end_api_tokens_of(session, account, at=self.now, why=why)

    def _note(self, session: Session, account: str, what: str, told: Mapping[str, Any], reason: str) -> None:
        by = self.audit.acting.account if self.audit.acting is not None else OPERATOR
        words = " ".join(reason.split())
        keep_change(session, PersonChange(account=account, at=self.now, by=by, what=what, told=told, reason=words))
        own = self.audit.acting is not None and self.audit.acting.account == account
        self.audit.note_in(session, Deed.CHANGED_OWN_ACCOUNT if own else Deed.CHANGED_PERSON, f"{account} {what}")

    def _matters(self, role: Role, named: Iterable[str]) -> frozenset[str]:
        found = frozenset(self._matter_id(each.strip()) for each in named if each.strip())
        if found and role not in PARTY_ROLES:
            raise UsageError(f"a {role.value} has no matters by name; only a party's side has")
        if not found and role in PARTY_ROLES:
            raise UsageError(f"a {role.value.replace('_', ' ')} sees named matters only; name one at least")
        return found

    def _matter_id(self, named: str) -> str:
        with Session(self.engine) as session:
            found = matter_id_of(session, named)
        if found is None:
            raise UsageError(f"no matter {named!r}; `docketbridge matters` lists them")
        return found


def people_desk(engine: Engine, settings: Settings, audit: AuditDesk) -> PeopleDesk:
    """Make the desk of people, at this moment by the wall clock."""
    return PeopleDesk(engine=engine, settings=settings, audit=audit, now=datetime.now(tz=UTC))


def read_account(text: str) -> str:
    """The name of an account as it is kept: in lower case. Raises UsageError."""
    account = text.strip().lower()
    if not _ACCOUNT.fullmatch(account):
        raise UsageError(f"account {text!r}: 2 to 64 letters, digits and . _ @ -, beginning with a letter or digit")
    return account


def _scope_id(role: Role, given: str, account: str) -> str:
    if role not in _SCOPED:
        return account
    scope_id = given.strip().lower()
    if not _ID.fullmatch(scope_id):
        raise UsageError(f"a {role.value} wants an id: {_SCOPED[role]}, in letters, digits and -, not {given!r}")
    return scope_id


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _NAME_LETTERS or not name.isprintable():
        raise UsageError(f"name {text!r}: 1 to {_NAME_LETTERS} letters")
    return name


def _email(text: str) -> str | None:
    if not text.strip():
        return None
    if not _EMAIL.fullmatch(text.strip()):
        raise UsageError(f"e-mail {text!r}: write NAME@HOST")
    return text.strip()


def _told(person: Person) -> dict[str, Any]:
    told = {"id": person.scope_id, "name": person.name, "email": person.email, "matters": sorted(person.matters)}
    return {key: value for key, value in told.items() if value}


def _own_words(account: str, name: str, email: str) -> tuple[str, ...]:
    return (account, name, email)


def _known(session: Session, account: str) -> Person:
    person = person_of(session, account)
    if person is None:
        raise UsageError(f"no account {account!r}; `docketbridge user list` lists them")
    return person
