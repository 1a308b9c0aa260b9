"""An entry that nobody has decided holds every silence that it may have broken, and says so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.events import CaseEvent, Detection, EventAttributes, EventKind, OrderDates
from docketbridge.domain.fold.posture import follow
from docketbridge.domain.linking.doubting import FOR_A_PERSON, FOR_ITS_TEXT, Doubt, doubts_in, generic_meanings
from docketbridge.domain.linking.linking import arrange
from docketbridge.domain.linking.threads import Reading
from docketbridge.domain.matters import CaseFacts, Matter
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.standing import Posture, State
from docketbridge.domain.watching import Span, Watch
from docketbridge.programs.court_calendars import court_calendar
from docketbridge.programs.loading import shipped

PROGRAM = next(each for each in shipped() if each.id == "zzb-lmp")
COURT_DAYS = CourtDays(court_calendar("zzb"))
ZONE = "America/New_York"
MATTER = Matter(id="m", number="zzb-26-10123-1", court="zzb", case_number="26-10123", program="zzb-lmp", creditor="Ocean Bank")
CASE = CaseFacts(court="zzb", number="26-10123", name="Ada Quillfeather", chapter=13)
# Served by CM/ECF on Monday 27 July 2026: the last day is Tuesday 11 August, after Victory Day, in both readings.
REQUEST = CaseEvent(
    kind=EventKind.LM_REQUEST,
    entry_id="e12",
    entry_label="entry 12",
    filed=date(2026, 7, 27),
    entered=date(2026, 7, 27),
    document_number=12,
    attributes=EventAttributes(requesting_party="debtor", served=date(2026, 7, 27), service_method="ecf", creditor="Ocean Bank"),
)
ORDER = CaseEvent(
    kind=EventKind.LM_ORDER,
    entry_id="e20",
    entry_label="entry 20",
    filed=date(2026, 8, 14),
    entered=date(2026, 8, 14),
    document_number=20,
    attributes=EventAttributes(order_dates=OrderDates(status_due=date(2026, 9, 11), lm_end=date(2026, 9, 30))),
)


def doubt(day: date | None, *kinds: EventKind, why: str = FOR_A_PERSON) -> Doubt:
    return Doubt(entry_id="e13", entry_label="entry 13", day=day, kinds=frozenset(kinds), why=why)


def fold(*doubts: Doubt, today: date, events: tuple[CaseEvent, ...] = (REQUEST,)) -> Posture:
    seen = Span(start=datetime(2026, 7, 1, tzinfo=UTC), end=datetime(2026, 12, 1, tzinfo=ZoneInfo(ZONE)).astimezone(UTC))
    return follow(
        events,
        profile=PROGRAM,
        court_days=COURT_DAYS,
        watch=Watch(spans=(seen,), timezone=ZONE),
        case=CASE,
        matter=MATTER,
        doubts=doubts,
        today=today,
    )


IN_TIME = doubt(date(2026, 8, 4), EventKind.LM_OBJECTION, EventKind.LM_CONSENT)


def test_without_a_doubt_the_silence_makes_it_ripe() -> None:
    posture = fold(today=date(2026, 8, 20))
    assert (posture.state, posture.settled, posture.held_by) == (State.RIPE, True, ())


def test_what_may_be_an_objection_keeps_a_matter_from_ripening_and_says_why() -> None:
    posture = fold(IN_TIME, today=date(2026, 8, 20))
    assert posture.state is State.REQUESTED
    assert "entry 13 may be an objection: a person decides" in posture.silence
    assert posture.held_by == ("e13",)
    assert "sign-order" not in {task.key for task in posture.tasks}
    (objection,) = [each for each in posture.deadlines if each.key == "obj_debtor_req"]
    assert objection.status is DeadlineStatus.RUNNING
    assert "entry 13 may be an objection" in (objection.provisional or "")


def test_while_the_time_still_runs_the_doubt_is_told_already() -> None:
    posture = fold(IN_TIME, today=date(2026, 8, 6))
    assert posture.silence == (
        "Objections may come until 11 August 2026. Not to be acted on: entry 13 may be an objection: a person decides."
    )


def test_a_doubt_after_the_last_day_leaves_it_ripe_but_never_settled() -> None:
    posture = fold(doubt(date(2026, 8, 17), EventKind.LM_OBJECTION), today=date(2026, 8, 20))
    assert (posture.state, posture.settled) == (State.RIPE, False)
    assert "entry 13 may be an objection" in posture.silence
    assert "sign-order" not in {task.key for task in posture.tasks}


def test_a_doubt_of_no_known_day_holds() -> None:
    assert fold(doubt(None, EventKind.LM_OBJECTION), today=date(2026, 8, 20)).state is State.REQUESTED


@pytest.mark.parametrize(
    "other",
    [
        doubt(date(2026, 7, 20), EventKind.LM_OBJECTION),
        doubt(date(2026, 8, 25), EventKind.LM_OBJECTION),
        doubt(date(2026, 8, 4), EventKind.STAY_RELIEF_MOTION),
    ],
)
def test_what_came_before_the_request_or_is_yet_to_come_or_cannot_object_holds_nothing(other: Doubt) -> None:
    posture = fold(other, today=date(2026, 8, 20))
    assert (posture.state, posture.settled, posture.held_by) == (State.RIPE, True, ())


def test_what_may_ask_for_more_time_keeps_the_period_from_expiring() -> None:
    asks = doubt(date(2026, 9, 28), EventKind.LM_EXTENSION_REQUEST, why=FOR_ITS_TEXT)
    held = fold(asks, today=date(2026, 10, 5), events=(REQUEST, ORDER))
    assert held.state is State.ACTIVE
    (end,) = [each for each in held.deadlines if each.key == "lm_end"]
    assert end.provisional == "passed, but entry 13 may be a request for more time: its text has not come"
    assert fold(today=date(2026, 10, 5), events=(REQUEST, ORDER)).state is State.EXPIRED


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (("Letter",), {"lm_objection", "lm_extension_objection", "lm_extension_request", "loan_mod_motion", "lm_status_report"}),
        (("Affidavit",), {"lm_objection", "lm_extension_objection"}),
        (("Motion, Approve",), {"lm_extension_request", "loan_mod_motion"}),
        (("Status Report",), {"lm_status_report"}),
        (("Add Judge",), set()),
    ],
)
def test_a_generic_name_may_be_what_its_words_allow(names: tuple[str, ...], kinds: set[str]) -> None:
    assert generic_meanings(names) == kinds


def _read(number: int, *, text: str | None = None, events: tuple[str, ...] = (), **found: object) -> Reading:
    entry = DocketEntry(
        id=f"e{number}",
        court="zzb",
        case_number="26-10123",
        filed=date(2026, 7, 27) + timedelta(days=number),
        document_number=number,
        events=events,
        text=text,
    )
    return Reading(entry=entry, detection=Detection(**found))  # type: ignore[arg-type]  # the tests below give a detection's own fields


OCEAN = _read(1, kinds=(EventKind.LM_REQUEST,), attributes=EventAttributes(creditor="Ocean Bank", lien_position="first"))
QUAHOG = _read(2, kinds=(EventKind.LM_REQUEST,), attributes=EventAttributes(creditor="Quahog Bank", lien_position="second"))


def _doubts(*readings: Reading) -> list[tuple[Doubt, ...]]:
    arrangement = arrange(readings, choose=lambda _: PROGRAM)
    return [doubts_in(thread, arrangement, readings) for thread in arrangement.threads]


def test_an_undecided_entry_is_a_doubt_in_the_matter_whose_papers_it_names_only() -> None:
    unsure = _read(
        3,
        text="Letter",
        kinds=(),
        candidates=(EventKind.LM_OBJECTION, EventKind.LM_CONSENT),
        needs_review=True,
        attributes=EventAttributes(related_documents=(2,)),
    )
    assert [[each.entry_id for each in found] for found in _doubts(OCEAN, QUAHOG, unsure)] == [[], ["e3"]]


def test_a_partys_paper_about_loss_mitigation_that_cannot_be_read_may_object() -> None:
    unsure = _read(
        3, text="Letter", kinds=(), candidates=(EventKind.LM_STATUS_REPORT, EventKind.LM_MOTION_TERMINATE), needs_review=True
    )
    ((found,),) = _doubts(OCEAN, unsure)
    assert EventKind.LM_OBJECTION in found.kinds


def test_an_objection_of_which_the_matter_is_not_told_is_a_doubt_in_both() -> None:
    objection = _read(3, text="Objection", kinds=(EventKind.LM_OBJECTION,))
    assert [[each.entry_id for each in found] for found in _doubts(OCEAN, QUAHOG, objection)] == [["e3"], ["e3"]]


def test_a_generic_event_name_is_a_doubt_until_its_text_comes() -> None:
    generic = EventAttributes(generic_event=True)
    stub = _read(3, events=("Letter",), kinds=(EventKind.NONE,), attributes=generic)
    told = _read(3, events=("Letter",), text="Letter of thanks", kinds=(EventKind.NONE,), attributes=generic)
    assert [each.why for each in _doubts(OCEAN, stub)[0]] == [FOR_ITS_TEXT]
    assert _doubts(OCEAN, told) == [()]
