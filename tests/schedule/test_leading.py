"""Who leads the schedule: one process at a time, by the database's clock; another takes over when the lease lapses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.tables.schedule_rows import LeaseRow


def _lapse(desk, ago=timedelta(seconds=1)):
    with Session(writing_engine(desk.engine)) as session, session.begin():
        session.execute(update(LeaseRow).values(until=desk.running.now() - ago))


def test_the_first_that_asks_leads_and_the_second_stands_by(desk, process):
    first, second = process(), process()
    assert desk.running.lead(first).holder == first.holder
    assert desk.running.lead(second).holder == first.holder
    assert desk.running.leader().holder == first.holder


def test_a_leader_that_asks_again_goes_on_leading_since_when_it_did(desk, process):
    first = process()
    began = desk.running.lead(first)
    later = desk.running.lead(first)
    assert later.since == began.since
    assert later.until >= began.until


def test_a_lapsed_lease_leads_nobody_and_goes_to_whoever_asks_next(desk, process):
    first, second = process(), process()
    desk.running.lead(first)
    _lapse(desk)
    assert desk.running.leader() is None
    assert desk.running.lead(second).holder == second.holder
    assert desk.running.lead(first).holder == second.holder


def test_a_leader_whose_lease_lapsed_and_was_not_taken_begins_to_lead_anew(desk, process):
    first = process()
    began = desk.running.lead(first)
    _lapse(desk)
    assert desk.running.lead(first).since > began.since


def test_a_lead_given_back_goes_to_the_next_at_once_and_nobody_gives_back_another_s(desk, process):
    first, second = process(), process()
    desk.running.lead(first)
    desk.running.step_down(second)
    assert desk.running.leader().holder == first.holder
    desk.running.step_down(first)
    assert desk.running.leader() is None
    assert desk.running.lead(second).holder == second.holder


def test_of_many_that_ask_at_once_one_leads(desk, process):
    many = [process() for _ in range(8)]
    _ = desk.engine
    with ThreadPoolExecutor(8) as pool:
        leaders = {lease.holder for lease in pool.map(desk.running.lead, many)}
    assert len(leaders) == 1


def test_the_time_of_a_lease_is_the_database_s_not_the_machine_s(desk, process, monkeypatch):
    now = desk.running.now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(tz=UTC)) < timedelta(minutes=1)

    class Skewed(datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + timedelta(days=400)

    monkeypatch.setattr("docketbridge.ledger.leases.datetime", Skewed)
    lease = desk.running.lead(process())
    assert lease.until - now < timedelta(minutes=5)
