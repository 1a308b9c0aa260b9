"""A desk of the sample court that takes composed feeds in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.intake import IntakeResult
from docketbridge.domain.feeds import ParsedFeed
from docketbridge.plugins import Found, Plugin, check
from docketbridge.settings import Settings
from tests.composed_feeds import ComposedFormat

TODAY = date(2026, 8, 19)


@pytest.fixture
def composed() -> ComposedFormat:
    return ComposedFormat()


@pytest.fixture
def desk(new_database: Callable[[str], str], tmp_path: Path, composed: ComposedFormat) -> Iterator[Desk]:
    """The desk on Wednesday 19 August 2026."""
    plugin = Plugin(name="composed", title="Composed feeds", parsers=MappingProxyType({"composed": composed}))
    plugins = check([Found(plugin=plugin, origin="tests")])
    opened = Desk(
        settings=Settings(folder=tmp_path, database=new_database("sqlite")), plugins=plugins, today=TODAY, fixed_day=True
    )
    yield opened
    opened.engine.dispose()


@pytest.fixture
def take(desk: Desk, composed: ComposedFormat) -> Callable[..., IntakeResult]:
    """Take a composed feed in."""

    def do(name: str, parsed: ParsedFeed, *, fetched_at: datetime | None = None) -> IntakeResult:
        raw = composed.add(name, parsed)
        return desk.take_in(raw if fetched_at is None else replace(raw, fetched_at=fetched_at))

    return do
