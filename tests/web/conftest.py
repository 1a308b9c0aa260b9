"""The site on the sample court, taken in once for the folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from docketbridge.app import create_app
from docketbridge.casework.people import passwords
from docketbridge.casework.people.people import NewPerson, PeopleDesk
from docketbridge.casework.rights import Role
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.tables.api_token_rows import ApiTokenRow
from docketbridge.ledger.tables.people_rows import PEOPLE
from docketbridge.ledger.tables.rows import Base, CalendarTokenEndRow, CalendarTokenRow, CalendarTokenUseRow
from docketbridge.settings import Settings, read_settings
from docketbridge.testing import form_token, sign_in
from docketbridge.web.limiting import limiter
from docketbridge.web.site import shared_desk

DEMO_DAY = date(2026, 8, 19)
FEEDS = Path(__file__).parents[1] / "sample_court" / "feeds"


@pytest.fixture(scope="session")
def sample_ledger(sample_court_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a ledger that holds the sample court on its demo day."""
    file = shutil.copy(sample_court_ledger, tmp_path_factory.mktemp("sample") / "ledger.sqlite")
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def site(sample_court_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The site on the sample court, on the demo day: on a ledger of its own, for whoever signs in is kept there."""
    file = shutil.copy(sample_court_ledger, tmp_path_factory.mktemp("site") / "ledger.sqlite")
    return create_app(read_settings({}, database=f"sqlite:///{file}"), today=DEMO_DAY)


@pytest.fixture
def stranger(site: Flask) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return site.test_client()


@pytest.fixture
def signed_in() -> Callable[..., FlaskClient]:
    """Sign a browser in as a person of a role; what `docketbridge.testing.sign_in` takes, and the same browser back."""

    def enter(client: FlaskClient, role: Role, **whose: Any) -> FlaskClient:
        sign_in(client, role, **whose)
        return client

    return enter


def _copied(ledger: str, folder: Path) -> Iterator[Flask]:
    kept = folder / "ledger.sqlite"
    with closing(connect(ledger.removeprefix("sqlite:///"))) as source, closing(connect(kept)) as target:
        source.backup(target)
    app = create_app(Settings(folder=folder, database=f"sqlite:///{kept}"), today=DEMO_DAY)
    yield app
    shared_desk(app).engine.dispose()


@pytest.fixture
def own_site(sample_ledger: str, tmp_path: Path) -> Iterator[Flask]:
    """The site on a copy of the sample court that a test may write in."""
    yield from _copied(sample_ledger, tmp_path)


@pytest.fixture(scope="session")
def still_site(sample_ledger: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site on a copy of the sample court that no test changes, nor looks at on another day."""
    yield from _copied(sample_ledger, tmp_path_factory.mktemp("still"))


@pytest.fixture
def reader(still_site: Flask, signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """A clerk's browser on the site that stays as it is."""
    return signed_in(still_site.test_client(), Role.CLERK)


@pytest.fixture
def clerk(own_site: Flask, signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of Clara Quill, a clerk, on a site that a test may write in."""
    return signed_in(own_site.test_client(), Role.CLERK, account="cquill", name="Clara Quill")


@pytest.fixture
def send() -> Callable[..., TestResponse]:
    """Send a form with its token."""

    def post(client: FlaskClient, path: str, **fields: str) -> TestResponse:
        return client.post(path, data=fields | {"csrf_token": form_token(client)})

    return post


@pytest.fixture
def client(stranger: FlaskClient, signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """A clerk's browser of sorts, on the demo day."""
    return signed_in(stranger, Role.CLERK)


@pytest.fixture
def empty_client(tmp_path: Path, signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """A clerk's browser, on the site of a ledger that has seen nothing."""
    settings = Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'empty.sqlite'}")
    return signed_in(create_app(settings, today=DEMO_DAY).test_client(), Role.CLERK)


HERONS = "seven herons on a mudflat"


@dataclass(frozen=True)
class Door:
    """A site of its own on an empty ledger, to sign in at as people do: by the form, with a password."""

    app: Flask

    @property
    def people(self) -> PeopleDesk:
        """The site's desk of people, at this moment."""
        return shared_desk(self.app).people

    def add(self, account: str, role: Role = Role.CLERK, **changes: Any) -> None:
        """Let somebody sign in, with the password of these tests."""
        password = changes.pop("password", HERONS)
        self.people.add(NewPerson(account=account, role=role, **changes), password=password)

    def browser(self) -> FlaskClient:
        """A browser in which nobody is signed in."""
        return self.app.test_client()

    def post(self, client: FlaskClient, path: str, **fields: str) -> TestResponse:
        """Send a form with its token."""
        return client.post(path, data=fields | {"csrf_token": form_token(client)})

    def enter(self, account: str, password: str = HERONS, client: FlaskClient | None = None, **fields: str) -> FlaskClient:
        """Sign in by the form; the browser, let in or not."""
        client = client or self.browser()
        self.post(client, "/sign-in", account=account, password=password, **fields)
        return client

    def rows(self, table: Table) -> list[tuple[Any, ...]]:
        """All that the ledger holds in a table."""
        with self.people.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(select(table))]

    def change(self, table: type[Base], **values: Any) -> None:
        """Change every row of a table, as time or an intruder would."""
        with Session(writing_engine(self.people.engine)) as session, session.begin():
            session.execute(update(table).values(**values))


@pytest.fixture(scope="session")
def door_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site on an empty ledger."""
    folder = tmp_path_factory.mktemp("door")
    app = create_app(Settings(folder=folder, database=f"sqlite:///{folder / 'ledger.sqlite'}"), today=DEMO_DAY)
    yield app
    shared_desk(app).engine.dispose()


@pytest.fixture
def door(door_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """A site whose passwords are hashed quickly, and where nobody was before."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody"))
    config = dict(door_app.config)
    yield Door(app=door_app)
    door_app.config.update(config)
    with door_app.app_context():
        limiter.reset()
    with Session(writing_engine(shared_desk(door_app).engine)) as session, session.begin():
        for table in (ApiTokenRow, CalendarTokenEndRow, CalendarTokenUseRow, CalendarTokenRow, *reversed(PEOPLE)):
            session.execute(delete(table))
