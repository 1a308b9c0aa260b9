"""Groups matters by court, judge, creditor, mediator, chapter and quarter, and counts what happened to them in a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from docketbridge.api import Passage, State

from .figures import SMALLEST, Figures, figures_of
from .measuring import Measured

DIMENSIONS = ("court", "judge", "creditor", "mediator", "chapter", "quarter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of the matters that share something: `judge` `DFL`; `all` stands for every one."""

    dimension: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What a judge's matters did in a period, in numbers of matters; management's, so not suppressed: a docket is public."""

    judge: str
    requested: int = 0
    ordered: int = 0
    extended: int = 0
    approved: int = 0
    terminated: int = 0
    expired: int = 0
    dismissed: int = 0
    denied: int = 0
    pending: int = 0


def groups_of(
    measured: Sequence[Measured],
    *,
    start: date | None,
    end: date | None,
    by: Sequence[str] = DIMENSIONS,
    smallest: int = SMALLEST,
) -> tuple[Group, ...]:
    """The groups, by these dimensions, of the matters asked for in the period, every one first.

    A dimension of which one group alone is too small to tell loses its next smallest too: else one could be taken from all.
    """
    some = [each for each in measured if within(each.docket.requested, start, end)]
    groups = [Group(dimension="all", name="every matter", figures=figures_of(some, smallest=smallest))]
    for dimension in by:
        parts: dict[str, list[Measured]] = defaultdict(list)
        for each in some:
            parts[getattr(each, dimension)].append(each)
        hidden = _hidden(parts, smallest)
        for name, part in sorted(parts.items()):
            floor = len(part) + 1 if name in hidden else smallest
            groups.append(Group(dimension=dimension, name=name, figures=figures_of(part, smallest=floor)))
    return tuple(groups)


def _hidden(parts: dict[str, list[Measured]], smallest: int) -> frozenset[str]:
    small = {name for name, part in parts.items() if len(part) < smallest}
    if len(small) == 1 and len(parts) > 1:
        small.add(min((name for name in parts if name not in small), key=lambda name: (len(parts[name]), name)))
    return frozenset(small)


def within(day: date | None, start: date | None, end: date | None) -> bool:
    """Whether a day lies in a period, both ends in it; an end that is None is open."""
    return day is not None and (start is None or day >= start) and (end is None or day <= end)


_COUNTED = {
    State.REQUESTED: "requested",
    State.APPROVED: "approved",
    State.TERMINATED: "terminated",
    State.EXPIRED: "expired",
    State.DISMISSED_IN_LM: "dismissed",
    State.DENIED: "denied",
}


def activity_of(passages: Iterable[Passage], *, start: date | None, end: date | None) -> tuple[Activity, ...]:
    """Count the steps of every judge's matters in a period; a matter counts once for each kind of step."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for passage in passages:
        judge = passage.judge.upper() if passage.judge else "not known"
        steps = [each for each in passage.moves if within(each.day, start, end)]
        happened = {_COUNTED[each.target] for each in steps if each.target in _COUNTED and each.source is not each.target}
        active = [each for each in steps if each.target is State.ACTIVE]
        if any(each.on == "lm_order" for each in active):
            happened.add("ordered")
        if any(each.source is State.ACTIVE and each.on.startswith("lm_extension") for each in active):
            happened.add("extended")
        if passage.state is State.ACTIVE:
            happened.add("pending")
        for kind in happened:
            counts[judge][kind] += 1
    return tuple(Activity(judge=judge, **some) for judge, some in sorted(counts.items()))
