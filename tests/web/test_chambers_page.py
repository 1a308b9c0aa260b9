"""Chambers' page on the sample court: what a judge finds there, of whose matters, and in how many queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from docketbridge.app import create_app
from docketbridge.casework.rights import PARTY_ROLES, Role
from docketbridge.web.site import shared_desk

TODAY = date(2026, 8, 19)


@pytest.fixture
def judge(site: Flask, signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of Judge Larrabee, who has about half of the sample court's matters."""
    return signed_in(site.test_client(), Role.JUDGE, scope_id="dfl", name="Delphine F. Larrabee")


def _section(page: str, name: str) -> str:
    """The words of the section under a heading of this id."""
    (found,) = html.fromstring(page).xpath(f"//section[.//h2[@id='{name}']]")
    return " ".join(" ".join(found.itertext()).split())


def _links(page: str, name: str) -> list[str]:
    return [str(each) for each in html.fromstring(page).xpath(f"//section[.//h2[@id='{name}']]//a/@href")]


def test_a_judge_s_day_begins_in_chambers(judge):
    assert judge.get("/").headers["Location"] == "/chambers"


def test_a_judge_whose_initials_no_docket_carries_is_told_which_there_are(site, signed_in, judge):
    stranger = signed_in(site.test_client(), Role.JUDGE, scope_id="xyz").get("/chambers").text
    (told,) = html.fromstring(stranger).xpath("//div[@role='note']")
    assert "carries the initials XYZ of this account" in told.text_content()
    assert "The dockets carry DFL, MWH." in told.text_content()
    assert "of this account" not in judge.get("/chambers").text


def test_an_order_to_sign_is_one_click_from_its_memo_its_draft_and_its_computation(judge):
    page = judge.get("/chambers").text
    assert "26-10123 Ottavio R. Bellweather" in _section(page, "sign")
    assert "no objection by 14 August 2026" in _section(page, "sign")
    assert {
        "/matters/zzb-26-10123-1#deadlines",
        "/matters/zzb-26-10123-1/papers/bench-memo",
        "/matters/zzb-26-10123-1/papers/form-c",
    } <= set(_links(page, "sign"))


def test_a_request_that_is_not_settled_stands_there_as_too_early(judge):
    told = _section(judge.get("/chambers").text, "sign")
    assert "26-10140 Zephyrine Dalhousie" in told
    assert "Early The court may not act on silence yet: the time to object, which ends on Thu 20 Aug 2026" in told


def test_an_order_not_signed_in_time_is_marked_late(site, signed_in):
    later = create_app(shared_desk(site).settings, today=date(2026, 8, 26))
    told = _section(signed_in(later.test_client(), Role.JUDGE, scope_id="dfl").get("/chambers").text, "sign")
    assert "Late Due Mon 24 Aug 2026." in told


def test_objections_to_screen_say_how_long_they_wait_and_what_was_noted(judge):
    told = _section(judge.get("/chambers?judge=all").text, "objections")
    assert "Thu 13 Aug 2026 overdue open for 8 days 26-10131" in told
    assert "late, but it blocks the order" in told


def test_a_point_of_the_stay_says_what_covers_it(judge):
    told = _section(judge.get("/chambers").text, "stay")
    assert "Fri 11 Sep 2026 26-10072" in told
    assert "covered through this day by order: entry 13, by nothing after it" in told


def test_a_ruling_without_an_order_leads_to_the_order_that_answers_it(judge):
    page = judge.get("/chambers?judge=all").text
    assert "26-10033" in _section(page, "rulings")
    assert "/matters/zzb-26-10033-1/papers/extension-order" in _links(page, "rulings")


def test_reports_are_received_not_yet_due_or_missing(judge):
    told = _section(judge.get("/chambers").text, "reports")
    assert "received, met by entry 9" in told
    assert "not yet due" in told


def test_a_report_missing_after_its_day_is_told_as_not_received(site, signed_in):
    later = create_app(shared_desk(site).settings, today=date(2026, 9, 2))
    told = _section(signed_in(later.test_client(), Role.JUDGE, scope_id="dfl").get("/chambers").text, "reports")
    assert "not received" in told


