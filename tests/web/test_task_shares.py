"""Whose tasks are whose: shares by judge or last digits, one's own queue first, and covers for who is away."""

from __future__ import annotations

import pytest
from lxml import html

from docketbridge.casework.rights import Role


def _words(answer) -> str:
    return " ".join(html.fromstring(answer.text).text_content().split())


def _due(answer) -> set[str]:
    return {each.text_content() for each in html.fromstring(answer.text).xpath("//section[.//h2[@id='due']]//a[@class='case']")}


@pytest.fixture
def colleague(own_site, signed_in):
    return signed_in(own_site.test_client(), Role.CLERK, account="bpell", name="Bram Pell")


def test_without_shares_a_clerk_sees_all_tasks(clerk):
    assert {"26-10091", "26-10104"} <= _due(clerk.get("/today"))


def test_a_share_by_judge_is_one_s_own_queue_first_and_all_is_one_click_away(clerk, send):
    assert send(clerk, "/task-shares", account="cquill", judges="DFL").status_code == 303
    own = _due(clerk.get("/today"))
    assert "26-10091" in own
    assert "26-10104" not in own
    assert "26-10104" in _due(clerk.get("/today?whose=all"))


def test_a_share_by_last_digits_holds_the_cases_that_end_so(clerk, send):
    send(clerk, "/task-shares", account="cquill", digits="4, 5")
    assert _due(clerk.get("/today")) == {"26-10104", "26-10115"}


def test_an_empty_share_takes_it_back(clerk, send):
    send(clerk, "/task-shares", account="cquill", judges="dfl")
    send(clerk, "/task-shares", account="cquill")
    assert "26-10104" in _due(clerk.get("/today"))


def test_an_absent_colleague_s_tasks_are_taken_over_and_handed_back_all_of_it_told(clerk, colleague, send):
    send(clerk, "/task-shares", account="cquill", judges="mwh")
    send(clerk, "/task-shares", account="bpell", judges="dfl")
    assert "26-10091" not in _due(clerk.get("/today"))
    fields = {"absent": "bpell", "through": "2026-08-21", "reason": "on leave"}
    assert send(clerk, "/task-shares/cover", **fields).status_code == 303
    page = clerk.get("/today")
    assert {"26-10091", "26-10104"} <= _due(page)
    assert "You do the tasks of Bram Pell through Fri 21 Aug 2026: on leave." in _words(page)
    assert "Clara Quill does it through Fri 21 Aug 2026: on leave" in _words(colleague.get("/task-shares"))
    assert send(colleague, "/task-shares/hand-back", absent="bpell").status_code == 303
    assert "26-10091" not in _due(clerk.get("/today"))
    told = _words(clerk.get("/task-shares"))
    assert "Clara Quill (cquill): Clara Quill does the tasks of Bram Pell through Fri 21 Aug 2026" in told
    assert "Bram Pell (bpell): tasks handed back to Bram Pell" in told


@pytest.mark.usefixtures("colleague")
def test_another_s_queue_can_be_looked_at(clerk, send):
    send(clerk, "/task-shares", account="bpell", digits="1")
    assert _due(clerk.get("/today?whose=bpell")) == {"26-10091", "26-10131"}


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/task-shares", {"account": "nobody", "judges": "dfl"}, "is nobody of the clerk's office"),
        ("/task-shares", {"account": "cquill", "judges": "d.f.l."}, "initials"),
        ("/task-shares", {"account": "cquill", "digits": "odd"}, "last digits"),
        ("/task-shares/cover", {"absent": "cquill", "through": "2026-08-21", "reason": "so"}, "one's own already"),
        ("/task-shares/cover", {"absent": "bpell", "through": "2026-08-18", "reason": "so"}, "has gone by"),
        ("/task-shares/cover", {"absent": "bpell", "through": "2026-08-21"}, "say why"),
        ("/task-shares/hand-back", {"absent": "bpell"}, "nobody has taken over"),
    ],
)
def test_what_cannot_be_is_refused_in_plain_words(still_site, signed_in, send, path, fields, said):
    signed_in(still_site.test_client(), Role.CLERK, account="bpell", name="Bram Pell")
    client = signed_in(still_site.test_client(), Role.CLERK, account="cquill", name="Clara Quill")
    answer = send(client, path, **fields)
    assert answer.status_code == 400
    assert said in _words(answer)


def test_a_share_of_nobody_is_no_queue(reader):
    assert reader.get("/today?whose=somebody").status_code == 404
