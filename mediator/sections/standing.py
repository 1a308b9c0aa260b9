"""Who comes with settlement authority and stands by, and whether plan payments are current."""

from __future__ import annotations

from docketbridge.api import Attendance, MatterFile, NextSession, Side
from mediator.wording import SIDES, short_day

from .section import Item, Section

MINUTES = 2
_PLAN_CHAPTERS = (12, 13)


def authority(file: MatterFile) -> Section:
    """For each side, who comes with full settlement authority, and whether that person confirmed the half hour before."""
    ahead = upcoming(file)
    minutes = file.authority_ready_minutes
    items = []
    for side in (Side.DEBTOR, Side.CREDITOR):
        named = [each for each in (ahead.persons if ahead else ()) if each.side is side and each.authority]
        items += [_named(each, minutes) for each in named if each.ready_before is not True]
        if not named:
            known = _last_known(file, side)
            words = "Nobody with full settlement authority is named for the next session"
            if known is not None:
                words += f"; last time {known.name}"
            items.append(Item(words=words, who=SIDES[side], source="LMP VIII.D", minutes=MINUTES))
    return Section(title="Settlement authority", items=tuple(items))


def upcoming(file: MatterFile) -> NextSession | None:
    """The next session that the last record sets, today or later."""
    last = next((each for each in reversed(file.sessions) if each.next is not None), None)
    if last is None or last.next is None or last.next.start.date() < file.today:
        return None
    return last.next


def _named(person: Attendance, minutes: int | None) -> Item:
    before = f"{minutes} minutes before" if minutes else "before"
    told = "has not confirmed being reachable" if person.ready_before is None else "said not to be reachable"
    return Item(words=f"{person.name} {told} {before}", who=SIDES[person.side], source="LMP VIII.D", minutes=MINUTES)


def _last_known(file: MatterFile, side: Side) -> Attendance | None:
    for record in reversed(file.sessions):
        for each in record.attendance:
            if each.side is side and each.authority and each.came:
                return each
    return None


def payments(file: MatterFile) -> Section:
    """Plan payments (LMP VI.B.4): listed unless they are current; with amounts only where the court's profile shows them."""
    status = file.payment_status
    if file.case.chapter not in _PLAN_CHAPTERS or (status is not None and status.verdict.value == "current"):
        return Section(title="Plan payments", items=())
    words = status.words_for_papers if status is not None else "No trustee's record of plan payments was taken in"
    return Section(title="Plan payments", items=(Item(words=words, who="debtor", source="LMP VI.B.4", minutes=MINUTES),))


def session_words(file: MatterFile) -> str:
    """When the next session is, in words."""
    ahead = upcoming(file)
    if ahead is None:
        return "none is set"
    method = ahead.method.value.replace("_", " ")
    return f"{short_day(ahead.start.date())} at {ahead.start:%H:%M}, {method}, {ahead.minutes} minutes"
