"""Single sign-on lets in who has an account here, as the provider says and proves it; a proxy's header counts from the proxy."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.wrappers import Request, Response

from docketbridge.app import create_app
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.rights import Role
from docketbridge.errors import SettingsError
from docketbridge.settings import Settings
from docketbridge.testing import form_token, sign_in
from docketbridge.web.limiting import limiter
from docketbridge.web.site import shared_desk
from tests.serving import served

CLIENT = "docketbridge-site"
SECRET = "the-client's-secret"  # noqa: S105 - of the provider below
EMAIL = "perpetua@court.example"
KEY = RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class Provider:
    """An OpenID provider on this machine: it says of whoever comes what a test lets it say."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"email": EMAIL, "email_verified": True, "sub": "42"})
    key: RSAKey = field(default_factory=lambda: KEY)
    challenge: str = ""
    nonce: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        request = Request(environ)
        match request.path:
            case "/.well-known/openid-configuration":
                told: dict[str, Any] = {
                    "issuer": self.address,
                    "authorization_endpoint": f"{self.address}/authorize",
                    "token_endpoint": f"{self.address}/token",
                    "jwks_uri": f"{self.address}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            case "/keys":
                told = {"keys": [KEY.as_dict(private=False)]}
            case _:
                told = self._token(request)
        return Response(json.dumps(told), mimetype="application/json")(environ, start)

    def _token(self, request: Request) -> dict[str, Any]:
        self.asked.append(request.form.to_dict())
        proof = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(proof).rstrip(b"=").decode() == self.challenge
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": self.nonce, **self.claims}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token}


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    with served(made) as made.address:
        yield made


@pytest.fixture
def browser(provider: Provider, tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser on a site that asks the provider; one clerk has an account without a password."""
    settings = Settings(
        folder=tmp_path,
        database=f"sqlite:///{tmp_path / 'ledger.sqlite'}",
        oidc_issuer=provider.address,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
    )
    app = create_app(settings)
    shared_desk(app).people.add(NewPerson(account="perpetua", role=Role.CLERK, email=EMAIL.title()), password=None)
    yield app.test_client()
    with app.app_context():
        limiter.reset()
    shared_desk(app).engine.dispose()


def _go(browser: FlaskClient, provider: Provider, **changes: str):
    """Go to the provider and come back as a browser does, with what a test changes on the way."""
    led = urlsplit(browser.get("/sign-in/court?next=/account").headers["Location"])
    asked = {name: values[0] for name, values in parse_qs(led.query).items()}
    assert f"{led.scheme}://{led.netloc}" == provider.address
    assert asked["code_challenge_method"] == "S256"
    assert asked["response_type"] == "code"
    provider.challenge, provider.nonce = asked["code_challenge"], changes.pop("nonce", asked["nonce"])
    return browser.get("/sign-in/court/back", query_string={"code": "one", "state": asked["state"], **changes})


def _inside(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200


def test_who_has_an_account_is_let_in_and_led_to_the_page_wanted(browser, provider):
    assert "court’s single sign-on" in browser.get("/sign-in").text
    answer = _go(browser, provider)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert _inside(browser)
    assert provider.asked[0]["code"] == "one"


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "somebody@else.example", "email_verified": True},
        {"email": EMAIL, "email_verified": False},
        {"email": EMAIL, "email_verified": "false"},
        {"email": ["perpetua@court.example"]},
        {"preferred_username": "perpetua"},
    ],
    ids=["unknown", "never checked", "never checked, in words", "a list", "another claim"],
)
def test_nobody_else_is_let_in_and_no_account_is_made(browser, provider, claims):
    provider.claims = {"sub": "42", **claims}
    assert _go(browser, provider).status_code == 403
    assert not _inside(browser)
    assert len(shared_desk(browser.application).people.all()) == 1


def test_a_disabled_person_is_not_let_in(browser, provider):
    shared_desk(browser.application).people.disable("perpetua", reason="left")
    assert _go(browser, provider).status_code == 403


def test_an_answer_of_another_s_state_or_nonce_is_refused(browser, provider):
    assert _go(browser, provider, state="planted").status_code == 502
    assert _go(browser, provider, nonce="planted").status_code == 502
    assert not _inside(browser)


@pytest.mark.parametrize("wrong", [{"aud": "another-client"}, {"iss": "https://elsewhere.example"}, {"exp": 1}])
def test_a_token_for_another_from_another_or_too_old_is_refused(browser, provider, wrong):
    provider.claims |= wrong
    assert _go(browser, provider).status_code == 502
    assert not _inside(browser)


def test_a_token_that_the_provider_did_not_sign_is_refused(browser, provider):
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert _go(browser, provider).status_code == 502
    assert not _inside(browser)


def test_a_provider_that_does_not_answer_is_told_in_plain_words(tmp_path):
    settings = Settings(
        folder=tmp_path,
        database=f"sqlite:///{tmp_path / 'ledger.sqlite'}",
        oidc_issuer="http://127.0.0.1:9",
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
    )
    app = create_app(settings)
    answer = app.test_client().get("/sign-in/court")
    assert answer.status_code == 502
    assert "Single sign-on did not work" in answer.text
    shared_desk(app).engine.dispose()


def test_no_secret_of_the_settings_is_shown_or_told(tmp_path):
    settings = Settings(folder=tmp_path, database="sqlite://", oidc_client_secret=SECRET, secret_key="k" * 40)
    assert SECRET not in repr(settings)
    assert "kkkk" not in repr(settings)


@pytest.mark.parametrize(
    "told",
    [
        {"oidc_issuer": "https://id.example"},
        {"oidc_issuer": "http://id.example", "oidc_client_id": "a", "oidc_client_secret": "b"},
        {"trusted_header": "X-Remote-User"},
        {"trusted_header": "X-Remote-User", "trusted_proxy": "the proxy"},
        {"trusted_header": "X Remote", "trusted_proxy": "10.0.0.5"},
        {"secret_key": "short"},
    ],
)
def test_settings_that_leave_a_gap_stop_the_start(tmp_path, told):
    with pytest.raises(SettingsError) as refused:
        create_app(Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'l.sqlite'}", **told))
    assert "short" not in str(refused.value)


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[FlaskClient]:
    """A site behind a proxy at 10.0.0.5 that tells addresses and names accounts."""
    settings = Settings(
        folder=tmp_path,
        database=f"sqlite:///{tmp_path / 'ledger.sqlite'}",
        trusted_header="X-Remote-User",
        trusted_proxy="10.0.0.5",
        proxies=1,
    )
    app = create_app(settings)
    people = shared_desk(app).people
    people.add(NewPerson(account="perpetua", role=Role.CLERK), password=None)
    people.add(NewPerson(account="admin", role=Role.ADMINISTRATOR), password=None)
    yield app.test_client()
    shared_desk(app).engine.dispose()


def _through(client: FlaskClient, path: str, account: str | None, *, peer: str = "10.0.0.5", **headers: str):
    told = {"X-Forwarded-For": "203.0.113.9", **({"X-Remote-User": account} if account else {}), **headers}
    return client.get(path, headers=told, environ_base={"REMOTE_ADDR": peer})


def test_the_proxy_s_header_signs_its_person_in(proxied):
    assert "perpetua" in _through(proxied, "/account", "perpetua").text
    assert proxied.get_cookie("docketbridge") is not None
    assert len(shared_desk(proxied.application).people.door.visits("perpetua")) == 1
    _through(proxied, "/account", "Perpetua")
    assert len(shared_desk(proxied.application).people.door.visits("perpetua")) == 1


def test_the_header_from_any_other_address_is_ignored_and_its_value_not_logged(proxied, caplog):
    answer = _through(proxied, "/account", "perpetua", peer="10.0.0.6")
    assert answer.status_code == 302
    # Nor does it help to call oneself the proxy.
    assert _through(proxied, "/account", "perpetua", peer="10.0.0.6", **{"X-Forwarded-For": "10.0.0.5"}).status_code == 302
    assert "not the proxy's" in caplog.text
    assert "perpetua" not in "".join(record.getMessage() for record in caplog.records if "proxy" in record.getMessage())


def test_a_visit_by_the_header_ends_where_the_header_ends(proxied):
    assert _through(proxied, "/account", "perpetua").status_code == 200
    assert _through(proxied, "/account", None).status_code == 302


def test_another_name_in_the_header_is_another_person_whatever_the_cookie(proxied):
    _through(proxied, "/account", "perpetua")
    assert _through(proxied, "/people", "admin").status_code == 200
    assert _through(proxied, "/people", "perpetua").status_code == 403


def test_a_name_that_has_no_account_is_nobody(proxied):
    assert _through(proxied, "/account", "nobody-here").status_code == 302
    assert _through(proxied, "/account", "").status_code == 302


def test_behind_tls_told_by_the_proxy_pages_are_for_tls_only(proxied):
    answer = _through(proxied, "/account", "perpetua", **{"X-Forwarded-Proto": "https"})
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("__Host-docketbridge=")]
    assert "Secure" in cookie
    assert "Strict-Transport-Security" not in _through(proxied, "/account", "perpetua").headers


def test_the_address_that_the_proxy_tells_is_kept_with_the_visit(proxied):
    _through(proxied, "/account", "perpetua")
    (visit,) = shared_desk(proxied.application).people.door.visits("perpetua")
    assert (visit.address, visit.how) == ("203.0.113.9", "header")


def test_without_the_setting_no_header_signs_anybody_in(tmp_path):
    app = create_app(Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'l.sqlite'}"))
    client = app.test_client()
    sign_in(app.test_client(), Role.CLERK, account="perpetua")
    assert client.get("/account", headers={"X-Remote-User": "perpetua", "Remote-User": "perpetua"}).status_code == 302
    assert form_token(client)
    shared_desk(app).engine.dispose()
