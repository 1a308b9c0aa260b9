"""Two schedules on one ledger, killed in mid-work again and again: no due run is made twice, none is lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from multiprocessing.context import ForkProcess
from multiprocessing.synchronize import Event

import pytest

from docketbridge.casework.desk import Desk
from docketbridge.ledger.job_runs import Ending
from docketbridge.plugins import check
from docketbridge.schedule.jobs import Work
from docketbridge.schedule.runner import Runner, serve_until_signalled, this_process
from docketbridge.settings import Settings

_FORKING = multiprocessing.get_context("fork")
_LEASE = timedelta(seconds=2)
_BEAT = timedelta(seconds=0.15)
_JOBS = ("one", "two", "three")
_STEP = timedelta(seconds=1)


@dataclass(frozen=True)
class EverySecond:
    """A pace quicker than any of the instance's own."""

    def due(self, now):
        return now.replace(microsecond=0)

    def in_words(self):
        return "every second"


def _work(name, folder):
    """A job that takes a while, and notes when it begins and when it ends, in one write each."""

    def note(what, started):
        with (folder / name).open("a", encoding="ascii") as told:
            told.write(f"{what} {started.isoformat()} {os.getpid()} {time.monotonic()}\n")

    def run(_desk, started):
        note("begin", started)
        time.sleep(0.25)
        note("end", started)
        return "well"

    return Work(name=name, what=name, timing=EverySecond(), run=run)


@dataclass(kw_only=True)
class Telling(Runner):
    """A runner that tells when it serves: from then on a signal asks it to end, and before ends it at once."""

    serves: Event

    def serve(self):
        self.serves.set()
        super().serve()


def _serve(database, folder, serves):
    """One schedule, as a process of its own."""
    os.setsid()
    desk = Desk(settings=Settings(folder=folder, database=database), plugins=check(()), today=None)
    jobs = [_work(name, folder) for name in _JOBS]
    serve_until_signalled(Telling(desk=desk, jobs=jobs, claimant=this_process(_LEASE), beat=_BEAT, serves=serves))


@dataclass
class Schedule:
    """A process that serves the schedule."""

    process: ForkProcess
    serves: Event

    @property
    def pid(self):
        return self.process.pid

    def kill(self):
        """End it in the middle of whatever it does."""
        self.process.kill()
        self.process.join()

    def end(self):
        """Ask it to end, once it can be asked, and see that it ends well."""
        assert self.serves.wait(60), "the process never served"
        self.process.terminate()
        self.process.join(20)
        assert self.process.exitcode == 0


def _start(database, folder):
    serves = _FORKING.Event()
    process = _FORKING.Process(target=_serve, args=(database, folder, serves), daemon=True)
    process.start()
    return Schedule(process, serves)


@dataclass(frozen=True)
class Line:
    what: str
    started: str
    process: int
    at: float


def _lines(folder, name):
    """What a job noted; the last line may be cut off where its process was killed."""
    told = (folder / name).read_text(encoding="ascii").splitlines()
    parts = [line.split() for line in told]
    return [Line(what=each[0], started=each[1], process=int(each[2]), at=float(each[3])) for each in parts if len(each) == 4]


def _kill_again_and_again(database, folder, *, kills, seed):
    """Two schedules; kill one or the other at random moments, and start another in its place; then let them finish."""
    chance = random.Random(seed)  # noqa: S311 - a test's moments, not a secret
    running = [_start(database, folder), _start(database, folder)]
    killed = {}
    for _ in range(kills):
        time.sleep(chance.uniform(0.8, 3.0))
        gone = running.pop(chance.randrange(2))
        gone.kill()
        killed[gone.pid] = datetime.now(tz=UTC)
        running.append(_start(database, folder))
    desk = Desk(settings=Settings(folder=folder, database=database), plugins=check(()), today=None)
    gone_at = desk.running.now()
    _until(lambda: _settled_since(desk, gone_at))
    desk.engine.dispose()
    for each in running:
        each.end()
    return killed


