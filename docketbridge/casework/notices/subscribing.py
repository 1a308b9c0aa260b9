"""Subscribing: who wishes to be told of what in which matters, by mail at once or in the digest of a court day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.signing_in import acting_of
from docketbridge.casework.rights import Acting, Role, visible_to
from docketbridge.casework.selecting import parse_selection
from docketbridge.domain.auditing import Deed
from docketbridge.domain.views.noticing import wishes
from docketbridge.errors import ProfileError, UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.lists.derived import MatterLine, matter_lines
from docketbridge.ledger.lists.list_lines import courts_of
from docketbridge.ledger.notices.outbox import Channel
from docketbridge.ledger.notices.subscriptions import (
    DigestWish,
    Subscription,
    add_subscription,
    digest_wishes,
    end_subscription,
    keep_digest_wish,
    subscriptions_of,
)
from docketbridge.ledger.people.people import Person, person_of
from docketbridge.ledger.scopes import of_ids

CHANNELS = (Channel.MAIL, Channel.DIGEST)
EARLY = "07:30"
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_COURT_ROLES = (Role.CLERK, Role.JUDGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person with what the person wished: the subscriptions, and the digest, where something was said of it."""

    person: Person
    acting: Acting
    subscriptions: tuple[Subscription, ...]
    digest: DigestWish | None


def subscriber(desk: Desk, account: str) -> Subscriber:
    """A person and the person's wishes. Raises UsageError where there is no such account."""
    with Session(desk.engine) as session:
        person = _person(session, account)
        return Subscriber(
            person=person,
            acting=acting_of(person),
            subscriptions=subscriptions_of(session, [account]),
            digest=next(iter(digest_wishes(session, account)), None),
        )


def subscribers(desk: Desk) -> tuple[Subscriber, ...]:
    """Everybody who wished for something, by account."""
    with Session(desk.engine) as session:
        accounts = {each.account for each in subscriptions_of(session)} | {each.account for each in digest_wishes(session)}
    return tuple(subscriber(desk, account) for account in sorted(accounts))


def subscribe(desk: Desk, account: str, *, scope: str, wish: str, channel: str) -> Subscription:
    """Keep that a person wishes to be told. Raises UsageError for what there is not, or what is not the person's to see.

    A scope that names one matter is kept by the matter's id, which never changes.
    """
    if wish not in wishes():
        known = "everything, posture, event, hearing, dates, task, posture:STATE, event:KIND"
        raise UsageError(f"no wish {wish!r}; there are {known}")
    if channel not in CHANNELS:
        raise UsageError(f"no channel {channel!r}; there are {', '.join(CHANNELS)}")
    with Session(writing_engine(desk.engine)) as session, session.begin():
        acting = acting_of(_person(session, account))
        lines = matter_lines(session, visible=visible_to(acting), only=parse_selection(scope).condition(), at_most=1)
        kept = _own_scope(acting, scope, lines)
        made = add_subscription(session, account=account, scope=kept, wish=wish, channel=channel, at=datetime.now(tz=UTC))
        desk.audit.note_in(session, Deed.SUBSCRIBED, f"{account} {kept} {wish} {channel}")
        return made


def unsubscribe(desk: Desk, number: int, *, account: str | None = None) -> Subscription:
    """End a subscription, of one account where it is given. Raises UsageError when there is none that stands."""
    with Session(writing_engine(desk.engine)) as session, session.begin():
        ended = end_subscription(session, number, account=account, at=datetime.now(tz=UTC))
        if ended is None:
            raise UsageError(f"no subscription {number}; `docketbridge subscription list` lists them")
        desk.audit.note_in(session, Deed.UNSUBSCRIBED, f"{ended.account} {ended.scope} {ended.wish} {ended.channel}")
        return ended


def wish_for_digest(desk: Desk, account: str, *, wanted: bool, at: str = EARLY, court: str | None = None) -> DigestWish:
    """Keep whether a person wants the digest, from when on, by which court's days. Raises UsageError for what cannot be.

    Without `court` it is the one that the person's matters are of; where they are of several, it must be said.
    """
    if not _CLOCK.fullmatch(at):
        raise UsageError(f"{at!r} is no time of day such as 07:30")
    with Session(writing_engine(desk.engine)) as session, session.begin():
        acting = acting_of(_person(session, account))
        chosen = court or _own_court(acting, session)
        try:
            desk.rulebook.calendar(chosen)
        except ProfileError as fault:
            raise UsageError(str(fault)) from fault
        wish = DigestWish(account=account, wanted=wanted, at=at, court=chosen)
        keep_digest_wish(session, wish, at=datetime.now(tz=UTC))
        desk.audit.note_in(session, Deed.CHANGED_DIGEST, f"{account} {'on' if wanted else 'off'} {at} {chosen}")
        return wish


def numbers_followed(desk: Desk, own: Subscriber) -> Mapping[str, str]:
    """The number for people of each single matter that somebody follows, by the scope it is kept under; one query."""
    followed = {each.scope.removeprefix("matter:") for each in own.subscriptions if each.scope.startswith("matter:")}
    if not followed:
        return {}
    with Session(desk.engine) as session:
        lines = matter_lines(session, visible=visible_to(desk.acting), only=of_ids(followed))
    return {f"matter:{line.id}": line.number for line in lines}


def courts_here(desk: Desk) -> tuple[str, ...]:
    """The courts of the matters that there are for whoever acts, in order."""
    with Session(desk.engine) as session:
        return courts_of(session, visible=visible_to(desk.acting))


def own_scopes(acting: Acting) -> tuple[str, ...]:
    """What a person's digest speaks of where nothing was subscribed to: a judge's own matters, else all there are."""
    return (f"judge:{acting.id}",) if acting.role is Role.JUDGE else ("all",)


def _person(session: Session, account: str) -> Person:
    person = person_of(session, account)
    if person is None:
        raise UsageError(f"no account {account!r}; `docketbridge user list` lists them")
    return person


def _own_scope(acting: Acting, scope: str, lines: tuple[MatterLine, ...]) -> str:
    chosen = parse_selection(scope)
    if acting.role is Role.ADMINISTRATOR:
        raise UsageError("an administrator has no matters to be told of; a clerk's account has")
    if chosen.scope in ("matter", "case"):
        if not lines:
            raise UsageError(f"no {chosen.scope} {chosen.name!r}; `docketbridge matters` lists them")
        return f"matter:{lines[0].id}" if chosen.scope == "matter" else f"case:{chosen.name}"
    if chosen.scope == "all" or acting.role in _COURT_ROLES:
        return scope
    if (chosen.scope, chosen.name) != (acting.role.value, acting.id):
        raise UsageError(f"scope {scope!r} is not {acting.account}'s own; say `all` for all that is")
    return scope


def _own_court(acting: Acting, session: Session) -> str:
    courts = courts_of(session, visible=visible_to(acting))
    if len(courts) != 1:
        told = f"there are matters of {', '.join(courts)}" if courts else "there is no matter yet"
        raise UsageError(f"by which court's days? {told}; say it with the court's id")
    return courts[0]
