"""One's own account and the administrator's page of people: each change asks for what shows that it may be made."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from lxml import html

from docketbridge.casework.rights import Role
from docketbridge.ledger.tables.people_rows import SecondFactorRow
from docketbridge.ledger.tables.rows import Base

HERONS, TERNS = "seven herons on a mudflat", "nine terns over the breakwater"


def _inside(client) -> bool:
    return client.get("/account").status_code == 200


def _enrolled(door, client) -> tuple[str, tuple[str, ...]]:
    """Set a second factor up as a person does, half a minute ago; its secret and its recovery codes."""
    begun = door.post(client, "/account/second-factor/begin", password=HERONS)
    assert begun.headers["Location"] == "/account/second-factor"
    page = html.fromstring(client.get("/account/second-factor").text)
    secret = page.cssselect("code")[0].text_content().replace(" ", "")
    code = pyotp.TOTP(secret).at(datetime.now(tz=UTC) - timedelta(seconds=30))
    shown = html.fromstring(door.post(client, "/account/second-factor", code=code).text)
    return secret, tuple(each.text_content() for each in shown.cssselect(".codes code"))


def test_a_password_is_changed_by_whoever_knows_the_one_before(door):
    door.add("perpetua")
    client, elsewhere = door.enter("perpetua"), door.enter("perpetua")
    before = client.get_cookie("docketbridge").value
    assert door.post(client, "/account/password", password="wrong", new=TERNS).status_code == 400
    assert door.post(client, "/account/password", password=HERONS, new=TERNS).status_code == 303
    assert _inside(client)
    assert client.get_cookie("docketbridge").value != before
    assert not _inside(elsewhere)
    assert not _inside(door.enter("perpetua", HERONS))
    assert _inside(door.enter("perpetua", TERNS))


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("fourteen signs", "at least 15 characters"),
        ("x" * 129, "at most 128 characters"),
        ("perpetua perpetua", "first that others try"),
        ("docketbridge-perpetua-1", "own or the site"),
    ],
)
def test_a_new_password_that_will_not_do_says_why_and_the_old_one_stays(door, new, why):
    door.add("perpetua")
    client = door.enter("perpetua")
    answer = door.post(client, "/account/password", password=HERONS, new=new)
    assert answer.status_code == 400
    assert why in answer.text
    assert _inside(door.enter("perpetua", HERONS))


def test_guessing_the_password_on_the_account_page_is_held_back_as_at_the_door(door):
    door.add("perpetua")
    client = door.enter("perpetua")
    for _ in range(5):
        door.post(client, "/account/password", password="wrong", new=TERNS)
    answer = door.post(client, "/account/password", password=HERONS, new=TERNS)
    assert "Too many tries" in answer.text


def test_a_second_factor_is_set_up_with_a_picture_from_our_own_pages(door):
    door.add("perpetua")
    client = door.enter("perpetua")
    assert client.get("/account/second-factor").headers["Location"] == "/account"
    door.post(client, "/account/second-factor/begin", password=HERONS)
    picture = client.get("/account/second-factor.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert b"<script" not in picture.data
    page = client.get("/account/second-factor").text
    assert 'src="/account/second-factor.svg"' in page
    assert door.post(client, "/account/second-factor", code="000000").status_code == 400
    assert not door.people.factors.state("perpetua").confirmed


def test_once_it_counts_its_secret_is_never_shown_again(door):
    door.add("perpetua")
    client = door.enter("perpetua")
    secret, codes = _enrolled(door, client)
    assert len(set(codes)) == 10
    assert client.get("/account/second-factor").status_code == 302
    assert client.get("/account/second-factor.svg").status_code == 404
    account = client.get("/account").text
    assert secret not in account
    assert not any(code in account for code in codes)
    assert "10 of 10 recovery codes" in re.sub(r"\s+", " ", account)


def test_the_secret_that_waits_is_shown_to_its_person_only(door):
    door.add("perpetua")
    door.add("somebody")
    door.post(door.enter("perpetua"), "/account/second-factor/begin", password=HERONS)
    assert door.enter("somebody").get("/account/second-factor.svg").status_code == 404


def test_setting_it_up_ends_the_visits_that_did_without(door):
    door.add("perpetua")
    client, elsewhere = door.enter("perpetua"), door.enter("perpetua")
    _enrolled(door, client)
    assert _inside(client)
    assert not _inside(elsewhere)


def test_with_a_second_factor_a_short_password_does_and_without_it_does_not(door):
    door.add("perpetua")
    client = door.enter("perpetua")
    _enrolled(door, client)
    assert door.post(client, "/account/password", password=HERONS, new="mudflats").status_code == 303
    refused = door.post(client, "/account/second-factor/remove", password="mudflats")
    assert refused.status_code == 400
    assert "Change your password first" in refused.text
    assert door.post(client, "/account/password", password="mudflats", new=TERNS).status_code == 303
    assert door.post(client, "/account/second-factor/remove", password=TERNS).status_code == 303
    assert _inside(door.enter("perpetua", TERNS))
    assert door.rows(SecondFactorRow.__table__) == []


def test_a_person_sees_where_it_is_signed_in_and_ends_it_there(door):
    door.add("perpetua")
    client, elsewhere = door.enter("perpetua"), door.enter("perpetua")
    handles = {visit.handle for visit in door.people.door.visits("perpetua")}
    (button,) = html.fromstring(client.get("/account").text).cssselect('form[action*="/account/visits/"][action$="/end"]')
    assert button.get("action").split("/")[3] in handles
    assert door.post(client, button.get("action")).status_code == 303
    assert _inside(client)
    assert not _inside(elsewhere)
    another = door.enter("perpetua")
    door.post(client, "/account/visits/end-others")
    assert not _inside(another)
    assert _inside(client)


def test_nobody_ends_another_person_s_visit(door):
    door.add("perpetua")
    door.add("somebody")
    client, other = door.enter("perpetua"), door.enter("somebody")
    (visit,) = door.people.door.visits("somebody")
    assert door.post(client, f"/account/visits/{visit.handle}/end").status_code == 404
    assert _inside(other)


def test_a_calendar_address_is_shown_once_renewed_and_ended_by_its_person(door):
    door.add("perpetua")
    client = door.enter("perpetua")
    first = _address(door.post(client, "/account/calendars", scope="all"))
    reader = door.browser()
    assert reader.get(first).status_code == 200
    assert first.split("/")[-1] not in client.get("/account").text
    token = re.search(r"/account/calendars/(\w+)/rotate", client.get("/account").text)[1]
    second = _address(door.post(client, f"/account/calendars/{token}/rotate"))
    assert (reader.get(first).status_code, reader.get(second).status_code) == (410, 200)
    token = re.search(r"/account/calendars/(\w+)/revoke", client.get("/account").text)[1]
    assert door.post(client, f"/account/calendars/{token}/revoke").status_code == 303
    assert reader.get(second).status_code == 410


def _address(answer) -> str:
    assert answer.headers["Cache-Control"] == "private, no-store"
    return re.search(r"(/calendars/[A-Za-z0-9_-]{43}\.ics)", answer.text)[1]


def test_nobody_touches_another_person_s_address(door):
    door.add("perpetua")
    door.add("somebody")
    door.post(door.enter("perpetua"), "/account/calendars", scope="all")
    token = door.rows(Base.metadata.tables["calendar_token"])[0][0]
    thief = door.enter("somebody")
    assert door.post(thief, f"/account/calendars/{token}/rotate").status_code == 404
    assert door.post(thief, f"/account/calendars/{token}/revoke").status_code == 404


@pytest.mark.parametrize(
    "scope", ["all", "mediator:somebody-else", "trustee:a-b-c", "judge:dfl", "case:26-10047", "matter:x", "lunch"]
)
def test_a_mediator_has_no_calendar_but_the_own_ones(door, scope):
    door.add("mediator", Role.MEDIATOR, id="a-b-c")
    client = door.enter("mediator")
    assert door.post(client, "/account/calendars", scope=scope).status_code == 404
    assert door.post(client, "/account/calendars", scope="mediator:a-b-c").status_code == 200


def test_an_address_ends_with_its_person_s_account(door):
    door.add("perpetua")
    address = _address(door.post(door.enter("perpetua"), "/account/calendars", scope="all"))
    door.people.disable("perpetua", reason="left")
    assert door.browser().get(address).status_code == 410


def _admin(door):
    door.add("admin", Role.ADMINISTRATOR)
    return door.enter("admin")


def test_an_administrator_adds_a_person_who_may_sign_in_at_once(door):
    client = _admin(door)
    fields = {"account": "Judge.DFL", "role": "judge", "scope_id": "DFL", "name": "Delphine F. Larrabee", "new": TERNS}
    assert door.post(client, "/people", **fields).status_code == 303
    assert _inside(door.enter("judge.dfl", TERNS))
    page = client.get("/people/judge.dfl").text
    assert "Delphine F. Larrabee" in page
    assert "added" in page


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"account": "admin", "role": "clerk", "new": TERNS}, "there is an account"),
        ({"account": "a b", "role": "clerk", "new": TERNS}, "2 to 64 letters"),
        ({"account": "jj", "role": "judge", "new": TERNS}, "wants an id"),
        ({"account": "dd", "role": "debtor_side", "new": TERNS}, "name one at least"),
        ({"account": "dd", "role": "debtor_side", "matters": "zzb-26-99999-1", "new": TERNS}, "no matter"),
        ({"account": "cc", "role": "clerk", "matters": "zzb-26-99999-1", "new": TERNS}, "no matter"),
        ({"account": "cc", "role": "emperor", "new": TERNS}, "choose a role"),
        ({"account": "cc", "role": "clerk", "new": "short"}, "at least 15"),
        ({"account": "cc", "role": "clerk", "email": "not one", "new": TERNS}, "NAME@HOST"),
    ],
)
def test_a_person_who_cannot_be_is_not_added_and_the_page_says_why(door, fields, why):
    client = _admin(door)
    answer = door.post(client, "/people", **fields)
    assert answer.status_code == 400
    assert why in html.fromstring(answer.text).text_content()
    assert len(door.people.all()) == 1


def test_every_change_wants_a_reason_and_keeps_it_with_who_made_it(door):
    client = _admin(door)
    door.add("perpetua")
    assert "say why" in door.post(client, "/people/perpetua/active", active="no").text
    assert door.people.person("perpetua").active
    door.post(client, "/people/perpetua/active", active="no", reason="on leave until spring")
    door.post(client, "/people/perpetua/active", active="yes", reason="back")
    door.post(client, "/people/perpetua", name="Perpetua L.", email="p@court.example", reason="married")
    told = [(each.what, each.by, each.reason) for each in door.people.changes("perpetua")]
    assert told[:3] == [
        ("changed", "admin", "married"),
        ("enabled", "admin", "back"),
        ("disabled", "admin", "on leave until spring"),
    ]
    assert "on leave until spring" in client.get("/people/perpetua").text


def test_a_lost_device_is_reset_with_a_new_password(door):
    client = _admin(door)
    door.add("perpetua")
    own = door.enter("perpetua")
    _enrolled(door, own)
    door.post(client, "/people/perpetua/password", new=TERNS, reset_factor="yes", reason="telephone lost")
    assert not _inside(own)
    assert _inside(door.enter("perpetua", TERNS))
    assert door.people.changes("perpetua")[0].what == "password and factor"


def test_an_administrator_ends_every_visit_of_a_person(door):
    client = _admin(door)
    door.add("perpetua")
    own = door.enter("perpetua")
    door.post(client, "/people/perpetua/visits/end", reason="a laptop was lost")
    assert not _inside(own)


def test_an_administrator_does_not_lock_itself_out(door):
    client = _admin(door)
    assert door.post(client, "/people/admin/active", active="no", reason="tired").status_code == 400
    assert door.post(client, "/people/admin/password", new=TERNS, reason="tired").status_code == 400
    assert _inside(client)
    page = client.get("/people/admin").text
    assert "/people/admin/active" not in page


def test_what_is_done_to_people_is_in_the_audit(door):
    client = _admin(door)
    door.add("perpetua")
    door.post(client, "/people/perpetua/active", active="no", reason="left")
    told = [line for line in door.rows(Base.metadata.tables["audit"]) if "perpetua disabled" in line]
    assert "admin" in told[-1]
    assert "changed_person" in told[-1]


def test_a_person_who_is_not_there_is_a_plain_page(door):
    assert _admin(door).get("/people/nobody-here").status_code == 404
