"""What an order refuses before it is written, and what it warns of; each names its path and rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docketbridge.api import Document, PaperError

MOTION = [{"document_number": 9}]

REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a date on a Saturday": ({"dates__lm_end": "2026-11-21"}, "dates.lm_end: November 21, 2026 is a Saturday"),
    "a date on a federal holiday": ({"dates__status_due": "2026-11-11"}, "dates.status_due: November 11, 2026 is Veterans Day"),
    "a date on a state holiday": (
        {"day": "2026-07-31", "objection": {"status": "consent"}, "dates__contacts_due": "2026-08-10"},
        "dates.contacts_due: August 10, 2026 is Victory Day",
    ),
    "a date on the Monday that Rhode Island keeps for a Saturday": (
        {"day": "2026-06-01", "objection": {"status": "consent"}, "dates__contacts_due": "2026-08-10", "court__id": "rib"},
        "dates.contacts_due: August 10, 2026 is Victory Day",
    ),
    "a court nobody knows": ({"court__id": "zzzzzz"}, "court.id: "),
    "a state nobody knows": ({"court__state": "ZZ"}, "court.state: "),
    "a date before entry": ({"dates__contacts_due": "2026-08-19"}, "dates.contacts_due: August 19, 2026 is not after"),
    "a date on the day of entry": ({"dates__contacts_due": "2026-08-20"}, "dates.contacts_due"),
    "the end before the report": ({"dates__lm_end": "2026-10-23"}, "dates.lm_end: October 23, 2026 is before dates.status_due"),
    "requests before first contact": ({"dates__creditor_requests_due": "2026-08-26"}, "dates.creditor_requests_due"),
    "the report before the requests": ({"dates__status_due": "2026-09-09"}, "dates.status_due"),
    "the end on the day of the requests": (
        {"dates": {"debtor_requests_due": "2026-09-10", "lm_end": "2026-09-10"}},
        "dates.lm_end: September 10, 2026 is the same day as dates.debtor_requests_due",
    ),
    "no objection while one is open": (
        {"objection__open": ["entry 14"]},
        "objection.status: 'none' while an objection is open (entry 14)",
    ),
    "no objection, yet one was ruled on": (
        {"objection__seen": ["entry 14"]},
        "objection.status: 'none', yet the docket shows an objection (entry 14)",
    ),
    "consent while an objection is open": ({"objection": {"status": "consent", "open": ["entry 14"]}}, "objection.status"),
    "no objection, yet one is numbered": ({"objection__document_number": 14}, "objection.status: 'none'"),
    "a ruling after entry": ({"objection": {"status": "overruled", "decided": "2026-08-21"}}, "objection.decided"),
    "a ruling before the request": ({"objection": {"status": "overruled", "decided": "2026-07-24"}}, "objection.decided"),
    "a request after entry": ({"request__filed": "2026-08-21"}, "request.filed"),
    "a stay hearing inside the period": ({"stay": {"motions": MOTION, "postponed_to": "2026-11-18"}}, "stay.postponed_to"),
    "a stay hearing on a Sunday": ({"stay": {"motions": MOTION, "postponed_to": "2026-11-29"}}, "stay.postponed_to"),
    "a stay hearing without a motion": ({"stay": {"postponed_to": "2026-11-30"}}, "stay.postponed_to: no motion"),
    "a stay continued that was lifted": (
        {"stay": {"relief_granted": True, "continued_through": "2026-11-30"}},
        "stay.continued_through",
    ),
    "a stay continued into the past": (
        {"stay": {"motions": MOTION, "continued_through": "2026-08-20"}},
        "stay.continued_through",
    ),
    "confirmation in chapter 7": (
        {"case__chapter": 7, "confirmation": {"continued_to": "2026-12-02"}},
        "confirmation: a chapter 7 order",
    ),
    "confirmation inside the period": ({"confirmation": {"continued_to": "2026-11-17"}}, "confirmation.continued_to"),
    "confirmation on Thanksgiving": ({"confirmation": {"continued_to": "2026-11-26"}}, "confirmation.continued_to"),
    "confirmation of a confirmed plan": (
        {"confirmation": {"confirmed": True, "continued_to": "2026-12-02"}},
        "confirmation.continued_to: the plan is confirmed",
    ),
    "objections due after the hearing": (
        {"confirmation": {"continued_to": "2026-12-02", "objections_due": "2026-12-03"}},
        "confirmation.objections_due",
    ),
    "two creditors": (
        {"creditor": {"name": "Harborlight Bank; Tidewater Credit Union"}},
        "creditor.name: one order names one creditor",
    ),
    "a list of creditors": ({"creditor": [{"name": "A"}, {"name": "B"}]}, "creditor: must be an object"),
    "a whole account number": ({"residence__loan_last4": "0044174417"}, "residence.loan_last4"),
    "an account number in an address": (
        {"residence__address": "48 Lane, loan 004417441799"},
        "residence.address: holds a full account",
    ),
    "a grouped account number": ({"creditor__name": "Bank re 4417 4417 4417 4417"}, "creditor.name: holds a full account"),
    "a social security number in a name": (
        {"case__debtors": [{"name": "Odalys Fernwhistle 123-45-6789"}]},
        "case.debtors[0].name: holds a full account or social security number",
    ),
    "a chapter without loss mitigation": ({"case__chapter": 9}, "case.chapter: must be one of 7, 11, 12, 13"),
    "three debtors": ({"case__debtors": [{"name": "A"}, {"name": "B"}, {"name": "C"}]}, "case.debtors: must hold 1 to 2 items"),
    "a day that does not exist": ({"dates__lm_end": "2026-11-31"}, "dates.lm_end: there is no such day"),
    "a fact nobody knows": ({"dates__end": "2026-11-18"}, "dates.end: no such fact"),
    "a control character": ({"creditor__name": "Bank\x07"}, "creditor.name: holds the character U+0007"),
    "a mark that turns the reading order": ({"creditor__name": "Bank\u202egnuf"}, "creditor.name: holds the character U+202E"),
    "a case number that is none": ({"case__number": "ten"}, "case.number"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_an_order_is_refused_with(what: str, draft: Callable[..., Document]) -> None:
    changes, start = REFUSED[what]
    with pytest.raises(PaperError) as told:
        draft(**changes)
    assert str(told.value).startswith(start)
    assert "\n" not in str(told.value)


WARNED: dict[str, tuple[dict[str, Any], str]] = {
    "unknown court days": ({"court__state": None}, "court.id: not told"),
    "a report on the last day": (
        {"dates__status_due": "2026-11-18"},
        "dates.status_due: the report is due on the day the period ends",
    ),
    "a report too near for a draft": (
        {"dates": {"status_due": "2026-08-25", "lm_end": "2026-11-18"}},
        "dates.status_due: too near to entry",
    ),
    "time to object still running": ({"objection__last_day": "2026-08-20"}, "objection.last_day"),
    "an open objection": ({"objection": {"open": ["entry 14"]}}, "objection.status: an objection is open (entry 14)"),
    "a stay that ends before its hearing": (
        {"stay": {"motions": MOTION, "postponed_to": "2026-11-30", "continued_through": "2026-11-27"}},
        "stay.continued_through: ends before the postponed hearing",
    ),
    "a repeat filer": ({"stay": {"repeat_filer": True}}, "stay.repeat_filer"),
    "an unknown chapter": ({"case__chapter": None}, "case.chapter"),
    "a date on a day that one reading takes for closed": (
        {
            "day": "2027-03-30",
            "request__filed": "2027-03-01",
            "objection": {"status": "consent"},
            "dates": {"lm_end": "2027-05-04"},
        },
        "dates.lm_end: May 4, 2027 may be closed",
    ),
    "service before filing": ({"request__served": "2026-07-26"}, "request.served"),
}


@pytest.mark.parametrize("what", WARNED)
def test_an_order_warns_of(what: str, draft: Callable[..., Document]) -> None:
    changes, start = WARNED[what]
    assert any(each.startswith(start) for each in draft(**changes).warnings)


def test_whole_facts_give_no_warning(draft: Callable[..., Document]) -> None:
    assert draft().warnings == ()


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"objection__open": ["entry 14"]}, "objection.status"),
        ({"objection": {"last_day": "2026-08-14", "seen": ["entry 14"]}}, "objection.seen: the docket shows an objection"),
        ({"objection": {"status": "overruled"}}, "objection.status"),
        ({"objection": {}}, "objection.last_day: is missing"),
        ({"objection__last_day": "2026-08-20"}, "objection.last_day: the time to object runs"),
        ({"watch": {"words": "Seen.", "settled": False}}, "watch.settled"),
    ],
)
def test_no_certificate_before_silence_is_proven(changes: dict[str, Any], start: str, draft: Callable[..., Document]) -> None:
    whole = {"watch": {"words": "Seen.", "settled": True}, **changes}
    with pytest.raises(PaperError, match=rf"^{start}"):
        draft(paper="no-objection-certificate", **whole)


def test_a_certificate_says_what_was_seen_and_what_was_not(
    draft: Callable[..., Document], matches_golden: Callable[[Document, str], None]
) -> None:
    watch = {
        "words": "The docket was watched from July 27, 2026 through August 19, 2026, 4:00 p.m.",
        "gaps": ["August 2, 2026, 9:00 to 11:00 a.m."],
        "settled": True,
        "earliest": "2026-08-11",
        "trace": ["14 days from service on July 28, 2026: August 11", "3 days for mail (Rule 9006(f)): August 14"],
    }
    signing = {"officer": "Leopold Achterberg", "title": "Deputy Clerk"}
    matches_golden(draft(paper="no-objection-certificate", watch=watch, signing=signing), "no-objection-certificate-with-a-gap")
