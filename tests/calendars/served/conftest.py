"""The sample court served: a ledger taken in once, a copy for each test, and ways to add a docket entry and to fetch."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import g
from flask.testing import FlaskClient

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Role
from docketbridge.domain.feeds import RawFeed
from docketbridge.plugins import Plugins, discover
from docketbridge.settings import Settings
from docketbridge.testing import sign_in
from tests.sample_court.compose import FEEDS
from tests.sample_court.docket import Case, Court, Entry, read_cases, read_court
from tests.sample_court.report import write_report

DAY = date(2026, 8, 19)
NODE = Path(__file__).parent / "node"
NOW = datetime(2026, 8, 19, 12, 0, tzinfo=UTC)


@dataclass
class Site:
    """A ledger of the sample court with its site: what a clerk's office runs, in this process."""

    folder: Path
    database: str
    plugins: Plugins
    court: Court
    cases: dict[str, Case]
    day: date = DAY
    added: dict[str, list[Entry]] = field(default_factory=dict)
    desks: list[Desk] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings(folder=self.folder, database=self.database)

    def desk(self) -> Desk:
        """A desk as a new process has it."""
        self.desks.append(Desk(settings=self.settings, plugins=self.plugins, today=self.day, fixed_day=True))
        return self.desks[-1]

    def client(self) -> FlaskClient:
        """The site as a new process has it, and nobody signed in: calendars are fetched without."""
        app = create_app(self.settings, plugins=self.plugins, today=self.day)
        app.teardown_request(lambda _: self.desks.append(g.desk))
        return app.test_client()

    def clerk(self) -> FlaskClient:
        """The same in a clerk's browser."""
        client = self.client()
        sign_in(client, Role.CLERK)
        return client

    def close(self) -> None:
        """Let go of every connection."""
        for engine in {vars(desk)["engine"] for desk in self.desks if "engine" in vars(desk)}:
            engine.dispose()

    def token(self, scope: str, **changes: Any) -> str:
        """Issue an address and give the path that apps fetch."""
        issued = self.desk().issue_calendar_token(scope=scope, person="Perpetua Lindqvist", now=NOW, **changes)
        return f"/calendars/{issued.secret}.ics"

    def take_in_reports(self, pattern: str = "*") -> None:
        """Take in the docket reports of the sample court as they are committed."""
        desk = self.desk()
        for path in sorted((FEEDS / "docket-reports").glob(f"{pattern}.html")):
            desk.take_in(RawFeed(content=path.read_bytes(), name=path.name))

    def docket(self, number: str, text: str, *, at: str, event: str, document: int | None = None) -> None:
        """Add an entry to a case's docket, and take in a docket report printed an hour later."""
        case = self.cases[number]
        added = self.added.setdefault(number, [])
        last = (*case.entries, *added)[-1]
        moment = datetime.fromisoformat(at).replace(tzinfo=self.court.zone)
        entry = replace(
            last,
            at=moment,
            filed=moment.date(),
            number=document,
            sequence=last.sequence + 2,
            events=(event,),
            text=text,
            by="rbp",
            attachments=(),
            means="none",
            sealed=False,
            notice=None,
            corrected=None,
        )
        added.append(entry)
        grown = replace(case, entries=(*case.entries, *added))
        report = write_report(self.court, grown, moment.replace(hour=moment.hour + 1))
        self.desk().take_in(RawFeed(content=report, name=f"{number}.html"))


@pytest.fixture(scope="session")
def plugins() -> Plugins:
    return discover()


@pytest.fixture(scope="session")
def sample(plugins: Plugins) -> Callable[[Path, str], Site]:
    """Make a site of the sample court on a database; whoever makes it closes it."""
    court, cases = read_court(), {case.number: case for case in read_cases()}
    return lambda folder, database: Site(folder=folder, database=database, plugins=plugins, court=court, cases=cases)


@pytest.fixture
def make_site(sample: Callable[[Path, str], Site]) -> Iterator[Callable[[Path, str], Site]]:
    """Make sites, closed when the test ends."""
    made: list[Site] = []

    def make(folder: Path, database: str) -> Site:
        made.append(sample(folder, database))
        return made[-1]

    yield make
    for site in made:
        site.close()


@pytest.fixture(scope="session")
def taken_in(ledger_of: Callable[[str, Iterable[Path]], Path]) -> Path:
    """The file of a ledger that holds every docket report of the sample court; to be copied, never written."""
    return ledger_of("every-report", sorted((FEEDS / "docket-reports").glob("*.html")))


@pytest.fixture
def site(tmp_path: Path, taken_in: Path, make_site: Callable[[Path, str], Site]) -> Site:
    """The sample court's ledger, a copy of this test's own, and its site."""
    ledger = tmp_path / "ledger.sqlite"
    shutil.copy(taken_in, ledger)
    return make_site(tmp_path, f"sqlite:///{ledger}")


@pytest.fixture(scope="session")
def node_modules(pytestconfig: pytest.Config) -> Path:
    """A folder with ical.js and node-ical as the lock names them, kept between runs; skips, and says so, without them."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("NODE IS NOT INSTALLED: the verdict of ical.js and node-ical on our calendars is unknown")
    kept = pytestconfig.cache.mkdir("node-readers")
    ready = kept / hashlib.sha256((NODE / "package-lock.json").read_bytes()).hexdigest()[:16]
    if not ready.is_dir():
        fresh = kept / uuid4().hex
        shutil.copytree(NODE, fresh)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        try:
            subprocess.run(command, cwd=fresh, check=True, capture_output=True, timeout=60)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            shutil.rmtree(fresh)
            pytest.skip("NPM CANNOT INSTALL ical.js AND node-ical: their verdict on our calendars is unknown")
        try:
            fresh.rename(ready)
        except OSError:
            shutil.rmtree(fresh)  # another worker was first
    shutil.copy(NODE / "read.js", ready / "read.js")
    return ready
