"""Signing in begins a visit, which lasts while it is used and ends everywhere; guessing is slow, and told nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from docketbridge.casework.rights import Role
from docketbridge.ledger.tables.people_rows import SignInFailureRow, VisitRow
from docketbridge.ledger.tables.rows import Base

HERONS = "seven herons on a mudflat"
OWN = "/account"  # a page that everybody has


def _inside(client) -> bool:
    return client.get(OWN).status_code == 200


def test_a_person_signs_in_with_account_and_password_and_is_named_on_every_page(door):
    door.add("perpetua", name="Perpetua Lindqvist")
    client = door.enter("perpetua")
    assert "Perpetua Lindqvist" in client.get(OWN).text


def test_the_account_is_found_in_any_case_and_the_password_only_as_it_is(door):
    door.add("perpetua")
    assert _inside(door.enter("Perpetua"))
    assert not _inside(door.enter("perpetua", HERONS.upper()))


def test_who_is_not_signed_in_is_led_to_the_form_and_from_there_to_the_page(door):
    door.add("perpetua")
    client = door.browser()
    led = client.get("/matters?state=ripe")
    assert led.headers["Location"] == "/sign-in?next=/matters%3Fstate%3Dripe"
    answer = door.post(client, "/sign-in", account="perpetua", password=HERONS, next="/matters?state=ripe")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/matters?state=ripe")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "http:elsewhere.example",
        "javascript:alert(1)",
        "/nothing-here",
        "/sign-in",
        "///elsewhere.example",
        "/%2F%2Felsewhere.example",
        "/account\r\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(door, elsewhere):
    door.add("perpetua")
    home = door.post(door.browser(), "/sign-in", account="perpetua", password=HERONS).headers["Location"]
    client = door.browser()
    answer = door.post(client, "/sign-in", account="perpetua", password=HERONS, next=elsewhere)
    assert answer.headers["Location"] == home
    assert client.get(home).status_code == 200
    assert client.get("/sign-in", query_string={"next": elsewhere}).headers["Location"] == home


def test_an_instance_without_accounts_says_what_to_run(door):
    assert "docketbridge user add NAME --role clerk" in door.browser().get("/sign-in").text


def test_a_wrong_password_and_an_unknown_account_are_told_the_same(door):
    door.add("perpetua")
    answers = [
        door.post(door.browser(), "/sign-in", account=account, password="nothing like it")
        for account in ("perpetua", "nobody-here")
    ]
    told = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert told[0] == told[1]


def test_what_was_typed_as_an_account_is_shown_as_text(door):
    door.add("perpetua")
    shown = door.post(door.browser(), "/sign-in", account='"><script>alert(1)</script>', password="x").text
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_the_cookie_is_for_our_pages_only_and_holds_no_name(door):
    door.add("perpetua")
    answer = door.post(door.browser(), "/sign-in", account="perpetua", password=HERONS)
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("docketbridge=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert len(cookie.split(";")[0].partition("=")[2]) == 43
    assert "Expires" not in cookie


def test_behind_tls_the_cookies_are_bound_to_this_host_and_never_sent_in_the_open(door):
    door.add("perpetua")
    door.app.config["HTTPS"] = True
    client = door.browser()
    page = client.get("/sign-in", base_url="https://localhost")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    fields = {"account": "perpetua", "password": HERONS, "csrf_token": token}
    answer = client.post("/sign-in", data=fields, base_url="https://localhost")
    cookies = [*page.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]
    assert {each.partition("=")[0] for each in cookies} == {"__Host-docketbridge", "__Host-docketbridge-form"}
    assert all({"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(each.split("; ")) for each in cookies)
    assert not any("Domain" in each for each in cookies)
    assert client.get(OWN, base_url="https://localhost").status_code == 200


def test_signing_in_takes_a_new_secret_so_that_a_planted_one_opens_nothing(door):
    door.add("perpetua")
    client = door.browser()
    client.set_cookie("docketbridge", "planted-by-somebody-else-0123456789012345678")
    door.enter("perpetua", client=client)
    first = client.get_cookie("docketbridge").value
    assert first != "planted-by-somebody-else-0123456789012345678"
    door.post(client, "/sign-in", account="perpetua", password=HERONS)
    assert client.get_cookie("docketbridge").value != first
    thief = door.browser()
    for stolen in ("planted-by-somebody-else-0123456789012345678", first):
        thief.set_cookie("docketbridge", stolen)
        assert not _inside(thief)


def test_what_a_form_was_checked_by_before_signing_in_is_of_no_use_after(door):
    door.add("perpetua")
    client = door.browser()
    with client.session_transaction() as kept:
        kept.update(csrf_token="planted")
    door.post(client, "/sign-in", account="perpetua", password=HERONS)
    with client.session_transaction() as kept:
        assert "csrf_token" not in kept


def test_signing_out_ends_the_visit_for_whoever_kept_the_cookie_too(door):
    door.add("perpetua")
    client = door.enter("perpetua")
    kept = client.get_cookie("docketbridge").value
    answer = door.post(client, "/sign-out")
    assert answer.headers["Location"] == "/sign-in"
    assert client.get_cookie("docketbridge") is None
    client.set_cookie("docketbridge", kept)
    assert not _inside(client)


def test_a_visit_ends_when_nothing_was_asked_for_in_half_an_hour(door):
    door.add("perpetua")
    client = door.enter("perpetua")
    door.change(VisitRow, seen_at=datetime.now(tz=UTC) - timedelta(minutes=29))
    assert _inside(client)  # and from here on half an hour runs again
    assert _inside(client)
    door.change(VisitRow, seen_at=datetime.now(tz=UTC) - timedelta(minutes=30, seconds=1))
    assert not _inside(client)


def test_a_visit_ends_after_half_a_day_however_busy(door):
    door.add("perpetua")
    client = door.enter("perpetua")
    door.change(VisitRow, until=datetime.now(tz=UTC) - timedelta(seconds=1))
    assert not _inside(client)


@pytest.mark.parametrize("how", ["disabled", "password", "visits"])
def test_an_administrator_ends_every_visit_at_once(door, how):
    door.add("perpetua")
    clients = [door.enter("perpetua"), door.enter("perpetua")]
    assert all(_inside(each) for each in clients)
    match how:
        case "disabled":
            door.people.disable("perpetua", reason="left the court")
        case "password":
            door.people.set_password("perpetua", "nine terns over the breakwater", reason="forgotten")
        case _:
            door.people.end_visits("perpetua", reason="a lost laptop")
    assert not any(_inside(each) for each in clients)


def test_a_change_of_rights_ends_the_visits_that_had_the_old_ones(door):
    door.add("mediator", Role.MEDIATOR, id="a-b-c")
    client = door.enter("mediator")
    door.people.change("mediator", name="M", email="", scope_id="d-e-f", reason="wrong id")
    assert not _inside(client)


def test_a_disabled_person_is_not_let_in_and_told_as_anybody(door):
    door.add("perpetua")
    door.add("somebody-else")
    door.people.disable("perpetua", reason="on leave")
    answer = door.post(door.browser(), "/sign-in", account="perpetua", password=HERONS)
    assert answer.status_code == 401
    assert "do not go together" in answer.text


def test_after_five_wrong_passwords_the_right_one_must_wait_and_longer_each_time(door):
    door.add("perpetua")
    for _ in range(5):
        assert door.post(door.browser(), "/sign-in", account="perpetua", password="wrong").status_code == 401
    held = door.post(door.browser(), "/sign-in", account="perpetua", password=HERONS)
    assert held.status_code == 429
    first = int(held.headers["Retry-After"])
    assert 0 < first <= 30
    door.change(SignInFailureRow, held_until=datetime.now(tz=UTC) - timedelta(seconds=1))
    assert door.post(door.browser(), "/sign-in", account="perpetua", password="wrong").status_code == 401
    assert int(door.post(door.browser(), "/sign-in", account="perpetua", password="wrong").headers["Retry-After"]) > first
    door.change(SignInFailureRow, held_until=None)
    assert _inside(door.enter("perpetua"))
    assert not _inside(door.enter("perpetua", "wrong"))
    assert _inside(door.enter("perpetua"))


def test_an_account_that_there_is_not_is_held_back_the_same(door):
    door.add("perpetua")
    for _ in range(5):
        door.post(door.browser(), "/sign-in", account="nobody-here", password="wrong")
    assert door.post(door.browser(), "/sign-in", account="nobody-here", password="wrong").status_code == 429
    assert _inside(door.enter("perpetua"))


def test_no_name_that_was_typed_is_kept_where_sign_ins_failed(door):
    door.post(door.browser(), "/sign-in", account="my-real-password", password="wrong")
    assert door.rows(Base.metadata.tables["sign_in_failure"])
    assert "my-real-password" not in repr([door.rows(table) for table in Base.metadata.sorted_tables])


def test_of_password_and_cookie_only_digests_are_kept(door):
    door.add("perpetua")
    client = door.enter("perpetua")
    secret = client.get_cookie("docketbridge").value
    held = repr([door.rows(table) for table in Base.metadata.sorted_tables])
    assert secret not in held
    assert HERONS not in held
    assert "$argon2id$" in held


def _protected(door, account: str = "perpetua") -> tuple[str, tuple[str, ...]]:
    """A second factor set up a while ago; its secret and its recovery codes."""
    secret = door.people.factors.offer(account).secret
    codes = door.people.factors.confirm(account, pyotp.TOTP(secret).at(datetime.now(tz=UTC) - timedelta(seconds=30)))
    assert codes is not None
    return secret, codes


def test_with_a_second_factor_the_password_alone_opens_nothing(door):
    door.add("perpetua")
    secret, _ = _protected(door)
    client = door.browser()
    answer = door.post(client, "/sign-in", account="perpetua", password=HERONS, next="/account")
    assert answer.headers["Location"] == "/sign-in/code?next=/account"
    assert not _inside(client)
    assert door.post(client, "/sign-out").status_code == 401
    half = client.get_cookie("docketbridge").value
    entered = door.post(client, "/sign-in/code", code=pyotp.TOTP(secret).now(), next="/account")
    assert entered.headers["Location"] == "/account"
    assert client.get_cookie("docketbridge").value != half
    assert _inside(client)


def test_a_code_is_good_once(door):
    door.add("perpetua")
    secret, _ = _protected(door)
    code = pyotp.TOTP(secret).now()
    first, second = door.enter("perpetua"), door.enter("perpetua")
    assert door.post(first, "/sign-in/code", code=code).status_code == 303
    assert door.post(second, "/sign-in/code", code=code).status_code == 401
    assert not _inside(second)


def test_a_code_of_long_ago_is_refused(door):
    door.add("perpetua")
    secret, _ = _protected(door)
    client = door.enter("perpetua")
    old = pyotp.TOTP(secret).at(datetime.now(tz=UTC) - timedelta(minutes=5))
    assert door.post(client, "/sign-in/code", code=old).status_code == 401


def test_a_recovery_code_stands_in_once_however_it_is_typed(door):
    door.add("perpetua")
    _, codes = _protected(door)
    assert len(set(codes)) == 10
    assert door.post(door.enter("perpetua"), "/sign-in/code", code=codes[3].upper().replace("-", " ")).status_code == 303
    assert door.post(door.enter("perpetua"), "/sign-in/code", code=codes[3]).status_code == 401
    assert door.people.factors.state("perpetua").recovery_left == 9


def test_a_right_password_does_not_forget_wrong_codes(door):
    door.add("perpetua")
    secret, _ = _protected(door)
    for _ in range(5):
        assert door.post(door.enter("perpetua"), "/sign-in/code", code="000000").status_code == 401
    held = door.post(door.enter("perpetua"), "/sign-in/code", code=pyotp.TOTP(secret).now())
    assert held.status_code == 429


def test_half_a_visit_lasts_five_minutes(door):
    door.add("perpetua")
    secret, _ = _protected(door)
    client = door.enter("perpetua")
    door.change(VisitRow, until=datetime.now(tz=UTC) - timedelta(seconds=1))
    answer = door.post(client, "/sign-in/code", code=pyotp.TOTP(secret).now())
    assert answer.headers["Location"].startswith("/sign-in")
    assert not _inside(client)


def test_the_secret_of_a_second_factor_is_sealed_in_the_ledger(door):
    door.add("perpetua")
    secret, codes = _protected(door)
    held = repr([door.rows(table) for table in Base.metadata.sorted_tables])
    assert secret not in held
    assert not any(code in held or code.replace("-", "") in held for code in codes)


def test_an_outdated_hash_is_made_anew_when_its_person_signs_in(door, monkeypatch):
    from argon2 import PasswordHasher

    from docketbridge.casework.people import passwords

    door.add("perpetua")
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert _inside(door.enter("perpetua"))
    assert "m=16,t=2" in repr(door.rows(Base.metadata.tables["person"]))


def test_more_tries_in_a_minute_than_a_person_makes_are_refused_before_they_are_looked_at(door):
    client = door.browser()
    fields = {"account": "x", "password": "y", "csrf_token": "none"}
    door.app.config["WTF_CSRF_ENABLED"] = False
    statuses = [client.post("/sign-in", data=fields | {"account": f"a{n}"}).status_code for n in range(31)]
    assert statuses[:30] == [401] * 30
    assert statuses[30] == 429
