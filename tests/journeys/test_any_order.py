"""The sample court's feeds taken in in any order give the same dockets, meanings, matters, postures and deadlines."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import connectors
from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger.database import open_ledger
from docketbridge.plugins import Found, check
from docketbridge.settings import Settings
from tests.ledger_dump import dockets
from tests.sample_court.compose import FEEDS

FILES = sorted(path for path in FEEDS.rglob("*") if path.is_file())

TakeAll = Callable[[Sequence[Path]], dict[str, Any]]


@pytest.fixture
def take_all(new_database: Callable[[str], str], tmp_path: Path) -> TakeAll:
    """Take files in, in this order, into a new ledger; what it tells then."""

    def take(files: Sequence[Path]) -> dict[str, Any]:
        settings = Settings(folder=tmp_path, database=new_database("sqlite"))
        desk = Desk(
            settings=settings,
            plugins=check([Found(plugin=connectors.plugin, origin="tests")]),
            today=date(2026, 8, 19),
            fixed_day=True,
        )
        for file in files:
            desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
        desk.refresh()
        told = dockets(desk.engine)
        desk.engine.dispose()
        return told

    return take


def _shuffled(files: Sequence[Path], seed: int) -> list[Path]:
    mixed = list(files)
    random.Random(seed).shuffle(mixed)  # noqa: S311 - a test's order, not a secret
    return mixed


def _differ(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.fixture(scope="module")
def told(sample_court_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the ledger tells when the feeds came in the order of their names."""
    copied = shutil.copy(sample_court_ledger, tmp_path_factory.mktemp("in-order") / "ledger.sqlite")
    engine = open_ledger(f"sqlite:///{copied}")
    found = dockets(engine)
    engine.dispose()
    return found


def test_the_feeds_mixed_tell_the_same(take_all: TakeAll, told: dict[str, Any]) -> None:
    assert any(name.endswith("26-10047-2") for name in told)
    assert _differ(told, take_all(_shuffled(FILES, 1))) == []


@pytest.mark.exhaustive
def test_the_feeds_backwards_tell_the_same(take_all: TakeAll, told: dict[str, Any]) -> None:
    assert _differ(told, take_all(FILES[::-1])) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(24))
def test_the_feeds_in_any_order_tell_the_same(take_all: TakeAll, told: dict[str, Any], seed: int) -> None:
    assert _differ(told, take_all(_shuffled(FILES, 9006 + seed))) == []
