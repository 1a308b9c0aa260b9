"""`gaps` and `docket-checked` from the command line, on the sample court with windows taken away."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

import connectors
from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.plugins import Found, check
from docketbridge.settings import Settings

FEEDS = Path(__file__).parent.parent / "sample_court" / "feeds"
LOST = ("2026-07-31T0630.xml", "2026-08-04T0630.xml")
MATTER = "zzb-26-10123-1"


def _seen() -> list[Path]:
    """The sample court's windows but two in the middle of a running objection period, and two notices."""
    windows = [path for path in sorted((FEEDS / "rss").glob("*.xml")) if path.name not in LOST]
    return [*windows, *sorted((FEEDS / "notices").glob("26-10123-*.eml"))]


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """A ledger with what was seen, for each test to work on a copy of it."""
    file = tmp_path_factory.mktemp("watched") / "ledger.sqlite"
    settings = Settings(folder=file.parent, database=f"sqlite:///{file}")
    desk = Desk(
        settings=settings,
        plugins=check([Found(plugin=connectors.plugin, origin="tests")]),
        today=date(2026, 8, 19),
        fixed_day=True,
    )
    for path in _seen():
        desk.take_in(RawFeed(content=path.read_bytes(), name=path.name))
    desk.engine.dispose()
    return file


@pytest.fixture
def ledger(tmp_path):
    return ("--database", f"sqlite:///{tmp_path / 'ledger.sqlite'}", "--today", "2026-08-19")


@pytest.fixture
def watched(taken, tmp_path):
    shutil.copy(taken, tmp_path / "ledger.sqlite")


def _gaps(say, ledger, *more):
    code, told, _ = say(*ledger, "gaps", "--court", "zzb", "--json", *more)
    assert code == 0
    return json.loads(told)


def test_intake_prints_the_gap_that_missing_windows_leave(say, ledger):
    code, told, complaint = say(*ledger, "intake", *_seen()[12:16])
    assert (code, complaint) == (0, "")
    (line,) = [line for line in told.splitlines() if "gap" in line]
    assert line.startswith("  gap: nothing shows 2026-07-28 10:30 to ")


@pytest.mark.usefixtures("watched")
def test_gaps_tells_polls_windows_overlaps_gaps_and_scope(say, ledger):
    account = _gaps(say, ledger)
    assert {"polls", "windows", "overlaps", "gaps", "scope", "incidents", "holes", "seen_through"} <= account.keys()
    assert len([each for each in account["windows"] if each["whole"]]) == 19
    assert len(account["overlaps"]) == 17
    (gap,) = account["gaps"]
    assert gap["start"] == "2026-07-28T06:30:02-04:00"
    assert gap["status"] == "open"
    assert "26-10123" in gap["reports_wanted"]
    assert account["scope"]["proves_silence"]


@pytest.mark.usefixtures("watched")
def test_gaps_of_days_on_which_all_was_seen_is_none(say, ledger):
    assert _gaps(say, ledger, "--from", "2026-08-10", "--to", "2026-08-12")["gaps"] == []
    code, told, _ = say(*ledger, "gaps", "--court", "zzb", "--from", "2026-08-10")
    assert code == 0
    assert "no gap" in told


@pytest.mark.usefixtures("watched")
def test_a_docket_check_closes_the_gap_for_its_matter_only(say, ledger):
    code, told, _ = say(
        *ledger, "docket-checked", "--matter", MATTER, "--through", "2026-08-18T16:30", "--by", "C. Marrow", "--reason", "asked"
    )
    assert code == 0
    assert told.startswith(f"{MATTER}: docket checked through 2026-08-18 16:30 by C. Marrow")
    (gap,) = _gaps(say, ledger)["gaps"]
    assert "26-10123" not in gap["reports_wanted"]
    assert gap["reports_wanted"]
    assert [(each["case_number"], each["kind"], each["by"]) for each in gap["closed_for"]] == [
        ("26-10123", "docket checked", "C. Marrow")
    ]


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("--matter", "zzb-99-1", "--through", "2026-08-18T16:30"), "no matter 'zzb-99-1'"),
        (("--matter", MATTER, "--through", "yesterday"), "--through 'yesterday' is no time"),
        (("--matter", MATTER, "--through", "2026-08-21T09:00"), "has not come yet"),
        (("--matter", MATTER, "--through", "2026-08-18T16:30", "--by", " "), "--by is empty"),
    ],
)
def test_a_docket_check_that_cannot_be_is_one_plain_line(say, ledger, told, words):
    code, out, complaint = say(*ledger, "docket-checked", *told)
    assert (code, out) == (2, "")
    assert words in complaint
    assert len(complaint.splitlines()) == 1


@pytest.mark.parametrize("told", [("--court", "nowhere"), ("--court", "zzb", "--from", "2026-08-12", "--to", "2026-08-10")])
def test_gaps_of_no_court_or_no_days_is_one_plain_line(say, ledger, told):
    code, out, complaint = say(*ledger, "gaps", *told)
    assert (code, out) == (2, "")
    assert len(complaint.splitlines()) == 1
