"""A matter's identity is minted from its opening entry, whichever feed came first, and stays once something rests on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from docketbridge.domain.decisions import Decision, DecisionKind
from tests.composed_feeds import entry, feed, report

START = datetime(2026, 7, 27, 14, 0, tzinfo=UTC)
DAY = timedelta(days=1)
STUB = entry(document_number="12", sequence="31", entered_at=START, events=("Request for Loss Mitigation",))
REQUEST = entry(
    document_number="12",
    date_filed=date(2026, 7, 26),
    entered_at=date(2026, 7, 27),
    text="Debtor's Request for Loss Mitigation (Form A) with Harborlight Savings Bank, N.A. re: 14 Lantern Street, Bristol, "
    "RI 02809 Filed by Debtor Ada Quillfeather. (Entered: 07/27/2026)",
)
SECOND = entry(
    document_number="20",
    date_filed=date(2026, 8, 3),
    entered_at=date(2026, 8, 3),
    text="Debtor's Request for Loss Mitigation (Form A) with Salt Pond Savings Bank, FSB re: 14 Lantern Street, Bristol, "
    "RI 02809 Filed by Debtor Ada Quillfeather. (Entered: 08/03/2026)",
)
FIRST_WINDOW = feed(STUB, oldest=START - DAY, newest=START + DAY)


def _report(*entries):
    return report(*entries, made=datetime(2026, 8, 10, 12, tzinfo=UTC))


def _by_creditor(desk):
    return {(line.creditor or "").split()[0]: (line.id, line.number) for line in desk.matters()}


@pytest.mark.parametrize("order", [("stub", "report"), ("report", "stub")])
def test_the_matter_is_the_same_whether_the_stub_or_the_report_came_first(desk, take, order):
    feeds = {"stub": FIRST_WINDOW, "report": _report(REQUEST)}
    for name in order:
        take(name, feeds[name])
    (line,) = desk.matters()
    assert (line.id, line.number) == ("643aa93c9ea5378c7889", "zzb-26-10123-1")


def test_an_earlier_request_that_comes_late_is_the_first_matter_and_no_id_moves(desk, take):
    take("second", feed(SECOND, oldest=None, newest=None))
    ((before, number),) = _by_creditor(desk).values()
    assert number == "zzb-26-10123-1"
    take("report", _report(REQUEST, SECOND))
    found = _by_creditor(desk)
    assert found["Salt"] == (before, "zzb-26-10123-2")
    assert found["Harborlight"][1] == "zzb-26-10123-1"


def test_a_matter_opened_by_its_order_is_known_by_the_request_that_comes_to_light_unless_something_rests_on_it(desk, take):
    order = entry(
        document_number="15",
        date_filed=date(2026, 8, 5),
        entered_at=date(2026, 8, 5),
        text="Loss Mitigation Order with Harborlight Savings Bank, N.A. (Entered: 08/05/2026)",
    )
    take("order", feed(order, oldest=None, newest=None))
    (line,) = desk.matters()
    ordered = line.id
    take("report", _report(REQUEST, order))
    (line,) = desk.matters()
    assert (line.id != ordered, line.number) == (True, "zzb-26-10123-1")


def test_a_matter_that_a_decision_names_keeps_its_id_when_an_earlier_request_comes_to_light(desk, take):
    order = entry(
        document_number="15",
        date_filed=date(2026, 8, 5),
        entered_at=date(2026, 8, 5),
        text="Loss Mitigation Order with Harborlight Savings Bank, N.A. (Entered: 08/05/2026)",
    )
    take("order", feed(order, oldest=None, newest=None))
    (file,) = desk.matter_files()
    look = Decision(kind=DecisionKind.DOCKET_CHECKED, by="C. Marrow", at=START + 10 * DAY, matter_id=file.matter.id, until=START)
    desk.decide(file, look)
    take("report", _report(REQUEST, order))
    (line,) = desk.matters()
    assert line.id == file.matter.id


def test_a_deadline_counted_from_the_day_entered_is_provisional_until_the_day_filed_is_seen(desk, take):
    take("stub", FIRST_WINDOW)
    while_it_runs = desk.on(date(2026, 8, 4))
    (file,) = while_it_runs.matter_files()
    (objections,) = [each for each in file.posture.deadlines if each.kind == "objection"]
    assert "was entered; the day it was filed is not seen yet" in (objections.provisional or "")
    take("report", _report(REQUEST))
    (file,) = while_it_runs.matter_files()
    (after,) = [each for each in file.posture.deadlines if each.kind == "objection"]
    assert "not seen yet" not in (after.provisional or "")
    assert after.earliest <= objections.earliest


def test_a_correction_that_changes_what_an_entry_means_moves_the_matter(desk, take):
    take("report", _report(REQUEST))
    withdrawn = entry(
        document_number="14",
        date_filed=date(2026, 8, 11),
        entered_at=date(2026, 8, 11),
        text="Withdrawal of Request for Loss Mitigation (related document(s) 12) Filed by Debtor Ada Quillfeather. "
        "(Entered: 08/11/2026)",
        related_documents=(12,),
    )
    result = take("later", report(REQUEST, withdrawn, made=datetime(2026, 8, 12, 12, tzinfo=UTC)))
    assert result.matters == ("zzb-26-10123-1",)
    (line,) = desk.matters()
    assert line.state == "withdrawn"
