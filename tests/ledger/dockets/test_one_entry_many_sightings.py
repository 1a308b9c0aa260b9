"""One docketing seen in several feeds is one entry; nothing it was ever told as is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.dockets.queries import entries_of
from docketbridge.ledger.tables.rows import EntryMergeRow, SightingRow

CASE = CaseKey(court="zzb", number="26-10123")
DOCKETED = datetime(2026, 7, 27, 14, 5, tzinfo=UTC)
TEXT = "Request for Loss Mitigation by the Debtor Filed by Debtor Ada Quill. (Ames, Jo) (Entered: 07/27/2026)"


def test_the_stub_of_a_feed_and_the_report_s_full_text_become_one_entry(engine, entry, keep):
    keep(entry(sequence="31", document_number="12", events=("Request for Loss Mitigation",), entered_at=DOCKETED), name="a")
    keep(
        entry(document_number="12", date_filed=date(2026, 7, 27), entered_at=date(2026, 7, 27), text=TEXT),
        name="b",
        format="docket-report",
    )
    with Session(engine) as session:
        (only,) = entries_of(session, CASE)
    assert (only.sequence, only.document_number, only.text) == (31, 12, TEXT)
    assert (only.filed, only.entered, only.entered_time) == (date(2026, 7, 27), date(2026, 7, 27), DOCKETED)
    assert only.sighted_in == ("cmecf-rss", "docket-report")


def test_a_feed_time_late_in_the_evening_counts_on_the_court_s_day(engine, entry, keep):
    keep(entry(sequence="31", events=("Objection",), entered_at=datetime(2026, 8, 15, 3, 59, tzinfo=UTC)), name="a")
    with Session(engine) as session:
        (only,) = entries_of(session, CASE)
    assert only.entered == date(2026, 8, 14)


def test_two_entries_that_turn_out_to_be_one_are_merged_by_a_fact(engine, entry, keep):
    keep(entry(sequence="31", events=("Objection",), entered_at=DOCKETED), name="rss")
    keep(
        entry(document_number="13", text="Objection to request", entered_at=date(2026, 7, 27)),
        name="report",
        format="docket-report",
    )
    keep(entry(sequence="31", document_number="13", text="Objection to request.", entered_at=DOCKETED), name="notice")
    with Session(engine) as session:
        entries = entries_of(session, CASE)
        merges = session.scalar(select(func.count()).select_from(EntryMergeRow))
    assert [(each.sequence, each.document_number) for each in entries] == [(31, 13)]
    assert merges == 1


def test_two_papers_of_one_day_that_read_alike_stay_two(engine, entry, keep):
    alike = "Certificate of Service Filed by Debtor Ada Quill."
    first = entry(document_number="13", text=alike, date_filed=date(2026, 7, 27))
    second = entry(document_number="14", text=alike, date_filed=date(2026, 7, 27))
    keep(first, second, name="whole report", format="docket-report")
    keep(second, name="report from 14 on", format="docket-report")
    with Session(engine) as session:
        assert [each.document_number for each in entries_of(session, CASE)] == [13, 14]


def test_the_same_bytes_again_change_nothing(entry, keep):
    first = keep(entry(sequence="31", events=("Objection",), entered_at=DOCKETED), name="a")
    assert (first.new, first.seen_again, first.amended) == (1, 0, 0)
    assert keep(entry(sequence="31", events=("Objection",), entered_at=DOCKETED), name="a") is None


def test_an_entry_in_the_next_window_is_seen_again_and_a_corrected_one_amended(engine, entry, keep):
    keep(entry(document_number="12", text=TEXT, date_filed=date(2026, 7, 27)), name="a", format="docket-report")
    corrected = TEXT.replace("Debtor Ada", "Joint Debtor Ada")
    later = DOCKETED + timedelta(days=2)
    again = keep(entry(document_number="12", text=TEXT, date_filed=date(2026, 7, 27)), name="b", format="docket-report", at=later)
    assert (again.new, again.seen_again, again.amended) == (0, 1, 0)
    amended = keep(
        entry(document_number="12", text=corrected, date_filed=date(2026, 7, 27)),
        name="c",
        format="docket-report",
        at=later + timedelta(hours=1),
    )
    assert (amended.new, amended.seen_again, amended.amended) == (0, 0, 1)
    with Session(engine) as session:
        (only,) = entries_of(session, CASE)
        tellings = session.scalars(select(SightingRow.text).order_by(SightingRow.id)).all()
    assert only.text == corrected
    assert tellings == [TEXT, corrected]


def test_a_stub_without_a_number_is_the_line_of_the_whole_report_that_covers_it(engine, entry, keep):
    keep(entry(sequence="32", events=("Hearing Set",), entered_at=DOCKETED), name="rss")
    line = entry(text="Hearing scheduled for 8/5/2026", date_filed=date(2026, 7, 27))
    keep(line, name="report", format="docket-report", at=DOCKETED + timedelta(days=1), case_number="26-10123")
    with Session(engine) as session:
        assert [each.text for each in entries_of(session, CASE)] == ["Hearing scheduled for 8/5/2026"]


@pytest.mark.parametrize("order", [("rss", "report"), ("report", "rss")])
def test_the_docket_is_the_same_whatever_came_first(engine, entry, keep, order):
    feeds = {
        "rss": (entry(sequence="31", document_number="12", events=("Request",), entered_at=DOCKETED), "cmecf-rss", DOCKETED),
        "report": (
            entry(document_number="12", text=TEXT, date_filed=date(2026, 7, 27)),
            "docket-report",
            DOCKETED + timedelta(days=1),
        ),
    }
    for name in order:
        told, kind, at = feeds[name]
        keep(told, name=name, format=kind, at=at)
    with Session(engine) as session:
        (only,) = entries_of(session, CASE)
    assert (only.sequence, only.document_number, only.text, only.events) == (31, 12, TEXT, ("Request",))


def test_an_adversary_proceeding_with_a_case_s_number_is_another_case(engine, entry, keep):
    keep(
        entry(sequence="1", events=("Complaint",), case_type="ap", entered_at=DOCKETED),
        entry(sequence="1", events=("Voluntary Petition",), entered_at=DOCKETED),
        name="a",
    )
    with Session(engine) as session:
        assert [each.events for each in entries_of(session, CASE)] == [("Voluntary Petition",)]
        assert [each.events for each in entries_of(session, CaseKey(court="zzb", number="26-ap-10123"))] == [("Complaint",)]
