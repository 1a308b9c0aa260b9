"""Every real docket report beside this checkout against the public parser's reading of it, field by field.

Where the two differ, a named test below says where and why ours is right.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connectors import docket_report
from docketbridge.api import CaseHeader, ParsedEntry, ParsedFeed, RawFeed

# Read by the public parser as of the court in its file's name; the report itself is of Western Tennessee.
OF_ANOTHER_COURT = "txnb_420776"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    name: str
    content: bytes
    feed: ParsedFeed
    theirs: dict[str, Any]

    @property
    def header(self) -> CaseHeader:
        return self.feed.headers[0]

    @property
    def entries(self) -> Iterator[tuple[ParsedEntry, dict[str, Any]]]:
        return zip(self.feed.entries, self.theirs["docket_entries"], strict=True)


@pytest.fixture(scope="module")
def pairs(real_records: Path) -> tuple[Pair, ...]:
    found = []
    for path in sorted((real_records / "docket-reports").glob("*.html")):
        content = path.read_bytes()
        feed = docket_report.parse(RawFeed(content=content, name=path.name))
        found.append(Pair(name=path.stem, content=content, feed=feed, theirs=json.loads(path.with_suffix(".json").read_text())))
    assert found, "the folder of real docket reports is empty"
    return tuple(found)


def folded(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None


def same(words: str | None) -> str | None:
    """Names are compared without case: the public parser title-cases them."""
    return (folded(words) or "").casefold() or None


def day(moment: object) -> str | None:
    return None if moment is None else str(moment)[:10]


def test_every_report_is_recognised_and_read_whole(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        assert docket_report.recognises(pair.content), pair.name
        assert pair.feed.problems == (), pair.name
        assert pair.feed.refused == 0, pair.name


def test_every_entry_is_found(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        assert len(pair.feed.entries) == len(pair.theirs["docket_entries"]), pair.name


def test_every_court_and_case_number_is_equal(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        assert pair.header.case_number == pair.theirs["docket_number"], pair.name
        assert pair.header.judge_initials == pair.theirs["federal_dn_judge_initials_assigned"], pair.name
        if pair.name != OF_ANOTHER_COURT:
            assert pair.feed.court == pair.theirs["court_id"], pair.name


def test_every_date_of_the_head_is_equal(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        for name in ("date_filed", "date_terminated", "date_discharged", "date_converted"):
            assert day(getattr(pair.header, name)) == pair.theirs[name], (pair.name, name)


def test_every_party_and_attorney_is_equal(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        assert len(pair.header.parties) == len(pair.theirs["parties"]), pair.name
        for ours, theirs in zip(pair.header.parties, pair.theirs["parties"], strict=True):
            assert folded(ours.name) == folded(theirs["name"]), pair.name
            assert same(ours.type) == same(theirs["type"]), pair.name
            assert day(ours.terminated) == theirs["date_terminated"], pair.name
            attorneys = [each for each in theirs["attorneys"] if each["name"]]
            assert [each.name for each in ours.counsel] == [folded(each["name"]) for each in attorneys], pair.name
            assert [list(each.roles) for each in ours.counsel] == [each["roles"] for each in attorneys], pair.name


def test_every_document_number_is_equal(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        for ours, theirs in pair.entries:
            assert ours.document_number == theirs["document_number"], (pair.name, ours.source.where)


def test_every_text_is_equal(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        if pair.name != OF_ANOTHER_COURT:
            for ours, theirs in pair.entries:
                assert ours.text == folded(theirs["description"]), (pair.name, ours.source.where)


def test_every_filed_and_entered_date_is_equal(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        for ours, theirs in pair.entries:
            if ours.date_filed is not None:
                assert day(ours.date_filed) == theirs["date_filed"], (pair.name, ours.source.where)
            if pair.name != OF_ANOTHER_COURT:
                assert day(ours.entered_at) == theirs["date_entered"], (pair.name, ours.source.where)


def test_every_document_id_is_equal_and_the_public_parsers_error_is_none(pairs: tuple[Pair, ...]) -> None:
    """`sho0_doc.pl` is what it makes of a link to `show_doc.pl`, which has no document id."""
    for pair in pairs:
        for ours, theirs in pair.entries:
            # Of another court it does not read the id beside the word `doc` either.
            if theirs["pacer_doc_id"] != "sho0_doc.pl" and not (pair.name == OF_ANOTHER_COURT and ours.document_number is None):
                assert ours.pacer_doc_id == theirs["pacer_doc_id"], (pair.name, ours.source.where)
            elif theirs["pacer_doc_id"] == "sho0_doc.pl":
                assert ours.pacer_doc_id is None


def test_ours_has_every_sequence_number_of_theirs_and_those_in_other_links(pairs: tuple[Pair, ...]) -> None:
    """The public parser looks for it in the click and the check box only; `show_doc.pl` and receipt links carry it too."""
    ours_only = 0
    for pair in pairs:
        for ours, theirs in pair.entries:
            if theirs["pacer_seq_no"] is not None:
                assert ours.sequence == theirs["pacer_seq_no"], (pair.name, ours.source.where)
            ours_only += ours.sequence is not None and theirs["pacer_seq_no"] is None
    assert ours_only > 0


def test_the_judge_is_equal_but_for_initials_that_the_public_parser_drops(pairs: tuple[Pair, ...]) -> None:
    """It takes `H.W.` between two names for an abbreviation and leaves it out."""
    for pair in pairs:
        ours, theirs = same(pair.header.judge) or "", same(pair.theirs["assigned_to_str"]) or ""
        kept = [word for word in ours.split() if word.count(".") < 2]
        assert " ".join(kept) == theirs, pair.name


def test_the_case_name_is_equal_but_where_the_public_parser_finds_none(pairs: tuple[Pair, ...]) -> None:
    """It knows no `Debtor in Possession` in its own spelling, and has no title for a proceeding without a lead case."""
    for pair in pairs:
        if pair.theirs["case_name"].startswith("Unknown Case Title"):
            assert pair.header.case_name is not None, pair.name
        else:
            assert same(pair.header.case_name) == same(pair.theirs["case_name"]), pair.name


def test_the_court_is_the_reports_own_where_the_files_name_is_wrong(pairs: tuple[Pair, ...]) -> None:
    """Read as of Northern Texas, whose table has two columns, a Western Tennessee report loses all its texts."""
    for pair in pairs:
        if pair.name == OF_ANOTHER_COURT:
            assert pair.feed.court == "tnwb"
            for ours, theirs in pair.entries:
                assert ours.text is not None
                assert len(ours.text) > len(theirs["description"])


def test_a_report_sorted_by_docketing_gives_no_filed_date_where_theirs_takes_the_other(pairs: tuple[Pair, ...]) -> None:
    """Its column is `Docket Date`, the day of docketing; the public parser notes the order and still calls the day filed."""
    for pair in pairs:
        for ours, theirs in pair.entries:
            if ours.date_filed is None:
                assert pair.theirs["ordered_by"] == "date_entered", pair.name
                assert day(ours.entered_at) == theirs["date_filed"]


def test_contact_lines_keep_the_mail_address_that_the_public_parser_loses(pairs: tuple[Pair, ...]) -> None:
    """The address stands in a link after `Email:`; it reads the text beside links only. It leaves blanks before commas."""
    for pair in pairs:
        for ours, theirs in zip(pair.header.parties, pair.theirs["parties"], strict=True):
            attorneys = [each for each in theirs["attorneys"] if each["name"]]
            for counsel, attorney in zip(ours.counsel, attorneys, strict=True):
                lines = [(folded(line) or "").replace(" ,", ",") for line in attorney["contact"].splitlines() if line.strip()]
                shown = [("Email:" if line == "Email:" else mine) for mine, line in zip(counsel.contact, lines, strict=True)]
                assert shown == lines, pair.name


def test_no_number_of_a_person_is_read(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        for party in pair.header.parties:
            lines = (party.name, *party.address, *party.alias, *(line for each in party.counsel for line in each.contact))
            assert not [line for line in lines if "xxx-xx" in line or "SSN" in line or "Tax ID" in line], pair.name


def test_the_redacted_bytes_parse_to_the_same_feed_with_a_sealed_entry_among_them(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs[::4]:
        sealed = pair.content.replace(
            b"(Entered:",
            b"<!-- --></TD></TR><TR><TD>01/02/2026</TD><TD></TD><TD>9</TD><TD>Sealed Document about a child</TD></TR>",
            1,
        )
        raw = RawFeed(content=sealed, name=pair.name)
        redacted = docket_report.redact(sealed)
        assert docket_report.parse(RawFeed(content=redacted, name=pair.name)) == docket_report.parse(raw), pair.name
        assert b"about a child" not in redacted


def test_every_report_is_refused_when_it_is_cut_in_the_middle(pairs: tuple[Pair, ...]) -> None:
    for pair in pairs:
        if pair.feed.entries:
            half = pair.content[: int(len(pair.content) * 0.6)]
            with pytest.raises(docket_report.UnreadableFeed):
                docket_report.parse(RawFeed(content=half, name=pair.name))
