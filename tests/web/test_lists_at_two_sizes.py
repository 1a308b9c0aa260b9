"""Each list page asks the ledger the same number of questions, whether it holds thirty matters or a few more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from sqlite3 import connect

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.matter_lists import meetings_ahead
from docketbridge.casework.people.api_tokens import offered
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.rights import Role
from docketbridge.casework.working_out import refreshing
from docketbridge.domain.sessions import Assignment
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.sessions import keep_assignment
from docketbridge.plugins import discover
from docketbridge.settings import read_settings
from docketbridge.web.site import shared_desk
from mediator import day_pages
from mediator.indicator_commands import gathered
from tests.benchmarks.court_at_size import reports

DEMO_DAY = date(2026, 8, 19)
MORE = 6
PEOPLE = (
    (Role.CLERK, ""),
    (Role.JUDGE, "dfl"),
    (Role.MEDIATOR, "ruth-e-calloway-finch"),
    (Role.TRUSTEE, "marguerite-t-osei"),
    (Role.DEBTOR_SIDE, ""),
    (Role.ADMINISTRATOR, ""),
)
ASKED = ("/matters?state=ripe", "/search?q=objection", "/find?q=a", "/chambers?judge=all", "/chambers?month=2026-08")
OF_API = (
    "/matters?limit=5",
    "/matters?state=ripe&limit=1",
    "/tasks?limit=5",
    "/tasks?owner=clerk&limit=5",
    "/entries?q=objection&limit=5",
    "/gaps?court=zzb",
    "/health",
    "/indicators",
)


def _copied(source: str, folder: Path) -> str:
    target = folder / "ledger.sqlite"
    with closing(connect(source.removeprefix("sqlite:///"))) as reading, closing(connect(target)) as writing:
        reading.backup(writing)
    return f"sqlite:///{target}"


@pytest.fixture(scope="module")
def larger_ledger(sample_ledger: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on the sample court with a few matters more."""
    url = _copied(sample_ledger, tmp_path_factory.mktemp("larger"))
    desk = Desk(settings=read_settings({}, database=url), plugins=discover(), today=DEMO_DAY, fixed_day=True)
    for report in reports(MORE, first=1_000):
        desk.take_in(report)
    desk.refresh()
    yield desk
    desk.engine.dispose()


@pytest.fixture(scope="module")
def both_sites(
    sample_ledger: str, larger_ledger: Desk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, Flask]]:
    """The site on the sample court, and on the larger one."""
    smaller = _copied(sample_ledger, tmp_path_factory.mktemp("smaller"))
    made = tuple(
        create_app(read_settings({}, database=url), today=DEMO_DAY) for url in (smaller, larger_ledger.settings.database)
    )
    yield made[0], made[1]
    for app in made:
        shared_desk(app).engine.dispose()


@contextmanager
def _counted() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _asked(client: FlaskClient, path: str) -> int | None:
    """How many SELECTs an answer takes, after one to warm up; None where the page is not this person's."""
    if client.get(path).status_code != 200:
        return None
    with _counted() as said:
        client.get(path)
    return len(said)


def _lists(app: Flask) -> tuple[str, ...]:
    rules = (rule for rule in app.url_map.iter_rules() if rule.methods and "GET" in rule.methods and not rule.arguments)
    return tuple(sorted(rule.rule for rule in rules if not rule.rule.startswith(("/api", "/healthz", "/readyz"))))


@pytest.mark.parametrize(("role", "scope"), PEOPLE, ids=[role.value for role, _ in PEOPLE])
def test_a_list_page_asks_no_more_of_a_larger_ledger(both_sites, signed_in, role: Role, scope: str):
    whose = {"matters": ("zzb-26-10047-1", "zzb-26-10123-1")} if role is Role.DEBTOR_SIDE else {"scope_id": scope}
    smaller, larger = (signed_in(app.test_client(), role, **whose) for app in both_sites)
    own = (f"/trustees/{scope}",) if role is Role.TRUSTEE else ()
    pages = (*_lists(both_sites[0]), *ASKED, *own)
    told = {path: (_asked(smaller, path), _asked(larger, path)) for path in pages}
    shown = {path: counts for path, counts in told.items() if counts[0] is not None}
    assert len(shown) >= 3
    assert {path: counts for path, counts in shown.items() if counts[1] is None or counts[1] > counts[0]} == {}


