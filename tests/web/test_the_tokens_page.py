"""The page of one's own API tokens: made with the secret shown once, listed, ended; nobody else's."""

from __future__ import annotations

import re

from docketbridge.casework.rights import Role


def made(door, client, **fields):
    return door.post(client, "/account/tokens", **{"name": "the nightly script", "scope": "read:matters", **fields})


def test_a_token_is_made_with_its_secret_shown_once_and_works(door):
    door.add("cleo")
    client = door.enter("cleo")
    answer = made(door, client)
    secret = re.search(r"dbt_[\w-]{43}", answer.text).group()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    asked = door.browser().get("/api/v1/matters", headers={"Authorization": f"Bearer {secret}"})
    assert asked.status_code == 200
    again = client.get("/account/tokens").text
    assert "the nightly script" in again
    assert secret not in again
    token = re.search(r"/account/tokens/(\w+)/revoke", again).group(1)
    assert door.post(client, f"/account/tokens/{token}/revoke").status_code == 303
    assert door.browser().get("/api/v1/matters", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert "You have none" in client.get("/account/tokens").text


def test_only_what_goes_with_the_role_is_offered_and_given(door):
    door.add("tess", Role.TRUSTEE, id="tess-trustee")
    client = door.enter("tess")
    page = client.get("/account/tokens").text
    assert "read:payments" in page
    assert "write:decisions" not in page
    answer = made(door, client, scope="write:decisions")
    assert (answer.status_code, "does not go with a trustee" in answer.text) == (400, True)
    for fields in ({"name": ""}, {"scope": ""}, {"expires": "2099-01-01"}, {"expires": "soon"}):
        assert made(door, client, **fields).status_code == 400
    assert "You have none" in client.get("/account/tokens").text


def test_nobody_ends_another_s_token(door):
    door.add("cleo")
    door.add("clara")
    made(door, door.enter("cleo"))
    (token,) = door.people.tokens.tokens("cleo")
    assert door.post(door.enter("clara"), f"/account/tokens/{token.id}/revoke").status_code == 404
    assert door.people.tokens.is_live(door.people.tokens.tokens("cleo")[0])
