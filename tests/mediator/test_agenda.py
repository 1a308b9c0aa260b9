"""The agenda names exactly what is open: held to what a careful reader of the portal's rows wrote down."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from docketbridge.api import (
    Acting,
    Document,
    DocumentKind,
    MediatorFile,
    PortalAct,
    PortalSubstance,
    Role,
    Said,
    Side,
    Table,
    plain_text,
    words,
)
from docketbridge.domain.payments.payment_status import PaymentAmounts, PaymentStatus
from docketbridge.domain.payments.plan_payments import Verdict
from docketbridge.testing import active_matter_file, deadline, matter_file, open_objection, posture, stay_motion
from forms.docx_writer import DocxWriter
from mediator.agenda import Agenda, agenda_for_court, agenda_for_mediator
from mediator.record import read_record
from mediator.report import MediatorsReport
from mediator.sections import for_court, for_mediator

GOLDEN = Path(__file__).parents[1] / "golden" / "mediator"
FROM_THE_DOCKET = {"Steps overdue", "Motions and objections pending", "Dates that run", "Plan payments"}
CASES = ("26-10047", "26-10019", "26-10072")


def _mediator_file(mediated, number: str) -> MediatorFile:
    name = f"zzb-{number}-1"
    file = mediated.matter_file(name)
    if file.assignment is None:
        # The matter without a mediator is read here as one of its parties' sides may.
        return mediated.mediation.mediator_file(name, Acting(role=Role.DEBTOR_SIDE, id="x", matters=frozenset({file.matter.id})))
    return mediated.mediation.mediator_file(name, Acting(role=Role.MEDIATOR, id=file.assignment.mediator))


def _told(sections) -> str:
    lines = []
    for section in sections:
        if section.title in FROM_THE_DOCKET:
            continue
        lines.append(section.title)
        lines += [f"  {item.words} | {item.who} | {item.since} | {item.source}" for item in section.items]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"


@pytest.mark.parametrize("number", CASES)
def test_the_agenda_names_what_a_reader_of_the_rows_wrote_down_and_nothing_else(mediated, number):
    assert _told(for_mediator(_mediator_file(mediated, number))) == (GOLDEN / f"{number}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "settled"),
    [
        ("26-10047", "16 papers, 15 requests, 1 figure, 1 undertaking"),
        ("26-10019", "23 papers, 28 requests, 1 figure"),
        ("26-10072", "9 papers, 11 requests"),
    ],
)
def test_what_is_settled_is_a_count(mediated, number, settled):
    assert f"Settled and not listed: {settled}." in plain_text(agenda_for_mediator(_mediator_file(mediated, number)))


@pytest.mark.parametrize("number", CASES)
def test_the_bench_version_says_the_same_of_process_and_nothing_of_substance(mediated, number):
    file = _mediator_file(mediated, number)
    own, bench = for_mediator(file), for_court(file.file)
    assert [each.title for each in bench] == [
        each.title for each in own if each.title not in ("Figures in dispute", "Offers that wait for an answer")
    ]
    text = plain_text(agenda_for_court(file.file))
    for each in file.substance:
        for kept in (each.text, each.title, each.figure, each.reason, each.actor):
            assert kept is None or kept not in text or kept == "Hollis Brandywine", kept
    assert "$" not in text
    assert "FRE 408" in agenda_for_court(file.file).footer


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_both_versions_fit_on_two_pages(mediated, tmp_path):
    for number in CASES:
        file = _mediator_file(mediated, number)
        for name, document in (("own", agenda_for_mediator(file)), ("bench", agenda_for_court(file.file))):
            (tmp_path / f"{number}-{name}.docx").write_bytes(DocxWriter().write(document))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], check=True, capture_output=True, timeout=120)
    pages = {made.stem: len(re.findall(rb"/Type\s*/Page\b", made.read_bytes())) for made in tmp_path.glob("*.pdf")}
    assert len(pages) == 6
    assert max(pages.values()) <= 2, pages


def test_the_order_of_the_session_and_its_minutes_stand_in_the_agenda(mediated):
    text = plain_text(agenda_for_mediator(_mediator_file(mediated, "26-10047")))
    order = ["Papers to bring (9 min)", "Requests without an answer (10 min)", "Figures in dispute (10 min)"]
    order.append("Other issues (5 min)")
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "items, about" in text


def _items(document: Document) -> str:
    table = [block for block in document.blocks if isinstance(block, Table)][-1]
    return "\n".join(" | ".join(words(cell) for cell in row) for row in table.rows).replace("\N{NO-BREAK SPACE}", " ")


def test_pending_motions_overdue_steps_and_both_readings_are_told():
    running = deadline("status_due", date(2026, 10, 26), date(2026, 10, 28), kind="status_report", what="Joint status report")
    passed = deadline("status_draft", date(2026, 8, 19), kind="status_report", what="Draft of the report", owner="debtor")
    passed = replace(passed, status=passed.status.__class__.PASSED)
    file = active_matter_file(
        posture=replace(
            active_matter_file().posture,
            open_items=(replace(open_objection(), kind="motion_terminate"),),
            stay_motions=(stay_motion(hearing=datetime(2026, 11, 19, 10)),),  # noqa: DTZ001 - court time
            deadlines=(running, passed),
        )
    )
    told = _items(agenda_for_court(file))
    assert "Joint status report | creditor | 26 Oct, latest 28 Oct |" in told
    assert "Draft of the report; no docket shows it, ask | debtor | 19 Aug |" in told
    assert "Motion to terminate loss mitigation | creditor | 10 Aug | entry 14" in told
    assert "hearing 19 Nov at 10:00; nothing on the docket extends the stay" in told


@pytest.mark.parametrize(("verdict", "listed"), [(Verdict.CURRENT, False), (Verdict.BEHIND, True), (Verdict.CANNOT_TELL, True)])
def test_plan_payments_are_listed_unless_they_are_current(verdict, listed):
    status = PaymentStatus(verdict=verdict, as_of=date(2026, 8, 14), since=date(2026, 7, 1), missed=1)
    told = _items(agenda_for_court(active_matter_file(payment_status=status)))
    assert ("LMP VI.B.4" in told) is listed


def test_the_agenda_names_amounts_only_where_the_court_s_profile_shows_them():
    short = PaymentAmounts(behind=Decimal("480.00"), in_transit=Decimal(0), months_behind=Decimal("1.0"))
    status = PaymentStatus(verdict=Verdict.BEHIND, as_of=date(2026, 8, 14), since=date(2026, 7, 1), missed=1)
    plain, shown = (
        _items(agenda_for_court(active_matter_file(payment_status=each))) for each in (status, replace(status, amounts=short))
    )
    assert "$480.00" not in plain
    assert "$480.00 short, 1.0 months" in shown


def test_a_court_whose_name_holds_its_district_is_not_told_it_twice():
    file = active_matter_file()
    court = replace(file.court, name="United States Bankruptcy Court for the District of Bays", district="District of Bays")
    for paper in (Agenda(), MediatorsReport()):
        caption = paper.draft(replace(file, court=court), {}).caption
        assert (caption.court, caption.district) == ("United States Bankruptcy Court", "District of Bays")


def test_a_matter_without_a_portal_record_says_so():
    assert "No portal record of this matter was taken in" in plain_text(agenda_for_court(matter_file()))


def test_the_paper_is_offered_while_there_is_something_to_confer_about():
    assert Agenda().applies_to(active_matter_file())
    assert not Agenda().applies_to(matter_file(posture=posture(state=posture().state.__class__.DENIED)))


def test_a_paper_is_open_from_its_first_request_until_it_is_there(act):
    asked = act(PortalAct.DOCUMENT_REQUESTED, Side.CREDITOR, owner=Side.DEBTOR, document=DocumentKind.PAY_STUB, item="a")
    again = act(PortalAct.DOCUMENT_REQUESTED, Side.CREDITOR, owner=Side.DEBTOR, document=DocumentKind.PAY_STUB, item="a")
    other = act(PortalAct.DOCUMENT_REQUESTED, Side.CREDITOR, owner=Side.DEBTOR, document=DocumentKind.PAY_STUB, item="b")
    came = act(PortalAct.DOCUMENT_RECEIVED, Side.DEBTOR, owner=Side.DEBTOR, document=DocumentKind.PAY_STUB, item="a")
    back = act(PortalAct.DOCUMENT_RETURNED, Side.CREDITOR, owner=Side.DEBTOR, document=DocumentKind.PAY_STUB, item="a")
    assert [(each.asked, each.requests) for each in read_record((asked, again, other)).papers] == [(asked, 2), (other, 1)]
    assert [each.asked for each in read_record((asked, again, other, came)).papers] == [other]
    returned = read_record((asked, again, other, came, back)).papers[0]
    assert (returned.asked, returned.was_returned, returned.requests) == (asked, True, 3)


def test_many_papers_asked_for_at_once_share_a_line_that_names_them_all(act):
    def asked(day: int, kind: DocumentKind, item: str):
        at = datetime(2026, 8, day, 15, tzinfo=UTC)
        due = date(2026, 8, 28)
        more = {"owner": Side.DEBTOR, "document": kind, "item": item, "due": due, "at": at}
        return act(PortalAct.DOCUMENT_REQUESTED, Side.CREDITOR, **more)

    kinds = list(DocumentKind)[:13]
    facts = [asked(20, kind, kind.value) for kind in kinds]
    again = asked(22, kinds[0], kinds[0].value)
    items = for_court(active_matter_file(portal=(*facts, again)))[0].items
    assert [each.source.replace("\N{NO-BREAK SPACE}", " ") for each in items] == [
        "portal 14",
        "portal 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13",
    ]
    assert all(kind.words in items[1].words.casefold() for kind in kinds[1:])
    assert items[1].minutes == 36
    few = for_court(active_matter_file(portal=tuple(facts[:12])))[0].items
    assert len(few) == 12


def test_a_complete_package_closes_what_was_asked_of_the_debtor_and_nothing_else(act):
    facts = (
        act(PortalAct.DOCUMENT_REQUESTED, Side.CREDITOR, owner=Side.DEBTOR, document=DocumentKind.LEASE, item="a"),
        act(PortalAct.DOCUMENT_REQUESTED, Side.DEBTOR, owner=Side.CREDITOR, document=DocumentKind.PAYMENT_HISTORY, item="b"),
        act(PortalAct.PACKAGE_COMPLETE, Side.CREDITOR),
    )
    assert [each.owner for each in read_record(facts).papers] == [Side.CREDITOR]


def test_a_question_is_answered_by_its_number_or_else_the_oldest_by_the_other_side(act):
    first, second = act(PortalAct.QUESTION_ASKED, Side.DEBTOR), act(PortalAct.QUESTION_ASKED, Side.DEBTOR)
    named = act(PortalAct.MESSAGE, Side.CREDITOR, answers="2")
    own = act(PortalAct.QUESTION_ANSWERED, Side.DEBTOR)
    nameless = act(PortalAct.QUESTION_ANSWERED, Side.CREDITOR)
    assert read_record((first, second, named)).questions == (first,)
    assert read_record((first, second, own)).questions == (first, second)
    assert read_record((first, second, nameless)).questions == (second,)


def test_a_counteroffer_answers_the_offer_before_it_and_a_refusal_closes_one(act):
    offer, counter = act(PortalAct.MESSAGE, Side.CREDITOR), act(PortalAct.MESSAGE, Side.DEBTOR)
    refusal = act(PortalAct.MESSAGE, Side.CREDITOR, answers="2")
    said = (Said.OFFER, Said.OFFER, Said.OFFER_REFUSED)
    for count, left in ((1, [offer]), (2, [counter]), (3, [])):
        facts = (offer, counter, refusal)[:count]
        substance = tuple(PortalSubstance(fact=fact.id, said=each) for fact, each in zip(facts, said, strict=False))
        file = MediatorFile(file=active_matter_file(portal=facts), substance=substance)
        offered = [item.source for section in for_mediator(file) if section.title.startswith("Offers") for item in section.items]
        assert offered == [f"portal {each.number}" for each in left]


def test_the_court_s_clock_decides_the_day_of_an_act(act):
    late = datetime(2026, 8, 2, 2, 30, tzinfo=UTC)  # half past ten in the evening of the 1st in the court's zone
    asked = act(PortalAct.DOCUMENT_REQUESTED, Side.CREDITOR, owner=Side.DEBTOR, document=DocumentKind.LEASE, item="a", at=late)
    assert for_court(active_matter_file(portal=(asked,)))[0].items[0].since == "1\N{NO-BREAK SPACE}Aug"
