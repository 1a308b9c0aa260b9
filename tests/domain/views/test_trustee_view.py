"""One matter drawn together for its trustee: fees, papers, signs of default, and what Form A says of the mortgage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.entries import Attachment
from docketbridge.domain.events import Detection, EventKind, Fact
from docketbridge.domain.matters import EntryMeaning
from docketbridge.domain.standing import OpenItem, State
from docketbridge.domain.views.trustee_view import TrusteeMatter, trustee_matter
from docketbridge.testing import (
    REQUEST,
    active_matter_file,
    active_posture,
    deadline,
    entry,
    hearing,
    matter_file,
    meaning,
    posture,
)


def _seen(*entries: EntryMeaning) -> TrusteeMatter:
    return trustee_matter(active_matter_file(entries=(REQUEST, *entries)))


def test_a_running_period_waits_for_confirmation_until_an_order_confirms():
    assert _seen().waits_for_confirmation
    confirmed = _seen(meaning(entry(20, date(2026, 8, 21), "Order Confirming Plan"), EventKind.CONFIRMATION_ORDER, reach="case"))
    assert (confirmed.waits_for_confirmation, confirmed.confirmed_by) == (False, "entry 20")


def test_the_trustee_s_motion_for_missed_payments_and_its_withdrawal_stand_in_one_line():
    motion = meaning(
        entry(14, date(2026, 8, 5), "Trustee's Motion to Dismiss for Failure to Make Plan Payments"),
        EventKind.DISMISSAL_MOTION,
        reach="case",
        movant="trustee",
    )
    withdrawn = meaning(
        entry(19, date(2026, 8, 20), "Withdrawal of Motion to Dismiss", related_documents=(14,)),
        EventKind.WITHDRAWAL,
        reach="case",
        related_documents=(14,),
    )
    signs = _seen(motion, withdrawn).signs
    assert [each.what for each in signs] == ["trustee's motion to dismiss for missed payments", "withdrawn: entry 14"]


def test_a_motion_to_dismiss_of_somebody_else_is_no_sign_of_default():
    motion = meaning(entry(14, date(2026, 8, 5), "Motion to Dismiss"), EventKind.DISMISSAL_MOTION, movant="creditor")
    unrelated = meaning(entry(15, date(2026, 8, 6), "Withdrawal", related_documents=(3,)), EventKind.WITHDRAWAL)
    assert _seen(motion, unrelated).signs == ()


def test_a_certificate_of_default_and_the_order_on_it_are_signs():
    certificate = meaning(
        entry(21, date(2026, 8, 21), "Trustee's Certificate of Default"), EventKind.TRUSTEE_DEFAULT_CERTIFICATE, reach="case"
    )
    order = meaning(entry(22, date(2026, 8, 24), "Order"), EventKind.DISMISSAL_ORDER, reach="case", outcome="denied")
    assert [each.what for each in _seen(certificate, order).signs] == ["certificate of default", "order on dismissal, denied"]


@pytest.mark.parametrize(
    ("text", "attachments", "fees"),
    [
        ("Motion to Approve Loan Modification", ("Form D", "Disclosure of Fees"), "disclosed"),
        ("Motion to Approve Loan Modification, with itemization of costs", (), "disclosed"),
        ("Motion to Approve Loan Modification; no fees or costs to be paid", (), "none"),
        ("Motion to Approve Loan Modification", ("Form D",), "not told"),
    ],
)
def test_a_request_for_approval_says_what_it_tells_of_fees(text, attachments, fees):
    papers = tuple(Attachment(number=number, description=each) for number, each in enumerate(attachments, start=1))
    seen = _seen(meaning(entry(18, date(2026, 8, 21), text, attachments=papers), EventKind.LOAN_MOD_MOTION))
    assert [each.fees for each in seen.approvals] == [fees]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Order approving modification; payments through the plan as conduit", "through the trustee (entry 18)"),
        ("Order approving modification; debtor to pay the mortgage directly", "directly by the debtor (entry 18)"),
        ("Order approving modification", None),
    ],
)
def test_whether_the_mortgage_is_paid_through_the_trustee_afterwards_is_read_where_it_is_said(text, told):
    assert _seen(meaning(entry(18, date(2026, 8, 21), text), EventKind.LOAN_MOD_ORDER)).afterwards == told


@pytest.mark.parametrize(
    ("text", "option", "amount", "first_due"),
    [
        ("Request. Debtor will make regular mortgage payments beginning 9/1/2026", 1, None, date(2026, 9, 1)),
        ("Request. Debtor proposes reduced payments of $1,150.00 from 9/1/2026", 2, Decimal("1150.00"), date(2026, 9, 1)),
        ("Request. Debtor will make projected modified payments of $980.25", 3, Decimal("980.25"), None),
    ],
)
def test_what_form_a_certifies_of_the_mortgage_is_kept_apart_from_plan_payments(text, option, amount, first_due):
    request = replace(REQUEST, entry=replace(REQUEST.entry, text=text))
    told = trustee_matter(matter_file(entries=(request,))).certification
    assert told is not None
    assert (told.option, told.amount, told.first_due) == (option, amount, first_due)


def test_a_request_that_says_nothing_of_payments_certifies_nothing():
    assert trustee_matter(matter_file()).certification is None


def test_papers_after_approval_are_outstanding_one_by_one():
    due = date(2026, 9, 4)
    made = active_posture(
        state=State.APPROVED,
        shown="approved",
        deadlines=(
            deadline("sched_i", due, status=DeadlineStatus.MET, met_by="entry 30"),
            deadline("sched_j", due),
            deadline("amended_plan", due, status=DeadlineStatus.LAPSED),
        ),
    )
    seen = trustee_matter(active_matter_file(posture=made))
    assert [each.key for each in seen.papers] == ["sched_i", "sched_j", "amended_plan"]
    assert [each.key for each in seen.outstanding] == ["sched_j", "amended_plan"]


def test_the_window_to_object_is_open_while_it_runs_and_names_the_day_asked_for():
    item = OpenItem(kind="extension", entry_id="e", entry_label="entry 20", since=date(2026, 8, 17), until=date(2026, 10, 2))
    running = deadline("ext_objection", date(2026, 8, 20), date(2026, 8, 21), started_by="entry 20")
    (window,) = trustee_matter(active_matter_file(posture=active_posture(deadlines=(running,), open_items=(item,)))).windows
    assert (window.entry_label, window.earliest, window.latest) == ("entry 20", date(2026, 8, 20), date(2026, 8, 21))
    assert window.until == date(2026, 10, 2)
    lapsed = replace(running, status=DeadlineStatus.LAPSED)
    assert trustee_matter(active_matter_file(posture=active_posture(deadlines=(lapsed,)))).windows == ()


def test_a_moved_confirmation_hearing_keeps_its_old_day_and_the_day_it_was_moved():
    mover = meaning(entry(25, date(2026, 8, 21), "Confirmation Hearing Continued"), EventKind.CONFIRMATION_HEARING, reach="case")
    moved = hearing(
        "confirmation",
        datetime(2026, 12, 2, 10),  # noqa: DTZ001 - local court time
        25,
        moved_from=datetime(2026, 9, 2, 10),  # noqa: DTZ001 - local court time
        moved_by="entry 25",
    )
    file = active_matter_file(posture=active_posture(hearings=(moved,)), entries=(REQUEST, mover))
    (told,) = trustee_matter(file).hearings
    assert told.moved_on == date(2026, 8, 21)
    assert trustee_matter(file).confirmation(date(2026, 8, 21)) == told
    assert trustee_matter(file).next_conference(date(2026, 8, 21)) is None


def test_notices_of_payment_change_are_seen():
    told = entry(40, date(2026, 8, 21), "Notice of Mortgage Payment Change")
    notice = EntryMeaning(
        entry=told,
        detection=Detection(kinds=(EventKind.NONE,), facts=(Fact(name="payment_change_notice"),)),
        reach="case",
    )
    assert [each.entry_label for each in _seen(notice).change_notices] == ["entry 40"]


def test_a_period_that_is_over_shows_what_may_now_be_set():
    assert trustee_matter(matter_file(posture=posture(state=State.EXPIRED, shown="expired"))).over
    assert not _seen().over
