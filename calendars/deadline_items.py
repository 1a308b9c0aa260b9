"""Deadlines of a matter → all-day items that say the rule, what started it, how it was computed and how it last moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from docketbridge.api import ComputedDate, Deadline, DeadlineStatus, MatterFile, StayMotion

from .calendar_item import CalendarItem, ItemKind, ItemStatus, Reading, uid_for
from .stay_items import cover_mark, cover_note, motion_behind
from .wording import case_of, day_words, heading, last_hours, lately, lines, masked, moved_words, of_creditor, public_words

_KINDS = {
    "objection": ItemKind.OBJECTION,
    "period_end": ItemKind.PERIOD_END,
    "status_report": ItemKind.STATUS_REPORT,
    "lift_stay": ItemKind.LIFT_STAY,
    "confirmation": ItemKind.CONFIRMATION,
    "schedules": ItemKind.SCHEDULES,
    "conference": ItemKind.CONFERENCE,
    "contact": ItemKind.CONTACT,
    "threshold": ItemKind.THRESHOLD,
}
_STAY_POINTS = frozenset({"stay_30", "stay_60"})
_STANDS = frozenset({DeadlineStatus.RUNNING, DeadlineStatus.PASSED})
_FROM_HEARINGS = "authority_ready"
# A request to extend or approve must be on the docket by the period's end (LMP IX.B), so that day too is a last day.
_FILED = frozenset({ItemKind.OBJECTION, ItemKind.STATUS_REPORT, ItemKind.SCHEDULES, ItemKind.PERIOD_END})
_FILED_KEYS = frozenset({"conf_objection", "discharge_earliest", "deferral_ends"})
_CATEGORIES = {
    ItemKind.STATUS_REPORT: ("Deadline", "Report"),
    ItemKind.STATUS_STEP: ("Deadline", "Report"),
    ItemKind.LIFT_STAY: ("Deadline", "Lift-stay"),
    ItemKind.STAY_POINT: ("Deadline", "Lift-stay"),
}
_DOUBTFUL = frozenset({"inferred", "design", "secondary"})


def kind_of(deadline: Deadline) -> ItemKind:
    """Sort a deadline: report dates before the report are steps, the points of 11 U.S.C. 362(e) are their own kind."""
    if deadline.key in _STAY_POINTS:
        return ItemKind.STAY_POINT
    kind = _KINDS.get(deadline.kind, ItemKind.OTHER)
    if kind is ItemKind.STATUS_REPORT and deadline.key != "status_due":
        return ItemKind.STATUS_STEP
    return kind


def deadline_items(file: MatterFile, reading: Reading) -> Iterator[CalendarItem]:
    """Give an item for each deadline that has a date; one that still waits for its anchor has none.

    A deadline that moved is one item under the UID of its first turn, whatever turn tells it now.
    """
    deadlines = file.posture.deadlines
    for deadline in deadlines:
        if deadline.readings is None or deadline.key == _FROM_HEARINGS or any(_follows(each, deadline) for each in deadlines):
            continue
        yield _item(file, deadline, reading, first_turn=_first_turn(deadline, deadlines))


def _follows(later: Deadline, earlier: Deadline) -> bool:
    """Whether one turn of a deadline took another's place: a day moved, or counted anew from the entry that ended the other."""
    if (later.key, later.cycle) != (earlier.key, earlier.cycle) or later.turn <= earlier.turn:
        return False
    if earlier.status is DeadlineStatus.EXTENDED:
        return True
    moved = later.moved_from is not None and later.moved_from == earlier.latest
    anew = later.started_by is not None and later.started_by == earlier.mooted_by
    return earlier.status is DeadlineStatus.MOOTED and (moved or anew)


def _first_turn(deadline: Deadline, among: Iterable[Deadline]) -> int:
    turn = deadline
    for earlier in sorted(among, key=lambda each: -each.turn):
        if _follows(turn, earlier):
            turn = earlier
    return turn.turn


def _item(file: MatterFile, deadline: Deadline, reading: Reading, *, first_turn: int) -> CalendarItem:
    day = _shown(deadline, reading).day
    kind = kind_of(deadline)
    return CalendarItem(
        uid=uid_for(*_identity(file, deadline, reading, first_turn)),
        subject=file.matter.id,
        reading=reading,
        case=case_of(file),
        kind=kind,
        summary=_marked(file, deadline, f"{file.case.number} {_words(file, deadline, day)}{of_creditor(file)}"),
        public=_marked(file, deadline, public_words(file, _words(file, deadline, day))),
        rule=deadline.cite,
        done=deadline.status is DeadlineStatus.MET,
        start=day,
        end=day + timedelta(days=1),
        description=_description(file, deadline, reading),
        url=deadline.started_by_link or file.case.link or "",
        categories=_CATEGORIES.get(kind, ("Deadline",)),
        status=_status(file, deadline, day),
    )


def _identity(file: MatterFile, deadline: Deadline, reading: Reading, turn: int) -> tuple[str | int, ...]:
    # The two readings are two publications, each with its own SEQUENCE, so each has its own UID.
    apart = ("earliest",) if reading is Reading.EARLIEST else ()
    return (file.matter.id, deadline.key, deadline.cycle, turn, *apart)


