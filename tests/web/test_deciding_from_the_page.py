"""Deciding entries from the review page: each deed with name, time and reason, the next entry afterwards, and never unseen."""

from __future__ import annotations

import pytest
from lxml import html

from docketbridge.casework.rights import Role
from docketbridge.web.site import shared_desk

ENTRY = "26-10115:8"


def _words(answer) -> str:
    return " ".join(html.fromstring(answer.text).text_content().split())


def _shown(client, entry=ENTRY) -> str:
    (found,) = set(html.fromstring(client.get(f"/review/{entry}").text).xpath("//input[@name='shown']/@value"))
    return str(found)


def test_confirming_keeps_the_person_and_the_reason_and_leads_on(clerk, own_site, send):
    answer = send(clerk, f"/review/{ENTRY}/confirm", shown=_shown(clerk), reason="the letter is a report")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/review")
    (decision,) = shared_desk(own_site).review_item(ENTRY).decisions
    assert (decision.by, decision.reason, decision.choice) == (
        "Clara Quill (cquill)",
        "the letter is a report",
        "lm_status_report",
    )
    assert "Nothing waits for a person" in _words(clerk.get("/review"))


def test_a_meaning_is_chosen_by_its_words(clerk, own_site, send):
    answer = send(clerk, f"/review/{ENTRY}/correct", kind="LM extension request", reason="it asks for more time")
    assert answer.status_code == 303
    assert [kind.value for kind in shared_desk(own_site).review_item(ENTRY).meaning.kinds] == ["lm_extension_request"]


def test_what_an_entry_says_beside_its_kind_is_given_with_it(clerk, own_site, send):
    fields = {"kind": "LM extension request", "name_1": "joint", "value_1": "yes", "reason": "both signed"}
    assert send(clerk, f"/review/{ENTRY}/correct", **fields).status_code == 303
    assert shared_desk(own_site).review_item(ENTRY).meaning.attributes.joint is True


def test_an_entry_is_linked_to_another_matter_of_its_case(clerk, own_site, send):
    first = shared_desk(own_site).matter_file("zzb-26-10047-1")
    entry = next(each.entry.id for each in first.entries if each.reach == "other matter")
    answer = send(clerk, f"/review/{entry}/link", matter="zzb-26-10047-1", reason="same loan")
    assert answer.status_code == 303
    assert "zzb-26-10047-1" in [each.number for each in shared_desk(own_site).review_item(entry).matters]


def test_an_entry_is_set_aside_and_taken_back(clerk, own_site, send):
    assert send(clerk, f"/review/{ENTRY}/set-aside", reason="a cover letter").status_code == 303
    assert shared_desk(own_site).review_item(ENTRY).reason is None
    answer = send(clerk, f"/review/{ENTRY}/undo", reason="it says more")
    assert answer.status_code == 303
    item = shared_desk(own_site).review_item(ENTRY)
    assert item.reason is not None
    assert [each.kind.value for each in item.decisions] == ["set_aside", "undone"]
    assert "undid the decision before it: it says more" in _words(clerk.get(f"/review/{ENTRY}"))


@pytest.mark.parametrize(
    ("deed", "fields", "said"),
    [
        ("correct", {"kind": "LM extension request"}, "say why"),
        ("correct", {"kind": "nothing of the sort", "reason": "so"}, "there is no meaning"),
        ("correct", {"kind": "plan", "name_1": "hearing", "value_1": "soon", "reason": "so"}, "hearing"),
        ("link", {"matter": "zzb-26-10123-1", "reason": "so"}, "is no matter of"),
        ("link", {"matter": "", "reason": "so"}, "choose a matter"),
        ("set-aside", {}, "say why"),
        ("undo", {"reason": "so"}, "no decision about"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_plain_words(reader, still_site, send, deed, fields, said):
    answer = send(reader, f"/review/{ENTRY}/{deed}", **fields)
    assert answer.status_code == 400
    assert said in _words(answer)
    assert shared_desk(still_site).review_item(ENTRY).decisions == ()


def test_a_form_without_its_token_keeps_nothing(reader, still_site):
    assert reader.post(f"/review/{ENTRY}/set-aside", data={"reason": "so"}).status_code == 400
    assert shared_desk(still_site).review_item(ENTRY).decisions == ()


def test_of_two_clerks_deciding_the_same_entry_at_once_the_second_is_shown_what_the_first_decided(
    clerk, own_site, signed_in, send
):
    other = signed_in(own_site.test_client(), Role.CLERK, account="bpell", name="Bram Pell")
    mine, theirs = _shown(clerk), _shown(other)
    assert send(other, f"/review/{ENTRY}/set-aside", shown=theirs, reason="a cover letter").status_code == 303
    answer = send(clerk, f"/review/{ENTRY}/confirm", shown=mine)
    assert answer.status_code == 409
    assert "somebody else has decided" in _words(answer)
    assert "Bram Pell (bpell): set aside: a cover letter" in _words(answer)
    assert len(shared_desk(own_site).review_item(ENTRY).decisions) == 1


def test_the_keyboard_s_script_is_our_own_and_the_keys_stand_on_what_they_press(reader):
    page = html.fromstring(reader.get("/review").text)
    assert "/static/review.js" in [each.split("?")[0] for each in page.xpath("//script/@src")]
    assert {"c", "k", "l", "s"} <= set(page.xpath("//*[@data-key]/@data-key"))
    with reader.get("/static/review.js") as script:
        assert script.mimetype == "text/javascript"


def test_the_queue_is_narrowed_by_kind_and_judge(reader):
    assert "26-10115, entry 8" in _words(reader.get("/review?kind=lm_status_report&judge=mwh"))
    assert "Nothing waits for a person among these" in _words(reader.get("/review?judge=dfl"))
    assert "Nothing waits for a person among these" in _words(reader.get("/review?kind=plan"))


def test_a_plan_that_ticks_the_box_is_said_so_on_the_page_of_its_case(clerk, own_site, send):
    page = html.fromstring(clerk.get("/cases/zzb/26-10131").text)
    (entry,) = page.xpath("//form[@class='tick']/input[@name='entry']/@value")
    answer = send(clerk, "/cases/zzb/26-10131/plan-tick", entry=str(entry))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cases/zzb/26-10131")
    kinds = [kind.value for kind in shared_desk(own_site).review_item(str(entry)).meaning.kinds]
    assert kinds == ["lm_plan_box", "plan"]
    assert send(clerk, "/cases/zzb/26-10123/plan-tick", entry=str(entry)).status_code == 404
