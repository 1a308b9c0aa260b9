"""What the watch over a court saw and did not: gaps ask for docket reports, and close for the case that gets one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from docketbridge.casework.intake.intake import take_in
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.standing import State
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.dockets.polls import record_failure, record_unchanged
from tests.composed_feeds import entry, feed, report

START = datetime(2026, 7, 27, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
REQUEST = entry(
    document_number="12",
    sequence="31",
    date_filed=date(2026, 7, 27),
    entered_at=START,
    events=("Request for Loss Mitigation",),
    text="Debtor's Request for Loss Mitigation (Form A) with Harborlight Savings Bank, N.A. re: 14 Lantern Street, Bristol, "
    "RI 02809 Filed by Debtor Ada Quillfeather. (Entered: 07/27/2026)",
)
SERVED = entry(
    document_number="13",
    sequence="32",
    date_filed=date(2026, 7, 28),
    entered_at=START + DAY,
    events=("Certificate of Service",),
    text="Certificate of Service by mail on July 28, 2026 Filed by Debtor Ada Quillfeather (Re: 12 Request for Loss Mitigation). "
    "(Entered: 07/28/2026)",
    related_documents=(12,),
)


@pytest.fixture
def watched(take):
    """A request on 27 July, then windows to 20 August with nothing between 1 and 5 August."""
    take("first", feed(REQUEST, SERVED, oldest=START - HOUR, newest=datetime(2026, 8, 1, 12, tzinfo=UTC)))
    take("second", feed(oldest=datetime(2026, 8, 5, 12, tzinfo=UTC), newest=datetime(2026, 8, 19, 20, tzinfo=UTC)))


@pytest.mark.usefixtures("watched")
def test_windows_that_do_not_meet_are_a_gap_that_wants_the_report_of_the_watched_case(desk):
    (gap,) = desk.watch_account("zzb").gaps
    assert (gap.start, gap.end) == (datetime(2026, 8, 1, 12, tzinfo=UTC), datetime(2026, 8, 5, 12, tzinfo=UTC))
    assert (gap.status, gap.wanted) == ("open", (CaseKey(court="zzb", number="26-10123"),))


def test_intake_tells_the_gap_that_a_window_leaves_and_none_where_it_meets(take):
    assert take("a", feed(oldest=START, newest=START + HOUR)).gaps == ()
    assert take("b", feed(oldest=START + HOUR / 2, newest=START + 2 * HOUR)).gaps == ()
    (gap,) = take("d", feed(oldest=START + 4 * HOUR, newest=START + 5 * HOUR)).gaps
    assert (gap.start, gap.end) == (START + 2 * HOUR, START + 4 * HOUR)
    assert take("c", feed(oldest=START + 2 * HOUR, newest=START + 4 * HOUR)).gaps == ()


@pytest.mark.usefixtures("watched")
def test_a_matter_whose_silence_spans_a_gap_never_becomes_ripe_by_itself(desk):
    (line,) = desk.matters()
    assert line.state == State.REQUESTED
    (file,) = desk.matter_files()
    assert "gap" in file.posture.silence
    assert file.watch.gaps


@pytest.mark.usefixtures("watched")
def test_a_docket_report_closes_the_gap_for_its_case_and_the_matter_becomes_ripe(desk, take):
    take("report", report(REQUEST, SERVED, made=datetime(2026, 8, 6, 12, tzinfo=UTC)))
    (gap,) = desk.watch_account("zzb").gaps
    assert (gap.status, gap.wanted) == ("closed", ())
    assert [(each.kind, each.by) for each in gap.closed] == [("docket report", None)]
    (line,) = desk.matters()
    assert line.state == State.RIPE


@pytest.mark.usefixtures("watched")
def test_a_report_made_inside_the_gap_does_not_close_it(desk, take):
    take("report", report(REQUEST, SERVED, made=datetime(2026, 8, 3, 12, tzinfo=UTC)))
    (gap,) = desk.watch_account("zzb").gaps
    assert gap.status == "open"


@pytest.mark.usefixtures("watched")
def test_a_person_who_looked_closes_the_gap_for_that_matter_with_their_name(desk):
    (file,) = desk.matter_files()
    look = Decision(
        kind=DecisionKind.DOCKET_CHECKED,
        by="C. Marrow",
        at=datetime(2026, 8, 6, 13, tzinfo=UTC),
        matter_id=file.matter.id,
        until=datetime(2026, 8, 6, 12, tzinfo=UTC),
    )
    desk.decide(file, look)
    (gap,) = desk.watch_account("zzb").gaps
    assert [(each.kind, each.by, each.matter) for each in gap.closed] == [("docket checked", "C. Marrow", file.matter.number)]
    (after,) = desk.matter_files()
    assert after.posture.state is State.RIPE
    assert after.watch.gaps == ()


@pytest.mark.usefixtures("watched")
def test_a_partial_feed_closes_nothing_and_is_named(desk, take):
    orders = feed(
        oldest=datetime(2026, 7, 30, tzinfo=UTC), newest=datetime(2026, 8, 7, tzinfo=UTC), scope="order, minute", whole=False
    )
    take("orders", orders)
    account = desk.watch_account("zzb")
    assert account.partial_scopes == ("order, minute",)
    assert [gap.status for gap in account.gaps] == ["open"]


@pytest.mark.usefixtures("watched")
def test_a_gap_outside_the_days_asked_for_is_not_told(desk):
    later = desk.watch_account("zzb", start=datetime(2026, 8, 6, tzinfo=UTC))
    assert later.gaps == ()
    assert [each.feed for each in later.polls] == ["second"]


def _fail(desk, at, why="timed out"):
    with Session(writing_engine(desk.engine)) as session, session.begin():
        record_failure(session, court="zzb", source="zzb-rss", at=at, why=why)


def _read(desk, composed, name, parsed, at):
    raw = replace(composed.add(name, parsed), fetched_at=at)
    return take_in(desk.engine, desk.rulebook, desk.plugins, raw, today=desk.today, source="zzb-rss")


def test_failed_polls_are_an_open_incident_until_a_look_that_overlaps(desk, composed):
    _read(desk, composed, "a", feed(oldest=START, newest=START + HOUR), START + HOUR)
    _fail(desk, START + 2 * HOUR)
    _fail(desk, START + 3 * HOUR, "HTTP 503")
    (incident,) = desk.watch_account("zzb").incidents
    assert (incident.status, incident.failures, incident.why, incident.ended) == ("open", 2, "HTTP 503", None)
    _read(desk, composed, "b", feed(oldest=START + HOUR / 2, newest=START + 4 * HOUR), START + 4 * HOUR)
    (incident,) = desk.watch_account("zzb").incidents
    assert (incident.status, incident.ended) == ("closed", START + 4 * HOUR)


def test_a_success_that_does_not_reach_back_leaves_the_incident_as_a_gap(desk, composed):
    _read(desk, composed, "a", feed(oldest=START, newest=START + HOUR), START + HOUR)
    _fail(desk, START + 2 * HOUR)
    _read(desk, composed, "b", feed(oldest=START + 3 * HOUR, newest=START + 4 * HOUR), START + 4 * HOUR)
    account = desk.watch_account("zzb")
    assert [incident.status for incident in account.incidents] == ["left a gap"]
    assert [(gap.start, gap.end) for gap in account.gaps] == [(START + HOUR, START + 3 * HOUR)]


def test_an_unchanged_source_is_a_look_but_proves_nothing_more(desk, composed):
    _read(desk, composed, "a", feed(oldest=START, newest=START + HOUR), START + HOUR)
    with Session(writing_engine(desk.engine)) as session, session.begin():
        record_unchanged(session, court="zzb", source="zzb-rss", at=START + 2 * HOUR)
    account = desk.watch_account("zzb")
    assert [poll.outcome for poll in account.polls] == ["read", "unchanged"]
    assert account.seen_through == START + HOUR


def _numbered(*sequences):
    lines = (
        entry(sequence=str(each), events=("Notice",), entered_at=START + DAY + timedelta(minutes=each)) for each in sequences
    )
    return feed(*lines, oldest=START + DAY, newest=START + 2 * DAY)


@pytest.mark.usefixtures("watched")
def test_numbers_missing_between_those_seen_are_told_until_a_report_covers_them(desk, take):
    take("notices", _numbered(33, 36))
    ((case, hole),) = desk.watch_account("zzb").holes
    assert (case.number, hole.first, hole.last) == ("26-10123", 34, 35)
    take("report", report(REQUEST, SERVED, made=START + DAY))
    assert desk.watch_account("zzb").holes != ()
    take("later report", report(REQUEST, SERVED, made=START + 3 * DAY))
    assert desk.watch_account("zzb").holes == ()


@pytest.mark.usefixtures("watched")
def test_numbers_missing_are_accounted_for_by_a_person_who_looked(desk, take):
    take("notices", _numbered(33, 36))
    (file,) = desk.matter_files()
    until = START + 3 * DAY
    desk.decide(file, Decision(kind=DecisionKind.DOCKET_CHECKED, by="C. Marrow", at=until, matter_id=file.matter.id, until=until))
    assert desk.watch_account("zzb").holes == ()
