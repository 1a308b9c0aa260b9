from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendars.calendar_item import ItemKind, ItemStatus, Reading
from calendars.deadline_items import deadline_items
from calendars.items import items_for
from docketbridge import testing
from docketbridge.domain.deadlines import ComputedDate, DeadlineStatus, Readings
from docketbridge.domain.standing import OpenItem


def file_with(*deadlines, **changes):
    return testing.matter_file(posture=testing.posture(deadlines=deadlines), **changes)


def only(file, reading=Reading.LATEST):
    items = tuple(deadline_items(file, reading))
    assert len(items) == 1
    return items[0]


def test_a_party_is_told_the_earliest_day_and_the_court_the_latest_with_both_in_the_text():
    file = file_with(testing.objection_deadline(DeadlineStatus.RUNNING))
    early, late = only(file, Reading.EARLIEST), only(file, Reading.LATEST)
    assert (early.start, late.start) == (date(2026, 8, 11), date(2026, 8, 14))
    for item in (early, late):
        assert (
            "earliest 11 August 2026 (for the party), latest 14 August 2026 (before the court acts on silence)"
            in item.description
        )
        assert item.end - item.start == timedelta(days=1)
        assert item.all_day
        assert not item.busy


def test_the_two_readings_are_two_publications_with_a_uid_each():
    file = file_with(testing.objection_deadline())
    assert only(file, Reading.EARLIEST).uid != only(file, Reading.LATEST).uid


def test_a_uid_outlives_a_new_date_a_new_title_and_another_creditor():
    file = file_with(testing.deadline("lm_end", date(2026, 11, 18), kind="period_end"))
    moved = file_with(
        testing.deadline("lm_end", date(2027, 1, 15), kind="period_end", what="Another title"),
        matter=replace(testing.MATTER, creditor="Saltmarsh Servicing LLC"),
    )
    assert only(file).uid == only(moved).uid


def test_cycle_and_turn_make_another_uid():
    base = testing.deadline("status_due", date(2026, 10, 26), kind="status_report")
    uids = {only(file_with(each)).uid for each in (base, replace(base, cycle=2), replace(base, turn=2))}
    assert len(uids) == 3


def test_the_text_gives_rule_trigger_link_and_computation():
    computed = ComputedDate(
        start=date(2026, 7, 28), due=date(2026, 8, 14), trace=("served 28 July 2026", "+14 days", "+3 days (mail)")
    )
    deadline = replace(
        testing.objection_deadline(DeadlineStatus.RUNNING),
        readings=Readings(earliest=computed, latest=computed),
        started_by_link="https://ecf.example.gov/doc1/12",
    )
    item = only(file_with(deadline))
    assert "Rule: LMP V.A (checked: inferred)" in item.description
    assert "Started by: entry 12 (https://ecf.example.gov/doc1/12)" in item.description
    assert "Computed: served 28 July 2026; +14 days; +3 days (mail)" in item.description
    assert item.url == "https://ecf.example.gov/doc1/12"


def test_a_last_day_to_file_says_when_paper_and_e_filing_end():
    assert "paper: 16:00; e-filing: midnight" in only(file_with(testing.objection_deadline())).description


def test_a_date_between_the_parties_says_nothing_of_filing():
    assert "e-filing" not in only(file_with(testing.deadline("first_contact_due", date(2026, 8, 27)))).description


def test_a_moved_day_says_what_it_was_and_which_entry_moved_it_and_is_marked_for_thirty_days():
    deadline = testing.deadline(
        "lm_end", date(2027, 1, 15), kind="period_end", moved_from=date(2026, 11, 18), moved_by="entry 21"
    )
    entry = testing.meaning(testing.entry(21, date(2026, 8, 1), "Extended."))
    file = file_with(deadline, entries=(entry,), today=date(2026, 8, 31))
    assert "Was 18 November 2026; moved by entry 21." in only(file).description
    assert only(file).summary.startswith("MOVED: ")
    assert only(replace(file, today=date(2026, 9, 1))).summary.startswith("26-10123 ")


def test_the_end_of_the_period_tells_its_last_change_from_the_posture():
    deadline = testing.deadline("lm_end", date(2027, 1, 15), kind="period_end")
    file = testing.matter_file(posture=testing.posture(deadlines=(deadline,), lm_end_was=((date(2026, 11, 18), "entry 21"),)))
    assert "Was 18 November 2026; moved by entry 21." in only(file).description


def test_a_deadline_that_waits_for_its_anchor_is_on_no_calendar():
    assert tuple(deadline_items(file_with(testing.deadline("lm_end", None, kind="period_end")), Reading.LATEST)) == ()


def test_a_moot_deadline_is_cancelled_and_says_by_what():
    item = only(file_with(replace(testing.objection_deadline(DeadlineStatus.MOOTED), mooted_by="entry 17")))
    assert item.status is ItemStatus.CANCELLED
    assert item.summary.startswith("CANCELLED: 26-10123 ")
    assert "entry 17" in item.description


def test_a_met_deadline_says_so():
    item = only(file_with(replace(testing.objection_deadline(DeadlineStatus.MET), met_by="entry 14")))
    assert item.summary.startswith("MET: ")
    assert "Met by entry 14." in item.description


