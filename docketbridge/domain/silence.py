"""What the docket's silence proves: watched without a gap from the trigger to past the last day, else held, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from docketbridge.domain.course import Course, Running, words
from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.requesting import objection_period
from docketbridge.domain.standing import State
from docketbridge.domain.time_computation import end_of_last_day
from docketbridge.domain.watching import Span, Watch, end_of_day, merge

_EVER = datetime.min.replace(tzinfo=UTC)


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


def hold_in_words(course: Course, running: Running) -> str:
    """Why a deadline that has passed is not yet called lapsed."""
    if running.held:
        return running.held
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
    if running.status is DeadlineStatus.LAPSED:
        until = course.watch.seen_until(running.since) if running.since else None
        seen = f" Docket seen without a gap to {_moment(until, course)}." if until else ""
        after = settled_after(course)
        if is_settled(course) or after is None:
            return f"No objection by {last}.{seen}"
        return f"No objection by {last}.{seen} A look after the close of {words(after[0])} will settle it."
    if running.latest >= course.today:
        held = f" Not to be acted on: {running.held}." if running.held else ""
        return f"Objections may come until {last}.{held}"
    return f"The time to object {hold_in_words(course, running)}: held for review, silence is not acted on."
