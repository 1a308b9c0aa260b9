"""Form C in the situations a court meets: golden text, and the paragraphs that come and go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docketbridge.api import Document, plain_text

TWO_DEBTORS = [{"name": "Odalys Fernwhistle"}, {"name": "Żółcisław Fernwhistle"}]
MOTION = [{"document_number": 9, "filed": "2026-07-20", "hearing": "2026-08-26"}]

SITUATIONS: dict[str, dict[str, Any]] = {
    "chapter-13-represented-confirmation-continued": {
        "confirmation": {"hearing": "2026-09-16", "continued_to": "2026-12-02"},
    },
    "chapter-7-two-debtors-pro-se-lift-stay-pending": {
        "case__chapter": 7,
        "case__debtors": TWO_DEBTORS,
        "signing": {"served_by": "The Clerk", "within_days": 3},
        "stay": {"motions": MOTION, "postponed_to": "2026-11-30", "continued_through": "2026-11-30"},
    },
    "chapter-11-creditors-request-after-a-hearing": {
        "case__chapter": 11,
        "request": {"by": "creditor", "document_number": 31, "filed": "2026-07-27"},
        "objection": {"status": "hearing", "by": "the Debtor", "document_number": 35, "decided": "2026-08-19"},
        "contacts_given": True,
        "dates__contacts_due": None,
        "other_parties": [{"name": "Barnabas Quell", "capacity": "co-debtor"}],
    },
    "chapter-12-court-on-its-own-motion-stay-by-consent": {
        "case__chapter": 12,
        "request": {"by": "court", "filed": "2026-07-27"},
        "objection": {"status": "consent"},
        "stay": {"motions": MOTION, "postponed_to": "2026-11-30", "continued_through": "2026-12-11", "basis": "consent"},
    },
    "chapter-7-stay-relief-granted-blanks-open": {
        "case__chapter": 7,
        "dates": {"lm_end": "2026-09-18"},
        "stay": {"relief_granted": True},
        "objection": {"open": ["entry 14"], "by": "the Creditor", "document_number": 14},
        "signing": None,
    },
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_order_reads_as_its_golden_text(
    name: str, draft: Callable[..., Document], matches_golden: Callable[[Document, str], None]
) -> None:
    matches_golden(draft(**SITUATIONS[name]), f"form-c-{name}")


def test_every_blank_of_whole_facts_is_filled(draft: Callable[..., Document]) -> None:
    document = draft()
    assert document.unanswered == ()
    assert "____" not in plain_text(document).replace("Dated: __________", "")


def test_what_nobody_answered_is_listed_once_and_never_printed_in_braces(draft: Callable[..., Document]) -> None:
    document = draft(dates={}, request={}, signing=None, case__chapter=None)
    assert document.unanswered == (
        "request_filed",
        "requester",
        "request_number",
        "contacts_due",
        "first_contact_due",
        "creditor_requests_due",
        "debtor_requests_due",
        "status_due",
        "lm_end",
        "server",
        "service_days",
        "chapter",
    )
    assert "{" not in plain_text(document)


@pytest.mark.parametrize("chapter", [7, 11, 12, 13])
def test_rule_408_good_faith_and_the_joint_report_stand_in_every_chapter(chapter: int, draft: Callable[..., Document]) -> None:
    text = plain_text(draft(case__chapter=chapter))
    for always in (
        "Rule 408 of the Federal Rules of Evidence",
        "in good faith",
        "one joint written report",
        "authority to settle",
    ):
        assert always in text
    assert "waive" not in text.lower()


def test_only_chapter_13_speaks_of_the_plan(draft: Callable[..., Document]) -> None:
    assert "remain current on the payments" in plain_text(draft())
    assert "chapter 13 plan" not in plain_text(draft(case__chapter=11))


def test_a_confirmed_plan_has_no_confirmation_hearing_to_continue(draft: Callable[..., Document]) -> None:
    assert "confirmation of the chapter 13 plan" not in plain_text(draft(confirmation={"confirmed": True}))


def test_chapter_12_states_no_finding_under_362_e_2(draft: Callable[..., Document]) -> None:
    stay = {"motions": MOTION, "postponed_to": "2026-11-30", "continued_through": "2026-11-30"}
    assert "§ 362(e)(1) that compelling" in plain_text(draft(case__chapter=12, stay=stay))
    assert "§ 362(e)(1) and (2) that good cause" in plain_text(draft(case__chapter=7, stay=stay))


def test_the_stay_finding_states_the_day_it_ends_on(draft: Callable[..., Document]) -> None:
    stay = {"motions": MOTION, "postponed_to": "2026-11-30", "continued_through": "2026-12-04"}
    assert "continues in effect as to the Creditor through December 4, 2026" in plain_text(draft(stay=stay))


def test_an_undated_stay_finding_is_asked_for(draft: Callable[..., Document]) -> None:
    assert draft(stay={"motions": MOTION}).unanswered == ("stay_hearing", "stay_through")


@pytest.mark.parametrize(("fact", "said"), [("relief_granted", True), ("discharged", True), ("repeat_filer", False)])
def test_a_stay_that_is_gone_is_not_extended(fact: str, said: bool, draft: Callable[..., Document]) -> None:
    document = draft(stay={"motions": MOTION, fact: True})
    assert "362(e)" not in plain_text(document)
    assert ("neither reinstates nor extends" in plain_text(document)) is said


def test_chapter_7_points_to_deferral_only_when_the_period_outlasts_eighty_days(draft: Callable[..., Document]) -> None:
    # 1 July 2026 and 80 days is Saturday 19 September 2026: a threshold, it does not roll (LMP VI.B.2).
    longer = draft(case__chapter=7)
    assert "September 19, 2026, the 80th day after the petition" in plain_text(longer)
    short = {"lm_end": "2026-09-18", "status_due": "2026-09-17"}
    assert "4004(c)(2)" not in plain_text(draft(case__chapter=7, dates=short))


def test_a_converted_case_counts_no_eighty_days_but_keeps_the_advice(draft: Callable[..., Document]) -> None:
    text = plain_text(draft(case__chapter=7, case__converted="2026-07-20"))
    assert "80th day" not in text
    assert "4004(c)(2)" in text


def test_a_debtor_without_attorney_gets_the_hearing_paragraph(draft: Callable[..., Document]) -> None:
    assert "at which that Debtor appears in person" in plain_text(draft(case__debtors=TWO_DEBTORS))
    assert "at which that Debtor appears in person" not in plain_text(draft())


def test_one_unrepresented_joint_debtor_is_enough_for_it(draft: Callable[..., Document]) -> None:
    one_of_two = [{"name": "Odalys Fernwhistle", "counsel": "Quillon Abernethy-Voss"}, {"name": "Ansel Fernwhistle"}]
    assert "at which that Debtor appears in person" in plain_text(draft(case__debtors=one_of_two))


def test_draft_and_revision_days_are_counted_back_from_the_report(draft: Callable[..., Document]) -> None:
    # Report on Friday 14 August 2026: Victory Day, the 10th, is no business day to the party (AMB-9): Friday the 7th.
    dates = {"status_due": "2026-08-14", "lm_end": "2026-08-28"}
    text = plain_text(draft(day="2026-07-31", objection={"status": "consent"}, dates=dates))
    assert "First draft of the status report sent to the Creditor | The Debtor | Friday, August 7, 2026" in text
    assert "Revisions of the draft sent to the Debtor | The Creditor | Thursday, August 13, 2026" in text


def test_objections_to_confirmation_run_back_to_an_open_day(draft: Callable[..., Document]) -> None:
    # Seven days before Thursday 3 December 2026 is Thanksgiving: back to Wednesday 25 November (Rules 3015(f), 9006(a)(5)).
    confirmation = {"hearing": "2026-09-16", "continued_to": "2026-12-03"}
    assert "Objections to confirmation are due by November 25, 2026" in plain_text(draft(confirmation=confirmation))


def test_a_name_that_ends_in_a_point_ends_the_sentence(draft: Callable[..., Document]) -> None:
    assert "N.A.." not in plain_text(
        draft(paper="no-objection-certificate", day="2026-08-20", watch={"words": "Seen.", "settled": True})
    )


def test_the_signature_is_never_filled(draft: Callable[..., Document]) -> None:
    text = plain_text(draft())
    assert "Dated: __________\nIsolde Marchbanks\nUnited States Bankruptcy Judge" in text
    assert "/s/" not in text


def test_the_numbers_of_the_paragraphs_run_on_past_the_schedule(draft: Callable[..., Document]) -> None:
    lines = plain_text(draft()).splitlines()
    numbers = [int(line.split(".")[0]) for line in lines if line.split(".")[0].isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))
