"""What is owed and the doing of it: tasks across matters, their closing, and the facts of service only a person can give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.rights import ask_for_task, visible_to
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.events import EventKind, OrderDates
from docketbridge.domain.matters import EntryMeaning, MatterFile
from docketbridge.domain.standing import Task
from docketbridge.errors import UsageError
from docketbridge.ledger.lists.passages import tasks_owed

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "screen-objection": ("hearing", "overrule", "disregard"),
        "is-it-joint": ("yes", "no"),
        "extension-ruling": ("none-needed",),
        "strike-report": ("none-needed",),
    }
)
"""What may be chosen on doing a task, where it asks for a choice (PROGRAM-RULES.md 1.13)."""

MUST_CHOOSE = ("screen-objection", "is-it-joint")
METHODS = ("mail", "ecf", "hand")
ORDER_DATES = tuple(OrderDates.__dataclass_fields__)
_ORDERS = frozenset({EventKind.LM_ORDER, EventKind.LM_EXTENSION_ORDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One task of one matter; `label` is the name of the entry it is about, where there is one."""

    number: str
    court: str
    case_number: str
    label: str | None
    task: Task

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be chosen on doing it."""
        return CHOICES.get(self.task.key, ())


def owed(desk: Desk, *, owner: str | None = None, beginning: int = 0, at_most: int | None = None) -> tuple[Owed, ...]:
    """The open tasks, by due day; of one owner (clerk, chambers, courtroom deputy, trustee), or of all; all, or some of them."""
    desk.refresh()
    with Session(desk.engine) as session:
        found = tasks_owed(session, owner=owner, visible=visible_to(desk.acting), beginning=beginning, at_most=at_most)
    return tuple(
        Owed(number=each.number, court=each.court, case_number=each.case_number, label=each.label, task=each.task)
        for each in found
    )


def serve(desk: Desk, matter: str, hand: Hand, *, entry: str, on: date, method: str, on_whom: str) -> MatterFile:
    """Keep how and when a request was served on whom, as the paper shows. Raises UsageError for what cannot be.

    `entry` is the document number or the id of a request of the matter; `method` one of `METHODS`.
    """
    file = desk.matter_file(matter)
    request = _entry(file, entry)
    if EventKind.LM_REQUEST not in request.detection.kinds or request.reach != "matter":
        known = ", ".join(each.entry.label for each in file.entries if _is_request(each)) or "none"
        raise UsageError(f"{request.entry.label} is no request of {file.matter.number}; its requests: {known}")
    if on > desk.today:
        raise UsageError(f"--on {on}: has not come yet; service is kept once it is made")
    if method not in METHODS:
        raise UsageError(f"--by {method!r}; service is by {', '.join(METHODS)}")
    whom = " ".join(on_whom.split())
    if not whom:
        raise UsageError("--on-whom is empty; service is on somebody")
    decision = hand.decision(
        DecisionKind.SERVED, matter_id=file.matter.id, entry_id=request.entry.id, day=on, choice=method, on_whom=whom
    )
    desk.decide(file, decision)
    return desk.matter_file(file.matter.id)


def do_task(
    desk: Desk,
    matter: str,
    key: str,
    hand: Hand,
    *,
    choice: str | None = None,
    entry: str | None = None,
    dates: Sequence[tuple[str, date]] = (),
) -> MatterFile:
    """Do a task of a matter: choose, answer, type the dates of an order, or close it with a reason.

    `entry` says which of several is meant. Raises UsageError where the matter owes no such task, or the choice is none of its,
    and RightsError for a task that is not this person's.
    """
    file = desk.matter_file(matter)
    ask_for_task(desk.acting, key)
    _check_choice(key, choice, dates)
    if key == "order-dates":
        decision = _typed(file, hand, _order(file, entry), dates)
    else:
        task = _open_task(file, key, entry)
        if key == "is-it-joint":
            decision = hand.decision(DecisionKind.JOINT, matter_id=file.matter.id, entry_id=task.entry_id, choice=choice)
        else:
            decision = hand.decision(
                DecisionKind.TASK_CLOSED, matter_id=file.matter.id, entry_id=task.entry_id, choice=key, answer=choice
            )
    desk.decide(file, decision)
    return desk.matter_file(file.matter.id)


def _check_choice(key: str, choice: str | None, dates: Sequence[tuple[str, date]]) -> None:
    allowed = CHOICES.get(key, ())
    if choice is not None and choice not in allowed:
        offered = f"; choose {', '.join(allowed)}" if allowed else ": this task asks for none"
        raise UsageError(f"--choice {choice!r} is none of task {key}{offered}")
    if choice is None and key in MUST_CHOOSE:
        raise UsageError(f"task {key} wants --choice {'|'.join(allowed)}")
    if bool(dates) != (key == "order-dates"):
        raise UsageError("task order-dates wants --date NAME=YYYY-MM-DD" if not dates else f"task {key} takes no --date")


def _open_task(file: MatterFile, key: str, entry: str | None) -> Task:
    wanted = _entry(file, entry).entry.id if entry is not None else None
    found = [each for each in file.posture.tasks if each.key == key and wanted in (None, each.entry_id)]
    if not found:
        known = ", ".join(dict.fromkeys(each.key for each in file.posture.tasks)) or "nothing"
        raise UsageError(f"{file.matter.number} owes no task {key!r}; it owes {known}")
    if len({each.entry_id for each in found}) > 1:
        about = "; ".join(each.because for each in found)
        raise UsageError(f"{file.matter.number} owes {key} more than once ({about}); say which with --entry N")
    return found[0]


def _order(file: MatterFile, entry: str | None) -> EntryMeaning:
    """The order whose dates are typed: the one named, the one a task asks about, else the matter's only one."""
    if entry is not None:
        named = _entry(file, entry)
        if named.reach != "matter" or not _ORDERS.intersection(named.detection.kinds):
            raise UsageError(f"{named.entry.label} is no order of {file.matter.number} that sets its dates")
        return named
    asked = {each.entry_id for each in file.posture.tasks if each.key == "order-dates"}
    orders = [each for each in file.entries if each.reach == "matter" and _ORDERS.intersection(each.detection.kinds)]
    found = [each for each in orders if each.entry.id in asked] or orders
    if len(found) != 1:
        labels = ", ".join(each.entry.label for each in found)
        told = f"has several orders ({labels}); say which with --entry N" if found else "has no order whose dates could be typed"
        raise UsageError(f"{file.matter.number} {told}")
    return found[0]


def _typed(file: MatterFile, hand: Hand, order: EntryMeaning, dates: Sequence[tuple[str, date]]) -> Decision:
    """The decision that the paper of an order sets these dates. Raises UsageError for a name or a day that cannot be."""
    for name, day in dates:
        if name not in ORDER_DATES:
            raise UsageError(f"--date {name}: an order sets {', '.join(ORDER_DATES)}")
        if order.entry.day is not None and day < order.entry.day:
            raise UsageError(f"--date {name}={day}: lies before {order.entry.label} of {order.entry.day}")
    return hand.decision(
        DecisionKind.ORDER_DATES, matter_id=file.matter.id, entry_id=order.entry.id, dates=tuple(dict(dates).items())
    )


def _entry(file: MatterFile, words: str) -> EntryMeaning:
    """The entry of a matter's docket by document number, or by its id. Raises UsageError."""
    found = [each for each in file.entries if words in (str(each.entry.document_number), each.entry.id)]
    if len(found) != 1:
        raise UsageError(f"no entry {words!r} on the docket of {file.matter.number}; write its document number")
    return found[0]


def _is_request(meaning: EntryMeaning) -> bool:
    return meaning.reach == "matter" and EventKind.LM_REQUEST in meaning.detection.kinds
