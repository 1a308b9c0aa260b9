"""The lines that lists read: kept with each fold, told anew by replay, on both databases; and drafts of one side alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from sqlite3 import connect

import pytest
from sqlalchemy import Engine, delete, event, func, select, update
from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.matter_lists import passages_of
from docketbridge.casework.review.task_doing import owed
from docketbridge.casework.rights import Acting, Role
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.views.list_shapes import LineKind
from docketbridge.domain.views.passages import passage_of
from docketbridge.errors import RightsError, UsageError
from docketbridge.ledger.lists.list_lines import Wanted, listed
from docketbridge.ledger.tables.list_rows import ListLineRow
from docketbridge.ledger.tables.rows import MatterRow, SightingRow, StandingRow
from docketbridge.ledger.visibility import Visible
from docketbridge.plugins import discover
from docketbridge.settings import Settings

TODAY = date(2026, 8, 19)
FEEDS = Path(__file__).parents[2] / "sample_court" / "feeds"
SOME = ("26-10072", "26-10123", "26-10131")


def _taken_in(url: str, folder: Path) -> Desk:
    desk = Desk(settings=Settings(folder=folder, database=url), plugins=discover(), today=TODAY, fixed_day=True)
    for file in sorted(FEEDS.glob("*/*")):
        if any(number in file.name for number in SOME):
            desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    desk.refresh()
    return desk


@pytest.fixture(scope="module")
def some_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger file that holds a few cases of the sample court."""
    folder = tmp_path_factory.mktemp("cases")
    _taken_in(f"sqlite:///{folder / 'ledger.sqlite'}", folder).engine.dispose()
    return folder / "ledger.sqlite"


