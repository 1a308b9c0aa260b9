"""What the docket's silence proves: watched without a gap from the trigger to past the last day, else held, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.course import Course, Running, words
from docketbridge.domain.fold.requesting import objection_period
from docketbridge.domain.linking.doubting import Doubt
from docketbridge.domain.profile import EntryModel
from docketbridge.domain.rule_9006.time_computation import end_of_last_day
from docketbridge.domain.standing import State
from docketbridge.domain.watching import Span, Watch, end_of_day, merge

_EVER = datetime.min.replace(tzinfo=UTC)
_KEEPS_THE_PERIOD_OPEN = frozenset({EventKind.LM_EXTENSION_REQUEST, EventKind.LM_EXTENSION_ORDER, EventKind.LOAN_MOD_MOTION})
_MAY_BE = {
    EventKind.LM_OBJECTION: "an objection",
    EventKind.LM_EXTENSION_OBJECTION: "an objection to the extension",
    EventKind.LM_STATUS_REPORT: "the status report",
    EventKind.LM_REQUEST: "the request",
    EventKind.LM_EXTENSION_REQUEST: "a request for more time",
    EventKind.LM_EXTENSION_ORDER: "an order of extension",
    EventKind.LOAN_MOD_MOTION: "a request for approval",
}


def watch_of(watch: Watch, decisions: Iterable[Decision], *, matter_id: str, today: date) -> Watch:
    """The watch as it stood at the end of a day, with what a person saw of the whole docket (docket checked)."""
    seen = [
        Span(start=_EVER, end=each.until)
        for each in decisions
        if each.kind is DecisionKind.DOCKET_CHECKED and each.until is not None and each.matter_id in (None, matter_id)
    ]
    if not seen and (not watch.spans or watch.spans[-1].end.date() < today):
        return watch
    limit = end_of_day(today, watch.timezone)
    spans = (Span(start=each.start, end=min(each.end, limit)) for each in (*watch.spans, *seen) if each.start <= limit)
    return Watch(spans=merge(spans), timezone=watch.timezone)


def needs_watch(running: Running) -> bool:
    """Whether a deadline lapses by silence, which only an unbroken watch shows; thresholds and off-docket duties do not."""
    return bool(running.rule.met_by) or running.rule.key == "lm_end"


def is_proven(course: Course, running: Running) -> bool:
    """Whether the docket was watched from what started a deadline to after its last day."""
    if running.since is None or running.latest is None:
        return False
    return course.watch.proves_silence(since=running.since, through=running.latest)


def doubts_over(course: Course, running: Running) -> tuple[Doubt, ...]:
    """The undecided entries since a deadline began that may end its silence: whoever counts on it must look at them first."""
    ending = _ending(running)
    if not course.doubts or running.since is None or not ending:
        return ()
    began = running.since.astimezone(ZoneInfo(course.watch.timezone)).date()
    return tuple(
        each for each in course.doubts if each.kinds & ending and (each.day is None or began <= each.day <= course.today)
    )


def is_in_doubt(course: Course, running: Running) -> bool:
    """Whether an undecided entry of a deadline's own days, or of an unknown day, may have met it."""
    latest = running.latest
    return any(each.day is None or latest is None or each.day <= latest for each in doubts_over(course, running))


def _ending(running: Running) -> frozenset[str]:
    return _KEEPS_THE_PERIOD_OPEN if running.rule.key == "lm_end" else frozenset(running.rule.met_by)


def _in_doubt(course: Course, running: Running) -> str:
    """`entry 8 may be an objection: a person decides`; empty where nothing is in doubt."""
    told = []
    for each in doubts_over(course, running):
        kind = min(each.kinds & _ending(running))
        told.append(f"{each.entry_label} may be {_MAY_BE.get(EventKind(kind), kind.replace('_', ' '))}: {each.why}")
    return "; ".join(told)


