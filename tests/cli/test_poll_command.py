"""`poll --once` end to end: a court's feed over HTTP and a drop folder, from the settings to the matters."""

from __future__ import annotations

import json
import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copy

import pytest

from docketbridge.errors import SettingsError
from docketbridge.settings import read_settings

FEEDS = Path(__file__).parent.parent / "sample_court" / "feeds"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(tmp_path):
    """A loopback web server that gives the files of a folder, with Last-Modified and 304."""
    (tmp_path / "web").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path / "web")))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield tmp_path / "web", f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def instance(tmp_path, web, monkeypatch):
    folder = tmp_path / "instance"
    (folder / "drop").mkdir(parents=True)
    settings = f"""
[[source]]
name = "zzb-rss"
court = "zzb"
transport = "http"
format = "cmecf-rss"
address = "{web[1]}/rss.xml"
options = {{ contact = "it@zzb.uscourts.gov" }}

[[source]]
name = "drop"
court = "zzb"
transport = "folder"
address = "{folder / "drop"}"
"""
    (folder / "docketbridge.toml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("DOCKETBRIDGE_FOLDER", str(folder))
    return folder


def _drop(instance, feed, name):
    """Drop a file that was written long ago."""
    dropped = instance / "drop" / name
    copy(feed, dropped)
    os.utime(dropped, (1, 1))


def _poll(say):
    return say("--today", "2026-08-19", "poll", "--once")


def test_two_windows_and_a_report_are_fetched_taken_in_and_watched(say, web, instance):
    copy(FEEDS / "rss" / "2026-08-18T0630.xml", web[0] / "rss.xml")
    _drop(instance, FEEDS / "docket-reports" / "26-10123_2026-08-12T0805.html", "report.html")
    code, told, complaint = _poll(say)
    assert (code, complaint) == (0, "")
    assert told.startswith("zzb-rss: ")
    assert (instance / "drop" / "done" / "report.html").is_file()
    code, told, _ = _poll(say)
    assert told.splitlines() == ["zzb-rss: nothing newer", "drop: nothing newer"]
    code, told, _ = say("--today", "2026-08-19", "gaps", "--court", "zzb", "--json")
    polls = json.loads(told)["polls"]
    assert sorted((each["source"], each["outcome"]) for each in polls) == [
        ("drop", "read"),
        ("drop", "unchanged"),
        ("zzb-rss", "read"),
        ("zzb-rss", "unchanged"),
    ]
    code, told, _ = say("--today", "2026-08-19", "matters", "--json")
    assert "zzb-26-10123-1" in [json.loads(line)["number"] for line in told.splitlines()]


def test_a_source_that_fails_is_named_and_the_others_are_done(say, instance):
    _drop(instance, FEEDS / "rss" / "2026-08-18T0630.xml", "window.xml")
    code, told, complaint = _poll(say)
    assert code == 2
    assert "drop: " in told
    assert complaint.startswith("docketbridge: zzb-rss: ")
    assert "404" in complaint
    assert len(complaint.splitlines()) == 1
    code, told, _ = say("gaps", "--court", "zzb", "--json")
    (incident,) = json.loads(told)["incidents"]
    assert (incident["source"], incident["status"], incident["failures"]) == ("zzb-rss", "open", 1)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('name = "a"\ncourt = "zzb"\ntransport = "http"', "[[source]] 1: address is missing"),
        ('name = "a"\ncourt = "zzb"\ntransport = "http"\nadress = "x"', "no key 'adress'; there are name, court"),
        ('name = ""\ncourt = "zzb"\ntransport = "http"\naddress = "x"', "[[source]] 1: name wants text, not ''"),
        ('name = "a"\ncourt = "zzb"\ntransport = "http"\naddress = "x"\nevery_minutes = 0', "every_minutes wants a number"),
        ('name = "a"\ncourt = "zzb"\ntransport = "http"\naddress = "x"\noptions = "fast"', "options wants a table"),
        ('name = "a"\ncourt = "zzb"\ntransport = "http"\naddress = "x"\noptions = { a = 1 }', "options.a wants text, not 1"),
    ],
)
def test_a_fault_in_a_source_names_its_key(tmp_path, table, words):
    (tmp_path / "docketbridge.toml").write_text(f"[[source]]\n{table}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        read_settings({}, folder=tmp_path)
    assert words in str(told.value)
    assert str(tmp_path / "docketbridge.toml") in str(told.value)


def test_two_sources_of_one_name_and_a_source_that_is_no_table_are_refused(tmp_path):
    table = '[[source]]\nname = "a"\ncourt = "zzb"\ntransport = "http"\naddress = "x"\n'
    for content, words in ((table + table, "'a' is used twice"), ('source = "x"\n', "written [[source]]")):
        (tmp_path / "docketbridge.toml").write_text(content, encoding="utf-8")
        with pytest.raises(SettingsError, match=words.replace("[", r"\[").replace("]", r"\]")):
            read_settings({}, folder=tmp_path)
