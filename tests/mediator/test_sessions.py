"""Readiness, sessions, assignments and the mediator's report: process, held to the court's days and to closed words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from docketbridge.api import (
    Agreed,
    Assignment,
    Attendance,
    DeadlineStatus,
    DocumentKind,
    Mediator,
    Method,
    NextSession,
    PortalAct,
    SessionRecord,
    Side,
    Undertaking,
    UsageError,
    plain_text,
)
from docketbridge.testing import CREDITOR, active_matter_file, active_posture, deadline
from mediator.conflicts import conflicts_in
from mediator.readiness import Colour, information_due, readiness
from mediator.report import mediators_report
from mediator.session_files import read_session

NOTED = datetime(2026, 8, 20, 12, tzinfo=UTC)


def _session(**changes) -> SessionRecord:
    base = {
        "matter": "m",
        "start": datetime(2026, 8, 21, 10),  # noqa: DTZ001 - court time
        "held": True,
        "method": Method.PHONE,
        "by": "a-mediator",
        "noted_at": NOTED,
    }
    return SessionRecord(**{**base, **changes})


def _next(day: date, **changes) -> NextSession:
    return NextSession(start=datetime(day.year, day.month, day.day, 10), **changes)  # noqa: DTZ001 - court time


@pytest.mark.parametrize(
    ("session", "due"),
    [
        (date(2026, 8, 17), date(2026, 8, 10)),  # T8: Victory Day, the state's alone, does not move it
        (date(2026, 9, 14), date(2026, 9, 4)),  # T9: Labor Day, back to the Friday
        (date(2026, 7, 10), date(2026, 7, 2)),  # T10: 3 July kept for the 4th
    ],
)
def test_information_is_due_seven_days_before_the_session_counted_back(session, due):
    assert information_due(active_matter_file(), session) == due


def test_a_missing_paper_turns_red_when_its_day_is_past_and_names_who_owes_it(act):
    asked = act(
        PortalAct.DOCUMENT_REQUESTED,
        Side.CREDITOR,
        owner=Side.DEBTOR,
        document=DocumentKind.LEASE,
        item="a",
        at=datetime(2026, 8, 21, 12, tzinfo=UTC),
    )
    file = active_matter_file(portal=(asked,), sessions=(_session(next=_next(date(2026, 9, 2))),), today=date(2026, 8, 24))
    light = readiness(file)
    assert light.colour is Colour.AMBER
    late = readiness(replace(file, today=date(2026, 8, 27)))
    assert late.colour is Colour.RED
    assert "lease not there (debtor)" in late.words


def test_first_contact_is_red_when_its_day_is_past_without_a_sign_of_it(act):
    other = act(PortalAct.MESSAGE, Side.DEBTOR, at=datetime(2026, 8, 21, 12, tzinfo=UTC))
    file = active_matter_file(portal=(other,), today=date(2026, 8, 28))
    assert "no first contact (creditor)" in readiness(file).words
    made = act(PortalAct.MESSAGE, Side.CREDITOR, at=datetime(2026, 8, 24, 12, tzinfo=UTC))
    assert "first contact made in time" in [each.words for each in readiness(replace(file, portal=(other, made))).checks]


def test_the_report_counts_down_and_a_draft_whose_day_is_past_is_red():
    status = deadline("status_due", date(2026, 10, 26), kind="status_report")
    draft = deadline("status_draft", date(2026, 10, 20), kind="status_report", what="Draft", status=DeadlineStatus.PASSED)
    revisions = deadline("status_revisions", date(2026, 10, 23), kind="status_report", what="Revisions")
    file = active_matter_file(posture=active_posture(deadlines=(status, draft, revisions)), today=date(2026, 10, 22))
    told = {each.words: (each.colour, each.owner) for each in readiness(file).checks}
    assert told["Draft: its day is past, ask"] == (Colour.RED, "debtor")
    assert told["Revisions: tomorrow"] == (Colour.AMBER, "creditor")
    assert told["Status due: in 4 days"] == (Colour.GREEN, "both")


def test_authority_is_asked_for_each_side():
    named = Attendance(name="Ada Quill", side=Side.DEBTOR, authority=True, ready_before=True)
    file = active_matter_file(sessions=(_session(next=_next(date(2026, 9, 2), persons=(named,))),))
    words = [each.words for each in readiness(file).checks if each.cite.startswith("LMP VIII.D")]
    assert words == ["Ada Quill comes with authority", "nobody with settlement authority is named for the creditor"]


RECORD = {
    "start": "2026-08-21T10:00",
    "held": True,
    "method": "phone",
    "attendance": [{"name": "Ada Quill", "side": "debtor", "authority": True}],
    "agreed": [{"owner": "debtor", "what": "bring_document", "document": "lease", "due": "2026-08-28"}],
    "next": {"start": "2026-09-02T10:00", "minutes": 45},
    "fees": [{"owner": "creditor", "cents": 15000}],
}


def test_a_session_s_record_is_read_from_its_file(tmp_path):
    path = tmp_path / "session.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    record = read_session(path, matter="m", by="x", noted_at=NOTED)
    assert record.agreed == (
        Agreed(owner=Side.DEBTOR, what=Undertaking.BRING_DOCUMENT, document=DocumentKind.LEASE, due=date(2026, 8, 28)),
    )
    assert (record.next.minutes, record.fees[0].cents, record.attendance[0].authority) == (45, 15000, True)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("note", "They offered 1,386 a month", "no key 'note'"),
        ("attendance", [{"name": "offers 1,386 a month", "side": "debtor"}], "letters only"),
        ("attendance", [{"name": "Ada", "side": "uncle"}], "side is one of"),
        ("agreed", [{"owner": "debtor", "what": "pay 1,386"}], "what is one of"),
        ("start", "2026-08-21T10:00Z", "without an offset"),
        ("start", "9999-12-31T23:59", "from 2000 to 2100"),
        ("held", "yes", "true or false"),
        ("servicemember", "perhaps", "true or false"),
        ("next", {"start": "2026-09-02T10:00", "link": "http://x"}, "starts with https://"),
        ("attendance", [{"name": "Ada", "side": "debtor", "phone": "1,386"}], "7 to 15 digits"),
        ("next", {"start": "2026-09-02T10:00", "minutes": 0}, "1 to 600"),
        ("fees", [{"owner": "creditor", "cents": 1.5}], "whole number"),
    ],
)
def test_a_record_has_no_room_for_anything_but_process(tmp_path, key, value, words):
    path = tmp_path / "session.json"
    path.write_text(json.dumps({**RECORD, key: value}), encoding="utf-8")
    with pytest.raises(UsageError) as fault:
        read_session(path, matter="m", by="x", noted_at=NOTED)
    assert words in str(fault.value)
    assert "1,386" not in str(fault.value).replace("'note'", "")


def test_the_mediator_s_report_tells_sessions_and_who_came(mediated):
    text = plain_text(mediators_report(mediated.matter_file("zzb-26-10047-1")))
    assert "29 July 2026, 10:00 | held" in text
    assert "Brigid M. O'Hannegan (debtor)*" in text
    assert "not present: Rosamund Okereke (creditor)" in text
    assert "Further sessions are likely to be useful: yes" in text
    assert "debtor: bring: profit and loss statement by 12 August 2026" in text
    assert "$" not in text


def test_a_report_without_a_session_says_so():
    assert "No session is on record." in plain_text(mediators_report(active_matter_file(mediator=Mediator(id="a", name="A B"))))


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ("Harborlight Savings", [CREDITOR.name]),
        ("FERNWHISTLE, Odalys", ["Odalys Fernwhistle"]),
        ("Okonjo-Reyes", ["Tamsin Okonjo-Reyes"]),
        ("Another Bank, N.A.", []),
        ("Bank", []),
    ],
)
def test_conflicts_are_found_by_the_telling_words_of_a_name(known, found):
    assert list(conflicts_in(active_matter_file(), [known])) == found


def test_an_assignment_with_a_conflict_is_not_accepted(mediated, say):
    shared = ("--database", mediated.settings.database, "--today", "2026-08-19", "mediation", "assign", "zzb-26-10072-1")
    mine = ("--as", "mediator:a-b", "--knows", "Conimicut Trust")
    code, told, err = say(*shared, *mine, "--accept")
    assert (code, "conflict\t" in told) == (2, True)
    assert "possible conflicts" in err
    assert say(*shared, *mine, "--decline")[0] == 0
    declined = mediated.matter_file("zzb-26-10072-1").assignment
    assert isinstance(declined, Assignment)
    assert (declined.accepted, declined.mediator) == (False, "a-b")


def test_only_the_matter_s_mediator_keeps_its_sessions(mediated, say, tmp_path):
    path = tmp_path / "session.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    shared = ("--database", mediated.settings.database, "--today", "2026-08-19", "mediation", "session", "zzb-26-10047-1")
    code, _, err = say(*shared, "--record", path, "--as", "mediator:emeka-j-thornbury")
    assert code == 2
    assert "may not record session" in err
