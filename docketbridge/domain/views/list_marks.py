"""What makes a matter stand out in lists: age, quiet, extensions, a lodged date, a silence not settled, no counsel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.hearings_shown import clock_of
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import BEFORE_ACTIVE, State
from docketbridge.domain.views.list_shapes import LineKind, ListLine, is_pro_se

_LODGED = frozenset({EventKind.LM_PROPOSED_ORDER, EventKind.PROPOSED_ORDER, EventKind.LM_REQUEST})
_MARKED = (*BEFORE_ACTIVE, State.ACTIVE, State.APPROVED)


def marks_of(file: MatterFile) -> Iterator[ListLine]:
    """The marks of a matter under way; none of one that is over."""
    posture = file.posture
    if posture.state not in _MARKED:
        return
    if posture.requested_on is not None or posture.ordered_on is not None:
        label = posture.request_label if posture.requested_on else posture.order_label
        begun = posture.requested_on or posture.ordered_on
        yield _mark("begun", "requested" if posture.requested_on else "ordered", day=begun, label=label)
    own = [each for each in file.entries if each.reach != "other matter" and each.entry.day is not None]
    if own:
        last = max(own, key=lambda each: each.entry.day or date.min).entry
        yield _mark("last-entry", "last entry", day=last.day, label=last.label)
    if posture.lm_end_was:
        times, (_, label) = len(posture.lm_end_was), posture.lm_end_was[-1]
        told = f"extended {times} times" if times > 1 else "extended once"
        what = f"{told}, {posture.extended_days} days in all"
        yield _mark("extended", what, day=posture.dates.lm_end, label=label, count=times, cite="LMP IX.B")
    yield from _without_counsel(file)
    yield from _waiting_for_text(file)
    if posture.state in BEFORE_ACTIVE:
        yield from _lodged_dates(file)
        yield from _not_settled(file)


def _mark(key: str, what: str, *, day: date | None, label: str | None, count: int | None = None, cite: str = "") -> ListLine:
    return ListLine(kind=LineKind.MARK, key=key, what=what, day=day, label=label, count=count, cite=cite)


def _lodged_dates(file: MatterFile) -> Iterator[ListLine]:
    """The first of the dates that the newest lodged order tells: signed after it, the order would be stale (LMP VI.A)."""
    for each in reversed(file.entries):
        said = each.detection.attributes
        if each.reach != "matter" or not _LODGED & set(each.detection.kinds):
            continue
        known = said.order_dates
        told = [] if known is None else [(day, name) for name in known.__dataclass_fields__ if (day := getattr(known, name))]
        told += [(day, "status_due") for day in (said.status_report_due,) if day]
        told += [(day, "lm_end") for day in (said.lm_period_end,) if day]
        if told:
            day, name = min(told)
            what = f"the lodged order's {name.replace('_', ' ').replace('lm ', 'LM ')}"
            yield _mark("lodged-date", what, day=day, label=each.entry.label, cite="LMP VI.A")
            return


def _waiting_for_text(file: MatterFile) -> Iterator[ListLine]:
    """The entries that hold the matter's silence by their event's name alone: their text decides, not a person."""
    for each in file.entries:
        if each.entry.id in file.posture.held_by and not each.detection.needs_review:
            yield ListLine(
                kind=LineKind.MARK,
                key="text-awaited",
                what="its text has not come",
                day=each.entry.day,
                why=", ".join(each.entry.events),
                label=each.entry.label,
                entry=each.entry.id,
            )


def _not_settled(file: MatterFile) -> Iterator[ListLine]:
    """A request whose time to object parties take to be over, while the court may not yet act on silence (AMB-1)."""
    posture = file.posture
    if posture.settled or posture.state not in (State.REQUESTED, State.RIPE):
        return
    running = [
        each for each in posture.deadlines if each.key.startswith("obj_") and each.cycle == posture.cycle and each.readings
    ]
    if running:
        last = running[-1]
        yield ListLine(
            kind=LineKind.MARK,
            key="not-settled",
            what="not settled",
            day=last.earliest,
            latest=last.latest,
            why=posture.silence,
            cite=last.cite,
            label=last.started_by,
        )


def _without_counsel(file: MatterFile) -> Iterator[ListLine]:
    """An approval asked for while the debtor has no counsel: none before a hearing at which the debtor appears (LMP X.4.b)."""
    if not is_pro_se(file):
        return
    for item in file.posture.open_items:
        if item.kind == "approval":
            ahead = [each for each in file.posture.hearings if each.about == "approval" and each.is_ahead(file.today)]
            yield ListLine(
                kind=LineKind.MARK,
                key="pro-se-approval",
                what="approval asked for, debtor without counsel",
                day=ahead[-1].start.date() if ahead else None,
                clock=clock_of(ahead[-1]) if ahead else None,
                place=ahead[-1].place if ahead else None,
                since=item.since,
                why="" if ahead else "no hearing is set",
                cite="LMP X.4",
                label=item.entry_label,
                entry=item.entry_id,
            )
