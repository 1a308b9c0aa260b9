"""Calendars: a thousand events warm against icalendar alone, a 304 against a cold 200, and 2,000 subscribers polling."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
from flask import g
from measuring import best_of, row

sys.path.insert(0, str(Path(__file__).parents[2]))

from calendars.calendar_item import CalendarItem, ItemKind
from calendars.items import told_once
from calendars.publishing import publish_scope
from calendars.scopes import parse_scope, scopes_of
from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.plugins import discover
from docketbridge.settings import Settings
from tests.sample_court.docket import Case, read_cases, read_court
from tests.sample_court.report import write_report

DAY = date(2026, 8, 19)
NOW = datetime(2026, 8, 19, 12, 0, tzinfo=UTC)
COPIES = 10
SUBSCRIBERS = 2_000
PATIENCE = 60
"""Seconds after which a fetch without an answer counts as an error."""
CONNECTIONS = 200
ALL = parse_scope("all")


def main() -> int:
    """Print the ratios; 1 when one of them is below what is asked."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(folder=Path(folder), database=f"sqlite:///{folder}/ledger.sqlite")
        plugins = discover()
        desk = Desk(settings=settings, plugins=plugins, today=DAY, fixed_day=True)
        start = time.perf_counter()
        reports = _fill(desk)
        row(f"a ledger of {reports} docket reports, taken in", f"{time.perf_counter() - start:.1f} s")
        enough = _feeds(desk)
        return 0 if enough and asyncio.run(_poll_all(desk)) else 1


def _fill(desk: Desk) -> int:
    """Take the sample court's dockets in, each under ten case numbers."""
    court, count = read_court(), 0
    for case in (each for each in read_cases() if each.reports and each.case_type == "bk"):
        for copy in range(COPIES):
            other = _renumbered(case, copy)
            report = write_report(court, other, max(other.reports))
            desk.take_in(RawFeed(content=report, name=f"{other.number}.html"))
            count += 1
    return count


def _renumbered(case: Case, copy: int) -> Case:
    year, _, serial = case.number.partition("-")
    number = f"{year}-{int(serial) + 1000 * copy:05d}"
    return replace(case, number=number, case_id=case.case_id + 1000 * copy)


def _feeds(desk: Desk) -> bool:
    start = time.perf_counter()
    publish_scope(desk, ALL)
    row("the whole court published for the first time", f"{time.perf_counter() - start:.2f} s")
    app = create_app(desk.settings, plugins=desk.plugins, today=DAY)
    engines = []
    app.teardown_request(lambda _: engines.append(g.desk.engine))
    client = app.test_client()
    address = f"/calendars/{desk.issue_calendar_token(scope='all', person='The bench', now=NOW).secret}.ics"
    enough = True
    for words, query in (("as it is", ""), ("public", "?flavour=public")):
        start = time.perf_counter()
        answer = client.get(address + query)
        cold = time.perf_counter() - start
        known = {"If-None-Match": answer.headers["ETag"]}
        assert client.get(address + query, headers=known).status_code == 304
        warm = best_of(lambda query=query: client.get(address + query), runs=9)
        unchanged = best_of(lambda query=query, known=known: client.get(address + query, headers=known), runs=9)
        publication = publish_scope(desk, ALL)
        count = answer.data.count(b"BEGIN:VEVENT\r\n")
        items = told_once(publication.items, ALL.kinds | {ItemKind.WATCH})[:count]
        anew = best_of(lambda items=items: _by_icalendar(items), runs=3)
        size = f"{count:,} events, {len(answer.data) / 1000:,.0f} KB"
        row(f"{words}: {size}, cold 200", f"{cold * 1000:.0f} ms")
        row(f"{words}: warm 200 against icalendar anew ({anew * 1000:.0f} ms)", f"{anew / warm:.0f} x", "at least 10 x")
        row(f"{words}: 304 ({unchanged * 1000:.1f} ms) against the cold 200", f"{cold / unchanged:.0f} x", "at least 20 x")
        enough = enough and anew / warm >= 10 and cold / unchanged >= 20
    for engine in engines[:1]:
        engine.dispose()
    return enough


