"""`docketbridge calendar token`: addresses given out, listed, rotated and revoked; the secret shown once and kept nowhere."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from calendars.token_commands import token_commands
from docketbridge.errors import DocketbridgeError
from docketbridge.ledger.tables.rows import Base

DAY = date(2026, 8, 19)


@pytest.fixture
def token(make_site, database, tmp_path):
    """Run a token command on the sample court's day; its output, or why it was refused. Once on each kind of database."""
    site = make_site(tmp_path, database)

    def run(*arguments: str, today: date = DAY, refused: bool = False) -> str:
        site.day = today
        outcome = CliRunner().invoke(token_commands, arguments, obj=site.desk())
        assert (outcome.exit_code != 0) == refused, outcome.output
        return str(outcome.exception) if isinstance(outcome.exception, DocketbridgeError) else outcome.output

    return run


def parts(shown: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in shown.splitlines() if ": " in line)


def test_an_address_is_shown_once_with_its_steps_and_its_secret_is_in_no_table(token, engine):
    shown = parts(token("add", "judge:MWH", "--for", "Isolde Marchbanks", "--site", "https://lm.example.gov/"))
    secret = re.fullmatch(r"https://lm\.example\.gov/calendars/([A-Za-z0-9_-]{43})\.ics", shown["address"])[1]
    assert shown["steps"] == f"https://lm.example.gov/calendars/{secret}/subscribe"
    assert secret not in token("list")
    with engine.connect() as connection:
        rows = [str(tuple(row)) for table in Base.metadata.sorted_tables for row in connection.execute(table.select())]
    assert not [row for row in rows if secret in row]
    assert [row for row in rows if hashlib.sha256(secret.encode()).hexdigest() in row]


def test_list_tells_whose_address_it_is_and_how_it_stands(token):
    first = parts(token("add", "judge:MWH", "--for", "Isolde Marchbanks", "--expires", "2027-01-31"))["id"]
    second = parts(token("add", "all", "--for", "Clerk's\toffice", "--public"))["id"]
    token("revoke", second)
    lines = {line.split("\t")[0]: line.split("\t")[1:] for line in token("list").splitlines()}
    assert lines[first][:3] == ["judge:mwh", "Isolde Marchbanks", "live"]
    assert lines[first][4:] == ["2027-01-31", "used never", "-"]
    assert lines[second][:3] == ["all (public)", "Clerk's office", "revoked"]


def test_an_address_past_its_last_day_is_listed_as_expired(token):
    token("add", "all", "--for", "Isolde Marchbanks", "--expires", "2027-01-31")
    assert token("list", today=date(2027, 1, 31)).split("\t")[3] == "live"
    assert token("list", today=date(2027, 2, 1)).split("\t")[3] == "expired"


def test_rotating_ends_one_address_and_gives_the_same_calendar_a_new_one(token):
    old = parts(token("add", "judge:mwh", "--for", "Isolde Marchbanks", "--public"))
    new = parts(token("rotate", old["id"]))
    assert new["address"] != old["address"]
    states = [line.split("\t")[1:4] for line in token("list").splitlines()]
    assert sorted(states) == [
        ["judge:mwh (public)", "Isolde Marchbanks", "live"],
        ["judge:mwh (public)", "Isolde Marchbanks", "rotated"],
    ]
    assert "has ended already" in token("rotate", old["id"], refused=True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("revoke", "deadbeef"), "no calendar token 'deadbeef'"),
        (("rotate", "deadbeef"), "no calendar token 'deadbeef'"),
        (("add", "clerk:x", "--for", "A"), "scopes are all, judge:INITIALS"),
        (("add", "all", "--for", " "), "give a name"),
        (("add", "all", "--for", "A", "--expires", "2020-01-01"), "before today"),
        (("add", "all", "--for", "A", "--site", "lm.example.gov"), "write it as https://HOST"),
        (("add", "all"), "--for"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(token, arguments, words):
    told = token(*arguments, refused=True)
    assert words in told


def test_the_command_itself_ends_with_exit_two_and_one_line(say, tmp_path):
    code, out, err = say("--database", f"sqlite:///{tmp_path / 'ledger.sqlite'}", "calendar", "token", "revoke", "deadbeef")
    assert (code, out) == (2, "")
    assert err == "docketbridge: no calendar token 'deadbeef'; `docketbridge calendar token list` lists them\n"


def test_revoking_twice_is_refused(token):
    shown = parts(token("add", "all", "--for", "Isolde Marchbanks"))
    token("revoke", shown["id"])
    assert "has ended already" in token("revoke", shown["id"], refused=True)


def test_the_last_use_is_told_to_five_minutes_and_by_reader(make_site, database, tmp_path):
    site = make_site(tmp_path, database)
    desk = site.desk()
    address = site.token("all")
    token = desk.calendar_token(address[len("/calendars/") : -len(".ics")])
    at = datetime(2026, 8, 19, 12, 0, tzinfo=UTC)
    for seconds, agent, expected in (
        (0, "Thunderbird", (0, "Thunderbird")),
        (60, "Thunderbird", (0, "Thunderbird")),
        (120, "Google", (120, "Google")),
        (421, "Google", (421, "Google")),
        (300, "Late\nwriter " + "x" * 300, (421, "Google")),
    ):
        desk.note_calendar_fetch(token, at=at + timedelta(seconds=seconds), agent=agent)
        token = desk.calendar_tokens()[0]
        assert (token.last_used_at, token.last_used_by) == (at + timedelta(seconds=expected[0]), expected[1])
    with desk.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM calendar_token_use")) == 1
