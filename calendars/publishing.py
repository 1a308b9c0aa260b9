"""A scope → its calendar as published: items with their revisions, the facts that are new, and when it last changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from importlib.metadata import version
from typing import Protocol

from docketbridge.api import DocketbridgeError, MatterFile, MatterLine, Published, UsageError, told_to_a_party

from .calendar_item import CalendarItem, ItemKind, Reading, uid_for
from .flavours import PLAIN, Flavour, flavoured
from .ics import Calendar, write_ics
from .items import items_for, told_once
from .revisions import revise
from .scopes import KINDS, CalendarScope
from .sizing import fitted, size_items
from .watch_items import watch_items

ANSWER = "answer"  # the kind of fact that says what a calendar as a whole last was
_TRIES = 5


class CalendarsBusyError(DocketbridgeError):
    """Others kept publishing the same items; the calendar can be asked for again."""


class Desk(Protocol):
    """What calendars are made at: the ledger on one day."""

    @property
    def today(self) -> date:
        """The court's day."""
        ...

    def matter_files(self, selection: str | None = None) -> Iterable[MatterFile]:
        """The files of the matters in a scope of INTERFACE.md; None is all."""
        ...

    def matters(self, selection: str | None = None) -> Collection[MatterLine]:
        """The matters selected as lists show them, in order."""
        ...

    def matter_ids(self, selection: str | None = None) -> Collection[str]:
        """The ids of the matters in a scope."""
        ...

    def facts_stamp(self) -> str:
        """A stamp that stays the same while no fact is taken in."""
        ...

    def published(self, subjects: Collection[str]) -> Mapping[str, Published]:
        """The last published form of every item ever published of these subjects, by UID."""
        ...

    def publish(self, forms: Sequence[Published]) -> bool:
        """Keep new published forms as facts, all or none; False when others were published meanwhile."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The calendar of a scope on a day, every kind in it.

    `title` is its name for whoever may read it whole. `changed` (aware, whole seconds) is when any telling of it last
    changed; it never goes back. `stamp` is the ledger's before it was made.
    """

    scope: CalendarScope
    title: str
    items: tuple[CalendarItem, ...]
    zone: str
    today: date
    changed: datetime
    stamp: str

    def written(self, flavour: Flavour = PLAIN) -> bytes:
        """Write the calendar in a flavour, within the size that readers take."""
        kinds = flavour.only or self.scope.kinds
        shown = flavoured(told_once(self.items, kinds | {ItemKind.WATCH}), flavour)
        calendar = Calendar(
            name=self.scope.public_title if flavour.public else self.title,
            description=f"Deadlines on their {_reading(self.scope)} reading, hearings and conferences. The docket governs.",
            timezone=self.zone,
        )
        kept = fitted(shown, today=self.today, style=flavour.style)
        return write_ics(kept.items, calendar, style=flavour.style)


def _reading(scope: CalendarScope) -> Reading:
    return Reading.EARLIEST if scope.reading is Reading.PARTY else scope.reading


def publish_scope(desk: Desk, scope: CalendarScope, *, may_be_empty: bool = True) -> Publication:
    """Make the calendar of a scope, and keep as facts what in it is published for the first time or in a new form.

    A scope without a matter gives an empty calendar; unless `may_be_empty`, it raises UsageError and keeps nothing.
    Raises CalendarsBusyError when others keep publishing the same items.
    """
    selection = None if scope.family == "all" else scope.text
    for _ in range(_TRIES):
        stamp = desk.facts_stamp()
        known = {scope.subject, *desk.matter_ids(selection)}
        # What was published is read before the docket: who publishes from a newer docket meanwhile takes the next
        # sequence, ours is refused, and we look again. Read after it, ours would follow theirs with what they replaced.
        forms = desk.published(known)
        files = tuple(desk.matter_files(selection))
        if not files and not may_be_empty:
            raise UsageError(f"no matter in scope {scope.text!r}; `docketbridge calendar list` lists the scopes")
        if not {file.matter.id for file in files} <= known:
            continue  # a matter was opened meanwhile
        made = _made(files, forms, scope, desk.today)
        if not made.facts or desk.publish(made.facts):
            zones = {file.court.timezone for file in files}
            return Publication(
                scope=scope,
                title=made.title,
                items=made.items,
                zone=zones.pop() if len(zones) == 1 else "",
                today=desk.today,
                changed=made.changed,
                stamp=stamp,
            )
    raise CalendarsBusyError(f"calendar {scope.text}: others are publishing the same items; try again")


