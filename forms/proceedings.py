"""What happens in a matter after the request, as papers tell it: hearing, report, extension, ruling, approval, dismissal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .phrases import clock

GROUNDS = {
    "benefit": "further sessions are likely to bring a substantial benefit to a Loss Mitigation Party",
    "bad_faith": "the party that opposes the extension did not act in good faith or materially failed to follow the Procedures",
    "no_prejudice": "the party that opposes the extension is not prejudiced by it",
    "other": "there is other cause",
}
"""LMP IX.B.2: any one of the four is enough."""

CAUSES = {
    "noncooperation": "the Debtor has not cooperated in loss mitigation",
    "agreement": "the Loss Mitigation Parties agree that it should end",
    "impasse": "further sessions are not likely to bring a resolution",
    "other": "there is other cause",
}
"""LMP IX.C.1 wants cause; VI.B.1.c names the debtor's failure to cooperate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPart:
    """The loss mitigation order on the docket."""

    document_number: int | None = None
    entered: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingPart:
    """A hearing that is set or to be set: its day, its time of day (`10:00`), where, and what it is about."""

    day: date | None = None
    time: str | None = None
    place: str | None = None
    about: str | None = None

    @property
    def time_words(self) -> str | None:
        """`10:00 a.m.`."""
        return clock(self.time) if self.time else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """What a joint status report says (LMP VII.C): sessions, resolution or not, whether more would help, more time.

    `resolution` is `none`, `partial` or `full`; what was offered or agreed has no field (FRE 408).
    """

    sessions: int | None = None
    resolution: str | None = None
    more_sessions: bool | None = None
    until: date | None = None
    next_report: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionPart:
    """A request to extend the period and what became of it (LMP IX.B). `extended_days` counts earlier extensions.

    `objection_due` is told to a party; on silence the court acts after `objection_last_day`, the latest reading.
    """

    document_number: int | None = None
    filed: date | None = None
    agreed: bool | None = None
    until: date | None = None
    reason: str | None = None
    objection_due: date | None = None
    objection_last_day: date | None = None
    objected: bool | None = None
    heard: date | None = None
    ground: str | None = None
    ground_stated: str | None = None
    next_report: date | None = None
    extended_days: int | None = None

    @property
    def ground_words(self) -> str | None:
        """The ground in words, as stated where it is another than the three named."""
        return self.ground_stated if self.ground == "other" and self.ground_stated else GROUNDS.get(self.ground or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingPart:
    """A ruling on the request: the day of the hearing, the reasons, and whether the denial bars another request."""

    heard: date | None = None
    reasons: str | None = None
    bars_another: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationPart:
    """The end of loss mitigation by order (LMP IX.C.1): who moved, the cause, and the expedited hearing of VI.B.1.c."""

    by: str | None = None
    document_number: int | None = None
    filed: date | None = None
    heard: date | None = None
    cause: str | None = None
    cause_stated: str | None = None
    stay_hearing: date | None = None

    @property
    def by_words(self) -> str | None:
        """Who moved, in words."""
        return {"debtor": "the Debtor", "creditor": "the Creditor", "court": "the Court"}.get(self.by or "")

    @property
    def cause_words(self) -> str | None:
        """The cause in words, as stated where it is another than those named."""
        return self.cause_stated if self.cause == "other" and self.cause_stated else CAUSES.get(self.cause or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPart:
    """A resolution's approval (LMP X): the request, the Form D with it, the order, and what is then due and seen.

    The terms have no field here: an order approves the agreement that is on the docket.
    """

    document_number: int | None = None
    filed: date | None = None
    form_d_number: int | None = None
    trial: bool = False
    heard: date | None = None
    fees_disclosed: date | None = None
    order_number: int | None = None
    entered: date | None = None
    due: date | None = None
    schedule_i_seen: bool = False
    schedule_j_seen: bool = False
    plan_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissalPart:
    """The order that dismissed the case."""

    document_number: int | None = None
    entered: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchPart:
    """What a judge needs on the bench, as rows: where the matter stands, how it came there, what is open, what is ahead."""

    posture: str | None = None
    payments: str | None = None
    history: tuple[tuple[str, ...], ...] = ()
    pending: tuple[tuple[str, ...], ...] = ()
    ahead: tuple[tuple[str, ...], ...] = ()
    stay: tuple[tuple[str, ...], ...] = ()
    notes: tuple[tuple[str, ...], ...] = ()
    seen: str | None = None
