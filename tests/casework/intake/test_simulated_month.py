"""A busy court simulated: what its feed lost lies inside a recorded gap, and no gap is recorded where nothing could be lost."""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import connectors
from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.dockets.polls import record_failure, spans_over
from docketbridge.ledger.tables.rows import EntryKeyRow
from docketbridge.plugins import Found, check
from docketbridge.settings import Settings
from tests.composed_feeds import Docketed, rss

START = datetime(2026, 7, 6, 4, 0, tzinfo=UTC)
REBUILT = timedelta(minutes=20)
HELD = 100
EVENTS = ("Motion to Continue/Reschedule Hearing", "Certificate of Service", "Schedules", "Order", "Notice of Hearing", "Receipt")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A docketing and when the court's feed first carried it: a late one only after its time."""

    item: Docketed
    since: datetime


def docketed(chance: random.Random, days: int) -> list[Shown]:
    """What a court dockets: by day up to two a minute, few by night and on weekends; one in fifty reaches the feed late."""
    shown, sequences, at = [], dict.fromkeys(range(10_001, 12_001), 0), START
    while at < START + timedelta(days=days):
        local = at - timedelta(hours=4)
        busy = local.weekday() < 5 and 8 <= local.hour < 17
        at += timedelta(seconds=1 + int(chance.expovariate(1 / (45 if busy else 1500))))
        serial = chance.randrange(10_001, 12_001)
        sequences[serial] += 1
        item = Docketed(at=at, serial=serial, sequence=sequences[serial], event=chance.choice(EVENTS), number=sequences[serial])
        late = chance.random() < 0.02
        shown.append(Shown(item=item, since=at + (REBUILT * chance.randint(1, 2) if late else timedelta())))
    return shown


def window_at(shown: list[Shown], built: datetime, chance: random.Random) -> bytes:
    """The feed as rebuilt: the newest hundred items it knows of, newest first, some of them twice."""
    upto = bisect_right(shown, built, key=lambda each: each.item.at)
    known = [each.item for each in shown[max(0, upto - 2 * HELD) : upto] if each.since <= built][-HELD:]
    items = [item for item in reversed(known) for _ in range(2 if chance.random() < 0.03 else 1)]
    return rss(items, built=built)


def outages(chance: random.Random, days: int) -> list[tuple[datetime, datetime]]:
    """When the source could not be reached: for minutes, for hours, and for days."""
    end = START + timedelta(days=days)
    lengths = [*(timedelta(minutes=chance.randint(5, 90)) for _ in range(days)), timedelta(hours=7), timedelta(hours=30)]
    if days > 7:
        lengths.append(timedelta(days=3))
    starts = [START + (end - START) * chance.random() for _ in lengths]
    return [(start, start + length) for start, length in zip(starts, lengths, strict=True)]


@pytest.fixture
def desk(new_database, tmp_path):
    plugins = check([Found(plugin=connectors.plugin, origin="tests")])
    settings = Settings(folder=tmp_path, database=new_database("sqlite"))
    opened = Desk(settings=settings, plugins=plugins, today=date(2026, 8, 19), fixed_day=True)
    yield opened
    opened.engine.dispose()


def simulate(desk: Desk, days: int, seed: int, *, fails: bool = True) -> tuple[int, int]:
    """Poll the simulated court through its days; the number of entries lost and of gaps recorded, both shown to be right."""
    chance = random.Random(seed)  # noqa: S311 - a simulated court, not a secret
    shown, down = docketed(chance, days), outages(chance, days) if fails else []
    windows: list[tuple[datetime, datetime]] = []
    feeds: list[tuple[str, bytes, datetime]] = []
    built = START + REBUILT
    while built < START + timedelta(days=days):
        if any(start <= built <= end for start, end in down):
            with Session(writing_engine(desk.engine)) as session, session.begin():
                record_failure(session, court="zzb", source="zzb-rss", at=built, why="no answer")
        else:
            feeds.append((f"{built:%m-%dT%H%M}", window_at(shown, built, chance), built))
        built += REBUILT
    late_or_swapped = [*feeds[: len(feeds) // 3], *reversed(feeds[len(feeds) // 3 : len(feeds) // 2]), *feeds[len(feeds) // 2 :]]
    for name, content, at in late_or_swapped:
        result = desk.take_in(RawFeed(content=content, name=name, fetched_at=at))
        assert result.window is not None
        windows.append((result.window.oldest, result.window.newest))
    return _judge(desk, shown, windows)


def _judge(desk: Desk, shown: list[Shown], windows: list[tuple[datetime, datetime]]) -> tuple[int, int]:
    with Session(desk.engine) as session:
        keys = session.execute(select(EntryKeyRow.case_number, EntryKeyRow.key).where(EntryKeyRow.key.like("seq:%")))
        seen = {(number, key) for number, key in keys}
        spans = spans_over(session, "zzb")
    first, last = spans[0].start, spans[-1].end
    gaps = [(one.end, other.start) for one, other in pairwise(spans)]
    lost = [each for each in shown if (each.item.case_number, f"seq:{each.item.sequence}") not in seen]
    within = [each for each in lost if first <= each.item.at <= last]
    outside = [each for each in within if not any(start <= each.item.at <= end for start, end in gaps)]
    # A late item can be cut from the feed before any look sees it, and no window can tell; nothing else may be lost.
    assert [each for each in outside if each.since == each.item.at] == []
    assert [each for each in lost for oldest, newest in windows if oldest < each.item.at and each.since <= newest] == []
    _no_gap_without_need(gaps, sorted(windows))
    return len(within), len(gaps)


def _no_gap_without_need(gaps: list[tuple[datetime, datetime]], windows: list[tuple[datetime, datetime]]) -> None:
    """Worked out the slow way: a gap begins where a window ends and no window whatever reaches over that moment."""
    for start, end in gaps:
        assert not any(oldest <= start < newest for oldest, newest in windows)
        assert not any(oldest < end <= newest for oldest, newest in windows)
        assert any(newest == start for _, newest in windows)
        assert any(oldest == end for oldest, _ in windows)
    naive = sum(
        1
        for _, newest in windows
        if newest < max(end for _, end in windows)
        and not any(oldest <= newest < other for oldest, other in windows)
        and any(oldest > newest for oldest, _ in windows)
    )
    assert len(gaps) == naive


def test_two_days_of_a_busy_court_lose_nothing_outside_a_recorded_gap(desk):
    lost, gaps = simulate(desk, 2, seed=9006)
    assert lost > 20
    assert gaps >= 1


def test_days_without_an_outage_record_no_gap_and_lose_nothing(desk):
    assert simulate(desk, 1, seed=1, fails=False) == (0, 0)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", [9006, 1978])
def test_thirty_days_of_a_busy_court_lose_nothing_outside_a_recorded_gap(desk, seed):
    lost, gaps = simulate(desk, 30, seed=seed)
    assert lost > 200
    assert gaps >= 3
