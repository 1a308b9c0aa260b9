"""What was seen of a docket: windows that meet make one span, partial feeds prove nothing, a report proves its own case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.dockets.queries import partial_scopes, watch_over

CASE = CaseKey(court="zzb", number="26-10123")
START = datetime(2026, 7, 27, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _watch(engine, case=CASE):
    with Session(engine) as session:
        return watch_over(session, case, "America/New_York")


def test_windows_that_overlap_are_one_span_and_windows_that_do_not_leave_a_gap(engine, keep):
    keep(name="a", oldest=START, at=START + 2 * HOUR)
    keep(name="b", oldest=START + HOUR, at=START + 4 * HOUR)
    keep(name="c", oldest=START + 6 * HOUR, at=START + 8 * HOUR)
    watch = _watch(engine)
    assert watch.seen_until(START) == START + 4 * HOUR
    (gap,) = watch.gaps_within(START, START + 8 * HOUR)
    assert (gap.start, gap.end) == (START + 4 * HOUR, START + 6 * HOUR)


def test_a_docket_report_closes_the_gap_for_its_own_case_only(engine, entry, keep):
    keep(name="a", oldest=START, at=START + HOUR)
    keep(name="c", oldest=START + 6 * HOUR, at=START + 8 * HOUR)
    report = entry(document_number="1", text="Petition")
    keep(report, name="r", format="docket-report", at=START + 7 * HOUR, case_number="26-10123")
    assert _watch(engine).seen_until(START) == START + 8 * HOUR
    assert _watch(engine, CaseKey(court="zzb", number="26-10999")).seen_until(START) == START + HOUR


def test_a_report_without_a_line_still_speaks_for_its_own_case_only(engine, keep):
    keep(name="r", format="docket-report", at=START + 7 * HOUR, case_number="2:26-bk-10123")
    assert _watch(engine).seen_until(START) == START + 7 * HOUR
    assert _watch(engine, CaseKey(court="zzb", number="26-10999")).spans == ()


def test_a_feed_that_carries_only_orders_proves_no_silence(engine, keep):
    keep(name="a", oldest=START, at=START + 90 * HOUR, whole=False)
    assert _watch(engine).spans == ()
    with Session(engine) as session:
        assert partial_scopes(session, "zzb") == ("orders",)
