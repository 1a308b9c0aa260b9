"""The dates that run, with both readings: deadlines, hearings, sessions, and the clock of an escalated case."""

from __future__ import annotations

from datetime import date

from docketbridge.api import Deadline, DeadlineStatus, MatterFile
from mediator.aids.escalation import next_step
from mediator.record import read_record
from mediator.wording import entry, first_cite, short_day

from .section import Item, Section


def dates(file: MatterFile) -> Section:
    """What runs, nearest first. Ceilings and thresholds of the court's own reckoning are left out."""
    running = [each for each in file.posture.deadlines if each.status is DeadlineStatus.RUNNING and each.kind != "threshold"]
    items = [_deadline(each) for each in running if each.earliest is not None]
    filed = {each.entry.id: each.entry.day for each in file.entries}
    for hearing in file.posture.hearings:
        if hearing.is_ahead(file.today):
            about = hearing.about.replace("_", "-").replace("lm-", "LM ")
            words = f"Hearing at {hearing.start:%H:%M}: {about}"
            items.append(_item(hearing.start.date(), words, entry(hearing.entry_label, filed.get(hearing.entry_id))))
    for record in file.sessions[-1:]:
        if record.next is not None and record.next.start.date() >= file.today:
            words = f"Session at {record.next.start:%H:%M}, {record.next.method.value.replace('_', ' ')}"
            items.append(_item(record.next.start.date(), words, f"session {short_day(record.start.date())}"))
    escalation = read_record(file.portal).escalation
    if escalation is not None:
        step = next_step(escalation, timezone=file.court.timezone, today=file.today)
        items.append(_item(step.due, step.words, step.short_cite, who="creditor"))
    items.sort(key=lambda item: (item.day or date.max, item.words))
    return Section(title="Dates that run", items=tuple(items), when="Day")


def _deadline(deadline: Deadline) -> Item:
    days = short_day(deadline.earliest) if deadline.earliest else ""
    if deadline.latest is not None and deadline.latest != deadline.earliest:
        days += f", latest {short_day(deadline.latest)}"
    words = f"{deadline.what}{f' ({deadline.provisional})' if deadline.provisional else ''}"
    return Item(words=words, who=deadline.owner, since=days, source=first_cite(deadline.cite), day=deadline.earliest)


def _item(day: date, words: str, source: str, who: str = "") -> Item:
    return Item(words=words, who=who, since=short_day(day), source=source, day=day)
