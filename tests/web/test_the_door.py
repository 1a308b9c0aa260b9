"""The door: every route × every role, as the table of rights has it; and nobody sees what is another's."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from flask.views import MethodView
from sqlalchemy.engine import make_url
from werkzeug.test import TestResponse

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import HOLDERS, Action, Role, needs
from docketbridge.domain.feeds import RawFeed
from docketbridge.errors import RightsError
from docketbridge.plugins import Found, Plugin, check, discover
from docketbridge.settings import Settings
from docketbridge.testing import form_token, sign_in
from docketbridge.web.api.asking import is_asked
from docketbridge.web.door import declared
from docketbridge.web.site import shared_desk

FEEDS = Path(__file__).parents[1] / "sample_court" / "feeds"
OWN, OTHER = "zzb-26-10047-1", "zzb-26-10019-1"
MEDIATOR, TRUSTEE = "ruth-e-calloway-finch", "marguerite-t-osei"
WHOSE = {
    Role.JUDGE: {"scope_id": "dfl"},
    Role.MEDIATOR: {"scope_id": MEDIATOR},
    Role.TRUSTEE: {"scope_id": TRUSTEE},
    Role.DEBTOR_SIDE: {"matters": [OWN]},
    Role.CREDITOR_SIDE: {"matters": [OWN]},
}
DAY = date(2026, 8, 19)
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def copy(sample_ledger: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site on a copy of the sample court's ledger, to be changed at will."""
    folder = tmp_path_factory.mktemp("walk")
    with (
        sqlite3.connect(make_url(sample_ledger).database or "") as kept,
        sqlite3.connect(folder / "ledger.sqlite") as made,
    ):
        kept.backup(made)
    app = create_app(Settings(folder=folder, database=f"sqlite:///{folder / 'ledger.sqlite'}"), today=DAY)
    yield app
    shared_desk(app).engine.dispose()


def _routes(app: Flask) -> list[tuple[str, str, Action | None]]:
    """Method, address and action of every route that is no static file, its parts filled with what is there."""
    desk = shared_desk(app)
    values = {
        **dict.fromkeys(("number", "matter", "matter_id"), OWN),
        **dict.fromkeys(("entry", "entry_id"), desk.matter_file(OWN).entries[0].entry.id),
        **dict.fromkeys(("case", "case_number"), "26-10047"),
        "trustee_id": TRUSTEE,
        "name": "agenda",
        "suffix": "docx",
        "account": "judge-dfl",
        "secret": "a" * 43,
        "court": "zzb",
    }
    addresses = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        # The API asks for a token, and is walked with one by its own tests.
        if rule.endpoint.rpartition(".")[2] == "static" or is_asked(rule.rule):
            continue
        filled = {key: values.get(key, 1 if "int:" in rule.rule else "x") for key in rule.arguments}
        found += [
            (method, addresses.build(rule.endpoint, filled, method), declared(app, rule.endpoint, method))
            for method in rule.methods - {"HEAD", "OPTIONS"}
        ]
    return sorted(found, key=lambda each: each[:2])


class Browsers:
    """A browser for each role, signed in while its visit lasts, and one in which nobody is."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.kept: dict[Role | None, FlaskClient] = {}

    def ask(self, method: str, address: str, role: Role | None, **whose: object) -> TestResponse:
        """Send a request as somebody, with the form's token; where a page leads on, go there."""
        client = self.kept.get(role) if not whose else None
        if client is None:
            client = self.app.test_client()
            if role is not None:
                sign_in(client, role, **(whose or WHOSE.get(role, {})))
        self.kept[role] = client
        fields = {"csrf_token": form_token(client)} if method != "GET" else None
        answer = client.open(address, method=method, data=fields)
        if whose or (method != "GET" and (address == "/sign-out" or "visits" in address)):
            del self.kept[role]
        return answer


@pytest.fixture
def browsers(copy: Flask) -> Browsers:
    return Browsers(copy)


def _held(answer: TestResponse) -> str:
    """What an answer holds, as text: the parts of a Word file and of a workbook too."""
    content = answer.get_data()
    answer.close()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = b"".join(package.read(name) for name in package.namelist())
    return content.decode("utf-8", "replace")


def test_every_route_lets_in_whom_the_table_of_rights_names_and_nobody_else(copy, browsers):
    routes = _routes(copy)
    assert len(routes) > 50
    wrong = []
    for turn, (method, address, action) in enumerate(routes):
        if action is None:
            continue
        stranger = browsers.ask(method, address, None)
        led = stranger.status_code == 302 and stranger.headers["Location"].startswith("/sign-in?next=")
        if not (led if method == "GET" else stranger.status_code == 401):
            wrong.append((method, address, "a stranger", stranger.status_code))
        holders = sorted(HOLDERS[action])
        # Each route is opened by one of its holders here, in turn, and by all of them in the long run.
        for role in Role:
            if role in holders and role is not holders[turn % len(holders)]:
                continue
            answer = browsers.ask(method, address, role)
            if answer.status_code >= 500 or (answer.status_code == 403) is not (role not in holders or _its_own(address, role)):
                wrong.append((method, address, role.value, answer.status_code))
            answer.close()
    assert wrong == []


