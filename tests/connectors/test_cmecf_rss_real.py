"""Real RSS windows beside the public parser's answers; each difference is named with its reason."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from connectors import cmecf_rss
from docketbridge.api import ParsedEntry, RawFeed

Key = tuple[str | None, str, str | None]


@pytest.fixture(scope="session")
def pairs(real_records: Path) -> list[tuple[list[ParsedEntry], list[dict[str, Any]], str]]:
    """Each real feed: our entries, the other parser's, and the feed's text."""
    found = []
    for path in sorted((real_records / "rss").glob("*.xml")):
        read = cmecf_rss.parse(RawFeed(content=path.read_bytes(), name=path.name))
        assert not read.problems
        found.append((list(read.entries), json.loads(path.with_suffix(".json").read_text()), path.read_text("iso-8859-1")))
    assert found
    return found


def ours_by_key(entries: list[ParsedEntry]) -> dict[Key, ParsedEntry]:
    return {
        (entry.pacer_case_id, entry.entered_at.isoformat() if entry.entered_at else "", entry.document_number): entry
        for entry in entries
    }


def theirs_by_key(dockets: list[dict[str, Any]]) -> dict[Key, dict[str, Any]]:
    return {
        (docket["pacer_case_id"], (entry := docket["docket_entries"][0])["date_filed"], entry["document_number"]): docket
        for docket in dockets
    }


def test_every_entry_is_found_and_no_other(pairs: list[Any]) -> None:
    for entries, dockets, text in pairs:
        ours, theirs = ours_by_key(entries), theirs_by_key(dockets)
        assert len(ours) == len(entries)
        assert not ours.keys() - theirs.keys()
        # One file is cut to its first items; its answer was cut by entries and so tells of an item that the file does not hold.
        assert not [key for key in theirs.keys() - ours.keys() if f"DktRpt.pl?{key[0]}-" in text]


def test_every_field_is_the_same(pairs: list[Any]) -> None:
    differences = defaultdict(list)
    compared = 0
    for entries, dockets, _ in pairs:
        theirs = theirs_by_key(dockets)
        for key, entry in ours_by_key(entries).items():
            docket = theirs[key]
            told = docket["docket_entries"][0]
            for field, mine, other in (
                ("case_number", entry.case_number, docket["docket_number"]),
                ("court", entry.court, docket["court_id"]),
                ("office", entry.office, docket["office"]),
                ("case_type", entry.case_type, docket["type"]),
                ("chapter", entry.chapter, docket["chapter"]),
                ("trustee", entry.trustee, docket["trustee_str"]),
                ("judge_initials", entry.judge_initials, docket["federal_dn_judge_initials_assigned"]),
                ("pacer_case_id", entry.pacer_case_id, docket["pacer_case_id"]),
                ("case_name", entry.case_name, docket["case_name"]),
                ("document_number", entry.document_number, told["document_number"]),
                ("pacer_doc_id", entry.pacer_doc_id, told["pacer_doc_id"]),
                ("sequence", entry.sequence, told["pacer_seq_no"]),
                ("events", set(entry.events), set(told["short_description"].split(" AND "))),
            ):
                compared += 1
                if mine != (other or None):
                    differences[field].append((mine, other))
    # The other parser has no sequence without a link to a document; ours is in the guid.
    assert all(mine and other is None for mine, other in differences.pop("sequence", []))
    # It drops `et al.`, a name's case and the smaller words' capitals, and calls a missing name `Unknown Case Title`.
    for mine, other in differences.pop("case_name", []):
        assert mine is None if other == "Unknown Case Title" else _bare(mine) == _bare(other)
    # It keeps the blank that one court types before an event's name.
    assert all(mine == {event.strip() for event in other} for mine, other in differences.pop("events", []))
    assert not differences
    assert compared > 400


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r",? et al\.?,?", "", name.lower()))


def test_the_two_items_of_one_docketing_keep_one_event_each(pairs: list[Any]) -> None:
    assert any(len(entry.events) > 1 for entries, _, _ in pairs for entry in entries)
    assert all(len(set(entry.events)) == len(entry.events) for entries, _, _ in pairs for entry in entries)


def test_real_feeds_hold_nothing_to_redact(real_records: Path) -> None:
    for path in (real_records / "rss").glob("*.xml"):
        assert cmecf_rss.redact(path.read_bytes()) == path.read_bytes()
