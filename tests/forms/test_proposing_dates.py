"""`paper check form-c`: the dates of a lodged order held against the docket, court days and their order, with dates to use."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docketbridge.api import OrderDates
from docketbridge.testing import REQUEST, matter_file, objection_deadline, open_objection, posture
from forms import PAPERS
from forms.catalog import WordedPaper
from forms.filling import ORDER_DATE_NAMES
from forms.proposing import OrderFindings, check_order_dates
from tests.laws import law

FORM_C = next(paper for paper in PAPERS if paper.name == "form-c")
USUAL = FORM_C.wording.usual_days
GOOD = {
    "contacts_due": "2026-08-27",
    "first_contact_due": "2026-08-27",
    "creditor_requests_due": "2026-09-03",
    "debtor_requests_due": "2026-09-10",
    "status_due": "2026-10-26",
    "lm_end": "2026-11-18",
}


def found(dates: dict[str, Any], **changes: Any) -> OrderFindings:
    file = matter_file(**changes)
    return check_order_dates(FORM_C.facts_for(file, dates), today=file.today, usual_days=USUAL)


def fault_of(findings: OrderFindings, name: str) -> str | None:
    return next(each.fault for each in findings.dates if each.name == name)


def test_dates_that_can_stand_are_left_as_they_are() -> None:
    findings = found(GOOD)
    assert findings.faults == 0
    assert findings.held is None
    assert {name: getattr(findings.proposed(), name).isoformat() for name in GOOD} == GOOD


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"lm_end": "2026-11-21"}, "lm_end", "is a Saturday"),
        ({"status_due": "2026-11-11"}, "status_due", "is Veterans Day"),
        ({"contacts_due": "2026-08-18"}, "contacts_due", "is not after August 19, 2026, the first day"),
        ({"creditor_requests_due": "2026-08-26"}, "creditor_requests_due", "is before contacts_due"),
        ({"status_due": "2026-08-24", "contacts_due": "2026-08-24"}, "status_due", "is before"),
        ({"lm_end": "2026-10-26"}, "lm_end", "is the same day as status_due"),
        ({"first_contact_due": None}, "first_contact_due", "is missing"),
    ],
)
def test_a_date_that_cannot_stand_says_why_and_gets_another(changes: dict[str, Any], name: str, words: str) -> None:
    findings = found({key: day for key, day in {**GOOD, **changes}.items() if day})
    assert words in (fault_of(findings, name) or "no fault")
    assert findings.faults >= 1
    assert next(each.proposed for each in findings.dates if each.name == name) is not None


def test_while_the_time_to_object_runs_the_order_waits_for_the_latest_reading_and_a_look_at_the_docket() -> None:
    # The latest reading is Friday 14 August 2026; Monday the 17th is seen whole; the order follows on Tuesday the 18th.
    findings = found({}, posture=posture(settled=False), today=date(2026, 8, 12))
    assert findings.signable == date(2026, 8, 18)
    assert findings.held is not None
    assert findings.held.startswith("the docket is not settled")


def test_an_open_objection_holds_the_order() -> None:
    findings = found(GOOD, posture=posture(open_items=(open_objection(),)))
    assert findings.held == "an objection is open (entry 14); no order before a hearing or a ruling (LMP V.D)"


def test_without_a_known_deadline_the_order_may_be_signed_today() -> None:
    findings = found({}, posture=posture(deadlines=(), settled=False), entries=(REQUEST,))
    assert findings.signable == date(2026, 8, 19)


days = st.dates(date(2026, 7, 1), date(2027, 12, 31))


@given(told=st.fixed_dictionaries({}, optional=dict.fromkeys(ORDER_DATE_NAMES, days)), today=days)
@law(60)
def test_what_is_proposed_can_always_stand(told: dict[str, date], today: date) -> None:
    last = objection_deadline()
    file = matter_file(today=today, posture=posture(deadlines=(last,), settled=today > date(2026, 8, 17)))
    dates = {name: day.isoformat() for name, day in told.items()}
    facts = FORM_C.facts_for(file, dates)
    first = check_order_dates(facts, today=today, usual_days=USUAL)
    proposed: OrderDates = first.proposed()
    again = {name: getattr(proposed, name).isoformat() for name in ORDER_DATE_NAMES if getattr(proposed, name)}
    second = check_order_dates(FORM_C.facts_for(file, again), today=today, usual_days=USUAL)
    assert second.faults == 0
    # Such an order is drafted as well: the check of the order and the proposal know one rule.
    FORM_C.draft(file, {**again, "day": first.signable.isoformat()})


def test_the_usual_days_name_all_six_dates_and_keep_the_seven_of_the_first_contact(papers: dict[str, WordedPaper]) -> None:
    usual = papers["form-c"].wording.usual_days
    assert tuple(usual) == ORDER_DATE_NAMES
    assert usual["first_contact_due"] == 7  # LMP VIII.A
