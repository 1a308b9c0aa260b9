"""Lift-stay motions → the points of 11 U.S.C. 362(e), and the day through which an order or consent covers them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from docketbridge.api import Deadline, MatterFile, StayMotion

from .calendar_item import CalendarItem, ItemKind, Reading, uid_for
from .wording import case_of, day_words, heading, lines, masked, public_words

_POINTS = (("stay_30", "362(e)(1)"), ("stay_60", "362(e)(2)"))


def stay_items(file: MatterFile) -> Iterator[CalendarItem]:
    """Give the two points of each pending motion, and the day its cover ends; a decided motion has none left.

    A point that the matter's deadlines already tell on the same day is told there, with its cover.
    """
    told = {(each.key, each.latest) for each in file.posture.deadlines}
    for motion in file.posture.stay_motions:
        if motion.outcome is not None:
            continue
        for (key, cite), day in zip(_POINTS, (motion.day_30, motion.day_60), strict=True):
            if day is not None and (key, day) not in told:
                yield _point(file, motion, day, key=key, cite=cite)
        if motion.covered_through is not None:
            yield _cover(file, motion, motion.covered_through)


def motion_behind(file: MatterFile, deadline: Deadline) -> StayMotion | None:
    """The pending motion whose point a deadline is: that of the entry that started it, else of the same day."""
    pending = [each for each in file.posture.stay_motions if each.outcome is None]
    named = (each for each in pending if each.entry_label == deadline.started_by)
    same_day = (each for each in pending if deadline.latest is not None and deadline.latest in (each.day_30, each.day_60))
    return next(named, None) or next(same_day, None)


def cover_mark(motion: StayMotion, day: date) -> str:
    """Mark a point in a summary: covered through a day, or not covered."""
    cover = motion.covered_through
    return f" (covered through {day_words(cover)})" if cover is not None and day <= cover else " (UNCOVERED)"


def cover_note(motion: StayMotion, day: date) -> str:
    """Say what covers a point of 11 U.S.C. 362(e), or what follows where nothing does."""
    cover = motion.covered_through
    by = motion.covered_by or "an order or consent"
    if cover is not None and day <= cover:
        return f"Covered through {day_words(cover)} by {by}."
    only = (
        f"The cover by {by} ends {day_words(cover)}, before this day" if cover is not None else "Nothing on the docket covers it"
    )
    return f"{only}: the stay ends as to the movant unless continued by order, decided or agreed."


def _point(file: MatterFile, motion: StayMotion, day: date, *, key: str, cite: str) -> CalendarItem:
    point = f"{'30' if key == 'stay_30' else '60'}-day point of {motion.entry_label}, {cite}"
    words = f"{point}{cover_mark(motion, day)}"
    return _item(file, motion, day, identity=key, words=words, rule=f"11 U.S.C. {cite}", note=cover_note(motion, day))


def _cover(file: MatterFile, motion: StayMotion, day: date) -> CalendarItem:
    words = f"Cover of {motion.entry_label} under 362(e) ends"
    note = f"Covered by {motion.covered_by or 'an order or consent'}; the stay ends as to the movant unless extended again."
    return _item(file, motion, day, identity="stay_cover", words=words, rule="11 U.S.C. 362(e)", note=note)


def _item(file: MatterFile, motion: StayMotion, day: date, *, identity: str, words: str, rule: str, note: str) -> CalendarItem:
    return CalendarItem(
        uid=uid_for(file.matter.id, identity, motion.entry_id),
        subject=file.matter.id,
        reading=Reading.BOTH,
        case=case_of(file),
        kind=ItemKind.STAY_POINT,
        summary=f"{file.case.number} {words}",
        public=public_words(file, words),
        rule=rule,
        start=day,
        end=day + timedelta(days=1),
        description=lines(
            (
                heading(file),
                f"Rule: {rule}",
                f"Started by: {motion.entry_label}, filed {day_words(motion.filed)}",
                f"Movant: {masked(motion.creditor)}" if motion.creditor else "",
                note,
                *(f"Hearing postponed to {day_words(to)}: {masked(why)}" for to, why in motion.postponements),
            )
        ),
        url=file.case.link or "",
        categories=("Deadline", "Lift-stay"),
    )
