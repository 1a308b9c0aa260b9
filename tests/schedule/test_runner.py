"""A process of the schedule: does what is due while it leads, keeps how each job ended, and hands over in good order."""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from docketbridge.casework.operating.running import RunningDesk
from docketbridge.errors import SettingsError, SourceUnavailable, UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.job_runs import Ending
from docketbridge.ledger.tables.schedule_rows import JobRunRow, LeaseRow
from docketbridge.schedule.jobs import job_named, jobs_of
from docketbridge.schedule.runner import Runner
from docketbridge.settings import SourceSettings

NAME = "tests:count"


@pytest.fixture
def runner(desk, process):
    return Runner(desk=desk, jobs=(job_named(desk, NAME),), claimant=process())


def _turn(runner):
    return runner.turn(runner.jobs[0])


def test_the_core_s_jobs_and_the_plugins_are_all_there_by_name(desk):
    names = [work.name for work in jobs_of(desk)]
    assert {"refresh", "reconcile", "digests", "deliver", "words", "upkeep", NAME} <= set(names)
    assert len(names) == len(set(names))
    with pytest.raises(UsageError, match="no job 'coffee'; there are"):
        job_named(desk, "coffee")


def test_each_source_of_the_settings_is_a_job_and_a_wrong_one_is_named(desk):
    desk.settings = replace(desk.settings, sources=(SourceSettings(name="s", court="zzb", transport="pigeon", address="x"),))
    with pytest.raises(SettingsError, match="no transport 'pigeon'"):
        jobs_of(desk)


def test_a_process_that_does_not_lead_does_nothing(runner, job):
    assert _turn(runner) is None
    assert job.runs == []


def test_a_leader_does_what_is_due_once(runner, job):
    runner.renew()
    done = _turn(runner)
    assert (done.run.job, done.outcome, done.told) == (NAME, Ending.DONE, "done")
    assert done.run.due.minute == 0
    assert _turn(runner) is None
    assert len(job.runs) == 1


def test_a_job_works_at_a_desk_of_the_day_it_is_run_on(runner, job):
    runner.renew()
    _turn(runner)
    assert job.runs[0].today == datetime.now().astimezone().date()


def test_a_job_works_on_the_day_that_a_person_chose(runner, desk, job):
    desk.today, desk.fixed_day = date(2026, 8, 19), True
    runner.renew()
    _turn(runner)
    assert job.runs[0].today == date(2026, 8, 19)


def test_a_fault_of_ours_in_a_job_is_kept_with_its_words(runner, desk, job):
    def fail(_desk):
        raise SourceUnavailable("zzb-rss did not answer")

    job.does = fail
    runner.renew()
    assert _turn(runner).outcome is Ending.FAILED
    assert desk.running.last_runs()[0].told == "zzb-rss did not answer"


def test_of_an_unforeseen_fault_only_the_kind_is_kept_and_the_schedule_goes_on(runner, desk, job):
    def fail(_desk):
        raise ValueError("a line of somebody's docket")

    job.does = fail
    runner.renew()
    assert _turn(runner).outcome is Ending.FAILED
    assert desk.running.last_runs()[0].told == "a fault of docketbridge itself: ValueError"
    assert runner.leads


def test_a_database_that_goes_away_costs_a_turn_and_no_more(runner, monkeypatch):
    runner.renew()
    with monkeypatch.context() as away:

        def gone(*_args, **_more):
            raise OperationalError("x", {}, Exception("gone"))

        away.setattr(RunningDesk, "claim", gone)
        away.setattr(RunningDesk, "lead", gone)
        runner.renew()
        assert _turn(runner) is None
    runner.renew()
    assert _turn(runner).outcome is Ending.DONE


def test_while_a_job_runs_its_lease_is_renewed(desk, process, job):
    runner = Runner(desk=desk, jobs=(job_named(desk, NAME),), claimant=process(seconds=0.6))

    def slow(_desk):
        time.sleep(1.2)

    job.does = slow
    runner.renew()
    with runner._alive():
        done = _turn(runner)
    assert done.outcome is Ending.DONE
    [run] = desk.running.runs_of(NAME)
    assert run.until > run.started_at + timedelta(seconds=1.2)
    assert run.attempt == 1


def test_a_schedule_that_is_stopped_finishes_the_job_in_hand_and_hands_over_at_once(desk, process, job):
    begun = threading.Event()

    def slow(_desk):
        begun.set()
        time.sleep(0.8)

    job.does = slow
    work = job_named(desk, NAME)
    runner = Runner(desk=desk, jobs=(work,), claimant=process(seconds=3), beat=timedelta(seconds=0.2))
    serving = threading.Thread(target=runner.serve)
    serving.start()
    assert begun.wait(10)
    runner.stop()
    serving.join(10)
    assert not serving.is_alive()
    assert [run.outcome for run in desk.running.runs_of(NAME)] == [Ending.DONE]
    assert desk.running.leader() is None


def test_once_does_all_that_is_due_and_leaves_the_lead_to_others(desk, process):
    runner = Runner(desk=desk, jobs=jobs_of(desk), claimant=process())
    done = list(runner.once())
    assert {each.run.job for each in done} == {"refresh", "reconcile", "digests", "deliver", "words", "upkeep", NAME}
    assert all(each.outcome is Ending.DONE for each in done)
    assert desk.running.leader() is None
    assert list(Runner(desk=desk, jobs=jobs_of(desk), claimant=process()).once()) == []


def test_a_job_by_hand_runs_whoever_leads_but_not_beside_itself(desk, process):
    desk.running.lead(process())
    work = job_named(desk, NAME)
    by_hand = Runner(desk=desk, jobs=(work,), claimant=process(leading=False))
    assert by_hand.run_now(work, due=desk.running.now()).outcome is Ending.DONE
    desk.running.claim(NAME, desk.running.now(), process(leading=False), again_after=timedelta(0))
    other = Runner(desk=desk, jobs=(work,), claimant=process(leading=False))
    assert other.run_now(work, due=desk.running.now()) is None


def test_what_a_dead_process_left_is_done_again_by_the_next(desk, process):
    dead = process()
    desk.running.lead(dead)
    due = datetime.now(tz=UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=5)
    desk.running.claim(NAME, due, dead, again_after=timedelta(0))
    with Session(writing_engine(desk.engine)) as session, session.begin():
        session.execute(update(JobRunRow).values(until=desk.running.now() - timedelta(seconds=1)))
    desk.running.step_down(dead)
    runner = Runner(desk=desk, jobs=(job_named(desk, NAME),), claimant=process())
    runner.renew()
    assert _turn(runner) is None
    with Session(writing_engine(desk.engine)) as session, session.begin():
        session.execute(update(LeaseRow).values(since=desk.running.now() - timedelta(minutes=1)))
    again = _turn(runner)
    assert (again.run.due, again.run.attempt) == (due, 2)
    assert _turn(runner).run.due > due


def test_what_the_schedule_logs_names_jobs_and_no_words_of_theirs(runner, job, caplog):
    def fail(_desk):
        raise ValueError("a line of somebody's docket")

    job.does = fail
    runner.renew()
    with caplog.at_level(logging.INFO):
        _turn(runner)
    ours = [record for record in caplog.records if hasattr(record, "job")]
    assert [record.getMessage() for record in ours][::2] == ["job begins", "job ended"]
    assert all(record.job == NAME for record in ours)
    assert "docket" not in json.dumps([record.getMessage() for record in ours]).replace("docketbridge", "")
