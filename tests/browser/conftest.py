"""A real browser at a real server: the sample court taken in whole, with an account for each role."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.people.signing_in import Caller
from docketbridge.casework.rights import Acting, Role
from docketbridge.casework.trustees.payments import ImportOptions
from docketbridge.plugins import discover
from docketbridge.settings import Settings
from docketbridge.web.limiting import limiter
from docketbridge.web.site import shared_desk
from docketbridge.web.visiting import VISIT_COOKIE
from mediator.session_files import read_session
from tests.serving import served

DEMO_DAY = date(2026, 8, 19)
SAMPLE_COURT = Path(__file__).parents[1] / "sample_court"
LEDGER = "ledger.sqlite"
TIDES = "tide table of the bay"
PEOPLE = (
    NewPerson(account="clerk", role=Role.CLERK, name="Perpetua Lindqvist"),
    NewPerson(account="judge", role=Role.JUDGE, id="dfl", name="Delphine F. Larrabee"),
    NewPerson(account="mediator", role=Role.MEDIATOR, id="ruth-e-calloway-finch", name="Ruth E. Calloway-Finch"),
    NewPerson(account="trustee", role=Role.TRUSTEE, id="marguerite-t-osei", name="Marguerite T. Osei"),
    NewPerson(account="counsel", role=Role.DEBTOR_SIDE, matters=("zzb-26-10047-1",), name="Priscilla D. Mournier"),
    NewPerson(account="bank", role=Role.CREDITOR_SIDE, matters=("zzb-26-10047-1",), name="Anselm Quade"),
    NewPerson(account="admin", role=Role.ADMINISTRATOR, name="Casimir Obuya-Trent"),
)
_CHROMIUM = ("chromium", "chromium-browser")
_ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 15_000  # milliseconds; a page takes a tenth of a second where the machine has nothing else to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """The sample court's site, served on this machine."""

    url: str
    app: Flask

    @property
    def desk(self) -> Desk:
        """The machine's own desk on the demo day."""
        return shared_desk(self.app).on(DEMO_DAY)

    def cookie(self, account: str) -> dict[str, Any]:
        """The cookie of a visit of this person, begun without the form."""
        people = self.desk.people
        begun = people.door.begin(people.person(account), how="test", caller=Caller(address="127.0.0.1", agent="test"))
        return {"name": VISIT_COOKIE, "value": begun.secret, "url": self.url, "httpOnly": True}


@dataclass(slots=True, kw_only=True)
class Visitor:
    """One person's browser: a page, and what the browser complained of (script faults, refusals of the strict policy)."""

    court: Court
    page: Page
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(self.court.url + path)
        return self.page

    def sign_in(self, account: str, password: str = TIDES) -> Page:
        """Sign in by the form, from wherever the person is."""
        self.go("/sign-in")
        self.page.get_by_label("Account").fill(account)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        return self.page

    def listen(self) -> None:
        """Note every error on the page's console, and every script that failed."""

        def said(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.complaints.append(f"{self.page.url}: {message.text}")

        self.page.on("console", said)
        self.page.on("pageerror", lambda fault: self.complaints.append(f"{self.page.url}: {fault}"))


Open = Callable[..., Visitor]


@pytest.fixture(scope="session")
def taken_in(sample_court_ledger: Path, tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Path:
    """A folder with the ledger of the whole sample court and its people: made once a run, whichever worker comes first."""
    folder = tmp_path_factory.getbasetemp().parent / f"browser-{testrun_uid}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / LEDGER).exists():
            shutil.copy(sample_court_ledger, folder / "making.sqlite")
            _take_in(folder / "making.sqlite")
            (folder / "making.sqlite").rename(folder / LEDGER)
    return folder


def _take_in(ledger: Path) -> None:
    desk = Desk(settings=Settings(folder=ledger.parent, database=f"sqlite:///{ledger}"), plugins=discover(), today=DEMO_DAY)
    for file in sorted((SAMPLE_COURT / "payments").glob("*.csv")):
        desk.import_payments(file, ImportOptions())
    for file in sorted((SAMPLE_COURT / "portal" / "exports").iterdir()):
        desk.portal.import_file(file)
    desk.refresh()
    for new in PEOPLE:
        desk.people.add(new, password=TIDES)
    room = desk.mediation
    for told in sorted((SAMPLE_COURT / "portal" / "sessions").glob("*.json")):
        file = desk.matter_file(f"zzb-{told.stem}-1")
        assert file.mediator is not None
        acting = Acting(role=Role.MEDIATOR, id=file.mediator.id)
        room.record_session(read_session(told, matter=file.matter.id, by=acting.id, noted_at=room.now), acting)
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.engine.dispose()


@pytest.fixture(scope="module")
def court(taken_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Court]:
    """The sample court's site on a ledger of the module's own, served by threads."""
    folder = tmp_path_factory.mktemp("court")
    shutil.copy(taken_in / LEDGER, folder / LEDGER)
    app = create_app(Settings(folder=folder, database=f"sqlite:///{folder / LEDGER}"), today=DEMO_DAY)
    with served(app) as url:
        yield Court(url=url, app=app)
    shared_desk(app).engine.dispose()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window and without a network of its own. Skips, and says so, where there is none."""
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is None:
        pytest.skip("there is no Chromium here: `make tools` installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_ALONE))
        yield browser
        browser.close()


@pytest.fixture
def open_browser(court: Court, chromium: Browser) -> Iterator[Open]:
    """Open a browser of somebody's own: signed in as an account, of a width, light or dark, with or without scripts.

    At the end of the test none of them may have had anything to complain of.
    """
    opened: list[tuple[BrowserContext, Visitor]] = []
    with court.app.app_context():
        limiter.reset()

    def open_one(account: str = "", *, width: int = 1440, scheme: str = "light", scripts: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(_PATIENCE)
        if account:
            context.add_cookies([court.cookie(account)])
        visitor = Visitor(court=court, page=context.new_page())
        visitor.listen()
        opened.append((context, visitor))
        return visitor

    yield open_one
    for context, _ in opened:
        context.close()
    assert [each for _, visitor in opened for each in visitor.complaints] == []
