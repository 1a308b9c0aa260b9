from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.events import CaseEvent, EventAttributes, EventKind, Fact, OrderDates
from docketbridge.domain.fold.anchors import FACTS
from docketbridge.domain.fold.posture import follow
from docketbridge.domain.fold.tasks import KINDS
from docketbridge.domain.matters import CaseFacts, Matter
from docketbridge.domain.profile import Profile
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.standing import Posture
from docketbridge.domain.watching import Span, Watch
from docketbridge.programs.court_calendars import court_calendar
from docketbridge.programs.loading import shipped
from tests.laws import law

PROFILE = next(each for each in shipped() if each.id == "zzb-lmp")
COURT_DAYS = CourtDays(court_calendar("zzb"))
MATTER = Matter(id="m", number="zzb-26-10123-1", court="zzb", case_number="26-10123", program="zzb-lmp", creditor="Ocean Bank")
TEN = time(10)
FIRST = date(2026, 6, 1)

DAYS = st.integers(0, 200).map(lambda amount: FIRST + timedelta(days=amount))
PARTIES = st.sampled_from([None, "debtor", "creditor", "trustee", "ust", "court", "joint"])
TRUTHS = st.sampled_from([None, True, False])


@st.composite
def _events(draw: st.DrawFn) -> tuple[CaseEvent, ...]:
    found = []
    for number in range(1, draw(st.integers(1, 14)) + 1):
        day = draw(DAYS)
        kind = draw(st.sampled_from([EventKind.LM_REQUEST, EventKind.LM_ORDER, *EventKind]))
        dates = (
            OrderDates(status_due=draw(st.none() | DAYS), lm_end=draw(st.none() | DAYS)) if kind is EventKind.LM_ORDER else None
        )
        attributes = EventAttributes(
            requesting_party=draw(PARTIES),
            objecting_party=draw(PARTIES),
            filer_role=draw(PARTIES),
            movant=draw(PARTIES),
            related_documents=tuple(draw(st.lists(st.integers(1, 14), max_size=2))),
            hearing=draw(st.none() | DAYS.map(lambda day: datetime.combine(day, TEN))),
            hearing_held=draw(st.none() | DAYS),
            outcome=draw(st.sampled_from([None, "granted", "denied", "overruled", "conditional", "continued", "held"])),
            served=draw(st.none() | DAYS),
            service_method=draw(st.sampled_from([None, "mail", "ecf", "hand"])),
            deadline=draw(st.none() | DAYS),
            extended_to=draw(st.none() | DAYS),
            requested_extended_to=draw(st.none() | DAYS),
            status_report_due=draw(st.none() | DAYS),
            joint=draw(TRUTHS),
            trial=draw(TRUTHS),
            amended=draw(st.booleans()),
            order_dates=dates,
            creditor=draw(st.sampled_from([None, "Ocean Bank, N.A.", "Hill Credit Union"])),
        )
        name = draw(st.sampled_from([None, *sorted(FACTS)]))
        facts = (Fact(name=name, value=draw(st.one_of(DAYS, st.just(True)))),) if name else ()
        found.append(
            CaseEvent(
                kind=kind,
                entry_id=f"e{number}",
                entry_label=f"entry {number}",
                filed=day,
                entered=day,
                document_number=number,
                attributes=attributes,
                facts=facts,
                position=(day, datetime.max.replace(tzinfo=UTC), number, number, ""),
            )
        )
    return tuple(found)


DECISIONS = st.lists(
    st.builds(
        Decision,
        kind=st.sampled_from(DecisionKind),
        by=st.just("Pat Clerk"),
        at=DAYS.map(lambda d: datetime(d.year, d.month, d.day, 18, tzinfo=UTC)),
        entry_id=st.none() | st.integers(1, 14).map(lambda number: f"e{number}"),
        matter_id=st.just("m"),
        day=st.none() | DAYS,
        choice=st.sampled_from([None, "yes", "no", "mail", "screen-objection", "close", "request-sheet"]),
        answer=st.sampled_from([None, "hearing", "disregard", "overrule"]),
    ),
    max_size=2,
)


