"""The docket history: a composed one with its answer, a real one against the public parser, what is refused."""

import dataclasses
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from connectors import docket_history
from docketbridge.api import ParsedFeed, RawFeed, UnreadableFeed
from tests.laws import law

GOLDEN = Path(__file__).parent.parent / "golden" / "connectors" / "docket-history"
HISTORIES = sorted(GOLDEN.glob("*.html"))
WITH_TEXTS = (GOLDEN / "history-with-texts.html").read_bytes()


def parse(content: bytes, court: str | None = None) -> ParsedFeed:
    return docket_history.parse(RawFeed(content=content, name="history.html", court=court))


def shown(feed: ParsedFeed) -> object:
    return json.loads(json.dumps(dataclasses.asdict(feed), default=lambda day: day.isoformat()))


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_a_composed_history_reads_as_its_answer_says(path: Path) -> None:
    feed = docket_history.parse(RawFeed(content=path.read_bytes(), name=path.name))
    assert shown(feed) == json.loads(path.with_suffix(".json").read_text())


def test_the_event_name_the_dates_and_the_sequence_of_each_line_are_read() -> None:
    petition = parse(WITH_TEXTS).entries[1]
    assert petition.events == ("Voluntary Petition (Chapter 13)",)
    assert (petition.date_filed, petition.entered_at) == (date(2025, 11, 19), date(2025, 11, 20))
    assert (petition.document_number, petition.sequence, petition.pacer_case_id) == ("1", "2", "647865")


def test_a_docket_text_belongs_to_the_line_above_it() -> None:
    assert [each.text is not None for each in parse(WITH_TEXTS).entries] == [False, True, False]


def test_a_line_called_doc_has_no_number_and_keeps_its_document() -> None:
    last = parse(WITH_TEXTS).entries[-1]
    assert last.document_number is None
    assert last.pacer_doc_id == "152010900670"


def test_a_line_without_a_day_is_a_problem() -> None:
    assert [each.where for each in parse(WITH_TEXTS).problems] == ["row 4"]


def test_a_sealed_line_is_counted_and_its_words_are_nowhere() -> None:
    feed = parse(WITH_TEXTS)
    assert feed.refused == 1
    assert "Sealed" not in json.dumps(shown(feed))
    redacted = docket_history.redact(WITH_TEXTS)
    assert b"about Chandra" not in redacted
    assert b"152144557999" not in redacted
    assert parse(redacted) == feed


def test_a_history_of_all_events_proves_its_case_up_to_the_receipt() -> None:
    feed = parse(WITH_TEXTS)
    assert feed.scope.whole
    assert feed.window is not None
    assert feed.window.newest == datetime(2026, 11, 14, 14, 21, 53, tzinfo=UTC)


def test_a_history_of_documents_only_proves_nothing() -> None:
    feed = parse(WITH_TEXTS.replace(b"Type: History", b"Type: Documents"))
    assert not feed.scope.whole
    assert feed.window is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<html><form><input type='password'></form></html>", "sign-in page"),
        (b"<rss><channel></channel></rss>", "RSS feed"),
        (WITH_TEXTS[: WITH_TEXTS.index(b"Matrix")], "cut off"),
    ],
)
def test_what_is_no_whole_history_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFeed, match=words):
        parse(content)


def test_a_court_said_against_the_history_is_refused_with_both_names() -> None:
    with pytest.raises(UnreadableFeed, match=r"paeb.*njb"):
        parse(WITH_TEXTS, court="njb")


def test_a_history_is_recognised_and_a_docket_report_is_not() -> None:
    assert docket_history.recognises(WITH_TEXTS)
    report = GOLDEN.parent / "docket-reports" / "petition-joint-converted.html"
    assert not docket_history.recognises(report.read_bytes())


@law(150, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    places=st.lists(
        st.tuples(st.integers(0, len(WITH_TEXTS)), st.integers(0, 80), st.binary(max_size=12)), min_size=1, max_size=5
    )
)
def test_a_mutated_history_gives_a_feed_or_says_that_it_is_none(places: list[tuple[int, int, bytes]]) -> None:
    content = bytearray(WITH_TEXTS)
    for place, length, scrap in places:
        content[place : place + length] = scrap
    said = "history.html: "
    try:
        parse(bytes(content))
    except UnreadableFeed as fault:
        said = str(fault)
    assert said.startswith("history.html: ")
    assert isinstance(docket_history.redact(bytes(content)), bytes)


def test_every_line_of_a_real_history_equals_the_public_parsers(real_records: Path) -> None:
    """It leaves out the lines called `doc`, which are papers of the claims register, and never finds the sequence."""
    for path in sorted((real_records / "docket-history").glob("*.html")):
        theirs = json.loads(path.with_suffix(".json").read_text())
        feed = docket_history.parse(RawFeed(content=path.read_bytes(), name=path.name))
        header = feed.headers[0]
        assert feed.problems == ()
        assert (feed.court, header.case_number, header.case_name, header.judge) == (
            theirs["court_id"],
            theirs["docket_number"],
            theirs["case_name"],
            theirs["assigned_to_str"],
        )
        assert str(header.date_filed) == theirs["date_filed"]
        ours = [each for each in feed.entries if each.document_number is not None or each.pacer_doc_id is None]
        for entry, line in zip(ours, theirs["docket_entries"], strict=True):
            assert entry.document_number == line["document_number"]
            assert (str(entry.date_filed), str(entry.entered_at)) == (line["date_filed"], line["date_entered"])
            assert entry.pacer_doc_id == line["pacer_doc_id"]
            assert entry.events == (line["short_description"],)
            assert (entry.text or "") == line["description"]
        assert all(each.sequence for each in feed.entries)
