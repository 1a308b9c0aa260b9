from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from calendars.calendar_item import ItemKind, ItemStatus, Reading
from calendars.hearing_items import hearing_items
from calendars.items import items_for, told_once
from calendars.scopes import KINDS
from docketbridge import testing
from docketbridge.domain.standing import State


def file_with(*hearings, **changes):
    return testing.matter_file(posture=testing.posture(hearings=hearings), **changes)


def test_a_conference_is_timed_placed_and_busy():
    item, _ = hearing_items(file_with(testing.hearing("lm_conference", datetime.fromisoformat("2026-09-15T10:30"))))
    assert item.start.astimezone(UTC) == datetime(2026, 9, 15, 14, 30, tzinfo=UTC)
    assert (item.timezone, item.location, item.busy) == ("America/New_York", "Courtroom 2", True)
    assert item.kind is ItemKind.CONFERENCE
    assert item.categories == ("Conference",)


def test_settlement_authority_is_available_from_half_an_hour_before_a_conference():
    conference, authority = hearing_items(file_with(testing.hearing("lm_conference", datetime.fromisoformat("2026-09-15T10:30"))))
    assert authority.end == conference.start
    assert (authority.end - authority.start).total_seconds() == 1800
    assert "Settlement authority available" in authority.summary
    assert "LMP VIII.D" in authority.description


@pytest.mark.parametrize(("about", "minutes"), [("lift_stay", 30), ("lm_conference", None)])
def test_other_hearings_and_programs_without_the_rule_have_no_half_hour(about, minutes):
    file = file_with(testing.hearing(about, datetime.fromisoformat("2026-09-15T10:30")), authority_ready_minutes=minutes)
    assert len(tuple(hearing_items(file))) == 1


def test_the_half_hour_before_a_conference_on_the_change_night_is_half_an_hour():
    _, authority = hearing_items(file_with(testing.hearing("lm_conference", datetime.fromisoformat("2027-03-14T03:00"))))
    assert f"{authority.start:%H:%M}" == "01:30"
    assert (authority.end.astimezone(UTC) - authority.start.astimezone(UTC)).total_seconds() == 1800


def test_a_hearing_that_was_continued_keeps_its_uid_and_says_what_it_was():
    first = testing.hearing("confirmation", datetime.fromisoformat("2026-09-09T09:00"))
    (before,) = hearing_items(file_with(first))
    told_again = replace(first, start=datetime.fromisoformat("2026-12-02T09:00"), moved_from=first.start, moved_by="entry 21")
    (after,) = hearing_items(file_with(told_again))
    assert after.uid == before.uid
    assert "Was 9 September 2026, 09:00; moved by entry 21." in after.description


def test_a_continuance_told_as_a_hearing_of_its_own_takes_over_the_uid():
    first = testing.hearing("confirmation", datetime.fromisoformat("2026-09-09T09:00"))
    (before,) = hearing_items(file_with(first))
    second = testing.hearing(
        "confirmation", datetime.fromisoformat("2026-10-07T09:00"), 21, turn=2, moved_from=first.start, moved_by="entry 21"
    )
    third = testing.hearing(
        "confirmation", datetime.fromisoformat("2026-12-02T09:00"), 25, turn=3, moved_from=second.start, moved_by="entry 25"
    )
    (after,) = hearing_items(file_with(replace(first, status="moved"), replace(second, status="moved"), third))
    assert after.uid == before.uid
    assert after.start.date() == date(2026, 12, 2)


def test_two_hearings_on_different_motions_are_two_items():
    one, other = hearing_items(
        file_with(
            testing.hearing("lift_stay", datetime.fromisoformat("2026-09-02T14:00"), 9),
            testing.hearing("lift_stay", datetime.fromisoformat("2026-09-09T14:00"), 11),
        )
    )
    assert one.uid != other.uid


def test_a_hearing_that_came_off_reads_off_and_why():
    off = testing.hearing(
        "lift_stay", datetime.fromisoformat("2026-09-02T14:00"), status="off", note="off the calendar under LMP V.A.3.c"
    )
    (item,) = hearing_items(file_with(off))
    assert item.summary.startswith("OFF: V.A.3.c – 26-10123 Hearing on relief from stay")
    assert item.status is ItemStatus.CANCELLED


