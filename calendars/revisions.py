"""Revisions right by construction: what was published is a fact, and SEQUENCE rises exactly when an item's form changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from docketbridge.api import Published

from .calendar_item import CalendarItem, ItemKind, ItemStatus, Reading, digest, written_time

CANCELLED_FOR = timedelta(days=30)
CANCELLED_PREFIX = "CANCELLED: "
_GONE = "No longer on the calendar. It is shown for 30 days so that nobody waits for it."
_TOLD_EVEN_IF_NEW = frozenset({ItemKind.HEARING, ItemKind.CONFERENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The items with their revision attached, and the facts that are new since the last publication."""

    items: tuple[CalendarItem, ...]
    facts: tuple[Published, ...]


def revise(items: Iterable[CalendarItem], published: Mapping[str, Published], now: datetime) -> Revision:
    """Attach SEQUENCE and change time to items by what was last published of the same subjects and reading.

    `published` holds the last form of every item ever published of them, by UID. An item that differs gets one more, and a
    later change time; one that is gone goes out as cancelled for 30 days, unless its day has passed. `now` is aware.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    revised: list[CalendarItem] = []
    facts: list[Published] = []
    current = {item.uid: item for item in items}
    gone = (_cancelled(form) for uid, form in published.items() if uid not in current and _needs_cancelling(form, moment))
    for item in (*current.values(), *gone):
        last = published.get(item.uid)
        if last is None and item.status is ItemStatus.CANCELLED and item.kind not in _TOLD_EVEN_IF_NEW:
            continue  # nobody ever saw it, so there is nothing to take back
        form = _form(item, last, moment)
        if form is not last:
            facts.append(form)
        if form.cancelled and moment - form.at > CANCELLED_FOR:
            continue
        revised.append(replace(item, sequence=form.sequence, modified=form.at))
    return Revision(items=tuple(revised), facts=tuple(facts))


def _form(item: CalendarItem, last: Published | None, moment: datetime) -> Published:
    now_shown = digest(item)
    if last is not None and last.digest == now_shown:
        return last
    return Published(
        uid=item.uid,
        subject=item.subject,
        reading=item.reading.value,
        kind=item.kind.value,
        case=item.case,
        sequence=0 if last is None else last.sequence + 1,
        digest=now_shown,
        at=moment if last is None else max(moment, last.at + timedelta(seconds=1)),  # LAST-MODIFIED only goes forward
        cancelled=item.status is ItemStatus.CANCELLED,
        summary=item.summary,
        start=written_time(item.start),
        end=written_time(item.end),
        all_day=item.all_day,
        timezone=item.timezone,
        location=item.location,
        description=item.description,
        url=item.url,
        categories=",".join(item.categories),
    )


def _needs_cancelling(form: Published, moment: datetime) -> bool:
    if form.kind == ItemKind.WATCH:
        return False  # the watch is whole again: that it was not is no appointment to take back
    if form.cancelled:
        return True
    end = datetime.fromisoformat(form.end)
    # A day ends last in the westernmost zone, half a day after it ends in UTC.
    return moment < (end.replace(tzinfo=UTC) + timedelta(hours=12) if form.all_day else end)


def _cancelled(form: Published) -> CalendarItem:
    return CalendarItem(
        uid=form.uid,
        subject=form.subject,
        reading=Reading(form.reading),
        kind=ItemKind(form.kind),
        case=form.case,
        summary=form.summary if form.cancelled else CANCELLED_PREFIX + form.summary,
        start=_read_time(form.start, all_day=form.all_day),
        end=_read_time(form.end, all_day=form.all_day),
        timezone=form.timezone,
        location=form.location,
        description=form.description if form.cancelled else _GONE,
        url=form.url,
        categories=tuple(each for each in form.categories.split(",") if each),
        status=ItemStatus.CANCELLED,
    )


def _read_time(text: str, *, all_day: bool) -> date | datetime:
    return date.fromisoformat(text) if all_day else datetime.fromisoformat(text)
