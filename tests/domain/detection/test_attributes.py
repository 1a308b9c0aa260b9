"""The attributes and facts of an entry: what its own words say, and nothing that they do not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.events import EventAttributes, OrderDates
from docketbridge.programs.wording import national_vocabulary

VOCABULARY = national_vocabulary()


def said(text: str) -> EventAttributes:
    return detect(Telling(text=text), VOCABULARY).attributes


def facts(text: str) -> dict[str, Any]:
    return {fact.name: fact.value for fact in detect(Telling(text=text), VOCABULARY).facts}


HEARINGS = {
    "Motion to Sell with hearing to be held on 10/22/2009 at 10:00 AM at Courtroom 623 (BRL) Responses"
    " due by 9/21/2009,": "2009-10-22T10:00",
    "Notice of Hearing Re: 26 Motion for Relief from Stay [JAH-1] to be held on 5/18/2009 at 09:00 AM at"
    " Fresno": "2009-05-18T09:00",
    "NOTICE of Confirmation Hearing on 02/08/93 at 9:00 a.m. at Courtroom 1": "1993-02-08T09:00",
    "Order: HEARING ON 21 Amended Chapter 13 Plan IS CONTINUED TO 02/23/2010 10:00 AM at Courtroom 1": "2010-02-23T10:00",
    "Hearing Rescheduled from 10/11/2006. Hearing scheduled for 11/8/2006 at 09:00 AM at Trenton": "2006-11-08T09:00",
    "Hearing will be adjourned to FEBRUARY 16, 2023 at 10:00 am.": "2023-02-16T10:00",
    "Motion for Relief. The Hearing date is set for 12/15/2009 at 09:00 AM at Crtrm 301": "2009-12-15T09:00",
    "Hearing stricken, rescheduled at the hearing to be held on 10/21/09 at 4:00 p.m.": "2009-10-21T16:00",
    "Order Scheduling. Hearing continued on 1/29/2010 at 11:00AM at Courtroom 682": "2010-01-29T11:00",
    "Hearing scheduled for 12/16/2009 at 09:30:00 AM at 299 E Broward": "2009-12-16T09:30",
    "Hearing scheduled for 12/16/2009 at 12:00 PM at Trenton": "2009-12-16T12:00",
    "Minutes of Hearing held on: 07/27/2009 at 10:00 AM Subject: Motion": None,
    "Notice of Presentment of Order with presentment to be held on 10/22/2014 at 12:00 PM at Courtroom 1": None,
    "Motion to Sell (related document(s) 5 Motion. Hearing scheduled for 1/5/2010 at 9:00 AM at Trenton)": None,
    "Hearing scheduled for 13/45/2009 at 09:30 AM": None,
}


@pytest.mark.parametrize(("text", "wanted"), HEARINGS.items(), ids=[each[:45] for each in HEARINGS])
def test_a_hearing_is_the_future_setting(text: str, wanted: str | None) -> None:
    assert said(text).hearing == (datetime.fromisoformat(wanted) if wanted else None)


def test_of_two_settings_an_order_about_confirmation_means_the_confirmation_hearing() -> None:
    text = (
        "Interim Order Confirming Plan. Conciliation conference to be held on 9/9/2008 at 10:00 AM at Erie. "
        "Confirmation hearing to be held on 9/19/2008 at 09:00 AM at Erie."
    )
    assert said(text).hearing == datetime.fromisoformat("2008-09-19T09:00")


def test_a_hearing_has_its_place() -> None:
    assert (
        said("Hearing scheduled for 3/16/2010 at 01:00 PM at 6th Floor Courtroom. (Rey, Pam)").hearing_place
        == "6th Floor Courtroom"
    )


DEADLINES = {
    "Loss Mitigation Request - By Debtor. Objections due by 6/18/2014. Filed by Bo Fry": (date(2014, 6, 18), "objection"),
    "Motion. Updated Deadline for Objections/Responses due by: 2/11/2010.": (date(2010, 2, 11), "objection"),
    "Certification of Default filed by Bo Fry. Objection deadline is 7/17/2006.": (date(2006, 7, 17), "objection"),
    "Notice. Last day to Object to Confirmation 2/2/2010": (date(2010, 2, 2), "objection"),
    "Motion filed by Bo Fry. Responses due by 9/21/2009,": (date(2009, 9, 21), "response"),
    "Order to Show Cause. Response to Show Cause Order due by 1/12/2010.": (date(2010, 1, 12), "response"),
    "Loss Mitigation Request Notice. Any objection to the request must be filed by 4/25/2011.": (date(2011, 4, 25), "objection"),
    "Notice of Closing. Last Day to Object to Case Closing 4/25/2011": None,
    "Meeting of Creditors. Complaints under Sections 727 or 523 due by 1/25/2010.": None,
    "Order. Amended Chapter 13 Plan due by 1/25/2010.": None,
}


@pytest.mark.parametrize(("text", "wanted"), DEADLINES.items(), ids=[each[:45] for each in DEADLINES])
def test_a_deadline_is_the_courts_last_day_to_object_or_respond(text: str, wanted: tuple[date, str] | None) -> None:
    found = said(text)
    assert (found.deadline, found.deadline_kind) == (wanted or (None, None))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Request for Loss Mitigation filed by Bo Fry on behalf of Debtor Ann Ray",
            {"requesting_party": "debtor", "filer": "Ann Ray"},
        ),
        (
            "Loss Mitigation Request - By Creditor. Filed by Bo Fry on behalf of Quarry Bank, N.A.",
            {"requesting_party": "creditor"},
        ),
        ("Joint Request for Loss Mitigation Filed by Debtor Ann Ray", {"requesting_party": "joint", "filer_role": "debtor"}),
        (
            (
                "Objection to (28 Motion for Referral to Mortgage Modification Mediation Filed by Debtor Ann Ray.)"
                " Filed by Creditor Quarry Bank"
            ),
            {"objecting_party": "creditor", "filer": "Quarry Bank"},
        ),
        ("Debtor's Objection to Creditor's Loss Mitigation Request filed by Bo Fry", {"objecting_party": "debtor"}),
        ("Withdrawal of Loss Mitigation Request Filed by Creditor Quarry Bank", {"withdrawn_by": "creditor"}),
        (
            "Order Extending Loss Mitigation Period until 10/12/2017. Signed on 7/19/2017",
            {"extended_to": date(2017, 10, 12), "signed": date(2017, 7, 19), "outcome": "granted"},
        ),
        (
            (
                "Order Granting Motion to Extend Time to Complete Mortgage Modification Mediation. Mediation to be"
                " completed by 1/15/2018."
            ),
            {"extended_to": date(2018, 1, 15)},
        ),
        (
            "Letter Requesting Extension of Loss Mitigation to 11/30/2016 filed by Bo Fry",
            {"requested_extended_to": date(2016, 11, 30), "joint": None},
        ),
        ("Joint Motion to Extend Loss Mitigation Period Filed by Debtor Ann Ray", {"joint": True}),
        ("Loss Mitigation Status Report Filed by Joint Debtor Ann Ray", {"joint": None, "filer_role": "debtor"}),
        ("Unilateral Loss Mitigation Status Report Filed by Creditor Quarry Bank", {"joint": False}),
        (
            "Certificate of Service by first class mail on 07/28/2026 (related document(s) 12 Request for Loss Mitigation)",
            {"served": date(2026, 7, 28), "service_method": "mail"},
        ),
        (
            "BNC Certificate of Mailing. No. of Notices: 2. Service Date 02/12/2010.",
            {"served": date(2010, 2, 12), "service_method": "mail"},
        ),
        (
            "Certificate of Service via CM/ECF on 7/28/2026 of Request for Loss Mitigation",
            {"service_method": "ecf", "served": date(2026, 7, 28)},
        ),
        (
            "Trustee's Motion to Dismiss Case for Failure to Make Plan Payments Filed by Trustee Gil Lowe",
            {"movant": "trustee", "ground": "Failure to Make Plan Payments"},
        ),
        ("Motion of United States Trustee to Dismiss Case", {"movant": "ust"}),
        ("Notice of Voluntary Dismissal Filed by Debtor Ann Ray", {"movant": "debtor", "ground": "voluntary"}),
        (
            "Conditional Order of Dismissal; case dismissed unless arrears are paid by 3/1/2026",
            {"outcome": "conditional", "cure_by": date(2026, 3, 1)},
        ),
        ("Order Granting in Part Motion for Relief from Stay", {"outcome": "granted_in_part"}),
        ("Order on Motion For Relief From Stay", {"outcome": "unstated"}),
        ("Order Denying as Moot Motion for Relief from Stay", {"outcome": "moot"}),
        ("Motion to Approve Trial Loan Modification", {"trial": True}),
        ("Approve Final Mortgage Modification", {"trial": False}),
        ("Motion to Approve Loan Modification", {"trial": None}),
        (
            "Notice of Selection of Mortgage Modification Mediator - Isolde Brandt Filed by Debtor Ann Ray",
            {"mediator": "Isolde Brandt"},
        ),
        ("Order Appointing Isolde Brandt as Mortgage Modification Mediator", {"mediator": "Isolde Brandt"}),
        (
            (
                "Debtor's Request for Loss Mitigation with Creditor Quarry Bank, N.A. re: 55 Ives Landing, Warwick,"
                " RI Filed by Debtor Ann Ray"
            ),
            {"creditor": "Quarry Bank, N.A.", "property_address": "55 Ives Landing, Warwick, RI"},
        ),
        ("Request for Loss Mitigation as to Second Mortgage Filed by Debtor Ann Ray", {"lien_position": "second"}),
        (
            "Order Denying Confirmation of Chapter 13 Plan. Amended Chapter 13 Plan due by 3/3/2010.",
            {"plan_due": date(2010, 3, 3), "outcome": "denied"},
        ),
        ("Amended Chapter 13 Plan Filed by Debtor Ann Ray", {"amended": True}),
        ("Amended Schedules : G, H, I, J. Filed by Bo Fry", {"schedules": ("G", "H", "I", "J")}),
        (
            "Amended Schedule[s] A, Real Property Amount: $ 350, J, Average Expenses Amount: $ 2741, Filed by BO FRY",
            {"schedules": ("A", "J")},
        ),
    ],
)
def test_attributes_are_what_the_words_say(text: str, values: dict[str, object]) -> None:
    found = said(text)
    assert {name: getattr(found, name) for name in values} == values


def test_the_six_dates_of_an_order_are_read_where_the_text_states_them() -> None:
    text = (
        "Loss Mitigation Order. Contact persons designated by 1/5/2026. First contact by 1/12/2026. Creditor"
        " requests due by 1/20/2026. "
        "Debtor requests due by 1/27/2026. Status Report due by 2/20/2026. Loss Mitigation period ends 3/2/2026."
    )
    assert said(text).order_dates == OrderDates(
        contacts_due=date(2026, 1, 5),
        first_contact_due=date(2026, 1, 12),
        creditor_requests_due=date(2026, 1, 20),
        debtor_requests_due=date(2026, 1, 27),
        status_due=date(2026, 2, 20),
        lm_end=date(2026, 3, 2),
    )


def test_what_the_text_does_not_say_stays_unsaid() -> None:
    assert said("Loss Mitigation Order") == EventAttributes(outcome="granted")


FACTS = {
    "Order Overruling Objection to Loss Mitigation": {"objection_overruled": True},
    "Stipulation Extending Time to Object to Loss Mitigation Request to 3/4/2026": {"objection_time_extended": date(2026, 3, 4)},
    "Hearing Held. The automatic stay shall remain in effect through 4/5/2026.": {"stay_continued": date(2026, 4, 5)},
    "Meeting of Creditors. 341(a) meeting to be held on 11/25/2009 at 11:30 AM. Last day to oppose discharge: 1/24/2010": {
        "meeting_341": date(2009, 11, 25),
        "discharge_objections_due": date(2010, 1, 24),
    },
    "Chapter 7 Trustee's Report of No Distribution": {"no_distribution_report": True},
    "Transfer of Claim. Transferor: Harbor Bank (Claim No. 2) To Inlet Servicing, LLC. (Rey, Ana)": {
        "claim_transferred": "Harbor Bank → Inlet Servicing, LLC"
    },
    "Motion to Withdraw as Attorney Filed by Bo Fry": {},
    "Certificate of Service of Notice of Appearance Filed by Bo Fry": {},
    "ENTERED IN ERROR: Order Overruling Objection to Loss Mitigation": {},
    "Meeting of Creditors Held and Concluded on 3/1/2026": {},
}


@pytest.mark.parametrize(("text", "wanted"), FACTS.items(), ids=[each[:45] for each in FACTS])
def test_facts_stand_beside_the_kind(text: str, wanted: dict[str, object]) -> None:
    assert facts(text) == wanted