def _follow(
    events: tuple[CaseEvent, ...],
    today: date,
    *,
    chapter: int = 13,
    decisions: Any = (),
    spans: Any = None,
    profile: Profile = PROFILE,
) -> Posture:
    whole = (Span(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2028, 1, 1, tzinfo=UTC)),)
    case = CaseFacts(court="zzb", number="26-10123", name="Dana Example", chapter=chapter, filed=FIRST)
    return follow(
        events,
        profile=profile,
        court_days=COURT_DAYS,
        watch=Watch(spans=whole if spans is None else spans, timezone="America/New_York"),
        case=case,
        matter=MATTER,
        decisions=decisions,
        today=today,
    )


@law(60)
@given(
    events=_events(),
    today=DAYS,
    chapter=st.sampled_from([7, 11, 12, 13]),
    decisions=DECISIONS,
    profile=st.sampled_from(shipped()),
    data=st.data(),
)
def test_any_docket_under_any_program_gives_a_posture_and_the_order_of_arrival_does_not_matter(
    events: tuple[CaseEvent, ...], today: date, chapter: int, decisions: list[Decision], profile: Profile, data: st.DataObject
) -> None:
    posture = _follow(events, today, chapter=chapter, decisions=decisions, profile=profile)
    shuffled = tuple(data.draw(st.permutations(events)))
    assert _follow(shuffled, today, chapter=chapter, decisions=decisions, profile=profile) == posture
    for deadline in posture.deadlines:
        if deadline.readings is not None:
            assert deadline.readings.earliest.day <= deadline.readings.latest.day
    keys = [(each.key, each.cycle, each.turn) for each in posture.deadlines]
    assert len(keys) == len(set(keys)), "a deadline is named once, for ever"
    assert posture.changes_on is None or posture.changes_on > today
    assert {each.key for each in posture.tasks} <= set(KINDS)
    assert [each.day for each in posture.steps] == sorted(each.day for each in posture.steps)


@law(40)
@given(
    events=_events(),
    today=DAYS,
    ahead=st.integers(1, 90),
    chapter=st.sampled_from([7, 13]),
    profile=st.sampled_from(shipped()),
)
def test_silence_changes_nothing_before_the_day_it_says(
    events: tuple[CaseEvent, ...], today: date, ahead: int, chapter: int, profile: Profile
) -> None:
    known = tuple(each for each in events if each.day is not None and each.day <= today)
    posture = _follow(known, today, chapter=chapter, profile=profile)
    later = today + timedelta(days=ahead)
    if posture.changes_on is None or later < posture.changes_on:
        after = _follow(known, later, chapter=chapter, profile=profile)
        for name in ("state", "shown", "open_items", "dates", "deadlines", "tasks", "hearings", "notes", "settled", "steps"):
            assert getattr(after, name) == getattr(posture, name), name


@law(30)
@given(events=_events(), today=DAYS)
def test_unwatched_silence_moves_nothing(events: tuple[CaseEvent, ...], today: date) -> None:
    posture = _follow(events, today, spans=())
    assert not [step for step in posture.steps if step.on.startswith("lapsed:")]
    assert not [each for each in posture.deadlines if each.status == "lapsed"]


@law(30)
@given(events=_events(), today=DAYS)
def test_no_loss_mitigation_event_is_dropped(events: tuple[CaseEvent, ...], today: date) -> None:
    posture = _follow(events, today)
    told = {each.entry_id for each in posture.steps} | {each.entry_id for each in posture.unexpected}
    quiet = {"lm_notice", "lm_supporting_document", "lm_certificate_of_service", "lm_proposed_order", "lm_response_other"}
    quiet |= {"lm_stipulation", "lm_order_other", "lm_hearing", "lm_mediator_appointment", "lm_mediator_objection"}
    quiet |= {"lm_dismissal_note", "lm_corrective"}
    for event in events:
        if event.day is not None and event.day <= today and event.kind.concerns_loss_mitigation and event.kind not in quiet:
            assert event.entry_id in told
