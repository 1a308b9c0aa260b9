"""Finding on the site: the box for a number or a name, the search over dockets, the docket of any case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from docketbridge.casework.rights import Role
from docketbridge.web.search import marked


def _text(client: FlaskClient, address: str, *, code: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == code
    return " ".join(html.fromstring(answer.text).text_content().split())


@pytest.mark.parametrize("spelling", ["26-10123", "26-10123-dfl", "1:26-bk-10123", "26-bk-10123", "  26-10123 "])
def test_a_case_number_in_any_spelling_is_answered_in_one_line_for_the_telephone(client: FlaskClient, spelling: str) -> None:
    page = html.fromstring(client.get("/find", query_string={"q": spelling}).text)
    said = page.cssselect(".said")[0].text_content()
    assert said.startswith("Case 26-10123, ")
    assert "loss mitigation with" in said
    assert "Next:" in said or "No date ahead." in said


def test_a_name_finds_its_matters_and_leads_on_to_the_dockets(client: FlaskClient) -> None:
    whole = html.fromstring(client.get("/find?q=26-10123").text)
    name = whole.cssselect(".said")[0].text_content().split(", ")[1].split()[-1]
    page = html.fromstring(client.get("/find", query_string={"q": name.upper()}).text)
    assert any("26-10123" in each.text_content() for each in page.cssselect(".said"))
    assert page.cssselect(f'a[href="/search?q={name.upper()}"]')


def test_the_day_said_is_the_earliest_reading(client: FlaskClient) -> None:
    (line,) = [each for each in client.get("/find?q=26-10123").text.splitlines() if 'class="said"' in each]
    assert "latest" not in line


def test_a_case_without_a_matter_says_so_and_shows_its_docket(client: FlaskClient) -> None:
    hits = html.fromstring(client.get("/search?q=chapter").text).cssselect(".hits .case")
    without = next(
        number
        for number in dict.fromkeys(each.text_content() for each in hits)
        if "no loss mitigation matter" in _text(client, f"/find?q={number}")
    )
    assert "No matter in this case." in _text(client, f"/cases/zzb/{without}")


def test_what_nobody_knows_is_said_to_be_unknown(client: FlaskClient) -> None:
    assert "No case of this number was seen." in _text(client, "/find?q=26-99999")
    assert "No matter has these words" in _text(client, "/find?q=Nobodyatall")
    _text(client, "/cases/zzb/26-99999", code=404)
    _text(client, "/cases/zzb/hello", code=404)


def test_entries_are_found_by_their_words_with_the_words_marked_and_lead_to_their_line(client: FlaskClient) -> None:
    page = html.fromstring(client.get('/search?q="loss mitigation" request').text)
    hits = page.cssselect(".hits li")
    assert hits
    assert all("mitigation" in " ".join(mark.text_content() for mark in each.cssselect("mark")).casefold() for each in hits)
    address, _, anchor = hits[0].cssselect("a.case")[0].get("href").partition("#")
    line = html.fromstring(client.get(address).text).get_element_by_id(anchor)
    assert "mitigation" in line.text_content().casefold()


def test_a_search_is_narrowed_and_its_form_keeps_what_was_asked(client: FlaskClient) -> None:
    asked = {
        "q": "mitigation",
        "case": "1:26-bk-10123",
        "judge": "DFL",
        "kind": "lm_request",
        "from": "2026-01-01",
        "to": "2026-12-31",
    }
    page = html.fromstring(client.get("/search", query_string=asked).text)
    assert {each.text_content() for each in page.cssselect(".hits .case")} == {"26-10123"}
    assert page.get_element_by_id("from").get("value") == "2026-01-01"
    assert page.cssselect("#kind option[selected]")[0].get("value") == "lm_request"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"q": '""'}, "Type a word"),
        ({"q": "x", "case": "hello"}, "is no case number"),
        ({"q": "x", "from": "yesterday"}, "is no day"),
        ({"q": "x", "kind": "nonsense"}, "There is no kind"),
    ],
)
def test_what_cannot_be_searched_is_said_beside_the_form(client: FlaskClient, asked: dict[str, str], words: str) -> None:
    answer = client.get("/search", query_string=asked)
    assert answer.status_code == 400
    assert words in html.fromstring(answer.text).cssselect('[role="alert"]')[0].text_content()


def test_only_the_court_searches_dockets_and_a_mediator_finds_own_matters_only(
    stranger: FlaskClient, signed_in: Callable[..., FlaskClient]
) -> None:
    mediator = signed_in(stranger, Role.MEDIATOR, scope_id="nobody-here")
    assert mediator.get("/search?q=mitigation").status_code == 403
    assert mediator.get("/cases/zzb/26-10123").status_code == 403
    assert "No case of this number was seen." in _text(mediator, "/find?q=26-10123")


def test_a_script_in_a_snippet_is_text() -> None:
    shown = marked("an \x02objection\x03 of <script>alert(1)</script> & others")
    assert shown == "an <mark>objection</mark> of &lt;script&gt;alert(1)&lt;/script&gt; &amp; others"
    assert marked("half\x02 open <b>") == "half open &lt;b&gt;"
