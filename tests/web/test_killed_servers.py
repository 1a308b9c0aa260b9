"""Two servers on one ledger, killed in mid-work: no page fails after one retry, and a visit goes on at the other server."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import socket
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.people.signing_in import Caller
from docketbridge.casework.rights import Role
from docketbridge.cli import main
from docketbridge.plugins import check
from docketbridge.settings import Settings
from docketbridge.web.visiting import VISIT_COOKIE

_FORKING = multiprocessing.get_context("fork")
_PAGES = ("/", "/review", "/health", "/readyz")


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _until(seen):
    """Wait until something is seen, and not for ever."""
    for _ in range(600):
        if found := seen():
            return found
        time.sleep(0.05)
    raise AssertionError("it was not seen in half a minute")


@dataclass
class Server:
    """One `docketbridge serve` with two workers, as a process of its own."""

    database: str
    port: int
    process: multiprocessing.Process | None = None

    def start(self):
        told = ["--database", self.database, "serve", "--port", str(self.port)]
        self.process = _FORKING.Process(target=_serve, args=(told,), daemon=True)
        self.process.start()
        return self

    def workers(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(each) for each in children.read_text(encoding="ascii").split()]

    def wait(self):
        for _ in range(300):
            try:
                if _ask(self.port, "/readyz", "")[0] == 200:
                    return self
            except (OSError, HTTPException):
                pass
            time.sleep(0.1)
        raise AssertionError("the server did not come up in half a minute")

    def kill_a_worker(self, chance):
        os.kill(chance.choice(_until(self.workers)), signal.SIGKILL)

    def kill_whole(self, chance):
        del chance
        orphans = _until(self.workers)
        self.process.kill()
        self.process.join()
        # They find out by themselves that nobody leads them, finish the page in hand and end.
        _until(lambda: not any(Path(f"/proc/{each}").exists() for each in orphans))
        self.start()
        _until(self.workers)
        self.wait()

    def end(self):
        self.process.terminate()
        self.process.join(30)
        return self.process.exitcode


def _serve(told):
    os.setsid()
    # What the server logs is not what this test reads.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    main(told)


def _ask(port, page, secret):
    """The status of a page and the id of the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", page, headers={"Cookie": f"{VISIT_COOKIE}={secret}"})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("X-Request-Id")
    finally:
        connection.close()


@dataclass
class Reader(threading.Thread):
    """Somebody who reads page after page, and asks the other server once when one fails."""

    ports: tuple[int, ...]
    secret: str
    over: threading.Event = field(default_factory=threading.Event)
    read: int = 0
    retried: int = 0
    failed: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__(daemon=True)

    def __hash__(self):
        return id(self)

    def run(self):
        turn = 0
        while not self.over.is_set():
            turn += 1
            page, first = _PAGES[turn % len(_PAGES)], turn % 2
            if self._fails(self.ports[first], page) is not None:
                self.retried += 1
                if (why := self._fails(self.ports[1 - first], page)) is not None:
                    self.failed.append((page, why))
            self.read += 1

    def _fails(self, port, page):
        try:
            status, identity = _ask(port, page, self.secret)
        except (OSError, HTTPException) as fault:
            return repr(fault)
        return None if status in (200, 302) and identity else status


def _signed_in(database, folder):
    desk = Desk(settings=Settings(folder=folder, database=database), plugins=check(()), today=None)
    person = desk.people.add(NewPerson(account="ada", role=Role.CLERK, id="", name="Ada Quill", matters=()), password=None)
    begun = desk.people.door.begin(person, how="test", caller=Caller(address="127.0.0.1", agent="test"))
    desk.engine.dispose()
    return begun.secret


@pytest.fixture
def servers(new_database, tmp_path, monkeypatch):
    """Two servers on one PostgreSQL, both up, and the secret of a visit that holds at both."""
    database = new_database("postgresql")
    monkeypatch.setenv("DOCKETBRIDGE_FOLDER", str(tmp_path))
    monkeypatch.setenv("DOCKETBRIDGE_SECRET_KEY", "k" * 40)
    secret = _signed_in(database, tmp_path)
    both = [Server(database=database, port=_free_port()).start() for _ in range(2)]
    try:
        yield [server.wait() for server in both], secret
    finally:
        codes = [server.end() for server in both]
    assert codes == [0, 0]


def _read_while(servers, secret, disturb):
    reader = Reader(ports=tuple(server.port for server in servers), secret=secret)
    reader.start()
    try:
        disturb(reader)
    finally:
        reader.over.set()
        reader.join(60)
    assert reader.failed == []
    return reader


def test_a_worker_killed_costs_no_page(servers):
    both, secret = servers
    chance = random.Random(9006)  # noqa: S311 - a test's moments, not a secret

    def disturb(reader):
        for server in both:
            server.kill_a_worker(chance)
            before = reader.read
            _until(lambda before=before: reader.read > before + len(_PAGES))

    assert _read_while(both, secret, disturb).read > len(_PAGES)


@pytest.mark.exhaustive
def test_workers_and_whole_servers_killed_again_and_again_cost_no_page(servers):
    both, secret = servers
    chance = random.Random(2026)  # noqa: S311 - a test's moments, not a secret

    def disturb(_reader):
        for turn in range(20):
            time.sleep(chance.uniform(0.1, 0.8))
            server = chance.choice(both)
            (server.kill_whole if turn % 4 == 3 else server.kill_a_worker)(chance)

    reader = _read_while(both, secret, disturb)
    assert reader.read > 100
    assert reader.retried > 0
