"""Chambers' page on a ledger of one's own: bounded queries, long lists, one person wanted twice, and what is planted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import Engine, event, insert, select
from sqlalchemy.orm import Session

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Role
from docketbridge.domain.portal import Side
from docketbridge.domain.sessions import Attendance, NextSession, SessionRecord
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.sessions import keep_session
from docketbridge.ledger.tables.list_rows import ListLineRow
from docketbridge.ledger.tables.rows import EntryRow, MatterRow, StandingRow
from docketbridge.plugins import discover
from docketbridge.settings import Settings

TODAY = date(2026, 8, 19)


def _section(page: str, name: str) -> str:
    """The words of the section under a heading of this id."""
    (found,) = html.fromstring(page).xpath(f"//section[.//h2[@id='{name}']]")
    return " ".join(" ".join(found.itertext()).split())


@pytest.fixture
def own_desk(sample_ledger: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk on a copy of the sample court that a test may write in."""
    kept = tmp_path / "ledger.sqlite"
    with closing(connect(sample_ledger.removeprefix("sqlite:///"))) as source, closing(connect(kept)) as target:
        source.backup(target)
    desk = Desk(settings=Settings(folder=tmp_path, database=f"sqlite:///{kept}"), plugins=discover(), today=TODAY)
    yield desk
    desk.engine.dispose()


def _copy(desk: Desk, times: int) -> None:
    """Add copies of every matter, with all that lists know of it, in cases of their own."""
    with Session(writing_engine(desk.engine)) as session, session.begin():
        tables = (EntryRow, MatterRow, StandingRow, ListLineRow)
        rows = {table: [dict(row._mapping) for row in session.execute(select(*table.__table__.columns))] for table in tables}
        openers = {row["opened_by"] for row in rows[MatterRow]}
        marked = {
            EntryRow: ("id", "case_number"),
            MatterRow: ("id", "opened_by", "case_number"),
            StandingRow: ("matter", "number"),
            ListLineRow: ("matter",),
        }
        rows[EntryRow] = [row for row in rows[EntryRow] if row["id"] in openers]
        rows[StandingRow] = [row | {"held": False, "changes_on": None} for row in rows[StandingRow]]
        for turn in range(times):
            for table in tables:
                made = [row | {name: f"{row[name]}~{turn}" for name in marked[table]} for row in rows[table]]
                session.execute(insert(table), made)


def _queries(client: FlaskClient, path: str) -> int:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(said)


@pytest.mark.parametrize("path", ["/chambers", "/chambers?judge=all&month=2026-09"])
def test_the_page_takes_the_same_number_of_queries_whatever_the_number_of_matters(own_desk, signed_in, path):
    app = create_app(own_desk.settings, today=TODAY)
    client = signed_in(app.test_client(), Role.JUDGE, scope_id="dfl")
    _queries(client, path)
    few = _queries(client, path)
    _copy(own_desk, 20)
    _queries(client, path)
    assert _queries(client, path) == few
    assert few <= 25


def test_a_long_list_shows_its_first_lines_and_counts_the_rest(own_desk, signed_in):
    _copy(own_desk, 30)
    app = create_app(own_desk.settings, today=TODAY)
    told = _section(signed_in(app.test_client(), Role.JUDGE, scope_id="dfl").get("/chambers").text, "objections")
    assert told.startswith("Objections to screen 31 ")
    assert "and 6 more" in told


def _conference(desk: Desk, number: str, clock: str, person: str) -> None:
    """Give a matter a conference on 9 September, and a session record that names who comes with authority."""
    matter = next(line.id for line in desk.matters() if line.number == number)
    at = datetime(2026, 9, 9, int(clock[:2]), int(clock[3:]))  # noqa: DTZ001 - local court time
    coming = Attendance(name=person, side=Side.CREDITOR, authority=True)
    record = SessionRecord(
        matter=matter,
        start=datetime(2026, 8, 12, 10, 0),  # noqa: DTZ001 - local court time
        held=True,
        method="video",
        by="the-mediator",
        noted_at=datetime(2026, 8, 12, 18, tzinfo=UTC),
        next=NextSession(start=at, persons=(coming,)),
    )
    line = dict.fromkeys(("latest", "since", "place", "owner", "count", "entry")) | {
        "matter": matter,
        "place_in": 999,
        "kind": "hearing",
        "key": "lm_conference",
        "day": at.date(),
        "clock": clock,
        "status": "set",
        "what": "Loss mitigation conference",
        "why": "",
        "cite": "",
        "label": "entry 40",
    }
    with Session(writing_engine(desk.engine)) as session, session.begin():
        keep_session(session, record)
        session.execute(insert(ListLineRow).values(**line))


def test_two_conferences_that_want_one_person_at_once_are_marked_also_before_another_judge(own_desk, signed_in):
    _conference(own_desk, "zzb-26-10072-1", "10:00", "Perpetua Lockwood-Vance")
    _conference(own_desk, "zzb-26-10033-1", "10:45", "Perpetua Lockwood-Vance")
    app = create_app(own_desk.settings, today=TODAY)
    page = signed_in(app.test_client(), Role.JUDGE, scope_id="dfl").get("/chambers?week=2026-W37").text
    told = _section(page, "calendar")
    assert "Wed 9 Sep 2026, 10:00 26-10072 and 10:45 26-10033: Perpetua Lockwood-Vance, with settlement authority in both" in told
    assert "26-10033 Leopoldine" not in told


