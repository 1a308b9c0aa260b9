"""Composed entries and feeds for the ledger's tests."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.domain.entries import ParsedEntry, Source
from docketbridge.domain.feeds import ParsedFeed, Scope, Window
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.dockets.facts import Arrival, ReadyFeed, Recorded, digest_of_bytes, keep_snapshot, record
from docketbridge.ledger.dockets.tellings import tell

NOON = datetime(2026, 7, 27, 16, 0, tzinfo=UTC)


@pytest.fixture
def entry() -> Callable[..., ParsedEntry]:
    """Compose one entry of case 26-10123 of the sample court."""

    def compose(**told: Any) -> ParsedEntry:
        usual: dict[str, Any] = {
            "court": "zzb",
            "case_number": "26-10123",
            "case_type": "bk",
            "source": Source(file="composed", where="item 1"),
        }
        return ParsedEntry(**{**usual, **told})

    return compose


@pytest.fixture
def keep(engine: Engine) -> Callable[..., Recorded | None]:
    """Record a feed made of entries; None when its bytes are kept already."""

    def do(
        *entries: ParsedEntry,
        name: str,
        format: str = "cmecf-rss",  # noqa: A002 - the field's own name
        at: datetime = NOON,
        oldest: datetime | None = None,
        whole: bool = True,
        case_number: str | None = None,
    ) -> Recorded | None:
        parsed = ParsedFeed(
            format=format,
            court="zzb",
            observations=entries,
            window=Window(oldest=oldest or at, newest=at),
            scope=Scope(declared="all" if whole else "orders", whole=whole, case_number=case_number),
        )
        told = tell(parsed, "America/New_York")
        feed = ReadyFeed(name=name, digest=digest_of_bytes(name.encode()), kept=zlib.compress(name.encode()), told=told)
        with Session(writing_engine(engine)) as session, session.begin():
            if not keep_snapshot(session, feed, seen_at=at):
                return None
            [recorded], _ = record(session, [Arrival(told=told, snapshot=feed.digest, seen_at=at)])
            return recorded

    return do


@pytest.fixture
def day() -> Callable[[int], date]:
    """A day of July 2026."""
    return lambda number: date(2026, 7, number)
