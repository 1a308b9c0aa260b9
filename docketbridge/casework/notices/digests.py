"""The digest: what is today, in the next seven days, overdue and changed, on each court day at a person's own time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.notices.giving_out import give_out, tell_lost_sight
from docketbridge.casework.notices.letters import LetterLine, Named, Section, letter_of_day, named
from docketbridge.casework.notices.subscribing import Subscriber, own_scopes
from docketbridge.casework.people.signing_in import acting_of
from docketbridge.casework.rights import Acting, Role, visible_to
from docketbridge.casework.selecting import parse_selection
from docketbridge.domain.views.list_shapes import LineKind
from docketbridge.domain.views.noticing import day_in_words
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.lists.day_lines import DayAsked, day_lines
from docketbridge.ledger.lists.derived import matter_lines
from docketbridge.ledger.lists.list_lines import Found, Listed
from docketbridge.ledger.notices.changes import changes_named
from docketbridge.ledger.notices.outbox import (
    Channel,
    Letter,
    NewNotice,
    Notice,
    for_next_digest,
    gather,
    is_kept,
    put_out,
)
from docketbridge.ledger.notices.subscriptions import DigestWish, digest_wishes, subscriptions_of
from docketbridge.ledger.people.people import Person, person_of
from docketbridge.ledger.scopes import of_ids
from docketbridge.ledger.visibility import Visible

AHEAD = timedelta(days=7)
_LONGEST = 60
_COURT_ROLES = (Role.CLERK, Role.JUDGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One person's digest of a day, as sections; `taken` are the notices that are in it."""

    day: date
    sections: tuple[Section, ...]
    taken: tuple[Notice, ...]


def make_digests(desk: Desk, now: datetime) -> int:
    """Put into the outbox each digest whose hour has come today, one a person and court day; how many. `now` is aware.

    On a day on which the person's court is closed there is none. What changed meanwhile waits for the next.
    """
    give_out(desk, now)
    with Session(desk.engine) as session:
        due = [wish for wish in digest_wishes(session) if wish.wanted and _is_due(desk, session, wish, now)]
    if due:
        desk.refresh()
        give_out(desk, now)
    return sum(_make(desk, wish, now) for wish in due)


def _is_due(desk: Desk, session: Session, wish: DigestWish, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(desk.rulebook.calendar(wish.court).timezone))
    if f"{local:%H:%M}" < wish.at or not desk.rulebook.court_days(wish.court).is_open(local.date()):
        return False
    return not is_kept(session, wish.account, Channel.DIGEST_MAIL, _about(local.date()))


def _about(day: date) -> str:
    return f"digest:{day}"


def _make(desk: Desk, wish: DigestWish, now: datetime) -> bool:
    day = now.astimezone(ZoneInfo(desk.rulebook.calendar(wish.court).timezone)).date()
    with Session(writing_engine(desk.engine)) as session, session.begin():
        person = person_of(session, wish.account)
        if person is None or not person.active or not person.email:
            return False
        tell_lost_sight(session, desk, now, account=wish.account)
        subscriber = _subscriber(session, person, wish)
        taken = gather(session, wish.account, at=now)
        digest = _digest(session, subscriber, day, taken, site_address=desk.settings.site_address)
        letter = _letter(digest, site_address=desk.settings.site_address)
        notice = NewNotice(person=wish.account, channel=Channel.DIGEST_MAIL, about=_about(day), letter=letter)
        put_out(session, [notice], at=now)
    return True


def preview_digest(desk: Desk, account: Subscriber, day: date) -> Digest:
    """A person's digest of a day as it would be now; nothing is taken from what waits."""
    with Session(desk.engine) as session:
        taken = for_next_digest(session, account.person.account)
        return _digest(session, account, day, taken, site_address=desk.settings.site_address)


def _subscriber(session: Session, person: Person, wish: DigestWish) -> Subscriber:
    subscriptions = subscriptions_of(session, [person.account])
    return Subscriber(person=person, acting=acting_of(person), subscriptions=subscriptions, digest=wish)


