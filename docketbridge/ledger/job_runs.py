"""Runs of jobs: claimed once for each time they are due, leased while they run, taken over when their process dies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Update, delete, func, insert, select, update
from sqlalchemy.orm import Session

from docketbridge.ledger.database import one_writer
from docketbridge.ledger.leases import database_now, lease_now
from docketbridge.ledger.tables.schedule_rows import JobRunRow

ATTEMPTS_AT_MOST = 5
RENEWALS = 3
"""How often a lease is renewed in its length."""
_TOLD_AT_MOST = 500


class Ending(StrEnum):
    """How a run of a job ended. One whose process died again and again is given up, so that it does no more harm."""

    DONE = "done"
    FAILED = "failed"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a job for the time it was due. Times are aware UTC, of the database's clock; no `ended_at`: it runs."""

    job: str
    due: datetime
    attempt: int
    holder: str
    host: str
    started_at: datetime
    until: datetime
    ended_at: datetime | None = None
    outcome: Ending | None = None
    told: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """The process that asks for a run: its own name, its host's, and for how long it asks before it must say it still lives.

    With `leading` the run is granted only while the claimant holds the lease of that name.
    """

    holder: str
    host: str
    length: timedelta
    leading: str | None = None


def claim(session: Session, job: str, due: datetime | None, claimant: Claimant, *, again_after: timedelta) -> Run | None:
    """Claim the run of a job that was due at a time, or one that a dead process left; None when there is nothing to do.

    One run of a job at a time. A run that failed may be had again, `again_after` later and for each further attempt as much
    more. The session must be a writing one; whoever else claims waits until it ends.

    A new leader leaves the runs of others alone for the time of one renewal: a process that lives, but was kept from the
    database (by a long transaction on SQLite, or a network that failed), can say so in that time.
    """
    one_writer(session, "schedule")
    now = database_now(session)
    newly_leading = False
    if claimant.leading is not None:
        lease = lease_now(session, claimant.leading)
        if lease is None or lease.holder != claimant.holder:
            return None
        newly_leading = now < lease.since + claimant.length / RENEWALS
    running = session.scalars(
        select(JobRunRow).where(JobRunRow.job == job, JobRunRow.outcome.is_(None)).order_by(JobRunRow.due)
    ).all()
    if any(row.until > now for row in running) or (running and newly_leading):
        return None
    for row in running:
        if row.attempt < ATTEMPTS_AT_MOST:
            return _again(session, row, claimant, now)
        told = f"the process that ran it died {row.attempt} times before it ended"
        _end(session, _run(row), Ending.GIVEN_UP, told, now)
    return _first(session, job, due, claimant, now=now, again_after=again_after) if due is not None else None


def _first(session: Session, job: str, due: datetime, claimant: Claimant, *, now: datetime, again_after: timedelta) -> Run | None:
    row = session.get(JobRunRow, (job, due), populate_existing=True)
    if row is None:
        values = {"job": job, "due": due, **_leased(claimant, now), "attempt": 1}
        session.execute(insert(JobRunRow).values(**values))
        return Run(**values)
    failed = row.outcome == Ending.FAILED and row.attempt < ATTEMPTS_AT_MOST and row.ended_at is not None
    if failed and row.ended_at is not None and row.ended_at + again_after * row.attempt <= now:
        return _again(session, row, claimant, now)
    return None


def _leased(claimant: Claimant, now: datetime) -> dict[str, Any]:
    return {"holder": claimant.holder, "host": claimant.host, "started_at": now, "until": now + claimant.length}


def _again(session: Session, row: JobRunRow, claimant: Claimant, now: datetime) -> Run:
    values = {**_leased(claimant, now), "attempt": row.attempt + 1}
    job, due = row.job, row.due
    session.execute(_this(job, due).values(**values, ended_at=None, outcome=None, told=None))
    return Run(job=job, due=due, **values)


def _this(job: str, due: datetime) -> Update:
    return update(JobRunRow).where(JobRunRow.job == job, JobRunRow.due == due).execution_options(synchronize_session=False)


def end_run(session: Session, run: Run, outcome: Ending, told: str) -> bool:
    """Keep how a run ended; False when it is no longer the claimant's: its lease lapsed and another process took it over."""
    one_writer(session, "schedule")
    return _end(session, run, outcome, told, database_now(session))


def _end(session: Session, run: Run, outcome: Ending, told: str, now: datetime) -> bool:
    words = " ".join(told.split())[:_TOLD_AT_MOST]
    ended = session.execute(_own(run).values(ended_at=now, outcome=outcome.value, told=words).returning(JobRunRow.job))
    return ended.first() is not None


def _own(run: Run) -> Update:
    """The row of a run while it is still this claimant's and has not ended."""
    own = (JobRunRow.holder == run.holder, JobRunRow.attempt == run.attempt, JobRunRow.outcome.is_(None))
    return _this(run.job, run.due).where(*own)


def keep_running(session: Session, runs: Iterable[Run], *, length: timedelta) -> None:
    """Say that these runs still go on: their leases last `length` from now. A run taken over by another is left alone."""
    until = database_now(session) + length
    for run in runs:
        session.execute(_own(run).values(until=until))


def last_runs(session: Session) -> tuple[Run, ...]:
    """The last run of each job, by name."""
    last = select(JobRunRow.job, func.max(JobRunRow.due).label("due")).group_by(JobRunRow.job).subquery()
    rows = session.scalars(
        select(JobRunRow).join(last, (JobRunRow.job == last.c.job) & (JobRunRow.due == last.c.due)).order_by(JobRunRow.job)
    )
    return tuple(_run(row) for row in rows)


def last_done(session: Session) -> dict[str, datetime]:
    """When each job last ended well, by name."""
    rows = session.execute(
        select(JobRunRow.job, func.max(JobRunRow.ended_at)).where(JobRunRow.outcome == Ending.DONE.value).group_by(JobRunRow.job)
    )
    return {job: ended for job, ended in rows if ended is not None}


def runs_of(session: Session, job: str) -> tuple[Run, ...]:
    """Every run kept of one job, in the order they were due."""
    rows = session.scalars(select(JobRunRow).where(JobRunRow.job == job).order_by(JobRunRow.due))
    return tuple(_run(row) for row in rows)


def forget_runs(session: Session, *, before: datetime) -> int:
    """Drop the runs that ended well before a time, but for the last of each job; how many there were."""
    last = select(JobRunRow.job, func.max(JobRunRow.due).label("due")).group_by(JobRunRow.job).subquery()
    newer = select(last.c.job).where(last.c.job == JobRunRow.job, last.c.due > JobRunRow.due).exists()
    gone = session.execute(
        delete(JobRunRow)
        .where(JobRunRow.outcome == Ending.DONE.value, JobRunRow.ended_at < before, newer)
        .returning(JobRunRow.job)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def _run(row: JobRunRow) -> Run:
    return Run(
        job=row.job,
        due=row.due,
        attempt=row.attempt,
        holder=row.holder,
        host=row.host,
        started_at=row.started_at,
        until=row.until,
        ended_at=row.ended_at,
        outcome=Ending(row.outcome) if row.outcome is not None else None,
        told=row.told,
    )
