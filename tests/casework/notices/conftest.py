"""A desk whose mail and webhooks go to receivers on this machine, a matter that moves, and people who follow it."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.intake import IntakeResult
from docketbridge.casework.notices.notices import Delivered, deliver_due
from docketbridge.casework.notices.subscribing import subscribe
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.rights import Role
from docketbridge.casework.rulebook import Rulebook
from docketbridge.plugins import Found, Plugin, check
from docketbridge.settings import Settings, WebhookSettings
from tests.composed_feeds import ComposedFormat, entry, feed
from tests.receivers import Hooked, HookServer, Mailbox, MailServer, serving

START = datetime(2026, 8, 17, 14, 0, tzinfo=UTC)
NOW = datetime(2026, 8, 19, 16, 0, tzinfo=UTC)
SECRET = "a secret for the tests alone"  # noqa: S105 - of the tests' own receiver
ENVIRONMENT = {"HOOK_SECRET": SECRET}
BANK = "Harborlight Savings Bank, N.A."


def told(number: int, days: int, event: str, text: str, *, related: tuple[int, ...] = (), case: str = "26-10123"):
    """Entry `number`, docketed that many days after 17 August 2026."""
    at = START + timedelta(days=days)
    return entry(
        case_number=case,
        document_number=str(number),
        sequence=str(number + 20),
        date_filed=at.date(),
        entered_at=at,
        events=(event,),
        text=f"{text} (Entered: {at:%m/%d/%Y})",
        related_documents=related,
    )


def request_entry(case: str = "26-10123", days: int = 0):
    """A request for loss mitigation."""
    words = f"Debtor's Request for Loss Mitigation (Form A) with Creditor {BANK} Filed by Debtor Ada Quillfeather."
    return told(12, days, "Request for Loss Mitigation", words, case=case)


def objection_entry(case: str = "26-10123", days: int = 1):
    """The creditor's objection to it."""
    words = f"Objection to Request for Loss Mitigation Filed by Creditor {BANK} (RE: related document(s) 12)."
    return told(13, days, "Objection to Request for Loss Mitigation", words, related=(12,), case=case)


def withdrawal_entry(case: str = "26-10123", days: int = 2):
    """The debtor's withdrawal of it, with which the matter ends."""
    words = "Withdrawal of Request for Loss Mitigation Filed by Debtor Ada Quillfeather (RE: related document(s) 12)."
    return told(14, days, "Withdrawal of Request for Loss Mitigation", words, related=(12,), case=case)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    server = MailServer()
    serving(server)
    yield server.box
    server.shutdown()
    server.server_close()


@pytest.fixture
def hooked() -> Iterator[Hooked]:
    server = HookServer()
    serving(server)
    yield server.hooked
    server.shutdown()
    server.server_close()


PEOPLE = (("clara", Role.CLERK, ""), ("june", Role.JUDGE, "dfl"), ("mia", Role.MEDIATOR, "ruth-e-calloway-finch"))


def set_up(desk: Desk, mailbox: Mailbox, hooked: Hooked) -> None:
    """Let a desk's mail and one webhook go to receivers on this machine."""
    hook = WebhookSettings(name="hub", address=f"http://127.0.0.1:{hooked.port}/in?x=1", secret_from="HOOK_SECRET")
    desk.settings = replace(
        desk.settings,
        mail_host="127.0.0.1",
        mail_port=mailbox.port,
        mail_security="none",
        mail_from="Docketbridge <notes@court.example>",
        site_address="https://lm.court.example",
        webhooks=(hook,),
    )


def people_in(desk: Desk) -> None:
    """Three people: a clerk, a judge, and a mediator of none of the matters."""
    for account, role, scope in PEOPLE:
        person = NewPerson(account=account, role=role, id=scope, name=account.title(), email=f"{account}@court.example")
        desk.people.add(person, password=None)


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rulebook]:
    """A ledger with its people, made once and copied for each test; and the rulebook, read once."""
    file = tmp_path_factory.mktemp("peopled") / "ledger.sqlite"
    desk = Desk(settings=Settings(folder=file.parent, database=f"sqlite:///{file}"), plugins=check([]), today=date(2026, 8, 19))
    people_in(desk)
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.engine.dispose()
    return file, desk.rulebook


@pytest.fixture
def office(
    peopled: tuple[Path, Rulebook], tmp_path: Path, composed: ComposedFormat, mailbox: Mailbox, hooked: Hooked
) -> Iterator[Desk]:
    """A desk on Wednesday 19 August 2026 whose mail and webhook go to receivers here, with its people."""
    file, rulebook = peopled
    copied = shutil.copy(file, tmp_path / "ledger.sqlite")
    plugin = Plugin(name="composed", title="Composed feeds", parsers=MappingProxyType({"composed": composed}))
    settings = Settings(folder=tmp_path, database=f"sqlite:///{copied}")
    desk = Desk(settings=settings, plugins=check([Found(plugin=plugin, origin="tests")]), today=date(2026, 8, 19), fixed_day=True)
    desk.rulebook = rulebook
    set_up(desk, mailbox, hooked)
    yield desk
    desk.engine.dispose()


@pytest.fixture
def take(office: Desk, composed: ComposedFormat) -> Callable[..., IntakeResult]:
    """Take a composed feed in."""
    return lambda name, parsed: office.take_in(composed.add(name, parsed))


@pytest.fixture
def docket(office: Desk, take: Callable[..., object]) -> Callable[..., None]:
    """Docket entries, as a feed of their own tells them on a day of August."""
    numbers = itertools.count()

    def do(*entries: object, day: int = 19) -> None:
        office.today = date(2026, 8, day)
        newest = datetime(2026, 8, day, 20, tzinfo=UTC)
        take(f"feed {next(numbers)}", feed(*entries, oldest=START - timedelta(days=30), newest=newest))

    return do


@pytest.fixture
def follow(office: Desk) -> Callable[..., None]:
    """Let somebody follow something."""

    def do(account: str, *, scope: str = "all", wish: str = "everything", channel: str = "mail") -> None:
        subscribe(office, account, scope=scope, wish=wish, channel=channel)

    return do


@pytest.fixture
def deliver(office: Desk) -> Callable[..., Delivered]:
    """Deliver what is due at a moment."""
    return lambda now=NOW: deliver_due(office, now, environment=ENVIRONMENT)
