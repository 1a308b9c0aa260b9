"""The fold's working sheet: what is known of a matter so far, while its events and lapses are gone through."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from docketbridge.domain.deadlines import Deadline, DeadlineStatus, Readings
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.events import CaseEvent, EventKind, Fact, OrderDates
from docketbridge.domain.fold.account_histories import is_account_history
from docketbridge.domain.fold.citing import cite_as
from docketbridge.domain.linking.doubting import Doubt
from docketbridge.domain.matters import CaseFacts, Matter
from docketbridge.domain.profile import Profile, Rule
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.standing import BEFORE_ACTIVE, Hearing, Note, OpenItem, State, Step, Unexpected
from docketbridge.domain.watching import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What moves the fold: an event's kind, a fact beside it, a lapse (`lapsed:` and the key), or a person's choice."""

    on: str
    day: date
    event: CaseEvent | None = None
    fact: Fact | None = None
    running: Running | None = None
    decision: Decision | None = None

    @property
    def label(self) -> str | None:
        """The entry's name for people, if an entry is behind it."""
        return self.event.entry_label if self.event else None

    @property
    def docketed(self) -> CaseEvent:
        """The event behind it. Only transitions on an event's kind or fact may ask."""
        if self.event is None:
            raise LookupError(f"{self.on} has no entry")
        return self.event


@dataclass(slots=True, kw_only=True)
class Running:
    """A deadline while the fold runs. `held` says why its lapse may not be acted on; `since` is where its silence begins."""

    rule: Rule
    cycle: int
    turn: int
    status: DeadlineStatus
    readings: Readings | None = None
    latest: date | None = None
    started_by: str | None = None
    started_by_link: str | None = None
    entry_id: str | None = None
    since: datetime | None = None
    waiting_for: str | None = None
    met_by: str | None = None
    mooted_by: str | None = None
    moved_from: date | None = None
    moved_by: str | None = None
    provisional: str | None = None
    held: str | None = None

    def read(self, readings: Readings) -> None:
        """Take its two readings, and keep the day after which silence counts."""
        self.readings, self.latest = readings, readings.latest.day

    @property
    def runs(self) -> bool:
        """Whether it can still be met, mooted or lapse."""
        return self.status in (DeadlineStatus.RUNNING, DeadlineStatus.WAITING)

    def copied(self) -> Running:
        """A copy that later changes do not reach; `dataclasses.replace` would check each field anew, many thousand times."""
        other = object.__new__(Running)
        for name in _FIELDS:
            setattr(other, name, getattr(self, name))
        return other

    def frozen(self) -> Deadline:
        """The deadline as the posture gives it."""
        return Deadline(
            key=self.rule.key,
            cycle=self.cycle,
            turn=self.turn,
            what=self.rule.what,
            kind=self.rule.kind,
            owner=self.rule.owner,
            cite=self.rule.cite,
            checked=self.rule.checked.value,
            status=self.status,
            readings=self.readings,
            started_by=self.started_by,
            started_by_link=self.started_by_link,
            waiting_for=self.waiting_for,
            met_by=self.met_by,
            mooted_by=self.mooted_by,
            moved_from=self.moved_from,
            moved_by=self.moved_by,
            provisional=self.provisional or self.held,
        )


_FIELDS = tuple(each.name for each in fields(Running))


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is known of one service of a request: the day, how (mail, ecf, hand), and where that was read."""

    day: date | None
    method: str | None
    label: str
    no_later_than: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Something asked of a person until an entry or the person answers it: the task's key and what it is about."""

    key: str
    day: date
    because: str
    entry_id: str | None = None


@dataclass(slots=True, kw_only=True)
class StayLine:
    """A line of the lift-stay ledger while the fold runs."""

    event: CaseEvent
    filed: date
    creditor: str | None
    by_lm_creditor: bool
    elsewhere: bool = False
    hearing: datetime | None = None
    hearing_set_on: date | None = None
    postponements: list[tuple[date, str]] = field(default_factory=list)
    covered_through: date | None = None
    covered_by: str | None = None
    outcome: str | None = None

    @property
    def pending(self) -> bool:
        """Whether the motion still waits to be decided."""
        return self.outcome is None


@dataclass(slots=True, kw_only=True)
class CaseKnowledge:
    """What the docket has told of the whole case, whatever the matter's state: meeting, plan, discharge, orders."""

    meeting_341: tuple[date, str] | None = None
    discharge_objections_due: tuple[date, str] | None = None
    deferral_sought: str | None = None
    deferred: tuple[date, date | None, str] | None = None
    discharged: tuple[date, str] | None = None
    no_distribution: tuple[date, str] | None = None
    plan_filed: CaseEvent | None = None
    confirmed: str | None = None
    converted: tuple[date, str] | None = None
    stay_lifted_for_creditor: str | None = None
    report_approved: str | None = None
    repeat_filer: str | None = None
    dismissed: tuple[date, str] | None = None
    conference_asked: tuple[date, str] | None = None


