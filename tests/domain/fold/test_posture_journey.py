from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from docketbridge.domain.deadlines import Deadline, DeadlineStatus
from docketbridge.domain.events import CaseEvent, EventAttributes, EventKind, Fact, OrderDates
from docketbridge.domain.fold.posture import follow
from docketbridge.domain.matters import CaseFacts, Matter
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.standing import Posture, State
from docketbridge.domain.watching import Span, Watch
from docketbridge.programs.court_calendars import court_calendar
from docketbridge.programs.loading import shipped

ZONE = "America/New_York"
PROFILE = next(each for each in shipped() if each.id == "zzb-lmp")
CASE = CaseFacts(court="zzb", number="26-10123", name="Dana Example", chapter=13, filed=date(2026, 6, 1))
MATTER = Matter(id="m", number="zzb-26-10123-1", court="zzb", case_number="26-10123", program="zzb-lmp", creditor="Ocean Bank")


def _event(
    kind: EventKind, day: date, number: int, at: datetime | None = None, facts: tuple[Fact, ...] = (), **told: Any
) -> CaseEvent:
    return CaseEvent(
        kind=kind,
        entry_id=f"e{number}",
        entry_label=f"entry {number}",
        filed=day,
        entered=day,
        document_number=number,
        attributes=EventAttributes(**told),
        facts=facts,
        position=(day, at, number, number, "") if at else None,
    )


FORM_A = _event(EventKind.LM_REQUEST, date(2026, 7, 27), 12, requesting_party="debtor")
CERTIFICATE = _event(
    EventKind.LM_CERTIFICATE_OF_SERVICE,
    date(2026, 7, 28),
    13,
    related_documents=(12,),
    served=date(2026, 7, 28),
    service_method="mail",
)
OBJECTION = _event(EventKind.LM_OBJECTION, date(2026, 8, 18), 14, objecting_party="creditor", related_documents=(12,))


def _local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 8, day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def _follow(*events: CaseEvent, today: date, seen_until: datetime, since: datetime = datetime(2026, 7, 1, tzinfo=UTC)) -> Posture:
    return follow(
        events,
        profile=PROFILE,
        court_days=CourtDays(court_calendar("zzb")),
        watch=Watch(spans=(Span(start=since, end=seen_until),), timezone=ZONE),
        case=CASE,
        matter=MATTER,
        today=today,
    )


def _deadline(posture: Posture, key: str) -> Deadline:
    return next(each for each in reversed(posture.deadlines) if each.key == key)


def test_the_party_is_told_the_eleventh_and_the_court_waits_for_the_fourteenth() -> None:
    posture = _follow(FORM_A, CERTIFICATE, today=date(2026, 7, 29), seen_until=_local(1, 0))
    objection = _deadline(posture, "obj_debtor_req")
    assert (objection.earliest, objection.latest) == (date(2026, 8, 11), date(2026, 8, 14))
    assert objection.cite == "LMP V.A; Rule 9006(a), (f)"
    assert objection.started_by == "entry 12"
    assert objection.readings is not None
    assert any("service on Tue 28 July 2026" in words for words in objection.readings.earliest.trace)
    assert any(
        "+3 days for mail after the roll (Rule 9006(f)): Fri 14 August 2026" in words for words in objection.readings.latest.trace
    )


def test_victory_day_moves_the_last_day_and_the_trace_names_it() -> None:
    posture = _follow(FORM_A, today=date(2026, 7, 28), seen_until=_local(1, 0))
    readings = _deadline(posture, "obj_debtor_req").readings
    assert readings is not None
    assert any("Victory Day" in words for words in readings.earliest.trace)


@pytest.mark.parametrize(("day", "state"), [(13, State.REQUESTED), (14, State.REQUESTED), (15, State.RIPE), (16, State.RIPE)])
def test_the_matter_is_requested_on_the_last_day_itself_and_ripe_the_day_after(day: int, state: State) -> None:
    posture = _follow(FORM_A, CERTIFICATE, today=date(2026, 8, day), seen_until=_local(20, 9))
    assert posture.state is state
    assert not posture.settled


def test_a_look_before_midnight_of_the_last_day_proves_nothing() -> None:
    assert _follow(FORM_A, CERTIFICATE, today=date(2026, 8, 16), seen_until=_local(14, 23, 59)).state is State.REQUESTED
    assert _follow(FORM_A, CERTIFICATE, today=date(2026, 8, 16), seen_until=_local(15, 0)).state is State.RIPE