def _letter(digest: Digest, *, site_address: str) -> Letter:
    counts = ", ".join(f"{len(each.lines) + each.more} {each.title.lower()}" for each in digest.sections if each.lines)
    title = f"{day_in_words(digest.day)}: {counts or 'nothing is due and nothing changed'}"
    return letter_of_day(title, digest.sections, site_address=site_address)


def _digest(session: Session, who: Subscriber, day: date, taken: tuple[Notice, ...], *, site_address: str) -> Digest:
    acting = who.acting
    visible = visible_to(acting)
    scopes = [parse_selection(each.scope) for each in who.subscriptions] or [
        parse_selection(scope) for scope in own_scopes(acting)
    ]
    asked = DayAsked(day=day, until=day + AHEAD, by_latest=acting.role in _COURT_ROLES, tasks_of=_tasks_of(acting))
    followed = [scope.condition() for scope in scopes]
    told = day_lines(session, asked, visible=visible, only=followed, at_most=_LONGEST)

    def name(number: str, case_name: str | None) -> Named:
        return named(number, case_name, site_address)

    def section(title: str, empty: str, found: Found) -> Section:
        lines = tuple(_line(each, name(each.matter.number, each.matter.case_name), acting) for each in found.lines)
        return Section(title=title, lines=lines, empty=empty, more=found.more)

    changed = tuple(_changed(session, taken, visible, name))
    return Digest(
        day=day,
        sections=(
            section("Overdue", "Nothing is overdue.", told.before),
            section("Today", "Nothing is set for today.", told.on_it),
            section("Next 7 days", "Nothing is set for the next seven days.", told.after),
            Section(title="Changed", lines=changed[:_LONGEST], empty="Nothing changed.", more=max(0, len(changed) - _LONGEST)),
        ),
        taken=taken,
    )


def _tasks_of(acting: Acting) -> str | None:
    """Tasks are the court's own to see; a trustee sees those of trustees."""
    if acting.role in _COURT_ROLES:
        return ""
    return "trustee" if acting.role is Role.TRUSTEE else None


def _line(each: Listed, matter: Named, acting: Acting) -> LetterLine:
    line = each.line
    day = day_in_words(line.day) if line.day else ""
    if line.kind is LineKind.HEARING:
        return LetterLine(matter=matter, words=f"{day}, {line.clock or 'no hour'}: {line.what}")
    if line.kind is LineKind.TASK:
        return LetterLine(matter=matter, words=f"{day}: {line.what}", beside=line.owner or "")
    # The latest reading is the court's own: a party is told the earliest (PROGRAM-RULES.md 1.10).
    later = line.latest is not None and line.latest != line.day and acting.role in _COURT_ROLES
    beside = f"latest {day_in_words(line.latest)}" if later and line.latest else ""
    return LetterLine(matter=matter, words=f"{day}: {line.what}", beside=beside)


def _changed(
    session: Session, taken: Iterable[Notice], visible: Visible, name: Callable[[str, str | None], Named]
) -> Iterable[LetterLine]:
    """What changed in matters that are still the person's to see, and what is so no longer."""
    notices = tuple(taken)
    changes = changes_named(session, [each.change for each in notices if each.change is not None])
    about = {each.matter for each in notices if each.matter is not None}
    still_seen = matter_lines(session, visible=visible, only=of_ids(about)) if about else ()
    lines = {line.id: line for line in still_seen}
    for notice in notices:
        if notice.letter is not None:
            yield LetterLine(matter=None, words=notice.letter.subject)
        elif notice.change is not None and notice.change in changes and notice.matter is not None and notice.matter in lines:
            change = changes[notice.change].change
            over = " The matter's stay in the program is over." if change.closes else ""
            yield LetterLine(
                matter=name(lines[notice.matter].number, lines[notice.matter].case_name),
                words=f"{change.words}.{over}",
                beside=day_in_words(change.day),
            )