@pytest.mark.exhaustive
def test_every_route_opens_for_every_holder(copy, browsers):
    for (method, address, action), role in product(_routes(copy), Role):
        if action is not None and role in HOLDERS[action] and not _its_own(address, role):
            answer = browsers.ask(method, address, role)
            assert answer.status_code < 500, (method, address, role)
            assert answer.status_code != 403, (method, address, role)
            answer.close()


def _its_own(address: str, role: Role) -> bool:
    """Whether the matter's own rights refuse a role that the page as such is for: substance is kept from the court (FRE 408)."""
    return "confidential" in address and role in (Role.CLERK, Role.JUDGE, Role.TRUSTEE)


def test_every_form_without_its_token_is_refused_and_changes_nothing(copy):
    asked = 0
    for method, address, action in _routes(copy):
        if method == "GET" or address.startswith("/api/"):
            continue
        client = copy.test_client()
        role = min(HOLDERS[action]) if action is not None else None
        if role is not None:
            sign_in(client, role, **WHOSE.get(role, {}))
        for fields in ({}, {"csrf_token": "made up"}, {"csrf_token": form_token(copy.test_client())}):
            answer = client.open(address, method=method, data=fields)
            assert answer.status_code == 400, (method, address, answer.status_code)
            asked += 1
    assert asked >= 30


def test_a_view_that_says_nothing_of_who_may_ask_stops_the_start(tmp_path):
    def pages() -> Blueprint:
        made = Blueprint("careless", __name__)
        made.get("/careless")(lambda: "secrets")
        return made

    found = check([Found(plugin=Plugin(name="careless", title="Careless", pages=pages), origin="tests")])
    with pytest.raises(RightsError, match=r"GET /careless \(careless\..*\): the view declares neither"):
        create_app(Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'l.sqlite'}"), plugins=found)


def test_a_class_of_views_may_say_it_for_each_method(tmp_path):
    class Things(MethodView):
        @needs(Action.SEE_MATTERS)
        def get(self) -> str:
            return "things"

        @needs(Action.ADMINISTER)
        def post(self) -> str:
            return "made"

    def pages() -> Blueprint:
        made = Blueprint("things", __name__)
        made.add_url_rule("/things", view_func=Things.as_view("all"))
        return made

    found = check([Found(plugin=Plugin(name="things", title="Things", pages=pages), origin="tests")])
    app = create_app(Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'l.sqlite'}"), plugins=found)
    assert Browsers(app).ask("GET", "/things", Role.CLERK).status_code == 200
    assert Browsers(app).ask("POST", "/things", Role.CLERK).status_code == 403
    assert Browsers(app).ask("POST", "/things", Role.ADMINISTRATOR).text == "made"
    shared_desk(app).engine.dispose()


STRANGERS = [
    (Role.MEDIATOR, {"scope_id": "emeka-j-thornbury"}),
    (Role.TRUSTEE, {"scope_id": "barnaby-j-quill"}),
    (Role.DEBTOR_SIDE, {"matters": [OTHER], "account": "other-debtor"}),
    (Role.CREDITOR_SIDE, {"matters": [OTHER], "account": "other-creditor"}),
]


@pytest.mark.parametrize(("role", "whose"), STRANGERS, ids=[role.value for role, _ in STRANGERS])
def test_another_s_matter_is_not_there_by_number_or_by_id(copy, browsers, role, whose):
    identity = shared_desk(copy).matter_file(OWN).matter.id
    asked = 0
    for method, address, action in _routes(copy):
        if action is None or OWN not in address or role not in HOLDERS[action]:
            continue
        for named in (OWN, identity):
            answer = browsers.ask(method, address.replace(OWN, named), role, **whose)
            if answer.status_code == 303:  # a party is led to the page of its own that would be there
                assert answer.headers["Location"].startswith(f"/own/{named}")
                answer = browsers.ask("GET", answer.headers["Location"], role, **whose)
            assert answer.status_code == 404, (method, address, answer.status_code)
            assert "10047" not in answer.text.replace(named, "")
            asked += 1
    assert asked >= (2 if role is Role.TRUSTEE else 6)


OWNERS = (Role.MEDIATOR, Role.TRUSTEE, Role.DEBTOR_SIDE, Role.CREDITOR_SIDE)


