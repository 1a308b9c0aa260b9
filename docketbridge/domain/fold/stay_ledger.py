"""The lift-stay ledger (LMP VI.B.1; 11 U.S.C. 362(e)): each motion, its postponements, its 30 and 60 days, what covers them."""

from __future__ import annotations

from datetime import date, timedelta

from docketbridge.domain.events import CaseEvent, EventKind
from docketbridge.domain.fold.course import Course, StayLine, words
from docketbridge.domain.fold.deadline_rules import moot, readings_of, start
from docketbridge.domain.fold.hearing_ledger import local
from docketbridge.domain.linking.creditors import same_as_any
from docketbridge.domain.standing import State, StayMotion

CITE = "LMP VI.B.1; 11 U.S.C. 362(e)"
_MOTIONS = (EventKind.STAY_RELIEF_MOTION,)
_DECIDED = {
    EventKind.STAY_RELIEF_ORDER: "granted",
    EventKind.STAY_RELIEF_DENIAL: "denied",
}
_TELLING = frozenset({*_DECIDED, EventKind.WITHDRAWAL, EventKind.STAY_RELIEF_HEARING, EventKind.LM_ORDER})
"""Kinds that say something of a stay motion; of another kind only the facts beside it do."""


def keep(course: Course, event: CaseEvent) -> None:
    """Keep what an entry says of motions for relief from the stay, of their hearings, and of the stay's continuance."""
    if event.kind in _MOTIONS:
        _add(course, event)
        return
    if not event.facts and event.kind not in _TELLING:
        return
    lines = _meant(course, event)
    if event.kind is EventKind.STAY_RELIEF_ORDER and not course.stay and _is_creditors(course, event) is not False:
        course.known.stay_lifted_for_creditor = event.entry_label
    if event.kind in _DECIDED:
        _decide(course, event, lines, _DECIDED[event.kind])
    elif event.kind is EventKind.WITHDRAWAL and event.attributes.related_documents:
        _decide(course, event, [line for line in lines if _named(line, event)], "withdrawn")
    elif event.attributes.hearing is not None and event.kind in (EventKind.STAY_RELIEF_HEARING, EventKind.LM_ORDER):
        for line in lines:
            _move(course, line, event)
    if event.fact("hearing_removed") is not None:
        for line in lines:
            if line.hearing is not None:
                line.postponements.append((line.hearing.date(), f"off the calendar by {event.entry_label}"))
                line.hearing = None
    _cover(course, event, lines)


def _is_creditors(course: Course, event: CaseEvent) -> bool | None:
    named = event.attributes.creditor or (event.attributes.filer if event.attributes.filer_role == "creditor" else None)
    if named is None or course.matter.creditor is None:
        return None
    return same_as_any(named, course.matter.names)


def _add(course: Course, event: CaseEvent) -> None:
    if any(line.event.entry_id == event.entry_id for line in course.stay):
        return
    mine = _is_creditors(course, event)
    if mine is False:
        return  # AMB-17: another creditor's motion is untouched, and no line of this matter's ledger
    if mine is None:
        course.note("clerk", "Whose motion this is is not told; taken as the creditor's in loss mitigation.", CITE, event)
    ours, theirs = course.matter.property_address, event.attributes.property_address
    elsewhere = bool(ours and theirs and not _same_place(ours, theirs))
    line = StayLine(
        event=event,
        filed=event.filed or event.entered or course.now,
        creditor=event.attributes.creditor or event.attributes.filer or course.matter.creditor,
        by_lm_creditor=not elsewhere,
        elsewhere=elsewhere,
        hearing=local(event.attributes.hearing, course) if event.attributes.hearing else None,
    )
    course.stay.append(line)
    if elsewhere:
        text = "The creditor's motion is on other collateral: linked, not postponed by itself (AMB-29)."
        course.note("chambers", text, CITE, event)
    else:
        start(course, "stay_30", anchor=line.filed, event=event)
        if course.case.chapter != 12:
            start(course, "stay_60", anchor=line.filed, event=event)
        if course.state is State.ACTIVE and course.profile.stay.effect == "postpone_past_end":
            text = "Motion for relief by the creditor in the period: postponed; fees and costs are weighed case by case."
            course.note("chambers", text, "LMP VI.B.1", event)


def _same_place(one: str, other: str) -> bool:
    def bare(text: str) -> list[str]:
        return "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()

    return bare(one)[:2] == bare(other)[:2]


def _named(line: StayLine, event: CaseEvent) -> bool:
    number = line.event.document_number
    return number is not None and number in event.attributes.related_documents


