"""What a clerk or the trustee tells of mortgage payments from a matter's page, and who may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from docketbridge.app import create_app
from docketbridge.casework.review.mortgage_telling import mortgage_of
from docketbridge.casework.rights import Role
from docketbridge.domain.feeds import RawFeed
from docketbridge.settings import Settings
from docketbridge.web.site import shared_desk

REPORT = Path(__file__).parents[1] / "sample_court" / "feeds" / "docket-reports" / "26-10011_2026-08-19T0745.html"
FINAL = b"Motion to Approve Final Loan Modification Agreement."
TRIAL = b"Motion to Approve Trial Loan Modification."
APPROVED, ACTIVE = "zzb-26-10011-1", "zzb-26-10047-1"
WHY = {"reason": "Form A, page 2"}


def _words(answer) -> str:
    return " ".join(html.fromstring(answer.text).text_content().split())


def _told(site, number):
    desk = shared_desk(site)
    return mortgage_of(desk, desk.matter_file(number))


@pytest.fixture
def trustee(own_site, signed_in):
    """The trustee's browser."""
    return signed_in(own_site.test_client(), Role.TRUSTEE, scope_id="marguerite-t-osei", name="Marguerite T. Osei")


@pytest.fixture
def on_trial(tmp_path) -> Iterator[Flask]:
    """The site of a court with one matter, whose modification was approved on trial."""
    settings = Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    app = create_app(settings, today=date(2026, 8, 19))
    content = REPORT.read_bytes()
    assert content.count(FINAL) == 1
    shared_desk(app).take_in(RawFeed(content=content.replace(FINAL, TRIAL), name=REPORT.name))
    yield app
    shared_desk(app).engine.dispose()


@pytest.mark.parametrize("role", [Role.CLERK, Role.TRUSTEE])
def test_a_certification_is_told_from_the_matter_s_page_and_stands_there_with_who_told_it(own_site, signed_in, send, role):
    client = signed_in(own_site.test_client(), role, scope_id="marguerite-t-osei", name="Tamsin Okonjo")
    links = html.fromstring(client.get(f"/matters/{ACTIVE}").text).xpath("//aside//a/@href")
    assert f"/matters/{ACTIVE}/mortgage" in links
    fields = {"option": "2", "amount": "$1,150.00", "first_due": "2026-04-01", **WHY}
    answer = send(client, f"/matters/{ACTIVE}/mortgage/certification", **fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/matters/{ACTIVE}/mortgage")
    certified = _told(own_site, ACTIVE).certification
    assert (certified.option, str(certified.amount), str(certified.first_due)) == (2, "1150.00", "2026-04-01")
    page = _words(client.get(f"/matters/{ACTIVE}/mortgage"))
    assert "Other payments, the full amount still owed until modified" in page
    assert "Tamsin Okonjo" in page
    assert "Its terms" not in page


def test_a_trial_s_terms_and_payments_are_told_once_the_docket_shows_it_approved(on_trial, signed_in, send):
    clerk = signed_in(on_trial.test_client(), Role.CLERK)
    terms = {"first_payment": "2026-08-10", "payments": "3", "trial_amount": "1,402.17", **WHY}
    assert send(clerk, f"/matters/{APPROVED}/mortgage/trial", **terms).status_code == 303
    paid = {"due": "2026-08-10", "paid": "2026-08-11", **WHY}
    assert send(clerk, f"/matters/{APPROVED}/mortgage/trial-paid", **paid).status_code == 303
    assert [str(each.due) for each in _told(on_trial, APPROVED).trial.payments] == ["2026-08-10", "2026-09-10", "2026-10-10"]
    page = _words(clerk.get(f"/matters/{APPROVED}/mortgage"))
    assert "1 of 3 payments due by now, 1 of them seen" in page


def test_until_the_docket_shows_a_trial_approved_its_terms_have_no_form_and_are_refused(reader, still_site, send):
    shown = html.fromstring(reader.get(f"/matters/{APPROVED}/mortgage").text)
    assert not shown.xpath("//h2[@id='trial']")
    refused = send(reader, f"/matters/{APPROVED}/mortgage/trial", first_payment="2026-08-10", payments="3", **WHY)
    assert refused.status_code == 400
    assert "FRE 408" in _words(refused)
    assert _told(still_site, APPROVED).trial is None


@pytest.mark.parametrize(
    ("deed", "fields", "said"),
    [
        ("certification", {"option": "4"} | WHY, "choose one of Form A’s certifications"),
        ("certification", {"option": "2", "amount": "12.345"} | WHY, "is no amount"),
        ("certification", {"option": "2", "first_due": "April"} | WHY, "is no day"),
        ("certification", {"option": "2"}, "say why"),
        ("trial", {"first_payment": "2026-08-10", "payments": "0"} | WHY, "a number from 1 to 24"),
        ("trial-paid", {"due": "2026-08-10", "paid": "2026-09-01"} | WHY, "has not come yet"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words_and_nothing_is_kept(reader, still_site, send, deed, fields, said):
    answer = send(reader, f"/matters/{ACTIVE}/mortgage/{deed}", **fields)
    assert answer.status_code == 400
    assert said in _words(answer)
    assert "Nothing was kept" in _words(answer)
    assert "--" not in _words(answer)
    assert _told(still_site, ACTIVE).certification is None


def test_another_trustee_s_matter_is_not_there_and_a_judge_s_page_offers_no_form(own_site, signed_in, send):
    other = signed_in(own_site.test_client(), Role.TRUSTEE, scope_id="barnaby-j-quill")
    assert send(other, f"/matters/{ACTIVE}/mortgage/certification", option="1", **WHY).status_code == 404
    judge = signed_in(own_site.test_client(), Role.JUDGE, scope_id="dfl")
    assert judge.get(f"/matters/{ACTIVE}/mortgage").status_code == 403
    assert "/mortgage" not in judge.get(f"/matters/{ACTIVE}").text


def test_the_trustee_s_record_of_a_case_leads_to_the_forms(trustee):
    links = html.fromstring(trustee.get("/trustees/marguerite-t-osei/cases/zzb-26-10047").text).xpath("//aside//a/@href")
    assert f"/matters/{ACTIVE}/mortgage" in links
