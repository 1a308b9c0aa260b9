"""A person's notes and digest at the site: own wishes only, changed by forms, with today's digest on the screen."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from docketbridge.app import create_app
from docketbridge.casework.notices.subscribing import subscribe, subscriber
from docketbridge.casework.rights import Role
from docketbridge.settings import Settings
from docketbridge.testing import form_token
from docketbridge.web.site import shared_desk

MATTER = "zzb-26-10123-1"


@pytest.fixture
def page(site, signed_in):
    """Sign somebody in; then the page's words, and a way to post its forms."""

    def enter(account, role=Role.CLERK, **whose):
        client = signed_in(site.test_client(), role, account=account, **whose)

        def words():
            return " ".join(html.fromstring(client.get("/subscriptions").get_data()).text_content().split())

        def post(address="/subscriptions", **told):
            return client.post(address, data={"csrf_token": form_token(client), **told}, follow_redirects=True)

        return client, words, post

    return enter


def test_somebody_new_follows_nothing_and_sees_today_s_digest(page):
    _, words, _ = page("new-clerk")
    told = words()
    assert "You follow nothing yet." in told
    assert "The digest as it would be now, Wed 19 Aug 2026" in told
    for title in ("Overdue", "Today", "Next 7 days", "Changed"):
        assert title in told
    assert "no e-mail address" in told


def test_following_keeping_the_digest_and_ending_are_forms(site, page):
    client, words, post = page("forms-clerk")
    assert post(scope="matter", matter=MATTER, wish="posture", channel="digest").status_code == 200
    assert MATTER in words()
    assert "in the digest" in words()
    assert post("/subscriptions/digest", wanted="yes", at="06:45").status_code == 200
    own = subscriber(shared_desk(site), "forms-clerk")
    assert (own.digest.wanted, own.digest.at, own.digest.court) == (True, "06:45", "zzb")
    assert own.subscriptions[0].scope.startswith("matter:")
    assert post(f"/subscriptions/{own.subscriptions[0].id}/end").status_code == 200
    assert "You follow nothing yet." in words()
    assert client.get("/subscriptions").status_code == 200


def test_what_cannot_be_followed_is_said_beside_the_form(page):
    _, _, post = page("wrong-clerk")
    answer = post(scope="matter", matter="zzb-26-99999-1", wish="posture", channel="mail")
    assert answer.status_code == 400
    assert "no matter" in answer.get_data(as_text=True)
    assert post("/subscriptions/digest", wanted="yes", at="noon").status_code == 400


def test_another_s_subscription_cannot_be_ended_or_seen(site, page):
    page("owning-clerk")
    other = subscribe(shared_desk(site), "owning-clerk", scope="judge:xyz", wish="dates", channel="mail")
    _, words, post = page("other-clerk")
    assert post(f"/subscriptions/{other.id}/end").status_code == 404
    assert "judge:xyz" not in words()
    assert len(subscriber(shared_desk(site), "owning-clerk").subscriptions) == 1


def test_a_mediator_s_page_names_own_matters_only_and_offers_no_tasks(page):
    client, words, post = page("own-mediator", Role.MEDIATOR, scope_id="ruth-e-calloway-finch")
    assert post(scope="matter", matter=MATTER, wish="posture", channel="mail").status_code == 400
    assert MATTER not in words()
    form = html.fromstring(client.get("/subscriptions").get_data())
    assert "task" not in form.xpath("//select[@name='wish']//option/@value")


def test_an_administrator_is_told_that_there_is_nothing_to_follow(page):
    _, words, _ = page("keeping", Role.ADMINISTRATOR)
    assert "An administrator has no matters to be told of." in words()


def test_a_post_without_the_form_s_token_changes_nothing(site, page):
    client, _, _ = page("forged-clerk")
    assert client.post("/subscriptions", data={"scope": "all", "wish": "everything", "channel": "mail"}).status_code == 400
    assert subscriber(shared_desk(site), "forged-clerk").subscriptions == ()


def test_the_page_holds_no_inline_script_or_style(page):
    client, _, _ = page("strict-clerk")
    tree = html.fromstring(client.get("/subscriptions").get_data())
    assert tree.xpath("//@style") == []
    assert [each for each in tree.cssselect("script") if not each.get("src")] == []


def test_an_empty_ledger_has_the_page_too(tmp_path, signed_in):
    app = create_app(Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'l.sqlite'}"), today=date(2026, 8, 19))
    client = signed_in(app.test_client(), Role.CLERK)
    assert client.get("/subscriptions").status_code == 200
    shared_desk(app).engine.dispose()