def _meant(course: Course, event: CaseEvent) -> list[StayLine]:
    pending = [line for line in course.stay if line.pending]
    named = [line for line in pending if _named(line, event)]
    if named:
        return named
    if event.kind in (EventKind.LM_ORDER, EventKind.LM_EXTENSION_ORDER):
        return [line for line in pending if line.by_lm_creditor]
    if event.attributes.related_documents and event.kind in (*_DECIDED, EventKind.STAY_RELIEF_HEARING):
        return [] if len(course.stay) != 1 else pending
    return pending if len(pending) == 1 or event.kind is EventKind.NONE else []


def _decide(course: Course, event: CaseEvent, lines: list[StayLine], outcome: str) -> None:
    if event.attributes.outcome in ("conditional", "unstated") and outcome == "granted":
        outcome = f"order ({event.attributes.outcome})"
    for line in lines:
        line.outcome = f"{outcome}: {event.entry_label}"
        if outcome == "granted":
            course.known.stay_lifted_for_creditor = event.entry_label
        for each in course.lm.running:
            if each.rule.key in ("stay_30", "stay_60") and each.entry_id == line.event.entry_id and each.runs:
                each.status, each.mooted_by = each.status.MOOTED, event.entry_label
    if not any(line.pending and line.by_lm_creditor for line in course.stay):
        moot(course, ("postponed_liftstay",), event.entry_label)
        course.answered("expedite-liftstay")


def _move(course: Course, line: StayLine, event: CaseEvent) -> None:
    at = local(event.attributes.hearing, course) if event.attributes.hearing else None
    if at is None or at == line.hearing:
        return
    if line.hearing is not None:
        line.postponements.append((line.hearing.date(), f"to {words(at.date())} by {event.entry_label}"))
    line.hearing, line.hearing_set_on = at, event.day or course.now
    course.answered("expedite-liftstay")


def _cover(course: Course, event: CaseEvent, lines: list[StayLine]) -> None:
    for name, how in (("stay_continued", "order"), ("stay_time_waived", "movant's waiver")):
        fact = event.fact(name)
        if fact is None:
            continue
        for line in lines or [each for each in course.stay if each.pending]:
            if isinstance(fact.value, date):
                if line.covered_through is None or fact.value >= line.covered_through:
                    line.covered_through, line.covered_by = fact.value, f"{how}: {event.entry_label}"
            else:
                text = "The stay is continued without a date; no 362(e) point is covered by it (AMB-18)."
                course.note("chambers", text, CITE, event)


def next_cliff(course: Course, line: StayLine) -> tuple[date, str] | None:
    """The next day on which the stay may end as to the movant: an uncovered 362(e) point, or the end of its cover."""
    if not line.pending or line.elsewhere:
        return None
    covered = line.covered_through
    points = [(line.filed + timedelta(days=30), "30 days, 362(e)(1)")]
    if course.case.chapter != 12:
        points.append((line.filed + timedelta(days=60), "60 days, 362(e)(2)"))
    if covered is not None and covered >= points[0][0]:
        return covered, f"cover by {line.covered_by} ends"
    open_points = [point for point in points if covered is None or point[0] > covered]
    ahead = [point for point in open_points if point[0] >= course.today]
    return min(ahead or open_points[-1:], default=None)


def frozen(course: Course, line: StayLine) -> StayMotion:
    """The line as the posture gives it."""
    rule_30, rule_60 = course.profile.rule("stay_30"), course.profile.rule("stay_60")
    day_30, day_60 = line.filed + timedelta(days=30), line.filed + timedelta(days=60)
    if rule_30 is not None and rule_30.period is not None:
        day_30 = readings_of(line.filed, rule_30.period, course.court_days, None, False).latest.day
    if rule_60 is not None and rule_60.period is not None:
        day_60 = readings_of(line.filed, rule_60.period, course.court_days, None, False).latest.day
    return StayMotion(
        entry_id=line.event.entry_id,
        entry_label=line.event.entry_label,
        filed=line.filed,
        creditor=line.creditor,
        by_lm_creditor=line.by_lm_creditor,
        document_number=line.event.document_number,
        hearing=line.hearing,
        postponements=tuple(line.postponements),
        day_30=day_30,
        day_60=None if course.case.chapter == 12 else day_60,
        covered_through=line.covered_through,
        covered_by=line.covered_by,
        outcome=line.outcome,
        governing_end=course.lm.dates.lm_end if line.by_lm_creditor else None,
    )
