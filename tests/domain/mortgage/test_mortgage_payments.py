"""What was certified and said of the mortgage: whose word counts, what fills it, and none of it a plan payment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from docketbridge.domain.events import EventKind
from docketbridge.domain.mortgage.docket_signs import mortgage_signs
from docketbridge.domain.mortgage.mortgage_payments import MortgageCertification, MortgageTold, certification
from docketbridge.testing import REQUEST, active_matter_file, entry, matter_file, meaning

PERSON = MortgageCertification(told_by="told by Pat Clerk", option=2, amount=Decimal("900.00"))
PAPER = MortgageCertification(told_by="Form A, issued here", option=2, amount=Decimal("950.00"), first_due=date(2026, 9, 1))
SAID = replace(REQUEST, entry=replace(REQUEST.entry, text="Request. Debtor will make regular mortgage payments"))


def test_a_person_s_word_comes_before_the_docket_s_and_the_docket_s_before_the_form_s():
    file = matter_file(entries=(SAID,))
    by_person = certification(file, MortgageTold(by_person=PERSON, by_paper=PAPER))
    on_docket = certification(file, MortgageTold(by_paper=PAPER))
    by_form = certification(matter_file(), MortgageTold(by_paper=PAPER))
    assert by_person is not None
    assert on_docket is not None
    assert (by_person.option, on_docket.option) == (2, 1)
    assert by_form == PAPER
    assert certification(matter_file(), MortgageTold()) is None


def test_what_the_first_leaves_open_is_taken_only_from_another_that_certifies_the_same():
    told = certification(matter_file(entries=(SAID,)), MortgageTold(by_person=PERSON, by_paper=PAPER))
    assert told is not None
    assert (told.amount, told.first_due) == (Decimal("900.00"), date(2026, 9, 1))
    assert told.told_by == "told by Pat Clerk; Form A, issued here"
    alone = certification(matter_file(entries=(SAID,)), MortgageTold(by_paper=PAPER))
    assert alone is not None
    assert (alone.amount, alone.first_due) == (None, None)


def test_each_option_is_said_in_words():
    assert [replace(PERSON, option=option).words for option in (1, 3)] == [
        "regular current payments",
        "payments projected under the modification",
    ]


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        (
            "Notice of Postpetition Fees, Expenses, and Charges",
            EventKind.NONE,
            "notice of fees, expenses and charges (Rule 3002.1(c))",
        ),
        ("Notice of Final Cure Payment filed by Trustee", EventKind.NONE, "notice of final cure payment (Rule 3002.1(f))"),
        ("Response to Notice of Final Cure Payment", EventKind.NONE, "response to the notice of final cure (Rule 3002.1(g))"),
        (
            "Motion for Relief from Stay. Missed two post-petition mortgage payments",
            EventKind.STAY_RELIEF_MOTION,
            "creditor says mortgage payments since the petition were missed",
        ),
    ],
)
def test_what_the_docket_says_of_the_mortgage_is_kept_with_its_entry(text, kind, what):
    file = active_matter_file(entries=(REQUEST, meaning(entry(40, date(2026, 8, 21), text), kind)))
    assert [(each.what, each.entry_label) for each in mortgage_signs(file)] == [(what, "entry 40")]


def test_a_stay_motion_for_another_cause_and_another_matter_s_entry_say_nothing():
    insurance = meaning(
        entry(40, date(2026, 8, 21), "Motion for Relief from Stay. Lapse of insurance"), EventKind.STAY_RELIEF_MOTION
    )
    report = meaning(entry(41, date(2026, 8, 21), "Status report after the final cure notice"), EventKind.LM_STATUS_REPORT)
    other = replace(report, reach="other matter")
    assert list(mortgage_signs(active_matter_file(entries=(REQUEST, insurance, other)))) == []
