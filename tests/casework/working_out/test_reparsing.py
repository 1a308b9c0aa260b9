"""The kept bytes read again with today's parsers: what a better one reads moves, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from docketbridge.errors import UnreadableFeed
from tests.composed_feeds import entry, feed, report
from tests.ledger_dump import dump

START = datetime(2026, 7, 27, 14, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REQUEST = entry(
    document_number="12",
    date_filed=date(2026, 7, 27),
    entered_at=date(2026, 7, 27),
    text="Debtor's Request for Loss Mitigation (Form A) with Harborlight Savings Bank, N.A. re: 14 Lantern Street, Bristol, "
    "RI 02809 Filed by Debtor Ada Quillfeather. (Entered: 07/27/2026)",
)
STUB = entry(document_number="12", sequence="31", entered_at=START, events=("Request for Loss Mitigation",))


@pytest.fixture
def taken(take):
    take("window", feed(STUB, oldest=START - DAY, newest=START + DAY))
    take("report", report(REQUEST, made=START + 2 * DAY), fetched_at=START + 2 * DAY)
    take("next window", feed(STUB, oldest=START, newest=START + 3 * DAY))


def _better(composed):
    """Let the parser read what it could not: that the request was filed a day earlier."""
    told = composed.feeds[b"report"]
    header, line = told.observations
    composed.feeds[b"report"] = replace(told, observations=(header, replace(line, date_filed=date(2026, 7, 26))))


@pytest.mark.usefixtures("taken")
def test_the_same_parsers_read_the_same_and_every_fact_is_as_it_was(desk):
    before = dump(desk.engine)
    assert desk.replay(today=None, from_bytes=True) == ()
    assert dump(desk.engine) == before


@pytest.mark.usefixtures("taken")
def test_a_better_parser_moves_the_entry_and_its_matter_and_a_dry_run_only_tells(desk, composed):
    _better(composed)
    before = dump(desk.engine)
    would = desk.replay(today=None, from_bytes=True, dry_run=True)
    assert [each.what.split()[0] for each in would] == ["docket", "matter"]
    assert "2026-07-26" in (would[0].after or "")
    assert dump(desk.engine) == before
    assert desk.replay(today=None, from_bytes=True) == would
    assert desk.replay(today=None, from_bytes=True) == ()
    (file,) = desk.matter_files()
    assert file.posture.requested_on == date(2026, 7, 26)


@pytest.mark.usefixtures("taken")
def test_without_from_bytes_a_better_parser_moves_nothing(desk, composed):
    _better(composed)
    assert desk.replay(today=None) == ()


@pytest.mark.usefixtures("taken")
def test_a_parser_that_can_read_less_than_before_changes_nothing_and_is_named(desk, composed, monkeypatch):
    before = dump(desk.engine)
    whole = composed.parse

    def worse(_self, raw):
        if raw.name == "report":
            raise UnreadableFeed("report: the docket table is not found")
        return whole(raw)

    monkeypatch.setattr(type(composed), "parse", worse)
    with pytest.raises(UnreadableFeed, match="1 kept feeds cannot be read any more; nothing was changed: report: the docket"):
        desk.replay(today=None, from_bytes=True)
    assert dump(desk.engine) == before
