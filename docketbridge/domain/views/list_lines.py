"""What lists over many matters show of one: a line a hearing, deadline, task, stay point, open item, piece of news or mark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from docketbridge.domain.deadlines import Deadline, DeadlineStatus
from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.hearings_shown import clock_of, words_about
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import Hearing, State, StayMotion
from docketbridge.domain.views.list_marks import marks_of
from docketbridge.domain.views.list_shapes import LineKind, ListLine, is_pro_se, words

NEWS_KEPT = timedelta(days=60)
"""How far back a matter's news is kept for lists, from the day it was last folded for."""

_NEVER_LISTED = (DeadlineStatus.MOOTED, DeadlineStatus.EXTENDED)
_STAY_OVER = frozenset({EventKind.DISCHARGE, EventKind.CASE_CLOSED})


def lines_of(file: MatterFile) -> tuple[ListLine, ...]:
    """All lines of a matter: nothing in them hangs on when or in which order the ledger heard of an entry."""
    return (
        *_hearings(file),
        *_moved_away(file),
        *_deadlines(file),
        *_tasks(file),
        *_stay_points(file),
        *_items(file),
        *_news(file),
        *marks_of(file),
    )


def _hearings(file: MatterFile) -> Iterator[ListLine]:
    days = {each.entry.label: each.entry.day for each in file.entries}
    pro_se = is_pro_se(file)
    for each in file.posture.hearings:
        yield ListLine(
            kind=LineKind.HEARING,
            key=each.about,
            what=words_about(each.about),
            day=each.start.date(),
            since=days.get(each.entry_label),
            clock=clock_of(each),
            place=each.place,
            owner="debtor without counsel" if pro_se else None,
            status=each.status,
            why="; ".join(part for part in (_moved(each), each.note) if part),
            label=each.entry_label,
            entry=each.entry_id,
        )


def _moved_away(file: MatterFile) -> Iterator[ListLine]:
    """The days that hearings stood on before they were moved: whoever keeps that day's calendar takes them off it."""
    for each in file.posture.hearings:
        if each.moved_from is not None and each.moved_from.date() != each.start.date():
            yield ListLine(
                kind=LineKind.MOVED_AWAY,
                key=each.about,
                what=words_about(each.about),
                day=each.moved_from.date(),
                latest=each.start.date(),
                clock=f"{each.moved_from:%H:%M}",
                status=each.status,
                why=f"moved to {words(each.start.date())}" + (f" by {each.moved_by}" if each.moved_by else ""),
                label=each.moved_by or each.entry_label,
                entry=each.entry_id,
            )


def _moved(hearing: Hearing) -> str:
    if hearing.moved_from is None:
        return ""
    by = f", moved by {hearing.moved_by}" if hearing.moved_by else ""
    return f"was {words(hearing.moved_from.date())}{by}"


def _deadlines(file: MatterFile) -> Iterator[ListLine]:
    for each in file.posture.deadlines:
        if each.status not in _NEVER_LISTED:
            yield ListLine(
                kind=LineKind.DEADLINE,
                key=each.key,
                what=each.what,
                day=each.earliest,
                latest=each.latest,
                owner=each.owner,
                status=each.status.value,
                why=_behind(each),
                cite=each.cite,
                label=each.met_by or each.started_by,
            )


def _behind(deadline: Deadline) -> str:
    if deadline.status is DeadlineStatus.MET:
        return f"met by {deadline.met_by}" if deadline.met_by else "met"
    if deadline.status is DeadlineStatus.WAITING:
        return f"waiting for {deadline.waiting_for}"
    return f"from {deadline.started_by}" if deadline.started_by else ""


def _tasks(file: MatterFile) -> Iterator[ListLine]:
    labels = {each.entry.id: each.entry.label for each in file.entries}
    for each in file.posture.tasks:
        yield ListLine(
            kind=LineKind.TASK,
            key=each.key,
            what=each.what,
            day=each.due,
            since=each.opened,
            owner=each.owner,
            why=". ".join((each.because, *_noted(file, labels.get(each.entry_id or ""), each.owner))),
            cite=each.cite,
            label=labels.get(each.entry_id or ""),
            entry=each.entry_id,
        )


