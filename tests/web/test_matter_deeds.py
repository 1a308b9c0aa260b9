"""What a clerk does from a matter's page: tasks, the request sheet, an order's dates, papers issued; all of it in the history."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from docketbridge.casework.rights import Role
from docketbridge.domain.decisions import DecisionKind
from docketbridge.web.site import shared_desk

RIPE, OBJECTED = "zzb-26-10123-1", "zzb-26-10131-1"


def _words(answer) -> str:
    return " ".join(html.fromstring(answer.text).text_content().split())


def test_the_first_screen_says_where_it_stands_why_what_is_owed_and_what_is_next(reader):
    page = html.fromstring(reader.get(f"/matters/{OBJECTED}").text)
    top = " ".join(" ".join(page.xpath("//main")[0].itertext()).split()).partition("Timeline Deadlines")[0]
    for words in ("objected", "Objected since Tue 11 Aug 2026: entry 9 · LMP V.D", "What must be done", "Screen the objection"):
        assert words in top
    assert "Next Wed 16 Sep 2026" in top


def test_every_part_that_the_contents_line_names_is_there(reader):
    page = html.fromstring(reader.get(f"/matters/{RIPE}").text)
    wanted = {str(each).removeprefix("#") for each in page.xpath("//nav[@class='contents']//a/@href")}
    assert wanted <= {str(each) for each in page.xpath("//@id")}


def test_each_detection_leads_to_the_form_that_puts_it_right(reader):
    page = html.fromstring(reader.get(f"/matters/{RIPE}").text)
    links = [str(each) for each in page.xpath("//a[.='wrong?']/@href")]
    assert len(links) == len(page.xpath("//table[contains(@class, 'docket')]/tbody/tr"))
    assert reader.get(links[0]).status_code == 200


def test_the_other_matter_of_the_case_is_named(reader):
    assert "Also in this case: zzb-26-10047-2" in _words(reader.get("/matters/zzb-26-10047-1"))


def test_an_objection_is_screened_from_the_page(clerk, own_site, send):
    answer = send(clerk, f"/matters/{OBJECTED}/tasks/screen-objection", choice="hearing")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/matters/{OBJECTED}#tasks")
    keys = [task.key for task in shared_desk(own_site).matter_file(OBJECTED).posture.tasks]
    assert "screen-objection" not in keys
    assert "set-hearing" in keys
    assert "screen-objection done: hearing" in _words(clerk.get(f"/matters/{OBJECTED}"))


@pytest.mark.parametrize(
    ("key", "fields", "said"),
    [
        ("screen-objection", {"choice": "burn it"}, "is none of task"),
        ("screen-objection", {"reason": "so"}, "wants"),
        ("request-sheet", {}, "say why"),
        ("docket-note", {"reason": "so"}, "owes no task"),
    ],
)
def test_a_task_that_cannot_be_done_so_is_refused_on_the_matter_s_page(reader, send, key, fields, said):
    answer = send(reader, f"/matters/{OBJECTED}/tasks/{key}", **fields)
    assert answer.status_code == 400
    assert said in _words(answer)
    assert "Nothing was kept" in _words(answer)


def _sheet(own_site, **fields: str) -> dict[str, str]:
    file = shared_desk(own_site).matter_file("zzb-26-10140-1")
    request = next(each for each in file.entries if "lm_request" in [kind.value for kind in each.detection.kinds])
    return {"entry": request.entry.id} | fields


def test_the_request_sheet_keeps_who_was_served_how_and_when_and_the_deadline_follows(clerk, own_site, send):
    fields = _sheet(
        own_site,
        whom_1="Conimicut Trust Company",
        day_1="2026-08-04",
        method_1="mail",
        whom_2="The trustee",
        creditor="Conimicut Trust Company, N.A.",
        form_c="attached",
        contact="loss desk, 401-555-0100",
        reason="from the paper",
    )
    answer = send(clerk, "/matters/zzb-26-10140-1/request-sheet", **fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/matters/zzb-26-10140-1#deadlines")
    file = shared_desk(own_site).matter_file("zzb-26-10140-1")
    assert "request-sheet" not in [task.key for task in file.posture.tasks]
    assert file.matter.creditor == "Conimicut Trust Company, N.A."
    (line,) = [each for each in file.posture.deadlines if each.key.startswith("obj_")]
    assert any("4 August 2026" in words for words in line.readings.latest.trace)
    kinds = [each.kind for each in shared_desk(own_site).review_item(fields["entry"]).decisions]
    assert set(kinds) == {DecisionKind.SERVED, DecisionKind.MEANING, DecisionKind.TASK_CLOSED}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"whom_1": "The creditor", "day_1": "2026-08-04"}, "belong together"),
        ({"whom_1": "The creditor", "day_1": "2026-08-30", "method_1": "mail"}, "has not come yet"),
        ({"whom_1": "The creditor", "day_1": "2025-08-04", "method_1": "mail"}, "lies long before"),
        ({"whom_1": "The creditor", "day_1": "4 August", "method_1": "mail"}, "is no day"),
        ({"whom_1": "The creditor", "day_1": "2026-08-04", "method_1": "pigeon"}, "service is by"),
    ],
)
def test_a_sheet_that_cannot_be_keeps_nothing_and_what_was_typed_stays(reader, still_site, send, fields, said):
    answer = send(reader, "/matters/zzb-26-10140-1/request-sheet", **_sheet(still_site, **fields))
    assert answer.status_code == 400
    assert said in _words(answer)
    assert html.fromstring(answer.text).xpath("//input[@id='whom_1']/@value") == ["The creditor"]
    assert shared_desk(still_site).review_item(_sheet(still_site)["entry"]).decisions == ()


def test_the_dates_of_an_order_are_proposed_from_what_is_known_and_kept_as_they_stand_in_the_form(clerk, own_site, send):
    file = shared_desk(own_site).matter_file("zzb-26-10072-1")
    order = next(each.entry for each in file.entries if each.entry.label == file.posture.order_label)
    path = f"/matters/zzb-26-10072-1/orders/{order.id}/dates"
    page = html.fromstring(clerk.get(path).text)
    typed = {str(each.get("name")): str(each.get("value")) for each in page.xpath("//input[@type='date']")}
    assert typed["lm_end"] == str(file.posture.dates.lm_end)
    assert "known already" in page.text_content()
    moved = typed | {"contacts_due": "2026-08-28", "reason": "as the paper says"}
    answer = send(clerk, path, **moved)
    assert answer.status_code == 303
    after = shared_desk(own_site).matter_file("zzb-26-10072-1")
    assert after.posture.dates.contacts_due == date(2026, 8, 28)
    assert after.posture.dates.lm_end == file.posture.dates.lm_end
    assert send(clerk, path, **(moved | {"lm_end": "2020-01-01"})).status_code == 400
    assert send(clerk, path, reason="none typed").status_code == 400


def test_a_paper_is_issued_from_its_page_by_who_is_signed_in_with_the_reason(clerk, own_site, send):
    path = "/matters/zzb-26-10026-1/papers/docket-note"
    assert send(clerk, f"{path}/issue").status_code == 409
    answer = send(clerk, f"{path}/issue", reason="owed since the dismissal")
    assert answer.status_code == 303
    (paper,) = shared_desk(own_site).matter_file("zzb-26-10026-1").papers
    assert paper.issued_by == "Clara Quill"
    assert "Why: owed since the dismissal." in _words(clerk.get(answer.headers["Location"]))
    assert "issued by Clara Quill" in _words(clerk.get("/matters/zzb-26-10026-1"))


def test_others_than_the_clerk_see_no_form_and_no_history(still_site, signed_in):
    from_the_side = signed_in(still_site.test_client(), Role.DEBTOR_SIDE, matters=[RIPE])
    page = html.fromstring(from_the_side.get(f"/matters/{RIPE}").text)
    assert page.xpath("//main//form") == []
    assert page.xpath("//*[@id='history']") == []
    assert page.xpath("//a[.='wrong?']") == []
