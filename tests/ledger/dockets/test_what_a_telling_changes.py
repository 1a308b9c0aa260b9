"""A telling that adds or changes something amends its entry; one that tells what is known was seen again; old texts stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.dockets.queries import case_facts, entries_of, revisions_of

CASE = CaseKey(court="zzb", number="26-10123")
DOCKETED = datetime(2026, 7, 27, 14, 5, tzinfo=UTC)
FILED = date(2026, 7, 27)
DAY = timedelta(days=1)
TEXT = "Motion for Relief from Stay re: 735 Gristmill Lane Filed by Creditor Harborlight Savings Bank, N.A. (Entered: 07/27/2026)"
CORRECTED = TEXT.replace("735", "733") + " Modified on 7/29/2026 (docket text)."


def _counts(recorded):
    return recorded.new, recorded.seen_again, recorded.amended


@pytest.fixture
def line(entry):
    def compose(text=TEXT):
        return entry(document_number="11", date_filed=FILED, entered_at=FILED, text=text)

    return compose


def test_a_report_that_tells_more_than_the_stub_amends_it_and_the_next_one_does_not(entry, keep, line):
    stub = entry(document_number="11", sequence="31", events=("Relief from Stay",), entered_at=DOCKETED)
    assert _counts(keep(stub, name="rss")) == (1, 0, 0)
    assert _counts(keep(line(), name="report", format="docket-report", at=DOCKETED + DAY)) == (0, 0, 1)
    assert _counts(keep(line(), name="next report", format="docket-report", at=DOCKETED + 2 * DAY)) == (0, 1, 0)


def test_a_second_feed_that_tells_what_is_known_is_seen_again(entry, keep, line):
    keep(line(), name="report", format="docket-report", at=DOCKETED + DAY)
    notice = entry(document_number="11", date_filed=FILED, text=TEXT)
    assert _counts(keep(notice, name="notice", format="cmecf-notice", at=DOCKETED + 2 * DAY)) == (0, 1, 0)


def test_an_older_telling_that_comes_late_changes_nothing_and_is_kept(engine, keep, line):
    keep(line(CORRECTED), name="new", format="docket-report", at=DOCKETED + 5 * DAY)
    assert _counts(keep(line(), name="old", format="docket-report", at=DOCKETED + DAY)) == (0, 1, 0)
    with Session(engine) as session:
        (only,) = entries_of(session, CASE)
        assert only.text == CORRECTED
        assert [each.text for each in revisions_of(session, only.id)] == [TEXT, CORRECTED]


def test_a_correction_amends_and_the_older_text_stays_as_a_revision(engine, keep, line):
    keep(line(), name="first", format="docket-report", at=DOCKETED + DAY)
    assert _counts(keep(line(CORRECTED), name="second", format="docket-report", at=DOCKETED + 5 * DAY)) == (0, 0, 1)
    with Session(engine) as session:
        (only,) = entries_of(session, CASE)
        revisions = revisions_of(session, only.id)
    assert [each.text for each in revisions] == [TEXT, CORRECTED]
    assert revisions[0].last == DOCKETED + DAY


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (1, 3, 2), (2, 3, 1)])
def test_a_text_that_is_changed_and_changed_back_stands_as_told_last(engine, keep, line, order):
    texts = {1: TEXT, 2: CORRECTED, 3: TEXT}
    for when in order:
        keep(line(texts[when]), name=f"report {when}", format="docket-report", at=DOCKETED + when * DAY)
    with Session(engine) as session:
        (only,) = entries_of(session, CASE)
    assert only.text == TEXT


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (1, 3, 2)])
def test_a_case_s_judge_is_the_one_told_last_whatever_came_first(engine, entry, keep, order):
    judges = {1: "dfl", 2: "mwh", 3: "dfl"}
    for when in order:
        told = entry(sequence=str(when), events=("Notice",), entered_at=DOCKETED + when * DAY, judge_initials=judges[when])
        keep(told, name=f"window {when}", at=DOCKETED + when * DAY)
    with Session(engine) as session:
        assert case_facts(session, CASE).judge_initials == "dfl"


def test_a_stub_that_a_later_report_covers_by_its_time_is_gone_even_when_the_report_says_nothing_new(engine, entry, keep, line):
    report = line()
    keep(report, name="early", format="docket-report", at=DOCKETED + DAY, case_number="26-10123")
    keep(entry(sequence="40", events=("Hearing Set",), entered_at=DOCKETED + 2 * DAY), name="rss", at=DOCKETED + 3 * DAY)
    with Session(engine) as session:
        assert len(entries_of(session, CASE)) == 2
    late = keep(report, name="late", format="docket-report", at=DOCKETED + 4 * DAY, case_number="26-10123")
    assert CASE in late.cases
    with Session(engine) as session:
        assert [each.document_number for each in entries_of(session, CASE)] == [11]