def _noted(file: MatterFile, label: str | None, owner: str) -> Iterator[str]:
    """What is noted of the entry behind a task to whoever owes it."""
    for note in file.posture.notes:
        if label is not None and note.to == owner and note.entry_label == label:
            yield note.text.rstrip(".")


def _stay_points(file: MatterFile) -> Iterator[ListLine]:
    """The days on which the stay ends as to a movant unless covered (11 U.S.C. 362(e)), and the days a cover ends."""
    seen = {kind for each in file.entries for kind in each.detection.kinds}
    if file.posture.state in (State.CLOSED, State.DISMISSED_IN_LM) or seen & _STAY_OVER:
        return
    for motion in file.posture.stay_motions:
        if motion.outcome is not None or not motion.by_lm_creditor:
            continue
        yield _point(motion, "stay_30", "30 days, 362(e)(1)", motion.day_30)
        if motion.day_60 is not None:
            yield _point(motion, "stay_60", "60 days, 362(e)(2)", motion.day_60)
        if motion.covered_through is not None:
            yield ListLine(
                kind=LineKind.STAY,
                key="stay_cover",
                what="the cover ends",
                day=motion.covered_through,
                since=motion.filed,
                owner=motion.creditor,
                status="uncovered",
                why=f"covered through this day by {motion.covered_by or 'an order or consent'}, by nothing after it",
                cite="11 U.S.C. 362(e)",
                label=motion.entry_label,
                entry=motion.entry_id,
            )


def _point(motion: StayMotion, key: str, what: str, day: date) -> ListLine:
    through = motion.covered_through
    covered = False
    if through is not None and through >= day:
        covered = True
        why = f"covered through {words(through)} by {motion.covered_by or 'an order or consent'}"
    elif through is not None:
        why = f"the cover by {motion.covered_by or 'an order or consent'} ended on {words(through)}, before this day"
    else:
        why = "nothing on the docket covers it"
    return ListLine(
        kind=LineKind.STAY,
        key=key,
        what=what,
        day=day,
        since=motion.filed,
        owner=motion.creditor,
        status="covered" if covered else "uncovered",
        why=why,
        cite="11 U.S.C. 362(e)",
        label=motion.entry_label,
        entry=motion.entry_id,
    )


def _items(file: MatterFile) -> Iterator[ListLine]:
    for each in file.posture.open_items:
        yield ListLine(
            kind=LineKind.ITEM,
            key=each.kind,
            what=each.kind.replace("_", " "),
            day=each.since,
            latest=each.until,
            owner=each.party,
            why=each.note,
            label=each.entry_label,
            entry=each.entry_id,
        )


def _news(file: MatterFile) -> Iterator[ListLine]:
    """What was docketed lately for this matter, and what silence did."""
    oldest = file.today - NEWS_KEPT
    moved = {step.entry_id: step for step in file.posture.steps if step.entry_id is not None}
    for each in file.entries:
        kinds = [kind for kind in each.detection.kinds if kind is not EventKind.NONE]
        if each.reach == "other matter" or not kinds or each.entry.day is None or each.entry.day < oldest:
            continue
        step = moved.get(each.entry.id)
        yield ListLine(
            kind=LineKind.NEWS,
            key=kinds[0].value,
            what=", ".join(kind.value.replace("_", " ").replace("lm ", "LM ") for kind in kinds),
            day=each.entry.day,
            status=step.target.value if step else "",
            label=each.entry.label,
            entry=each.entry.id,
        )
    for step in file.posture.steps:
        if step.entry_id is None and step.day >= oldest:
            yield ListLine(
                kind=LineKind.NEWS,
                key=step.on[:64],
                what="; ".join(filter(None, (step.moved_by, step.note))),
                day=step.day,
                status=step.target.value,
                cite=step.cite,
            )
