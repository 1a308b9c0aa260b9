"""Fixtures of the connectors' tests: golden pairs, and the law that redacted bytes parse the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import pytest

from docketbridge.api import FeedParser, ParsedFeed, RawFeed

GOLDEN = Path(__file__).parent.parent / "golden" / "connectors"


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _told(feed: ParsedFeed) -> str:
    return json.dumps(asdict(feed), default=_plain, ensure_ascii=False, indent=1) + "\n"


@pytest.fixture(scope="session")
def golden_folder() -> Path:
    """Where the golden pairs of the connectors stand."""
    return GOLDEN


@pytest.fixture(scope="session")
def reads_as_golden() -> Callable[[FeedParser, Path], None]:
    """Check a composed file against the `.parsed.json` beside it; a missing golden fails, none is ever written."""

    def check(parser: FeedParser, path: Path) -> None:
        expected = path.with_name(path.name + ".parsed.json")
        assert expected.is_file(), f"no golden {expected.name} beside {path.name}"
        told = _told(parser.parse(RawFeed(content=path.read_bytes(), name=path.name)))
        assert json.loads(told) == json.loads(expected.read_text(encoding="utf-8"))

    return check


@pytest.fixture(scope="session")
def redacts_lawfully() -> Callable[..., bytes]:
    """Check that redacted bytes parse to the same feed, and that redacting twice changes nothing; gives the redacted bytes."""

    def check(parser: FeedParser, content: bytes, *, name: str = "feed", court: str | None = None) -> bytes:
        redacted = parser.redact(content)  # type: ignore[attr-defined]  # each module of ours has it
        before = parser.parse(RawFeed(content=content, name=name, court=court))
        assert parser.parse(RawFeed(content=redacted, name=name, court=court)) == before
        assert parser.redact(redacted) == redacted  # type: ignore[attr-defined]  # as above
        assert isinstance(redacted, bytes)
        return redacted

    return check
