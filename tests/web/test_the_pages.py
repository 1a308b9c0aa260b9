"""The pages say what the ledger knows, explain each date, and stay plain and safe when something is wrong."""

from __future__ import annotations

import re

import pytest
from lxml import html


def _text(answer) -> str:
    return re.sub(r"\s+", " ", html.fromstring(answer.text).text_content())


def test_the_list_shows_every_matter_nearest_date_first(client):
    page = html.fromstring(client.get("/matters").text)
    days = [each.get("datetime") for each in page.cssselect("td.next .date")]
    assert len(page.cssselect("table.matters tbody tr")) >= 15
    assert days == sorted(days)


def test_the_list_can_be_narrowed_to_a_posture(client):
    page = html.fromstring(client.get("/matters?state=ripe").text)
    assert {each.text_content().split(",")[0] for each in page.cssselect("table.matters .badge")} == {"ripe for the judge"}


@pytest.mark.parametrize("spelling", ["26-10123", "1:26-bk-10123", "26-10123-dfl", "26-10123-DFL-13", "bellweather"])
def test_a_case_is_found_in_any_spelling_of_its_number_or_by_name(client, spelling):
    page = html.fromstring(client.get("/matters", query_string={"q": spelling}).text)
    assert [each.text_content() for each in page.cssselect("a.case")] == ["26-10123"]


def test_filters_that_fit_nothing_say_so_and_lead_back(client):
    assert "No matter fits these filters" in _text(client.get("/matters?q=nobody+of+that+name"))


def test_an_empty_ledger_says_what_to_do(empty_client):
    assert "docketbridge intake" in _text(empty_client.get("/matters"))


def _computations(client, number) -> list[str]:
    page = html.fromstring(client.get(f"/matters/{number}").text)
    return [re.sub(r"\s+", " ", each.text_content()) for each in page.cssselect("details.deadline .why")]


def test_a_matter_explains_the_holiday_that_moved_its_deadline(client):
    assert any("Victory Day" in why for why in _computations(client, "zzb-26-10131-1"))


def test_a_matter_explains_the_days_that_mail_added(client):
    assert any("3 days" in why and "9006(f)" in why for why in _computations(client, "zzb-26-10123-1"))


def test_a_matter_page_shows_each_docket_entry_with_the_words_its_meaning_rests_on(client):
    text = _text(client.get("/matters/zzb-26-10123-1"))
    assert "Request for Loss Mitigation" in text
    assert "because of" in text


def test_a_matter_that_is_not_there_is_a_plain_page(client):
    answer = client.get("/matters/zzb-99-99999-1")
    assert answer.status_code == 404
    assert "no matter" in _text(answer)


def test_the_review_page_gives_the_reason_a_person_must_look(client):
    text = _text(client.get("/review"))
    assert "26-10115" in text
    assert "could be" in text


def test_form_c_is_shown_as_a_page_and_given_as_a_word_file(client):
    preview = client.get("/matters/zzb-26-10123-1/papers/form-c")
    assert "Loss Mitigation Order" in _text(preview)
    word = client.get("/matters/zzb-26-10123-1/papers/form-c.docx")
    assert word.data.startswith(b"PK")
    assert "zzb-26-10123-1-form-c.docx" in word.headers["Content-Disposition"]


def test_every_page_carries_the_strict_headers(client):
    for path in ("/", "/review", "/matters/zzb-26-10123-1", "/nothing-here", "/healthz"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_no_page_asks_for_anything_from_another_host(client):
    for path in ("/", "/review", "/matters/zzb-26-10123-1"):
        page = html.fromstring(client.get(path).text)
        sources = [each.get("src") or each.get("href") for each in page.cssselect("script[src], link[href], img[src]")]
        assert all(source.startswith("/") for source in sources), sources


def test_no_page_holds_inline_script_or_style(client):
    for path in ("/", "/review", "/matters/zzb-26-10123-1", "/matters/zzb-26-10123-1/papers/form-c"):
        page = html.fromstring(client.get(path).text)
        assert page.cssselect("script:not([src]), style, [style], [onclick]") == []
