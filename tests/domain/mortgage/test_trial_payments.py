"""Trial payments: terms read as courts write them, payments seen only where something shows them, and "cannot tell" else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from docketbridge.domain.events import EventKind
from docketbridge.domain.matters import EntryMeaning, MatterFile
from docketbridge.domain.mortgage.trial_payments import TrialPaid, TrialPlan, TrialTerms, read_terms, seen_in_receipts, trial_plan
from docketbridge.domain.payments.payment_facts import Movement, Receipt
from docketbridge.domain.standing import OpenItem
from docketbridge.testing import REQUEST, active_matter_file, active_posture, entry, meaning

AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)
ORDER = "Order Approving Trial Loan Modification. Three monthly trial payments of $1,402.17 beginning August 31, 2026."


@pytest.mark.parametrize(
    ("text", "payments", "amount", "days"),
    [
        (ORDER, 3, "1402.17", ["2026-08-31", "2026-09-30", "2026-10-31"]),
        (
            "Trial payments of $1,250.00 due 10/1/2026, 11/1/2026 and 12/1/2026",
            3,
            "1250.00",
            ["2026-10-01", "2026-11-01", "2026-12-01"],
        ),
        (
            "3-month trial plan; three (3) trial payments of $900, first payment due 9/1/2026; arrears of $12,000.00",
            3,
            "900.00",
            ["2026-09-01", "2026-10-01", "2026-11-01"],
        ),
        (
            "Chapter 13. Three trial period payments in the amount of $1,200.00 commencing on November 15, 2026. Fee Amount $31",
            3,
            "1200.00",
            ["2026-11-15", "2026-12-15", "2027-01-15"],
        ),
        (
            "Trial modification, $1,015.50 per month from 8/31/2026 through 11/30/2026",
            4,
            "1015.50",
            ["2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30"],
        ),
        ("Order Approving Trial Period Plan, first payment due 2026-09-01", None, None, ["2026-09-01"]),
        ("Trial plan of 4 payments", 4, None, []),
        ("Trial plan: payments of $700.00; escrow $200.00; arrears $9,000.00", None, "700.00", []),
    ],
)
def test_the_terms_are_read_as_courts_write_them(text, payments, amount, days):
    terms = read_terms(text, "entry 30")
    assert terms is not None
    assert (terms.payments, terms.amount) == (payments, Decimal(amount) if amount else None)
    assert [day.isoformat() for day in terms.days()] == days


@pytest.mark.parametrize(
    "text",
    [
        "Order Approving Loan Modification",
        "Trial date set for 9/1/2026",
        "Order Approving Trial Plan",
        "Three payments of $5.00 due 9/1/2026",
    ],
)
def test_where_no_trial_or_no_term_is_told_none_is_read(text):
    assert read_terms(text, "entry 30") is None


def test_days_of_other_papers_are_no_due_dates_of_the_trial():
    terms = read_terms(
        "Order Approving Trial Plan of 3 payments. Amended Schedules due by 8/21/2026. Hearing on 9/9/2026", "entry 30"
    )
    assert terms is not None
    assert terms.due == ()


def test_two_amounts_of_which_none_is_a_payment_s_are_no_amount():
    terms = read_terms("Trial plan, two payments. Arrears $500.00, fees $100.00", "entry 30")
    assert terms is not None
    assert (terms.payments, terms.amount) == (2, None)


def _file(*entries: EntryMeaning, order: str = ORDER, note: str = "trial plan") -> MatterFile:
    approved = meaning(entry(30, date(2026, 8, 21), order), EventKind.LOAN_MOD_ORDER)
    item = OpenItem(
        kind="trial", entry_id=approved.entry.id, entry_label=approved.entry.label, since=date(2026, 8, 21), note=note
    )
    return active_matter_file(posture=active_posture(open_items=(item,)), entries=(REQUEST, approved, *entries))


def _plan(file: MatterFile, *, paid: tuple[TrialPaid, ...] = (), through_trustee: bool = False, **terms: TrialTerms) -> TrialPlan:
    told = {"by_person": None, "by_paper": None, **terms}
    plan = trial_plan(file, paid=paid, through_trustee=through_trustee, **told)
    assert plan is not None
    return plan


def _said(number: int, day: date, text: str) -> EntryMeaning:
    return meaning(entry(number, day, text), EventKind.NONE)


def test_a_matter_with_no_trial_open_has_none():
    assert trial_plan(active_matter_file(), by_person=None, by_paper=None, paid=(), through_trustee=False) is None


def test_what_nothing_shows_is_not_called_missed():
    plan = _plan(_file())
    assert [each.due for each in plan.payments] == [AUGUST, SEPTEMBER, OCTOBER]
    assert [each.words(date(2026, 10, 1)) for each in plan.payments] == [
        "not seen: cannot tell",
        "not seen: cannot tell",
        "not due yet",
    ]
    assert plan.summary(date(2026, 10, 1)).endswith("2 of 3 payments due by now, 0 of them seen")
    assert plan.next_due(date(2026, 10, 1)) == OCTOBER


def test_a_trial_whose_terms_nobody_tells_says_so():
    plan = _plan(_file(order="Order Approving Loan Modification", note="trial or final is not told"))
    head, _, told = plan.summary(OCTOBER).partition(": ")
    assert head == "Trial or final is not told, approved 21 August 2026 (entry 30)"
    assert told == "cannot tell when its payments are due, nothing here says it"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Notice of First Trial Payment Received filed by Creditor", [AUGUST]),
        ("Statement: September trial payment was made", [SEPTEMBER]),
        ("Certificate of Compliance: trial payment due 8/31/2026 paid", [AUGUST]),
        ("Affidavit: second and third trial payments made", [SEPTEMBER, OCTOBER]),
        ("Notice of Completion of Trial Period Payments", [AUGUST, SEPTEMBER, OCTOBER]),
        ("Notice that all trial payments were timely received", [AUGUST, SEPTEMBER, OCTOBER]),
        ("Trial payments received", []),
        ("Notice of Missed Trial Payment: first trial payment not received", []),
        ("Order scheduling trial on complaint; costs paid", []),
    ],
)
def test_a_payment_is_seen_where_an_entry_names_it_as_made(text, seen):
    plan = _plan(_file(_said(41, date(2026, 11, 2), text)))
    assert [each.due for each in plan.payments if each.seen_by] == seen


def test_words_on_trial_payments_that_name_none_or_say_missed_are_kept_as_signs():
    plan = _plan(
        _file(
            _said(41, SEPTEMBER, "Trial payments received"), _said(42, OCTOBER, "Affidavit of default under trial payment plan")
        )
    )
    assert [(each.entry_label, each.what) for each in plan.signs] == [
        ("entry 41", "speaks of trial payments made, and of none by its day"),
        ("entry 42", "speaks of trial payments not made"),
    ]


def test_an_entry_before_the_approval_or_of_another_matter_shows_nothing():
    early = _said(20, date(2026, 8, 20), "First trial payment received")
    report = meaning(entry(41, OCTOBER, "Status report: first trial payment received"), EventKind.LM_STATUS_REPORT)
    other = replace(report, reach="other matter")
    assert not any(each.seen_by for each in _plan(_file(early, other)).payments)


def test_a_person_s_terms_come_before_the_order_s_and_each_fills_what_the_other_leaves_open():
    person = TrialTerms(told_by="told by Pat Clerk", due=(date(2026, 9, 5),))
    paper = TrialTerms(told_by="Form D", payments=2, amount=Decimal("900.00"))
    plan = _plan(_file(order="Order Approving Trial Plan"), by_person=person, by_paper=paper)
    assert [each.due for each in plan.payments] == [date(2026, 9, 5), date(2026, 10, 5)]
    assert plan.terms == TrialTerms(told_by="told by Pat Clerk; Form D", payments=2, amount=Decimal("900.00"), due=person.due)


def test_terms_only_asked_for_are_said_to_be_that():
    asked = meaning(
        entry(18, date(2026, 8, 3), "Motion to Approve Trial Plan, two payments of $800.00 due 9/1/2026 and 10/1/2026"),
        EventKind.LOAN_MOD_MOTION,
    )
    terms = _plan(_file(asked, order="Order Granting Motion")).terms
    assert terms is not None
    assert terms.told_by == "entry 18, as asked for"


def test_a_person_s_word_shows_the_payment_of_that_day():
    word = TrialPaid(due=SEPTEMBER, paid=date(2026, 9, 28), told_by="told by Pat Clerk on 1 October 2026")
    plan = _plan(_file(), paid=(word,))
    assert [(each.due, each.seen_on) for each in plan.payments if each.seen_by] == [(SEPTEMBER, date(2026, 9, 28))]


def _receipt(day: date, amount: str, **more: object) -> Receipt:
    return Receipt(day=day, amount=Decimal(amount), **more)  # type: ignore[arg-type]  # the fields a test gives


def test_receipts_show_trial_payments_only_where_the_trustee_is_paid_and_the_amount_is_the_trial_s():
    receipts = [
        _receipt(date(2026, 8, 28), "1402.17"),
        _receipt(date(2026, 9, 29), "1402.16"),
        _receipt(date(2026, 11, 2), "1402.17"),
    ]
    assert not any(each.seen_by for each in seen_in_receipts(_plan(_file()), receipts).payments)
    seen = seen_in_receipts(_plan(_file(), through_trustee=True), receipts)
    assert [each.due for each in seen.payments if each.seen_by] == [AUGUST, OCTOBER]


def test_a_receipt_taken_back_shows_nothing_and_one_receipt_shows_one_payment():
    bounced = _receipt(date(2026, 8, 28), "1402.17", reference="7")
    back = _receipt(date(2026, 9, 2), "-1402.17", movement=Movement.REVERSAL, reverses="7")
    late = _receipt(date(2026, 9, 15), "1402.17", reference="8")
    seen = seen_in_receipts(_plan(_file(), through_trustee=True), [bounced, back, late])
    assert [each.due for each in seen.payments if each.seen_by] == [AUGUST]
    assert seen.payments[0].seen_on == date(2026, 9, 15)
