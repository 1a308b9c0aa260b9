"""Running an instance: who leads the schedule, which jobs were run, and what must be put away from time to time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.operating.health import LEADING, Health, SourceHealth, health_of, sources_now
from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.judging_payments import refresh_verdicts
from docketbridge.ledger import job_runs
from docketbridge.ledger.database import tend, writing_engine
from docketbridge.ledger.job_runs import Claimant, Ending, Run
from docketbridge.ledger.leases import Lease, database_now, lease_now, release_lease, take_lease
from docketbridge.ledger.people.tidying import forget_failures, forget_visits
from docketbridge.settings import Settings

RUNS_KEPT = timedelta(days=30)
VISITS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDesk:
    """Where the schedule, the health page and the commands for running an instance work at."""

    engine: Engine
    settings: Settings
    rulebook: Rulebook

    def now(self) -> datetime:
        """What time it is by the database's clock (aware UTC)."""
        with Session(self.engine) as session:
            return database_now(session)

    def lead(self, claimant: Claimant, *, going: Collection[Run] = ()) -> Lease:
        """Ask to lead the schedule, or to go on leading it, and say which runs still go on, for the claimant's length from now.

        The lease as it stands then, which may be another's.
        """
        with Session(writing_engine(self.engine)) as session, session.begin():
            lease = take_lease(session, LEADING, holder=claimant.holder, host=claimant.host, length=claimant.length)
            job_runs.keep_running(session, going, length=claimant.length)
            return lease

    def keep_running(self, claimant: Claimant, going: Collection[Run]) -> None:
        """Say which runs still go on, for the claimant's length from now, without asking to lead."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            job_runs.keep_running(session, going, length=claimant.length)

    def leader(self) -> Lease | None:
        """Who leads the schedule at this moment; None when nobody does."""
        with Session(self.engine) as session:
            return lease_now(session, LEADING)

    def step_down(self, claimant: Claimant) -> None:
        """Give the lead back, so that the process that stands by takes over at once."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            release_lease(session, LEADING, holder=claimant.holder)

    def claim(self, job: str, due: datetime | None, claimant: Claimant, *, again_after: timedelta) -> Run | None:
        """Claim a run of a job: one that is due, or one that a dead process left; None when there is nothing to do."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            return job_runs.claim(session, job, due, claimant, again_after=again_after)

    def end(self, run: Run, outcome: Ending, told: str) -> bool:
        """Keep how a run ended; False when another process has taken it over."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            return job_runs.end_run(session, run, outcome, told)

    def last_runs(self) -> tuple[Run, ...]:
        """The last run of each job."""
        with Session(self.engine) as session:
            return job_runs.last_runs(session)

    def runs_of(self, job: str) -> tuple[Run, ...]:
        """Every run kept of one job, in the order they were due."""
        with Session(self.engine) as session:
            return job_runs.runs_of(session, job)

    def refresh_verdicts(self, today: date) -> int:
        """Judge again the verdicts on plan payments that a passing day may have changed; how many there were."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            return refresh_verdicts(session, self.rulebook, today=today)

    def health(self) -> Health:
        """How the instance fares."""
        return health_of(self.engine, self.rulebook, self.settings.sources)

    def sources(self) -> tuple[SourceHealth, ...]:
        """Each configured source against its pace."""
        with Session(self.engine) as session:
            return sources_now(session, self.settings.sources, now=database_now(session))

    def tidy(self, *, now: datetime) -> str:
        """Put away the runs that are long done and the visits that are over, and let the database tend its statistics.

        What was done, in one line.
        """
        with Session(writing_engine(self.engine)) as session, session.begin():
            runs = job_runs.forget_runs(session, before=now - RUNS_KEPT)
            visits = forget_visits(session, before=now - VISITS_KEPT)
            forget_failures(session, before=now - VISITS_KEPT)
        tend(self.engine)
        return f"{runs} runs of jobs and {visits} visits put away; the database's statistics are fresh"
