"""The sample court's feeds say what its dockets say, whole, in the real formats, and the connectors read them so."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from connectors import cmecf_rss, docket_report
from docketbridge.api import ParsedFeed, RawFeed
from tests.sample_court.compose import FEEDS, compose
from tests.sample_court.docket import LINK, Case, Court

WINDOWS = sorted((FEEDS / "rss").glob("*.xml"))
REPORTS = sorted((FEEDS / "docket-reports").glob("*.html"))
RSS_NAMESPACE = b"backend.userland.com"  # every CM/ECF feed declares it
HOST = re.compile(rb"[a-z0-9.-]+\.(?:gov|com|org|net|edu)\b", re.IGNORECASE)


def read(path: Path) -> RawFeed:
    return RawFeed(content=path.read_bytes(), name=path.name)


def window(path: Path) -> ParsedFeed:
    return cmecf_rss.parse(read(path))


def case_of(cases: tuple[Case, ...], number: str) -> Case:
    return next(each for each in cases if each.number == number)


def plain(text: str) -> str:
    """A docket text as a reader of the report sees it."""
    return " ".join(LINK.sub(r"\1", text.replace("*", "")).split())


def test_composing_gives_the_committed_files_exactly(feeds: Path) -> None:
    committed = {path.relative_to(feeds).as_posix(): path.read_bytes() for path in feeds.rglob("*") if path.is_file()}
    composed = compose()
    assert sorted(committed) == sorted(composed)
    assert [name for name, content in composed.items() if committed[name] != content] == []
    assert sum(map(len, composed.values())) < 1_500_000


def test_no_host_but_the_sample_court_is_named_anywhere(feeds: Path) -> None:
    for path in feeds.rglob("*"):
        if path.is_file():
            hosts = {host.lower() for host in HOST.findall(path.read_bytes())}
            assert hosts <= {b"ecf.zzb.uscourts.gov", b"zzb.uscourts.gov", RSS_NAMESPACE}, path.name


def test_each_window_reaches_back_beyond_the_one_before() -> None:
    windows = [window(path).window for path in WINDOWS]
    assert len(windows) == 21
    for before, after in pairwise(windows):
        assert before is not None
        assert after is not None
        assert after.oldest < before.newest < after.newest


@pytest.mark.parametrize("path", WINDOWS, ids=lambda path: path.stem)
def test_a_window_tells_every_entry_of_its_days_as_the_docket_has_it(path: Path, cases: tuple[Case, ...], court: Court) -> None:
    parsed = window(path)
    built = next(each for each in court.feed_built if f"{each:%Y-%m-%dT%H%M}" == path.stem)
    expected = {
        (case.number, str(entry.sequence)): (case, entry)
        for case in cases
        for entry in case.entries
        if built - timedelta(days=court.feed_days) < entry.at <= built and not entry.sealed
    }
    assert parsed.court == "zzb"
    assert parsed.problems == ()
    assert parsed.scope.whole
    assert {(entry.case_number, entry.sequence) for entry in parsed.entries} == set(expected)
    for entry in parsed.entries:
        case, docketed = expected[entry.case_number, entry.sequence or ""]
        number = str(docketed.number) if isinstance(docketed.number, int) else None
        assert (entry.pacer_case_id, entry.document_number) == (str(case.case_id), number)
        assert entry.entered_at == docketed.at.astimezone(UTC)
        assert sorted(entry.events) == sorted(docketed.events)
        assert entry.case_name == case.name
        assert entry.text is None


def test_the_sealed_paper_is_refused_in_both_windows_that_carry_it_and_told_nowhere() -> None:
    refused = {path.stem: window(path).refused for path in WINDOWS}
    assert {stem: count for stem, count in refused.items() if count} == {"2026-07-24T0630": 1, "2026-07-28T0630": 1}
    assert not any("Sealed" in event for path in WINDOWS for entry in window(path).entries for event in entry.events)
    assert b"Sealed" not in b"".join(path.read_bytes() for path in REPORTS)


def test_what_is_kept_of_a_window_reads_the_same_and_tells_nothing_of_the_sealed_paper(cases: tuple[Case, ...]) -> None:
    sealed = [(case, entry) for case in cases for entry in case.entries if entry.sealed]
    assert [(case.number, entry.number) for case, entry in sealed] == [("26-10149", 6)]
    for path in WINDOWS:
        kept = cmecf_rss.redact(path.read_bytes())
        assert b"Sealed Document" not in kept
        assert f"{sealed[0][0].case_id}-{sealed[0][1].sequence}<".encode() not in kept
        assert cmecf_rss.parse(RawFeed(content=kept, name=path.name)) == window(path)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_tells_the_docket_as_it_stood_when_fetched(path: Path, cases: tuple[Case, ...], court: Court) -> None:
    parsed = docket_report.parse(read(path))
    number, _, stamp = path.stem.partition("_")
    case = case_of(cases, number)
    fetched = next(each for each in case.reports if f"{each:%Y-%m-%dT%H%M}" == stamp)
    shown = sorted((each for each in case.entries if each.at <= fetched), key=lambda each: (each.filed, each.at))
    header = parsed.headers[0]
    assert (parsed.court, parsed.problems, parsed.refused) == (court.id, (), 0)
    assert (header.case_number, header.pacer_case_id, header.judge) == (case.number, str(case.case_id), case.judge)
    assert header.chapter == (case.chapter or None) or case.case_type == "ap"
    assert [party.name for party in header.parties] == [party.name for party in case.parties]
    assert "xxx-xx" not in repr(parsed)
    assert len(parsed.entries) == len(shown)
    for told, docketed in zip(parsed.entries, shown, strict=True):
        assert told.date_filed == docketed.filed
        assert told.document_number == (str(docketed.number) if isinstance(docketed.number, int) else None)
        linked = court.document_id(case, docketed) if docketed.number else None
        assert told.pacer_doc_id == (
            f"{linked[:3]}0{linked[4:]}" if linked else None
        )  # the fourth digit only tells of attachments
        assert [each.description for each in told.attachments] == list(docketed.attachments)
        assert f"(Entered: {docketed.at:%m/%d/%Y})" in (told.text or "")
        assert (told.text or "").startswith(plain(docketed.text_on(fetched))), docketed.text


def test_both_formats_name_an_entry_by_the_same_keys() -> None:
    in_windows = {
        (entry.case_number, entry.document_number): (entry.pacer_case_id, entry.sequence)
        for path in WINDOWS
        for entry in window(path).entries
        if entry.document_number
    }
    both = 0
    for path in REPORTS:
        for entry in docket_report.parse(read(path)).entries:
            key = (entry.case_number, entry.document_number)
            if key in in_windows and entry.sequence is not None:
                assert in_windows[key] == (entry.pacer_case_id, entry.sequence)
                both += 1
    assert both > 50


def test_every_matter_has_a_report_that_shows_its_request(cases: tuple[Case, ...]) -> None:
    for case in cases:
        asked = [each for each in case.entries if "Request for Loss Mitigation" in each.events]
        assert not asked or any(report >= asked[0].at for report in case.reports), case.file


def test_the_correction_shows_only_in_the_later_report(feeds: Path) -> None:
    first, second = (docket_report.parse(read(path)) for path in sorted((feeds / "docket-reports").glob("26-10072_*")))
    texts = [next(each.text for each in parsed.entries if each.document_number == "11") for parsed in (first, second)]
    assert "735 Gristmill Lane" in (texts[0] or "")
    assert "733 Gristmill Lane" in (texts[1] or "")
    assert "Modified on 7/16/2026" in (texts[1] or "")


def test_names_with_accents_and_apostrophes_come_through(feeds: Path) -> None:
    names = {entry.case_name for path in WINDOWS for entry in window(path).entries}
    assert {"José Antônio Peçanha", "Brigid M. O'Hannegan"} <= names
    raw = (feeds / "rss" / "2026-07-03T0630.xml").read_bytes()
    assert "José Antônio Peçanha".encode("iso-8859-1") in raw
    report = docket_report.parse(read(feeds / "docket-reports" / "26-10091_2026-08-19T0741.html"))
    assert report.headers[0].case_name == "José Antônio Peçanha"
    assert any("Filed by Debtor José Antônio Peçanha" in (entry.text or "") for entry in report.entries)


def test_a_new_case_has_no_judge_and_no_trustee_until_they_are_added() -> None:
    opened = [
        entry
        for path in WINDOWS
        for entry in window(path).entries
        if entry.case_number == "26-10123" and entry.document_number == "1"
    ]
    later = [
        entry
        for path in WINDOWS
        for entry in window(path).entries
        if entry.case_number == "26-10123" and entry.document_number == "12"
    ]
    assert opened
    assert all((entry.judge_initials, entry.trustee) == (None, None) for entry in opened)
    assert later
    assert all((entry.judge_initials, entry.trustee) == ("dfl", "Osei, Marguerite T.") for entry in later)
