"""Lines without a number that a court corrects: which later line is the earlier one, in whatever order the reports are told."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docketbridge.domain.linking.corrected_lines import (
    Likeness,
    Line,
    Shown,
    corrections,
    first_of_each,
    likeness,
    vanished_from,
)

FILED = date(2026, 7, 27)
FIRST = datetime(2026, 7, 28, 16, 0, tzinfo=UTC)
HEARING = (
    "Hearing scheduled for 8/5/2026 at 10:00 AM at Courtroom 3, Narragansett. (RE: related document(s) 12 Request for Loss"
    " Mitigation filed by Debtor Ada Quill). (dfl)"
)
MINUTES = "Courtroom Hearing Held (RE: Motion for Relief - related document(s) {} ) (Granted, nobody opposed.)(dfl)"
RECEIPT = "Receipt of Motion for Relief from Stay (199.00 fee) [motion,mrlfsty] Receipt number {}. Fee amount 199.00."


@pytest.mark.parametrize(
    "later",
    [
        HEARING.replace("8/5/2026", "8/19/2026").replace("10:00 AM", "2:00 p.m."),
        HEARING.replace("8/5/2026", "August 19, 2026"),
        HEARING.replace("Narragansett", "Narraganset"),
        HEARING + " Modified on 7/29/2026 (dfl). (Entered: 07/27/2026)",
        HEARING + " Modified on 7/29/2026 to correct the day of the hearing (dfl).",
        HEARING.replace("Ada Quill)", "Ada Quill). The debtor shall appear in person and bring the payment records along"),
        HEARING.upper(),
    ],
)
def test_other_words_of_a_line_are_the_line_corrected(later):
    assert likeness(HEARING, later) is Likeness.ONE
    assert likeness(later, HEARING) is Likeness.ONE


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (MINUTES.format(12), MINUTES.format(14)),
        (RECEIPT.format(9630912), RECEIPT.format(9631004)),
        (HEARING.replace("scheduled for", "held on"), HEARING.replace("scheduled for", "continued to")),
        (MINUTES.format(12), MINUTES.format(12).replace("Granted", "Denied")),
        (HEARING, HEARING.replace("Courtroom 3", "Courtroom 5")),
        ("Hearing held. Motion for Relief.", "Hearing held. Motion for Sale."),
    ],
)
def test_lines_that_tell_another_number_or_outcome_are_perhaps_one(earlier, later):
    assert likeness(earlier, later) is Likeness.PERHAPS


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (HEARING, RECEIPT.format(1)),
        ("Hearing Held", "Judge Dora F. Lane added to the case."),
        (
            "Minute Entry. Motion granted. (RE: related document(s) 30 Motion to Modify Automatic Stay filed by Debtor Quill)",
            "Minute Entry. Amended plan due 9/29/2026. (RE: related document(s) 37 Motion to Dismiss Case by Harborlight)",
        ),
        ("", ""),
        ("!!!", HEARING),
    ],
)
def test_lines_of_other_words_are_two(earlier, later):
    assert likeness(earlier, later) in {Likeness.TWO, Likeness.ONE if earlier == later else Likeness.TWO}


def _report(day, *keys, first=date(2026, 7, 1), last=date(2026, 12, 31), filed=FILED):
    return Shown(
        at=FIRST + timedelta(days=day), first_day=first, last_day=last, lines=frozenset(Line(key, filed) for key in keys)
    )


def _read(reports, texts):
    return corrections(vanished_from(reports), texts)


TEXTS = {
    "a": HEARING,
    "b": HEARING.replace("8/5", "8/12"),
    "c": HEARING.replace("8/5", "8/19"),
    "held": MINUTES.format(12),
    "held 14": MINUTES.format(14),
    "receipt": RECEIPT.format(7),
}


def test_a_line_that_a_later_report_shows_in_other_words_lives_on_in_them():
    assert _read([_report(0, "a", "receipt"), _report(1, "b", "receipt")], TEXTS).now == (("a", "b"),)


def test_nothing_is_joined_while_the_line_still_stands():
    assert _read([_report(0, "a"), _report(1, "a", "b")], TEXTS).now == ()


def test_a_report_that_does_not_cover_the_day_proves_nothing():
    assert _read([_report(0, "a"), _report(1, "b", first=FILED + timedelta(days=1))], TEXTS).now == ()
    assert _read([_report(0, "a"), _report(1, "b", last=FILED - timedelta(days=1))], TEXTS).now == ()


def test_a_line_that_stood_beside_it_before_is_not_its_correction():
    assert _read([_report(0, "a", "b"), _report(1, "b")], TEXTS).now == ()


def test_a_line_of_another_day_is_not_its_correction():
    assert _read([_report(0, "a"), _report(1, "b", filed=FILED + timedelta(days=1))], TEXTS).now == ()


def test_a_line_that_is_missing_from_one_report_and_stands_in_the_next_was_corrected_then():
    assert _read([_report(0, "a"), _report(1), _report(2, "b")], TEXTS).now == (("a", "b"),)


def test_a_line_corrected_twice_is_the_line_seen_first():
    read = _read([_report(0, "a"), _report(1, "b"), _report(2, "c")], TEXTS)
    assert first_of_each(read.now, seen=("a", "b", "c")) == {"b": "a", "c": "a"}


def test_a_line_changed_and_changed_back_is_one_line():
    read = _read([_report(0, "a"), _report(1, "b"), _report(2, "a")], TEXTS)
    assert first_of_each(read.now, seen=("a", "b")) == {"b": "a"}


def test_of_several_lines_that_change_at_once_each_is_found_by_its_numbers():
    texts = {**TEXTS, "held*": MINUTES.format(12) + " (corrected)", "held 14*": MINUTES.format(14) + " (corrected)"}
    read = _read([_report(0, "held", "held 14"), _report(1, "held*", "held 14*")], texts)
    assert read.now == (("held", "held*"), ("held 14", "held 14*"))
    assert not read.asks


def test_hearings_of_two_motions_are_never_joined_and_a_person_is_asked():
    read = _read([_report(0, "held"), _report(1, "held 14")], TEXTS)
    assert not read.now
    assert "no longer shows this line; it may read now: “Courtroom Hearing Held" in read.asks["held"]


def test_where_two_lines_may_be_the_corrected_one_a_person_is_asked():
    read = _read([_report(0, "a"), _report(1, "b", "c")], TEXTS)
    assert not read.now
    assert read.asks["a"].count("“") == 2
    claimed = _read([_report(0, "a", "b"), _report(1, "c")], TEXTS)
    assert not claimed.now
    assert claimed.asks.keys() == {"a", "b"}


def test_a_line_that_is_taken_off_the_docket_with_none_like_it_in_its_place_is_left_alone():
    read = _read([_report(0, "a"), _report(1, "receipt")], TEXTS)
    assert not read.now
    assert not read.asks


def test_a_day_of_very_many_changed_lines_is_for_a_person_and_quick():
    before, after = [f"a{number}" for number in range(300)], [f"b{number}" for number in range(300)]
    texts = dict.fromkeys([*before, *after], HEARING)
    read = _read([_report(0, *before), _report(1, *after)], texts)
    assert not read.now
    assert read.asks["a7"] == "a later docket report no longer shows this line, nor 299 others of its day"


_KEYS = [f"line {number}" for number in range(8)]
_WORDS = [HEARING, HEARING.replace("8/5", "8/9"), MINUTES.format(12), MINUTES.format(14), RECEIPT.format(5), HEARING + " Moved."]
_REPORTS = st.lists(
    st.builds(
        lambda day, keys, last: _report(day, *keys, last=last),
        st.integers(min_value=0, max_value=5),
        st.frozensets(st.sampled_from(_KEYS)),
        st.sampled_from([FILED - timedelta(days=1), FILED, date(2026, 12, 31)]),
    ),
    max_size=6,
)


@given(reports=_REPORTS, words=st.lists(st.sampled_from(_WORDS), min_size=8, max_size=8), seed=st.integers())
def test_the_order_in_which_reports_are_told_tells_nothing(reports, words, seed):
    texts = dict(zip(_KEYS, words, strict=True))
    mixed = list(reports)
    random.Random(seed).shuffle(mixed)  # noqa: S311 - a test's order, not a secret
    read = _read(reports, texts)
    assert read == _read(mixed, texts)
    first = first_of_each(read.now, seen=_KEYS)
    assert not first.keys() & set(first.values())
    assert all(_KEYS.index(line) > _KEYS.index(other) for line, other in first.items())
