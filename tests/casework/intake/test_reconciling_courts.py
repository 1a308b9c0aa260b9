"""The nightly reconciliation names the watched cases that want a docket report, and why, until one covers them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from docketbridge.casework.intake.reconciliation import reconcile
from docketbridge.casework.intake.watch_shapes import reconciliation
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.errors import ProfileError
from tests.composed_feeds import entry, feed, report

START = datetime(2026, 7, 27, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
REQUEST = entry(
    document_number="12",
    sequence="31",
    date_filed=START.date(),
    entered_at=START,
    events=("Request for Loss Mitigation",),
    text="Debtor's Request for Loss Mitigation (Form A) with Harborlight Savings Bank, N.A. re: 14 Lantern Street, Bristol, "
    "RI 02809 Filed by Debtor Ada Quillfeather. (Entered: 07/27/2026)",
)


def _notice(number, *, sequence=None):
    told = None if sequence is None else str(sequence)
    return entry(document_number=str(number), sequence=told, events=("Notice",), entered_at=START + DAY + HOUR)


@pytest.fixture
def take_lines(take):
    """Take windows that meet in, the later one with these lines."""

    def do(*lines):
        take("first", feed(REQUEST, oldest=START - HOUR, newest=START + DAY))
        take("second", feed(*lines, oldest=START + DAY, newest=START + 2 * DAY))

    return do


def _only(desk):
    (court,) = reconcile(desk, "zzb")
    (wanted,) = court.wanted
    return wanted


def test_numbers_that_no_feed_told_want_a_report_until_one_covers_them(desk, take, take_lines):
    take_lines(_notice(15, sequence=36))
    wanted = _only(desk)
    assert wanted.case.number == "26-10123"
    assert wanted.matters == ("zzb-26-10123-1",)
    assert [(hole.first, hole.last) for hole in wanted.sequences] == [(32, 35)]
    assert [(hole.first, hole.last) for hole in wanted.documents] == [(13, 14)]
    take("too early", report(REQUEST, made=START + DAY))
    assert _only(desk).sequences == wanted.sequences
    take("report", report(REQUEST, made=START + 3 * DAY))
    (court,) = reconcile(desk)
    assert (court.court, court.watched, court.wanted) == ("zzb", 1, ())


def test_a_document_number_passed_over_between_two_docketings_in_a_row_is_no_hole(desk, take_lines):
    take_lines(_notice(15, sequence=32))
    (court,) = reconcile(desk, "zzb")
    assert court.wanted == ()


def test_document_numbers_alone_tell_of_a_hole_where_sequences_are_not_told(desk, take_lines):
    take_lines(_notice(14))
    wanted = _only(desk)
    assert wanted.sequences == ()
    assert [(hole.first, hole.last, hole.missing) for hole in wanted.documents] == [(13, 13, 1)]


def test_a_gap_in_the_watch_wants_a_report_of_every_watched_case_until_a_person_looked(desk, take):
    take("first", feed(REQUEST, oldest=START - HOUR, newest=START + DAY))
    take("second", feed(oldest=START + 2 * DAY, newest=START + 3 * DAY))
    (gap,) = _only(desk).gaps
    assert (gap.start, gap.end) == (START + DAY, START + 2 * DAY)
    (file,) = desk.matter_files()
    until = START + 3 * DAY
    desk.decide(file, Decision(kind=DecisionKind.DOCKET_CHECKED, by="C. Marrow", at=until, matter_id=file.matter.id, until=until))
    (court,) = reconcile(desk, "zzb")
    assert court.wanted == ()


def test_a_case_without_a_matter_is_not_watched(desk, take):
    lines = [entry(document_number=str(each), sequence=str(each), events=("Notice",), entered_at=START) for each in (1, 9)]
    take("first", feed(*lines, oldest=START - HOUR, newest=START + DAY))
    (court,) = reconcile(desk, "zzb")
    assert (court.watched, court.wanted) == (0, ())


def test_a_court_nobody_knows_is_refused(desk):
    with pytest.raises(ProfileError):
        reconcile(desk, "nowhere")


def test_it_goes_out_as_json_on_the_court_s_clock(desk, take_lines):
    take_lines(_notice(15, sequence=36))
    (court,) = reconcile(desk, "zzb")
    told = json.loads(json.dumps(reconciliation(court)))
    assert (told["court"], told["watched"]) == ("zzb", 1)
    (wanted,) = told["reports_wanted"]
    assert (wanted["case_number"], wanted["matters"], wanted["gaps"]) == ("26-10123", ["zzb-26-10123-1"], [])
    assert wanted["documents"] == [
        {"first": 13, "last": 14, "missing": 2, "since": "2026-07-27T10:00:00-04:00", "by": "2026-07-28T11:00:00-04:00"}
    ]


def test_the_command_says_which_cases_want_a_report_and_why(desk, say, take_lines):
    take_lines(_notice(15, sequence=36))
    code, out, err = say("--database", desk.settings.database, "--today", "2026-08-19", "reconcile", "--court", "ZZB")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "zzb: 1 watched case, 1 wants a docket report",
        "26-10123: sequence 32 to 35 never seen; document 13 to 14 never seen",
    ]
    code, out, _ = say("--database", desk.settings.database, "--today", "2026-08-19", "reconcile", "--json")
    assert (code, json.loads(out)["reports_wanted"][0]["case_number"]) == (0, "26-10123")


def test_the_command_says_so_when_no_case_wants_a_report(desk, say, take_lines):
    take_lines(_notice(13, sequence=32))
    code, out, _ = say("--database", desk.settings.database, "--today", "2026-08-19", "reconcile")
    assert (code, out) == (0, "zzb: 1 watched case, none wants a docket report\n")