def test_a_hearing_taken_off_without_a_reason_names_the_entry():
    off = testing.hearing("objection", datetime.fromisoformat("2026-09-02T14:00"), status="off", moved_by="entry 22")
    (item,) = hearing_items(file_with(off))
    assert item.summary.startswith("OFF: by entry 22 – ")


def test_between_the_two_readings_a_lift_stay_hearing_is_provisional(requested):
    (item,) = hearing_items(requested)
    assert "(off unless objection by 24 August 2026)" in item.summary
    assert item.status is ItemStatus.TENTATIVE


@pytest.mark.parametrize(
    "changed",
    [
        {"today": date(2026, 8, 20)},  # the party's day is not over yet
        {"state": State.OBJECTED},
        {
            "hearing": datetime.fromisoformat("2026-08-24T14:00")
        },  # AMB-6: on the last day itself it has not expired before the hearing
        {"objection": True},
    ],
)
def test_a_lift_stay_hearing_is_not_provisional_otherwise(requested, changed):
    posture = requested.posture
    start = changed.get("hearing", posture.hearings[0].start)
    posture = replace(
        posture,
        state=changed.get("state", posture.state),
        hearings=(replace(posture.hearings[0], start=start),),
        open_items=(testing.open_objection(),) if changed.get("objection") else (),
    )
    (item,) = hearing_items(replace(requested, posture=posture, today=changed.get("today", requested.today)))
    assert "unless" not in item.summary
    assert item.status is ItemStatus.CONFIRMED


def test_a_hearing_whose_time_the_docket_does_not_give_fills_the_day():
    (item,) = hearing_items(file_with(testing.hearing("objection", datetime.fromisoformat("2026-09-02T00:00"))))
    assert item.all_day
    assert item.start == date(2026, 9, 2)
    assert "(time not on the docket)" in item.summary


def test_a_hearing_told_with_an_offset_is_put_into_the_courts_own_time():
    (item,) = hearing_items(file_with(testing.hearing("objection", datetime(2026, 9, 2, 18, 0, tzinfo=UTC))))
    assert f"{item.start:%H:%M}" == "14:00"


def test_a_confirmation_hearing_of_two_matters_of_a_case_is_told_once_and_lift_stay_hearings_are_not():
    def both(about):
        first = file_with(testing.hearing(about, datetime.fromisoformat("2026-09-09T09:00")))
        second = replace(first, matter=replace(first.matter, id="m-2", number="zzb-26-10123-2", creditor="Second Lien Trust"))
        items = [*items_for(first, Reading.LATEST), *items_for(second, Reading.LATEST)]
        return [item for item in told_once(items, KINDS) if item.kind is ItemKind.HEARING]

    assert len(both("confirmation")) == 1
    assert len(both("lift_stay")) == 2


def test_a_lift_stay_hearing_that_the_clerk_took_off_after_silence_reads_by_the_rule():
    off = testing.hearing("lift_stay", datetime.fromisoformat("2026-09-02T14:00"), status="off", note="off: entry 22")
    (item,) = hearing_items(file_with(off, today=date(2026, 8, 20)))
    assert item.summary.startswith("OFF: V.A.3.c – ")


def test_a_lift_stay_hearing_taken_off_while_an_objection_could_come_names_the_entry():
    off = testing.hearing("lift_stay", datetime.fromisoformat("2026-08-13T14:00"), status="off", note="off: entry 22")
    (item,) = hearing_items(file_with(off))
    assert item.summary.startswith("OFF: entry 22 – ")


def test_a_fate_that_the_posture_tells_is_not_told_twice(requested):
    note = "provisional: comes off on 25 August 2026 unless an objection is filed by 24 August 2026 (V.A.3.c)"
    hearing = replace(requested.posture.hearings[0], note=note)
    (item,) = hearing_items(replace(requested, posture=replace(requested.posture, hearings=(hearing,))))
    assert item.description.count("unless an objection is filed by") == 1
