"""One process leads the schedule and does what is due; a second stands by and takes over when the first one's lease lapses."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from docketbridge.casework.desk import Desk
from docketbridge.casework.operating.health import LEADING
from docketbridge.casework.people.audit import working_for
from docketbridge.errors import DocketbridgeError
from docketbridge.ledger.job_runs import RENEWALS, Claimant, Ending, Run
from docketbridge.schedule.jobs import Work

LEASE = timedelta(seconds=60)
BEAT = timedelta(seconds=5)
_AGAIN_AFTER = timedelta(minutes=10)
_AT_ONCE = 4
_LOG = logging.getLogger("docketbridge.schedule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A run that this process made, and how it ended."""

    run: Run
    outcome: Ending
    told: str


def this_process(length: timedelta, *, leading: bool = True) -> Claimant:
    """This process as one that asks for work, under a name that no other ever has."""
    host = socket.gethostname()[:80]
    return Claimant(holder=f"{host}:{os.getpid()}:{token_hex(4)}", host=host, length=length, leading=LEADING if leading else None)


def serve_until_signalled(runner: Runner) -> None:
    """Lead or stand by until the system asks this process to end (SIGTERM) or a person does (Ctrl-C); main thread only."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: runner.stop())
    runner.serve()


@dataclass(kw_only=True)
class Runner:
    """A process of the schedule. Several may run, on one host or on many; one of them leads, and only that one does jobs.

    The lead is a lease in the ledger, renewed three times in its length. A run is leased too: while this process lives it
    says so, and when it dies another makes the run again. `beat` is how often it looks for what is due.
    """

    desk: Desk
    jobs: Sequence[Work]
    claimant: Claimant
    beat: timedelta = BEAT
    _led_until: float = 0.0
    _going: dict[str, Run] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def leads(self) -> bool:
        """Whether this process led when it last asked, and need not ask again yet; each claim asks the ledger too."""
        return time.monotonic() < self._led_until

    def serve(self) -> None:
        """Lead or stand by until `stop` is called; then the jobs in hand are finished and the lead is given back."""
        self.renew()
        with self._alive():
            self._work_until_over()
        self._step_down()

    def _work_until_over(self) -> None:
        scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(_AT_ONCE)}, timezone="UTC")
        every = self.beat.total_seconds()
        for work in self.jobs:
            scheduler.add_job(
                self.turn,
                "interval",
                seconds=every,
                args=[work],
                id=work.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        scheduler.start()
        self._over.wait()
        _LOG.info("schedule ends; the jobs in hand are finished first")
        scheduler.shutdown(wait=True)

    def stop(self) -> None:
        """Ask `serve` to end; safe in a signal handler."""
        self._over.set()

    def _stay_alive(self) -> None:
        """Renew the lead and the leases of the runs in hand until the last of them has ended after `stop`."""
        pause = self.claimant.length.total_seconds() / RENEWALS
        while not self._over.wait(pause):
            self.renew()
        while self._going:
            self.renew()
            time.sleep(min(pause, 1.0))

    def renew(self) -> None:
        """Ask to lead, or to go on leading, and say that the runs in hand still go on.

        A database that does not answer is asked again at the next turn; a lead that could not be renewed lapses by itself.
        """
        asked = time.monotonic()
        led = self.leads
        try:
            going = tuple(self._going.values())
            if self.claimant.leading is None:
                self.desk.running.keep_running(self.claimant, going)
                return
            lease = self.desk.running.lead(self.claimant, going=going)
        except Exception as fault:  # whatever keeps the database away, this process goes on asking
            _LOG.warning("the lead of the schedule could not be renewed", extra={"fault": type(fault).__name__})
            return
        if lease.holder == self.claimant.holder:
            self._led_until = asked + self.claimant.length.total_seconds()
            if not led:
                _LOG.info("this process leads the schedule", extra={"host": self.claimant.host})
        else:
            self._led_until = 0.0
            if led:
                _LOG.warning("another process took the lead of the schedule over", extra={"leader": lease.host})

    def _step_down(self) -> None:
        self._led_until = 0.0
        try:
            self.desk.running.step_down(self.claimant)
        except Exception as fault:  # the lease lapses by itself, and this process ends either way
            _LOG.warning("the lead could not be given back; it lapses", extra={"fault": type(fault).__name__})

    def turn(self, work: Work) -> Done | None:
        """Do a job if this process leads and the job is due, or was left in the middle by a process that died."""
        if not self.leads:
            return None
        try:
            due = work.timing.due(self.desk.running.now())
            run = self.desk.running.claim(work.name, due, self.claimant, again_after=_AGAIN_AFTER)
        except Exception as fault:  # whatever keeps the database away, the job is due at the next turn still
            _LOG.warning("a job could not be claimed", extra={"job": work.name, "fault": type(fault).__name__})
            return None
        return self._make(work, run) if run is not None else None

    def _make(self, work: Work, run: Run) -> Done:
        self._going[work.name] = run
        try:
            return make(self.desk, work, run)
        finally:
            del self._going[work.name]

    def once(self) -> Iterator[Done]:
        """Do every job that is due, one after the other, if this process may lead; then give the lead back."""
        self.renew()
        with self._alive():
            for work in self.jobs:
                done = self.turn(work)
                if done is not None:
                    yield done
        self._step_down()

    def run_now(self, work: Work, *, due: datetime) -> Done | None:
        """Run one job whoever leads, as due at a time; None when it is being run already."""
        run = self.desk.running.claim(work.name, due, self.claimant, again_after=timedelta(0))
        if run is None:
            return None
        with self._alive():
            return self._make(work, run)

    @contextmanager
    def _alive(self) -> Iterator[None]:
        """Go on saying that this process lives, to the end of the block."""
        alive = threading.Thread(target=self._stay_alive, name="lease", daemon=True)
        alive.start()
        try:
            yield
        finally:
            self._over.set()
            alive.join()


def make(desk: Desk, work: Work, run: Run) -> Done:
    """Make a run that was claimed, and keep how it ended.

    A fault of the job is how its run ended, never a fault of the schedule. Its words are kept when they are of our own
    making; of others only the kind, since their words may quote a docket.
    """
    began = time.monotonic()
    place = {"job": work.name, "due": run.due.isoformat(), "attempt": run.attempt}
    _LOG.info("job begins", extra=place)
    try:
        with working_for("schedule"):
            outcome, told = Ending.DONE, work.run(_on_its_day(desk, run.started_at), run.started_at)
    except DocketbridgeError as fault:
        outcome, told = Ending.FAILED, str(fault)
    except Exception as fault:
        _LOG.exception("a fault of docketbridge itself in a job", extra=place)
        outcome, told = Ending.FAILED, f"a fault of docketbridge itself: {type(fault).__name__}"
    ours = desk.running.end(run, outcome, told)
    words = "job ended" if ours else "job ended after another process had taken it over"
    level = logging.INFO if ours and outcome is Ending.DONE else logging.WARNING
    milliseconds = round((time.monotonic() - began) * 1000)
    _LOG.log(level, words, extra={**place, "outcome": outcome.value, "ms": milliseconds})
    return Done(run=run, outcome=outcome, told=told)


def _on_its_day(desk: Desk, moment: datetime) -> Desk:
    """The desk on the day of a moment, unless a person chose the day."""
    return desk if desk.fixed_day else desk.on(moment.astimezone().date())
