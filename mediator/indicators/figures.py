"""The figures of a group of matters: medians and quartiles of days, shares, reasons; small numbers never told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles

from docketbridge.api import RejectionReason, State

from .measuring import DocketSide, Measured, PortalSide

SMALLEST = 5
"""A figure of fewer matters than this could tell of one of them, and is not given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Days of some matters: how many, the median, the quartiles (inclusive). All None where they are too few."""

    n: int | None
    median: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share in percent of `n` matters; None where they are too few."""

    n: int | None
    percent: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One indicator from both ledgers; `difference` is docket less portal, in days or points, and `why` they differ."""

    key: str
    title: str
    unit: str
    portal: Spread | Share | None
    docket: Spread | Share | None
    why: str

    @property
    def difference(self) -> float | None:
        """Docket less portal, to a tenth; None unless both are told."""
        one, other = _figure(self.portal), _figure(self.docket)
        return round(other - one, 1) if one is not None and other is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All indicators of one group: the six of the portal beside the docket's, and the docket's own."""

    lines: tuple[Line, ...]
    reasons: tuple[tuple[RejectionReason, int | None], ...]
    dismissed: int | None
    n: int | None


@dataclass(frozen=True, slots=True)
class _Timed:
    key: str
    title: str
    why: str
    portal: Callable[[PortalSide], int | None]
    docket: Callable[[DocketSide], int | None]


_TIMES = (
    _Timed(
        "intake",
        "Time to complete intake",
        "The portal counts from the first package to the complete one; the docket from the request to the order.",
        lambda side: _days(side.submitted, side.complete),
        lambda side: _days(side.requested, side.ordered),
    ),
    _Timed(
        "decision",
        "Time to decision",
        "The portal counts from the complete package to the servicer's decision; the docket from the order to the end.",
        lambda side: _days(side.complete, side.decided),
        lambda side: _days(side.ordered, side.ended),
    ),
    _Timed(
        "close",
        "Time to close",
        "The portal closes when the servicer does; the docket when the court has approved, ended or dismissed.",
        lambda side: _days(side.submitted, side.closed),
        lambda side: _days(side.requested, side.ended),
    ),
)


def figures_of(some: Sequence[Measured], *, smallest: int = SMALLEST) -> Figures:
    """The figures of these matters. `smallest` is the fewest matters a figure is given for."""
    portals = [each.portal for each in some if each.portal is not None]
    dockets = [each.docket for each in some]
    lines = [
        Line(
            key=time.key,
            title=time.title,
            unit="days",
            portal=spread([time.portal(each) for each in portals], smallest=smallest),
            docket=spread([time.docket(each) for each in dockets], smallest=smallest),
            why=time.why,
        )
        for time in _TIMES
    ]
    lines += [
        Line(
            key="rejected",
            title="Files rejected",
            unit="percent",
            portal=share([bool(each.rejections) for each in portals], smallest=smallest),
            docket=share([each.end is State.DENIED for each in dockets if each.ended or each.ordered], smallest=smallest),
            why="A file sent back at intake can be sent again; a request that the court denied is at its end.",
        ),
        Line(
            key="approved",
            title="Files approved",
            unit="percent",
            portal=_mixed([each.approved for each in portals if each.approved is not None], smallest),
            docket=share([each.end is State.APPROVED for each in dockets if each.end is not None], smallest=smallest),
            why="The servicer's yes is counted where it was told; the docket's when the court approved.",
        ),
        Line(
            key="in_program",
            title="Days in the program",
            unit="days",
            portal=None,
            docket=spread([each.days_in_program for each in dockets], smallest=smallest),
            why="Only the docket knows the period.",
        ),
        Line(
            key="extensions",
            title="Extensions a matter",
            unit="times",
            portal=None,
            docket=spread([each.extensions for each in dockets if each.ordered is not None], smallest=smallest),
            why="Only the docket knows extensions.",
        ),
    ]
    counted = Counter(reason for each in portals for reason in set(each.rejections))
    dismissed = sum(each.end is State.DISMISSED_IN_LM for each in dockets)
    ranked = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return Figures(
        lines=tuple(lines),
        reasons=tuple((reason, told(count, smallest)) for reason, count in ranked),
        dismissed=told(dismissed, smallest),
        n=told(len(some), smallest),
    )


def spread(days: Sequence[int | None], *, smallest: int = SMALLEST) -> Spread:
    """Median and quartiles of the days that are known."""
    known = sorted(each for each in days if each is not None)
    if len(known) < max(smallest, 1):
        return Spread(n=told(len(known), smallest))
    lower, _, upper = quantiles(known, n=4, method="inclusive") if len(known) > 1 else (known[0],) * 3
    return Spread(n=len(known), median=float(median(known)), lower=float(lower), upper=float(upper))


def share(answers: Sequence[bool], *, smallest: int = SMALLEST) -> Share:
    """How many in a hundred are so, to a tenth."""
    if len(answers) < max(smallest, 1):
        return Share(n=told(len(answers), smallest))
    return Share(n=len(answers), percent=round(100 * sum(answers) / len(answers), 1))


def _mixed(answers: Sequence[bool], smallest: int) -> Share:
    """A share that is not told where all answers are one: it would tell each of them (FRE 408)."""
    return share(answers, smallest=smallest) if 0 < sum(answers) < len(answers) or not answers else Share(n=None)


def told(count: int, smallest: int) -> int | None:
    """A count, or None where it is so small that it could tell of one matter; nought tells of nobody."""
    return count if count == 0 or count >= smallest else None


def _days(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start is not None and end is not None and end >= start else None


def _figure(side: Spread | Share | None) -> float | None:
    if side is None:
        return None
    return side.median if isinstance(side, Spread) else side.percent
