"""Docket text taken apart: related documents, attachments, heads, stamps and clerk initials."""

from __future__ import annotations

import pytest

from docketbridge.domain.detection.docket_text import attachments, split
from docketbridge.domain.detection.related_entries import quoted_titles, related_documents

RELATED = {
    "(related document(s)12) filed by Ann Ray": (12,),
    "(Related Doc # 20 ) (Related Doc # 30 ) (Rey, Ana)": (20, 30),
    "(related document(s) 79, 78 ). (Weir, Rob)": (79, 78),
    "(RE: related document(s): [298] Response filed by Creditor Ann Ray). (nsha)": (298,),
    "(RE: related document(s)[64])": (64,),
    "Objection to (28 Motion Filed by Debtor Ann Ray.) Filed by Creditor Quarry Bank (Re: # 279)": (28, 279),
    "(re: Doc # 12)": (12,),
    "(related to motions(s) 18 )": (18,),
    "(Re: 37 Notice of Selection of Mediator Filed by Debtor Ann Ray)": (37,),
    "Endorsed Order Dated 9/14/2009 Re: 26 Debtor's Motion To Reinstate Case. MOTION ALLOWED.": (26,),
    "Order Granting 503 Motion to Sell (Galt, Petra)": (503,),
    "Order Granting [4-1] Motion For Relief From Stay": (4,),
    "Order Granting Motion For Relief From Stay Re: # 153 (Rey, Ana)": (153,),
    "Motion for Relief (12 Oak Road) ([35]) filed by Quarry Bank; Objection ([36]) Hearing held.": (35, 36),
    "(related document: 33 Motion for Relief from Stay re: 27 Orchard Lane, Toms River, 61 Order Resolving Motion)": (33, 61),
    "(related document: 599 Objection to Claims Nos. 1079, 1080, 1081 and 1108. filed by Ann Ray)": (599,),
    "(RE: (related document(s) 18 Motion For Relief filed by Quarry Bank) Hearing scheduled for 2/3/2010": (18,),
    "(related document(s) 16 Chapter 13 Plan Filed by Ann Ray. Amended Chapter 13 Plan due by 1/18/2010.": (16,),
    "Motion for Relief re: 1605 Harbor Drive, Wall, NJ filed by Quarry Bank": (),
    "Chapter 13 Plan Filed by Debtor Ann Ray (Attachments: # 1 Exhibit # 2 Motion)": (),
    "Order Confirming Chapter 13 Plan under Rule 3015 Motion": (),
    "Order Extending Loss Mitigation Period [ECF Nos. 22 and 24]. Signed on 1/2/2026 (Rey, Ana)": (22, 24),
    "Letter to the Court (ECF No. 22-1) Filed by Debtor Ann Ray": (22,),
    "Reply to Opposition [ECF Nos. 22-24] Filed by Ann Ray (related document(s)12)": (22, 23, 24, 12),
    "Stipulation [Dkt. 7, 9, and 11] By Ann Ray and Quarry Bank": (7, 9, 11),
    "Scheduling Order (Docket Nos. 16 & 18)": (16, 18),
    "Order on 3 Motion to Dismiss [ECF No. 3]": (3,),
    "Notice of Removal [Docket No. 16-3021] from Superior Court": (),
    "Order to Show Cause [ECF No. 22 in Case 16-10992]": (),
    "Objection (related document(s)12 Motion to Sell [ECF No. 5] filed by Quarry Bank)": (12,),
    "Certificate of Service Re: Complaint (Doc. No. 1), Summons (Doc. No. 2) Filed by Ann Ray": (),
    "Notice of Motion (see correction dkt#23) Filed by Ann Ray": (),
    "Served on all persons noticed by CM/ECF. Filed by Ann Ray (Attachments: # 1 Exhibit [ECF No. 4])": (),
}


@pytest.mark.parametrize(("text", "numbers"), RELATED.items(), ids=[each[:40] for each in RELATED])
def test_related_documents_are_those_named_as_related(text: str, numbers: tuple[int, ...]) -> None:
    assert related_documents(text) == numbers


def test_numbers_in_the_words_of_a_related_entry_belong_to_that_entry() -> None:
    text = (
        "Hearing Set (related document(s) 28 Opposition filed by Ann Ray (related document(s) 23 Relief from"
        " Stay)). Hearing held."
    )
    assert related_documents(text) == (28,)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Motion (Attachments: # 1 Exhibit A # 2 Proposed Order) (Rey, Ana)", [(1, "Exhibit A"), (2, "Proposed Order")]),
        (
            "Motion (Attachments: # 1 Exhibit A- Note# 2 Deed# (3) Assignment).",
            [(1, "Exhibit A- Note"), (2, "Deed"), (3, "Assignment")],
        ),
        ("Motion (Attachments: (1) Proposed Order (2) Service List)", [(1, "Proposed Order"), (2, "Service List")]),
        ("Motion (Attachments: 1 Exhibit A2 Exhibit B3 Notice)", [(1, "Exhibit A"), (2, "Exhibit B"), (3, "Notice")]),
        ("Motion (Attachments: 1 Exhibit (a) of 2014)", [(1, "Exhibit (a) of 2014")]),
        ("Motion without any", []),
    ],
)
def test_attachment_lists_are_read_in_all_three_spellings(text: str, wanted: list[tuple[int, str]]) -> None:
    assert [(each.number, each.description) for each in attachments(text)] == wanted


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Objection to (related document: 41 Notice of Request filed by Debtor Ann Ray) filed by Bo Fry", "Objection to"),
        ("Order signed on 4/27/2009 Granting Motion for Relief. (Related Doc # 20 )", "Order Granting Motion for Relief"),
        ("(E)Order Granting Motion (Related Doc # 26 ). Signed on 9/14/2009", "(E)Order Granting Motion"),
        ("Motion to Dismiss Case Filed by Trustee. (ecoop, ) (Entered: 04/06/2005)", "Motion to Dismiss Case"),
        ("Discharge of Debtor (Admin.) (Entered: 02/09/2010)", "Discharge of Debtor"),
        ("Order Dismissing Case Entered on 12/7/2005(Johns, Rob) (Entered: 12/07/2005)", "Order Dismissing Case"),
        ("ORDER CLOSING CASE. It appearing that no objection was made", "ORDER CLOSING CASE"),
        (
            "CLOSED. Adversary Case 2-04-ap-01602 Closed . (USBC Staff - Hope, Cara)",
            "CLOSED. Adversary Case 2-04-ap-01602 Closed",
        ),
    ],
)
def test_the_head_is_the_entrys_own_title(text: str, head: str) -> None:
    assert split(text).head == head


def test_quotes_and_stamps_are_no_words_of_the_entry() -> None:
    parts = split(
        "Withdrawal (RE: 39 Motion For Relief, ). filed by Bo Fry (Fry, Bo) Modified on 4/4/2016 (aek). (Entered: 04/03/2016)"
    )
    assert parts.plain == "Withdrawal . filed by Bo Fry"
    assert parts.quotes == ("RE: 39 Motion For Relief,",)


def test_the_titles_of_quoted_entries_are_cut_to_their_heads() -> None:
    quote = "related document: 22 Notice of Request for Loss Mitigation filed by Debtor Ann Ray, 24 Objection filed by Bo Fry"
    assert quoted_titles(quote) == ("Notice of Request for Loss Mitigation", "Objection")


def test_a_section_in_brackets_is_not_taken_for_initials() -> None:
    assert split("Movant waives 362(e)").plain == "Movant waives 362(e)"