def _settled_since(desk, moment):
    """Whether every job was run by a process that lives since a moment, and no older run is still open."""
    runs = [run for name in _JOBS for run in desk.running.runs_of(name)]
    done = {run.job for run in runs if run.outcome is Ending.DONE and run.due > moment}
    return True if done == set(_JOBS) and all(run.outcome or run.due > moment for run in runs) else None


def _see_that_nothing_was_lost_or_made_twice(database, folder, killed):
    desk = Desk(settings=Settings(folder=folder, database=database), plugins=check(()), today=None)
    again = 0
    for name in _JOBS:
        runs, lines = desk.running.runs_of(name), _lines(folder, name)
        kept = {run.started_at.isoformat(): run for run in runs}
        ends = Counter(line.started for line in lines if line.what == "end")
        # Every run that was begun came to its end, and the attempt that the ledger tells of ended once.
        assert [run.outcome for run in runs] == [Ending.DONE] * len(runs)
        assert all(ends[started] == 1 for started in kept)
        # An attempt that the ledger does not tell of was cut off by a kill, and made again.
        cut = [line for line in lines if line.what == "begin" and line.started not in kept]
        assert {line.process for line in cut} <= killed.keys()
        assert len(cut) <= sum(run.attempt - 1 for run in runs)
        again += len(cut)
        # Two runs of a job never lie beside each other.
        spans = _spans(lines)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        # Nothing that was due waited longer than it takes to find out that a process is dead, once for each that died.
        for before, after in pairwise(runs):
            deaths = sum(before.due - _STEP <= at <= after.due for at in killed.values())
            assert after.due - before.due <= (1 + deaths) * (2 * _LEASE + _STEP)
    desk.engine.dispose()
    return again


def _spans(lines):
    """When each attempt began and ended; one that was cut off lasted no time that anybody knows of."""
    ended = {(line.started, line.process): line.at for line in lines if line.what == "end"}
    begun = [(line.at, ended.get((line.started, line.process), line.at)) for line in lines if line.what == "begin"]
    return sorted(begun)


def test_two_schedules_of_which_one_is_killed_make_every_run_once(new_database, tmp_path):
    database = new_database("postgresql")
    killed = _kill_again_and_again(database, tmp_path, kills=1, seed=9006)
    _see_that_nothing_was_lost_or_made_twice(database, tmp_path, killed)


@pytest.mark.exhaustive
def test_two_schedules_killed_thirty_times_make_every_run_once(database, tmp_path):
    killed = _kill_again_and_again(database, tmp_path, kills=30, seed=2026)
    assert _see_that_nothing_was_lost_or_made_twice(database, tmp_path, killed) > 0


def _until(seen):
    """Wait until something is seen, and not for ever."""
    for _ in range(200):
        if (found := seen()) is not None:
            return found
        time.sleep(0.1)
    raise AssertionError("it was not seen in twenty seconds")


def test_a_schedule_asked_to_end_leaves_no_run_open_and_the_other_goes_on_at_once(new_database, tmp_path):
    database = new_database("postgresql")
    first, second = _start(database, tmp_path), _start(database, tmp_path)
    desk = Desk(settings=Settings(folder=tmp_path, database=database), plugins=check(()), today=None)
    _until(lambda: next(iter(desk.running.last_runs()), None))
    before = desk.running.leader()
    leader, other = (first, second) if f":{first.pid}:" in before.holder else (second, first)
    leader.end()
    asked = time.monotonic()
    after = _until(lambda: next((run for run in desk.running.last_runs() if f":{other.pid}:" in run.holder), None))
    assert time.monotonic() - asked < 2 * _LEASE.total_seconds()
    assert after.due > before.since
    other.end()
    runs = [run for name in _JOBS for run in desk.running.runs_of(name)]
    assert all(run.outcome is Ending.DONE and run.attempt == 1 for run in runs)
    assert desk.running.leader() is None
    desk.engine.dispose()
