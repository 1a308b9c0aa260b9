"""A marker planted in every field of substance is found nowhere that a clerk, a judge or a trustee can look."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product

import pytest
from flask import Flask

from docketbridge.api import Acting, MediationRoom, PortalSubstance, RightsError, Role
from docketbridge.app import create_app
from docketbridge.casework.people.api_tokens import offered
from docketbridge.casework.rights import COURT_ROLES, Action, may
from docketbridge.ledger.substance import substance_of
from docketbridge.testing import form_token, sign_in
from docketbridge.web.api.asking import is_asked
from tests.planted_marker import AMOUNT, HEADINGS, MARKER, MATTER, MEDIATOR, ROWS, WHOSE, found


def test_every_field_of_substance_holds_the_marker(planted):
    file = planted.mediation.mediator_file(MATTER, MEDIATOR)
    told = {
        each.name
        for each in dataclasses.fields(PortalSubstance)
        for one in file.substance
        if MARKER in str(getattr(one, each.name)) or AMOUNT in str(getattr(one, each.name))
    }
    assert told == {"actor", "title", "text", "figure", "amount", "reason"}
    closed = {each.name for each in dataclasses.fields(PortalSubstance)} - told - {"fact"}
    assert closed == {"said", "outcome", "option"}  # words of closed lists, in which nothing can be planted
    assert MARKER in file.notes[0].text


@pytest.fixture(scope="module")
def addresses(planted, planted_site) -> list[str]:
    """Every address of the URL map that answers GET, its parts filled with what is there and with what is not."""
    app = planted_site
    secret = planted.issue_calendar_token(scope="all", person="A clerk", now=datetime(2026, 8, 19, tzinfo=UTC)).secret
    entry = planted.matter_file(MATTER).entries[0].entry.id
    values = {
        **dict.fromkeys(("number", "matter", "matter_id"), MATTER),
        **dict.fromkeys(("case", "case_number"), "26-10047"),
        **dict.fromkeys(("trustee", "trustee_id"), "marguerite-t-osei"),
        **dict.fromkeys(("entry", "entry_id"), entry),
        "filename": "docketbridge.css",
        "secret": secret,
        "suffix": "docx",
        "court": "zzb",
        "scope": "all",
        "judge": "DFL",
        "program": "zzb-lmp",
    }
    filled = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()):
                continue
            names = [*planted.plugins.papers] if "name" in rule.arguments else [None]
            for name in names:
                made = {key: values.get(key, name if key == "name" else MATTER) for key in rule.arguments}
                filled.append(app.url_map.bind("localhost").build(rule.endpoint, made))
    return sorted(set(filled))


NOT_THEIRS = {
    "clerk": {"role": Role.CLERK},
    "judge": {"role": Role.JUDGE, "scope_id": "dfl"},
    "trustee": {"role": Role.TRUSTEE, "scope_id": "marguerite-t-osei"},
    "administrator": {"role": Role.ADMINISTRATOR},
    "another mediator": {"role": Role.MEDIATOR, "scope_id": "emeka-j-thornbury"},
    "a party of another matter": {"role": Role.DEBTOR_SIDE, "matters": ("zzb-26-10072-1",)},
}
QUERIES = ("", f"?q={MARKER[:3]}&as=mediator:ruth-e-calloway-finch&for=mediator")


@pytest.fixture(scope="module")
def planted_site(planted) -> Flask:
    return create_app(planted.settings, plugins=planted.plugins, today=planted.today)


@pytest.fixture
def walk(planted_site, caplog) -> Callable[..., int]:
    """Ask for addresses as one of those whose the substance is not, and find the marker in no answer and no log."""

    def go(who: str, addresses: list[str], *, queries: tuple[str, ...] = QUERIES[:1]) -> int:
        client = planted_site.test_client()
        sign_in(client, **NOT_THEIRS[who])
        read = 0
        for address, query in product(addresses, queries):
            answer = client.get(address + query)
            assert answer.status_code < 500 or address == "/readyz", (address, answer.status_code)
            read += answer.status_code == 200
            asked = answer.get_data()
            answer.close()
            assert found(asked) == [], address
        assert found(caplog.text.encode()) == []
        return read

    caplog.set_level(logging.DEBUG)
    return go


def test_the_marker_is_on_no_route_of_the_site_for_whom_it_is_not(walk, addresses):
    others = [who for who in NOT_THEIRS if who != "clerk"]
    assert walk("clerk", addresses) >= 30
    # Each address is asked by the clerk and by two of the five others here, in turn; by all of them in the long run.
    for turn, who in enumerate(others):
        own = [each for number, each in enumerate(addresses) if (number - turn) % len(others) < 2]
        assert walk(who, own), who


@pytest.mark.exhaustive
@pytest.mark.parametrize("who", NOT_THEIRS)
def test_the_marker_is_on_no_route_at_all_for_whom_it_is_not(walk, addresses, who):
    read = walk(who, addresses, queries=QUERIES if who == "clerk" else QUERIES[:1])
    assert read >= {"clerk": 30, "judge": 8, "trustee": 8}.get(who, 3)


WITH_TOKENS = NOT_THEIRS | {
    "the matter's own mediator": {"role": Role.MEDIATOR, "scope_id": MEDIATOR.id},
    "a side of the matter": {"role": Role.CREDITOR_SIDE, "matters": (MATTER,)},
}


@pytest.fixture
def ask_the_api(planted, planted_site) -> Callable[..., int]:
    """Ask the API for addresses with a token of somebody, and find the marker in no answer."""

    def go(who: str, addresses: list[str]) -> int:
        acting = sign_in(planted_site.test_client(), **WITH_TOKENS[who])
        bearing = _bearing(planted.people.tokens.issue(acting.account, name="a program", scopes=offered(acting.role)).secret)
        client = planted_site.test_client()
        read = 0
        for address in addresses:
            answer = client.get(f"{address}{'?court=zzb' if address.endswith('/gaps') else ''}", headers=bearing)
            assert answer.status_code < 500, address
            read += answer.status_code == 200
            assert found(answer.get_data()) == [], address
        assert client.get(f"/api/v1/entries?q={MARKER}", headers=bearing).status_code in (200, 403)
        return read

    return go


def test_the_marker_is_in_no_answer_of_the_api_whoever_s_token_asks(ask_the_api, addresses):
    asked = [each for each in addresses if is_asked(each)]
    assert ask_the_api("clerk", asked) >= 12
    # As on the site's pages: by the clerk's token and by two of the others' here, by all of them in the long run.
    others = [who for who in WITH_TOKENS if who != "clerk"]
    for turn, who in enumerate(others):
        ask_the_api(who, [each for number, each in enumerate(asked) if (number - turn) % len(others) < 2])


@pytest.mark.exhaustive
@pytest.mark.parametrize("who", WITH_TOKENS)
def test_the_marker_is_in_no_answer_of_the_api_at_all(ask_the_api, addresses, who):
    assert ask_the_api(who, [each for each in addresses if is_asked(each)]) >= {"clerk": 12, "administrator": 2}.get(who, 3)


def _bearing(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize(
    ("who", "refused"), [*((each, 403) for each in NOT_THEIRS if each != "another mediator"), ("another mediator", 404)]
)
def test_nobody_else_s_form_does_anything_in_the_matter(planted, planted_site, who, refused):
    client = planted_site.test_client()
    sign_in(client, **NOT_THEIRS[who])
    posted = [
        rule for rule in planted_site.url_map.iter_rules() if rule.endpoint.startswith("mediator.") and "POST" in rule.methods
    ]
    assert len(posted) >= 6
    before = planted.matter_file(MATTER)
    typed = {
        "csrf_token": form_token(client),
        "text": "x",
        "answer": "decline",
        "start": "2026-08-01T10:00",
        "held": "no",
        "turn": "0",
    }
    for rule in posted:
        address = planted_site.url_map.bind("localhost").build(rule.endpoint, {"number": MATTER})
        answer = client.post(address, data=typed)
        assert (answer.status_code, found(answer.get_data())) == (refused, []), address
    after = planted.matter_file(MATTER)
    assert (after.sessions, after.assignment) == (before.sessions, before.assignment)


def test_the_matter_s_own_mediator_does_read_it_on_the_pages(planted_site):
    client = planted_site.test_client()
    sign_in(client, Role.MEDIATOR, scope_id=MEDIATOR.id)
    for address in ("mediation/confidential", "mediation/confidential.docx"):
        answer = client.get(f"/matters/{MATTER}/{address}")
        assert found(answer.get_data()), address
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_side_reads_its_matter_s_agenda_and_never_the_mediator_s_notes(planted_site):
    client = planted_site.test_client()
    sign_in(client, Role.CREDITOR_SIDE, matters=(MATTER,))
    page = client.get(f"/matters/{MATTER}/mediation/confidential").text
    assert f"{MARKER} question" in page
    assert f"{MARKER} note" not in page


def test_pages_with_substance_answer_nobody_without_a_sign_in(planted_site):
    for address in ("mediation/confidential", "mediation/confidential.docx", "aids", "aids/surplus-income", "sessions/record"):
        answer = planted_site.test_client().get(f"/matters/{MATTER}/{address}")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in?next=")
        assert found(answer.get_data()) == []


def test_the_marker_is_in_no_paper_that_the_court_can_draft(planted):
    file = planted.matter_file(MATTER)
    for paper in planted.plugins.papers.values():
        if not paper.applies_to(file):
            continue
        for writer in planted.plugins.writers.values():
            try:
                content = writer.write(paper.draft(file, {}))
            except Exception as fault:  # what cannot be drafted says why: that too must be clean
                content = str(fault).encode()
            assert found(content) == [], paper.name


def test_the_marker_is_in_nothing_that_a_command_prints_for_the_court(planted, say, tmp_path):
    shared = ("--database", planted.settings.database, "--today", "2026-08-19")
    out = tmp_path / "agenda.docx"
    for command in (
        ("matters", "--json"),
        ("matter", MATTER, "--json"),
        ("matter", MATTER),
        ("agenda", MATTER, "-o", out, "--for", "court"),
        ("calendar", "write", "all", "-o", tmp_path / "all.ics"),
        ("mediation", "ready", MATTER),
        ("mediation", "report", MATTER, "-o", tmp_path / "report.docx"),
        ("portal", "review"),
        ("indicators", "--json"),
        ("replay",),
        ("agenda", MATTER, "-o", out, "--as", f"clerk:{MARKER[:4]}"),
        ("agenda", MATTER, "-o", out, "--as", "mediator:emeka-j-thornbury"),
    ):
        _, told, err = say(*shared, *command)
        assert found((told + err).encode()) == [], command
    for path in tmp_path.rglob("*.*"):
        if path.suffix in (".docx", ".ics"):
            assert found(path.read_bytes()) == [], path.name


def test_a_row_that_cannot_be_read_is_told_by_its_place_alone(planted, say, tmp_path):
    shared = ("--database", planted.settings.database, "--today", "2026-08-19")
    export = tmp_path / "again.csv"
    export.write_text("\n".join([HEADINGS, *(f"{WHOSE},{row}" for row in ROWS[6:])]) + "\n", encoding="utf-8")
    problems = tmp_path / "problems.jsonl"
    code, told, err = say(*shared, "portal", "import", export, "--problems", problems)
    assert code == 0
    assert "line 3" in told
    assert found((told + err).encode() + problems.read_bytes()) == []
    assert len(problems.read_text("utf-8").splitlines()) == 5


def test_the_mediator_s_own_agenda_does_hold_it(planted, say, tmp_path):
    out = tmp_path / "own.docx"
    shared = ("--database", planted.settings.database, "--today", "2026-08-19")
    code, _, err = say(*shared, "agenda", MATTER, "-o", out, "--for", "mediator", "--as", "mediator:ruth-e-calloway-finch")
    assert (code, err) == (0, "")
    assert MARKER in " ".join(found(out.read_bytes()))


@pytest.mark.parametrize("role", COURT_ROLES)
def test_no_court_role_may_see_substance_whoever_it_names_itself(planted, role):
    file = planted.matter_file(MATTER)
    acting = Acting(role=role, id=MEDIATOR.id, matters=frozenset({file.matter.id}))
    assert may(acting, Action.SEE_PROCESS, file)
    assert not may(acting, Action.SEE_SUBSTANCE, file)
    with pytest.raises(RightsError) as refused:
        planted.mediation.mediator_file(MATTER, acting)
    assert found(str(refused.value).encode()) == []


def test_a_party_s_side_sees_the_substance_of_its_own_matter_only(planted):
    file = planted.matter_file(MATTER)
    own = Acting(role=Role.DEBTOR_SIDE, id="counsel", matters=frozenset({file.matter.id}))
    other = Acting(role=Role.DEBTOR_SIDE, id="counsel", matters=frozenset({"another"}))
    assert planted.mediation.mediator_file(MATTER, own).substance
    assert planted.mediation.mediator_file(MATTER, own).notes == ()
    assert planted.mediation.mediator_file(MATTER, MEDIATOR).notes
    assert not may(other, Action.SEE_SUBSTANCE, file)
    assert not may(own, Action.RECORD_SESSION, file)


def test_a_mediator_who_declined_sees_nothing(planted):
    file = planted.matter_file(MATTER)
    declined = dataclasses.replace(file, assignment=dataclasses.replace(file.assignment, accepted=False))
    assert may(MEDIATOR, Action.SEE_SUBSTANCE, file)
    assert not may(MEDIATOR, Action.SEE_SUBSTANCE, declined)
    assert isinstance(planted.mediation, MediationRoom)


def test_the_ledger_s_other_tables_do_not_hold_the_marker(planted):
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from docketbridge.ledger.tables.rows import Base

    held: set[str] = set()
    with Session(planted.engine) as session:
        for table in Base.metadata.sorted_tables:
            told = json.dumps([list(map(str, row)) for row in session.execute(select(table))])
            held.update({table.name} if found(told.encode()) else ())
        assert held == {"substance_portal", "substance_note"}
        assert substance_of(session, accounts=(), matter=None).portal == ()
