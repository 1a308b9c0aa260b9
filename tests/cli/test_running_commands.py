"""`schedule --once`, `job`, `backup`, `restore` and `doctor` as people and cron use them."""

from __future__ import annotations

import json
import logging
import os
import stat
import time
from datetime import timedelta
from pathlib import Path

import pytest

from docketbridge.casework.desk import Desk
from docketbridge.plugins import discover
from docketbridge.schedule.runner import LEASE, this_process
from docketbridge.settings import read_settings

FEED = Path(__file__).parents[1] / "sample_court" / "feeds" / "rss" / "2026-07-28T0630.xml"


@pytest.fixture(autouse=True)
def own_logging():
    """Take away what `schedule` set up in this process: its own process would have ended by now."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def _drop(folder, name, content):
    """Drop a file a while ago, so that it is seen to be whole."""
    file = folder / "drop" / name
    file.write_bytes(content)
    os.utime(file, (time.time() - 600, time.time() - 600))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An instance whose one source is a drop folder with a window of the sample court in it."""
    (tmp_path / "drop").mkdir()
    _drop(tmp_path, FEED.name, FEED.read_bytes())
    told = f'[[source]]\nname = "zzb-drop"\ncourt = "zzb"\ntransport = "folder"\naddress = "{tmp_path / "drop"}"\n'
    (tmp_path / "docketbridge.toml").write_text(told, encoding="utf-8")
    monkeypatch.setenv("DOCKETBRIDGE_FOLDER", str(tmp_path))
    return tmp_path


@pytest.fixture
def desk(folder):
    opened = Desk(settings=read_settings({}, folder=folder), plugins=discover(), today=None)
    yield opened
    opened.engine.dispose()


@pytest.mark.usefixtures("folder")
def test_once_does_what_is_due_says_so_and_then_there_is_nothing_left(say):
    code, out, err = say("schedule", "--once")
    assert code == 0
    assert "poll:zzb-drop: done; 1 feeds, " in out
    assert "refresh: done" in out
    assert "upkeep: done" in out
    assert all(json.loads(line)["at"] for line in err.splitlines())
    assert say("schedule", "--once")[1].strip() in ("nothing is due", "deliver: done; 0 sent, 0 put off, 0 withheld, 0 given up")


def test_once_leaves_the_work_to_the_process_that_leads(desk, say):
    desk.running.lead(this_process(LEASE))
    code, out, _ = say("schedule", "--once")
    assert code == 0
    assert out.strip().endswith("leads the schedule; nothing was done here")


def test_a_job_that_fails_ends_in_exit_2_with_its_name(folder, say):
    _drop(folder, "bad.xml", b"no feed at all")
    code, out, err = say("job", "run", "poll:zzb-drop")
    assert code == 2
    assert "poll:zzb-drop: failed" in out
    assert "bad.xml" in err
    assert "poll:zzb-drop failed" in say("doctor")[1]


@pytest.mark.usefixtures("folder")
def test_a_job_is_listed_with_its_pace_and_its_last_run(say):
    assert "refresh: work out anew what a passing day changed; every 10 minutes; never run yet" in say("job", "list")[1]
    assert say("job", "run", "refresh")[0] == 0
    told = {line["job"]: line for line in map(json.loads, say("job", "list", "--json")[1].splitlines())}
    assert told["refresh"]["last"]["outcome"] == "done"
    assert told["refresh"]["last"]["attempt"] == 1
    assert told["upkeep"]["last"] is None


def test_a_job_may_be_run_again_and_again_but_not_beside_itself(desk, say):
    assert say("job", "run", "refresh")[0] == 0
    assert say("job", "run", "refresh")[0] == 0
    desk.running.claim("refresh", desk.running.now(), this_process(LEASE, leading=False), again_after=timedelta(0))
    code, _, err = say("job", "run", "refresh")
    assert code == 2
    assert "'refresh' is being run on" in err


@pytest.mark.usefixtures("folder")
def test_a_job_that_there_is_not_is_named(say):
    code, _, err = say("job", "run", "coffee")
    assert code == 2
    assert "no job 'coffee'; there are poll:zzb-drop, refresh" in err


def test_a_ledger_is_kept_and_brought_back_elsewhere_and_nothing_moves(folder, say, new_database):
    assert say("schedule", "--once")[0] == 0
    file, elsewhere = folder / "ledger.backup", new_database("sqlite")
    code, out, _ = say("backup", file)
    assert code == 0
    assert "read back and checked" in out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert say("restore", "--check", file)[1].strip().endswith("; whole")
    code, out, _ = say("--database", elsewhere, "restore", file)
    assert code == 0
    assert out.strip().endswith("; restored")
    assert say("--database", elsewhere, "replay", "--dry-run")[1].strip() == "nothing moved"
    assert say("--database", elsewhere, "audit", "verify")[0] == 0


def test_bad_files_end_in_exit_2_with_one_line(folder, say):
    (folder / "bad").write_bytes(b"PK")
    for arguments in (("backup", folder / "bad"), ("restore", folder / "bad"), ("restore", folder / "none")):
        code, _, err = say(*arguments)
        assert code == 2
        assert len(err.strip().splitlines()) == 1
        assert str(arguments[1]) in err


@pytest.mark.usefixtures("folder")
def test_the_doctor_looks_at_everything_and_is_content_after_a_first_round(say):
    code, out, _ = say("doctor")
    assert code == 2
    assert "fault sources: zzb-drop was not read in time, never yet" in out
    assert say("schedule", "--once")[0] == 0
    code, out, _ = say("doctor")
    assert code == 0, out
    looks = [line.split(":")[0].split(maxsplit=1)[1] for line in out.splitlines()]
    wanted = ["python", "plugins", "programs", "time zones", "ledger", "schema", "sources", "gaps", "schedule", "jobs", "audit"]
    assert [each for each in looks if each in wanted] == wanted
    assert "America/New_York" in out


@pytest.mark.usefixtures("folder")
def test_the_doctor_says_of_a_ledger_it_cannot_open_that_it_cannot(say):
    code, out, _ = say("--database", "postgresql://127.0.0.1:9/none?connect_timeout=1", "doctor")
    assert code == 2
    assert "ok    python" in out
    assert "fault ledger: the ledger cannot be opened" in out
