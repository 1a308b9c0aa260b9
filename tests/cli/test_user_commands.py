"""`user` says who may sign in, as what; a password is never an argument."""

from __future__ import annotations

import io
import json

import pytest

from docketbridge.cli import users

HERONS = "seven herons on a mudflat\n"


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKETBRIDGE_FOLDER", str(tmp_path))
    return ("--database", f"sqlite:///{tmp_path / 'ledger.sqlite'}")


@pytest.fixture
def typed(monkeypatch):
    def type_in(words: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(words))

    return type_in


def test_a_person_is_added_listed_disabled_and_let_in_again(say, ledger, typed):
    typed(HERONS)
    code, told, _ = say(
        *ledger, "user", "add", "DFL", "--role", "judge", "--id", "DFL", "--name", "Delphine F. Larrabee", "--password-stdin"
    )
    assert (code, told) == (0, "dfl: judge, may sign in\n")
    (line,) = say(*ledger, "user", "list", "--json")[1].splitlines()
    shown = json.loads(line)
    assert {key: shown[key] for key in ("account", "role", "id", "name", "active", "has_password", "matters")} == {
        "account": "dfl",
        "role": "judge",
        "id": "dfl",
        "name": "Delphine F. Larrabee",
        "active": True,
        "has_password": True,
        "matters": [],
    }
    assert "argon2" not in line
    assert say(*ledger, "user", "disable", "dfl", "--reason", "left")[1] == "dfl: disabled\n"
    assert "disabled" in say(*ledger, "user", "list")[1]
    assert say(*ledger, "user", "disable", "dfl")[0] == 2
    assert say(*ledger, "user", "enable", "dfl")[0] == 0
    typed("nine terns over the breakwater\n")
    assert "every visit ended" in say(*ledger, "user", "password", "dfl", "--password-stdin")[1]


def test_nobody_yet_says_what_to_run(say, ledger):
    assert "docketbridge user add NAME --role clerk" in say(*ledger, "user", "list")[1]
    assert say(*ledger, "user", "list", "--json")[1] == ""


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "x y", "--role", "clerk"), "2 to 64 letters"),
        (("add", "cc", "--role", "emperor"), "emperor"),
        (("add", "cc", "--role", "mediator"), "wants an id"),
        (("add", "cc", "--role", "debtor_side"), "name one at least"),
        (("add", "cc", "--role", "debtor_side", "--matter", "zzb-26-1-1"), "no matter 'zzb-26-1-1'"),
        (("add", "cc", "--role", "clerk", "--no-password"), "do not go together"),
        (("password", "nobody"), "no account 'nobody'"),
    ],
)
def test_what_cannot_be_ends_in_one_plain_line(say, ledger, typed, arguments, why):
    typed(HERONS)
    code, told, err = say(*ledger, "user", *arguments, "--password-stdin")
    assert (code, told) == (2, "")
    assert why in err
    assert err.count("\n") == 1
    assert "herons" not in err


def test_a_password_is_not_asked_for_in_a_pipe_and_never_given_as_an_argument(say, ledger, typed):
    typed("")
    assert "give it with --password-stdin" in say(*ledger, "user", "add", "cc", "--role", "clerk")[2]
    assert "holds no password" in say(*ledger, "user", "add", "cc", "--role", "clerk", "--password-stdin")[2]
    assert not any("password" in option and "stdin" not in option for option in _options(users.add_command) - {"--no-password"})


def _options(command) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


def test_the_site_is_served_to_other_machines_only_once_somebody_can_sign_in(say, ledger):
    code, _, err = say(*ledger, "serve", "--host", "192.0.2.1")
    assert code == 2
    assert "docketbridge user add" in err
