"""The audit at the site: what is noted of a request, by whom it can be read, and how it is checked and given out."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from lxml import html
from sqlalchemy import text

from docketbridge.app import create_app
from docketbridge.casework.rights import Role
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.people.audit import AuditFilter
from docketbridge.settings import Settings
from docketbridge.testing import sign_in
from docketbridge.web.site import shared_desk

MATTER = "zzb-26-10123-1"


@pytest.fixture
def noted(site):
    """What the audit holds, once what waits is written; of one account where one is named."""

    def read(account="", **chosen):
        assert site.extensions["docketbridge-sights"].flush()
        return list(shared_desk(site).audit.lines(AuditFilter(actor=account, **chosen)))

    return read


@pytest.fixture
def admin(site, signed_in):
    return signed_in(site.test_client(), Role.ADMINISTRATOR, account="keeper")


def _words(page):
    return " ".join(html.fromstring(page.get_data()).text_content().split())


def test_a_matter_s_page_is_a_sight_with_person_matter_and_request(stranger, signed_in, noted):
    client = signed_in(stranger, Role.CLERK, account="sights-clerk")
    assert client.get(f"/matters/{MATTER}", headers={"X-Request-Id": "request-0001"}, buffered=True).status_code == 200
    last = noted("sights-clerk", what="saw_matter")[-1]
    assert (last.role, last.subject, last.request) == ("clerk", f"matters.matter {MATTER}", "request-0001")
    assert [line.number for line in noted(matter=MATTER) if line.actor == "sights-clerk"] == [last.number]
    assert last.matter != MATTER


def test_what_is_not_there_is_no_sight(stranger, signed_in, noted):
    client = signed_in(stranger, Role.CLERK, account="missing-clerk")
    assert client.get("/matters/zzb-26-99999-1", buffered=True).status_code == 404
    assert noted("missing-clerk", what="saw_matter") == []


def test_a_page_that_is_not_one_s_own_is_noted_as_refused(stranger, signed_in, noted):
    client = signed_in(stranger, Role.MEDIATOR, account="curious-mediator", scope_id="ruth-e-calloway-finch")
    assert client.get("/audit", buffered=True).status_code == 403
    assert [line.subject for line in noted("curious-mediator", what="refused")] == ["GET audit.index"]


def test_a_draft_is_a_deed_and_its_file_a_download(stranger, signed_in, noted):
    client = signed_in(stranger, Role.CLERK, account="drafting-clerk")
    answer = client.get(f"/matters/{MATTER}/papers/form-c.docx", buffered=True)
    if answer.status_code == 200:
        assert [line.what for line in noted("drafting-clerk")][-1] == "downloaded"
    assert client.get(f"/matters/{MATTER}/papers/form-c", buffered=True).status_code in (200, 409)


def test_the_words_of_a_search_are_never_noted(stranger, signed_in, noted):
    client = signed_in(stranger, Role.CLERK, account="searching-clerk")
    client.get(f"/matters/{MATTER}?q=Secretword", buffered=True)
    assert all("Secretword" not in line.subject for line in noted("searching-clerk"))


def test_many_sights_at_once_are_written_in_few_transactions_and_none_is_lost(site, stranger, signed_in, noted):
    client = signed_in(stranger, Role.CLERK, account="busy-clerk")
    for _ in range(20):
        client.get(f"/matters/{MATTER}", buffered=True)
    assert len(noted("busy-clerk", what="saw_matter")) == 20
    assert shared_desk(site).audit.verify().broken is None


def test_a_locked_ledger_does_not_hold_a_page_up(site, stranger, signed_in, noted):
    client = signed_in(stranger, Role.CLERK, account="patient-clerk")
    assert client.get("/subscriptions", buffered=True).status_code == 200
    with writing_engine(shared_desk(site).engine).connect() as writer:
        transaction = writer.begin()
        assert client.get(f"/matters/{MATTER}", buffered=True).status_code == 200
        transaction.rollback()
    assert len(noted("patient-clerk", what="saw_matter")) == 1


def test_the_administrator_finds_rows_by_person_matter_deed_and_day(admin, stranger, signed_in, noted):
    client = signed_in(stranger, Role.CLERK, account="found-clerk")
    client.get(f"/matters/{MATTER}", buffered=True)
    noted()
    shown = _words(admin.get("/audit?person=found-clerk"))
    assert "found-clerk" in shown
    assert MATTER in shown
    assert "found-clerk" in _words(admin.get(f"/audit?matter={MATTER}&what=saw_matter"))
    assert "Nothing is noted that fits" in _words(admin.get("/audit?person=found-clerk&to=2020-01-01"))
    today = date.today().isoformat()  # noqa: DTZ011 - the page goes by this machine's clock too
    assert "found-clerk" in _words(admin.get(f"/audit?person=found-clerk&from={today}"))


@pytest.mark.parametrize("query", ["what=everything", "from=yesterday", "before=x", "before=-1"])
def test_a_question_that_is_none_gets_a_plain_answer(admin, query):
    assert admin.get(f"/audit?{query}").status_code == 404


def test_pages_lead_back_through_the_whole_chain(admin, stranger, site, noted):
    acting = sign_in(stranger, Role.CLERK, account="paging-clerk")
    stranger.get(f"/matters/{MATTER}", buffered=True)
    noted()
    desk = shared_desk(site).on(date(2026, 8, 19), acting)
    for turn in range(101):
        desk.audit.note("acted", f"thing {turn}")
    first = html.fromstring(admin.get("/audit?person=paging-clerk").get_data())
    assert len(first.cssselect("tbody tr")) == 100
    older = first.xpath("//a[text()='Older']/@href")[0]
    assert len(html.fromstring(admin.get(older).get_data()).cssselect("tbody tr")) >= 2


def test_the_export_holds_what_is_needed_to_follow_the_chain_elsewhere(admin, noted):
    noted()
    told = [json.loads(line) for line in admin.get("/audit.jsonl", buffered=True).get_data(as_text=True).splitlines()]
    assert [line["number"] for line in told] == list(range(1, len(told) + 1))
    rows = list(csv.DictReader(io.StringIO(admin.get("/audit.csv", buffered=True).get_data(as_text=True))))
    assert rows[0]["hash"] == told[0]["hash"]
    assert [line.subject for line in noted("keeper", what="exported")] == ["audit.jsonl", "audit.csv"]
    assert admin.get("/audit.pdf").status_code == 404


def test_a_cell_that_a_spreadsheet_would_run_is_tamed(admin, site):
    shared_desk(site).audit.note("acted", "=HYPERLINK()")
    assert "'=HYPERLINK()" in admin.get("/audit.csv").get_data(as_text=True)


def test_the_check_says_that_the_chain_holds_and_where_it_does_not(tmp_path, signed_in):
    settings = Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'broken.sqlite'}")
    app = create_app(settings, today=date(2026, 8, 19))
    admin = signed_in(app.test_client(), Role.ADMINISTRATOR)
    desk = shared_desk(app)
    for subject in ("one", "two", "three"):
        desk.audit.note("acted", subject)
    assert "the chain holds" in _words(admin.get("/audit/check"))
    with writing_engine(desk.engine).begin() as connection:
        connection.execute(text("DROP TRIGGER audit_stays_on_update"))
        number = connection.scalar(text("SELECT number FROM audit WHERE subject = 'two'"))
        connection.execute(text("UPDATE audit SET subject = 'other' WHERE subject = 'two'"))
    assert f"broken at number {number}" in _words(admin.get("/audit/check"))
    desk.engine.dispose()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_the_administrator_reads_the_audit(site, signed_in, role):
    scope = {Role.JUDGE: "dfl", Role.TRUSTEE: "marguerite-t-osei", Role.MEDIATOR: "ruth-e-calloway-finch"}.get(role, "")
    own = (MATTER,) if role in (Role.DEBTOR_SIDE, Role.CREDITOR_SIDE) else ()
    account = f"not-{role.value.replace('_', '-')}"
    client = signed_in(site.test_client(), role, scope_id=scope, matters=own, account=account)
    for address in ("/audit", "/audit.csv", "/audit.jsonl", "/audit/check"):
        assert client.get(address).status_code == 403


def test_without_signing_in_there_is_nothing_to_read(stranger):
    assert stranger.get("/audit").status_code == 302