def held_by(course: Course) -> tuple[str, ...]:
    """The undecided entries, by id, that hold a silence now: of deadlines not yet lapsed, and of a ripe matter."""
    ripe = objection_period(course) if course.lm.state is State.RIPE else None
    open_still = [each for each in course.lm.running if each.status is DeadlineStatus.RUNNING]
    found = (doubt.entry_id for each in (*open_still, *filter(None, (ripe,))) for doubt in doubts_over(course, each))
    return tuple(sorted(set(found)))


def hold_in_words(course: Course, running: Running) -> str:
    """Why a deadline that has passed is not yet called lapsed."""
    doubt = f"passed, but {_in_doubt(course, running)}" if is_in_doubt(course, running) else ""
    if running.held or doubt:
        return "; ".join(filter(None, (running.held, doubt)))
    return f"passed, but {_seen(course, running)}"


def _seen(course: Course, running: Running) -> str:
    until = course.watch.seen_until(running.since) if running.since else None
    if until is None:
        return f"the docket was not watched when {running.started_by or 'it'} was entered"
    later = any(span.start > until for span in course.watch.spans)
    gap = ", then there is a gap" if later else ""
    return f"the docket is seen until {_moment(until, course)} only{gap}"


def _moment(moment: datetime, course: Course) -> str:
    local = moment.astimezone(ZoneInfo(course.watch.timezone))
    return f"{words(local.date())}, {local:%H:%M}"


def settled_after(course: Course) -> tuple[date, datetime] | None:
    """The first court day after the latest reading, and its close: a good look later than this settles a ripe matter (AMB-1)."""
    running = objection_period(course)
    if running is None or running.latest is None:
        return None
    day = course.court_days.court_day_after(running.latest, 1)
    return day, end_of_last_day(day, course.court_days).paper


def is_settled(course: Course) -> bool:
    """Whether a ripe matter has been looked at since paper objections would show; by consent or ruling it is at once."""
    if course.lm.state is not State.RIPE:
        return False
    running, after = objection_period(course), settled_after(course)
    if running is not None and doubts_over(course, running):
        return False
    if running is None or running.status is not DeadlineStatus.LAPSED or after is None:
        return True
    until = course.watch.seen_until(running.since) if running.since else None
    return until is not None and until > after[1]


def in_words(course: Course) -> str:
    """What the docket's silence shows of objections, for the matter's page; empty when nothing hangs on it."""
    running = objection_period(course)
    if running is None or running.latest is None or course.lm.state not in (State.REQUESTED, State.RIPE):
        return ""
    if course.items("objection"):
        return ""
    last = words(running.latest)
    if course.profile.entry_model is EntryModel.CONSENT:
        return _consent_in_words(course, running, last)
    doubt = _in_doubt(course, running)
    if running.status is DeadlineStatus.LAPSED:
        until = course.watch.seen_until(running.since) if running.since else None
        seen = f" Docket seen without a gap to {_moment(until, course)}." if until else ""
        after = settled_after(course)
        if doubt:
            return f"No objection by {last} that was read as one, but {doubt}. Silence is not to be acted on."
        if is_settled(course) or after is None:
            return f"No objection by {last}.{seen}"
        return f"No objection by {last}.{seen} A look after the close of {words(after[0])} will settle it."
    if running.latest >= course.today:
        held = f" Not to be acted on: {'; '.join(filter(None, (running.held, doubt)))}." if running.held or doubt else ""
        return f"Objections may come until {last}.{held}"
    if is_in_doubt(course, running):
        return f"The time to object {hold_in_words(course, running)}. Silence is not acted on."
    return f"The time to object {hold_in_words(course, running)}: held for review, silence is not acted on."


def _consent_in_words(course: Course, running: Running, last: str) -> str:
    """What silence means where consent is needed: never leave to go on, only that a hearing is due."""
    if course.lm.state is State.RIPE:
        return f"Ready by consent: {course.consent_by}." if course.consent_by else ""
    if running.status is DeadlineStatus.LAPSED:
        return f"No consent by {last}; the request needs a hearing. Silence is no consent."
    if running.latest is not None and running.latest >= course.today:
        return f"Consent may come until {last}; without it the request needs a hearing."
    return f"The time to consent {hold_in_words(course, running)}: held for review."
