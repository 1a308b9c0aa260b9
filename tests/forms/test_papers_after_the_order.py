"""Papers after the order: what each refuses and warns of, and what the docket fills of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from docketbridge.api import Document, EventKind, MatterFile, OpenItem, PaperError, plain_text
from docketbridge.testing import (
    ORDER,
    ORDER_DATES,
    REQUEST,
    active_matter_file,
    active_posture,
    entry,
    hearing,
    matter_file,
    meaning,
    posture,
    stay_motion,
)
from forms import PAPERS
from forms.catalog import WordedPaper
from forms.filling import facts_of

ACTIVE: dict[str, Any] = {"day": "2026-10-20", "order": {"document_number": 17, "entered": "2026-08-20"}}
MOTION = {"document_number": 9, "filed": "2026-07-20", "hearing": "2026-09-02"}
ASKED = {"document_number": 31, "filed": "2026-10-13", "agreed": True, "until": "2026-12-30"}
PRO_SE = [{"name": "Odalys Fernwhistle"}]

REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "an end that moves back": ("extension-request", {"extension": {"until": "2026-11-17"}}, "extension.until: November 17, 2026"),
    "an end on Christmas": ("extension-request", {"extension": {"until": "2026-12-25"}}, "extension.until: December 25, 2026 is"),
    "an agreement for more than 60 days": (
        "extension-request",
        {"extension": {"until": "2027-01-19"}},
        "extension.until: 62 days",
    ),
    "a report after the new end": (
        "extension-order",
        {"extension": {**ASKED, "next_report": "2026-12-31"}},
        "extension.next_report",
    ),
    "an extension over an objection without a hearing": (
        "extension-order",
        {"extension": {**ASKED, "objected": True}},
        "extension.heard: is missing",
    ),
    "another cause that is not stated": (
        "extension-order",
        {"extension": {**ASKED, "heard": "2026-10-19", "ground": "other"}},
        "extension.ground_stated",
    ),
    "a stay hearing inside the new period": (
        "extension-order",
        {"extension": ASKED, "stay": {"motions": [MOTION], "postponed_to": "2026-12-02"}},
        "stay.postponed_to",
    ),
    "more time to a Sunday": ("status-report", {"report": {"until": "2026-12-27"}}, "report.until"),
    "a report continued into the past": ("status-report", {"report": {"next_report": "2026-10-19"}}, "report.next_report"),
    "a hearing on a holiday": ("hearing-notice", {"hearing": {"day": "2026-11-11"}}, "hearing.day"),
    "a denial after a hearing to come": ("denial-order", {"ruling": {"heard": "2026-10-21"}}, "ruling.heard"),
    "a termination for a cause not stated": (
        "termination-order",
        {"termination": {"cause": "other"}},
        "termination.cause_stated",
    ),
    "an expedited hearing with no motion": (
        "termination-order",
        {"termination": {"stay_hearing": "2026-10-28"}},
        "termination.stay_hearing",
    ),
    "an approval for a debtor without attorney and without a hearing": (
        "approval-order",
        {"case__debtors": PRO_SE, "approval": {"document_number": 40}},
        "approval.heard: is missing",
    ),
    "fees disclosed after approval": (
        "approval-order",
        {"approval": {"fees_disclosed": "2026-10-21"}},
        "approval.fees_disclosed",
    ),
    "a removal with no motion": ("removal-notice", {}, "stay.motions"),
    "a removal over an objection": (
        "removal-notice",
        {"stay": {"motions": [MOTION]}, "objection": {"seen": ["entry 14"]}},
        "objection.seen",
    ),
    "a removal of a hearing on the last day to object": (
        "removal-notice",
        {"stay": {"motions": [MOTION]}, "objection": {"status": "none", "last_day": "2026-09-02"}},
        "stay.motions: the hearing is not after",
    ),
    "an order that continues nothing": ("continuance-order", {}, "stay.motions"),
    "a note on a dismissal before the order": ("docket-note", {"dismissal": {"entered": "2026-08-19"}}, "dismissal.entered"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_paper_is_refused_with(what: str, draft: Callable[..., Document]) -> None:
    paper, changes, start = REFUSED[what]
    with pytest.raises(PaperError) as told:
        draft(paper=paper, **{**ACTIVE, **changes})
    assert str(told.value).startswith(start)


WARNED: dict[str, tuple[str, dict[str, Any], str]] = {
    "too short a notice": (
        "hearing-notice",
        {"objection": {"document_number": 14}, "hearing": {"day": "2026-10-26"}},
        "hearing.day: less than 7 days",
    ),
    "objections that may still come": (
        "extension-order",
        {"extension": {**ASKED, "filed": "2026-10-19"}},
        "extension.objection_last_day",
    ),
    "a request whose signers are not known": (
        "extension-order",
        {"extension": {**ASKED, "agreed": None}},
        "extension.agreed",
    ),
    "more than 60 days in all": (
        "extension-request",
        {"extension": {"until": "2026-12-30", "extended_days": 30}},
        "extension.until: 72",
    ),
    "a request after the end": (
        "extension-order",
        {"day": "2026-11-23", "extension": {**ASKED, "filed": "2026-11-20"}},
        "extension.filed",
    ),
    "no Form D": ("approval-order", {"approval": {"document_number": 40}}, "approval.form_d_number"),
    "a stay that no notice extends": (
        "removal-notice",
        {"stay": {"motions": [{"document_number": 9, "hearing": "2026-11-04"}], "postponed_to": "2026-12-02"}},
        "stay.covered_through",
    ),
    "a dismissal after the end": (
        "docket-note",
        {"day": "2026-11-23", "dismissal": {"entered": "2026-11-20"}},
        "dismissal.entered",
    ),
}


@pytest.mark.parametrize("what", WARNED)
def test_a_paper_warns_of(what: str, draft: Callable[..., Document]) -> None:
    paper, changes, start = WARNED[what]
    told = {**ACTIVE, **changes}
    if told.get("extension", {}).get("agreed", True) is None:
        told["extension"] = {name: value for name, value in told["extension"].items() if value is not None}
    assert any(each.startswith(start) for each in draft(paper=paper, **told).warnings)


def item(kind: str, number: int, since: date, **changes: Any) -> OpenItem:
    base = OpenItem(kind=kind, entry_id=f"entry-{number}", entry_label=f"entry {number}", since=since, document_number=number)
    return replace(base, **changes)


def with_item(open_item: OpenItem, **changes: Any) -> MatterFile:
    return active_matter_file(posture=active_posture(open_items=(open_item,), **changes), today=date(2026, 10, 20))


def offered(file: MatterFile) -> set[str]:
    return {paper.name for paper in PAPERS if paper.applies_to(file)}


def test_an_open_request_to_extend_offers_the_order_and_not_another_request(papers: dict[str, WordedPaper]) -> None:
    file = with_item(item("extension", 31, date(2026, 10, 13), joint=True, until=date(2026, 12, 30)))
    assert "extension-order" in offered(file)
    assert "extension-request" not in offered(file)
    assert "filed an agreed request that it be extended (Doc. No. 31)" in plain_text(papers["extension-order"].draft(file, {}))


def test_while_an_end_is_provisional_the_order_speaks_of_the_end_in_force() -> None:
    later = replace(ORDER_DATES, lm_end=date(2026, 12, 30))
    extension = item("extension", 31, date(2026, 10, 13), joint=True, until=date(2026, 12, 30))
    file = with_item(
        extension,
        dates=later,
        end_provisional="no objection; awaits the order",
        lm_end_was=((date(2026, 11, 18), "entry 17"),),
        extended_days=42,
    )
    facts = facts_of(file)
    assert facts["dates"]["lm_end"] == "2026-11-18"  # type: ignore[index]  # JSON of the facts
    assert "extended_days" not in facts["extension"]  # type: ignore[operator]  # JSON of the facts


def test_a_motion_to_terminate_and_a_request_for_approval_offer_their_orders() -> None:
    assert "termination-order" in offered(with_item(item("motion_terminate", 28, date(2026, 9, 29), party="creditor")))
    assert "approval-order" in offered(with_item(item("approval", 40, date(2026, 10, 12))))


def test_hearings_that_are_after_the_period_and_covered_are_not_continued_again() -> None:
    at = datetime(2026, 12, 2, 10, 0)  # noqa: DTZ001  a hearing is kept in local court time (Hearing.start)
    covered = stay_motion(hearing=at, covered_through=date(2026, 12, 4), covered_by="order: entry 18")
    hearings = (hearing("confirmation", at),)
    settled = active_matter_file(posture=active_posture(stay_motions=(covered,), hearings=hearings))
    assert "continuance-order" not in offered(settled)
    bare = active_matter_file(posture=active_posture(stay_motions=(replace(covered, covered_through=None),), hearings=hearings))
    assert "continuance-order" in offered(bare)


def test_a_stay_hearing_while_the_request_is_unopposed_offers_its_removal(papers: dict[str, WordedPaper]) -> None:
    at = datetime(2026, 9, 2, 10, 0)  # noqa: DTZ001  a hearing is kept in local court time (Hearing.start)
    file = matter_file(posture=posture(stay_motions=(stay_motion(hearing=at),)))
    assert "removal-notice" in offered(file)
    assert "set for Wednesday, September 2, 2026 is removed" in plain_text(papers["removal-notice"].draft(file, {}))


def test_an_approval_on_the_docket_offers_the_reminder_with_its_day() -> None:
    approved = meaning(entry(44, date(2026, 12, 11), "Order Approving Loan Modification"), EventKind.LOAN_MOD_ORDER)
    file = active_matter_file(entries=(REQUEST, ORDER, approved), today=date(2026, 12, 14))
    assert "schedules-reminder" in offered(file)
    # Fourteen days from Friday 11 December 2026 is Christmas, so Monday the 28th (LMP X.5; T20 of the rules).
    (paper,) = (each for each in PAPERS if each.name == "schedules-reminder")
    assert "are due by December 28, 2026" in plain_text(paper.draft(file, {}))