@pytest.mark.parametrize("role", OWNERS)
def test_lists_and_searches_tell_of_own_matters_only(copy, browsers, role):
    """Of a mediator's and a party's, one of the court's twenty; of the trustee's, those of chapter 13."""
    desk = shared_desk(copy)
    acting = sign_in(copy.test_client(), role, **WHOSE[role])
    own = {line.case_number for line in desk.on(desk.today, acting).matters()}
    others = {line.case_number for line in desk.matters()} - own
    assert own
    assert len(others) >= 4
    for method, address, action in _routes(copy):
        if method != "GET" or action is None or role not in HOLDERS[action] or address == "/calendars":
            continue
        for query in ("",) if OWN in address else ("", "?q=26"):
            held = _held(browsers.ask("GET", address + query, role))
            told = {number for number in others if number in held}
            assert told == set(), (address, query)


def test_a_sibling_matter_of_the_same_case_is_another_s_too(browsers):
    for address in ("/own/zzb-26-10047-2", "/matters/zzb-26-10047-2/calendar.ics"):
        assert browsers.ask("GET", address, Role.CREDITOR_SIDE).status_code == 404
        assert browsers.ask("GET", address.replace("47-2", "47-1"), Role.CREDITOR_SIDE).status_code == 200


def test_an_administrator_has_no_matters(copy):
    desk = shared_desk(copy)
    acting = sign_in(copy.test_client(), Role.ADMINISTRATOR)
    own = desk.on(desk.today, acting)
    assert own.matters() == ()
    assert own.matter_ids() == ()
    assert list(own.matter_files()) == []
    assert own.review() == ()


def test_a_mediator_s_visit_does_not_narrow_the_calendar_that_the_browser_fetches(copy):
    """A feed is the token's, whoever is signed in beside it: what one browser sees is cached for all readers."""
    issued = shared_desk(copy).issue_calendar_token(scope="all", person="A clerk", now=datetime.now(tz=UTC))
    client = copy.test_client()
    sign_in(client, Role.MEDIATOR, scope_id=MEDIATOR)
    own = client.get(f"/calendars/{issued.secret}.ics").data
    assert own == copy.test_client().get(f"/calendars/{issued.secret}.ics").data
    assert own.count(b"BEGIN:VEVENT") > 20


def test_no_page_of_any_role_runs_a_script_that_came_in_with_a_docket_or_a_name(tmp_path):
    desk = Desk(settings=Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'l.sqlite'}"), plugins=discover(), today=DAY)
    hostile = SCRIPT.replace("<", "&lt;").replace(">", "&gt;").encode()
    for file in sorted((FEEDS / "docket-reports").glob("26-10047_*")):
        content = file.read_bytes()
        for word in (b"Hannegan", b"Weybosset", b"Spindle", b"Finch", b"Receipt", b"Certificate"):
            content = content.replace(word, word + b" " + hostile)
        desk.take_in(RawFeed(content=content, name=file.name))
    desk.refresh()
    assert any(SCRIPT in (line.case_name or "") for line in desk.matters())
    app = create_app(desk.settings, plugins=desk.plugins, today=DAY)
    clients = {role: app.test_client() for role in Role}
    for role, client in clients.items():
        sign_in(client, role, name=f"Mallory {SCRIPT}", **WHOSE.get(role, {}))
    shown = 0
    for turn, (method, address, action) in enumerate(_routes(app)):
        if method != "GET" or action is None:
            continue
        holders = sorted(HOLDERS[action])
        answer = clients[holders[turn % len(holders)]].get(address)
        if answer.mimetype == "text/html" and answer.status_code < 300:
            assert SCRIPT not in answer.text, address
            shown += "&lt;script&gt;alert(1)" in answer.text
        answer.close()
    assert shown >= 15
    desk.engine.dispose()
    shared_desk(app).engine.dispose()


def test_pages_of_a_signed_in_person_are_kept_by_no_cache(browsers):
    assert browsers.ask("GET", "/account", Role.CLERK).headers["Cache-Control"] == "private, no-store"


def test_a_program_that_reads_no_pages_is_told_401_and_not_led_to_a_form(copy):
    answer = copy.test_client().get("/matters", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"]


def test_who_is_refused_is_told_whom_the_page_is_for(browsers):
    answer = browsers.ask("GET", "/people", Role.CLERK)
    assert answer.status_code == 403
    assert re.search(r"This page is for administrators", answer.text)


def test_an_administrator_who_has_no_matters_is_refused_figures_of_them_and_offered_none(browsers):
    answer = browsers.ask("GET", "/indicators", Role.ADMINISTRATOR)
    assert answer.status_code == 403
    assert "This page is for the clerk’s office and judges and chambers." in answer.text
    assert "/indicators" not in browsers.ask("GET", "/people", Role.ADMINISTRATOR).text
