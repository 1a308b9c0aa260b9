"""The sample court for its tests: dockets, court, and the feeds as committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sample_court.compose import FEEDS
from tests.sample_court.docket import Case, Court, read_cases, read_court


@pytest.fixture(scope="session")
def court() -> Court:
    return read_court()


@pytest.fixture(scope="session")
def cases() -> tuple[Case, ...]:
    return read_cases()


@pytest.fixture(scope="session")
def feeds() -> Path:
    return FEEDS
