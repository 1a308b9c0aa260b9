from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.profile import Checked, EntryModel
from docketbridge.programs.loading import shipped

SAMPLE = next(each for each in shipped() if each.id == "zzb-lmp")


def _turns(posture: Any, key: str) -> list[Any]:
    return [each for each in posture.deadlines if each.key == key]


def test_the_stay_ledger_keeps_each_postponement_with_its_reason(the_story: Any) -> None:
    posture = the_story("zzb-lmp/terminated-on-creditors-motion").fold(date(2026, 9, 25))
    (line,) = posture.stay_motions
    assert (line.filed, line.day_30, line.day_60) == (date(2026, 8, 24), date(2026, 9, 23), date(2026, 10, 23))
    assert line.postponements == (
        (date(2026, 9, 16), "to 4 November 2026 by entry 25"),
        (date(2026, 11, 4), "to 30 September 2026 by entry 32"),
    )
    assert (line.covered_through, line.covered_by) == (date(2026, 11, 6), "order: entry 25")
    assert line.governing_end == date(2026, 10, 30)
    assert line.outcome is None


def test_the_sixty_days_do_not_run_in_chapter_12(the_story: Any) -> None:
    story = the_story("zzb-lmp/stay-cover")
    twelve = replace(story, case=replace(story.case, chapter=12))
    posture = twelve.fold(date(2026, 6, 24))
    assert posture.stay_motions[0].day_60 is None
    assert _turns(posture, "stay_60") == []
    assert len(_turns(posture, "stay_30")) == 1


def test_362e_points_keep_their_day_though_it_is_a_sunday(the_story: Any) -> None:
    posture = the_story("zzb-lmp/stay-cover").fold(date(2026, 6, 24))
    assert posture.stay_motions[0].day_30 == date(2026, 7, 5)
    assert date(2026, 7, 5).weekday() == 6


def test_the_cliff_of_an_uncovered_motion_moves_from_thirty_to_sixty_days(the_story: Any) -> None:
    story = the_story("zzb-lmp/expired-with-hearings-to-set")

    def cliffs(day: date) -> list[tuple[date, str]]:
        return [(each.due, each.because) for each in story.fold(day).tasks if each.key == "stay-cliff"]

    assert cliffs(date(2026, 7, 20)) == []
    assert cliffs(date(2026, 7, 21)) == [(date(2026, 7, 31), "entry 8: ends on 31 July 2026 (30 days, 362(e)(1))")]
    assert cliffs(date(2026, 8, 1)) == []
    assert cliffs(date(2026, 8, 20)) == [(date(2026, 8, 30), "entry 8: ends on 30 August 2026 (60 days, 362(e)(2))")]
    assert cliffs(date(2026, 9, 1)) == [(date(2026, 8, 30), "entry 8: ended on 30 August 2026 (60 days, 362(e)(2))")]


def test_a_person_may_close_any_task_for_one_entry_or_for_all(the_story: Any) -> None:
    story = the_story("zzb-lmp/late-objection")
    day = date(2026, 8, 18)

    def tasks(*decisions: Decision) -> list[str]:
        return [each.key for each in replace(story, decisions=decisions).fold(day).tasks]

    def closed(key: str, entry: str | None = None) -> Decision:
        at = datetime(2026, 8, 18, 15, tzinfo=UTC)
        return Decision(kind=DecisionKind.TASK_CLOSED, by="Pat Clerk", at=at, matter_id="matter-1", choice=key, entry_id=entry)

    assert tasks() == ["request-sheet", "screen-objection"]
    assert tasks(closed("request-sheet")) == ["screen-objection"]
    assert tasks(closed("screen-objection", "e14")) == ["request-sheet"]
    assert tasks(closed("screen-objection", "e99")) == ["request-sheet", "screen-objection"]


def test_a_hearing_to_be_taken_off_comes_before_all_other_tasks(the_story: Any) -> None:
    posture = the_story("zzb-lmp/lift-stay-hearing-comes-off").fold(date(2026, 8, 17))
    assert posture.tasks[0].key == "remove-hearing"
    assert [each.key for each in posture.tasks[1:]] == ["request-sheet", "stay-cliff", "sign-order"]


def test_a_provisional_end_moves_no_hearing(the_story: Any) -> None:
    story = the_story("zzb-lmp/agreed-extension")
    posture = story.fold(date(2026, 8, 13))
    (end,) = _turns(posture, "lm_end")
    assert (end.status, end.latest, end.moved_from, end.moved_by) == (
        DeadlineStatus.RUNNING,
        date(2026, 9, 30),
        date(2026, 8, 7),
        "entry 31",
    )
    assert end.provisional is not None
    assert "until the order" in end.provisional


