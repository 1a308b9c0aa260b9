"""The sample court's notices of electronic filing tell the same entries as its docket, and their readers keep recipients out."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from connectors import cmecf_notice
from docketbridge.api import RawFeed
from tests.sample_court.compose import FEEDS
from tests.sample_court.docket import LINK, Case, Court, Entry

NOTICES = sorted((FEEDS / "notices").glob("*.eml"))


def filed_under(cases: tuple[Case, ...], name: str) -> dict[str, tuple[Case, Entry]]:
    return {case.number: (case, entry) for case in cases for entry in case.entries if entry.notice == name}


def bracketed(entry: Entry) -> str:
    """The docket text as a notice prints it: related documents in square brackets."""
    return " ".join(LINK.sub(r"[\1]", entry.text.replace("*", "")).split())


def test_there_are_notices_of_the_journey_and_of_a_docketing_in_two_cases(cases: tuple[Case, ...]) -> None:
    assert {"26-10123-0012", "26-10123-0013", "26-01007-0001"} <= {path.stem for path in NOTICES}
    assert set(filed_under(cases, "26-01007-0001")) == {"26-01007", "26-10149"}


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_a_notice_tells_the_entry_as_the_docket_has_it(path: Path, cases: tuple[Case, ...], court: Court) -> None:
    parsed = cmecf_notice.parse(RawFeed(content=path.read_bytes(), name=path.name))
    expected = filed_under(cases, path.stem)
    assert cmecf_notice.recognises(path.read_bytes())
    assert (parsed.court, parsed.problems, parsed.refused) == (court.id, (), 0)
    assert {told.case_number for told in parsed.entries} == set(expected)
    for told in parsed.entries:
        case, docketed = expected[told.case_number]
        assert (told.pacer_case_id, told.sequence) == (str(case.case_id), str(docketed.sequence))
        assert told.document_number == str(docketed.number)
        assert told.date_filed == docketed.filed
        assert told.entered_at == docketed.at.astimezone(UTC).replace(second=0)
        assert (told.text or "").startswith(bracketed(docketed))


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_a_recipient_stands_in_the_notice_and_in_nothing_read_from_it(path: Path) -> None:
    content = path.read_bytes()
    assert b"@notices.example" in content
    assert "notices.example" not in repr(cmecf_notice.parse(RawFeed(content=content, name=path.name)))
