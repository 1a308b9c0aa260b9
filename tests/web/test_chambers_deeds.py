"""What chambers do from a matter's page: their own tasks and the hearings they set, and nothing of the clerk's."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest
from lxml import html

from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.review.task_doing import do_task
from docketbridge.casework.rights import CHAMBERS_TASKS, Acting, Role, ask_for_task, may_do_task
from docketbridge.domain.fold.task_kinds import KINDS
from docketbridge.errors import RightsError
from docketbridge.web.site import shared_desk

OBJECTED, UNKEPT = "zzb-26-10131-1", "zzb-26-10047-2"


@pytest.fixture
def judge(own_site, signed_in):
    """The browser of Judge Larrabee."""
    return signed_in(own_site.test_client(), Role.JUDGE, scope_id="dfl", name="Delphine F. Larrabee")


def _forms(page: str) -> set[str]:
    return {str(each) for each in html.fromstring(page).xpath("//main//form/@action")}


def test_an_objection_is_screened_by_the_judge_from_the_list_of_those_to_screen(judge, own_site, send):
    page = html.fromstring(judge.get("/chambers").text)
    (link,) = page.xpath("//section[@aria-labelledby='objections']//tr[contains(., '26-10131')]//a[.='Screen…']/@href")
    assert link == f"/matters/{OBJECTED}#task-screen-objection"
    shown = judge.get(f"/matters/{OBJECTED}").text
    assert f"/matters/{OBJECTED}/tasks/screen-objection" in _forms(shown)
    answer = send(judge, f"/matters/{OBJECTED}/tasks/screen-objection", choice="hearing")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/matters/{OBJECTED}#tasks")
    keys = [task.key for task in shared_desk(own_site).matter_file(OBJECTED).posture.tasks]
    assert "screen-objection" not in keys
    assert "set-hearing" in keys
    told = " ".join(html.fromstring(judge.get(f"/matters/{OBJECTED}").text).text_content().split())
    assert "screen-objection done: hearing" in told
    assert "Delphine F. Larrabee" in told
    assert f"/matters/{OBJECTED}/tasks/set-hearing" in _forms(judge.get(f"/matters/{OBJECTED}").text)


def test_an_order_to_sign_is_decided_by_the_judge_with_a_reason(judge, own_site, send):
    number = "zzb-26-10123-1"
    refused = send(judge, f"/matters/{number}/tasks/sign-order")
    assert refused.status_code == 400
    answer = send(judge, f"/matters/{number}/tasks/sign-order", reason="declined from the bench, order to follow")
    assert answer.status_code == 303
    assert "sign-order" not in [task.key for task in shared_desk(own_site).matter_file(number).posture.tasks]


def test_what_is_the_clerk_s_is_offered_to_no_judge_and_refused(judge, own_site, send):
    (task,) = [each for each in shared_desk(own_site).matter_file(UNKEPT).posture.tasks if each.key == "request-sheet"]
    shown = judge.get(f"/matters/{UNKEPT}").text
    assert task.what in shown
    assert _forms(shown) == set()
    assert send(judge, f"/matters/{UNKEPT}/tasks/request-sheet", reason="done").status_code == 403
    assert send(judge, f"/matters/{UNKEPT}/docket-checked", through="2026-08-19T10:00", reason="seen").status_code == 403
    assert task.key in [each.key for each in shared_desk(own_site).matter_file(UNKEPT).posture.tasks]


def test_each_task_is_done_by_the_roles_it_is_for_and_by_nobody_else():
    for role, key in product(Role, KINDS):
        acting = Acting(role=role, id="anybody", account="anybody")
        wanted = role is Role.CLERK or (role is Role.JUDGE and key in CHAMBERS_TASKS)
        assert may_do_task(acting, key) is wanted, (role, key)
        if wanted:
            ask_for_task(acting, key)
        else:
            with pytest.raises(RightsError, match=f"may not do task {key}"):
                ask_for_task(acting, key)
    assert {"screen-objection", "extension-ruling", "sign-order", "pro-se-hearing"} <= CHAMBERS_TASKS
    assert {"request-sheet", "order-dates", "docket-note", "is-it-joint", "close"}.isdisjoint(CHAMBERS_TASKS)


def test_the_right_is_asked_beneath_the_pages_too(own_site):
    desk = shared_desk(own_site)
    acting = Acting(role=Role.JUDGE, id="dfl", account="judge-dfl")
    hand = Hand(by="Delphine F. Larrabee", at=datetime(2026, 8, 19, 15, tzinfo=UTC), reason="seen")
    with pytest.raises(RightsError, match="judge:dfl may not do task request-sheet"):
        do_task(desk.on(desk.today, acting), UNKEPT, "request-sheet", hand)
