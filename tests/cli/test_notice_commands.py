"""The commands `subscription` and `notice`: who is told of what, what is due, what became of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.receivers import MailServer, serving

REPORTS = Path(__file__).parents[1] / "sample_court" / "feeds" / "docket-reports"


@pytest.fixture
def mailbox():
    server = MailServer()
    serving(server)
    yield server.box
    server.shutdown()
    server.server_close()


@pytest.fixture
def tell(tmp_path, say, mailbox, monkeypatch):
    """Run a command on an instance of its own whose mail goes to a receiver here; the day is 29 July 2026."""
    monkeypatch.setenv("DOCKETBRIDGE_FOLDER", str(tmp_path))
    (tmp_path / "docketbridge.toml").write_text(
        f"""
site_address = "https://lm.court.example"
mail_host = "127.0.0.1"
mail_port = {mailbox.port}
mail_security = "none"
mail_from = "notes@court.example"
notice_days = 90
""",
        encoding="utf-8",
    )

    def run(*words, day="2026-07-29"):
        return say("--today", day, *words)

    assert run("user", "add", "clara", "--role", "clerk", "--email", "clara@court.example", "--no-password")[0] == 0
    return run


def _intake(tell, name, day):
    assert tell("intake", next(REPORTS.glob(name)), day=day)[0] == 0


def test_a_person_follows_is_told_and_ends_it(tell, mailbox):
    _intake(tell, "26-10008_2026-07-02*", "2026-07-02")
    code, out, _ = tell("subscription", "add", "clara", "--scope", "case:26-10008")
    assert (code, out.split()[:2]) == (0, ["subscription", "1:"])
    _intake(tell, "26-10008_2026-08-19*", "2026-08-19")
    code, out, err = tell("notice", "deliver", day="2026-08-19")
    assert (code, err) == (0, "")
    sent = int(out.split()[0])
    assert sent == len(mailbox.messages)
    assert sent >= 1
    told = [json.loads(line) for line in tell("notice", "list", "--json", "--person", "clara")[1].splitlines()]
    assert {(each["state"], each["matter"]) for each in told} == {("sent", "zzb-26-10008-1")}
    assert tell("notice", "replay", told[0]["id"])[0] == 0
    assert tell("notice", "deliver")[1].startswith("1 sent")
    assert len(mailbox.messages) == sent + 1
    assert len({message["Message-ID"] for message in mailbox.messages}) == sent
    listed = [json.loads(line) for line in tell("subscription", "list", "--json")[1].splitlines()]
    assert [(each["account"], each["scope"], each["channel"]) for each in listed] == [("clara", "case:26-10008", "mail")]
    assert tell("subscription", "remove", "1")[0] == 0
    assert tell("subscription", "list")[1] == "nobody is told of anything\n"
    what = [json.loads(line)["what"] for line in tell("audit", "export")[1].splitlines()]
    assert {"subscribed", "unsubscribed", "sent_again"} <= set(what)


def test_the_digest_of_a_court_day_is_made_and_sent(tell, mailbox):
    _intake(tell, "26-10123_2026-07-29*", "2026-07-29")
    code, out, _ = tell("subscription", "digest", "clara", "--at", "06:15")
    assert (code, out) == (0, "clara: digest on court days of zzb from 06:15\n")
    assert tell("notice", "digest")[1] == "1 digests made\n"
    assert tell("notice", "digest")[1] == "0 digests made\n"
    assert tell("notice", "digest", day="2026-08-01")[1] == "0 digests made\n", "a Saturday"
    assert tell("subscription", "list", "clara")[1].strip() == "clara  digest on court days of zzb from 06:15"
    assert "waiting" in tell("notice", "list")[1]
    assert tell("subscription", "digest", "clara", "--off")[1] == "clara: digest off\n"
    assert mailbox.messages == []


@pytest.mark.parametrize(
    "words",
    [
        ("subscription", "add", "nobody"),
        ("subscription", "add", "clara", "--wish", "gossip"),
        ("subscription", "add", "clara", "--scope", "matter:zzb-26-99999-1"),
        ("subscription", "add", "clara", "--channel", "pigeon"),
        ("subscription", "remove", "7"),
        ("subscription", "digest", "clara", "--at", "noon", "--court", "zzb"),
        ("subscription", "digest", "clara"),
        ("notice", "replay", "7"),
        ("notice", "list", "--state", "lost"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(tell, words):
    code, out, err = tell(*words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_mail_that_is_set_wrongly_is_said_and_holds_nothing_else_up(tell, tmp_path):
    file = tmp_path / "docketbridge.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"none"', '"carrier pigeon"'), encoding="utf-8")
    code, out, err = tell("notice", "deliver")
    assert (code, out) == (0, "0 sent, 0 put off, 0 given up, 0 withheld\n")
    assert "held up: mail_security wants starttls, tls, none" in err


_HOOK = '[[webhook]]\nname = "hub"\naddress = "https://h.example/"\nsecret_from = "S"\n'


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('[[webhook]]\nname = "hub"', "[[webhook]] 1: address is missing"),
        (f'{_HOOK}private = "yes"', "private wants true or false"),
        (f'{_HOOK}secret = "x"', "no key 'secret'"),
        (f"{_HOOK}{_HOOK}", "name 'hub' is used twice"),
        ("webhook = 3", "webhook wants tables, written [[webhook]]"),
    ],
)
def test_a_webhook_that_is_set_wrongly_names_its_key(tell, tmp_path, table, words):
    (tmp_path / "docketbridge.toml").write_text(table, encoding="utf-8")
    code, _, err = tell("notice", "list")
    assert code == 2
    assert words in err
