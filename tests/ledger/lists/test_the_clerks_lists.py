"""What the clerk's pages ask of the ledger, on both kinds of database: tasks by share, entries that wait, figures, covers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from docketbridge.domain.events import Detection, EventKind
from docketbridge.domain.views.list_shapes import LineKind
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.encoding import to_json
from docketbridge.ledger.lists.derived import matter_lines
from docketbridge.ledger.lists.list_lines import CaseShare, Wanted, count_tasks, listed
from docketbridge.ledger.lists.matter_figures import matter_figures
from docketbridge.ledger.lists.matter_pages import MattersWanted, place_of
from docketbridge.ledger.lists.waiting_entries import kinds_waiting, waiting_entries
from docketbridge.ledger.shares import Cover, Share, covers_now, keep_cover, keep_share, shares_now, told_of_shares
from docketbridge.ledger.tables.list_rows import ListLineRow
from docketbridge.ledger.tables.people_rows import PersonRow
from docketbridge.ledger.tables.rows import EntryRow, MatterRow, MeaningRow, StandingRow
from docketbridge.ledger.visibility import EVERYTHING

TODAY = date(2026, 8, 19)
NOON = datetime(2026, 8, 19, 16, tzinfo=UTC)
CASES = {"26-10001": ("dfl", date(2026, 8, 18)), "26-10002": ("mwh", TODAY), "26-10012": ("mwh", None)}


@pytest.fixture
def court(engine):
    """Three cases with a matter, a clerk's task and an entry that waits in each."""
    standing = {"as_of": TODAY, "state": "active", "shown": "active", "settled": False, "held": False, "open_tasks": 1}
    line = {"place_in": 0, "kind": "task", "key": "close", "owner": "clerk", "status": "", "what": "Close", "why": "", "cite": ""}
    doubt = Detection(kinds=(), candidates=(EventKind.PLAN,), needs_review=True)
    with Session(writing_engine(engine)) as session, session.begin():
        for number, (judge, due) in CASES.items():
            case = {"court": "zzb", "case_number": number}
            session.execute(insert(EntryRow).values(**case, id=f"e{number}"))
            session.execute(insert(MatterRow).values(**case, id=f"m{number}", program="zzb-lmp", opened_by=f"e{number}"))
            head = {"matter": f"m{number}", "number": f"zzb-{number}-1", "court": "zzb", "judge": judge, "digest": ""}
            session.execute(insert(StandingRow).values(**standing, **head, next_earliest=due, next_key="x" if due else None))
            session.execute(insert(ListLineRow).values(**line, matter=f"m{number}", day=due))
            meant = {"kind": "plan", "detection": to_json(doubt), "matters": [], "review": "could be a plan"}
            session.execute(insert(MeaningRow).values(**case, **meant, entry=f"e{number}"))
        for account in ("ann", "ben"):
            person = {"role": "clerk", "scope_id": "", "name": account, "matters": [], "active": True, "made_at": NOON}
            session.execute(insert(PersonRow).values(account=account, **person))
    return engine


def test_a_share_is_of_its_judges_and_of_the_numbers_that_end_so(court):
    with Session(court) as session:

        def held(**share: tuple[str, ...]) -> list[str]:
            found = listed(session, Wanted(kind=LineKind.TASK, share=CaseShare(**share)))
            return sorted(each.matter.case_number for each in found.lines)

        assert held(judges=("mwh",)) == ["26-10002", "26-10012"]
        assert held(digits=("1",)) == ["26-10001"]
        assert held(digits=("12",), judges=("dfl",)) == ["26-10001", "26-10012"]
        assert held() == []


def test_tasks_are_counted_as_overdue_and_due_today(court):
    with Session(court) as session:
        assert count_tasks(session, owners=("clerk",), today=TODAY) == (1, 1)
        assert count_tasks(session, owners=("clerk",), today=TODAY, share=CaseShare(judges=("mwh",))) == (0, 1)


def test_waiting_entries_come_a_page_at_a_time_and_go_on_after_one(court):
    with Session(court) as session:
        first = waiting_entries(session, at_most=2)
        assert ([each.case_number for each in first.entries], first.total, first.more) == (["26-10001", "26-10002"], 3, 1)
        after = waiting_entries(session, at_most=2, after=("zzb", "26-10002", "e26-10002"))
        assert [each.entry for each in after.entries] == ["e26-10012"]
        assert waiting_entries(session, at_most=5, judge="dfl").total == 1
        assert waiting_entries(session, at_most=5, share=CaseShare(digits=("2",))).total == 2
        assert waiting_entries(session, at_most=5, kind="lm_request").total == 0
        assert kinds_waiting(session) == (("plan", 3),)


def test_matters_are_narrowed_and_paged_by_next_date_those_without_one_last(court):
    with Session(court) as session:

        def numbers(**wanted: object) -> list[str]:
            chosen = MattersWanted(**wanted).condition()  # type: ignore[arg-type]  # its own fields
            return [line.case_number for line in matter_lines(session, only=chosen)]

        everything = matter_lines(session)
        assert [line.case_number for line in everything] == list(CASES)
        assert numbers(after=place_of(everything[1])) == ["26-10012"]
        assert numbers(due_after=date(2026, 8, 18)) == ["26-10002"]
        assert numbers(undated=True) == ["26-10012"]
        assert numbers(words="zzb-26-10012") == ["26-10012"]


def test_figures_count_what_there_is(court):
    with Session(court) as session:
        told = matter_figures(session, visible=EVERYTHING, soon=TODAY)
    assert (told.total, told.ripe, told.soon) == (3, 0, 2)
    assert told.judges == (("mwh", 2), ("dfl", 1))


def test_of_shares_and_covers_the_newest_holds_and_all_is_told(court):
    def share(*judges: str) -> Share:
        return Share(account="ann", judges=judges, digits=(), at=NOON, by="ann", reason="")

    def cover(through: date | None) -> Cover:
        return Cover(absent="ann", account="ben", through=through, at=NOON, by="ben", reason="on leave")

    with Session(writing_engine(court)) as session, session.begin():
        keep_share(session, share("dfl"))
        keep_share(session, share("mwh"))
        keep_cover(session, cover(TODAY))
        assert [each.judges for each in shares_now(session)] == [("mwh",)]
        assert [each.account for each in covers_now(session, TODAY)] == ["ben"]
        assert covers_now(session, date(2026, 8, 20)) == ()
        keep_cover(session, cover(None))
        keep_share(session, share())
        assert (shares_now(session), covers_now(session, TODAY)) == ((), ())
        assert len(told_of_shares(session, at_most=10)) == 5
