"""Runs of jobs: each due run once, one at a time, taken over when its process dies, had again when it failed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.job_runs import ATTEMPTS_AT_MOST, Ending
from docketbridge.ledger.tables.schedule_rows import JobRunRow, LeaseRow

DUE = datetime(2026, 8, 19, 6, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _claim(desk, claimant, due=DUE, again_after=HOUR):
    return desk.running.claim("nightly", due, claimant, again_after=again_after)


def _set(desk, table, **values):
    with Session(writing_engine(desk.engine)) as session, session.begin():
        session.execute(update(table).values(**values))


def _its_process_died(desk):
    _set(desk, JobRunRow, until=desk.running.now() - timedelta(seconds=1))


def _led_for_a_while(desk):
    _set(desk, LeaseRow, since=desk.running.now() - HOUR)


def test_a_run_that_is_due_is_claimed_once(desk, process):
    one, other = process(leading=False), process(leading=False)
    run = _claim(desk, one)
    assert (run.job, run.due, run.attempt) == ("nightly", DUE, 1)
    assert _claim(desk, other) is None
    assert desk.running.end(run, Ending.DONE, "well") is True
    assert _claim(desk, other) is None
    assert [each.outcome for each in desk.running.runs_of("nightly")] == [Ending.DONE]


def test_while_a_job_runs_its_next_time_waits(desk, process):
    run = _claim(desk, process(leading=False))
    later = process(leading=False)
    assert _claim(desk, later, due=DUE + HOUR) is None
    desk.running.end(run, Ending.DONE, "well")
    assert _claim(desk, later, due=DUE + HOUR).due == DUE + HOUR


def test_of_many_that_claim_at_once_one_gets_the_run(desk, process):
    _ = desk.engine
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: _claim(desk, process(leading=False)), range(8)))
    assert sum(each is not None for each in got) == 1


def test_only_the_leader_claims(desk, process):
    leader, other = process(), process()
    desk.running.lead(leader)
    assert _claim(desk, other) is None
    assert _claim(desk, leader) is not None


def test_a_leader_whose_lease_lapsed_claims_nothing(desk, process):
    leader = process()
    desk.running.lead(leader)
    _set(desk, LeaseRow, until=desk.running.now() - timedelta(seconds=1))
    assert _claim(desk, leader) is None


def test_a_run_whose_process_died_is_made_again_by_the_next_leader(desk, process):
    first, second = process(), process()
    desk.running.lead(first)
    _claim(desk, first)
    desk.running.step_down(first)
    desk.running.lead(second)
    _its_process_died(desk)
    _led_for_a_while(desk)
    again = _claim(desk, second, due=DUE + HOUR)
    assert (again.due, again.attempt, again.holder) == (DUE, 2, second.holder)


def test_a_new_leader_gives_a_process_kept_from_the_database_time_to_say_that_it_lives(desk, process):
    first, second = process(), process()
    desk.running.lead(first)
    run = _claim(desk, first)
    desk.running.step_down(first)
    _its_process_died(desk)
    desk.running.lead(second)
    assert _claim(desk, second) is None
    desk.running.keep_running(first, [run])
    _led_for_a_while(desk)
    assert _claim(desk, second) is None
    assert desk.running.end(run, Ending.DONE, "well")


def test_a_process_that_comes_back_after_its_run_was_taken_over_changes_nothing(desk, process):
    first, second = process(leading=False), process(leading=False)
    old = _claim(desk, first)
    _its_process_died(desk)
    new = _claim(desk, second)
    desk.running.keep_running(first, [old])
    assert desk.running.end(old, Ending.FAILED, "late") is False
    assert desk.running.end(new, Ending.DONE, "well") is True
    [kept] = desk.running.runs_of("nightly")
    assert (kept.outcome, kept.told, kept.host) == (Ending.DONE, "well", second.host)


def test_a_run_that_kills_its_process_again_and_again_is_given_up_and_the_next_one_is_made(desk, process):
    for attempt in range(1, ATTEMPTS_AT_MOST + 1):
        assert _claim(desk, process(leading=False)).attempt == attempt
        _its_process_died(desk)
    assert _claim(desk, process(leading=False)) is None
    [given_up] = desk.running.runs_of("nightly")
    assert given_up.outcome is Ending.GIVEN_UP
    assert "died 5 times" in given_up.told
    assert _claim(desk, process(leading=False), due=DUE + HOUR) is not None


def test_a_run_that_failed_is_had_again_later_and_not_before(desk, process):
    one = process(leading=False)
    desk.running.end(_claim(desk, one), Ending.FAILED, "no answer")
    assert _claim(desk, one) is None
    _set(desk, JobRunRow, ended_at=desk.running.now() - HOUR)
    again = _claim(desk, one)
    assert again.attempt == 2
    desk.running.end(again, Ending.FAILED, "no answer")
    _set(desk, JobRunRow, ended_at=desk.running.now() - HOUR)
    assert _claim(desk, one) is None
    _set(desk, JobRunRow, ended_at=desk.running.now() - 2 * HOUR)
    assert _claim(desk, one).attempt == 3


def test_what_a_run_told_is_one_line_of_bounded_length(desk, process):
    run = _claim(desk, process(leading=False))
    desk.running.end(run, Ending.FAILED, "two\nlines " + "x" * 5000)
    [kept] = desk.running.last_runs()
    assert kept.told.startswith("two lines xxx")
    assert len(kept.told) == 500


def test_upkeep_puts_runs_away_that_are_long_done_but_never_the_last_of_a_job(desk, process):
    for due in (DUE, DUE + HOUR, DUE + 2 * HOUR):
        desk.running.end(_claim(desk, process(leading=False), due=due), Ending.DONE, "well")
    _set(desk, JobRunRow, ended_at=DUE)
    assert desk.running.tidy(now=DUE + timedelta(days=91)).startswith("2 runs")
    assert [run.due for run in desk.running.runs_of("nightly")] == [DUE + 2 * HOUR]