def test_a_provisional_end_is_tentative():
    deadline = testing.deadline("lm_end", date(2027, 1, 15), kind="period_end", provisional="until the order on entry 21")
    item = only(file_with(deadline))
    assert item.status is ItemStatus.TENTATIVE
    assert "(provisional)" in item.summary
    assert "Provisional: until the order on entry 21" in item.description


def test_an_extended_deadline_that_runs_again_is_told_once():
    old = testing.deadline("status_due", date(2026, 10, 26), kind="status_report", status=DeadlineStatus.EXTENDED)
    new = testing.deadline("status_due", date(2026, 11, 9), kind="status_report", turn=2)
    assert only(file_with(old, new)).start == date(2026, 11, 9)
    assert only(file_with(old)).start == date(2026, 10, 26)


@pytest.mark.parametrize(
    ("key", "kind", "sorted_as"),
    [
        ("status_due", "status_report", ItemKind.STATUS_REPORT),
        ("status_draft", "status_report", ItemKind.STATUS_STEP),
        ("status_revisions", "status_report", ItemKind.STATUS_STEP),
        ("stay_60", "lift_stay", ItemKind.STAY_POINT),
        ("postponed_liftstay", "lift_stay", ItemKind.LIFT_STAY),
        ("sched_j", "schedules", ItemKind.SCHEDULES),
        ("conf_objection", "confirmation", ItemKind.CONFIRMATION),
        ("first_contact_due", "contact", ItemKind.CONTACT),
        ("a_court_of_its_own", "novel", ItemKind.OTHER),
    ],
)
def test_deadlines_are_sorted_into_kinds(key, kind, sorted_as):
    assert only(file_with(testing.deadline(key, date(2026, 9, 1), kind=kind))).kind is sorted_as


def test_no_account_or_social_security_number_reaches_a_calendar_whole():
    matter = replace(testing.MATTER, creditor="Harborlight, loan 4455667788 of 123-45-6789")
    item = only(file_with(testing.objection_deadline(), matter=matter))
    for text in (item.summary, item.description):
        assert "4455667788" not in text
        assert "123-45-6789" not in text
        assert "…7788" in text


def test_a_calendar_goes_back_ninety_days_and_no_further():
    file = file_with(testing.deadline("status_due", date(2026, 9, 1), kind="status_report"), today=date(2026, 11, 30))
    assert len(items_for(file, Reading.LATEST)) == 1
    assert items_for(replace(file, today=date(2026, 12, 1)), Reading.LATEST) == ()


def test_no_item_carries_a_docket_text_or_the_note_of_an_open_item():
    said = "offered four percent over thirty years"
    entry = testing.meaning(testing.entry(30, date(2026, 8, 20), said))
    item = OpenItem(kind="approval", entry_id="entry-30", entry_label="entry 30", since=date(2026, 8, 20), note=said)
    file = testing.active_matter_file(entries=(entry,), posture=testing.active_posture(open_items=(item,)))
    assert all(said not in f"{each.summary}{each.description}" for each in items_for(file, Reading.LATEST))


def test_a_day_that_moved_is_one_item_under_the_uid_of_its_first_turn():
    first = testing.deadline("lm_end", date(2026, 11, 18), kind="period_end", started_by="entry 17")
    moot = replace(first, status=DeadlineStatus.MOOTED, mooted_by="entry 21")
    second = testing.deadline(
        "lm_end", date(2027, 1, 15), kind="period_end", turn=2, moved_from=date(2026, 11, 18), moved_by="entry 21"
    )
    second_moot = replace(second, status=DeadlineStatus.MOOTED, mooted_by="entry 25")
    third = replace(
        second, turn=3, readings=testing.readings(date(2027, 2, 1)), moved_from=date(2027, 1, 15), moved_by="entry 25"
    )
    uid = only(file_with(first)).uid
    moved, again = only(file_with(moot, second)), only(file_with(moot, second_moot, third))
    assert (moved.uid, moved.start) == (uid, date(2027, 1, 15))
    assert (again.uid, again.start) == (uid, date(2027, 2, 1))


def test_a_step_counted_anew_from_a_new_report_date_is_one_item():
    draft = testing.deadline("status_draft", date(2026, 10, 20), kind="status_report", started_by="entry 17")
    moot = replace(draft, status=DeadlineStatus.MOOTED, mooted_by="entry 21")
    anew = replace(draft, turn=2, started_by="entry 21", readings=testing.readings(date(2026, 11, 3)))
    assert only(file_with(moot, anew)).uid == only(file_with(draft)).uid


def test_a_second_report_after_the_first_was_met_is_an_item_of_its_own():
    met = testing.deadline("status_due", date(2026, 10, 26), kind="status_report", status=DeadlineStatus.MET, met_by="entry 30")
    second = testing.deadline("status_due", date(2026, 11, 30), kind="status_report", turn=2, started_by="entry 31")
    first_item, second_item = deadline_items(file_with(met, second), Reading.LATEST)
    assert first_item.uid != second_item.uid


def test_a_day_that_passed_while_the_docket_was_not_seen_says_why_it_is_held():
    held = replace(
        testing.objection_deadline(DeadlineStatus.RUNNING), provisional="passed, but the docket is seen until 12 August only"
    )
    item = only(file_with(held))
    assert "Note: passed, but the docket is seen until 12 August only" in item.description
    assert item.status is ItemStatus.CONFIRMED
