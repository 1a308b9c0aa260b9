"""A matter's file as a party is told it: the court's own reading is nowhere in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime

import pytest

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import Note, OpenItem, State, Step, Task
from docketbridge.domain.views.party_view import party_view
from docketbridge.domain.views.told_to_a_party import next_told, told_to_a_party
from docketbridge.testing import active_matter_file, active_posture, deadline, hearing, matter_file, objection_deadline, posture

EARLIEST, LATEST = date(2026, 8, 11), date(2026, 8, 14)
SPELLINGS = ("14 August 2026", "15 August 2026", "2026-08-14", "14 Aug")


def _everything(value: object) -> Iterator[object]:
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _everything(getattr(value, each.name))
    elif isinstance(value, (tuple, list, frozenset)):
        for each in value:
            yield from _everything(each)


def _waiting() -> MatterFile:
    """A request on a day between the two readings, with everything about it that names the second."""
    shut = objection_deadline(DeadlineStatus.RUNNING)
    stay = hearing(
        "lift_stay",
        datetime(2026, 9, 2, 10, 0),  # noqa: DTZ001 - local court time
        note="provisional: comes off on 15 August 2026 unless an objection is filed by 14 August 2026 (V.A.3.c)",
    )
    lapse = Step(
        day=date(2026, 8, 15),
        source=None,
        target=State.RIPE,
        on="lapsed:obj_debtor_req",
        entry_id=None,
        entry_label=None,
        cite="V.A",
    )
    owed = Task(
        key="sign-order",
        owner="chambers",
        what="Sign",
        opened=date(2026, 8, 15),
        due=None,
        because="no objection by 14 August 2026",
        cite="V.A",
        closed_by="order",
    )
    file = matter_file(
        posture=posture(
            state=State.REQUESTED,
            shown="requested",
            settled=False,
            deadlines=(replace(shut, provisional="not acted on before 14 August 2026"),),
            hearings=(stay,),
            steps=(*posture().steps[:1], lapse),
            tasks=(owed,),
            notes=(Note(to="chambers", text="Surely over on 14 August 2026.", cite="V.A"),),
            silence="Objections may come until 14 August 2026.",
            changes_on=date(2026, 8, 15),
        )
    )
    return replace(file, today=date(2026, 8, 12))


def test_the_planted_file_names_the_latest_reading_in_many_places():
    found = [each for each in _everything(_waiting()) if each in (LATEST, date(2026, 8, 15)) or _names_it(each)]
    assert len(found) >= 8


def _names_it(value: object) -> bool:
    return isinstance(value, str) and any(words in value for words in SPELLINGS)


def test_nothing_told_to_a_party_holds_the_latest_reading_or_names_it():
    told = told_to_a_party(_waiting())
    assert [each for each in _everything(told.posture) if each in (LATEST, date(2026, 8, 15)) or _names_it(each)] == []
    assert told.posture.deadlines[0].earliest == told.posture.deadlines[0].latest == EARLIEST


def test_telling_a_told_file_changes_nothing():
    once = told_to_a_party(_waiting())
    assert told_to_a_party(once) == once


def test_a_hearing_that_may_come_off_says_so_without_the_day():
    (told,) = told_to_a_party(_waiting()).posture.hearings
    assert told.note == "may come off the calendar unless an objection is filed in time (V.A.3.c)"


def test_what_a_party_met_late_is_still_said():
    late = deadline("form_a_after_plan", EARLIEST, LATEST, status=DeadlineStatus.MET, met_by="entry 12", provisional="met late")
    assert told_to_a_party(matter_file(posture=posture(deadlines=(late,)))).posture.deadlines[0].provisional == "met late"


def test_the_next_date_of_a_list_is_told_on_its_earliest_reading():
    upcoming = _waiting().next_date
    told = next_told(upcoming)
    assert told is not None
    assert told.latest == told.earliest
    assert next_told(None) is None


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_plain_sentence(state):
    assert party_view(matter_file(posture=posture(state=state, shown=state.value)), "debtor").stands.endswith(".")


def test_each_side_sees_its_own_duties_first_and_the_other_s_below():
    mine = deadline("debtor_requests_due", date(2026, 9, 11), owner="debtor")
    theirs = deadline("creditor_requests_due", date(2026, 9, 4), owner="creditor")
    both = deadline("status_due", date(2026, 9, 18), owner="both")
    file = active_matter_file(posture=active_posture(deadlines=(mine, theirs, both)))
    debtor, creditor = party_view(file, "debtor"), party_view(file, "creditor")
    assert [(each.day, each.whose) for each in debtor.yours] == [(date(2026, 9, 11), "you"), (date(2026, 9, 18), "both sides")]
    assert [each.whose for each in debtor.others] == ["the creditor"]
    assert [each.day for each in creditor.yours] == [date(2026, 9, 4), date(2026, 9, 18)]


def test_a_time_that_is_over_is_no_duty_but_a_report_not_filed_still_is():
    over = deadline("obj_debtor_req", date(2026, 8, 1), owner="creditor", status=DeadlineStatus.LAPSED, kind="objection")
    report = deadline("status_due", date(2026, 8, 2), owner="both", status=DeadlineStatus.LAPSED, kind="status_report")
    view = party_view(active_matter_file(posture=active_posture(deadlines=(over, report))), "creditor")
    assert [(each.what, each.over) for each in view.yours] == [(report.what, True)]


def test_what_is_open_is_told_in_a_sentence_with_its_entry():
    asked = OpenItem(kind="extension", entry_id="entry-20", entry_label="entry 20", since=date(2026, 9, 1), party="debtor")
    view = party_view(active_matter_file(posture=active_posture(open_items=(asked,))), "creditor")
    assert view.pending == ("More time was asked for by the debtor on 1 September 2026 (entry 20).",)
