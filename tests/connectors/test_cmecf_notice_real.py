"""Real notices beside the public parser's answers; each difference is named with its reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors import cmecf_notice
from docketbridge.api import ParsedEntry, RawFeed

Pair = tuple[Path, ParsedEntry, dict[str, Any]]


@pytest.fixture(scope="session")
def pairs(real_records: Path) -> list[Pair]:
    """Each case of each real notice: our entry and the other parser's docket."""
    found: list[Pair] = []
    for path in sorted((real_records / "notices").glob("*.txt")):
        read = cmecf_notice.parse(RawFeed(content=path.read_bytes(), name=path.name))
        answer = json.loads(path.with_suffix(".json").read_text())
        assert not read.problems
        assert not read.refused
        assert read.court == answer["court_id"]
        assert len(read.entries) == len(answer["dockets"])
        found += [(path, entry, docket) for entry, docket in zip(read.entries, answer["dockets"], strict=True)]
    assert found
    return found


def test_every_field_of_every_notice_is_the_same(pairs: list[Pair]) -> None:
    differences: Counter[str] = Counter()
    compared = 0
    for path, entry, docket in pairs:
        told = docket["docket_entries"][0]
        for field, mine, other in (
            ("case_number", entry.case_number, docket["docket_number"]),
            ("case_name", entry.case_name, docket["case_name"]),
            ("judge_initials", entry.judge_initials, docket["federal_dn_judge_initials_assigned"]),
            ("office", entry.office, docket["federal_dn_office_code"]),
            ("case_type", entry.case_type, docket["federal_dn_case_type"]),
            ("date_filed", str(entry.date_filed), told["date_filed"]),
            ("document_number", entry.document_number, told["document_number"]),
            ("pacer_case_id", entry.pacer_case_id, told["pacer_case_id"]),
            ("pacer_doc_id", entry.pacer_doc_id, told["pacer_doc_id"]),
            ("sequence", entry.sequence, told["pacer_seq_no"]),
            ("events", " AND ".join(entry.events), told["short_description"]),
            ("text", entry.text, told["description"]),
        ):
            compared += 1
            if mine != other:
                differences[field] += 1
                assert EXPLAINED[field](mine, other, path.read_text()), (path.name, field)
    assert compared >= 250
    assert sum(differences.values()) <= compared // 50


def _is_et_al_dropped(mine: str, other: str, _: str) -> bool:
    return mine.replace(" et al", "") == other


def _are_italics_dropped(mine: str, other: str, page: str) -> bool:
    """The other parser reads only the text that stands directly in the paragraph: the filer's own words, in italics, are lost."""
    for words in re.findall(r"<i>([^<]+)</i>", page):
        mine = mine.replace(" ".join(words.split()), "")
    return " ".join(mine.split()) == other


EXPLAINED: dict[str, Callable[[Any, Any, str], bool]] = {"case_name": _is_et_al_dropped, "text": _are_italics_dropped}


def test_the_time_of_entry_is_known_to_the_minute_in_every_notice(pairs: list[Pair]) -> None:
    assert all(hasattr(entry.entered_at, "hour") for _, entry, _ in pairs)


def test_no_recipient_stands_in_what_is_told_or_kept(real_records: Path, redacts_lawfully: Callable[..., bytes]) -> None:
    for path in sorted((real_records / "notices").glob("*.txt")):
        content = path.read_bytes()
        kept = redacts_lawfully(cmecf_notice, content, name=path.name).decode()
        told = repr(cmecf_notice.parse(RawFeed(content=content, name=path.name)))
        answer = json.loads(path.with_suffix(".json").read_text())
        listed = {
            address for each in answer["email_recipients"] for line in each["email_addresses"] for address in line.split(";")
        }
        assert not [address for address in listed if address in kept or address in told]
        assert "Received:" not in kept
