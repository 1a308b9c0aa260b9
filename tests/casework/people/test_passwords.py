"""A password is long, not one that others try first, and otherwise whatever its person likes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docketbridge.casework.people import passwords
from docketbridge.casework.people.passwords import LONGEST, check, hashed, is_outdated, matches
from docketbridge.errors import UsageError
from tests.laws import law

OWN = ("perpetua.l", "Perpetua", "Lindqvist", "perpetua@court.example")


@pytest.mark.parametrize(
    "password",
    [
        "seven herons on a mudflat",
        "    spaces    count   ",
        "só longa ãçéñ palavra",
        "蒼い海の上を渡る七羽の鷺と一隻の船",
        "x9!kQ2#vLp0@zRt7",
        "p" + "erpetually moving tide",
        "a" * 3 + "different enough text" + "z" * 3,
    ],
)
def test_a_long_password_of_any_signs_will_do(password):
    check(password, own=OWN)


@pytest.mark.parametrize(
    "password",
    [
        "password1234567",
        "P@$$word12345678",
        "PasswordPassword",
        "123456789012345",
        "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "seagullsseagulls",
        "correct horse battery staple",
        "zyxwvutsrqponmlkj",
        "Docketbridge-2026!",
        "perpetua.lindqvist",
        "Lindqvist 1234567890",
        "BankruptcyCourt2026",
        "clerk clerk court court",
    ],
)
def test_what_others_try_first_will_not(password):
    with pytest.raises(UsageError):
        check(password, own=OWN)


def test_fifteen_are_enough_alone_and_eight_beside_a_second_factor():
    check("heron tide dune")
    with pytest.raises(UsageError, match="at least 15"):
        check("heron tide dun")
    check("herontid", second_factor=True)
    with pytest.raises(UsageError, match="at least 8"):
        check("heronti", second_factor=True)


def test_what_was_typed_is_in_no_refusal():
    for password in ("short", "password1234567", "y" * 200):
        with pytest.raises(UsageError) as refused:
            check(password)
        assert password not in str(refused.value)


def test_a_hash_is_of_its_password_only_and_differs_each_time():
    one, two = hashed("seven herons on a mudflat"), hashed("seven herons on a mudflat")
    assert one != two
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert matches(one, "seven herons on a mudflat")
    assert not matches(one, "seven herons on a mudflats")
    assert not matches(None, "seven herons on a mudflat")
    assert not matches("no hash at all", "seven herons on a mudflat")
    assert not is_outdated(one)


def test_the_same_letters_composed_otherwise_are_the_same_password():
    assert matches(hashed("sete garças na maré"), "sete garças na maré")


def test_the_list_of_common_passwords_is_there_and_ours():
    assert len(passwords._common()) > 300


@law(100)
@given(st.text(max_size=LONGEST + 20))
def test_any_text_is_taken_or_refused_in_words(password):
    try:
        check(password, own=OWN)
    except UsageError:
        return
    assert passwords.SHORTEST <= len(unicodedata.normalize("NFKC", password)) <= LONGEST
