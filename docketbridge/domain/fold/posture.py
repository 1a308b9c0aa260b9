"""The fold: a matter's events and the days that pass in silence, in one canonical order, give where it stands today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.events import CaseEvent, EventKind
from docketbridge.domain.fold import (
    case_knowledge,
    deadline_rules,
    hearing_ledger,
    requesting,
    silence,
    stay_ledger,
    tasks,
    thresholds,
)
from docketbridge.domain.fold.citing import cite_as
from docketbridge.domain.fold.course import Course, Happening, Running
from docketbridge.domain.fold.hearings_shown import hearings_shown
from docketbridge.domain.fold.loss_mitigation import expects, transition_for
from docketbridge.domain.fold.resolving import all_filed
from docketbridge.domain.fold.transitions import Transition
from docketbridge.domain.linking.doubting import Doubt
from docketbridge.domain.matters import CaseFacts, Matter
from docketbridge.domain.profile import Profile
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.standing import Posture, State, Step, Unexpected
from docketbridge.domain.watching import Watch

ONE_DAY = timedelta(days=1)
_LATE = datetime.max.replace(tzinfo=UTC)
_CERTIFICATES = frozenset({EventKind.LM_CERTIFICATE_OF_SERVICE, EventKind.CERTIFICATE_OF_SERVICE})
_QUIET = frozenset(
    {
        EventKind.LM_NOTICE,
        EventKind.LM_SUPPORTING_DOCUMENT,
        EventKind.LM_CERTIFICATE_OF_SERVICE,
        EventKind.LM_PROPOSED_ORDER,
        EventKind.LM_RESPONSE_OTHER,
        EventKind.LM_STIPULATION,
        EventKind.LM_ORDER_OTHER,
        EventKind.LM_HEARING,
        EventKind.LM_MEDIATOR_APPOINTMENT,
        EventKind.LM_MEDIATOR_OBJECTION,
        EventKind.LM_DISMISSAL_NOTE,
        EventKind.LM_CORRECTIVE,
    }
)
"""Kinds that need no row of the table: they are told, or carry dates and facts, without moving a matter."""


def follow(
    events: Iterable[CaseEvent],
    *,
    profile: Profile,
    court_days: CourtDays,
    watch: Watch,
    case: CaseFacts,
    matter: Matter,
    decisions: Sequence[Decision] = (),
    doubts: Sequence[Doubt] = (),
    today: date,
) -> Posture:
    """Fold the events of a matter and of its case, and the silences between them, into where it stands on `today`.

    Events may come in any order. A deadline lapses strictly after its latest reading, after that day's events, and only
    where the watch shows the silence and no entry in `doubts` may have broken it. Events filed after `today` are left out; a
    person's decisions are obeyed.
    """
    course = Course(
        profile=profile,
        court_days=court_days,
        watch=silence.watch_of(watch, decisions, matter_id=matter.id, today=today),
        case=case,
        matter=matter,
        today=today,
        decisions=tuple(sorted(decisions, key=lambda each: (each.at, each.kind, each.entry_id or "", each.choice or ""))),
        doubts=tuple(doubts),
    )
    told: set[tuple[str, str]] = set()
    for day, event, decision in _timeline(events, course):
        _lapse_before(course, day)
        course.now = day
        if event is not None:
            _take(course, event, told)
        elif decision is not None:
            _happen(course, Happening(on=f"chose:{decision.answer or decision.choice}", day=day, decision=decision))
        _close_when_done(course, event)
    _lapse_before(course, today)
    course.now = today
    return _posture(course)


def _timeline(events: Iterable[CaseEvent], course: Course) -> list[tuple[date, CaseEvent | None, Decision | None]]:
    aside = {each.entry_id for each in course.decisions if each.kind is DecisionKind.SET_ASIDE}
    ordered = sorted((each for each in events if each.entry_id not in aside), key=_order)
    moments: list[tuple[date, CaseEvent | None, Decision | None]] = []
    for event in ordered:
        if event.day is None:
            course.unexpected.append(_unexpected(course, event, date.min, "the entry has no date"))
        elif event.day <= course.today:
            moments.append((event.day, event, None))
    zone = ZoneInfo(course.watch.timezone)
    chosen = [each for each in course.decisions if each.kind is DecisionKind.TASK_CLOSED]
    if not chosen:
        return moments
    moments += [(min(each.at.astimezone(zone).date(), course.today), None, each) for each in chosen]
    return sorted(moments, key=lambda moment: (moment[0], moment[1] is None))


def _order(event: CaseEvent) -> tuple[tuple[date, datetime, int, int, str], str, str]:
    number = event.document_number if event.document_number is not None else 10**9
    position = event.position or (event.day or date.max, _LATE, 10**9, number, "")
    return position, event.entry_id, event.kind


def _unexpected(course: Course, event: CaseEvent, day: date, why: str) -> Unexpected:
    return Unexpected(
        kind=event.kind.value, entry_id=event.entry_id, entry_label=event.entry_label, day=day, state=course.lm.state, why=why
    )


def _take(course: Course, event: CaseEvent, told: set[tuple[str, str]]) -> None:
    """Let one event do all that it does: to the case, the hearings, the stay, the deadlines, and the matter's state."""
    facts, name = event.facts, event.kind.value
    if facts:
        facts = tuple(each for each in facts if (event.entry_id, each.name) not in told)
        told.update((event.entry_id, each.name) for each in facts)
    case_knowledge.learn(course, event, facts)
    hearing_ledger.record(course, event)
    stay_ledger.keep(course, event)
    if event.kind in _CERTIFICATES:
        requesting.read_certificate(course, event)
    elif event.kind is EventKind.LM_NOTICE:
        requesting.state_objection_day(course, event)
    deadline_rules.meet_by(course, name, event)
    day = event.day or course.now
    moved = expects(course, name) and _happen(course, Happening(on=name, day=day, event=event))
    for fact in facts:
        if expects(course, fact.name):
            moved = _happen(course, Happening(on=fact.name, day=day, event=event, fact=fact)) or moved
    deadline_rules.moot_by(course, name, event)
    if not moved and event.kind not in _QUIET and event.kind.concerns_loss_mitigation:
        state = course.lm.state.value if course.lm.state else "no request yet"
        course.unexpected.append(_unexpected(course, event, day, f"nothing expects it in {state}"))


