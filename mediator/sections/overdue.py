"""Steps whose day has gone by, and by whom: deadlines the docket shows unmet, and duties off the docket with no sign of them."""

from __future__ import annotations

from datetime import date

from docketbridge.api import Deadline, DeadlineStatus, MatterFile, PortalAct, Side, Task
from mediator.record import local_day
from mediator.wording import first_cite, short_day

from .section import Item, Section

MINUTES = 3
# What the parties owe each other and no docket shows; a portal may.
_OFF_DOCKET = {"status_draft": "status_due", "status_revisions": "status_due", "info_before_session": None}
_CONTACT = "first_contact_due"
_DUTIES = frozenset({"status_report", "contact", "schedules", "conference"})


def overdue(file: MatterFile) -> Section:
    """The overdue steps by day; silence that means consent (an objection not made) is no step overdue."""
    items = [_deadline(each) for each in file.posture.deadlines if _is_overdue(each, file)]
    told = {item.words.casefold() for item in items}
    items += [_task(each) for each in file.posture.tasks if _late(each, file.today) and each.what.casefold() not in told]
    items.sort(key=lambda item: (item.day or date.max, item.words))
    return Section(title="Steps overdue", items=tuple(items), when="Was due")


def _late(task: Task, today: date) -> bool:
    return task.due is not None and task.due < today


def _is_overdue(deadline: Deadline, file: MatterFile) -> bool:
    if deadline.latest is None or deadline.latest >= file.today or deadline.cycle != file.posture.cycle:
        return False
    if deadline.status is DeadlineStatus.LAPSED:
        return deadline.kind in _DUTIES
    if deadline.status is not DeadlineStatus.PASSED:
        return False
    if deadline.key == _CONTACT:
        return bool(file.portal) and not contact_made(file, file.today)
    if deadline.key not in _OFF_DOCKET:
        return False
    awaited = _OFF_DOCKET[deadline.key]
    return awaited is None or any(
        each.key == awaited and each.turn == deadline.turn and each.status is DeadlineStatus.RUNNING
        for each in file.posture.deadlines
    )


def contact_made(file: MatterFile, by: date) -> bool:
    """Whether the portal shows an act of the creditor between the order and this day."""
    since = file.posture.ordered_on or date.min
    zone = file.court.timezone
    return any(
        fact.by is Side.CREDITOR and fact.act is not PortalAct.STATUS_CHANGED and since <= local_day(fact, zone) <= by
        for fact in file.portal
    )


def _deadline(deadline: Deadline) -> Item:
    seen = "" if deadline.status is DeadlineStatus.LAPSED else "; no docket shows it, ask"
    return Item(
        words=f"{deadline.what}{seen}",
        who=deadline.owner,
        since=short_day(deadline.latest) if deadline.latest else "",
        source=first_cite(deadline.cite),
        minutes=MINUTES,
        day=deadline.latest,
    )


def _task(task: Task) -> Item:
    return Item(
        words=task.what,
        who=task.owner.replace("_", " "),
        since=short_day(task.due) if task.due else "",
        source=first_cite(task.cite),
        minutes=MINUTES,
        day=task.due,
    )
