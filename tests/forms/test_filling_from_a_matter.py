"""Filling a paper from a matter file: what the docket tells, what a person adds, and what neither may overturn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from docketbridge.api import Counsel, EntryMeaning, EventKind, MatterFile, OrderDates, PaperError, State, plain_text
from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import Detection, Fact
from docketbridge.testing import (
    CASE,
    COURT,
    CREDITOR,
    DEBTOR,
    MATTER,
    REQUEST,
    active_matter_file,
    case_facts,
    entry,
    hearing,
    matter_file,
    meaning,
    objection_deadline,
    open_objection,
    posture,
    stay_motion,
)
from forms import PAPERS
from forms.catalog import WordedPaper
from forms.filling import facts_of

COURT_TIME = datetime(2026, 9, 16, 9, 0)  # noqa: DTZ001  a hearing is kept in local court time (Hearing.start)
SIX = {
    "contacts_due": "2026-08-27",
    "first_contact_due": "2026-08-27",
    "creditor_requests_due": "2026-09-03",
    "debtor_requests_due": "2026-09-10",
    "status_due": "2026-10-26",
    "lm_end": "2026-11-18",
}


def test_the_docket_fills_what_it_knows_and_the_rest_is_asked_for(papers: dict[str, WordedPaper]) -> None:
    document = papers["form-c"].draft(matter_file(), {})
    assert document.unanswered == (*SIX, "server", "service_days")
    text = plain_text(document)
    assert "On July 27, 2026, the Debtor filed a request for loss mitigation (Doc. No. 12)" in text
    assert "The request was served by mail on July 28, 2026." in text
    assert "The time to object ended on August 14, 2026, and no objection was filed." in text


def test_answers_by_the_names_that_were_asked_for_leave_nothing_open(papers: dict[str, WordedPaper]) -> None:
    document = papers["form-c"].draft(matter_file(), {**SIX, "server": "The Clerk", "service_days": 3})
    assert document.unanswered == ()


@pytest.mark.parametrize(
    "answers", [{"lm_end": "2026-11-18"}, {"dates.lm_end": "2026-11-18"}, {"dates": {"lm_end": "2026-11-18"}}]
)
def test_an_answer_may_go_by_blank_by_path_or_by_part(answers: dict[str, object], papers: dict[str, WordedPaper]) -> None:
    assert "The loss mitigation period ends on November 18, 2026" in plain_text(papers["form-c"].draft(matter_file(), answers))


def test_the_page_can_tell_an_answer_from_the_docket(papers: dict[str, WordedPaper]) -> None:
    document = papers["form-c"].draft(matter_file(), {"lm_end": "2026-11-18"})
    runs = [
        run
        for block in document.blocks
        for item in getattr(block, "items", ()) or (getattr(block, "runs", ()),)
        for run in item
        if run.blank
    ]
    sources = {run.blank: run.source for run in runs}
    assert sources["request_filed"] == "docket: the request"
    assert sources["lm_end_again"] == "answers"


@pytest.mark.parametrize(
    ("answers", "start"),
    [
        ({"case.number": "26-99999"}, "case.number: only the docket fills this, with"),
        ({"court": {"name": "Another Court"}}, "court.name: only the docket fills this, with"),
        ({"objection.open": []}, "objection.open: only the docket fills this, with"),
        ({"objection": {"open": []}}, "objection.open: only the docket fills this, with"),
        ({"watch": {"settled": False}}, "watch.settled: only the docket fills this"),
        ({"watch.settled": False}, "watch.settled: only the docket fills this"),
        ({"dates": "soon"}, "dates: must be an object"),
        ({"lm_end.day": 3}, "lm_end: no such fact"),
        ({"lm_end": 20261118}, "dates.lm_end: must be a string"),
        ({"case.debtors": "Odalys"}, "case.debtors: must be an array"),
    ],
)
def test_an_answer_overturns_nothing_and_a_wrong_one_names_its_path(
    answers: dict[str, object], start: str, papers: dict[str, WordedPaper]
) -> None:
    file = matter_file(posture=posture(state=State.OBJECTED, open_items=(open_objection(),)))
    with pytest.raises(PaperError) as told:
        papers["form-c"].draft(file, answers)
    assert str(told.value).startswith(start)


def test_an_open_objection_allows_no_recital_of_none(papers: dict[str, WordedPaper]) -> None:
    file = matter_file(posture=posture(state=State.OBJECTED, open_items=(open_objection(),)))
    document = papers["form-c"].draft(file, {})
    assert "objection_disposition" in document.unanswered
    assert "no objection was filed" not in plain_text(document)
    with pytest.raises(PaperError, match=r"^objection.status: 'none' while an objection is open \(entry 14\)"):
        papers["form-c"].draft(file, {"objection.status": "none"})


OBJECTION = meaning(
    entry(14, date(2026, 8, 10), "Objection to Request for Loss Mitigation"), EventKind.LM_OBJECTION, objecting_party="creditor"
)


@pytest.mark.parametrize(
    ("later", "held", "text"),
    [
        ((), False, "An objection was filed (entry 14). It was disposed of as follows: __________."),
        (
            (
                replace(
                    meaning(entry(16, date(2026, 8, 18), "Minutes")),
                    detection=Detection(kinds=(), facts=(Fact(name="objection_overruled"),)),
                ),
            ),
            True,
            "the Court held a hearing on September 16, 2026 on the objection of the Creditor (Doc. No. 14)",
        ),
        (
            (meaning(entry(16, date(2026, 8, 18), "Withdrawal"), EventKind.LM_WITHDRAWAL, related_documents=(14,)),),
            False,
            "The objection of the Creditor (Doc. No. 14) was withdrawn on August 18, 2026.",
        ),
    ],
)
def test_an_objection_that_is_closed_is_never_recited_as_none(
    later: tuple[EntryMeaning, ...], held: bool, text: str, papers: dict[str, WordedPaper]
) -> None:
    hearings = (hearing("objection", COURT_TIME, status="held"),) if held else ()
    file = matter_file(entries=(REQUEST, OBJECTION, *later), posture=posture(hearings=hearings), today=date(2026, 9, 17))
    words = plain_text(papers["form-c"].draft(file, {}))
    assert text in words
    assert "no objection was filed" not in words
    with pytest.raises(PaperError, match=r"^objection"):
        papers["no-objection-certificate"].draft(file, {})


def test_consent_of_those_bound_is_recited_before_the_time_has_run(papers: dict[str, WordedPaper]) -> None:
    consent = meaning(entry(13, date(2026, 8, 3), "Consent to Loss Mitigation"), EventKind.LM_CONSENT)
    ripe = posture(deadlines=(objection_deadline(DeadlineStatus.MOOTED),))
    words = plain_text(papers["form-c"].draft(matter_file(entries=(REQUEST, consent), posture=ripe), {}))
    assert "Each party bound by this Order consents to its entry." in words


def test_before_the_time_to_object_has_run_the_draft_warns(papers: dict[str, WordedPaper]) -> None:
    running = posture(state=State.REQUESTED, deadlines=(objection_deadline(DeadlineStatus.RUNNING),))
    document = papers["form-c"].draft(matter_file(posture=running, today=date(2026, 8, 12)), {})
    assert any(
        each.startswith("objection.last_day: the time to object runs through August 14, 2026") for each in document.warnings
    )


def test_service_is_read_from_the_certificate_that_names_the_request(papers: dict[str, WordedPaper]) -> None:
    request = replace(REQUEST, detection=Detection(kinds=(EventKind.LM_REQUEST,)))
    kind, text = EventKind.LM_CERTIFICATE_OF_SERVICE, "Certificate of Service"
    other = meaning(
        entry(14, date(2026, 7, 30), text), kind, related_documents=(9,), served=date(2026, 7, 30), service_method="ecf"
    )
    ours = meaning(
        entry(13, date(2026, 7, 28), text), kind, related_documents=(12,), served=date(2026, 7, 28), service_method="mail"
    )
    words = plain_text(papers["form-c"].draft(matter_file(entries=(request, ours, other)), {}))
    assert "The request was served by mail on July 28, 2026." in words
    assert "The request was served" not in plain_text(papers["form-c"].draft(matter_file(entries=(request, other)), {}))


def test_the_district_stands_once_in_the_caption(papers: dict[str, WordedPaper]) -> None:
    court = replace(COURT, name=f"United States Bankruptcy Court for the {COURT.district}")
    caption = papers["form-c"].draft(matter_file(court=court), {}).caption
    assert (caption.court, caption.district) == ("United States Bankruptcy Court", "District of Sample Plantations")


def test_only_this_creditors_pending_motions_are_postponed() -> None:
    motions = (
        stay_motion(9),
        stay_motion(10, by_lm_creditor=False, creditor="Tidewater Credit Union"),
        stay_motion(11, outcome="withdrawn"),
    )
    stay = facts_of(matter_file(posture=posture(stay_motions=motions)))["stay"]
    assert isinstance(stay, dict)
    assert [each["document_number"] for each in stay["motions"]] == [9]
    assert stay["relief_granted"] is False


def test_granted_relief_discharge_and_repeat_filing_are_read_from_the_docket() -> None:
    discharge = meaning(entry(30, date(2026, 8, 3), "Order Discharging Debtor"), EventKind.DISCHARGE, reach="case")
    again = replace(
        meaning(entry(2, date(2026, 7, 1), "Statement of prior cases")),
        detection=Detection(kinds=(EventKind.NONE,), facts=(Fact(name="repeat_filer"),)),
    )
    file = matter_file(entries=(REQUEST, discharge, again), posture=posture(stay_motions=(stay_motion(9, outcome="granted"),)))
    assert facts_of(file)["stay"] == {"motions": [], "relief_granted": True, "discharged": True, "repeat_filer": True}


def test_the_confirmation_hearing_set_in_chapter_13_is_asked_to_be_continued(papers: dict[str, WordedPaper]) -> None:
    file = matter_file(posture=posture(hearings=(hearing("confirmation", COURT_TIME),)))
    document = papers["form-c"].draft(file, {})
    assert {"confirmation_continued", "confirmation_objections"} <= set(document.unanswered)
    assert "set for September 16, 2026" in plain_text(document)


def test_the_courts_own_closed_days_come_with_the_file(papers: dict[str, WordedPaper]) -> None:
    assert facts_of(matter_file())["court"]["id"] == COURT.id
    with pytest.raises(PaperError, match=r"^dates.status_due: November 3, 2026 is Election Day"):
        papers["form-c"].draft(matter_file(), {**SIX, "status_due": "2026-11-03"})


def test_an_order_already_entered_is_redrafted_from_its_dates(papers: dict[str, WordedPaper]) -> None:
    document = papers["form-c"].draft(active_matter_file(), {})
    assert document.unanswered == ("server", "service_days")
    assert document.drafted_on == date(2026, 8, 20)


def test_a_docket_that_knows_little_still_gives_a_draft(papers: dict[str, WordedPaper]) -> None:
    bare = matter_file(
        matter=replace(MATTER, creditor=None, property_address=None, lien_position=None),
        case=case_facts(parties=(), judge=None, chapter=None, name="Odalys Fernwhistle and Ansel Fernwhistle"),
        posture=posture(dates=OrderDates(), deadlines=(), requested_by=None, requested_on=None, request_label=None),
        entries=(),
    )
    document = papers["form-c"].draft(bare, {})
    assert document.caption.debtors == ("Odalys Fernwhistle", "Ansel Fernwhistle")
    assert {"creditor", "address", "lien", "requester", "request_filed", "request_number", "chapter"} <= set(document.unanswered)


def test_hostile_names_on_a_docket_are_cleaned_not_trusted() -> None:
    odd = replace(DEBTOR, name="  Odalys\x00\u202e \n Fern\u2066whistle  ", counsel=(Counsel(name="\x07"),))
    case = facts_of(matter_file(case=replace(CASE, parties=(odd, CREDITOR))))["case"]
    assert isinstance(case, dict)
    assert case["debtors"][0]["name"] == "Odalys Fernwhistle"
    assert "counsel" not in case["debtors"][0]


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (State.PLAN_INTEREST, ["bench-memo", "form-a", "form-b"]),
        (State.REQUESTED, ["bench-memo", "form-c"]),
        (State.RIPE, ["bench-memo", "form-c", "no-objection-certificate"]),
        (State.OBJECTED, ["bench-memo", "form-c", "hearing-notice"]),
        (State.ACTIVE, ["bench-memo", "extension-request", "status-report"]),
        (State.DISMISSED_IN_LM, ["docket-note"]),
        (State.CLOSED, []),
    ],
)
def test_a_matter_is_offered_the_papers_of_its_state(state: State, names: list[str]) -> None:
    file: MatterFile = matter_file(posture=posture(state=state))
    assert [paper.name for paper in PAPERS if paper.applies_to(file)] == names
