"""A feed worked out all at once keeps what working out every case by itself would keep."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

import connectors
from docketbridge.casework.desk import Desk
from docketbridge.casework.working_out.updating import update_case
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.entries import ParsedEntry
from docketbridge.domain.feeds import ParsedFeed, RawFeed
from docketbridge.errors import UnreadableFeed
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.dockets.queries import all_cases, entries_of
from docketbridge.ledger.lists.derived import meanings_of
from docketbridge.ledger.tables.rows import MatterRow, MeaningRow
from docketbridge.plugins import Found, check
from docketbridge.settings import Settings
from tests.composed_feeds import entry, feed, report
from tests.sample_court.compose import FEEDS

START = datetime(2026, 7, 27, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
CASE = CaseKey(court="zzb", number="26-10123")
LINES = (
    (
        "Motion for Relief From Stay",
        "Motion for Relief from Stay re: 735 Gristmill Lane Filed by Creditor Harborlight Savings Bank.",
    ),
    ("Certificate of Service", "Certificate of Service by mail on July 28, 2026 Filed by Debtor Ada Quillfeather."),
    ("Request for Loss Mitigation", "Debtor's Request for Loss Mitigation (Form A) with Harborlight Savings Bank, N.A."),
    ("Objection", "Objection to Request for Loss Mitigation Filed by Creditor Harborlight Savings Bank, N.A."),
    ("Hearing Set", "Hearing scheduled for 8/5/2026 at 10:00 AM on the Motion for Relief from Stay."),
    ("Schedules", "Amended Schedules I and J Filed by Debtor Ada Quillfeather."),
)


def _meanings(desk: Desk) -> dict[str, Any]:
    with Session(desk.engine) as session:
        return {entry_id: each for case in all_cases(session) for entry_id, each in meanings_of(session, case).items()}


def _one_by_one(desk: Desk) -> dict[str, Any]:
    """Drop every meaning, and work out each case by itself from its whole docket."""
    with Session(writing_engine(desk.engine)) as session, session.begin():
        session.execute(delete(MeaningRow))
        for case in all_cases(session):
            update_case(session, desk.rulebook, case, today=desk.today)
    return _meanings(desk)


def _stub(case: int, number: int, event: str, *, told: int | None) -> ParsedEntry:
    return entry(
        case_number=f"26-{case:05d}",
        sequence=str(number),
        document_number=None if told is None else str(told),
        events=(event,),
        entered_at=START + number * MINUTE,
    )


def _line(case: int, text: str, *, told: int | None) -> ParsedEntry:
    return entry(
        case_number=f"26-{case:05d}",
        document_number=None if told is None else str(told),
        date_filed=START.date(),
        entered_at=START.date(),
        text=f"{text} (Entered: 07/27/2026)",
    )


def _composed(chance: random.Random) -> list[tuple[ParsedFeed, datetime]]:
    """Feeds of a few cases: stubs told twice, texts told late and corrected, entries that turn out to be one, whole reports."""
    feeds = []
    for count in range(10):
        told = []
        for _ in range(12):
            case, number = chance.randrange(10_001, 10_008), chance.randrange(1, 9)
            event, text = LINES[(case + number) % len(LINES)]
            numbered = number if chance.random() < 0.7 else None
            if case > 10_004 and "Loss Mitigation" in event:
                continue
            if chance.random() < 0.5:
                told.append(_stub(case, number, event, told=numbered))
            else:
                told.append(_line(case, text.replace("735", chance.choice(("733", "735"))), told=numbered))
        at = START + count * DAY
        feeds.append((feed(*told, oldest=at, newest=at + DAY), at))
        if count % 3 == 0:
            case = chance.randrange(10_001, 10_008)
            texts = [(LINES[(case + number) % len(LINES)][1], number) for number in range(1, 9)]
            lines = [_line(case, text, told=number) for text, number in texts if case < 10_005 or "Loss Mitigation" not in text]
            feeds.append((report(*lines, made=at + DAY / 2, case_number=f"26-{case:05d}"), at))
    return feeds


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.exhaustive) for seed in range(1, 12))])
def test_composed_feeds_in_any_order_mean_the_same_as_case_by_case(desk: Desk, take: Callable[..., Any], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's feeds, not a secret
    feeds = _composed(chance)
    chance.shuffle(feeds)
    for count, (parsed, at) in enumerate(feeds):
        take(f"feed {count}", parsed, fetched_at=at)
        if count % 4 == 3:
            assert _meanings(desk) == _one_by_one(desk)
    with Session(desk.engine) as session:
        opened = set(session.scalars(select(MatterRow.case_number)))
        assert opened
        assert {case.number for case in all_cases(session)} - opened


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_the_sample_court_s_feeds_mean_the_same_as_case_by_case(
    new_database: Callable[[str], str], tmp_path: Path, every: int
) -> None:
    desk = Desk(
        settings=Settings(folder=tmp_path, database=new_database("sqlite")),
        plugins=check([Found(plugin=connectors.plugin, origin="tests")]),
        today=date(2026, 8, 19),
        fixed_day=True,
    )
    _take_all(desk, sorted(path for path in FEEDS.rglob("*") if path.is_file())[::every])
    assert _meanings(desk) == _one_by_one(desk)
    desk.engine.dispose()


def _take_all(desk: Desk, files: Iterable[Path]) -> None:
    for file in files:
        desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))


def test_an_entry_that_was_found_to_be_another_leaves_no_meaning_behind(desk: Desk, take: Callable[..., Any]) -> None:
    take("rss", feed(entry(sequence="31", events=("Schedules",), entered_at=START), oldest=START, newest=START + MINUTE))
    take("notice", feed(entry(document_number="13", text=LINES[5][1]), oldest=START, newest=START + MINUTE))
    both = entry(sequence="31", document_number="13", events=("Schedules",), entered_at=START)
    take("both", feed(both, oldest=START, newest=START + 2 * MINUTE))
    with Session(desk.engine) as session:
        (only,) = entries_of(session, CASE)
        assert set(meanings_of(session, CASE)) == {only.id}
        assert only.text == LINES[5][1]


def test_a_stub_that_was_one_with_a_text_is_read_with_it_when_it_is_told_again(desk: Desk, take: Callable[..., Any]) -> None:
    take("rss", feed(entry(sequence="31", events=("Schedules",), entered_at=START), oldest=START, newest=START + MINUTE))
    take("notice", feed(entry(document_number="13", text=LINES[5][1]), oldest=START, newest=START + MINUTE))
    both = entry(sequence="31", document_number="13", events=("Schedules",), entered_at=START)
    take("both", feed(both, oldest=START, newest=START + 2 * MINUTE))
    take(
        "linked",
        feed(entry(sequence="31", document_link="https://ecf.zzb.uscourts.gov/doc1/09701"), oldest=START, newest=START + DAY),
    )
    assert _meanings(desk) == _one_by_one(desk)


def test_a_case_in_which_a_person_decided_is_worked_out_by_itself(desk: Desk, take: Callable[..., Any]) -> None:
    hearing = entry(document_number="13", text=LINES[4][1], entered_at=START)
    take("first", feed(hearing, oldest=START, newest=START + MINUTE))
    with Session(desk.engine) as session:
        (only,) = entries_of(session, CASE)
    decision = Decision(
        kind=DecisionKind.SET_ASIDE, by="C. Marrow", at=START, entry_id=only.id, reason="docketed in the wrong case"
    )
    desk.keep_decision(CASE, decision)
    decided = _meanings(desk)
    take("again", feed(entry(document_number="13", sequence="40", entered_at=START), oldest=START, newest=START + DAY))
    assert _meanings(desk) == decided == _one_by_one(desk)


def test_the_same_bytes_are_told_of_as_they_were_read_and_nothing_is_done(desk: Desk, take: Callable[..., Any]) -> None:
    first = take("rss", feed(_stub(10_123, 31, "Schedules", told=12), oldest=START, newest=START + MINUTE))
    again = desk.take_in(RawFeed(content=b"rss", name="copy"))
    assert (first.kept, first.new, again.kept, again.new, again.seen_again) == (False, 1, True, 0, 1)
    assert (again.court, again.format, again.window, again.problems) == (first.court, first.format, first.window, ())


def test_the_same_bytes_said_to_be_of_another_format_are_looked_at_again(desk: Desk, take: Callable[..., Any]) -> None:
    take("rss", feed(_stub(10_123, 31, "Schedules", told=12), oldest=START, newest=START + MINUTE))
    with pytest.raises(UnreadableFeed):
        desk.take_in(RawFeed(content=b"rss", name="copy", court="zzb"), "no such format")
