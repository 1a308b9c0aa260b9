"""Giving changes out: each to those who wished for it and may see its matter, into the outbox, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.notices.letters import letter_of_lost_sight, named
from docketbridge.casework.people.signing_in import acting_of
from docketbridge.casework.rights import Acting, visible_to
from docketbridge.casework.selecting import parse_selection
from docketbridge.domain.views.noticing import is_for, is_old, is_wished, wishes
from docketbridge.errors import UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.lists.derived import MatterLine, matter_lines
from docketbridge.ledger.notices.changes import FoundChange, mark_given_out, to_give_out
from docketbridge.ledger.notices.outbox import Channel, NewNotice, last_of_matters, put_out
from docketbridge.ledger.notices.subscriptions import Subscription, digest_wishes, subscriptions_of
from docketbridge.ledger.people.people import people_kept
from docketbridge.ledger.scopes import Scope, held_by
from docketbridge.ledger.visibility import Visible
from docketbridge.settings import WebhookSettings

LOST = "lost:"
HOOK = "webhook:"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """What one round of giving out goes by: the matters of its changes and of each scope, who sees which, who was told what."""

    lines: Mapping[str, MatterLine]
    held: Mapping[Scope, frozenset[str]]
    sees: Mapping[str, frozenset[str]]
    people: Mapping[str, Acting]
    subscriptions: tuple[Subscription, ...]
    digests: frozenset[str]
    told: Mapping[tuple[str, str], str]
    notice_days: int


def give_out(desk: Desk, now: datetime) -> int:
    """Give every change that waits to those who are to be told; how many changes that were. `now` is aware."""
    done = 0
    while True:
        with Session(writing_engine(desk.engine)) as session, session.begin():
            changes = to_give_out(session, at_most=_AT_ONCE)
            if not changes:
                return done
            matters = sorted({each.matter for each in changes})
            hooks = [each for each in desk.settings.webhooks if fault_in(each) is None]
            around = _round(session, desk, matters, hooks)
            put_out(session, _notices(around, changes, hooks), at=now)
            tell_lost_sight(session, desk, now, matters=matters)
            mark_given_out(session, [each.id for each in changes])
        done += len(changes)


def _round(session: Session, desk: Desk, matters: Collection[str], hooks: Iterable[WebhookSettings]) -> _Round:
    subscriptions = subscriptions_of(session)
    wanted = {each.account for each in subscriptions}
    people = {each.account: acting_of(each) for each in people_kept(session) if each.active and each.account in wanted}
    lines = matter_lines(session, visible=Visible(matters=frozenset(matters)))
    return _Round(
        lines={line.id: line for line in lines},
        held=held_by(session, {*map(_scope_of, subscriptions), *map(_scope_of, hooks)}, matters),
        sees={account: seen_by(session, acting, matters) for account, acting in people.items()},
        people=people,
        subscriptions=subscriptions,
        digests=frozenset(wish.account for wish in digest_wishes(session) if wish.wanted),
        told=last_of_matters(session, matters=matters),
        notice_days=desk.settings.notice_days,
    )


def seen_by(session: Session, acting: Acting, matters: Collection[str]) -> frozenset[str]:
    """Which of these matters a person may see now, by id."""
    both = visible_to(acting)
    if both.everything:
        return frozenset(matters)
    lines = matter_lines(session, visible=both)
    return frozenset(line.id for line in lines) & frozenset(matters)


def _notices(around: _Round, changes: Iterable[FoundChange], webhooks: Sequence[WebhookSettings]) -> list[NewNotice]:
    made: list[NewNotice] = []
    by_account: dict[str, list[Subscription]] = defaultdict(list)
    for each in around.subscriptions:
        by_account[each.account].append(each)
    for found in changes:
        old = is_old(found.change, today=found.seen_on, days=around.notice_days)
        if found.matter not in around.lines or (old and found.backfill):
            continue
        for account, acting in around.people.items():
            if found.matter not in around.sees[account] or not is_for(found.change, acting.role.value):
                continue
            channels = {each.channel for each in by_account[account] if _is_meant(each, found, around)}
            if old:
                channels = {Channel.DIGEST.value} if channels and account in around.digests else set()
            made += [_notice(account, Channel(channel), found) for channel in sorted(channels)]
        made += [
            _notice(f"{HOOK}{hook.name}", Channel.WEBHOOK, found)
            for hook in webhooks
            if not old and found.matter in around.held[_scope_of(hook)] and is_wished(hook.wish, found.change)
        ]
    return made


def fault_in(hook: WebhookSettings) -> str | None:
    """What is wrong with the matters or changes that a webhook of the settings asks for; None where nothing is."""
    try:
        parse_selection(hook.scope)
    except UsageError as fault:
        return f"webhook {hook.name!r}: {fault}"
    return None if hook.wish in wishes() else f"webhook {hook.name!r}: no wish {hook.wish!r}"


def _is_meant(wish: Subscription, found: FoundChange, around: _Round) -> bool:
    """Whether a subscription asks for a change; how a matter ends is told to all who follow it, whatever they wished for."""
    if wish.made_at > found.found_at or found.matter not in around.held[_scope_of(wish)]:
        return False
    if is_wished(wish.wish, found.change):
        return True
    follows = _scope_of(wish)[0] in ("matter", "case") or (wish.account, found.matter) in around.told
    return found.change.closes and follows


def _scope_of(wish: Subscription | WebhookSettings) -> Scope:
    chosen = parse_selection(wish.scope)
    return chosen.scope, chosen.name


def _notice(person: str, channel: Channel, found: FoundChange) -> NewNotice:
    return NewNotice(person=person, channel=channel, about=f"change:{found.id}", change=found.id, matter=found.matter)


def tell_lost_sight(
    session: Session, desk: Desk, now: datetime, *, matters: Collection[str] | None = None, account: str | None = None
) -> None:
    """Tell people who were told of a matter, or follow it by name, that it is no longer theirs to see; once each time."""
    subscriptions = subscriptions_of(session, [account] if account is not None else None)
    told = dict(last_of_matters(session, matters=matters, person=account))
    for each in subscriptions:
        scope, _, name = each.scope.partition(":")
        if scope == "matter" and (matters is None or name in matters):
            told.setdefault((each.account, name), "")
    by_person: dict[str, set[str]] = defaultdict(set)
    for (person, matter), about in told.items():
        if not person.startswith(HOOK) and not about.startswith(LOST):
            by_person[person].add(matter)
    people = {each.account: acting_of(each) for each in people_kept(session) if each.active}
    at_once = {each.account for each in subscriptions if each.channel == Channel.MAIL}
    # A matter that later reading of the docket did away with has no number any more: nobody lost sight of it.
    numbers = numbers_of(session, {matter for some in by_person.values() for matter in some})
    lost = [
        (person, matter)
        for person, candidates in sorted(by_person.items())
        if person in people
        for matter in sorted((candidates & numbers.keys()) - seen_by(session, people[person], candidates))
    ]
    put_out(
        session,
        [
            NewNotice(
                person=person,
                channel=Channel.MAIL if person in at_once else Channel.DIGEST,
                about=f"{LOST}{matter}:{now.date()}",
                matter=matter,
                letter=letter_of_lost_sight(named(numbers[matter], None, ""), site_address=desk.settings.site_address),
            )
            for person, matter in lost
        ],
        at=now,
    )


def numbers_of(session: Session, matters: Collection[str]) -> Mapping[str, str]:
    """The numbers for people of these matters, by id."""
    return {line.id: line.number for line in matter_lines(session, visible=Visible(matters=frozenset(matters)))}
