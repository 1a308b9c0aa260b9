"""One court's program as typed parameters: every rule with its citation and how well it was checked.

`programs/` reads these from TOML; `posture`, `deadlines` and `detecting` take their numbers from here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from docketbridge.domain.deadlines import Period


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

    `state_holidays` names what the state adds to the federal days; `doubtful` those that a statute lists but offices keep
    open, or Saturday holidays the state keeps on Monday: closed in `latest`, open in `earliest`.
    """

    id: str
    name: str
    district: str
    timezone: str
    state: str
    clerk_opens: str = "09:00"
    clerk_closes: str = "16:00"
    removed_holidays: tuple[str, ...] = ()
    doubtful_fixed_days: tuple[str, ...] = ()
    saturday_state_observance: str | None = None
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
    """What the program does to lift-stay motions (LMP VI.B.1; 11 U.S.C. 362(e))."""

    effect: str | None = None
    applies_to: str = "lm_creditor"
    needs_dated_finding: bool = False
    watch_days: tuple[int, ...] = ()
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One version of one court's program. A matter keeps the version of its request date."""

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
    order_reminder_days: int | None = None
    authority_ready_minutes: int | None = None
    note: str = ""
    detect: tuple[tuple[str, str], ...] = ()
    _index: dict[str, Rule] = field(default_factory=dict, init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        for rule in self.rules:
            self._index[rule.key] = rule

    def rule(self, key: str) -> Rule | None:
        """The rule of this key, or None where the program has none."""
        return self._index.get(key)

    def covers(self, *, court: str, judge: str | None, chapter: int | None, requested: date) -> bool:
        """Whether a request of this day, before this judge, in this chapter comes under this version."""
        return (
            court == self.court
            and ("*" in self.judges or (judge or "").lower() in self.judges)
            and (chapter is None or chapter in self.chapters)
            and self.effective_from <= requested
            and (self.effective_to is None or requested <= self.effective_to)
        )
