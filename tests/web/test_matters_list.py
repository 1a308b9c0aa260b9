"""The list of matters: narrowed and paged in the ledger, for the screen and for paper."""

from __future__ import annotations

import pytest
from lxml import html

from docketbridge.web import matters


def _cases(answer) -> list[str]:
    return [each.text_content() for each in html.fromstring(answer.text).cssselect("a.case")]


def test_it_goes_on_where_the_page_before_it_ended(reader, monkeypatch):
    whole = _cases(reader.get("/matters"))
    monkeypatch.setattr(matters, "_LINES", 6)
    seen, path = [], "/matters"
    while path:
        page = reader.get(path)
        seen += _cases(page)
        path = next(iter(html.fromstring(page.text).xpath("//a[@rel='next']/@href")), None)
    assert seen == whole
    assert len(seen) == 20


def test_filters_stay_on_the_next_page(reader, monkeypatch):
    monkeypatch.setattr(matters, "_LINES", 2)
    (further,) = html.fromstring(reader.get("/matters?judge=mwh&due=soon").text).xpath("//a[@rel='next']/@href")
    assert "judge=mwh" in further
    assert "due=soon" in further


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("due=overdue", ["26-10115", "26-10140"]),
        ("due=none", ["25-11480", "26-10026", "26-10064", "26-10085"]),
        ("due=later", ["26-10019", "26-10131", "26-10008"]),
        ("judge=MWH&state=objected", ["26-10104"]),
        ("q=1:26-bk-10123", ["26-10123"]),
        ("q=zzb-26-10047-2", ["26-10047"]),
        ("q=bellweather+salt", ["26-10123"]),
        ("mediator=ruth-e-calloway-finch&state=active", ["26-10047"]),
    ],
)
def test_it_is_narrowed_by_posture_judge_mediator_due_and_words(reader, asked, wanted):
    assert _cases(reader.get(f"/matters?{asked}")) == wanted


def test_the_page_for_paper_has_no_filters_and_leads_back(reader):
    page = html.fromstring(reader.get("/matters?judge=dfl&print=yes").text)
    assert page.cssselect("form.narrow-by") == []
    assert "/matters?judge=dfl" in page.xpath("//main//a/@href")


@pytest.mark.parametrize("asked", ["after=x", "after=soon~1", "after=~", "after=2026-13-01~zzb"])
def test_a_place_that_makes_no_sense_is_the_beginning(reader, asked):
    assert len(_cases(reader.get(f"/matters?{asked}"))) == 20


def test_a_due_that_there_is_none_of_is_a_plain_page(reader):
    assert reader.get("/matters?due=soonish").status_code == 404
