"""Measures one matter in both ledgers: what the portal's record says took how long, and what the docket says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from docketbridge.api import Passage, PortalAct, PortalFact, RejectionReason, ReviewOutcome, State
from mediator.record import local_day

_ENDS = (State.APPROVED, State.TERMINATED, State.EXPIRED, State.DISMISSED_IN_LM, State.DENIED, State.WITHDRAWN, State.CLOSED)
_APPROVED = (ReviewOutcome.APPROVED, ReviewOutcome.TRIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalSide:
    """The days of a matter's account. `approved` is what its last decision was; None: none, or not told."""

    submitted: date
    complete: date | None
    decided: date | None
    closed: date | None
    rejections: tuple[RejectionReason, ...]
    approved: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketSide:
    """The days of a matter's docket. `end` is the state that ended it, `ended` its day; None while it runs."""

    requested: date
    ordered: date | None
    ended: date | None
    end: State | None
    extensions: int
    through: date

    @property
    def days_in_program(self) -> int | None:
        """Days from the order to the end, or to the day looked at."""
        return ((self.ended or self.through) - self.ordered).days if self.ordered is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A matter in both ledgers, and by what it is grouped."""

    matter: str
    court: str
    judge: str
    creditor: str
    mediator: str
    chapter: str
    quarter: str
    docket: DocketSide
    portal: PortalSide | None


def measure(passage: Passage, portal: Sequence[PortalFact], zone: str, outcomes: Mapping[str, ReviewOutcome]) -> Measured | None:
    """Measure a matter by its passage and its portal's record; None for one that was never asked for.

    `zone` is that of the court's clock. `outcomes` are counted, never shown for one matter.
    """
    requested = passage.requested_on
    if requested is None:
        return None
    return Measured(
        matter=passage.number,
        court=passage.court,
        judge=passage.judge.upper() if passage.judge else "not known",
        creditor=passage.creditor or "not known",
        mediator=passage.mediator or "none",
        chapter=str(passage.chapter or "not known"),
        quarter=f"{requested.year} Q{(requested.month + 2) // 3}",
        docket=_docket(passage, requested),
        portal=_portal(portal, zone, outcomes),
    )


def _docket(passage: Passage, requested: date) -> DocketSide:
    moves = (each for each in passage.moves if each.day >= requested and each.target in _ENDS)
    last = next(moves, None) if passage.state in _ENDS else None
    return DocketSide(
        requested=requested,
        ordered=passage.ordered_on,
        ended=last.day if last is not None else None,
        end=last.target if last is not None else None,
        extensions=passage.extensions,
        through=passage.through,
    )


def _portal(facts: Sequence[PortalFact], zone: str, outcomes: Mapping[str, ReviewOutcome]) -> PortalSide | None:
    first = _first(facts, PortalAct.PACKAGE_SUBMITTED) or _first(facts, PortalAct.ACCOUNT_OPENED)
    if first is None:
        return None
    decisions = [each for each in facts if each.act is PortalAct.DECISION_GIVEN]
    told = [outcomes[each.id] for each in decisions if each.id in outcomes]
    closed = [each for each in facts if each.act is PortalAct.ACCOUNT_CLOSED]
    complete = _first(facts, PortalAct.PACKAGE_COMPLETE)
    return PortalSide(
        submitted=local_day(first, zone),
        complete=local_day(complete, zone) if complete is not None else None,
        decided=local_day(decisions[0], zone) if decisions else None,
        closed=local_day(closed[-1], zone) if closed else None,
        rejections=tuple(each.rejection or RejectionReason.OTHER for each in facts if each.act is PortalAct.FILE_REJECTED),
        approved=told[-1] in _APPROVED if told else None,
    )


def _first(facts: Sequence[PortalFact], act: PortalAct) -> PortalFact | None:
    return next((each for each in facts if each.act is act), None)
