"""A secret address is planted, and no log has it: not the server's, not the site's, not what goes wrong; nor any Referer."""

import io
import logging
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from gunicorn.config import Config

from docketbridge.web.secret_paths import SecretKeepingLogger, SecretsHidden, without_secrets

PLANTED = "Zq3-planted_secret-0123456789abcdefghijklmn"


@pytest.mark.parametrize(
    "line",
    [
        f'"GET /calendars/{PLANTED}.ics HTTP/1.1" 200',
        f'"GET /calendars/{PLANTED}/subscribe?x=1 HTTP/1.1" 200',
        f"https://lm.example.gov/calendars/{PLANTED}.ics?client=google",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flm.example.gov%2Fcalendars%2F{PLANTED}.ics",
        f"/CALENDARS/{PLANTED}.ics",
        f"/c%61lendars/{PLANTED}.ics",
        f"/calendars/%5A{PLANTED[1:]}.ics",
        f"/calendars/{PLANTED[:20]}",
    ],
)
def test_a_secret_is_blanked_in_any_spelling(line):
    told = without_secrets(line)
    assert PLANTED[1:20] not in told
    assert "/calendars/[secret]" in told.lower()


@pytest.mark.parametrize("line", ["GET /matters/zzb-26-10123-1/calendar.ics", "GET /calendars", "100% of 3 calendars/day"])
def test_what_is_no_secret_stays_as_it_is(line):
    assert without_secrets(line) == line


def test_a_traceback_is_told_without_the_secret():
    told = io.StringIO()
    log = logging.getLogger("of the test of tracebacks")
    log.addHandler(logging.StreamHandler(told))
    log.addFilter(SecretsHidden())
    try:
        fail(f"cannot serve /calendars/{PLANTED}.ics")
    except RuntimeError:
        log.exception("Exception on %s [%s]", f"/calendars/{PLANTED}.ics", "GET")
    assert PLANTED not in told.getvalue()
    assert "RuntimeError: cannot serve /calendars/[secret]" in told.getvalue()
    assert "Exception on /calendars/[secret] [GET]" in told.getvalue()


def fail(words: str) -> None:
    raise RuntimeError(words)


def test_the_server_s_access_log_has_no_secret_whatever_its_format(tmp_path):
    config = Config()
    config.set("accesslog", str(tmp_path / "access.log"))
    config.set("errorlog", str(tmp_path / "error.log"))
    config.set("loglevel", "debug")
    config.set("access_log_format", '%(h)s "%(r)s" %(U)s %(q)s "%(f)s" %({raw_uri}e)s %({path_info}e)s %({referer}i)s')
    log = SecretKeepingLogger(config)
    address = f"/calendars/{PLANTED}.ics"
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"{address}?client=google",
        "PATH_INFO": address,
        "QUERY_STRING": "client=google",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://lm.example.gov/calendars/{PLANTED}/subscribe",
        "REMOTE_ADDR": "127.0.0.1",
    }
    response = SimpleNamespace(status="200 OK", sent=1, headers=[], response_length=1)
    request = SimpleNamespace(headers=[("REFERER", environ["HTTP_REFERER"])])
    log.access(response, request, environ, SimpleNamespace(seconds=0, microseconds=1, total_seconds=lambda: 0.1, days=0))
    log.debug("GET %s", address)
    log.error("Error handling request %s", address)
    for handler in (*log.access_log.handlers, *log.error_log.handlers):
        handler.flush()
    told = (tmp_path / "access.log").read_text() + (tmp_path / "error.log").read_text()
    for handler in (*log.access_log.handlers, *log.error_log.handlers):
        handler.close()
    log.access_log.handlers.clear()
    log.error_log.handlers.clear()
    assert told.count("/calendars/[secret]") >= 7
    assert PLANTED not in told


def test_a_fault_while_answering_is_logged_without_the_secret(site, monkeypatch):
    address = site.token("all")
    client = site.client()
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    client.application.logger.addHandler(handler)
    monkeypatch.setattr(type(site.desk()), "facts_stamp", lambda _: 1 // 0)
    answer = client.get(address)
    client.application.logger.removeHandler(handler)
    assert answer.status_code == 500
    assert "ZeroDivisionError" in told.getvalue()
    assert address not in told.getvalue() + answer.text
    assert "Exception on /calendars/[secret] [GET]" in told.getvalue()


def test_the_server_as_it_is_run_says_no_secret_and_pages_send_no_referer(site):
    address = site.token("case:26-10091")
    secret = address[len("/calendars/") : -len(".ics")]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).parent / "docketbridge"), "--database", site.database, "--today", "2026-08-19"]
    server = subprocess.Popen(
        [*command, "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "DOCKETBRIDGE_FOLDER": str(site.folder), "DOCKETBRIDGE_WORKERS": "1"},
    )
    try:
        site_address = f"http://127.0.0.1:{port}"
        wait_for(f"{site_address}/healthz")
        page = f"/calendars/{secret}/subscribe"
        for path in (address, page, f"{address}?only=lunch", f"/calendars/{secret}x.ics"):
            try:
                with urlopen(Request(site_address + path, headers={"Referer": site_address + page}), timeout=20) as answer:  # noqa: S310 - loopback
                    headers = answer.headers
            except HTTPError as fault:
                headers = fault.headers
                fault.close()
            assert headers["Referrer-Policy"] == "no-referrer"
    finally:
        server.terminate()
        told, _ = server.communicate(timeout=30)
    assert "Listening at" in told
    assert secret not in told
    kept = [path for path in site.folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
    assert kept == []


def wait_for(address: str) -> None:
    for _ in range(600):
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not come up in a minute")


def test_the_steps_are_told_to_whoever_holds_the_address_and_are_kept_by_nobody(site):
    address = site.token("judge:mwh")
    answer = site.client().get(address.removesuffix(".ics") + "/subscribe")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert f"http://localhost{address}" in answer.text
    assert f'href="webcal://localhost{address}"' in answer.text
    assert re.search(r"https://calendar\.google\.com/calendar/r\?cid=webcal%3A%2F%2Flocalhost%2Fcalendars%2F", answer.text)
    for words in (
        "Google Calendar",
        "Outlook",
        "Apple Calendar",
        "iPhone",
        "Thunderbird",
        "12 to 24",
        "can take more than a day",
    ):
        assert words in answer.text


def test_an_address_that_is_none_has_no_steps(site):
    assert site.client().get(f"/calendars/{'a' * 43}/subscribe").status_code == 404


def test_a_matter_s_page_offers_its_calendar_as_steps_and_as_a_file(site):
    client = site.clerk()
    page = client.get("/matters/zzb-26-10091-1").text
    assert 'href="/matters/zzb-26-10091-1/calendar"' in page
    assert 'href="/matters/zzb-26-10091-1/calendar.ics"' in page
    steps = client.get("/matters/zzb-26-10091-1/calendar")
    assert 'href="/account?scope=matter:zzb-26-10091-1#calendars"' in steps.text
    file = client.get("/matters/zzb-26-10091-1/calendar.ics")
    assert file.headers["Content-Disposition"] == 'attachment; filename="zzb-26-10091-1.ics"'
    assert file.data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert client.get("/matters/zzb-26-99999-1/calendar.ics").status_code == 404


def test_the_list_of_calendars_names_the_scopes_and_no_address(site):
    site.token("all")
    page = site.clerk().get("/calendars").text
    assert "judge:mwh" in page
    assert not re.search(r"[A-Za-z0-9_-]{43}\.ics", page)