def test_without_need_of_an_order_silence_moves_the_end_for_good(the_story: Any) -> None:
    free = replace(SAMPLE, extension=replace(SAMPLE.extension, needs_order=False))
    posture = the_story("zzb-lmp/agreed-extension").fold(date(2026, 8, 13), profile=free)
    assert posture.dates.lm_end == date(2026, 9, 30)
    assert posture.end_provisional is None
    assert posture.open_items == ()


def test_a_cap_on_the_total_counts_what_was_extended_before(the_story: Any) -> None:
    capped = replace(SAMPLE, extension=replace(SAMPLE.extension, cap_scope="total"))
    story = the_story("zzb-lmp/agreed-extension")
    second = replace(story.events[2], entry_id="e40", entry_label="entry 40", filed=date(2026, 9, 1), document_number=40)
    asked = replace(second, attributes=replace(second.attributes, requested_extended_to=date(2026, 10, 15)), position=None)
    events = (*story.events[:-1], asked)
    assert "extension-ruling" not in {each.key for each in story.fold(date(2026, 9, 2), events).tasks}
    assert "extension-ruling" in {each.key for each in story.fold(date(2026, 9, 2), events, profile=capped).tasks}


def test_a_joint_continuance_moves_the_end_only_where_the_program_says_so(the_story: Any) -> None:
    plain = replace(SAMPLE, extension=replace(SAMPLE.extension, auto_by_joint_status_date=False))
    posture = the_story("zzb-lmp/joint-continuance-past-the-end").fold(date(2026, 9, 22), profile=plain)
    assert posture.dates.lm_end == date(2026, 10, 2)
    assert posture.dates.status_due == date(2026, 10, 16)


def test_where_silence_grants_nothing_a_lapse_leaves_the_request(the_story: Any) -> None:
    consent = replace(SAMPLE, entry_model=EntryModel.CONSENT)
    assert the_story("zzb-lmp/journey").fold(date(2026, 8, 18), profile=consent).state == "requested"


def test_an_unverified_rule_is_never_acted_on(the_story: Any) -> None:
    rules = tuple(replace(each, checked=Checked.UNVERIFIED) if each.key == "ext_cap" else each for each in SAMPLE.rules)
    posture = the_story("zzb-lmp/journey").fold(date(2026, 8, 20), profile=replace(SAMPLE, rules=rules))
    assert _turns(posture, "ext_cap") == []
    assert len(_turns(posture, "lm_end")) == 1


def test_a_date_certain_does_not_roll_off_a_saturday(the_story: Any) -> None:
    story = the_story("zzb-lmp/journey")
    order = story.events[2]
    dates = replace(order.attributes.order_dates, lm_end=date(2026, 10, 31))
    saturday = replace(order, attributes=replace(order.attributes, order_dates=dates))
    posture = story.fold(date(2026, 8, 20), (*story.events[:2], saturday))
    (end,) = _turns(posture, "lm_end")
    assert end.latest == date(2026, 10, 31)
    assert "does not roll" in end.readings.latest.trace[0]


def test_a_new_cycle_keeps_the_deadlines_of_the_old_one(the_story: Any) -> None:
    posture = the_story("zzb-lmp/withdrawn-and-renewed").fold(date(2026, 9, 9))
    assert [(each.cycle, each.turn, each.status) for each in _turns(posture, "obj_debtor_req")] == [
        (1, 1, DeadlineStatus.MOOTED),
        (2, 1, DeadlineStatus.RUNNING),
    ]


def test_what_nothing_expected_is_kept_with_its_entry(the_story: Any) -> None:
    posture = the_story("zzb-lmp/objection-after-the-order").fold(date(2026, 9, 16))
    report = posture.unexpected[-1]
    assert (report.kind, report.entry_label, report.day) == ("lm_status_report", "entry 30", date(2026, 9, 15))
    assert report.why == "nothing expects it in expired"


def test_an_entry_set_aside_by_a_person_does_nothing(the_story: Any) -> None:
    story = the_story("zzb-lmp/late-objection")
    aside = Decision(
        kind=DecisionKind.SET_ASIDE,
        by="Pat Clerk",
        at=datetime(2026, 8, 18, 20, tzinfo=UTC),
        entry_id="e14",
        matter_id="matter-1",
    )
    assert replace(story, decisions=(aside,)).fold(date(2026, 8, 19)).state == "ripe"


def test_the_posture_of_an_earlier_day_knows_nothing_of_later_entries(the_story: Any) -> None:
    story = the_story("zzb-lmp/journey")
    whole, known = story.fold(date(2026, 8, 15)), story.fold(date(2026, 8, 15), story.events[:2])
    assert whole == known
