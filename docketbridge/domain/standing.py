"""Where a matter stands and how it came there: the values that the fold of events (`posture.follow`) gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from docketbridge.domain.deadlines import Deadline
from docketbridge.domain.events import OrderDates


class State(StrEnum):
    """The states of a matter (PROGRAM-RULES.md 1.9)."""

    PLAN_INTEREST = "plan_interest"
    REQUESTED = "requested"
    OBJECTED = "objected"
    HEARING_SET = "hearing_set"
    RIPE = "ripe"
    ACTIVE = "active"
    APPROVED = "approved"
    TERMINATED = "terminated"
    EXPIRED = "expired"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    DISMISSED_IN_LM = "dismissed_in_lm"
    CLOSED = "closed"


BEFORE_ACTIVE = (State.PLAN_INTEREST, State.REQUESTED, State.OBJECTED, State.HEARING_SET, State.RIPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """Something open in an active or requested matter: an objection, an extension request, an approval, a motion.

    `kind` is `objection`, `extension`, `approval`, `motion_terminate`, `motion_compel`, `motion_dismiss`, `lift_stay`, `trial`.
    """

    kind: str
    entry_id: str
    entry_label: str
    since: date
    party: str | None = None
    document_number: int | None = None
    joint: bool | None = None
    until: date | None = None
    note: str = ""


# What silence and a person's choice move, in words; an event has its name.
_MOVED_BY = {
    "lapsed:obj_debtor_req": "no objection to the debtor’s request in time",
    "lapsed:obj_creditor_req": "no objection to the creditor’s request in time",
    "lapsed:consent_due": "no consent in time",
    "lapsed:ext_objection": "no objection to the extension in time",
    "lapsed:lm_end": "the loss mitigation period ended",
    "chose:hearing": "the court wants a hearing",
    "chose:overrule": "the court overruled the objection",
    "chose:disregard": "the court disregards the objection",
    "chose:close": "closed by hand",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One transition: on which day, from where to where, what moved it (an event or a lapse), with its citation."""

    day: date
    source: State | None
    target: State
    on: str
    entry_id: str | None
    entry_label: str | None
    cite: str
    note: str = ""

    @property
    def moved_by(self) -> str:
        """What moved it, in words: what nobody did in time, what a person chose, or the name of the event."""
        return _MOVED_BY.get(self.on) or self.on.rpartition(":")[2].replace("_", " ").replace("lm ", "LM ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexpected:
    """An event that nothing expected where it came: kept and shown, never dropped."""

    kind: str
    entry_id: str
    entry_label: str
    day: date
    state: State | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark for chambers or the clerk, with its citation and the entry it rests on."""

    to: str
    text: str
    cite: str
    entry_label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A hearing or conference of the matter. `start` is local court time; `status` is `set`, `moved`, `held` or `off`.

    `about` is `objection`, `lm_conference`, `lift_stay`, `confirmation`, `dismissal`, `approval` or `other`.
    """

    about: str
    start: datetime
    place: str | None
    status: str
    entry_id: str
    entry_label: str
    turn: int = 1
    moved_from: datetime | None = None
    moved_by: str | None = None
    note: str = ""
    link: str | None = None

    def is_ahead(self, today: date) -> bool:
        """Whether it is still to be held, today or later."""
        return self.status in ("set", "moved") and self.start.date() >= today


@dataclass(frozen=True, slots=True, kw_only=True)
class StayMotion:
    """A line of the lift-stay ledger: the motion, each postponement with its reason, the 362(e) points, what covers them."""

    entry_id: str
    entry_label: str
    filed: date
    creditor: str | None
    by_lm_creditor: bool
    document_number: int | None
    hearing: datetime | None
    postponements: tuple[tuple[date, str], ...]
    day_30: date
    day_60: date | None
    covered_through: date | None
    covered_by: str | None
    outcome: str | None
    governing_end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is owed by whom by when (PROGRAM-RULES.md 1.13); derived, closed by the event that makes it moot."""

    key: str
    owner: str
    what: str
    opened: date
    due: date | None
    because: str
    cite: str
    closed_by: str
    entry_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """Where a matter stands on a day. `shown` is the name people see (`extension_pending` is `active` with an open item).

    `changes_on` is the first later day on which silence alone changes anything; None when only an event can.
    `cycle` counts requests from 1; `lm_end_was` keeps earlier ends with the entry that moved each. `held_by` names the entries
    whose meaning is undecided and that hold a silence, by id.
    """

    state: State
    shown: str
    as_of: date
    cycle: int
    dates: OrderDates
    open_items: tuple[OpenItem, ...] = ()
    steps: tuple[Step, ...] = ()
    unexpected: tuple[Unexpected, ...] = ()
    notes: tuple[Note, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    stay_motions: tuple[StayMotion, ...] = ()
    tasks: tuple[Task, ...] = ()
    changes_on: date | None = None
    requested_by: str | None = None
    requested_on: date | None = None
    request_label: str | None = None
    ordered_on: date | None = None
    order_label: str | None = None
    end_provisional: str | None = None
    lm_end_was: tuple[tuple[date, str], ...] = ()
    extended_days: int = 0
    settled: bool = False
    silence: str = ""
    held_by: tuple[str, ...] = ()