@pytest.fixture
def court(some_cases: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on a copy of these cases."""
    with closing(connect(some_cases)) as source, closing(connect(tmp_path / "ledger.sqlite")) as target:
        source.backup(target)
    settings = Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    desk = Desk(settings=settings, plugins=discover(), today=TODAY, fixed_day=True)
    yield desk
    desk.engine.dispose()


@pytest.fixture
def court_on_postgres(new_database: Callable[[str], str], tmp_path: Path) -> Iterator[Desk]:
    """A desk on the same cases in a PostgreSQL."""
    desk = _taken_in(new_database("postgresql"), tmp_path)
    yield desk
    desk.engine.dispose()


def test_on_postgres_lists_and_drafts_are_the_same_as_on_sqlite(court, court_on_postgres):
    wanted = (Wanted(kind=kind, most=5, newest_first=kind is LineKind.NEWS) for kind in LineKind)
    for each in wanted:
        told = []
        for desk in (court, court_on_postgres):
            with Session(desk.engine) as session:
                told.append([(found.matter.number, found.line.what, found.line.day) for found in listed(session, each).lines])
        assert told[0] == told[1]
    assert court_on_postgres.replay(today=None) == ()
    matter = next(line.id for line in court_on_postgres.matters("case:26-10072"))
    debtor = _of(Role.DEBTOR_SIDE, matter)
    court_on_postgres.mediation.keep_draft(matter, "form-d", [("kind", "other")], debtor)
    court_on_postgres.mediation.keep_draft(matter, "form-d", [("kind", "surrender")], debtor)
    assert [each.answers for each in court_on_postgres.mediation.drafts(matter, debtor)] == [(("kind", "surrender"),)]


def _count(desk: Desk) -> int:
    with Session(desk.engine) as session:
        return session.scalar(select(func.count()).select_from(ListLineRow)) or 0


def test_lines_are_kept_and_replay_gives_the_same_again(court):
    before = _count(court)
    assert before > 20
    assert court.replay(today=None) == ()
    assert _count(court) == before


def test_passages_and_open_tasks_are_those_of_the_matters_files(court):
    files = sorted(court.matter_files(), key=lambda file: file.matter.number)
    assert passages_of(court) == tuple(passage_of(file) for file in files)
    told = sorted((each.number, each.task.key, each.task.due, each.task.because) for each in owed(court))
    expected = sorted((file.matter.number, each.key, each.due, each.because) for file in files for each in file.posture.tasks)
    assert told == expected
    clerks = owed(court, owner="Clerk")
    assert {each.task.owner for each in clerks} == {each.task.owner for each in owed(court) if "clerk" in each.task.owner}
    assert owed(court, beginning=1, at_most=2) == owed(court)[1:3]


def test_a_piece_of_news_keeps_the_day_on_which_it_was_first_told(court):
    with Session(court.engine) as session:
        first = select(SightingRow.entry, func.min(SightingRow.told_at)).group_by(SightingRow.entry)
        told = {row[0]: row[1] for row in session.execute(first)}
        found = listed(session, Wanted(kind=LineKind.NEWS)).lines
        since = listed(session, Wanted(kind=LineKind.NEWS, told_since=TODAY)).lines
    docketed = [each.line for each in found if each.line.entry is not None]
    assert docketed
    assert all(line.since == told[line.entry].date() for line in docketed)
    assert {each.line.entry for each in since} == {line.entry for line in docketed if max(line.day, line.since) >= TODAY}


def test_replay_tells_whose_lines_had_gone(court):
    with Session(court.engine) as session, session.begin():
        session.execute(delete(ListLineRow))
    moved = court.replay(today=None)
    assert sorted(each.what for each in moved) == [f"list lines of zzb-{number}-1" for number in SOME]


def test_a_ledger_of_an_earlier_version_gets_its_lines_on_the_next_look(court):
    """Migration 0008 leaves every matter that stands due to be folded again."""
    with Session(court.engine) as session, session.begin():
        session.execute(delete(ListLineRow))
        session.execute(update(StandingRow).values(changes_on=StandingRow.as_of))
    later = Desk(settings=court.settings, plugins=court.plugins, today=TODAY, fixed_day=True)
    assert later.refresh() == len(SOME)
    assert _count(court) > 20


def test_a_list_is_narrowed_ordered_and_counted_in_one_query(court):
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        said.extend([statement] if statement.startswith("SELECT") else [])

    with Session(court.engine) as session:
        event.listen(Engine, "before_cursor_execute", note)
        found = listed(session, Wanted(kind=LineKind.DEADLINE, statuses=("running",), start=TODAY, most=2))
        event.remove(Engine, "before_cursor_execute", note)
        newest = listed(session, Wanted(kind=LineKind.NEWS, newest_first=True))
        own = listed(session, Wanted(kind=LineKind.DEADLINE, judge="nobody"))
    assert len(said) == 1
    assert (len(found.lines), found.more) == (2, found.total - 2)
    days = [each.line.day for each in newest.lines]
    assert days == sorted(days, reverse=True)
    assert own.total == 0


def test_a_list_holds_what_its_reader_may_see_and_nothing_else(court):
    with Session(court.engine) as session:
        one = session.scalars(select(MatterRow.id).where(MatterRow.case_number == "26-10072")).one()
        seen = listed(session, Wanted(kind=LineKind.DEADLINE), visible=Visible(matters=frozenset({one})))
        nothing = listed(session, Wanted(kind=LineKind.DEADLINE), visible=Visible())
    assert {each.matter.id for each in seen.lines} == {one}
    assert nothing.total == 0


def test_a_second_look_on_the_same_day_with_no_new_fact_folds_nothing(court):
    looking = Desk(settings=court.settings, plugins=court.plugins, today=TODAY, fixed_day=True)
    looking.refresh()
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        said.extend([statement] if statement.startswith("SELECT") else [])

    event.listen(Engine, "before_cursor_execute", note)
    assert looking.on(TODAY).refresh() == 0
    event.remove(Engine, "before_cursor_execute", note)
    assert len(said) == 1


def test_another_day_is_looked_at_anew(court):
    looking = Desk(settings=court.settings, plugins=court.plugins, today=TODAY, fixed_day=True)
    looking.refresh()
    tomorrow = looking.on(date(2026, 9, 1))
    assert tomorrow.refresh() > 0
    assert next(line for line in tomorrow.matters("case:26-10072")).as_of == date(2026, 9, 1)


def _of(role: Role, matter: str, name: str = "one") -> Acting:
    return Acting(role=role, id=name, account=name, matters=frozenset({matter}))


def test_the_newest_draft_of_a_side_is_its_draft_and_the_older_ones_stay_facts(court):
    matter = next(line.id for line in court.matters("case:26-10072"))
    room, debtor, creditor = court.mediation, _of(Role.DEBTOR_SIDE, matter), _of(Role.CREDITOR_SIDE, matter)
    room.keep_draft(matter, "form-d", [("kind", "other")], debtor)
    room.keep_draft(matter, "form-d", [("kind", "surrender")], debtor)
    room.keep_draft(matter, "status-report", [("sessions", "2")], debtor)
    drafts = room.drafts(matter, _of(Role.DEBTOR_SIDE, matter, "partner"))
    assert [(each.paper, each.answers, each.side) for each in drafts] == [
        ("form-d", (("kind", "surrender"),), "debtor"),
        ("status-report", (("sessions", "2"),), "debtor"),
    ]
    assert room.drafts(matter, creditor) == ()


@pytest.mark.parametrize("role", [Role.CLERK, Role.JUDGE, Role.TRUSTEE, Role.MEDIATOR, Role.ADMINISTRATOR])
def test_nobody_but_a_side_has_drafts(court, role):
    matter = next(line.id for line in court.matters("case:26-10072"))
    stranger = Acting(role=role, id="x", account="x", matters=frozenset({matter}))
    with pytest.raises((RightsError, UsageError)):
        court.mediation.drafts(matter, stranger)
    with pytest.raises((RightsError, UsageError)):
        court.mediation.keep_draft(matter, "form-d", [("kind", "other")], stranger)


def test_another_matter_s_drafts_are_not_there(court):
    mine = next(line.id for line in court.matters("case:26-10072"))
    other = next(line.id for line in court.matters("case:26-10123"))
    with pytest.raises(RightsError):
        court.mediation.drafts(other, _of(Role.DEBTOR_SIDE, mine))
