"""A mediator writes sessions, notes and the answer to an assignment on pages: what is wrong is told beside its field."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from docketbridge.api import Acting, Agreed, Attendance, DocumentKind, Fee, Method, Role, Side, Undertaking
from docketbridge.testing import form_token, sign_in

MATTER = "zzb-26-10047-1"
MEDIATOR = Acting(role=Role.MEDIATOR, id="ruth-e-calloway-finch")
SESSION = {
    "start": "2026-08-18T10:00",
    "held": "yes",
    "method": "phone",
    "resolution_reached": "no",
    "more_useful": "yes",
    "servicemember": "no",
    "person-0-name": "Brigid M. O'Hannegan",
    "person-0-side": "debtor",
    "person-0-came": "yes",
    "person-0-authority": "yes",
    "person-1-name": "Rosamund Okereke",
    "person-1-side": "creditor",
    "person-1-came": "no",
    "person-1-phone": "401-555-0177 x 12",
    "agreed-0-owner": "mediator",
    "agreed-0-what": "draft_report",
    "agreed-0-due": "2026-08-24",
    "agreed-1-owner": "debtor",
    "agreed-1-what": "bring_document",
    "agreed-1-document": "lease",
    "next-start": "2026-09-02T10:00",
    "next-method": "video",
    "next-minutes": "45",
    "next-link": "https://meet.example.org/room-1",
    "next-person-0-name": "Rosamund Okereke",
    "next-person-0-side": "creditor",
    "next-person-0-authority": "yes",
    "next-person-0-phone": "401-555-0177",
    "fee-creditor": "150.00",
    "fee-debtor": "1,150.00",
    "fee-debtor-paid": "2026-08-18",
}


def _post(browser, address, typed):
    return browser.post(f"/matters/{MATTER}/{address}", data={"csrf_token": form_token(browser), **typed})


def test_a_session_is_kept_as_it_was_typed(own_site, own_desk):
    answer = _post(own_site, "sessions/record", SESSION)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/matters/{MATTER}/mediation?kept=session")
    record = own_desk.matter_file(MATTER).sessions[0]
    assert (record.start, record.held, record.method, record.by) == (
        datetime(2026, 8, 18, 10),  # noqa: DTZ001 - court time
        True,
        Method.PHONE,
        MEDIATOR.id,
    )
    assert (record.resolution_reached, record.more_sessions_likely_useful, record.servicemember) == (False, True, False)
    assert record.attendance == (
        Attendance(name="Brigid M. O'Hannegan", side=Side.DEBTOR, authority=True),
        Attendance(name="Rosamund Okereke", side=Side.CREDITOR, came=False, phone="401-555-0177 x 12"),
    )
    assert record.agreed == (
        Agreed(owner=Side.MEDIATOR, what=Undertaking.DRAFT_REPORT, due=date(2026, 8, 24)),
        Agreed(owner=Side.DEBTOR, what=Undertaking.BRING_DOCUMENT, document=DocumentKind.LEASE),
    )
    assert record.fees == (
        Fee(owner=Side.DEBTOR, cents=115000, paid=date(2026, 8, 18)),
        Fee(owner=Side.CREDITOR, cents=15000),
    )
    assert (record.next.minutes, record.next.link) == (45, "https://meet.example.org/room-1")
    page = own_site.get(answer.headers["Location"]).text
    assert "The session’s record was kept." in page
    assert "debtor $1,150.00, paid 18 Aug 2026; creditor $150.00, not paid." in page


def test_the_form_of_a_kept_record_gives_the_same_record_back(own_site, own_desk):
    _post(own_site, "sessions/record", SESSION)
    before = own_desk.matter_file(MATTER).sessions
    page = own_site.get(f"/matters/{MATTER}/sessions/record?start={before[0].start.isoformat()}")
    assert 'value="401-555-0177 x 12"' in page.text
    assert _post(own_site, "sessions/record", SESSION).status_code == 303
    after = own_desk.matter_file(MATTER).sessions
    assert len(after) == 1
    assert after[0].attendance == before[0].attendance


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("start", "", "Say when the session was"),
        ("start", "next week", "Write a day and a time"),
        ("start", "2026-08-18T10:00+00:00", "without an offset"),
        ("start", "0001-01-01T10:00", "from 2000 to 2100"),
        ("next-start", "9999-12-31T23:59", "from 2000 to 2100"),
        ("held", "", "Say whether it was held"),
        ("start", "2026-08-21T10:00", "still to come"),
        ("person-0-name", "offers 1,386 a month", "letters only"),
        ("person-0-name", "", "Write the person’s name"),
        ("person-0-side", "uncle", "Choose one of the list"),
        ("person-1-phone", "1386", "7 to 15 digits"),
        ("agreed-0-what", "", "Choose what is to be done"),
        ("agreed-1-due", "soon", "Write a day"),
        ("next-start", "2026-08-18T09:00", "comes after this one"),
        ("next-start", "", "Say when the next session is"),
        ("next-minutes", "0", "from 1 to 600"),
        ("next-link", "javascript:alert(1)", "starts with https://"),
        ("next-link", "https://user:secret@meet.example.org/x", "starts with https://"),
        ("fee-creditor", "150.001", "amount in dollars"),
        ("fee-creditor", "-1", "amount in dollars"),
        ("fee-creditor", "NaN", "amount in dollars"),
        ("method", "x" * 301, "At most 300"),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_nothing_is_kept(at_the_site, mediated, field, value, words):
    browser = at_the_site(Role.MEDIATOR, scope_id=MEDIATOR.id)
    kept = mediated.matter_file(MATTER).sessions
    answer = _post(browser, "sessions/record", {**SESSION, field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Nothing was kept." in answer.text
    assert 'class="invalid-feedback d-block" id="fault-' in answer.text
    assert 'value="https://meet.example.org/room-1"' in answer.text or field == "next-link"
    assert mediated.matter_file(MATTER).sessions == kept


def test_more_rows_are_offered_without_keeping_anything(at_the_site, mediated):
    browser = at_the_site(Role.MEDIATOR, scope_id=MEDIATOR.id)
    kept = mediated.matter_file(MATTER).sessions
    page = _post(browser, "sessions/record", {**SESSION, "person-7-name": "", "more": "1"})
    assert page.status_code == 200
    assert 'name="person-9-name"' in page.text
    faulty = _post(browser, "sessions/record", {**SESSION, "person-7-name": "", "start": ""})
    assert 'name="person-3-name"' in faulty.text  # the two that are filled and two to spare
    assert 'name="person-4-name"' not in faulty.text
    assert mediated.matter_file(MATTER).sessions == kept


def test_a_new_record_starts_from_the_session_that_was_set_with_what_is_left_to_do(at_the_site):
    page = at_the_site(Role.MEDIATOR, scope_id=MEDIATOR.id).get(f"/matters/{MATTER}/sessions/record").text
    assert 'value="2026-09-02T10:00"' in page
    assert '<option value="profit_and_loss" selected>' in page
    assert page.count('<option value="bring_authority" selected>') == 1  # what was done is not carried on
    assert '<option value="answer_request" selected>' not in page


def test_an_undertaking_is_done_once(own_site, own_desk):
    _post(own_site, "sessions/record", SESSION)
    typed = {"start": "2026-08-18T10:00:00", "turn": "1"}
    assert _post(own_site, "sessions/done", typed).status_code == 303
    assert [each.done for each in own_desk.matter_file(MATTER).sessions[0].agreed] == [None, date(2026, 8, 19)]
    assert _post(own_site, "sessions/done", typed).status_code == 409
    for wrong in (
        {"start": "2026-08-18T10:00:00", "turn": "7"},
        {"start": "x", "turn": "0"},
        {"turn": "-1"},
        {"start": "2026-08-18T10:00:00", "turn": "9" * 5000},
    ):
        assert _post(own_site, "sessions/done", wrong).status_code == 409


def test_a_note_is_kept_for_its_writer_alone(own_site, own_desk):
    assert _post(own_site, "mediation/notes", {"text": "  They may go to 1,400.  "}).status_code == 303
    notes = own_desk.mediation.mediator_file(MATTER, MEDIATOR).notes
    assert [(each.text, each.by) for each in notes] == [("They may go to 1,400.", MEDIATOR.id)]
    assert "They may go to 1,400." in own_site.get(f"/matters/{MATTER}/mediation/confidential?kept=note").text
    empty = _post(own_site, "mediation/notes", {"text": " "})
    assert (empty.status_code, "Write something to keep." in empty.text) == (422, True)
    assert _post(own_site, "mediation/notes", {"text": "x" * 20_001}).status_code == 422


def test_the_conflict_check_keeps_nothing_until_there_is_an_answer(own_site, own_desk):
    named = {"knows": "Weybosset Mortgage\nSomebody Else", "answer": "check"}
    page = _post(own_site, "assignment", named)
    assert (page.status_code, "this may be a person" in page.text) == (200, True)
    assert "No conflict by these names." in _post(own_site, "assignment", {"knows": "Somebody Else"}).text
    refused = _post(own_site, "assignment", {**named, "answer": "accept"})
    assert (refused.status_code, "or decline" in refused.text) == (422, True)
    assert own_desk.matter_file(MATTER).assignment is None


def test_a_matter_is_taken_or_declined_and_declined_it_is_gone(own_site, own_desk):
    assert "The docket names you as mediator" in own_site.get("/mediation").text
    assert _post(own_site, "assignment", {"answer": "accept"}).status_code == 303
    assert own_desk.matter_file(MATTER).assignment.accepted
    assert "The docket names you as mediator" not in own_site.get("/mediation").text
    declined = _post(own_site, "assignment", {"answer": "decline", "knows": "Brigid O'Hannegan"})
    assert declined.headers["Location"] == "/mediation?kept=declined"
    assert own_desk.matter_file(MATTER).assignment.conflicts == ("Brigid M. O'Hannegan",)
    assert "No matter of yours is under way." in own_site.get("/mediation").text
    assert own_site.get(f"/matters/{MATTER}/assignment").status_code == 404


def test_a_form_without_its_token_changes_nothing(own_site, own_desk):
    for address, typed in (
        ("sessions/record", SESSION),
        ("mediation/notes", {"text": "x"}),
        ("assignment", {"answer": "accept"}),
    ):
        assert own_site.post(f"/matters/{MATTER}/{address}", data=typed).status_code == 400
    file = own_desk.matter_file(MATTER)
    assert (file.sessions, file.assignment) == ((), None)


def test_the_court_reads_sessions_and_writes_none(own_site):
    _post(own_site, "sessions/record", SESSION)
    clerk = own_site.application.test_client()
    sign_in(clerk, Role.CLERK)
    page = clerk.get(f"/matters/{MATTER}/mediation").text
    assert "Rosamund Okereke, creditor, not present" in page
    assert "sessions/record" not in page
    assert "meet.example.org" not in page
    assert "401-555-0177" not in page
    assert clerk.get("/mediation").status_code == 403


def test_the_report_to_the_court_is_a_paper_of_the_site(own_site):
    _post(own_site, "sessions/record", SESSION)
    page = own_site.get(f"/matters/{MATTER}/papers/mediators-report")
    assert page.status_code == 200
    assert "Not a joint status report (LMP VII.C)" in page.text
    assert "$1,150.00" in page.text
    assert own_site.get(f"/matters/{MATTER}/papers/mediators-report.docx").data.startswith(b"PK")
