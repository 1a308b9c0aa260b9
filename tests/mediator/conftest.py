"""The sample court with its portal exports and sessions taken in, once for the folder; and builders of composed records."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from docketbridge.api import Acting, PortalAct, PortalFact, Role, Side
from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.plugins import discover
from docketbridge.settings import read_settings
from docketbridge.testing import sign_in
from mediator.session_files import read_session
from tests.planted_marker import plant

DEMO_DAY = date(2026, 8, 19)
COURT = Path(__file__).parents[1] / "sample_court"
EXPORTS = COURT / "portal" / "exports"
MEDIATORS = {"26-10047": "ruth-e-calloway-finch", "26-10019": "emeka-j-thornbury"}


@pytest.fixture
def desk_on(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Make desks of empty SQLite ledgers, or of the given one, on the demo day."""
    made: list[Desk] = []

    def make(url: str | None = None) -> Desk:
        settings = read_settings({}, database=url or f"sqlite:///{tmp_path / f'ledger-{len(made)}.sqlite'}")
        made.append(Desk(settings=settings, plugins=discover(), today=DEMO_DAY, fixed_day=True))
        return made[-1]

    yield make
    for desk in made:
        desk.engine.dispose()


@pytest.fixture(scope="session")
def mediated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The three matters with a portal record, their mediators assigned, the last session of each noted."""
    url = f"sqlite:///{tmp_path_factory.mktemp('mediated') / 'ledger.sqlite'}"
    desk = Desk(settings=read_settings({}, database=url), plugins=discover(), today=DEMO_DAY, fixed_day=True)
    for number in ("26-10047", "26-10019", "26-10072"):
        for file in sorted((COURT / "feeds" / "docket-reports").glob(f"{number}_*")):
            desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    for file in sorted(EXPORTS.iterdir()):
        desk.portal.import_file(file)
    for number, mediator in MEDIATORS.items():
        file = desk.matter_file(f"zzb-{number}-1")
        acting = Acting(role=Role.MEDIATOR, id=mediator)
        desk.mediation.assign(file.matter.id, acting, accepted=True)
        path = COURT / "portal" / "sessions" / f"{number}.json"
        record = read_session(path, matter=file.matter.id, by=mediator, noted_at=desk.mediation.now)
        desk.mediation.record_session(record, acting)
    yield desk
    desk.engine.dispose()


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A ledger with a marker in every field of substance, for one module."""
    desk = plant(tmp_path_factory.mktemp("planted"))
    yield desk
    desk.engine.dispose()


@pytest.fixture
def act() -> Callable[..., PortalFact]:
    """Build portal acts, each an hour after the one before, numbered from 1."""
    made: list[PortalFact] = []

    def make(kind: PortalAct, by: Side, **more: Any) -> PortalFact:
        number = len(made) + 1
        at = more.pop("at", datetime(2026, 7, 1, 14, tzinfo=UTC) + timedelta(hours=number))
        fact = PortalFact(id=f"fact-{number}", account="A-1", at=at, act=kind, by=by, number=str(number), **more)
        made.append(fact)
        return fact

    return make


@pytest.fixture(scope="session")
def mediated_site(mediated: Desk) -> Flask:
    """The site of the three mediated matters."""
    return create_app(mediated.settings, plugins=mediated.plugins, today=DEMO_DAY)


@pytest.fixture
def at_the_site(mediated_site: Flask) -> Callable[..., FlaskClient]:
    """A browser on the site of the three mediated matters, signed in as a person of a role."""

    def enter(role: Role, **whose: Any) -> FlaskClient:
        client = mediated_site.test_client()
        sign_in(client, role, **whose)
        return client

    return enter


@pytest.fixture(scope="session")
def one_matter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger file of one matter with its portal record, its mediator named on the docket and not asked yet."""
    path = tmp_path_factory.mktemp("one") / "ledger.sqlite"
    desk = Desk(settings=read_settings({}, database=f"sqlite:///{path}"), plugins=discover(), today=DEMO_DAY, fixed_day=True)
    for file in sorted((COURT / "feeds" / "docket-reports").glob("26-10047_*")):
        desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    desk.portal.import_file(EXPORTS / "26-10047_account-history.csv")
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.engine.dispose()
    return path


@pytest.fixture
def own_desk(one_matter: Path, desk_on: Callable[..., Desk], tmp_path: Path) -> Desk:
    """That ledger, a test's own copy."""
    copied = shutil.copy(one_matter, tmp_path / "own.sqlite")
    return desk_on(f"sqlite:///{copied}")


@pytest.fixture
def own_site(own_desk: Desk) -> FlaskClient:
    """The mediator's browser on that ledger."""
    client = create_app(own_desk.settings, plugins=own_desk.plugins, today=DEMO_DAY).test_client()
    sign_in(client, Role.MEDIATOR, scope_id="ruth-e-calloway-finch", name="Ruth E. Calloway-Finch")
    return client
