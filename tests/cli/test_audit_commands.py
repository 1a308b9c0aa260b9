"""The command `audit`: the chain followed, its head kept and held against, and the audit given out; and who is noted."""

from __future__ import annotations

import csv
import getpass
import hashlib
import io
import json
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from sqlite3 import connect

import pytest
from sqlalchemy import text

from docketbridge.casework.desk import Desk
from docketbridge.domain.auditing import FIRST
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger.database import open_ledger, writing_engine
from docketbridge.plugins import discover
from docketbridge.settings import read_settings

FEEDS = Path(__file__).parents[1] / "sample_court" / "feeds"
REPORT = next((FEEDS / "docket-reports").glob("26-10047_*"))


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    """A ledger that one docket report was taken into, and the head of its audit."""
    folder = tmp_path_factory.mktemp("taken in")
    url = f"sqlite:///{folder / 'ledger.sqlite'}"
    desk = Desk(settings=read_settings({}, database=url), plugins=discover(), today=date(2026, 8, 19))
    desk.take_in(RawFeed(content=REPORT.read_bytes(), name=str(REPORT)))
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.engine.dispose()
    return folder


@pytest.fixture
def ledger(tmp_path, taken_in):
    for name in ("ledger.sqlite", "ledger.sqlite.audit-head"):
        shutil.copy(taken_in / name, tmp_path / name)
    return f"sqlite:///{tmp_path / 'ledger.sqlite'}"


@pytest.fixture
def meddle(ledger):
    def do(*statements):
        engine = open_ledger(ledger)
        with writing_engine(engine).begin() as connection:
            for act in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS audit_stays_on_{act}"))
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    return do


def _rows(say, ledger, *more):
    code, out, err = say("--database", ledger, "audit", "export", *more)
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_a_command_that_changes_something_is_noted_with_the_system_s_user(ledger, say):
    told = ("--matter", "zzb-26-10047-1", "--entry", "7", "--on", "2026-05-21", "--by", "mail", "--on-whom", "Weybosset")
    assert say("--database", ledger, "--today", "2026-08-19", "served", *told)[0] == 0
    rows = _rows(say, ledger)
    assert [row["what"] for row in rows] == ["imported", "decided", "exported"]
    assert {(row["actor"], row["role"]) for row in rows} == {(getpass.getuser(), "command")}
    assert rows[0]["subject"] == f"zzb {REPORT.name}"
    assert rows[1]["subject"].startswith("zzb-26-10047 served ")
    assert rows[1]["matter"]
    assert "Weybosset" not in json.dumps(rows)


def test_a_feed_taken_in_twice_is_noted_once(ledger, say):
    say("--database", ledger, "--today", "2026-08-19", "intake", REPORT)
    assert [row["what"] for row in _rows(say, ledger, "--what", "imported")] == ["imported"]


def test_the_chain_holds_and_its_head_can_be_held_against_it_later(ledger, say):
    code, out, err = say("--database", ledger, "audit", "verify")
    assert (code, err) == (0, "")
    told, head = out.splitlines()
    assert told == "1 rows, the chain holds"
    say("--database", ledger, "audit", "export")
    assert say("--database", ledger, "audit", "verify", "--head", head.removeprefix("head "))[0] == 0
    shape = json.loads(say("--database", ledger, "audit", "verify", "--json")[1])
    assert (shape["rows"], shape["holds"]) == (2, True)


def test_anybody_can_follow_the_chain_from_the_export_alone(ledger, say):
    say("--database", ledger, "--today", "2026-08-19", "replay")
    previous = FIRST
    for row in _rows(say, ledger):
        at = row["at"] if "." in row["at"] else row["at"].replace("+00:00", ".000000+00:00")
        told = [row["number"], at, *(row[name] for name in ("actor", "role", "what", "matter", "subject", "request"))]
        written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        previous = hashlib.sha256(bytes.fromhex(previous) + written).hexdigest()
        assert row["hash"] == previous


def test_a_changed_row_ends_in_exit_2_and_the_first_bad_number(ledger, say, meddle):
    for _ in range(3):
        say("--database", ledger, "audit", "export")
    meddle("UPDATE audit SET what = 'decided' WHERE number = 2")
    code, _, err = say("--database", ledger, "audit", "verify")
    assert code == 2
    assert "broken at number 2" in err
    code, out, _ = say("--database", ledger, "doctor")
    assert code == 2
    assert "fault audit: the audit is broken at number 2" in out


def test_an_end_cut_off_is_found_by_the_head_kept_beside_the_ledger(ledger, say, meddle):
    for _ in range(3):
        say("--database", ledger, "audit", "export")
    meddle("DELETE FROM audit WHERE number > 2")
    code, _, err = say("--database", ledger, "audit", "verify")
    assert code == 2
    assert "broken at number 3: the end is cut off: 4 rows were noted earlier" in err


