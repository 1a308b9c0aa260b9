"""What a digest tells of a day: due before it, on it and after it, each cut and counted, on both kinds of database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.lists.day_lines import DayAsked, day_lines
from docketbridge.ledger.scopes import in_scope
from docketbridge.ledger.tables.list_rows import ListLineRow
from docketbridge.ledger.tables.rows import EntryRow, MatterRow, StandingRow
from docketbridge.ledger.visibility import EVERYTHING, Visible

DAY = date(2026, 8, 19)
LINES = (
    ("deadline", "running", -3, 2, "debtor", "late, its latest reading to come"),
    ("deadline", "running", -3, -1, "debtor", "past in both readings"),
    ("deadline", "met", -3, -1, "debtor", "met"),
    ("deadline", "running", 0, 0, "debtor", "today's deadline"),
    ("deadline", "running", 9, 9, "debtor", "too far ahead"),
    ("hearing", "set", 0, None, None, "today's hearing"),
    ("hearing", "set", -1, None, None, "a hearing of yesterday"),
    ("hearing", "off", 1, None, None, "taken off"),
    ("task", "", 3, None, "trustee, clerk", "a task of the trustee's"),
    ("task", "", -1, None, "chambers", "a task of chambers"),
)


@pytest.fixture
def court(engine):
    """Two matters of two judges, each with the same lines."""
    standing = {"as_of": DAY, "state": "active", "shown": "active", "settled": False, "held": False, "open_tasks": 1}
    with Session(writing_engine(engine)) as session, session.begin():
        for number, judge in (("26-10001", "dfl"), ("26-10002", "mwh")):
            case = {"court": "zzb", "case_number": number}
            session.execute(insert(EntryRow).values(**case, id=f"e{number}"))
            session.execute(insert(MatterRow).values(**case, id=f"m{number}", program="zzb-lmp", opened_by=f"e{number}"))
            told = {"matter": f"m{number}", "number": f"zzb-{number}-1", "court": "zzb", "judge": judge, "digest": "d"}
            session.execute(insert(StandingRow).values(**standing, **told))
            for place, (kind, status, ahead, latest, owner, what) in enumerate(LINES):
                line = {"matter": f"m{number}", "place_in": place, "kind": kind, "key": "x", "status": status, "owner": owner}
                days = {
                    "day": DAY + timedelta(days=ahead),
                    "latest": DAY + timedelta(days=latest) if latest is not None else None,
                }
                session.execute(insert(ListLineRow).values(**line, **days, what=what, why="", cite=""))
    return engine


def _asked(court, *, by_latest=True, tasks_of="", scope=("judge", "dfl"), visible=EVERYTHING, at_most=60):
    asked = DayAsked(day=DAY, until=DAY + timedelta(days=7), by_latest=by_latest, tasks_of=tasks_of)
    with Session(court) as session:
        told = day_lines(session, asked, visible=visible, only=[in_scope(*scope)], at_most=at_most)
    return tuple((sorted(each.line.what for each in found.lines), found.total) for found in (told.before, told.on_it, told.after))


def test_for_the_court_a_deadline_is_over_with_its_latest_reading(court):
    before, on_it, after = _asked(court)
    assert before == (["a task of chambers", "past in both readings"], 2)
    assert on_it == (["today's deadline", "today's hearing"], 2)
    assert after == (["a task of the trustee's", "late, its latest reading to come"], 2)


def test_for_a_party_it_is_over_with_its_earliest_and_tasks_are_not_told(court):
    before, _, after = _asked(court, by_latest=False, tasks_of=None)
    assert before == (["late, its latest reading to come", "past in both readings"], 2)
    assert after == ([], 0)


def test_a_trustee_is_told_of_trustees_tasks(court):
    before, _, after = _asked(court, by_latest=False, tasks_of="trustee")
    assert "a task of chambers" not in before[0]
    assert after == (["a task of the trustee's"], 1)


def test_a_section_is_cut_and_counted_whole_and_what_is_not_to_be_seen_is_not_counted(court):
    assert [(len(lines), total) for lines, total in _asked(court, scope=("all", ""), at_most=3)] == [(3, 4), (3, 4), (3, 4)]
    assert [total for _, total in _asked(court, scope=("all", ""), visible=Visible(matters=frozenset({"m26-10001"})))] == [
        2,
        2,
        2,
    ]
    assert [total for _, total in _asked(court, scope=("all", ""), visible=Visible())] == [0, 0, 0]
