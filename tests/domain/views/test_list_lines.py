"""The lines that lists over many matters show of one matter, each with its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import EventKind, OrderDates
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import Note, OpenItem, State, Task
from docketbridge.domain.views.list_lines import lines_of
from docketbridge.domain.views.list_shapes import LineKind, ListLine
from docketbridge.testing import (
    CASE,
    CREDITOR,
    DEBTOR,
    REQUEST,
    active_matter_file,
    active_posture,
    deadline,
    entry,
    hearing,
    matter_file,
    meaning,
    objection_deadline,
    posture,
    stay_motion,
)

ALONE = replace(CASE, parties=(replace(DEBTOR, counsel=()), CREDITOR))


def _at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - local court time


def _of(kind: LineKind, file: MatterFile) -> list[ListLine]:
    return [line for line in lines_of(file) if line.kind is kind]


def _mark(key: str, file: MatterFile) -> ListLine | None:
    return next((line for line in _of(LineKind.MARK, file) if line.key == key), None)


def test_a_hearing_is_listed_with_its_time_its_place_and_where_it_was_moved_from():
    held = hearing(
        "lm_conference",
        _at(2026, 9, 9, 14, 30),
        place="Courtroom A",
        moved_from=_at(2026, 9, 2, 10, 0),
        moved_by="entry 15",
    )
    (line,) = _of(LineKind.HEARING, active_matter_file(posture=active_posture(hearings=(held,))))
    assert (line.day, line.clock, line.place, line.key) == (date(2026, 9, 9), "14:30", "Courtroom A", "lm_conference")
    assert line.why == "was 2 September 2026, moved by entry 15"


def test_a_hearing_whose_time_the_docket_does_not_tell_has_none():
    (line,) = _of(LineKind.HEARING, active_matter_file(posture=active_posture(hearings=(hearing("approval", _at(2026, 9, 9)),))))
    assert line.clock is None


def test_mooted_deadlines_are_not_listed_and_met_ones_say_by_what():
    met = deadline("status_due", date(2026, 8, 14), status=DeadlineStatus.MET, met_by="entry 17")
    mooted = deadline("conf_objection", date(2026, 8, 20), status=DeadlineStatus.MOOTED)
    lines = _of(LineKind.DEADLINE, active_matter_file(posture=active_posture(deadlines=(met, mooted))))
    assert [(line.key, line.status, line.why) for line in lines] == [("status_due", "met", "met by entry 17")]


def test_a_task_of_chambers_carries_what_was_noted_of_its_entry_for_chambers():
    owed = Task(
        key="screen-objection",
        owner="chambers",
        what="Screen the objection",
        opened=date(2026, 8, 10),
        due=date(2026, 8, 12),
        because="entry 12 objects",
        cite="LMP V.D",
        closed_by="the choice",
        entry_id=REQUEST.entry.id,
    )
    late = Note(to="chambers", text="It came late.", cite="LMP V.D", entry_label=REQUEST.entry.label)
    for_clerk = Note(to="clerk", text="Look at the paper.", cite="LMP V.D", entry_label=REQUEST.entry.label)
    (line,) = _of(LineKind.TASK, matter_file(posture=posture(tasks=(owed,), notes=(late, for_clerk))))
    assert line.why == "entry 12 objects. It came late"


@pytest.mark.parametrize(
    ("through", "told"),
    [
        (None, [("stay_30", "uncovered"), ("stay_60", "uncovered")]),
        (date(2026, 8, 30), [("stay_30", "covered"), ("stay_60", "uncovered"), ("stay_cover", "uncovered")]),
        (date(2026, 10, 30), [("stay_30", "covered"), ("stay_60", "covered"), ("stay_cover", "uncovered")]),
    ],
)
def test_each_point_of_the_stay_says_whether_it_is_covered(through, told):
    motion = stay_motion(covered_through=through, covered_by="order: entry 16" if through else None)
    lines = _of(LineKind.STAY, active_matter_file(posture=active_posture(stay_motions=(motion,))))
    assert [(line.key, line.status) for line in lines] == told


def test_a_cover_that_ended_before_the_point_is_named_with_its_day():
    motion = stay_motion(covered_through=date(2026, 8, 1), covered_by="order: entry 16")
    first = _of(LineKind.STAY, active_matter_file(posture=active_posture(stay_motions=(motion,))))[0]
    assert first.why == "the cover by order: entry 16 ended on 1 August 2026, before this day"


def test_a_motion_decided_or_of_another_creditor_has_no_points():
    some = (stay_motion(outcome="denied: entry 20"), stay_motion(by_lm_creditor=False))
    assert not _of(LineKind.STAY, active_matter_file(posture=active_posture(stay_motions=some)))


def test_after_a_discharge_no_point_is_left():
    discharge = meaning(entry(30, date(2026, 8, 21), "Discharge of Debtor"), EventKind.DISCHARGE, reach="case")
    file = active_matter_file(entries=(REQUEST, discharge), posture=active_posture(stay_motions=(stay_motion(),)))
    assert not _of(LineKind.STAY, file)


def test_news_is_what_was_docketed_in_the_last_sixty_days_and_says_where_the_matter_stands_since():
    old = meaning(entry(11, date(2026, 6, 19), "Joint Status Report"), EventKind.LM_STATUS_REPORT)
    new = meaning(entry(19, date(2026, 8, 14), "Joint Status Report"), EventKind.LM_STATUS_REPORT)
    told = [line for line in _of(LineKind.NEWS, active_matter_file(entries=(old, REQUEST, new))) if line.entry is not None]
    assert [(line.day, line.label, line.status) for line in told] == [
        (date(2026, 7, 27), "entry 12", "requested"),
        (date(2026, 8, 14), "entry 19", ""),
    ]


def test_what_silence_did_is_news_on_its_day():
    (lapse,) = [line for line in _of(LineKind.NEWS, matter_file()) if line.entry is None]
    assert (lapse.day, lapse.status, lapse.key) == (date(2026, 8, 15), "ripe", "lapsed:obj_debtor_req")


def test_what_means_nothing_to_a_program_or_is_another_matter_s_is_no_news():
    nothing = meaning(entry(18, date(2026, 8, 14), "Notice of Change of Address"), EventKind.NONE)
    other = meaning(entry(19, date(2026, 8, 14), "Objection"), EventKind.LM_OBJECTION, reach="other matter")
    lines = _of(LineKind.NEWS, active_matter_file(entries=(nothing, other)))
    assert not [line for line in lines if line.entry is not None]


def test_a_matter_is_marked_with_its_beginning_and_its_last_entry():
    file = active_matter_file()
    begun, last = _mark("begun", file), _mark("last-entry", file)
    assert begun is not None
    assert begun.day == file.posture.requested_on
    assert last is not None
    assert last.label == file.entries[-1].entry.label


def test_extensions_are_counted_from_the_moves_of_the_end():
    moved = active_posture(lm_end_was=((date(2026, 9, 30), "entry 20"), (date(2026, 10, 30), "entry 24")), extended_days=61)
    mark = _mark("extended", active_matter_file(posture=moved))
    assert mark is not None
    assert (mark.count, mark.what, mark.label) == (2, "extended 2 times, 61 days in all", "entry 24")


def test_a_matter_that_is_over_has_no_marks():
    assert not _of(LineKind.MARK, matter_file(posture=posture(state=State.DENIED, shown="denied")))


def test_a_lodged_order_is_marked_with_the_first_of_its_dates():
    lodged = meaning(
        entry(13, date(2026, 7, 27), "Proposed Order"),
        EventKind.LM_PROPOSED_ORDER,
        order_dates=OrderDates(first_contact_due=date(2026, 8, 12), lm_end=date(2026, 10, 30)),
    )
    mark = _mark("lodged-date", matter_file(entries=(REQUEST, lodged)))
    assert mark is not None
    assert (mark.day, mark.label, mark.what) == (date(2026, 8, 12), "entry 13", "the lodged order's first contact due")


def test_a_silence_that_is_not_settled_is_marked_and_a_settled_one_is_not():
    waiting = posture(settled=False, state=State.RIPE, deadlines=(objection_deadline(),))
    mark = _mark("not-settled", matter_file(posture=waiting))
    assert mark is not None
    assert mark.latest == objection_deadline().latest
    assert _mark("not-settled", matter_file(posture=replace(waiting, settled=True))) is None


def test_an_approval_asked_for_without_counsel_says_that_no_hearing_is_set_until_one_is():
    asked = OpenItem(kind="approval", entry_id="entry-18", entry_label="entry 18", since=date(2026, 8, 18))
    unset = _mark("pro-se-approval", active_matter_file(case=ALONE, posture=active_posture(open_items=(asked,))))
    assert unset is not None
    assert (unset.day, unset.why) == (None, "no hearing is set")
    at = hearing("approval", _at(2026, 9, 16, 11, 0))
    dated = _mark("pro-se-approval", active_matter_file(case=ALONE, posture=active_posture(open_items=(asked,), hearings=(at,))))
    assert dated is not None
    assert (dated.day, dated.clock, dated.why) == (date(2026, 9, 16), "11:00", "")
    with_counsel = active_matter_file(posture=active_posture(open_items=(asked,)))
    assert _mark("pro-se-approval", with_counsel) is None
