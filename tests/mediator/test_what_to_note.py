"""A debtor who serves, a history filed as a report, and fees: told on readiness, agenda and report from what is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from docketbridge.api import (
    DocumentKind,
    EventKind,
    Fee,
    MatterFile,
    Method,
    PortalAct,
    SessionRecord,
    Side,
    plain_text,
)
from docketbridge.testing import active_matter_file, entry, meaning
from mediator.agenda import agenda_for_court
from mediator.pages import matter_links
from mediator.readiness import Colour, readiness
from mediator.report import mediators_report
from mediator.sections import for_court
from mediator.servicemember import Service, read_service, servicemember


def _with(*texts: str, day: date = date(2026, 8, 24), **changes) -> MatterFile:
    base = active_matter_file(today=date(2026, 8, 31), **changes)
    entries = tuple(meaning(entry(number, day, text), reach="case") for number, text in enumerate(texts, start=40))
    return replace(base, entries=(*base.entries, *entries))


def _session(day: int, **changes) -> SessionRecord:
    return SessionRecord(
        matter="m",
        start=datetime(2026, 8, day, 10),  # noqa: DTZ001 - court time
        held=True,
        method=Method.VIDEO,
        by="x",
        noted_at=datetime(2026, 8, day, 16, tzinfo=UTC),
        **changes,
    )


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("Affidavit of Military Status filed by Creditor Harborlight Savings Bank, N.A.", Service.LOOK),
        ("Declaration re: SCRA (Servicemembers Civil Relief Act) filed by Tamsin Okonjo-Reyes", Service.LOOK),
        ("Status Report Pursuant to Servicemembers' Civil Relief Act", Service.LOOK),
        ("Certification of compliance with the Soldiers and Sailors Civil Relief Act", Service.LOOK),
        ("Motion for Relief from Stay (Attachments: # 3 Affidavit of Non-Military Service)", Service.DOES_NOT),
        ("Affidavit that debtor is not in the military service filed by Creditor", Service.DOES_NOT),
        ("Notice of Active Duty filed by Debtor Odalys Fernwhistle", Service.SERVES),
        ("Letter: the debtor is currently on active duty abroad", Service.SERVES),
        ("Motion for stay of proceedings under the SCRA filed by Debtor", Service.SERVES),
        ("Motion for Relief from Stay re: 12 Military Road, Samplebury", None),
        ("Order on scrap metal; described herein", None),
        ("", None),
    ],
)
def test_military_service_is_read_from_what_an_entry_says(text, service):
    assert read_service(text) is service


def test_nobody_told_is_no_flag():
    assert servicemember(active_matter_file()) is None
    assert not any("serve" in each.words for each in readiness(active_matter_file()).checks)


def test_a_paper_on_military_status_asks_to_be_read():
    file = _with("Affidavit of Military Status filed by Creditor")
    check = readiness(file).checks[-1]
    assert (check.colour, check.owner, check.cite) == (Colour.AMBER, "creditor", "50 U.S.C. 3931, 3953")
    assert "read whether a debtor serves" in check.words
    assert "entry 40" in plain_text(agenda_for_court(file))


def test_an_answer_at_a_session_decides_what_a_paper_left_open(act):
    posted = act(
        PortalAct.DOCUMENT_RECEIVED,
        Side.DEBTOR,
        owner=Side.DEBTOR,
        document=DocumentKind.MILITARY_STATUS,
        at=datetime(2026, 8, 26, 15, tzinfo=UTC),
    )
    file = active_matter_file(portal=(posted,), today=date(2026, 8, 31))
    assert (servicemember(file).service, servicemember(file).source) == (Service.LOOK, "portal 1")
    serves = replace(file, sessions=(_session(25, servicemember=True),))
    assert (servicemember(serves).service, servicemember(serves).told) == (Service.SERVES, date(2026, 8, 25))
    assert "SCRA’s protections must be offered" in plain_text(agenda_for_court(serves))
    not_any_more = replace(file, sessions=(_session(25, servicemember=True), _session(28, servicemember=False)))
    assert servicemember(not_any_more).service is Service.DOES_NOT
    assert "To note" not in [each.title for each in for_court(not_any_more)]
    assert readiness(not_any_more).checks[-1].colour is Colour.GREEN


def test_an_answer_counts_before_a_paper_of_the_same_day():
    file = replace(
        _with("Affidavit of Non-Military Service", day=date(2026, 8, 25)), sessions=(_session(25, servicemember=True),)
    )
    assert servicemember(file).service is Service.SERVES


HISTORY = "DMM Portal Account History filed by Creditor re: Loss Mitigation"


def test_a_portal_s_history_filed_is_told_as_no_report():
    file = _with(HISTORY)
    assert "A portal’s account history was filed: it is no joint status report" in plain_text(agenda_for_court(file))
    assert [each.cite for each in readiness(file).checks if "account history" in each.words] == ["LMP VII.C"]
    assert "A portal’s account history was filed: no joint report (LMP VII.C)" in [each.words for each in matter_links(file)]


def test_a_joint_report_after_it_and_a_history_before_the_order_leave_nothing_to_say():
    before = _with(HISTORY, day=date(2026, 8, 3))
    assert "account history" not in plain_text(agenda_for_court(before))
    file = _with(HISTORY)
    report = meaning(entry(50, date(2026, 8, 27), "Joint Status Report"), EventKind.LM_STATUS_REPORT, joint=True)
    assert "account history" not in plain_text(agenda_for_court(replace(file, entries=(*file.entries, report))))
    other = meaning(entry(51, date(2026, 8, 26), HISTORY), reach="other matter")
    base = active_matter_file(today=date(2026, 8, 31))
    assert "account history" not in plain_text(agenda_for_court(replace(base, entries=(*base.entries, other))))


def test_fees_not_paid_are_on_the_agenda_and_all_of_them_in_the_report():
    fees = (Fee(owner=Side.DEBTOR, cents=15000, paid=date(2026, 8, 26)), Fee(owner=Side.CREDITOR, cents=123456))
    file = active_matter_file(sessions=(_session(25, fees=fees),), today=date(2026, 8, 31))
    section = next(each for each in for_court(file) if each.title == "Mediator’s fees")
    assert [(each.words, each.who, each.source.replace("\N{NO-BREAK SPACE}", " ")) for each in section.items] == [
        ("$1,234.56, not paid", "creditor", "session 25 Aug")
    ]
    assert "Settled and not listed: 1 fee." in plain_text(agenda_for_court(file))
    report = plain_text(mediators_report(file))
    assert "25 August 2026 | Debtor | $150.00 | paid 26 August 2026" in report
    assert "25 August 2026 | Creditor | $1,234.56 | not paid" in report


def test_a_program_without_fees_has_no_word_of_them():
    file = active_matter_file(sessions=(_session(25),), today=date(2026, 8, 31))
    assert "fee" not in plain_text(mediators_report(file)).lower()