def _shown(deadline: Deadline, reading: Reading) -> ComputedDate:
    assert deadline.readings is not None  # noqa: S101 - deadline_items passes over deadlines without readings
    return deadline.readings.earliest if reading is Reading.EARLIEST else deadline.readings.latest


def _is_provisional(file: MatterFile, deadline: Deadline, day: date) -> bool:
    return deadline.provisional is not None and deadline.status is DeadlineStatus.RUNNING and day >= file.today


def _status(file: MatterFile, deadline: Deadline, day: date) -> ItemStatus:
    if deadline.status is DeadlineStatus.MOOTED:
        return ItemStatus.CANCELLED
    return ItemStatus.TENTATIVE if _is_provisional(file, deadline, day) else ItemStatus.CONFIRMED


def _words(file: MatterFile, deadline: Deadline, day: date) -> str:
    provisional = " (provisional)" if _is_provisional(file, deadline, day) else ""
    motion = _open_motion(file, deadline)
    cover = f", {motion.entry_label}{cover_mark(motion, day)}" if motion else ""
    return f"{masked(deadline.what)}{cover}{provisional}"


def _marked(file: MatterFile, deadline: Deadline, words: str) -> str:
    if deadline.status is DeadlineStatus.MOOTED:
        return f"CANCELLED: {words}"
    if deadline.status is DeadlineStatus.MET:
        return f"MET: {words}"
    if deadline.moved_from and lately(file, deadline.moved_by):
        return f"MOVED: was {day_words(deadline.moved_from)} – {words}"
    return words


def _description(file: MatterFile, deadline: Deadline, reading: Reading) -> str:
    return lines(
        (
            heading(file),
            f"Rule: {deadline.cite}" + (f" (checked: {deadline.checked})" if deadline.checked in _DOUBTFUL else ""),
            f"Owed by: {deadline.owner}" if deadline.owner else "",
            _started(deadline),
            *_computation(deadline, reading),
            last_hours(file) if _is_filed(deadline) else "",
            _cover(file, deadline, _shown(deadline, reading).day),
            _provisional(file, deadline, _shown(deadline, reading).day),
            _last_change(file, deadline),
            _outcome(deadline),
        )
    )


def _open_motion(file: MatterFile, deadline: Deadline) -> StayMotion | None:
    if kind_of(deadline) is not ItemKind.STAY_POINT or deadline.status not in _STANDS:
        return None
    return motion_behind(file, deadline)


def _cover(file: MatterFile, deadline: Deadline, day: date) -> str:
    motion = _open_motion(file, deadline)
    return cover_note(motion, day) if motion else ""


def _provisional(file: MatterFile, deadline: Deadline, day: date) -> str:
    if deadline.provisional is None:
        return ""
    return f"{'Provisional' if _is_provisional(file, deadline, day) else 'Note'}: {masked(deadline.provisional)}"


def _started(deadline: Deadline) -> str:
    if deadline.started_by is None:
        return ""
    link = f" ({deadline.started_by_link})" if deadline.started_by_link else ""
    return f"Started by: {deadline.started_by}{link}"


def _computation(deadline: Deadline, reading: Reading) -> Iterator[str]:
    shown = _shown(deadline, reading)
    other_reading = Reading.LATEST if reading is Reading.EARLIEST else Reading.EARLIEST
    other = _shown(deadline, other_reading)
    if shown.day == other.day and shown.trace == other.trace:
        yield f"Computed: {_trace(shown)}"
        return
    if shown.day != other.day:
        first, second = (shown, other) if reading is Reading.EARLIEST else (other, shown)
        yield f"Two readings: earliest {_due(first)} (for the party), latest {_due(second)} (before the court acts on silence)."
        yield f"This calendar shows the {reading} reading."
    yield f"Computed, {reading}: {_trace(shown)}"
    yield f"Computed, {other_reading}: {_trace(other)}"


def _trace(computed: ComputedDate) -> str:
    return masked("; ".join(computed.trace)) or _due(computed)


def _due(computed: ComputedDate) -> str:
    due = computed.due
    return f"{day_words(due)}, {due:%H:%M}" if isinstance(due, datetime) else day_words(due)


def _is_filed(deadline: Deadline) -> bool:
    return kind_of(deadline) in _FILED or deadline.key in _FILED_KEYS


def _last_change(file: MatterFile, deadline: Deadline) -> str:
    if deadline.moved_from:
        return moved_words(day_words(deadline.moved_from), deadline.moved_by)
    earlier = file.posture.lm_end_was
    if deadline.key == "lm_end" and earlier and deadline.cycle == file.posture.cycle:
        day, label = earlier[-1]
        return moved_words(day_words(day), label)
    return ""


def _outcome(deadline: Deadline) -> str:
    match deadline.status:
        case DeadlineStatus.MET:
            return f"Met by {deadline.met_by}." if deadline.met_by else "Met."
        case DeadlineStatus.MOOTED:
            return f"No longer on the calendar: {deadline.mooted_by}." if deadline.mooted_by else "No longer on the calendar."
        case DeadlineStatus.LAPSED | DeadlineStatus.PASSED:
            return "The day has passed."
        case _:
            return ""