def test_two_conferences_with_a_person_each_are_not_marked(own_desk, signed_in):
    _conference(own_desk, "zzb-26-10072-1", "10:00", "Perpetua Lockwood-Vance")
    _conference(own_desk, "zzb-26-10047-1", "10:45", "Ansel Drury")
    app = create_app(own_desk.settings, today=TODAY)
    page = signed_in(app.test_client(), Role.JUDGE, scope_id="dfl").get("/chambers?week=2026-W37").text
    assert "One person wanted twice" not in page


def _plant(desk: Desk, number: str, **line: Any) -> None:
    """Give a matter one more line, as a fold would have left it."""
    matter = next(each.id for each in desk.matters() if each.number == number)
    names = ("latest", "since", "place", "owner", "count", "entry", "clock", "day")
    base = dict.fromkeys(names) | {"status": "", "what": "", "why": "", "cite": "", "label": "entry 40"}
    with Session(writing_engine(desk.engine)) as session, session.begin():
        session.execute(insert(ListLineRow).values(**base | {"matter": matter, "place_in": 900} | line))


@pytest.mark.parametrize(
    ("section", "line", "told"),
    [
        (
            "dismissals",
            {"kind": "item", "key": "motion_dismiss", "day": date(2026, 8, 3), "owner": "creditor", "why": "no exception"},
            "by the creditor: no exception; an explanatory report that the court approved is needed entry 40",
        ),
        (
            "dismissals",
            {
                "kind": "item",
                "key": "motion_dismiss",
                "day": date(2026, 8, 3),
                "owner": "trustee",
                "why": "trustee_noncompliance",
            },
            "by the trustee: exception: trustee noncompliance entry 40",
        ),
        (
            "dismissals",
            {"kind": "item", "key": "motion_dismiss", "day": date(2026, 8, 3), "why": "conditional", "latest": date(2026, 9, 1)},
            "a conditional order stands, cure by 1 Sep 2026 entry 40",
        ),
        (
            "prose",
            {"kind": "mark", "key": "pro-se-approval", "what": "approval asked for", "why": "no hearing is set"},
            "no day set 26-10072 Ignatius B. Farthingale",
        ),
        (
            "prose",
            {"kind": "mark", "key": "pro-se-approval", "what": "approval asked for", "day": date(2026, 9, 16), "clock": "11:00"},
            "Wed 16 Sep 2026 11:00 26-10072",
        ),
        (
            "extended",
            {"kind": "mark", "key": "extended", "what": "extended 2 times, 61 days in all", "count": 2, "day": date(2026, 8, 31)},
            "extended 2 times, 61 days in all, ends 31 Aug 2026",
        ),
        (
            "long",
            {"kind": "mark", "key": "begun", "what": "requested", "day": date(2026, 2, 19)},
            "requested, since 19 Feb 2026 (181 days)",
        ),
        (
            "sign",
            {"kind": "mark", "key": "not-settled", "what": "not settled", "day": date(2026, 8, 11), "latest": date(2026, 8, 25)},
            "Early The court may not act on silence yet: the time to object, which ends on Tue 25 Aug 2026",
        ),
    ],
)
def test_what_the_sample_court_has_none_of_today_is_told_with_its_source(own_desk, signed_in, section, line, told):
    _plant(own_desk, "zzb-26-10072-1", **line)
    app = create_app(own_desk.settings, today=TODAY)
    page = signed_in(app.test_client(), Role.JUDGE, scope_id="dfl").get("/chambers").text
    assert told in _section(page, section)


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("extended", {"kind": "mark", "key": "extended", "what": "extended once", "count": 1, "day": date(2026, 8, 31)}),
        ("long", {"kind": "mark", "key": "begun", "what": "requested", "day": date(2026, 2, 20)}),
        ("stay", {"kind": "stay", "key": "stay_30", "what": "30 days", "day": date(2026, 9, 19), "status": "uncovered"}),
        ("quiet", {"kind": "mark", "key": "last-entry", "what": "last entry", "day": date(2026, 7, 6)}),
        ("reports", {"kind": "deadline", "key": "status_due", "what": "report", "day": date(2026, 7, 19), "status": "lapsed"}),
    ],
)
def test_what_is_short_of_the_line_by_a_day_is_not_listed(own_desk, signed_in, section, line):
    app = create_app(own_desk.settings, today=TODAY)
    client = signed_in(app.test_client(), Role.JUDGE, scope_id="dfl")
    before = _section(client.get("/chambers").text, section)
    _plant(own_desk, "zzb-26-10077-1", **line)
    assert _section(client.get("/chambers").text, section) == before


def test_an_order_whose_lodged_dates_have_passed_is_marked_stale(own_desk, signed_in):
    client = signed_in(create_app(own_desk.settings, today=TODAY).test_client(), Role.JUDGE, scope_id="dfl")
    client.get("/chambers")  # every matter is worked out now, and no later look takes the planted line away
    lodged = {"kind": "mark", "key": "lodged-date", "what": "the lodged order's first contact due", "day": date(2026, 8, 19)}
    _plant(own_desk, "zzb-26-10123-1", **lodged)
    told = _section(client.get("/chambers").text, "sign")
    assert "Stale date The lodged order's first contact due is Wed 19 Aug 2026 (entry 40)." in told
