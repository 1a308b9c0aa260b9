"""The docket report: composed reports with their answers, what is refused, what is kept from being stored."""

import dataclasses
import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors import docket_report
from connectors.court_headings import COURTS, court_named, zone_of
from docketbridge.api import ParsedFeed, RawFeed, UnreadableFeed

GOLDEN = Path(__file__).parent.parent / "golden" / "connectors" / "docket-reports"
REPORTS = sorted(GOLDEN.glob("*.html"))


def read(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def parse(content: bytes, **said: str | datetime) -> ParsedFeed:
    return docket_report.parse(RawFeed(content=content, name="report.html", **said))  # type: ignore[arg-type]


def shown(feed: ParsedFeed) -> object:
    return json.loads(json.dumps(dataclasses.asdict(feed), default=lambda day: day.isoformat()))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_composed_report_reads_as_its_answer_says(path: Path) -> None:
    feed = docket_report.parse(RawFeed(content=path.read_bytes(), name=path.name))
    assert shown(feed) == json.loads(path.with_suffix(".json").read_text())


def test_the_composed_reports_cover_every_flavour() -> None:
    assert {path.stem for path in REPORTS} >= {
        "petition-joint-converted",
        "adversary-older",
        "adversary-newer",
        "nothing-satisfies",
        "all-sorts-of-rows",
        "number-in-the-text",
        "by-docketing",
    }


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_redacted_bytes_parse_to_the_same_feed(path: Path) -> None:
    content = path.read_bytes()
    redacted = docket_report.redact(content)
    assert parse(redacted) == parse(content)
    assert docket_report.redact(redacted) == redacted


def test_redacting_takes_sealed_entries_numbers_of_persons_and_the_login_out_of_the_bytes() -> None:
    kept = docket_report.redact(read("all-sorts-of-rows.html"))
    for word in (
        b"minor child",
        b"Secret Exhibit",
        b"190011090300",
        b"Affidavit of Wilhelmina",
        b"0997",
        b"clerk-of-nowhere",
        b"blue 7",
    ):
        assert word not in kept
    assert b"Motion for Relief from Stay" in kept
    assert b"0417" not in docket_report.redact(read("petition-joint-converted.html")).replace(b"xxx-xx-0417", b"0417")


def test_no_social_security_or_tax_number_is_read() -> None:
    for path in REPORTS:
        words = json.dumps(shown(parse(path.read_bytes())))
        for mark in ("xxx-xx", "SSN", "ITIN", "EIN", "0000417", "8910071", "8981161"):
            assert mark not in words, (path.name, mark)


def test_sealed_entries_are_counted_and_their_text_is_nowhere() -> None:
    feed = parse(read("all-sorts-of-rows.html"))
    assert feed.refused == 2
    words = json.dumps(shown(feed))
    assert "minor child" not in words
    assert "Secret Exhibit" not in words
    assert "Affidavit" not in words


def test_a_motion_to_file_under_seal_is_not_sealed_itself() -> None:
    assert "27" in [each.document_number for each in parse(read("all-sorts-of-rows.html")).entries]


def test_a_broken_row_that_is_sealed_gives_no_sample() -> None:
    broken = read("all-sorts-of-rows.html").replace(b"06/20/2026</td>", b"99/99/2026</td>", 1)
    feed = parse(broken)
    assert feed.refused == 2
    assert "minor child" not in json.dumps(shown(feed))


def test_a_row_that_cannot_be_read_is_a_problem_and_the_others_come_through() -> None:
    feed = parse(read("all-sorts-of-rows.html"))
    assert [(each.where, each.what) for each in feed.problems] == [("row 7", "its date is no day of the calendar")]
    assert feed.problems[0].sample.startswith("31/31/2026 24 Notice of Change of Address")
    assert [each.document_number for each in feed.entries] == ["21", "23", None, None, "25", "27"]


def test_a_time_in_the_stamp_is_a_time_in_the_courts_zone() -> None:
    first = parse(read("petition-joint-converted.html")).entries[0]
    assert first.entered_at == datetime(2026, 1, 15, 17, 21, 52, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert first.date_filed == date(2026, 1, 15)


def test_a_time_in_the_stamp_stays_a_day_where_the_zone_is_unknown() -> None:
    elsewhere = read("petition-joint-converted.html").replace(b"Western District of Washington", b"District of Lower Nowhere")
    feed = parse(elsewhere.replace(b"ecf.wawb", b"ecf.lnwb"), court="lnwb")
    assert feed.court == "lnwb"
    assert feed.entries[0].entered_at == date(2026, 1, 15)


def test_the_last_stamp_is_the_entrys_own() -> None:
    quoting = read("by-docketing.html").replace(b"Creditor Moss Bank)", b"Creditor Moss Bank (Entered: 08/01/2026))")
    assert parse(quoting).entries[0].entered_at == date(2026, 9, 16)


def test_a_report_sorted_by_docketing_does_not_say_when_an_entry_was_filed() -> None:
    entries = parse(read("by-docketing.html")).entries
    assert [each.date_filed for each in entries] == [None, None]
    assert [each.entered_at for each in entries] == [date(2026, 9, 16), date(2026, 9, 17)]


def test_corrections_stay_in_the_text() -> None:
    texts = [each.text or "" for each in parse(read("petition-joint-converted.html")).entries]
    assert "Modified on 1/21/2026 (Ferris, Una)." in texts[2]


def test_a_whole_report_proves_its_case_up_to_the_receipts_time() -> None:
    feed = parse(read("petition-joint-converted.html"))
    assert feed.scope.whole
    assert feed.scope.case_number == "26-10123"
    assert feed.window is not None
    assert feed.window.oldest == datetime(2026, 1, 15, 8, tzinfo=UTC)
    assert feed.window.newest == datetime(2026, 8, 19, 14, 45, 9, tzinfo=UTC)


def test_a_report_of_some_days_proves_only_those() -> None:
    feed = parse(read("nothing-satisfies.html"))
    assert feed.entries == ()
    assert feed.window is not None
    assert feed.window.oldest == datetime(2026, 9, 16, 5, tzinfo=UTC)
    ended = parse(read("adversary-older.html")).window
    assert ended is not None
    assert ended.newest == datetime(2026, 2, 21, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        (b"Doc From: 0 Doc To: 99999999", True),
        (b"Doc From: 0 Doc To: 100000", True),
        (b"Doc From: 1 Doc To: 99999999", False),
        (b"Doc From: 0 Doc To: 41", False),
        (b"Doc From: 17 Doc To: 17", False),
    ],
)
def test_a_report_of_some_documents_proves_nothing(asked: bytes, whole: bool) -> None:
    feed = parse(read("petition-joint-converted.html").replace(b"Doc From: 0 Doc To: 99999999", asked))
    assert feed.scope.whole is whole
    assert (feed.window is not None) is whole


def test_a_report_without_search_criteria_proves_nothing() -> None:
    feed = parse(
        read("petition-joint-converted.html").replace(b"Fil or Ent: filed   Doc From: 0 Doc To: 99999999 Term: included", b"")
    )
    assert feed.window is None
    assert not feed.scope.whole


def test_without_a_receipt_time_the_time_of_fetching_stands() -> None:
    fetched = datetime(2026, 8, 20, 9, tzinfo=UTC)
    feed = parse(read("petition-joint-converted.html").replace(b"08/19/2026 07:45:09", b""), fetched_at=fetched)
    assert feed.window is not None
    assert feed.window.newest == fetched


def test_the_courts_are_the_94_and_their_zones_exist() -> None:
    assert len(COURTS) == 94
    assert len({court for court, _, _ in COURTS}) == 94
    assert len({court_named(district) for _, district, _ in COURTS}) == 94
    assert all(court_named(district) == court and zone_of(court) is not None for court, district, _ in COURTS)


@pytest.mark.parametrize(
    ("heading", "court"),
    [
        ("Southern District of New York (White Plains)", "nysb"),
        ("NORTH DAKOTA (Fargo)", "ndb"),
        ("Maine (Portland)", "meb"),
        ("EASTERN DISTRICT OF WASHINGTON (Spokane/Yakima)", "waeb"),
        ("Central District Of California (San Fernando Valley)", "cacb"),
        ("District of Delaware (Delaware)", "deb"),
        ("Southern District of West Virginia (Charleston)", "wvsb"),
        ("Western District of Virginia (Lynchburg)", "vawb"),
        ("District of Columbia (Washington)", "dcb"),
        ("District of Lower Nowhere", None),
    ],
)
def test_a_heading_names_its_court(heading: str, court: str | None) -> None:
    assert court_named(heading) == court


def test_a_court_that_nothing_names_is_asked_for() -> None:
    nowhere = read("number-in-the-text.html").replace(b"Northern District of Texas (Ft", b"District of Lower Nowhere (Ft")
    nowhere = nowhere.replace(b"ecf.txnb.uscourts.gov", b"court.example")
    with pytest.raises(UnreadableFeed, match=r"report\.html.*--court"):
        parse(nowhere)
    assert parse(nowhere, court="txnb").court == "txnb"


def test_links_name_the_court_whose_district_the_table_does_not_know() -> None:
    elsewhere = read("petition-joint-converted.html").replace(b"Western District of Washington", b"District of Lower Nowhere")
    assert parse(elsewhere).court == "wawb"


def test_a_court_said_against_the_report_is_refused_with_both_names() -> None:
    with pytest.raises(UnreadableFeed, match=r"wawb.*nysb"):
        parse(read("petition-joint-converted.html"), court="nysb")


@pytest.mark.parametrize(
    ("printed", "number", "office", "initials", "kind"),
    [
        (b"2:26-bk-14742-GBN", "2:26-bk-14742", "2", "GBN", "bk"),
        (b"1-26-41176-cec", "1-26-41176", "1", "cec", "bk"),
        (b"26-45612-abf7", "26-45612", None, "abf", "bk"),
        (b"26-90266-BHL-13", "26-90266", None, "BHL", "bk"),
        (b"26-01083-8-RDD", "26-01083", "8", "RDD", "bk"),
        (b"26-00017", "26-00017", None, None, "bk"),
    ],
)
def test_case_numbers_of_all_courts_are_read(
    printed: bytes, number: str, office: str | None, initials: str | None, kind: str
) -> None:
    header = parse(read("petition-joint-converted.html").replace(b"#: 26-10123-TTG", b"#: " + printed)).headers[0]
    assert (header.case_number, header.office, header.judge_initials, header.case_type) == (number, office, initials, kind)


def test_the_lead_cases_link_is_not_taken_for_the_proceedings_own() -> None:
    assert parse(read("adversary-newer.html")).headers[0].pacer_case_id == "142670"


def test_the_case_id_comes_from_the_entries_where_the_head_has_none() -> None:
    bare = read("petition-joint-converted.html").replace(b"/cgi-bin/qryAscCases.pl?771204", b"/cgi-bin/iquery.pl")
    feed = parse(bare)
    assert feed.headers[0].pacer_case_id == "771204"
    assert {each.pacer_case_id for each in feed.entries} == {"771204"}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_recognised_and_nothing_else_is(path: Path) -> None:
    assert docket_report.recognises(path.read_bytes())
    assert not docket_report.recognises(b"<rss><channel><title>District of Nowhere</title></channel></rss>")
    assert not docket_report.recognises(b"<html><form name='login'><input type='password'></form></html>")
    assert not docket_report.recognises(b"")
