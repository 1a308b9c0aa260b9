"""API tokens at the command line: given out with the secret shown once, listed without it, revoked."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def ledger(say, tmp_path):
    at = ("--database", f"sqlite:///{tmp_path / 'l.sqlite'}")
    for account, role in (("cleo", ("--role", "clerk")), ("tess", ("--role", "trustee", "--id", "tess-trustee"))):
        assert say(*at, "user", "add", account, *role, "--no-password")[0] == 0
    return at


def test_a_token_s_secret_is_printed_once_and_the_list_tells_what_it_is_for(say, ledger):
    code, out, err = say(*ledger, "token", "add", "cleo", "--name", "the nightly script", "--scope", "read:matters")
    assert (code, out.startswith("dbt_"), "shown once" in err) == (0, True, True)
    code, out, _ = say(
        *ledger, "token", "add", "cleo", "--name", "intake", "--scope", "write:intake", "--scope", "read:health", "--json"
    )
    told = json.loads(out)
    assert (told["scopes"], told["state"]) == (["read:health", "write:intake"], "live")
    _, out, _ = say(*ledger, "token", "list", "--json")
    kept = [json.loads(line) for line in out.splitlines()]
    assert [each["name"] for each in kept] == ["the nightly script", "intake"]
    assert told["secret"] not in out
    assert say(*ledger, "token", "list", "--account", "tess")[1].startswith("no API tokens")


def test_a_revoked_token_is_told_as_such_and_cannot_be_revoked_again(say, ledger):
    told = json.loads(say(*ledger, "token", "add", "cleo", "--name", "x", "--scope", "read:matters", "--json")[1])
    code, out, _ = say(*ledger, "token", "revoke", told["id"])
    assert (code, out) == (0, f"{told['id']}: ended; it was cleo's, for x\n")
    assert say(*ledger, "token", "list")[1].endswith("revoked\n")
    assert say(*ledger, "token", "revoke", told["id"])[0] == 2
    assert say(*ledger, "token", "revoke", "none-such")[0] == 2


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        (("tess", "--name", "x", "--scope", "write:decisions"), "does not go with a trustee"),
        (("nobody", "--name", "x", "--scope", "read:matters"), "no account 'nobody'"),
        (("cleo", "--name", " ", "--scope", "read:matters"), "a token has a name"),
        (("cleo", "--name", "x", "--scope", "read:everything"), "read:everything"),
        (("cleo", "--name", "x"), "--scope"),
        (("cleo", "--name", "x", "--scope", "read:matters", "--expires", "2020-01-01"), "366 days at most"),
        (("cleo", "--name", "x", "--scope", "read:matters", "--expires", "2099-01-01"), "366 days at most"),
    ],
)
def test_a_token_that_cannot_be_is_refused_in_one_line(say, ledger, told, complaint):
    code, out, err = say(*ledger, "token", "add", *told)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert complaint in err
