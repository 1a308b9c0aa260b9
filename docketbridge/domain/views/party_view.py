"""A party's own matter in plain words: where it stands, what that side must do by when, what the others do, what is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from docketbridge.domain.deadlines import Deadline, DeadlineStatus
from docketbridge.domain.fold.hearings_shown import clock_of, words_about
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import State
from docketbridge.domain.views.told_to_a_party import told_to_a_party

_STANDS = {
    State.PLAN_INTEREST: "The plan says that loss mitigation is wanted. The request itself has not been filed yet.",
    State.REQUESTED: "Loss mitigation was asked for. The court waits to see whether anybody objects.",
    State.OBJECTED: "Loss mitigation was asked for, and somebody objected. The judge decides what follows.",
    State.HEARING_SET: "Loss mitigation was asked for, and a hearing on it is set.",
    State.RIPE: "Loss mitigation was asked for, and nobody objected in time. The judge decides; nothing is granted yet.",
    State.ACTIVE: "The court ordered loss mitigation, and the period is running.",
    State.APPROVED: "The court approved what the parties agreed.",
    State.TERMINATED: "The court ended loss mitigation early.",
    State.EXPIRED: "The loss mitigation period is over.",
    State.DENIED: "The court did not order loss mitigation.",
    State.WITHDRAWN: "The request was withdrawn.",
    State.DISMISSED_IN_LM: "The case was dismissed while loss mitigation was under way.",
    State.CLOSED: "The matter is closed.",
}
_PENDING = {
    "extension": "More time was asked for",
    "approval": "Approval of an agreement was asked for",
    "trial": "A trial plan was approved",
    "objection": "An objection is open",
    "motion_terminate": "Somebody asked the court to end loss mitigation early",
    "motion_compel": "Somebody asked the court to enforce the procedures",
    "motion_dismiss": "Somebody asked the court to dismiss the case",
    "lift_stay": "The creditor asked for relief from the stay",
}
_OPEN = (DeadlineStatus.RUNNING, DeadlineStatus.WAITING)
_GONE_BY = (DeadlineStatus.LAPSED, DeadlineStatus.PASSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something to do: by whom (`you`, `both sides`, `anyone`, else who), by which day, how that day was come by, its rule.

    `day` is the earliest reading, the only one a party is told; None while the day waits for something. `over` says that the
    day has gone by and that the docket does not show the thing done.
    """

    what: str
    whose: str
    day: date | None
    waits_for: str | None
    over: bool
    trace: tuple[str, ...]
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A hearing or conference ahead: local court time, where the docket tells one."""

    what: str
    day: date
    clock: str | None
    place: str | None
    note: str
    label: str
    authority_minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """All that a party's page shows of its own matter. `side` is `debtor` or `creditor`."""

    file: MatterFile
    side: str
    stands: str
    pending: tuple[str, ...]
    yours: tuple[Duty, ...]
    others: tuple[Duty, ...]
    done: tuple[str, ...]
    heard: tuple[Heard, ...]
    ends: date | None
    provisional: bool


def party_view(file: MatterFile, side: str) -> PartyView:
    """Draw one matter together for one side; a file that still holds the court's own reading is told without it."""
    told = told_to_a_party(file)
    duties = sorted(_duties(told, side), key=lambda each: (each.day or date.max, each.what))
    posture = told.posture
    return PartyView(
        file=told,
        side=side,
        stands=_STANDS[posture.state],
        pending=tuple(_pending(told)),
        yours=tuple(each for each in duties if each.whose in ("you", "both sides", "anyone")),
        others=tuple(each for each in duties if each.whose not in ("you", "both sides", "anyone")),
        done=tuple(f"{each.what}: {each.met_by or 'done'}" for each in posture.deadlines if each.status is DeadlineStatus.MET),
        heard=tuple(_heard(told)),
        ends=posture.dates.lm_end,
        provisional=posture.end_provisional is not None,
    )


def _pending(file: MatterFile) -> Iterator[str]:
    for item in file.posture.open_items:
        words = _PENDING.get(item.kind, item.kind.replace("_", " ").capitalize())
        by = f" by the {item.party}" if item.party in ("debtor", "creditor", "trustee") else ""
        yield f"{words}{by} on {item.since.day} {item.since:%B %Y} ({item.entry_label})."


def _duties(file: MatterFile, side: str) -> Iterator[Duty]:
    for each in file.posture.deadlines:
        if each.kind == "threshold" or each.status not in (*_OPEN, *_GONE_BY):
            continue
        over = each.earliest is not None and each.earliest < file.today
        if over and each.status in _GONE_BY and not _still_matters(each):
            continue
        yield Duty(
            what=each.what,
            whose=_whose(each.owner, side),
            day=each.earliest,
            waits_for=each.waiting_for if each.earliest is None else None,
            over=over,
            trace=each.readings.earliest.trace if each.readings else (),
            cite=each.cite,
        )


def _still_matters(deadline: Deadline) -> bool:
    """Whether something past its day is still owed: a paper or a report; a time to object that is over is over."""
    return deadline.status is DeadlineStatus.LAPSED and deadline.kind in ("status_report", "schedules")


def _whose(owner: str, side: str) -> str:
    if owner == side:
        return "you"
    return {"both": "both sides", "any party": "anyone"}.get(owner, f"the {owner}")


def _heard(file: MatterFile) -> Iterator[Heard]:
    for each in sorted(file.posture.hearings, key=lambda hearing: hearing.start):
        if each.is_ahead(file.today):
            yield Heard(
                what=words_about(each.about),
                day=each.start.date(),
                clock=clock_of(each),
                place=each.place,
                note=each.note,
                label=each.entry_label,
                authority_minutes=file.authority_ready_minutes if each.about == "lm_conference" else None,
            )
