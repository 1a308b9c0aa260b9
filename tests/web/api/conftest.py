"""Programs that ask the API of the sample court, each with a token of a person of a role."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from docketbridge.app import create_app
from docketbridge.casework.people.api_tokens import offered
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.rights import Role
from docketbridge.settings import Settings
from docketbridge.web.site import shared_desk

DEMO_DAY = date(2026, 8, 19)
WHOSE: dict[Role, dict[str, Any]] = {
    Role.CLERK: {},
    Role.JUDGE: {"id": "dfl"},
    Role.TRUSTEE: {"id": "marguerite-t-osei"},
    Role.MEDIATOR: {"id": "ruth-e-calloway-finch"},
    Role.DEBTOR_SIDE: {"matters": ("zzb-26-10047-1",)},
    Role.CREDITOR_SIDE: {"matters": ("zzb-26-10047-1",)},
    Role.ADMINISTRATOR: {},
}


@dataclass(frozen=True)
class Program:
    """A program with a token, or with none."""

    app: Flask
    secret: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}

    def get(self, path: str, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.app.test_client().get(f"/api/v1{path}", headers=self.headers | named)

    def post(self, path: str, body: Any = None, **given: Any) -> TestResponse:
        told = given or {"json": body if body is not None else {}}
        return self.app.test_client().post(f"/api/v1{path}", headers=self.headers, **told)


@pytest.fixture(scope="session")
def copy_site(sample_ledger: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Flask]]:
    """Make a site on a copy of the sample court's ledger, so that deeds reach nobody else's tests."""
    made: list[Flask] = []

    def copied() -> Flask:
        folder = tmp_path_factory.mktemp("api")
        held = Path(sample_ledger.removeprefix("sqlite:///"))
        for file in held.parent.glob(f"{held.name}*"):
            shutil.copy(file, folder / file.name)
        settings = Settings(folder=folder, database=f"sqlite:///{folder / held.name}", api_per_minute=100_000)
        made.append(create_app(settings, today=DEMO_DAY))
        return made[-1]

    yield copied
    for app in made:
        shared_desk(app).engine.dispose()


@pytest.fixture(scope="session")
def api_site(copy_site: Callable[[], Flask]) -> Flask:
    """The site that these tests share."""
    return copy_site()


@pytest.fixture
def program(api_site: Flask) -> Callable[..., Program]:
    """Give a program a token of a person of a role, for all that goes with the role or for some scopes."""

    def give(role: Role = Role.CLERK, *scopes: str, **whose: Any) -> Program:
        people = shared_desk(api_site).people
        told = whose or WHOSE[role]
        account = (
            "-".join((role.value, *map(str, told.get("matters", ())), told.get("id", "")))[:60].rstrip("-").replace("_", "-")
        )
        if people.known(account) is None:
            people.add(NewPerson(account=account, role=role, **told), password=None)
        chosen = scopes or tuple(each.value for each in offered(role))
        return Program(app=api_site, secret=people.tokens.issue(account, name="a program", scopes=chosen).secret)

    return give


@pytest.fixture
def nobody(api_site: Flask) -> Program:
    """A program without a token."""
    return Program(app=api_site)


@pytest.fixture
def count_queries(api_site: Flask) -> Callable[[Callable[[], Any]], int]:
    """How many questions the ledger is asked while something is done."""

    def count(work: Callable[[], Any]) -> int:
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement.startswith("SELECT"):
                asked.append(statement)

        engine = shared_desk(api_site).engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            work()
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    return count