def _by_icalendar(items: tuple[CalendarItem, ...]) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//a bench//EN")
    calendar.add("version", "2.0")
    for item in items:
        event = icalendar.Event()
        for name, value in (
            ("uid", item.uid),
            ("dtstamp", item.modified),
            ("last-modified", item.modified),
            ("sequence", item.sequence),
            ("dtstart", item.start),
            ("dtend", item.end),
            ("summary", item.summary),
            ("description", item.description),
            ("url", item.url),
            ("categories", list(item.categories)),
            ("status", item.status.value),
            ("class", "PRIVATE"),
            ("transp", "TRANSPARENT"),
        ):
            event.add(name, value)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


@dataclass
class Poll:
    """What came of one fetch: its status, its tag, how long it took in seconds."""

    status: int
    tag: str
    seconds: float


async def _poll_all(desk: Desk) -> bool:
    scopes = [scope.text for scope, _ in scopes_of(desk.matters()) if scope.family != "matter"]
    few = [scope for scope in scopes if not scope.startswith("case:")]
    paths = []
    for number in range(SUBSCRIBERS):
        scope = few[number % len(few)] if number % 2 else scopes[number % len(scopes)]
        paths.append(f"/calendars/{desk.issue_calendar_token(scope=scope, person='A reader', now=NOW).secret}.ics")
    desk.engine.dispose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "docketbridge"),
        "--database",
        desk.settings.database,
        "--today",
        DAY.isoformat(),
    ]
    # What it logs goes nowhere: a pipe that nobody reads is full after some hundred requests, and then the server waits.
    server = subprocess.Popen([*command, "serve", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await _up(port)
        start = time.perf_counter()
        first = await _round(port, [(path, "") for path in paths])
        middle = time.perf_counter()
        second = await _round(port, [(path, poll.tag) for path, poll in zip(paths, first, strict=True)])
        end = time.perf_counter()
    finally:
        server.terminate()
        server.wait(timeout=30)
    statuses = [dict(Counter(poll.status for poll in polls)) for polls in (first, second)]
    for words, polls, seconds in (("first", first, middle - start), ("second", second, end - middle)):
        slow = sorted(poll.seconds for poll in polls)[int(len(polls) * 0.99)]
        row(
            f"{SUBSCRIBERS:,} subscribers, {words} poll: {dict(Counter(p.status for p in polls))}", f"{seconds:.1f} s", "no error"
        )
        row("  a second; of a hundred, the slowest but one", f"{len(polls) / seconds:.0f}, {slow:.2f} s")
    return statuses == [{200: SUBSCRIBERS}, {304: SUBSCRIBERS}]


async def _up(port: int) -> None:
    for _ in range(100):
        try:
            await _fetch(port, "/healthz", "")
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return


async def _round(port: int, wanted: list[tuple[str, str]]) -> list[Poll]:
    gate = asyncio.Semaphore(CONNECTIONS)

    async def one(path: str, tag: str) -> Poll:
        async with gate:
            try:
                return await asyncio.wait_for(_fetch(port, path, tag), PATIENCE)
            except OSError:  # a timeout is one
                return Poll(status=0, tag="", seconds=0.0)

    return list(await asyncio.gather(*(one(path, tag) for path, tag in wanted)))


async def _fetch(port: int, path: str, tag: str) -> Poll:
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    known = f"If-None-Match: {tag}\r\n" if tag else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n{known}Connection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    head = answer.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = [line.partition(": ") for line in head.split("\r\n")]
    return Poll(
        status=int(head.split(" ", 2)[1]) if head else 0,
        tag=next((value for name, _, value in lines if name == "ETag"), ""),
        seconds=time.perf_counter() - start,
    )


if __name__ == "__main__":
    sys.exit(main())
