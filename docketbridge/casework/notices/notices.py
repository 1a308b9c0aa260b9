"""Delivering: what the outbox holds is sent, by one process each; what does not arrive is tried again for two days.

Between sending and keeping that it was sent a process may die. What it sent is then sent again, under the same Message-ID or
webhook id, so that whoever receives it can tell: nothing is lost, and nothing arrives twice unless a process was killed there.
"""

from __future__ import annotations

import os
import secrets
import smtplib
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.notices.digests import make_digests
from docketbridge.casework.notices.giving_out import HOOK, fault_in, give_out, numbers_of, seen_by, tell_lost_sight
from docketbridge.casework.notices.letters import letter_of_change, named
from docketbridge.casework.notices.mailing import Post, post_of, send
from docketbridge.casework.notices.webhooks import Hook, body_of, hook_of
from docketbridge.casework.people.signing_in import acting_of
from docketbridge.domain.auditing import Deed
from docketbridge.domain.views.noticing import Pace
from docketbridge.errors import DeliveryError, SettingsError, UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.lists.derived import matter_lines
from docketbridge.ledger.notices.changes import FoundChange, changes_named
from docketbridge.ledger.notices.outbox import (
    Channel,
    Letter,
    Notice,
    NoticeState,
    claim_next,
    end_notice,
    notices_kept,
    put_off,
    send_again,
)
from docketbridge.ledger.people.people import Person, person_of
from docketbridge.ledger.visibility import Visible

__all__ = ["Delivered", "deliver_due", "make_digests", "notices", "replay_notice"]

LEASE = timedelta(minutes=10)
"""How long a claim lasts: far longer than one sending can take, so that nobody else takes it up meanwhile."""
PACE = Pace()


@dataclass(slots=True, kw_only=True)
class Delivered:
    """What a round of delivering did, in notices. `held_up` says why some could not even be tried."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    withheld: int = 0
    held_up: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Round:
    """One round: where mail goes, the webhooks, and whom to leave alone until the next round. It began at `start` (aware)."""

    desk: Desk
    start: datetime
    lease: str
    post: Post | None
    hooks: Mapping[str, Hook]
    done: Delivered
    stack: ExitStack
    server: smtplib.SMTP | None = None
    mail_rests: bool = False
    rests: set[str] = field(default_factory=set)
    began: float = field(default_factory=time.monotonic)

    @property
    def now(self) -> datetime:
        """This moment: a round may take longer than a claim lasts, so each claim counts from its own."""
        return self.start + timedelta(seconds=time.monotonic() - self.began)


def deliver_due(desk: Desk, now: datetime, *, environment: Mapping[str, str] | None = None) -> Delivered:
    """Give out what changed, and send what is due. `now` is aware.

    A receiver that fails rests until the next round; the others do not wait for it. Raises nothing for what does not arrive.
    """
    give_out(desk, now)
    done = Delivered()
    post, hooks = _ways(desk, os.environ if environment is None else environment, done)
    with ExitStack() as stack:
        around = _Round(desk=desk, start=now, lease=secrets.token_hex(8), post=post, hooks=hooks, done=done, stack=stack)
        while (notice := _claim(around)) is not None:
            _deliver(around, notice)
    return done


def _ways(desk: Desk, environment: Mapping[str, str], done: Delivered) -> tuple[Post | None, Mapping[str, Hook]]:
    """The ways out that the settings give; one that is set wrongly holds up its own notices only."""
    post, hooks = None, {}
    try:
        post = post_of(desk.settings)
    except SettingsError as fault:
        done.held_up.append(str(fault))
    for told in desk.settings.webhooks:
        if (wrong := fault_in(told)) is not None:
            done.held_up.append(wrong)
            continue
        try:
            hooks[f"{HOOK}{told.name}"] = hook_of(told, environment)
        except SettingsError as fault:
            done.held_up.append(str(fault))
    return post, hooks


def _claim(around: _Round) -> Notice | None:
    channels = [Channel.WEBHOOK]
    if around.post is not None and not around.mail_rests:
        channels += [Channel.MAIL, Channel.DIGEST_MAIL]
    with Session(writing_engine(around.desk.engine)) as session, session.begin():
        return claim_next(session, now=around.now, lease=around.lease, length=LEASE, channels=channels, but=sorted(around.rests))


def _deliver(around: _Round, notice: Notice) -> None:
    try:
        sent = _post(around, notice) if notice.channel is Channel.WEBHOOK else _mail(around, notice)
    except DeliveryError as fault:
        _not_taken(around, notice, fault)
        return
    if sent:
        around.done.sent += 1
        _end(around, notice, NoticeState.SENT)


def _post(around: _Round, notice: Notice) -> bool:
    """Post a change to its webhook; one that the settings no longer name is given up only when its time is over."""
    hook = around.hooks.get(notice.person)
    if hook is None:
        raise DeliveryError("the settings name no such webhook, or name it wrongly")
    found = _change(around, notice)
    with Session(around.desk.engine) as session:
        lines = matter_lines(session, visible=Visible(matters=frozenset({found.matter})))
    identity = identity_of(notice)
    told: dict[str, object] = {
        "id": identity,
        "kind": found.change.kind.value,
        "name": found.change.name,
        "day": found.change.day.isoformat(),
        "words": found.change.words,
        "over": found.change.closes,
        "found_at": found.found_at.isoformat(),
        "matter": lines[0].number if lines else None,
        "matter_id": found.matter,
    }
    hook.post(body_of(told), identity=identity, at=around.now)
    return True


def _mail(around: _Round, notice: Notice) -> bool:
    """Mail a notice, if it is still the person's to be told; else it is withheld, and the person told so."""
    person, letter = _letter(around, notice)
    if person is None or letter is None:
        around.done.withheld += 1
        _end(around, notice, NoticeState.WITHHELD, "no longer this person's to be told")
        return False
    if not person.email:
        raise DeliveryError("the account has no e-mail address")
    post = around.post
    if post is None:
        raise DeliveryError("no mail is set up here")
    message = post.message(letter, to=person.email, name=person.name, identity=identity_of(notice), at=around.now)
    if around.server is None:
        around.server = around.stack.enter_context(post.connection())
    send(around.server, message)
    return True