def test_a_list_at_the_api_asks_no_more_of_a_larger_ledger(both_sites):
    counts = []
    for app in both_sites:
        people = shared_desk(app).people
        people.add(NewPerson(account="a-program", role=Role.CLERK), password=None)
        scopes = tuple(each.value for each in offered(Role.CLERK))
        client = app.test_client()
        secret = people.tokens.issue("a-program", name="a program", scopes=scopes).secret
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        counts.append({path: _asked(client, f"/api/v1{path}") for path in OF_API})
    assert None not in counts[0].values()
    assert counts[0] == counts[1]


def test_a_mediators_matters_come_a_page_at_a_time_the_nearest_first(
    sample_ledger, tmp_path, signed_in, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(day_pages, "CARDS", 2)
    app = create_app(read_settings({}, database=_copied(sample_ledger, tmp_path)), today=DEMO_DAY)
    own = [each.line for each in meetings_ahead(shared_desk(app)) if each.line.state == "active"][:5]
    with Session(writing_engine(shared_desk(app).engine)) as session, session.begin():
        for line in own:
            taken = Assignment(matter=line.id, mediator="una-vell", at=datetime(2026, 8, 3, 14, tzinfo=UTC), accepted=True)
            keep_assignment(session, taken)
    site = signed_in(app.test_client(), Role.MEDIATOR, scope_id="una-vell")
    pages = [site.get(f"/mediation?from={start}").text for start in (0, 2, 4)]
    shown = [re.findall(r'id="m-([^"]+)"', page) for page in pages]
    assert [len(some) for some in shown] == [2, 2, 1]
    assert [number for some in shown for number in some] == [line.number for line in own]
    assert "1 to 2 of 5 matters under way" in pages[0]
    assert "Later sessions" in pages[1]
    assert "Later sessions" not in pages[2]
    counts = []
    for start in (0, 2):
        with _counted() as said:
            site.get(f"/mediation?from={start}")
        counts.append(len(said))
    shared_desk(app).engine.dispose()
    assert max(counts) <= 60


def test_indicators_and_meetings_are_gathered_in_as_few_questions_from_a_larger_ledger(sample_ledger, larger_ledger, tmp_path):
    url = _copied(sample_ledger, tmp_path)
    smaller = Desk(settings=read_settings({}, database=url), plugins=discover(), today=DEMO_DAY, fixed_day=True)
    counts = []
    for desk in (smaller, larger_ledger):
        gathered(desk, start=None, end=None)
        with _counted() as said:
            gathered(desk, start=None, end=None)
            meetings_ahead(desk)
        counts.append(len(said))
    smaller.engine.dispose()
    assert counts[0] == counts[1] <= 10


def test_of_many_changed_cases_a_page_works_out_a_few_and_says_how_many_are_left(
    sample_ledger: str, tmp_path: Path, signed_in: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(refreshing, "AT_ONCE", 3)
    settings = read_settings({}, database=_copied(sample_ledger, tmp_path))
    later = DEMO_DAY + timedelta(days=10)
    app = create_app(settings, today=later)
    client = signed_in(app.test_client(), Role.CLERK)
    first, second = (client.get("/matters").text for _ in range(2))
    words = "not worked out for Sat 29 Aug 2026 yet"
    assert words in first
    assert words in second
    assert first.partition(words)[0][-20:] != second.partition(words)[0][-20:]
    office = Desk(settings=settings, plugins=discover(), today=later, fixed_day=True)
    left = office.refresh()
    assert left > 0
    assert words not in client.get("/matters").text
    assert {line.as_of for line in office.matters() if line.changes_on is not None and line.changes_on <= later} == set()
    office.engine.dispose()
    shared_desk(app).engine.dispose()


def test_a_page_does_not_wait_for_another_process_that_writes(sample_ledger: str, tmp_path: Path):
    settings = read_settings({}, database=_copied(sample_ledger, tmp_path))
    hurried = Desk(settings=settings, plugins=discover(), today=DEMO_DAY + timedelta(days=10), fixed_day=True, hurried=True)
    with writing_engine(hurried.engine).begin():
        assert hurried.refresh() == 0
        behind = hurried.behind
        assert behind > 0
    assert hurried.refresh() > 0
    assert hurried.behind < behind
    hurried.engine.dispose()