def test_a_history_written_anew_with_the_kept_head_is_found_by_one_noted_elsewhere(ledger, say, meddle, tmp_path):
    say("--database", ledger, "audit", "export")
    head = say("--database", ledger, "audit", "verify")[1].splitlines()[1].removeprefix("head ")
    meddle("DELETE FROM audit")
    (tmp_path / "ledger.sqlite.audit-head").unlink()
    say("--database", ledger, "audit", "export")
    say("--database", ledger, "audit", "export")
    assert say("--database", ledger, "audit", "verify")[0] == 0
    code, _, err = say("--database", ledger, "audit", "verify", "--head", head)
    assert code == 2
    assert "written anew" in err


@pytest.mark.parametrize("head", ["x", "1:ab", "0:" + "ab" * 32, "ab" * 32, "-1:" + "ab" * 32])
def test_a_head_that_is_none_is_refused(ledger, say, head):
    code, _, err = say("--database", ledger, "audit", "verify", "--head", head)
    assert code == 2
    assert "N:HASH" in err


def test_a_kept_head_that_was_spoiled_is_named_and_never_taken_for_none(ledger, say, tmp_path):
    (tmp_path / "ledger.sqlite.audit-head").write_text("{}", encoding="utf-8")
    code, _, err = say("--database", ledger, "audit", "verify")
    assert code == 2
    assert "ledger.sqlite.audit-head: holds no head of an audit" in err


def test_the_export_is_narrowed_by_day_person_and_deed_and_comes_as_a_table(ledger, say):
    today = date.today().isoformat()  # noqa: DTZ011 - only to be surely before or after
    assert _rows(say, ledger, "--to", "2020-01-01") == []
    assert len(_rows(say, ledger, "--from", "2020-01-01", "--to", "2999-01-01")) >= 1
    assert _rows(say, ledger, "--person", "nobody") == []
    assert {row["what"] for row in _rows(say, ledger, "--what", "exported")} == {"exported"}
    code, out, _ = say("--database", ledger, "audit", "export", "--format", "csv", "--from", today, "--timezone", "UTC")
    assert code == 0
    assert next(csv.reader(io.StringIO(out)))[:3] == ["number", "at", "actor"]


@pytest.mark.parametrize(
    "words", [("--timezone", "Mars/Olympus"), ("--from", "2026-02-01", "--to", "2026-01-01"), ("--what", "flew")]
)
def test_an_export_that_cannot_be_is_refused_in_one_line(ledger, say, words):
    code, out, err = say("--database", ledger, "audit", "export", *words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def _take_away(folder: Path) -> None:
    """Take the ledger away, as a broken disk would, and leave what stands beside it."""
    for each in folder.glob("ledger.sqlite*"):
        if not each.name.endswith(".audit-head"):
            each.unlink()


def test_a_restore_over_the_same_instance_is_said_and_the_chain_holds_from_there(ledger, say, meddle, tmp_path):
    def ask(*words: str) -> tuple[int, str, str]:
        return say("--database", ledger, *words)

    file = tmp_path / "kept.backup"
    ask("audit", "export")
    assert ask("backup", str(file))[0] == 0
    for _ in range(3):
        ask("audit", "export")
    before = int(ask("audit", "verify")[1].split()[0])
    _take_away(tmp_path)
    assert ask("restore", str(file))[0] == 0
    code, out, err = ask("audit", "verify")
    assert (code, err) == (0, "")
    assert "kept.backup was restored at" in out
    kept = int(out.split()[0])
    assert f"{before - kept + 1} rows noted here before are not in it" in out
    (told,) = [line for line in ask("doctor")[1].splitlines() if " audit:" in line]
    assert told.startswith("ok    audit:")
    assert "kept.backup was restored at" in told

    # What is cut off after the restore is found as ever, and so is a chain that lost the row of the restore.
    ask("audit", "export")
    ask("audit", "export")
    meddle("DELETE FROM audit WHERE number > (SELECT max(number) - 2 FROM audit)")
    assert "the end is cut off" in ask("audit", "verify")[2]


def test_an_older_copy_put_in_place_by_hand_is_a_fault_that_says_what_may_have_happened(ledger, say, tmp_path):
    base, older = tmp_path / "ledger.sqlite", tmp_path / "older.sqlite"
    with closing(connect(base)) as now, closing(connect(older)) as copy:
        now.backup(copy)
    say("--database", ledger, "audit", "export")
    _take_away(tmp_path)
    older.rename(base)
    code, _, err = say("--database", ledger, "audit", "verify")
    assert code == 2
    assert "an older copy was put in the ledger's place by hand (`docketbridge restore` records that)" in err