def _letter(around: _Round, notice: Notice) -> tuple[Person | None, Letter | None]:
    """Whom a notice is for, and what it says to that person now; None where that person is not to be told (any more)."""
    desk = around.desk
    with Session(writing_engine(desk.engine)) as session, session.begin():
        person = person_of(session, notice.person)
        if person is None or not person.active:
            return None, None
        if notice.letter is not None:
            return person, notice.letter
        found = _change(around, notice)
        if found.matter not in seen_by(session, acting_of(person), {found.matter}):
            tell_lost_sight(session, desk, around.now, matters={found.matter}, account=person.account)
            return person, None
        lines = matter_lines(session, visible=Visible(matters=frozenset({found.matter})))
        number, name = (lines[0].number, lines[0].case_name) if lines else (found.matter, None)
        site = desk.settings.site_address
        return person, letter_of_change(found, named(number, name, site), site_address=site)


def _change(around: _Round, notice: Notice) -> FoundChange:
    number = notice.change or 0
    with Session(around.desk.engine) as session:
        found = changes_named(session, [number]).get(number)
    if found is None:
        raise DeliveryError("the change it tells of is not in the ledger", for_good=True)
    return found


def _not_taken(around: _Round, notice: Notice, fault: DeliveryError) -> None:
    first = notice.tried_first_at or around.now
    over = PACE.is_over(around.now - first, notice.attempts)
    if fault.for_good or over:
        around.done.failed += 1
        _end(around, notice, NoticeState.FAILED, str(fault))
    else:
        around.done.put_off += 1
        with Session(writing_engine(around.desk.engine)) as session, session.begin():
            until = around.now + PACE.wait(notice.attempts)
            put_off(session, notice.id, lease=around.lease, until=until, fault=str(fault))
    if fault.by_all:
        around.mail_rests = True
    elif notice.channel is Channel.WEBHOOK:
        around.rests.add(notice.person)


def _end(around: _Round, notice: Notice, state: NoticeState, fault: str | None = None) -> None:
    with Session(writing_engine(around.desk.engine)) as session, session.begin():
        end_notice(session, notice.id, lease=around.lease, state=state, at=around.now, fault=fault)


def identity_of(notice: Notice) -> str:
    """What names a notice to its receiver, the same however often it is sent."""
    told = f"{notice.person}|{notice.channel}|{notice.about}|{notice.made_at.isoformat()}"
    return sha256(told.encode()).hexdigest()[:32]


def notices(desk: Desk, *, person: str = "", state: str = "", channel: str = "", at_most: int = 200) -> tuple[Notice, ...]:
    """The newest notices of the outbox, of one person, state or channel where one is given."""
    with Session(desk.engine) as session:
        return notices_kept(session, person=person, state=state, channel=channel, at_most=at_most)


def numbers_told(desk: Desk, some: tuple[Notice, ...]) -> Mapping[str, str]:
    """The numbers for people of the matters that notices are about, by id."""
    with Session(desk.engine) as session:
        return numbers_of(session, {each.matter for each in some if each.matter})


def replay_notice(desk: Desk, number: int, now: datetime) -> None:
    """Let a notice that was sent or given up be sent again, under its own id. Raises UsageError where there is none."""
    with Session(writing_engine(desk.engine)) as session, session.begin():
        if not send_again(session, number, at=now):
            raise UsageError(f"no notice {number} that was sent or given up; `docketbridge notice list` lists them")
        desk.audit.note_in(session, Deed.SENT_AGAIN, f"notice {number}")
