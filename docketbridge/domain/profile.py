"""One court's program as typed parameters: every rule with its citation and how well it was checked.

`programs/` reads these from TOML; `posture`, `deadlines` and `detecting` take their numbers from here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from docketbridge.domain.deadlines import Period
from docketbridge.domain.legal_holidays import StateDay


class Checked(StrEnum):
    """How far a value is verified; an unverified one is never acted on."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    INFERRED = "inferred"
    DESIGN = "design"
    UNVERIFIED = "unverified"


class EntryModel(StrEnum):
    """How a case enters loss mitigation: silence grants, consent is needed, or the order comes first."""

    SILENCE = "silence"
    CONSENT = "consent"
    ORDER_FIRST = "order_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the deadline catalogue (PROGRAM-RULES.md 1.10).

    `key` names the deadline, `what` says it to people, `owner` who must act. `met_by` and `mooted_by` are event kinds.
    """

    key: str
    what: str
    kind: str
    owner: str
    period: Period | None
    cite: str
    checked: Checked
    filing: bool = False
    met_by: tuple[str, ...] = ()
    mooted_by: tuple[str, ...] = ()
    chapters: tuple[int, ...] = ()

    def holds_in(self, chapter: int | None) -> bool:
        """Whether the rule speaks of cases in this chapter; one that names no chapter speaks of all."""
        return not self.chapters or chapter in self.chapters


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A day the court was not as usual (PROGRAM-RULES.md 4.5).

    `kind` is `inaccessible`, `declared_by_president`, `declared_by_state` or `court_leave`.
    """

    day: date
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtCalendar:
    """A court's days: zone, state, closures, clerk's hours (`programs/courts/*.toml`); it has no end.

    `state` names the state whose holidays close forward periods ("" for none); `cite` is that state's statute. `state_days`
    are those the `holidays` package lacks; `removed_holidays` are names it has and the state does not keep;
    `doubtful_holidays` are names a statute lists while offices stay open: closed in one reading, open in the other.
    """

    id: str
    name: str
    district: str
    timezone: str
    state: str
    clerk_opens: str = "09:00"
    clerk_closes: str = "16:00"
    clerk_hours_checked: Checked = Checked.UNVERIFIED
    removed_holidays: tuple[str, ...] = ()
    doubtful_holidays: tuple[str, ...] = ()
    state_days: tuple[StateDay, ...] = ()
    closures: tuple[Closure, ...] = ()
    address: tuple[str, ...] = ()
    cite: str = ""
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRules:
    """How the period may be extended (LMP IX.B)."""

    agreed_cap_days: int | None = None
    cap_scope: str = "per_request"
    auto_by_joint_status_date: bool = False
    needs_order: bool = True
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRules:
    """What the program does to lift-stay motions (LMP VI.B.1; 11 U.S.C. 362(e)).

    `takes_up_request`: a hearing on such a motion takes up a pending request too, and comes off by silence (LMP V.A.3).
    """

    effect: str | None = None
    applies_to: str = "lm_creditor"
    needs_dated_finding: bool = False
    watch_days: tuple[int, ...] = ()
    alarm_days: int = 10
    takes_up_request: bool = False
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDays:
    """In how many court days each task falls due, by its key (PROGRAM-RULES.md 1.13); a court may set its own."""

    by_key: tuple[tuple[str, int], ...] = ()

    def of(self, key: str, otherwise: int = 2) -> int:
        """Court days for the task of this key."""
        return next((days for name, days in self.by_key if name == key), otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where one table of the profile comes from, and how well that was checked."""

    table: str
    cite: str
    checked: Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A parameter of the program that starts no period: payments, portal, mediator's fee; cited and checked by itself."""

    name: str
    value: str | int | bool
    cite: str
    checked: Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentRule:
    """A rule of the program's text that moves nothing on a docket, with the reason."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One version of one court's program. A matter keeps the version of its request date.

    `meeting` and `mooting` are all the kinds that meet or moot some deadline; `told_cites` keeps citations once translated.
    `text` is the short name by which its citations call its own text; where that is `LMP`, the shape's do too. No
    `chapters` means that the sources limit the program to none.
    """

    id: str
    court: str
    name: str
    authority: str
    judges: tuple[str, ...]
    chapters: tuple[int, ...]
    effective_from: date
    effective_to: date | None
    checked: Checked
    entry_model: EntryModel
    rules: tuple[Rule, ...]
    order_dates: tuple[str, ...] = ()
    extension: ExtensionRules = ExtensionRules()
    stay: StayRules = StayRules()
    confirmation_effect: str | None = None
    mediator_used: bool = False
    plan_current_required: bool = False
    dismissal_guard: bool = False
    dismissal_exceptions: tuple[str, ...] = ()
    clerk_note: bool = False
    pro_se_hearing: bool = False
    one_sided_report: str | None = None
    authority_ready_minutes: int | None = None
    note: str = ""
    detect: tuple[tuple[str, str], ...] = ()
    task_days: TaskDays = TaskDays()
    citations: tuple[Citation, ...] = ()
    silent_rules: tuple[SilentRule, ...] = ()
    based_on: str | None = None
    text: str = "LMP"
    status_kind: str | None = None
    final_report_ends: bool = False
    values: tuple[Value, ...] = ()
    told_cites: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False, hash=False)
    meeting: frozenset[str] = field(default=frozenset(), init=False, repr=False, compare=False)
    mooting: frozenset[str] = field(default=frozenset(), init=False, repr=False, compare=False)
    _index: dict[str, Rule] = field(default_factory=dict, init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        for rule in self.rules:
            self._index[rule.key] = rule
        object.__setattr__(self, "meeting", frozenset(name for rule in self.rules for name in rule.met_by))
        object.__setattr__(self, "mooting", frozenset(name for rule in self.rules for name in rule.mooted_by))

    def rule(self, key: str) -> Rule | None:
        """The rule of this key, or None where the program has none."""
        return self._index.get(key)

    def value(self, name: str) -> str | int | bool | None:
        """A parameter of this name; None where the program's sources give none, or none that is verified."""
        found = (each for each in self.values if each.name == name and each.checked is not Checked.UNVERIFIED)
        return next((each.value for each in found), None)

    def citation(self, table: str) -> str:
        """The citation of one table of the profile; empty where the program says nothing of it."""
        return next((each.cite for each in self.citations if each.table == table), "")

    def covers(self, *, court: str, judge: str | None, chapter: int | None, requested: date) -> bool:
        """Whether a request of this day, before this judge, in this chapter comes under this version."""
        return (
            court == self.court
            and ("*" in self.judges or (judge or "").lower() in self.judges)
            and (chapter is None or not self.chapters or chapter in self.chapters)
            and self.effective_from <= requested
            and (self.effective_to is None or requested <= self.effective_to)
        )
