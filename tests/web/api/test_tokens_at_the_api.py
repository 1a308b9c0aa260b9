"""Who gets in at the API: whoever brings a live token that is for it, and nobody by a browser's cookie."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from docketbridge.app import create_app
from docketbridge.casework.people.api_tokens import ACTION_OF, Scope, offered
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.rights import Role, open_to_all
from docketbridge.errors import RightsError, UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.people.audit import AuditFilter
from docketbridge.ledger.tables.api_token_rows import ApiTokenRow
from docketbridge.settings import Settings
from docketbridge.testing import form_token, sign_in
from docketbridge.web.api.asking import check_scopes, is_asked, scope_of
from docketbridge.web.site import shared_desk

VALUES = {"number": "zzb-26-10047-1", "entry": "26-10047:1", "key": "none-such", "trustee_id": "marguerite-t-osei"}


def routes(app):
    """Every route of the API with a method, its address filled in, and the scope that it asks for."""
    for rule in app.url_map.iter_rules():
        if not is_asked(rule.rule) or rule.endpoint == "api.document":
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            filled = {name: VALUES[name] for name in rule.arguments}
            yield method, app.url_map.bind("localhost").build(rule.endpoint, filled), scope_of(app, rule.endpoint)


def ask(app, method, path, secret=None, **given):
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return app.test_client().open(path, method=method, headers=headers, **given)


def test_every_route_names_a_scope_and_there_are_as_many_as_the_document_tells(api_site):
    found = list(routes(api_site))
    assert all(scope is not None for _, _, scope in found)
    told = api_site.test_client().get("/api/v1/openapi.json").json
    secured = [operation for each in told["paths"].values() for name, operation in each.items() if name != "parameters"]
    assert len(found) == len(secured) >= 16
    assert all(operation["security"][0]["token"][0] in set(Scope) for operation in secured)


def test_without_a_live_token_every_route_answers_401(api_site):
    for method, path, _ in routes(api_site):
        for secret in (None, "dbt_" + "A" * 43, "x", "dbt_"):
            answer = ask(api_site, method, path, secret, json={})
            assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), path
            assert answer.headers["WWW-Authenticate"].startswith("Bearer realm=")
            assert ("invalid_token" in answer.headers["WWW-Authenticate"]) == (secret is not None)


def test_a_browser_s_visit_alone_gets_401_on_every_route(api_site):
    client = api_site.test_client()
    sign_in(client, Role.CLERK)
    assert client.get("/matters").status_code == 200
    for method, path, _ in routes(api_site):
        answer = client.open(path, method=method, json={}, headers={"X-CSRFToken": form_token(client)})
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), path


def test_a_token_opens_no_page_of_the_site(api_site, program):
    answer = api_site.test_client().get("/matters", headers=program().headers)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("role", list(Role))
def test_a_token_opens_the_routes_of_its_scopes_and_no_other(api_site, program, role):
    held = offered(role)
    everything = program(role).secret
    alone = {scope: program(role, scope.value).secret for scope in held}
    others = {scope: program(role, *(each.value for each in held if each is not scope)).secret for scope in held if len(held) > 1}
    for method, path, asked in routes(api_site):
        if asked not in held:
            answer = ask(api_site, method, path, everything, json={})
            assert (answer.status_code, answer.mimetype) == (403, "application/problem+json"), path
            assert "scope" not in answer.json
            continue
        answer = ask(api_site, method, path, alone[asked], json={"decision": "none-such"})
        assert answer.status_code not in (401, 403), (path, answer.text)
        if asked in others:
            answer = ask(api_site, method, path, others[asked], json={})
            assert (answer.status_code, answer.mimetype, answer.json["scope"]) == (403, "application/problem+json", asked.value)
            assert f'scope="{asked.value}"' in answer.headers["WWW-Authenticate"]


def test_no_scope_is_given_that_the_person_s_role_does_not_go_with(api_site):
    people = shared_desk(api_site).people
    people.add(NewPerson(account="tess", role=Role.TRUSTEE, id="tess-trustee"), password=None)
    for scope in set(Scope) - set(offered(Role.TRUSTEE)):
        with pytest.raises(UsageError, match="does not go with a trustee"):
            people.tokens.issue("tess", name="x", scopes=[scope.value])
    with pytest.raises(UsageError, match="does not go with"):
        people.tokens.issue("tess", name="x", scopes=["read:matters", "write:intake"])
    assert people.tokens.tokens("tess") == ()
    assert set(ACTION_OF) == set(Scope)


def test_a_scope_that_a_token_got_before_does_not_outlive_the_role(api_site, program):
    secret = program(Role.TRUSTEE, "read:matters").secret
    with Session(writing_engine(shared_desk(api_site).engine)) as session, session.begin():
        session.execute(update(ApiTokenRow).values(scopes=[each.value for each in Scope]))
    assert ask(api_site, "GET", "/api/v1/matters", secret).status_code == 200
    assert ask(api_site, "GET", "/api/v1/review", secret).status_code == 403
    assert ask(api_site, "POST", "/api/v1/intake", secret, data=b"x").status_code == 403


def test_a_token_ends_when_it_is_revoked_when_it_expires_and_when_its_person_is_shut_out(api_site):
    people = shared_desk(api_site).people
    people.add(NewPerson(account="cleo", role=Role.CLERK), password=None)

    def issued(**told):
        return people.tokens.issue("cleo", name="a program", scopes=["read:matters"], **told)

    def opens(secret):
        return ask(api_site, "GET", "/api/v1/matters", secret).status_code == 200

    one, two, three = issued(), issued(), issued()
    assert opens(one.secret)
    people.tokens.revoke(one.token.id)
    assert not opens(one.secret)
    with Session(writing_engine(people.engine)) as session, session.begin():
        past = datetime.now(tz=UTC) - timedelta(seconds=1)
        session.execute(update(ApiTokenRow).where(ApiTokenRow.id == two.token.id).values(expires_at=past))
    assert not opens(two.secret)
    assert opens(three.secret)
    people.disable("cleo")
    assert not opens(three.secret)
    people.enable("cleo")
    assert not opens(three.secret)
    with pytest.raises(UsageError, match="ended already"):
        people.tokens.revoke(one.token.id)


def test_of_a_secret_only_a_digest_is_kept_and_its_last_use_is_told(api_site, program):
    clerk = program()
    people = shared_desk(api_site).people
    kept = people.tokens.tokens()[-1]
    assert kept.used_at is None
    clerk.get("/matters")
    assert people.tokens.tokens()[-1].used_at is not None
    assert clerk.secret.startswith("dbt_")
    assert len(clerk.secret) == 47
    with people.engine.connect() as connection:
        row = connection.execute(ApiTokenRow.__table__.select().where(ApiTokenRow.id == kept.id)).one()
    assert clerk.secret not in str(row)


def test_too_many_questions_in_a_minute_are_told_when_to_come_back(tmp_path):
    app = create_app(Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'l.sqlite'}", api_per_minute=3))
    people = shared_desk(app).people
    people.add(NewPerson(account="cleo", role=Role.CLERK), password=None)
    secret, other = (people.tokens.issue("cleo", name="x", scopes=["read:matters"]).secret for _ in range(2))
    assert [ask(app, "GET", "/api/v1/matters", secret).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = ask(app, "GET", "/api/v1/matters", secret)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.mimetype == "application/problem+json"
    assert ask(app, "GET", "/api/v1/matters", other).status_code == 200
    # The address, which four programs may share, has its own measure: guessing is slow too.
    assert {ask(app, "GET", "/api/v1/matters", "dbt_" + "A" * 43).status_code for _ in range(12)} == {401, 429}
    shared_desk(app).engine.dispose()


def test_a_route_that_names_no_scope_stops_the_site_s_start(tmp_path):
    app = create_app(Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'l.sqlite'}"))

    def view():
        return ""

    app.add_url_rule("/api/v1/unsaid", view_func=open_to_all(view))
    check_scopes(app)
    view.needs = ACTION_OF[Scope.READ_MATTERS]
    with pytest.raises(RightsError, match="names no scope"):
        check_scopes(app)


def test_faults_of_the_api_are_problems_and_those_of_the_pages_stay_pages(nobody, api_site):
    for path in ("/none-such", "/matters/", ""):
        answer = nobody.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), path
    wrong = nobody.post("/openapi.json")
    assert (wrong.status_code, wrong.mimetype) == (405, "application/problem+json")
    assert "GET" in wrong.headers["Allow"]
    page = api_site.test_client().get("/none-such")
    assert (page.status_code, page.mimetype) == (404, "text/html")


def test_sights_and_deeds_by_token_are_in_the_audit(api_site, program):
    program().get("/matters/zzb-26-10047-1").close()
    assert api_site.extensions["docketbridge-sights"].flush()
    last = shared_desk(api_site).audit.page(AuditFilter(), at_most=3)
    assert ("clerk", "saw_matter", "api_matters.show_matter zzb-26-10047-1") in [
        (each.actor, each.what, each.subject) for each in last
    ]