def _happen(course: Course, what: Happening) -> bool:
    row = transition_for(course, what)
    if row is None:
        return False
    _move(course, row, what)
    return True


def _move(course: Course, row: Transition, what: Happening) -> None:
    source = course.lm.state
    target = row.target(course, what) if callable(row.target) else row.target
    for effect in row.effects:
        effect(course, what)
    course.lm.state = target or (course.lm.state if row.target is None else source)
    if course.lm.state is None:
        return
    course.steps.append(
        Step(
            day=what.day,
            source=source,
            target=course.lm.state,
            on=what.on,
            entry_id=what.event.entry_id if what.event else None,
            entry_label=what.label,
            cite=cite_as(course.profile, row.cite),
            note=row.note or _late_note(course, what),
        )
    )


def _late_note(course: Course, what: Happening) -> str:
    if what.on != "lm_objection" or what.event is None:
        return ""
    entry_id = what.event.entry_id
    return next((each.note for each in course.lm.open_items if each.entry_id == entry_id), "")


def _lapse_before(course: Course, horizon: date) -> None:
    """Let every deadline lapse whose latest reading lies before a day, oldest first; each may start others."""
    passed_over: set[int] = set()
    while (running := _next_to_lapse(course, horizon, passed_over)) is not None:
        latest = running.latest or horizon
        silent = silence.needs_watch(running)
        unproven = silent and (silence.is_in_doubt(course, running) or not silence.is_proven(course, running))
        if running.held is not None or unproven:
            passed_over.add(id(running))
            continue
        running.status = DeadlineStatus.LAPSED if silent and _is_overdue(course, running) else DeadlineStatus.PASSED
        course.now = max(course.now, latest + ONE_DAY)
        on = f"lapsed:{running.rule.key}"
        if expects(course, on):
            _happen(course, Happening(on=on, day=course.now, running=running))
        _close_when_done(course, None)


def _next_to_lapse(course: Course, horizon: date, passed_over: set[int]) -> Running | None:
    first, before, runs = None, horizon, DeadlineStatus.RUNNING
    for each in course.lm.running:
        if each.status is runs and (latest := each.latest) is not None and latest < before and id(each) not in passed_over:
            first, before = each, latest
    return first