def test_a_watch_that_began_after_the_request_proves_nothing() -> None:
    late = datetime(2026, 7, 29, tzinfo=UTC)
    posture = _follow(FORM_A, CERTIFICATE, today=date(2026, 8, 20), seen_until=_local(20, 9), since=late)
    assert posture.state is State.REQUESTED
    assert "not watched when entry 12 was entered" in posture.silence


def test_the_watch_counts_from_the_moment_of_entry_where_it_is_known() -> None:
    entered = datetime(2026, 7, 27, 14, 30, tzinfo=UTC)
    request = _event(EventKind.LM_REQUEST, date(2026, 7, 27), 12, at=entered, requesting_party="debtor")
    posture = _follow(
        request, CERTIFICATE, today=date(2026, 8, 20), seen_until=_local(20, 9), since=entered - timedelta(minutes=5)
    )
    assert posture.state is State.RIPE


@pytest.mark.parametrize(
    ("seen_until", "settled"),
    [(_local(15, 9), False), (_local(17, 9), False), (_local(17, 18), True), (_local(18, 9), True)],
)
def test_it_is_settled_by_a_look_past_the_close_of_the_next_court_day(seen_until: datetime, settled: bool) -> None:
    posture = _follow(FORM_A, CERTIFICATE, today=date(2026, 8, 18), seen_until=seen_until)
    assert posture.state is State.RIPE
    assert posture.settled is settled
    assert ("sign-order" in {task.key for task in posture.tasks}) is settled


def test_an_objection_on_the_eighteenth_is_late_but_blocks() -> None:
    posture = _follow(FORM_A, CERTIFICATE, OBJECTION, today=date(2026, 8, 18), seen_until=_local(18, 20))
    assert posture.state is State.OBJECTED
    assert not posture.settled
    assert posture.open_items[0].note == "late: after 14 August 2026"
    assert _deadline(posture, "obj_debtor_req").status is DeadlineStatus.LAPSED


def test_an_objection_filed_on_the_last_day_and_docketed_later_is_in_time() -> None:
    objection = CaseEvent(
        kind=EventKind.LM_OBJECTION,
        entry_id="e14",
        entry_label="entry 14",
        filed=date(2026, 8, 14),
        entered=date(2026, 8, 17),
        document_number=14,
    )
    posture = _follow(FORM_A, CERTIFICATE, objection, today=date(2026, 8, 18), seen_until=_local(18, 20))
    assert posture.state is State.OBJECTED
    assert _deadline(posture, "obj_debtor_req").met_by == "entry 14"
    assert posture.open_items[0].note == ""


def test_a_joint_continuance_within_the_period_moves_the_status_date_and_not_the_end() -> None:
    order = _event(
        EventKind.LM_ORDER,
        date(2026, 8, 19),
        20,
        order_dates=OrderDates(status_due=date(2026, 10, 9), lm_end=date(2026, 10, 30)),
    )
    fact = Fact(name="status_date_continued", value=date(2026, 10, 23))
    continuance = _event(EventKind.LM_STIPULATION, date(2026, 9, 15), 21, joint=True, facts=(fact,))
    seen = datetime(2026, 9, 16, 4, tzinfo=UTC)
    posture = _follow(FORM_A, CERTIFICATE, order, continuance, today=date(2026, 9, 15), seen_until=seen)
    assert posture.dates.lm_end == date(2026, 10, 30)
    assert posture.lm_end_was == ()
    status = _deadline(posture, "status_due")
    assert (status.earliest, status.moved_from, status.moved_by, status.turn) == (
        date(2026, 10, 23),
        date(2026, 10, 9),
        "entry 21",
        2,
    )


def test_every_step_says_what_moved_it_and_by_which_rule() -> None:
    posture = _follow(FORM_A, CERTIFICATE, OBJECTION, today=date(2026, 8, 18), seen_until=_local(18, 20))
    assert [(step.day, step.on, step.target, step.cite) for step in posture.steps] == [
        (date(2026, 7, 27), "lm_request", State.REQUESTED, "LMP V.A-B"),
        (date(2026, 8, 15), "lapsed:obj_debtor_req", State.RIPE, "LMP V.A"),
        (date(2026, 8, 18), "lm_objection", State.OBJECTED, "LMP V.D"),
    ]
