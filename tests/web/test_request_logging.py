"""What the site logs: one line a request, with an id that the answer carries too, and no secret, query or docket text."""

from __future__ import annotations

import io
import json
import logging
import re
from dataclasses import replace

import pytest
from flask import abort

from docketbridge.app import create_app
from docketbridge.casework.rights import Role, open_to_all
from docketbridge.errors import LedgerError, SettingsError
from docketbridge.settings import Settings
from docketbridge.web.request_logging import JsonLines, PlainLines, lines_for, log_to_standard_error
from docketbridge.web.secret_paths import SecretsHidden

SUBSTANCE = "the servicer would take 190,000"


@pytest.fixture
def lines():
    """All that is logged, as JSON lines, through what standard error goes through."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(SecretsHidden())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def site(tmp_path):
    made = create_app(Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'ledger.sqlite'}"))

    @made.get("/breaks")
    @open_to_all
    def breaks():
        raise ValueError(SUBSTANCE)

    @made.get("/refuses")
    @open_to_all
    def refuses():
        abort(418)

    @made.get("/loses")
    @open_to_all
    def loses():
        raise LedgerError("the ledger cannot be opened: no such place")

    return made


def _requests(told):
    return [line for line in told if line["log"] == "docketbridge.requests"]


def test_a_request_is_one_line_with_who_what_and_how_long(site, signed_in, lines):
    browser = signed_in(site.test_client(), Role.CLERK)
    before = len(_requests(lines()))
    browser.get("/review?name=Quill")
    [line] = _requests(lines())[before:]
    assert (line["method"], line["endpoint"], line["status"], line["level"]) == ("GET", "review.index", 200, "info")
    assert line["account"]
    assert line["ms"] > 0
    assert re.fullmatch(r"[0-9a-f]{32}", line["request"])
    assert "Quill" not in json.dumps(line)


def test_a_sane_id_that_comes_with_a_request_is_kept_and_answered(site, lines):
    answer = site.test_client().get("/healthz", headers={"X-Request-Id": "proxy-7.Zz_1"})
    assert answer.headers["X-Request-Id"] == "proxy-7.Zz_1"
    assert _requests(lines())[-1]["request"] == "proxy-7.Zz_1"


@pytest.mark.parametrize("told", ["", "short", "x" * 65, 'a"b{c}d e', "-begins-with-a-dash", "<script>alert(1)</script>"])
def test_any_other_id_is_replaced_by_one_of_our_own(site, told):
    answer = site.test_client().get("/healthz", headers={"X-Request-Id": told})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-Id"])


def test_each_request_has_an_id_of_its_own(site):
    browser = site.test_client()
    assert browser.get("/healthz").headers["X-Request-Id"] != browser.get("/healthz").headers["X-Request-Id"]


@pytest.mark.parametrize(("address", "status"), [("/refuses", 418), ("/breaks", 500), ("/loses", 503), ("/nowhere", 404)])
def test_what_goes_wrong_is_logged_and_answered_with_its_id_too(site, lines, address, status):
    answer = site.test_client().get(address)
    assert answer.status_code == status
    [line] = _requests(lines())
    assert line["status"] == status
    assert answer.headers["X-Request-Id"] == line["request"]


def test_an_unforeseen_fault_is_told_by_kind_and_place_and_without_its_words(site, lines):
    site.test_client().get("/breaks")
    told = json.dumps(lines())
    [line] = [line for line in lines() if "fault" in line]
    assert line["fault"].startswith("ValueError at ")
    assert "test_request_logging.py" in line["fault"]
    assert line["request"] == _requests(lines())[-1]["request"]
    assert SUBSTANCE not in told


def test_a_fault_of_our_own_making_is_told_with_its_words(site, lines):
    answer = site.test_client().get("/loses")
    assert "no such place" not in answer.text
    [line] = [line for line in lines() if "fault" in line]
    assert "LedgerError (the ledger cannot be opened: no such place)" in line["fault"]


def test_no_password_no_token_and_no_secret_address_is_logged(site, lines):
    browser = site.test_client()
    browser.get("/calendars/hush-calendar.ics?token=hush-query")
    browser.get("/metrics", headers={"Authorization": "Bearer hush-bearer", "X-Forwarded-For": "1.1.1.1"})
    browser.post("/sign-in", data={"account": "hush-account", "password": "hush-password"})
    logging.getLogger("any").error("went to %s", "/calendars/hush-other.ics")
    assert "hush" not in json.dumps(lines())


def test_a_line_is_one_line_whatever_is_told():
    record = logging.makeLogRecord({"msg": "two\nlines", "name": "x", "levelno": 20, "levelname": "INFO", "job": 'a"\nb'})
    assert len(JsonLines().format(record).splitlines()) == 1
    assert json.loads(JsonLines().format(record))["job"] == 'a"\nb'


def test_a_person_at_a_terminal_reads_plain_lines(tmp_path):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    settings = Settings(folder=tmp_path, database="sqlite://")
    assert isinstance(lines_for(settings, Terminal()), PlainLines)
    assert isinstance(lines_for(settings, io.StringIO()), JsonLines)
    assert isinstance(lines_for(replace(settings, log_lines="json"), Terminal()), JsonLines)
    with pytest.raises(SettingsError, match="log_lines wants auto, json, plain"):
        lines_for(replace(settings, log_lines="xml"), Terminal())
    record = logging.makeLogRecord({"msg": "job ended", "name": "x", "levelno": 20, "levelname": "INFO", "ms": 12})
    assert PlainLines().format(record).endswith("info    job ended  ms=12")


def test_what_a_process_logs_goes_to_standard_error(tmp_path, capsys):
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        log_to_standard_error(Settings(folder=tmp_path, database="sqlite://", log_lines="json"))
        logging.getLogger("docketbridge.schedule").info("job begins", extra={"job": "refresh"})
        assert json.loads(capsys.readouterr().err)["job"] == "refresh"
    finally:
        root.handlers[:], root.level = before