def _is_overdue(course: Course, running: Running) -> bool:
    """Whether a passed day is a default: outside chapter 13 the schedules are not, without chambers (AMB-25)."""
    return running.rule.key not in ("sched_i", "sched_j") or course.case.chapter == 13


def _close_when_done(course: Course, event: CaseEvent | None) -> None:
    state = course.lm.state
    if state in (State.EXPIRED, State.TERMINATED):
        things = tasks.to_set(course)
        if things:
            course.to_set = True
        elif course.to_set:
            _close(course, event, "hearings have live dates or are resolved", "LMP VI.B")
    elif state is State.ACTIVE:
        _expire_when_nothing_keeps_it_open(course, event)
    elif state is State.APPROVED and all_filed(course):
        _close(course, event, "papers after approval are filed", "LMP X.5")


def _expire_when_nothing_keeps_it_open(course: Course, event: CaseEvent | None) -> None:
    """Let a period whose end has passed expire once the request that kept it open is decided or withdrawn."""
    if event is None:
        return
    ended = deadline_rules.last(course, "lm_end")
    if ended is not None and ended.status is DeadlineStatus.LAPSED:
        _happen(course, Happening(on="lapsed:lm_end", day=course.now, event=event, running=ended))


def _close(course: Course, event: CaseEvent | None, why: str, cite: str) -> None:
    course.before_dismissal = course.lm.copied()
    source, course.lm.state, course.to_set = course.lm.state, State.CLOSED, False
    label = event.entry_label if event else None
    deadline_rules.moot(course, deadline_rules.PERIOD_KEYS, label or why)
    course.steps.append(
        Step(
            day=course.now,
            source=source,
            target=State.CLOSED,
            on="done",
            entry_id=event.entry_id if event else None,
            entry_label=label,
            cite=cite_as(course.profile, cite),
            note=why,
        )
    )


def _posture(course: Course) -> Posture:
    thresholds.add(course)
    clock = tasks.Clock(course.today)
    _settle_passed(course, clock)
    settled = silence.is_settled(course)
    state = course.lm.state or State.REQUESTED
    request, order = course.request, course.lm.order
    return Posture(
        state=state,
        shown=_shown(course, state),
        as_of=course.today,
        cycle=course.cycle,
        dates=course.lm.dates,
        open_items=tuple(course.lm.open_items),
        steps=tuple(course.steps),
        unexpected=tuple(course.unexpected),
        notes=tuple(course.notes),
        deadlines=tuple(each.frozen() for each in course.lm.running),
        hearings=hearings_shown(course, clock),
        stay_motions=tuple(stay_ledger.frozen(course, line) for line in course.stay),
        tasks=tasks.tasks_of(course, clock, settled=settled),
        changes_on=min(clock.ahead, default=None),
        requested_by=course.requested_by,
        requested_on=(request.filed or request.entered) if request else None,
        request_label=request.entry_label if request else None,
        ordered_on=(order.entered or order.filed) if order else None,
        order_label=order.entry_label if order else None,
        end_provisional=course.lm.end_provisional,
        lm_end_was=tuple(course.lm.lm_end_was),
        extended_days=course.lm.extended_days,
        settled=settled,
        silence=silence.in_words(course),
        held_by=silence.held_by(course),
    )


def _settle_passed(course: Course, clock: tasks.Clock) -> None:
    """Say of each running deadline whether it is held, and remember the morning after its last day."""
    for running in course.lm.running:
        if running.status is not DeadlineStatus.RUNNING or running.latest is None:
            continue
        if not clock.over(running.latest):
            continue
        if running.held is None and not silence.needs_watch(running):
            running.status = DeadlineStatus.PASSED
        else:
            running.provisional = silence.hold_in_words(course, running)


def _shown(course: Course, state: State) -> str:
    """The name people see: an active matter goes by its open items, approvals before extensions."""
    if course.lm.state is None:
        return "no request seen"
    if state is State.ACTIVE and course.items("approval"):
        return "resolution_pending"
    if state is State.ACTIVE and any(not each.note.startswith("no objection") for each in course.items("extension")):
        return "extension_pending"
    return state.value