def test_a_matter_quiet_for_45_days_is_named_with_its_last_entry(judge):
    assert "26-10047 Brigid M. O'Hannegan" in _section(judge.get("/chambers").text, "quiet")
    assert "last entry, on 24 Jun 2026 (56 days)" in _section(judge.get("/chambers").text, "quiet")


def test_what_changed_goes_by_the_day_it_could_be_read_and_says_where_the_matter_stands_now(site, signed_in):
    first_visit = signed_in(site.test_client(), Role.JUDGE, scope_id="dfl", account="judge-on-a-first-visit")
    told = _section(first_visit.get("/chambers").text, "changed")
    assert told.startswith("Changed in the last seven days 5 ")
    assert "Mon 17 Aug 2026 26-10077" in told
    assert "Tue 11 Aug 2026 first seen here since 26-10131" in told
    assert "LM objection entry 9 objected" in told
    assert "Sat 15 Aug 2026 26-10123" in told


def test_own_matters_only_until_all_are_asked_for(judge):
    own, everything = judge.get("/chambers").text, judge.get("/chambers?judge=all").text
    assert "26-10104" not in own
    assert "26-10104" in everything


def test_a_judge_without_a_matter_gets_a_calm_page(site, signed_in):
    page = signed_in(site.test_client(), Role.JUDGE, scope_id="zzz").get("/chambers")
    assert page.status_code == 200
    assert "No order waits for a signature." in page.text


def test_the_month_is_a_grid_with_the_load_of_each_day_and_the_days_the_court_is_closed(judge):
    page = html.fromstring(judge.get("/chambers?month=2026-09&judge=all").text)
    (day,) = page.xpath("//td[.//time[@datetime='2026-09-16']]")
    assert [each.text_content().split()[1] for each in day.xpath(".//li")] == ["26-10072", "26-10077", "26-10091", "26-10131"]
    assert day.xpath("string(.//span[@class='load'])") == "4"
    assert "closed: Labor Day" in page.xpath("string(//td[.//time[@datetime='2026-09-07']])")


def test_a_week_shows_where_and_since_which_entry(judge):
    told = _section(judge.get("/chambers?week=2026-W37").text, "calendar")
    assert "10:00 26-10072 Ignatius B. Farthingale Hearing on relief from stay · Courtroom A, Bayport entry 13" in told


@pytest.mark.parametrize("asked", ["month=2026-13", "month=x", "week=soon", "week=2026-W54", "judge=mwh'"])
def test_an_address_that_makes_no_sense_is_answered_in_one_plain_line(judge, asked):
    answer = judge.get(f"/chambers?{asked}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.JUDGE])
def test_chambers_are_for_judges_alone(site, signed_in, role):
    matters = ["zzb-26-10072-1"] if role in PARTY_ROLES else []
    client = signed_in(site.test_client(), role, scope_id="dfl", matters=matters)
    assert [client.get(path).status_code for path in ("/chambers", "/chambers/packet", "/chambers/packet.docx")] == [403] * 3


def test_the_packet_of_a_day_is_a_page_with_the_calendar_and_each_memo(judge):
    page = judge.get("/chambers/packet?day=2026-09-16").text
    assert page.count('<article class="paper">') == 1 + 4
    assert "Calendar of Delphine F. Larrabee, Wednesday, September 16, 2026" in page


def test_the_packet_for_word_holds_the_same_cases_in_calling_order(judge, tmp_path):
    answer = judge.get("/chambers/packet.docx?day=2026-09-16")
    (tmp_path / "packet.docx").write_bytes(answer.data)
    words = ZipFile(tmp_path / "packet.docx").read("word/document.xml").decode()
    places = [words.index(number) for number in ("26-10072", "26-10077", "26-10091", "26-10131")]
    assert places == sorted(places)
    assert "packet-dfl-2026-09-16.docx" in answer.headers["Content-Disposition"]


def test_a_day_on_which_nothing_is_called_has_an_empty_packet_that_says_so(judge):
    assert "No matter in loss mitigation is called" in judge.get("/chambers/packet").text
    assert judge.get("/chambers/packet.docx").status_code == 404


@pytest.mark.parametrize("asked", ["day=soon", "judge=d%20f", "judge=aaaaaaaaaaaa"])
def test_a_packet_of_no_day_or_no_judge_is_refused_plainly(judge, asked):
    assert judge.get(f"/chambers/packet?{asked}").status_code == 404
