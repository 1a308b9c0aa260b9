"""A composed court of any size in a ledger: copies of the sample court's dockets with matters, the other cases by RSS windows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.searching import SearchDesk
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger.bulk import insert_rows
from docketbridge.ledger.database import tend, writing_engine
from docketbridge.ledger.search import fill as read_words
from docketbridge.ledger.tables.rows import Base, EntryRow, MatterRow
from docketbridge.ledger.tables.search_rows import DERIVED_OF_SEARCH
from tests.benchmarks.court_copied import OTHERS, SHIFT, copy_court
from tests.composed_feeds import Docketed, rss
from tests.sample_court.docket import Case, Entry, Party, Person, read_cases, read_court
from tests.sample_court.report import write_report

BUILT = date(2026, 8, 19)
"""The day on which the court is taken in."""
OPENED = datetime(2026, 6, 20, 11, 0, tzinfo=UTC)
CLOSED = datetime(2026, 8, 19, 11, 30, tzinfo=UTC)
JUDGES = ("dfl", "mwh", "kat", "osb")
_PER_WINDOW = 1_000
_PER_CASE = 25
_AT_ONCE = 5_000
_BY_INTAKE = 250
"""As many matters are taken in from feeds, with the other cases that go with them; the rest are copies of these rows."""
_GIVEN = ("Ada", "Bo", "Clementine", "Dorian", "Elspeth", "Fergus", "Greta", "Hollis", "Imogen", "Jarvis", "Keziah", "Lorcan")
_SURNAMES = ("Quillfeather", "Marrowby", "Thistlegate", "Ferncastle", "Oystermouth", "Penhallow", "Sandlark", "Windrush", "Tarn")
_TRUSTEES = ("Marguerite T. Osei", "Barnaby J. Quill", "Ines Ferro-Lindgren", "Ada Vell", "Bo Tarn", "Cyrus Holm", "Dilys Rook")
_MEDIATORS = tuple(f"{given} R. Callowmere" for given in _GIVEN)
_EVENTS = (
    "Motion for Relief From Stay",
    "Certificate of Service",
    "Order Confirming Chapter 13 Plan",
    "Proof of Claim",
    "Notice of Appearance and Request for Notice",
    "Meeting of Creditors",
    "Objection to Confirmation of Plan",
    "Schedules",
    "Receipt of Filing Fee",
    "Amended Chapter 13 Plan",
)


def fill(desk: Desk, *, matters: int, entries: int) -> tuple[int, int]:
    """Make a court of about so many matters and entries, on SQLite; how many of each there are then.

    The first matters and cases are taken in as they would come; the others are copies of them in the ledger, row by row.
    """
    times = max(matters // _BY_INTAKE, 1)
    told = 0
    for report in reports(matters // times):
        told += desk.take_in(report).new
    for window in _windows(max(entries // times - told, _PER_WINDOW)):
        desk.take_in(window)
    desk.refresh()
    copy_court(desk.engine, times=times - 1)
    SearchDesk(engine=desk.engine, acting=None).read_in(at_most=10**9)
    desk.running.tidy(now=datetime.now(tz=UTC))
    with Session(desk.engine) as session:
        counted = [session.scalar(select(func.count()).select_from(row)) or 0 for row in (MatterRow, EntryRow)]
    return counted[0], counted[1]


def reports(count: int, *, first: int = 0) -> Iterator[RawFeed]:
    """Docket reports of cases with matters: copies of the sample court's, the people and the judges changed, from a place on."""
    court = read_court()
    patterns = [each for each in read_cases() if any(entry.means == "lm_request" for entry in each.entries) and each.reports]
    for place in range(first, first + count):
        case = _copy(patterns[place % len(patterns)], place)
        fetched = max(case.reports)
        yield RawFeed(content=write_report(court, case, fetched), name=f"{case.number}.html", fetched_at=fetched.astimezone(UTC))


def _copy(case: Case, place: int) -> Case:
    """The same docket under another number, with other people in it."""
    debtor = next(each.name for each in case.parties if each.type == "Debtor")
    other = f"{_GIVEN[place % len(_GIVEN)]} {_SURNAMES[place // len(_GIVEN) % len(_SURNAMES)]}-{place}"
    changed = {debtor: other, "Calloway-Finch": "Callowmere", "Ruth E.": _MEDIATORS[place % len(_MEDIATORS)].rsplit(" ", 1)[0]}
    trustee = case.trustee
    if trustee is not None:
        changed[trustee.name] = _TRUSTEES[place % len(_TRUSTEES)]

    def told(words: str) -> str:
        for before, after in changed.items():
            words = words.replace(before, after)
        return words

    def entry(each: Entry) -> Entry:
        return replace(each, text=told(each.text), by=told(each.by), corrected=None)

    def party(each: Party) -> Party:
        return replace(each, name=told(each.name))

    def person(each: Person) -> Person:
        return replace(each, name=told(each.name))

    return replace(
        case,
        number=f"26-{SHIFT + place:05d}",
        case_id=SHIFT + place,
        name=told(case.name),
        judge_initials=JUDGES[place % len(JUDGES)],
        trustee=person(trustee) if trustee is not None else None,
        parties=tuple(party(each) for each in case.parties),
        entries=tuple(entry(each) for each in case.entries),
    )


def _windows(entries: int) -> Iterator[RawFeed]:
    """Windows of the court's whole feed that meet without a gap, in cases that have no matter."""
    step = (CLOSED - OPENED) / entries
    cases = max(entries // _PER_CASE, 1)
    last: list[Docketed] = []
    for first in range(0, entries, _PER_WINDOW):
        items = [
            Docketed(
                at=OPENED + step * (place + 1),
                serial=OTHERS + place % cases,
                sequence=1 + place // cases,
                event=_EVENTS[place * 7 % len(_EVENTS)],
                number=1 + place // cases,
            )
            for place in range(first, min(first + _PER_WINDOW, entries))
        ]
        built = items[-1].at + timedelta(seconds=1)
        content = rss(reversed([*last, *items]), built=built)
        yield RawFeed(content=content, name=f"window {built:%Y-%m-%dT%H%M}", fetched_at=built)
        last = items[-1:]


def copy_ledger(source: Engine, target: Engine) -> None:
    """Copy all that a ledger holds into an empty one on the other kind of database, and fill its full-text index."""
    left_out = {row.__tablename__ for row in DERIVED_OF_SEARCH}
    with source.connect() as reading, Session(writing_engine(target)) as session, session.begin():
        for table in Base.metadata.sorted_tables:
            names = [each.name for each in table.columns]
            rows = reading.execution_options(yield_per=_AT_ONCE).execute(table.select())
            if table.name not in left_out:
                for some in rows.partitions():
                    insert_rows(session, table, names, [tuple(each) for each in some])
            number = table.autoincrement_column
            if number is not None and target.dialect.name == "postgresql":
                next_up = select(func.setval(func.pg_get_serial_sequence(table.name, number.name), func.max(number)))
                session.execute(next_up)
    with Session(writing_engine(target)) as session, session.begin():
        read_words(session, at_most=10**9)
    tend(target)
