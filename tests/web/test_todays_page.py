"""The clerk's first page on the sample court: what must be done and why, in one click, in how many queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import Engine, event, insert, select, update
from sqlalchemy.orm import Session

from docketbridge.app import create_app
from docketbridge.casework.rights import Role
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.tables.list_rows import ListLineRow
from docketbridge.ledger.tables.rows import EntryRow, MatterRow, StandingRow
from docketbridge.web.site import shared_desk
from tests.composed_feeds import Docketed, rss

TODAY = date(2026, 8, 19)


def _section(page: str, name: str) -> str:
    """The words of the section under a heading of this id."""
    (found,) = html.fromstring(page).xpath(f"//section[.//h2[@id='{name}']]")
    return " ".join(" ".join(found.itertext()).split())


def _links(page: str, name: str) -> set[str]:
    return {str(each) for each in html.fromstring(page).xpath(f"//section[.//h2[@id='{name}']]//a/@href")}


def test_a_clerk_s_day_begins_there(reader):
    assert reader.get("/").headers["Location"] == "/today"


def test_a_ripe_request_has_its_draft_order_and_its_certificate_one_click_away(reader):
    page = reader.get("/today").text
    assert "Mon 24 Aug 2026 26-10123 Ottavio R. Bellweather" in _section(page, "ripe")
    assert "no objection by 14 August 2026" in _section(page, "ripe")
    assert {
        "/matters/zzb-26-10123-1#deadlines",
        "/matters/zzb-26-10123-1/papers/form-c",
        "/matters/zzb-26-10123-1/papers/no-objection-certificate",
    } <= _links(page, "ripe")


def test_a_request_whose_silence_is_not_settled_stands_beside_it_as_not_yet(reader):
    assert "26-10140 Zephyrine Dalhousie" in _section(reader.get("/today").text, "ripe")


def test_overdue_tasks_come_first_with_why_and_what_does_them(reader):
    page = reader.get("/today").text
    told = _section(page, "due")
    assert told.index("26-10091") < told.index("26-10158")
    assert "Tue 28 Jul 2026 overdue 25-11480 Horatio Lindenbaum-Cruz" in told
    assert "the period is over; no date for confirmation of the plan" in told
    assert {
        "/matters/zzb-26-10123-1/request-sheet",
        "/matters/zzb-25-11480-1/papers/hearing-notice",
        "/matters/zzb-26-10008-1#task-close",
    } <= _links(page, "due")


def test_the_tiles_count_what_their_list_shows(reader):
    """One truth: a note that is overdue counts as overdue, and stands among what is."""
    page = html.fromstring(reader.get("/today").text)
    words = [each.text_content().split() for each in page.xpath("//ul[contains(@class, 'tiles')]/li")]
    tiles = {" ".join(rest): int(count) for count, *rest in words}
    (due,) = page.xpath("//section[.//h2[@id='due']]")
    assert len(due.xpath(".//tbody/tr[@class='overdue']")) == tiles["overdue"]
    assert len(due.xpath(".//tbody/tr")) == tiles["overdue"] + tiles["due today"]
    assert "26-10026" in due.text_content()


def test_an_order_docketed_today_whose_dates_are_not_typed_is_listed_until_they_are(clerk, own_site, send):
    assert "Every order has its dates" in _section(clerk.get("/today").text, "undated")
    noon = datetime(2026, 8, 19, 12, 0, tzinfo=ZoneInfo("America/New_York"))
    order = Docketed(
        at=noon, serial=10123, sequence=90_001, event="Loss Mitigation Order", number=14, name="Ottavio R. Bellweather"
    )
    shared_desk(own_site).take_in(RawFeed(content=rss([order], built=noon + timedelta(minutes=5)), name="today.xml"))
    page = clerk.get("/today").text
    told = _section(page, "undated")
    assert "26-10123" in told
    assert "Type the dates of the order" in told
    (link,) = [each for each in _links(page, "undated") if each.endswith("/dates")]
    assert "26-10123" not in _section(page, "ripe")
    assert "entry 14 does not show the dates of " in told
    assert "_due" not in told
    days = {"contacts_due": 26, "first_contact_due": 27, "creditor_requests_due": 28, "debtor_requests_due": 31}
    typed = {name: f"2026-08-{day}" for name, day in days.items()} | {"status_due": "2026-10-30", "lm_end": "2026-11-17"}
    typed["reason"] = "read from the order"
    assert send(clerk, link, **typed).status_code == 303
    assert "26-10123" not in _section(clerk.get("/today").text, "undated")
    assert str(shared_desk(own_site).matter_file("zzb-26-10123-1").posture.dates.lm_end) == "2026-11-17"


def test_a_dismissal_note_to_docket_is_drafted_in_one_click(reader):
    page = reader.get("/today").text
    assert "26-10026 Rosamund Kettlebury" in _section(page, "notes")
    assert "/matters/zzb-26-10026-1/papers/docket-note" in _links(page, "notes")


def test_objections_without_a_hearing_are_listed_and_one_with_a_hearing_is_not(reader):
    told = _section(reader.get("/today").text, "objections")
    assert "26-10131" in told
    assert "26-10104" in told
    assert "26-10091" not in told


def test_what_waits_for_review_is_named_with_its_reason(reader):
    page = reader.get("/today").text
    assert "26-10115, entry 8" in _section(page, "reviews")
    assert "could be" in _section(page, "reviews")


def test_what_changed_and_what_comes_are_told_with_their_entries(reader, still_site, signed_in):
    page = reader.get("/today").text
    assert "Wed 26 Aug 2026 10:00 26-10115" in _section(page, "coming")
    first = signed_in(still_site.test_client(), Role.CLERK, account="clerk-on-a-first-visit").get("/today").text
    assert _section(first, "changed").startswith("Changed in the last seven days")


def test_a_hearing_is_seen_to_before_ten_of_the_court_day_before_it(own_site, signed_in):
    later = create_app(shared_desk(own_site).settings, today=date(2026, 9, 1))
    page = signed_in(later.test_client(), Role.CLERK).get("/today").text
    assert "Hearings of today and Wed 2 Sep 2026, the next court day" in _section(page, "called")
    assert "Wed 2 Sep 2026 10:00 26-10033 Leopoldine Vantongeren" in _section(page, "called")


def test_a_hearing_that_a_task_takes_off_stands_first_with_the_reason(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.CLERK)
    client.get("/today")
    with Session(writing_engine(shared_desk(own_site).engine)) as session, session.begin():
        matter = session.scalar(select(StandingRow.matter).where(StandingRow.number == "zzb-26-10072-1"))
        line = dict.fromkeys(("latest", "since", "clock", "place", "count", "entry", "label")) | {
            "matter": matter,
            "place_in": 999,
            "kind": "task",
            "key": "continue-liftstay",
            "owner": "courtroom deputy",
            "status": "",
            "what": "Postpone the lift-stay hearing past the period",
            "why": "entry 9 is to be heard inside the period",
            "cite": "LMP VI.B.1",
            "day": TODAY,
        }
        session.execute(insert(ListLineRow).values(**line))
        stay = update(ListLineRow).where(
            ListLineRow.matter == matter, ListLineRow.key == "lift_stay", ListLineRow.kind == "hearing"
        )
        session.execute(stay.values(day=TODAY))
    told = _section(client.get("/today").text, "called")
    assert "26-10072" in told
    assert "Take off Hearing on relief from stay" in told
    assert "entry 9 is to be heard inside the period" in told


def test_a_hearing_moved_away_from_its_day_is_off_the_calendar_of_that_day(still_site):
    desk = shared_desk(still_site)
    with Session(desk.engine) as session:
        lines = session.execute(select(ListLineRow.day, ListLineRow.latest).where(ListLineRow.kind == "moved_away")).all()
    assert (date(2026, 7, 15), date(2026, 9, 16)) in [tuple(each) for each in lines]


def test_a_docket_checked_by_a_person_is_kept_with_name_time_and_reason(clerk, send):
    fields = {"matter": "1:26-bk-10115", "through": "2026-08-19T09:00", "reason": "CM/ECF, at the counter"}
    answer = send(clerk, "/today/docket-checked", **fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today#watch")
    page = clerk.get("/matters/zzb-26-10115-1").text
    assert "Clara Quill (cquill): docket checked: CM/ECF, at the counter" in _section(page, "history")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"matter": "zzb-26-10115-1", "through": "2026-08-19T09:00"}, "say why"),
        ({"matter": "zzb-26-10115-1", "through": "2026-08-21T09:00", "reason": "seen"}, "has not come yet"),
        ({"matter": "zzb-26-10115-1", "through": "soon", "reason": "seen"}, "is no time"),
        ({"matter": "zzb-99-99999-1", "through": "2026-08-19T09:00", "reason": "seen"}, "no matter"),
    ],
)
def test_a_docket_check_that_cannot_be_is_refused_in_plain_words_and_what_was_typed_stays(reader, send, fields, said):
    answer = send(reader, "/today/docket-checked", **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert fields["matter"] in html.fromstring(answer.text).xpath("//input[@id='checked-matter']/@value")


def test_an_empty_ledger_has_a_calm_first_page(empty_client):
    page = empty_client.get("/today")
    assert page.status_code == 200
    assert "Nothing is overdue and nothing is due today." in page.text
    assert "docketbridge intake" in page.text


def _copy(app: Flask, times: int) -> None:
    """Add copies of every matter, with all that lists know of it, in cases of their own."""
    tables = (EntryRow, MatterRow, StandingRow, ListLineRow)
    marked = {
        EntryRow: ("id", "case_number"),
        MatterRow: ("id", "opened_by", "case_number"),
        StandingRow: ("matter", "number"),
        ListLineRow: ("matter",),
    }
    with Session(writing_engine(shared_desk(app).engine)) as session, session.begin():
        rows = {table: [dict(row._mapping) for row in session.execute(select(*table.__table__.columns))] for table in tables}
        openers = {row["opened_by"] for row in rows[MatterRow]}
        rows[EntryRow] = [row for row in rows[EntryRow] if row["id"] in openers]
        rows[StandingRow] = [row | {"held": False, "changes_on": None} for row in rows[StandingRow]]
        for turn in range(times):
            for table in tables:
                session.execute(
                    insert(table), [row | {name: f"{row[name]}~{turn}" for name in marked[table]} for row in rows[table]]
                )


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


PAGES = {"/today": 50, "/matters": 20, "/matters?judge=dfl&due=soon": 20, "/review": 60}


def test_the_pages_take_the_same_number_of_queries_whatever_the_number_of_matters(
    own_site: Flask, signed_in: Callable[..., FlaskClient]
) -> None:
    client = signed_in(own_site.test_client(), Role.CLERK)
    client.get("/today")
    few = {path: _queries(client, path) for path in PAGES}
    _copy(own_site, 20)
    client.get("/today")
    assert {path: _queries(client, path) for path in PAGES} == few
    assert all(few[path] <= most for path, most in PAGES.items()), few