def calendar_bytes(desk: Desk, scope: CalendarScope, *, flavour: Flavour = PLAIN) -> bytes:
    """Make and write the calendar of a scope. Raises UsageError when a scope other than `all` holds no matter."""
    return publish_scope(desk, scope, may_be_empty=scope.family == "all").written(flavour)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    title: str
    items: tuple[CalendarItem, ...]
    facts: tuple[Published, ...]
    changed: datetime


def _made(files: Sequence[MatterFile], forms: Mapping[str, Published], scope: CalendarScope, today: date) -> _Made:
    for_party = scope.reading is Reading.PARTY
    readings = (Reading.PARTY,) if for_party else (scope.reading, Reading.BOTH)
    before = {uid: form for uid, form in forms.items() if form.reading in readings}
    moment = _day_begins(today)
    told = [*watch_items(files, scope.subject), *_items(files, scope.reading)]
    revision = revise(map(_as_party, told) if for_party else told, before, moment)
    # What the calendar says of its own size is published like anything else in it.
    sizes = size_items(told_once(revision.items, scope.kinds), scope.subject, today=today)
    notice = revise(map(_as_party, sizes) if for_party else sizes, _of_size(before), moment)
    items = (*revision.items, *notice.items)
    title = scope.title_for(files)
    answer = _answer(items, forms.get(_answer_uid(scope)), scope, title, moment)
    facts = (*revision.facts, *notice.facts, *((answer,) if answer is not forms.get(answer.uid) else ()))
    return _Made(title=title, items=items, facts=facts, changed=answer.at)


def _items(files: Sequence[MatterFile], reading: Reading) -> Iterator[CalendarItem]:
    for file in files:
        if reading is Reading.PARTY:
            yield from items_for(told_to_a_party(file), Reading.EARLIEST)
        else:
            yield from items_for(file, reading)


def _as_party(item: CalendarItem) -> CalendarItem:
    """The item as a publication of its own: what others are told of the same thing is another, with another UID."""
    return replace(item, uid=uid_for(item.uid, Reading.PARTY.value), reading=Reading.PARTY)


def _of_size(before: Mapping[str, Published]) -> dict[str, Published]:
    return {uid: form for uid, form in before.items() if form.kind == ItemKind.WATCH}


def _answer_uid(scope: CalendarScope) -> str:
    return uid_for(ANSWER, scope.text)


def _answer(
    items: Sequence[CalendarItem], last: Published | None, scope: CalendarScope, title: str, moment: datetime
) -> Published:
    """The calendar as a whole as a fact: a new one exactly when any telling of it may differ from before.

    Its time is the latest of its items' and later than that of every answer before, so that a reader that goes by dates
    alone is told of what was added, changed, cancelled or has left the window.
    """
    shown = hashlib.sha256(write_ics(told_once(items, KINDS), Calendar(name=title)))
    shown.update(repr([(item.uid, item.public, item.rule, item.done) for item in items]).encode("utf-8", "replace"))
    shown.update(version("docketbridge").encode())
    digest = shown.hexdigest()[:32]
    if last is not None and last.digest == digest:
        return last
    changed = max((item.modified for item in items if item.modified is not None), default=moment)
    return Published(
        uid=_answer_uid(scope),
        subject=scope.subject,
        reading=ANSWER,
        kind=ANSWER,
        case="",
        sequence=0 if last is None else last.sequence + 1,
        digest=digest,
        at=changed if last is None else max(changed, last.at + timedelta(seconds=1)),
        cancelled=False,
        summary="",
        start="",
        end="",
        all_day=False,
        timezone="",
        location="",
    )


def _day_begins(day: date) -> datetime:
    # What is published on a day is dated at its first moment anywhere on earth: the same facts give the same bytes on any
    # machine at any hour, and no court's calendar is dated in the future.
    return datetime.combine(day, time(), tzinfo=timezone(timedelta(hours=14)))
