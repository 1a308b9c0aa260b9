"""The review pages show each undecided entry with the words its reading rests on, the matters it may be of, and what it holds."""

from __future__ import annotations

import re

import pytest
from lxml import html


@pytest.fixture
def queue(client):
    return html.fromstring(client.get("/review").text)


def _words(element) -> str:
    return re.sub(r"\s+", " ", element.text_content())


def test_the_queue_marks_the_words_that_the_reading_rests_on(queue):
    (article,) = queue.cssselect("article")
    assert "26-10115, entry 8" in _words(article)
    (mark,) = article.cssselect("blockquote mark")
    assert "loss mitigation" in mark.text_content().lower()
    assert _words(article.cssselect("blockquote")[0]).startswith("Letter Regarding Loss Mitigation")


def test_the_queue_gives_reason_candidates_and_the_matter_with_what_speaks_for_it(queue):
    (article,) = queue.cssselect("article")
    words = _words(article)
    assert "could be" in words
    assert " or " in words
    assert "it names document 6 of this matter" in words
    assert "/matters/zzb-26-10115-1" in [link.get("href") for link in article.cssselect("dd a")]
    assert "nothing lapses there until it is decided" in words


def test_an_entry_has_a_page_of_its_own(queue, client):
    (link,) = queue.cssselect("article h2 a")
    page = html.fromstring(client.get(link.get("href")).text)
    assert "26-10115, entry 8" in _words(page.cssselect("h1")[0])
    assert page.cssselect("blockquote mark")


def test_an_entry_can_be_looked_up_by_case_and_number_though_nothing_waits(client):
    answer = client.get("/review/26-10123:12")
    assert answer.status_code == 200
    assert "Belongs to" in _words(html.fromstring(answer.text))


def test_an_entry_that_is_not_there_is_a_plain_page(client):
    answer = client.get("/review/26-10123:999")
    assert answer.status_code == 404
    assert "no entry" in _words(html.fromstring(answer.text))


def test_an_empty_queue_says_so(empty_client):
    assert "Nothing waits for a person" in empty_client.get("/review").text


def test_no_review_page_holds_inline_script_or_style(client, queue):
    pages = [queue, html.fromstring(client.get("/review/26-10115:8").text)]
    assert all(page.cssselect("script:not([src]), style, [style], [onclick]") == [] for page in pages)
