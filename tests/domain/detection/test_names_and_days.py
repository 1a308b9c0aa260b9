"""Names and days in a docket text: whose they are, and where they end."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest

from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.detection.related_entries import quoted_titles, related_documents
from docketbridge.domain.events import EventAttributes
from docketbridge.programs.wording import national_vocabulary


def said(text: str) -> EventAttributes:
    return detect(Telling(text=text), national_vocabulary()).attributes


@pytest.mark.parametrize(
    ("text", "creditor"),
    [
        (
            "Request for Loss Mitigation with Creditor Hopewell Cooperative Bank re: 14 Cove Road, Bristol, RI Filed by Ann Ray",
            "Hopewell Cooperative Bank",
        ),
        (
            "Request for Loss Mitigation with Hopewell Cooperative Bank, N.A. as to 14 Cove Road Filed by Debtor Ann Ray",
            "Hopewell Cooperative Bank, N.A.",
        ),
        ("Order Granting Request for Loss Mitigation with Hopewell Bank and Debtor Ann B. Ray", "Hopewell Bank"),
        ("Stipulation By and Between Creditor Granite Bank and Debtor Ann Ray Extending Loss Mitigation", "Granite Bank"),
        ("Loss Mitigation Order re: Blue Anchor Loan Servicing, LLC. (related document(s)31)", "Blue Anchor Loan Servicing, LLC"),
        (
            "Request to End LMP Filed by Creditor U.S. Bank, N.A., as Trustee for Tide Trust 2012. Responses due by 2/3/2020",
            "U.S. Bank, N.A., as Trustee for Tide Trust 2012",
        ),
        (
            "Objection to Loss Mitigation Request filed by Kim Lott on behalf of Quarry Servicing LLC. (Lott, Kim)",
            "Quarry Servicing LLC",
        ),
        ("Request for Loss Mitigation with Certificate of Service Filed by Debtor Ann Ray", None),
    ],
)
def test_a_creditor_is_named_without_its_role_and_without_another_party(text: str, creditor: str | None) -> None:
    assert said(text).creditor == creditor


@pytest.mark.parametrize(
    ("text", "role", "filer"),
    [
        (
            "Request for Loss Mitigation Filed by Debtor Ignatius B. Farthing. Objections due by 8/14/2012.",
            "debtor",
            "Ignatius B. Farthing",
        ),
        ("Request for Loss Mitigation Filed by Debtor Ann Ray. Status report to follow", "debtor", "Ann Ray"),
        ("Joint Request for Loss Mitigation Filed by Debtor Ann Ray, Creditor Quarry Bank. (Fry, Bo)", "joint", "Ann Ray"),
        ("Objection to Plan Filed by Creditor Quarry Bank, N.A. Hearing scheduled for 3/3/2016", "creditor", "Quarry Bank, N.A."),
    ],
)
def test_a_filer_is_named_whole(text: str, role: str, filer: str) -> None:
    assert (said(text).filer_role, said(text).filer) == (role, filer)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hearing scheduled for 3/3/2016 at 10:00 AM at Courtroom 3529 (Judge Corbin), Brooklyn, NY. Debtor to file a plan.",
         "Courtroom 3529 (Judge Corbin), Brooklyn, NY"),
        ("Conference to be held on 12/18/2019 at 10:00 AM at Courtroom 617 (SHL). Report due 1/1/2020.", "Courtroom 617 (SHL)"),
        ("Hearing scheduled for 3/3/2016 at 10:00 AM at Courtroom 1825. Ballots due on 2/2/2016.", "Courtroom 1825"),
        ("Hearing scheduled for 3/3/2016 at 10:00 AM at 299 E. Broward Blvd. Room 308.", "299 E. Broward Blvd. Room 308"),
        ("Order Setting Hearings. Omnibus Hearings scheduled for 10/9/2009 at 02:00 PM. Signed on 8/27/2009.", None),
    ],
)  # fmt: skip
def test_the_place_of_a_hearing_ends_with_its_sentence(text: str, place: str | None) -> None:
    assert said(text).hearing_place == place


def test_a_hearing_date_and_a_hearing_time_apart_are_one_setting() -> None:
    text = "Notice of Hearing Hearing Date: 02/10/2010 Hearing Time: 1:30 PM Filed by GREG WILDER on behalf of QUARRY BANK"
    assert said(text).hearing == datetime.fromisoformat("2010-02-10T13:30")


@pytest.mark.parametrize(
    ("how", "day", "method"),
    [
        ("via CM/ECF on 7/27/2026", date(2026, 7, 27), "ecf"),
        ("by electronic filing (CM/ECF) on July 17, 2026", date(2026, 7, 17), "ecf"),
        ("served by the CM/ECF system on 7/27/2026", date(2026, 7, 27), "ecf"),
        ("via CM/ECF on 7/27/2026 and by first class mail on 7/28/2026", date(2026, 7, 28), "mail"),
        ("by hand on 7/3/2026", date(2026, 7, 3), "hand"),
    ],
)
def test_a_certificate_tells_the_day_and_the_way_of_service(how: str, day: date, method: str) -> None:
    attributes = said(f"Certificate of Service {how} (related document(s) 7 Request for Loss Mitigation)")
    assert (attributes.served, attributes.service_method) == (day, method)


@pytest.mark.parametrize(
    "text",
    [
        "Order Appointing Ruth E. Calloway-Finch as Loss Mitigation Mediator",
        "Order Appointing Mediator. Ruth E. Calloway-Finch is appointed as Loss Mitigation Mediator (RE: 8 Order)",
        "Order Appointing Mediator Ruth E. Calloway-Finch in Loss Mitigation",
    ],
)
def test_an_appointment_names_the_mediator(text: str) -> None:
    assert said(text).mediator == "Ruth E. Calloway-Finch"


def test_the_time_to_read_related_documents_grows_with_the_length_alone() -> None:
    def seconds(times: int) -> float:
        text = "(related document(s) 3 Motion " * times + ") " * times
        start = time.process_time()
        for _ in range(20):
            related_documents(text)
        return time.process_time() - start

    seconds(10)
    assert seconds(200) < 60 * seconds(25) + 0.05


def test_marks_nested_by_the_hundred_are_read_three_deep() -> None:
    nested = "(RE: 3 Motion to Sell " * 400 + ")" * 400
    assert quoted_titles(nested[1:]).count("Motion to Sell") == 4
    assert related_documents(nested) == (3,)
