"""An account history is taken in whole or with its bad rows named, once, in whatever file it came, and finds its matter."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.portal_history import read
from connectors.portal_mapping import read_mapping, shipped_mappings
from docketbridge.api import DocumentKind, PortalAct, PortalProblem, PortalRow, Said, Side, UnreadableFeed, UsageError
from docketbridge.casework.desk import Desk
from docketbridge.casework.working_out import portal_matching
from docketbridge.casework.working_out.portal_matching import match_accounts
from docketbridge.casework.working_out.updating import update_case
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.linking.portal_matching import Candidate, last_fours_in, match_account
from docketbridge.domain.portal import PortalAccount, PortalVerdict
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.portal import fact_of
from docketbridge.ledger.substance import substance_of
from docketbridge.ledger.tables.portal_rows import PortalFactRow
from docketbridge.plugins import discover
from docketbridge.settings import read_settings
from tests.sample_court.portal.compose import EXPORTS, compose

HEAD = "Account,Case Number,Entry,Date/Time,Event,Posted By,Document,Due Date,Message,Amount,Figure"
ROWS = (
    "A-1,26-10123,1,7/1/2026 9:05 AM,Document requested,Servicer,Pay stub for June,7/15/2026,please,,",
    "A-1,26-10123,2,2026-07-02T14:30-04:00,Document uploaded,Borrower,Pay stub for June,,,,",
    'A-1,26-10123,3,2026-07-03 10:00,Counteroffer,Servicer,,,"two lines,\nand a comma","$1,234.50",',
)


def _write(path: Path, rows: tuple[str, ...] = ROWS, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path.write_bytes(("\n".join([head, *rows]) + "\n").encode(encoding))
    return path


def _read(path: Path) -> tuple[list[PortalRow], list[PortalProblem]]:
    with path.open("rb") as file:
        told = list(read(file, name=path.name).rows)
    return [each for each in told if isinstance(each, PortalRow)], [each for each in told if isinstance(each, PortalProblem)]


def test_the_composed_exports_are_those_that_their_stories_give():
    assert {path.name: path.read_bytes() for path in EXPORTS.iterdir()} == compose()


def test_a_row_is_taken_apart_into_process_and_substance(tmp_path):
    rows, problems = _read(_write(tmp_path / "a.csv"))
    assert problems == []
    asked, brought, offered = rows
    assert asked.fact.at == datetime(2026, 7, 1, 13, 5, tzinfo=UTC)
    assert (asked.fact.act, asked.fact.by, asked.fact.owner) == (PortalAct.DOCUMENT_REQUESTED, Side.CREDITOR, Side.DEBTOR)
    assert (asked.fact.document, asked.fact.due) == (DocumentKind.PAY_STUB, date(2026, 7, 15))
    assert (asked.substance.title, asked.substance.text) == ("Pay stub for June", "please")
    assert brought.fact.item == asked.fact.item
    assert brought.fact.at == datetime(2026, 7, 2, 18, 30, tzinfo=UTC)
    assert (offered.fact.act, offered.substance.said) == (PortalAct.MESSAGE, Said.OFFER)
    assert (str(offered.substance.amount), offered.substance.text) == ("1234.50", "two lines, and a comma")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_an_export_is_read_in_whatever_encoding_it_was_saved(tmp_path, encoding):
    rows, problems = _read(_write(tmp_path / "a.csv", encoding=encoding))
    assert (len(rows), problems) == (3, [])


def test_csv_workbook_and_json_tell_the_same_acts(tmp_path):
    told = list(csv.reader([HEAD, *ROWS[:2]]))
    sheet = Workbook()
    sheet.active.append(["A title above"])
    sheet.active.append(told[0])
    sheet.active.append([*told[1][:3], datetime(2026, 7, 1, 9, 5), *told[1][4:7], date(2026, 7, 15), *told[1][8:]])  # noqa: DTZ001 - a sheet's own clock
    sheet.active.append(told[2])
    sheet.save(tmp_path / "a.xlsx")
    items = [dict(zip(told[0], row, strict=True)) for row in told[1:]]
    (tmp_path / "a.json").write_text(json.dumps({"rows": items}), encoding="utf-8")
    as_csv, _ = _read(_write(tmp_path / "a.csv", ROWS[:2]))
    for name in ("a.xlsx", "a.json"):
        rows, problems = _read(tmp_path / name)
        assert problems == []
        assert [each.fact.id for each in rows] == [each.fact.id for each in as_csv], name


def test_bad_rows_are_named_by_line_and_field_and_the_rest_is_taken(tmp_path):
    bad = (
        "A-1,26-10123,4,31/31/2026,Message,Servicer,,,,,",
        "A-1,26-10123,5,2026-07-03 10:00,Dance,Servicer,,,,,",
        "A-1,26-10123,6,2026-07-03 10:00,Message,Uncle,,,,,",
        "A-1,26-10123,7,2026-07-03 10:00,Message,Servicer,,soon,,,",
        "A-1,26-10123,8,2026-07-03 10:00,Figure stated,Servicer,,,,12.345,Arrears",
        ",,9,2026-07-03 10:00,Message,Servicer,,,,,",
        "A-1,26-10123,words here,2026-07-03 10:00,Message,Servicer,,,,,",
        "A-1,26-10123,10,,Message,Servicer,,,,,",
    )
    rows, problems = _read(_write(tmp_path / "a.csv", (ROWS[0], *bad, ROWS[1])))
    assert len(rows) == 2
    places = ["at", "event", "by", "due", "amount", "account", "number", "at"]
    assert [each.where for each in problems] == [f"line {line}, {place}" for line, place in enumerate(places, start=3)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"one,two\n1,2\n", "no line of column headings"),
        (b"Account,Event,Posted By\nA,Message,Servicer\n", "no column 'date/time'"),
        (b"<html><body>table</body></html>", "no table"),
        (b"{", "no JSON"),
        (b'{"rows": 7}', "no list of rows"),
        (b"PK\x03\x04 but no package", "no workbook"),
    ],
)
def test_what_is_no_account_history_is_refused_in_one_line(tmp_path, content, words):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFeed, match=words):
        _read(path)


def test_a_faulty_mapping_names_table_and_key():
    good = 'id = "x"\ntitle = "X"\nzone = "America/New_York"\n[columns]\nevent = "E"\nat = "T"\naccount = "A"\n'
    assert read_mapping(good.encode(), "x.toml").id == "x"
    for line, words in (
        ('[events]\ndanced = "D"', "[events]: no key 'danced'"),
        ('[events]\nmessage = "Note"\n[said]\noffer = "note"', "'note' stands in [events] and in [said]"),
        ("[sides]\ndebtor = 7", "[sides]: debtor wants text"),
    ):
        with pytest.raises(UsageError) as fault:
            read_mapping(f"{good}{line}\n".encode(), "x.toml")
        assert words in str(fault.value)
    with pytest.raises(UsageError, match="no time zone"):
        read_mapping(good.replace("America/New_York", "Narragansett").encode(), "x.toml")
    assert [each.id for each in shipped_mappings()] == ["account-history"]


@pytest.fixture
def empty(database: str) -> Desk:
    desk = Desk(settings=read_settings({}, database=database), plugins=discover(), today=date(2026, 8, 19), fixed_day=True)
    yield desk
    desk.engine.dispose()


def test_overlapping_exports_merge_and_the_same_again_adds_nothing(empty, tmp_path):
    first = empty.portal.import_file(_write(tmp_path / "a.csv", ROWS[:2]))
    again = empty.portal.import_file(tmp_path / "a.csv")
    both = empty.portal.import_file(_write(tmp_path / "b.csv", ROWS))
    assert (first.new, first.seen_again) == (2, 0)
    assert (again.new, again.seen_again, again.kept) == (0, 2, True)
    assert (both.new, both.seen_again, both.amended) == (1, 2, 0)
    told, _ = _read(tmp_path / "b.csv")
    with Session(empty.engine) as session:
        kept = [fact_of(row) for row in session.scalars(select(PortalFactRow).order_by(PortalFactRow.at))]
        substance = substance_of(session, accounts=["A-1"], matter=None).portal
    assert kept == [each.fact for each in told]
    assert substance == tuple(each.substance for each in told if not each.substance.is_empty)


def test_a_row_told_otherwise_under_its_number_amends_what_was_told(empty, tmp_path):
    empty.portal.import_file(_write(tmp_path / "a.csv", ROWS[:1]))
    later = empty.portal.import_file(_write(tmp_path / "b.csv", (ROWS[0].replace("7/15/2026", "7/20/2026"),)))
    assert (later.new, later.amended) == (1, 1)


def test_rows_without_a_number_count_twice_in_one_export_and_once_in_two(empty, tmp_path):
    row = "A-1,26-10123,,2026-07-03 10:00,Message,Servicer,,,hello,,"
    first = empty.portal.import_file(_write(tmp_path / "a.csv", (row, row)))
    second = empty.portal.import_file(_write(tmp_path / "b.csv", (row, row, ROWS[0])))
    assert (first.new, second.new, second.seen_again) == (2, 1, 2)


def _candidate(**changes) -> Candidate:
    base = {
        "matter": "m-1",
        "number": "zzb-26-10123-1",
        "court": "zzb",
        "case_number": "26-10123",
        "debtors": ("Odalys Fernwhistle",),
        "creditors": ("Harborlight Savings Bank, N.A.",),
        "last_fours": frozenset({"7731"}),
    }
    return Candidate(**{**base, **changes})


SECOND = _candidate(matter="m-2", number="zzb-26-10123-2", creditors=("Quahog Credit Union",), last_fours=frozenset({"0042"}))


@pytest.mark.parametrize(
    ("told", "verdict", "why"),
    [
        ({"case_number": "1:26-bk-10123"}, "review", "several matters"),
        ({"case_number": "26-10123-IM", "last_four": "0042"}, "matched", "last four digits agree"),
        ({"case_number": "26-10123", "servicer": "HARBORLIGHT SAVINGS BANK"}, "matched", "servicer agree"),
        ({"case_number": "26-10123", "borrower": "Otto Nobody"}, "review", "name does not"),
        ({"case_number": "26-10123", "last_four": "9999"}, "review", "not those on the docket"),
        ({"case_number": "26-99999"}, "waiting", "no matter is open"),
        ({"last_four": "7731", "borrower": "Fernwhistle, Odalys"}, "matched", "and the name agree"),
        ({"last_four": "7731"}, "review", "last four digits alone"),
        ({"borrower": "ODALYS FERNWHISTLE"}, "review", "name alone"),
        ({"borrower": "Otto Nobody"}, "waiting", "no matter fits"),
        ({"case_number": "26-10123", "court": "rib"}, "waiting", "no matter is open"),
    ],
)
def test_an_account_is_matched_only_where_nothing_speaks_against_it(told, verdict, why):
    found = match_account(PortalAccount(name="A-1", **told), [_candidate(), SECOND])
    assert found.verdict is PortalVerdict(verdict)
    assert why in found.why
    assert (found.matter is not None) == (verdict == "matched")


@pytest.mark.parametrize(
    "text", ["loan ending in 7731", "mortgage account xxxx7731", "Loan No. ending with #7731", "account last four digits: 7731"]
)
def test_the_last_four_digits_are_read_from_docket_texts(text):
    assert last_fours_in([f"Motion as to {text}. Filed by creditor on 7/1/2026"]) == {"7731"}


def test_a_doubtful_account_waits_until_a_person_says(mediated, say, tmp_path):
    row = 'X-9,26-10047,1,2026-07-03 10:00,Message,Servicer,,,,,,"Otto Nobody"'
    path = _write(tmp_path / "x.csv", (row,), head=f"{HEAD},Borrower")
    shared = ("--database", mediated.settings.database, "--today", "2026-08-19")
    code, told, _ = say(*shared, "portal", "import", path)
    assert code == 0
    assert "X-9: review (the case number fits and the name does not)" in told
    assert "X-9" in say(*shared, "portal", "review")[1]
    assert say(*shared, "portal", "link", "X-9", "--none", "--by", "M. Clerk")[0] == 0
    assert "X-9" not in say(*shared, "portal", "review")[1]
    assert say(*shared, "portal", "link", "X-8", "--none", "--by", "M. Clerk")[0] == 2


def test_accounts_taken_in_before_their_docket_find_their_matter_with_it(desk_on):
    desk = desk_on()
    export = EXPORTS / "26-10072_account-history.json"
    assert desk.portal.import_file(export).matches[0].verdict is PortalVerdict.WAITING
    for file in sorted((EXPORTS.parents[1] / "feeds" / "docket-reports").glob("26-10072_*")):
        desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    assert len(desk.matter_file("zzb-26-10072-1").portal) == 64
    assert desk.replay(today=desk.today) == ()


def test_an_account_without_a_case_is_matched_anew_only_by_dockets_that_could_be_its_own(desk_on, tmp_path, monkeypatch):
    asked: list[frozenset[str]] = []

    def match(session: Session, files_of: portal_matching.Files, *, names: frozenset[str]) -> None:
        asked.append(frozenset(names))
        match_accounts(session, files_of, names=names)

    monkeypatch.setattr(portal_matching, "match_accounts", match)
    desk = desk_on()
    row = 'X-7,,1,2026-07-03 10:00,Message,Servicer,,,,,,"BORROWER"'
    reports = EXPORTS.parents[1] / "feeds" / "docket-reports"

    def take_in(number: str) -> None:
        for file in sorted(reports.glob(f"{number}_*")):
            desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))

    take_in("26-10047")
    name = desk.matter_file("zzb-26-10047-1").case.debtors[0].name
    path = _write(tmp_path / "x.csv", (row.replace("BORROWER", name),), head=f"{HEAD},Borrower")
    assert desk.portal.import_file(path).matches[0].verdict is PortalVerdict.REVIEW
    take_in("26-10019")
    desk.refresh()
    assert asked == []
    with Session(writing_engine(desk.engine)) as session, session.begin():
        update_case(session, desk.rulebook, CaseKey(court="zzb", number="26-10047"), today=desk.today)
    assert asked == [frozenset({"X-7"})]
