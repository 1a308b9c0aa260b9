"""Intake killed at any moment, or run twice at once, ends in the same ledger: nothing lost, nothing twice."""

from __future__ import annotations

import multiprocessing
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docketbridge.casework.intake import intake_desk
from docketbridge.casework.intake.reading_ahead import ReadingAhead
from docketbridge.cli import main
from docketbridge.ledger.database import open_ledger
from tests.ledger_dump import dump

FEEDS = Path(__file__).parents[2] / "sample_court" / "feeds"
FILES = [
    *sorted((FEEDS / "rss").glob("2026-07-*.xml"))[:6],
    *sorted((FEEDS / "docket-reports").glob("26-1012*.html")),
    *sorted((FEEDS / "notices").glob("26-10123-*.eml")),
]
_UNDISTURBED: dict[str, tuple[str, dict[str, list[str]], float]] = {}
_FORKING = multiprocessing.get_context("fork")


def _arguments(database, files=FILES):
    return ["--database", database, "--today", "2026-08-19", "intake", *map(str, files)]


def _start(database, files=FILES):
    """`docketbridge intake` in a process of its own, forked so that it starts at once."""
    process = _FORKING.Process(target=main, args=(_arguments(database, files),))
    process.start()
    return process


def _finish(*processes):
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
        process.close()


def _dumped(database):
    engine = open_ledger(database)
    told = dump(engine)
    engine.dispose()
    return told


@pytest.fixture(autouse=True)
def batches_of_three(request, monkeypatch):
    """Feeds are kept by threes, so that a kill falls between batches too; the long runs read them ahead in a process beside."""
    monkeypatch.setattr(intake_desk, "_BATCH_FEEDS", 3)
    if request.node.get_closest_marker("exhaustive") is None:
        monkeypatch.setattr(ReadingAhead, "_start", lambda _: None)


@pytest.fixture(params=["sqlite", "postgresql"])
def undisturbed(request, new_database):
    """An undisturbed run: the kind of database, what the ledger holds after it, and how long it took in seconds."""
    if request.param in _UNDISTURBED:
        return _UNDISTURBED[request.param]
    _finish(_start(new_database(request.param)))  # the first run loads and compiles what the next find ready
    database = new_database(request.param)
    began = time.monotonic()
    _finish(_start(database))
    took = time.monotonic() - began
    told = _dumped(database)
    assert len(told["snapshot"]) == len(FILES)
    assert told["standing"]
    _UNDISTURBED[request.param] = request.param, told, took
    return _UNDISTURBED[request.param]


def _kill_and_restart(kind, told, took, new_database, chance):
    database = new_database(kind)
    process = _start(database)
    process.join(chance.uniform(0, took))
    process.kill()
    process.join()
    killed = process.exitcode != 0
    process.close()
    _finish(_start(database))
    assert _dumped(database) == told
    return killed


def test_killed_at_a_random_moment_and_started_again_it_ends_in_the_same_ledger(undisturbed, new_database):
    chance = random.Random(20260819)  # noqa: S311 - a test's moments, not a secret
    killed = sum(_kill_and_restart(*undisturbed, new_database, chance) for _ in range(3))
    assert killed


@pytest.mark.exhaustive
def test_killed_at_a_hundred_random_moments_it_ends_in_the_same_ledger(undisturbed, new_database):
    chance = random.Random(9006)  # noqa: S311 - a test's moments, not a secret
    killed = sum(_kill_and_restart(*undisturbed, new_database, chance) for _ in range(100))
    assert killed >= 60


def test_two_processes_at_once_on_the_same_files_make_one_ledger(undisturbed, new_database):
    kind, told, _ = undisturbed
    database = new_database(kind)
    _finish(_start(database), _start(database))
    assert _dumped(database) == told


def test_two_processes_at_once_on_different_files_make_the_same_ledger(undisturbed, new_database):
    kind, told, _ = undisturbed
    database = new_database(kind)
    _finish(_start(database, FILES[::2]), _start(database, FILES[1::2]))
    assert _dumped(database) == told


def test_the_command_itself_killed_while_it_speaks_loses_nothing(new_database):
    database, other = new_database("sqlite"), new_database("sqlite")
    command = [sys.executable, "-c", "from docketbridge.cli import main; main()"]
    with subprocess.Popen([*command, *_arguments(database)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.kill()
    _finish(_start(database), _start(other))
    assert _dumped(database) == _dumped(other)
