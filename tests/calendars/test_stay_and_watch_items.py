from dataclasses import replace
from datetime import UTC, date, datetime

from calendars.calendar_item import ItemKind, Reading
from calendars.deadline_items import deadline_items
from calendars.stay_items import stay_items
from calendars.watch_items import watch_items
from docketbridge import testing
from docketbridge.domain.matters import WatchStatement
from docketbridge.domain.standing import State


def file_with(motion, *deadlines):
    return testing.matter_file(posture=testing.posture(deadlines=deadlines, stay_motions=(motion,)))


def watched(seen: datetime | None, *gaps: str, state: State = State.RIPE, today: date = date(2026, 8, 19), **changes):
    watch = WatchStatement(seen_through=seen, gaps=gaps)
    return testing.matter_file(watch=watch, today=today, posture=testing.posture(state=state), **changes)


def test_an_uncovered_stay_motion_has_its_two_points_and_says_what_follows():
    thirty, sixty = stay_items(file_with(testing.stay_motion()))
    assert (thirty.start, sixty.start) == (date(2026, 8, 19), date(2026, 9, 18))
    assert thirty.summary == "26-10123 30-day point of entry 9, 362(e)(1) (UNCOVERED)"
    assert "the stay ends as to the movant" in sixty.description
    assert thirty.kind is ItemKind.STAY_POINT


def test_a_cover_is_named_and_its_end_is_a_day_of_its_own():
    motion = testing.stay_motion(covered_through=date(2026, 9, 1), covered_by="entry 17")
    thirty, sixty, cover = stay_items(file_with(motion))
    assert "(covered through 1 September 2026)" in thirty.summary
    assert "(UNCOVERED)" in sixty.summary
    assert cover.start == date(2026, 9, 1)
    assert "Covered by entry 17" in cover.description


def test_a_motion_outside_the_sixty_day_rule_has_no_second_point():
    assert len(tuple(stay_items(file_with(testing.stay_motion(day_60=None))))) == 1


def test_a_decided_motion_has_no_points_left():
    assert tuple(stay_items(file_with(testing.stay_motion(outcome="denied")))) == ()


def test_a_point_that_is_a_deadline_already_is_not_told_twice():
    told = testing.deadline("stay_30", date(2026, 8, 19), kind="lift_stay")
    assert [item.start for item in stay_items(file_with(testing.stay_motion(), told))] == [date(2026, 9, 18)]


def test_a_point_told_as_a_deadline_names_its_motion_and_its_cover():
    told = testing.deadline("stay_30", date(2026, 8, 19), kind="lift_stay", what="The stay ends", started_by="entry 9")
    (bare,) = deadline_items(file_with(testing.stay_motion(), told), Reading.LATEST)
    assert bare.summary.startswith("26-10123 The stay ends, entry 9 (UNCOVERED)")
    assert "Nothing on the docket covers it" in bare.description
    covered = testing.stay_motion(covered_through=date(2026, 8, 19), covered_by="entry 17")
    (safe,) = deadline_items(file_with(covered, told), Reading.LATEST)
    assert "(covered through 19 August 2026)" in safe.summary
    assert "Covered through 19 August 2026 by entry 17." in safe.description


def test_a_cover_that_ends_before_the_point_does_not_cover_it():
    short = testing.stay_motion(covered_through=date(2026, 9, 1), covered_by="entry 17")
    _, sixty, _ = stay_items(file_with(short))
    assert "The cover by entry 17 ends 1 September 2026, before this day" in sixty.description


def test_each_postponement_is_told_with_its_reason():
    motion = testing.stay_motion(postponements=((date(2026, 11, 19), "LMP VI.B.1, entry 17"),))
    assert all(
        "Hearing postponed to 19 November 2026: LMP VI.B.1, entry 17" in item.description
        for item in stay_items(file_with(motion))
    )


def test_a_docket_seen_today_needs_no_admission():
    assert tuple(watch_items([watched(datetime(2026, 8, 19, 12, tzinfo=UTC))], "all")) == ()


def test_a_docket_seen_through_yesterday_needs_none_and_one_day_older_does():
    assert tuple(watch_items([watched(datetime(2026, 8, 18, 16, tzinfo=UTC))], "all")) == ()
    (item,) = watch_items([watched(datetime(2026, 8, 17, 16, tzinfo=UTC))], "all")
    assert "docket feed stale since 17 August 2026" in item.summary
    assert (item.start, item.end) == (date(2026, 8, 17), date(2026, 8, 20))


def test_the_day_last_seen_is_the_courts_own():
    late = datetime(2026, 8, 18, 2, 0, tzinfo=UTC)  # ten in the evening of the 17th in Samplebury
    assert len(tuple(watch_items([watched(late)], "all"))) == 1


def test_an_open_gap_is_admitted_though_the_feed_is_fresh():
    (item,) = watch_items([watched(datetime(2026, 8, 19, 12, tzinfo=UTC), "12 to 13 August 2026")], "all")
    assert "gap in the docket watch" in item.summary
    assert "gap 12 to 13 August 2026" in item.description


def test_a_docket_never_seen_whole_is_said_to_be_so():
    (item,) = watch_items([watched(None)], "all")
    assert "docket not watched" in item.summary
    assert item.start == date(2026, 8, 5)


def test_a_matter_that_is_over_needs_no_watch():
    assert tuple(watch_items([watched(None, state=State.CLOSED)], "all")) == ()


def test_each_court_has_one_admission_whatever_its_matters():
    seen = datetime(2026, 8, 10, 12, tzinfo=UTC)
    files = [watched(seen), watched(seen), watched(seen, court=replace(testing.COURT, id="zzc"))]
    assert len(tuple(watch_items(files, "all"))) == 2
