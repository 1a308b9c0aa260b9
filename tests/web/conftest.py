"""The site on the sample court, taken in once for the folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.plugins import discover
from docketbridge.settings import read_settings

DEMO_DAY = date(2026, 8, 19)
FEEDS = Path(__file__).parents[1] / "sample_court" / "feeds"


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a ledger that holds the sample court on its demo day."""
    url = f"sqlite:///{tmp_path_factory.mktemp('sample') / 'ledger.sqlite'}"
    desk = Desk(settings=read_settings({}, database=url), plugins=discover(), today=DEMO_DAY)
    for file in sorted(FEEDS.glob("*/*")):
        desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    desk.refresh()
    yield url
    desk.engine.dispose()


@pytest.fixture
def client(sample_ledger: str) -> FlaskClient:
    """A browser of sorts, on the demo day."""
    return create_app(read_settings({}, database=sample_ledger), today=DEMO_DAY).test_client()


@pytest.fixture
def empty_client(tmp_path: Path) -> FlaskClient:
    """The site on a ledger that has seen nothing."""
    return create_app(read_settings({}, database=f"sqlite:///{tmp_path / 'empty.sqlite'}"), today=DEMO_DAY).test_client()