@dataclass(slots=True, kw_only=True)
class LossMitigation:
    """What a vacated order gives back: everything that the LM order and its cascade set."""

    state: State | None = None
    dates: OrderDates = field(default_factory=OrderDates)
    open_items: list[OpenItem] = field(default_factory=list)
    running: list[Running] = field(default_factory=list)
    by_key: dict[str, list[Running]] = field(default_factory=dict)
    asks: list[Ask] = field(default_factory=list)
    order: CaseEvent | None = None
    end_provisional: str | None = None
    moved_by_silence_from: date | None = None
    end_set_on: date | None = None
    lm_end_was: list[tuple[date, str]] = field(default_factory=list)
    extended_days: int = 0
    ended_on: date | None = None

    def add(self, running: Running) -> None:
        """Add a deadline; the newest of a key is the last of its list."""
        self.running.append(running)
        self.by_key.setdefault(running.rule.key, []).append(running)

    def renew(self, running: Running) -> None:
        """Make a deadline the newest again."""
        self.running.remove(running)
        self.by_key[running.rule.key].remove(running)
        self.add(running)

    def copied(self) -> LossMitigation:
        """A copy that later changes do not reach."""
        other = replace(
            self, open_items=list(self.open_items), running=[], by_key={}, asks=list(self.asks), lm_end_was=list(self.lm_end_was)
        )
        for each in self.running:
            other.add(each.copied())
        return other


@dataclass(slots=True, kw_only=True)
class Course:
    """All that the fold carries from one happening to the next."""

    profile: Profile
    court_days: CourtDays
    watch: Watch
    case: CaseFacts
    matter: Matter
    today: date
    decisions: tuple[Decision, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    lm: LossMitigation = field(default_factory=LossMitigation)
    known: CaseKnowledge = field(default_factory=CaseKnowledge)
    cycle: int = 1
    now: date = date.min
    request: CaseEvent | None = None
    requested_by: str | None = None
    services: list[Service] = field(default_factory=list)
    stated_objection_day: tuple[date, str] | None = None
    steps: list[Step] = field(default_factory=list)
    unexpected: list[Unexpected] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)
    stay: list[StayLine] = field(default_factory=list)
    before_dismissal: LossMitigation | None = None
    before_order: list[tuple[CaseEvent, LossMitigation]] = field(default_factory=list)
    consent_by: str | None = None
    removed_hearing: str | None = None
    hearing_set_on: dict[str, date] = field(default_factory=dict)
    to_set: bool = False

    @property
    def state(self) -> State | None:
        """The state reached so far."""
        return self.lm.state

    @property
    def firm_end(self) -> date | None:
        """The end of the period as an order or a joint paper set it; one that silence moved is not firm yet (AMB-14)."""
        return self.lm.moved_by_silence_from or self.lm.dates.lm_end

    @property
    def before_active(self) -> bool:
        """Whether no LM order binds yet."""
        return self.lm.state in BEFORE_ACTIVE

    def note(self, to: str, text: str, cite: str, event: CaseEvent | None = None) -> None:
        """Keep a remark once."""
        remark = Note(to=to, text=text, cite=cite_as(self.profile, cite), entry_label=event.entry_label if event else None)
        if remark not in self.notes:
            self.notes.append(remark)

    def ask(self, key: str, because: str, event: CaseEvent | None = None, *, day: date | None = None) -> None:
        """Open a task once for an entry."""
        opened = day or (event.day if event else None) or self.now
        self.ask_about(key, because, event.entry_id if event else None, day=opened)

    def ask_about(self, key: str, because: str, entry_id: str | None, *, day: date | None = None) -> None:
        """Open a task once for an entry known by its id."""
        if not any(each.key == key and each.entry_id == entry_id for each in self.lm.asks):
            self.lm.asks.append(Ask(key=key, day=day or self.now, because=because, entry_id=entry_id))

    def answered(self, *keys: str, entry_id: str | None = None) -> None:
        """Close the tasks of these keys, of one entry or of all."""
        self.lm.asks = [
            each for each in self.lm.asks if each.key not in keys or (entry_id is not None and each.entry_id != entry_id)
        ]

    def items(self, *kinds: str) -> list[OpenItem]:
        """The open items of these kinds."""
        return [each for each in self.lm.open_items if each.kind in kinds]

    def open(self, item: OpenItem) -> None:
        """Add an open item, once for an entry."""
        if not any(each.entry_id == item.entry_id and each.kind == item.kind for each in self.lm.open_items):
            self.lm.open_items.append(item)

    def close(self, gone: list[OpenItem]) -> None:
        """Take items off the list of open ones."""
        self.lm.open_items = [each for each in self.lm.open_items if each not in gone]

    def decided(self, kind: DecisionKind, entry_id: str) -> Decision | None:
        """The latest decision of this kind about an entry."""
        found = [each for each in self.decisions if each.kind == kind and each.entry_id == entry_id]
        return max(found, key=lambda each: each.at, default=None)

    def joint(self, event: CaseEvent) -> bool | None:
        """Whether both sides stand behind a paper: a person's word first, then the docket's (AMB-13); None when unknown."""
        decision = self.decided(DecisionKind.JOINT, event.entry_id)
        if decision is not None and decision.choice in ("yes", "no"):
            return decision.choice == "yes"
        if event.kind is EventKind.LM_STATUS_REPORT and is_account_history(event.text):
            return False  # one side files it, and it reports for nobody else (LMP VII.C)
        return event.attributes.joint


@lru_cache(maxsize=16_384)
def words(day: date) -> str:
    """A day as people read it: 14 August 2026."""
    return f"{day.day} {day:%B %Y}"


def days(amount: int) -> timedelta:
    """So many calendar days."""
    return timedelta(days=amount)
