"""Passwords: what one must be (NIST SP 800-63B-4, 3.1.1), and its Argon2id hash."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from string import digits

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from docketbridge.errors import UsageError

SHORTEST = 15
SHORTEST_WITH_SECOND_FACTOR = 8
LONGEST = 128
_ONE_OWN_WORD = 4

_HASHER = PasswordHasher()
# What a password is compared with where there is no such account, so that the answer takes as long.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$qTuu9LmjjsC/mml7R0LRtA$OeHgiJmhGfcKDcmBnGxw1yNq2vDOc2hHBXTsZjVHdys"


def hashed(password: str) -> str:
    """Hash a password (Argon2id, RFC 9106's second choice)."""
    return _HASHER.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one of this hash; without a hash it is not, and that takes as long."""
    try:
        return _HASHER.verify(kept or _NOBODY, _normal(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def check(password: str, *, own: Iterable[str] = (), second_factor: bool = False) -> None:
    """Refuse a password that is too short, too long, or one that others try first. Raises UsageError with what to do.

    At least 15 characters where it is the only factor, 8 with a second one; blocked are common passwords, one character or
    a run repeated, and the person's and the site's own words (`own`). There are no rules of composition.
    """
    text = _normal(password)
    least = SHORTEST_WITH_SECOND_FACTOR if second_factor else SHORTEST
    if len(text) < least:
        raise UsageError(f"a password wants at least {least} characters; several words make a good one")
    if len(text) > LONGEST:
        raise UsageError(f"a password wants at most {LONGEST} characters")
    bare = _bare(text)
    if bare in _common() or bare.strip(digits) in _common() or _is_a_run(bare):
        raise UsageError("this password is one of the first that others try; choose another")
    left = bare
    pieces = {_bare(piece) for each in own for piece in re.split(r"[\W_]+", each)}
    for word in sorted(pieces | _COURTS_OWN, key=len, reverse=True):
        if len(word) >= _ONE_OWN_WORD:
            left = left.replace(word, "")
    if left != bare and len(left.strip(digits)) < _ONE_OWN_WORD:
        raise UsageError("this password is made of your own or the site's name; choose another")


_COURTS_OWN = {
    "docketbridge",
    "bankruptcy",
    "court",
    "clerk",
    "judge",
    "trustee",
    "mediator",
    "password",
    "administrator",
    "admin",
}
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890", "1qaz2wsx3edc4rfv5tgb6yhn7ujm")


def _is_a_run(bare: str) -> bool:
    """One piece repeated, or a walk along the alphabet, the keyboard or the digits."""
    if re.fullmatch(r"(.+?)\1+.{0,3}", bare):
        return True
    return any(bare in (row * 3) or bare[::-1] in (row * 3) for row in _ROWS)


def _bare(text: str) -> str:
    """As a guesser sees it: letters and digits only, in lower case, with the usual stand-ins undone."""
    return re.sub(r"[\W_]+", "", text.casefold().translate(str.maketrans("@$!", "asi")))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@cache
def _common() -> frozenset[str]:
    told = (files("docketbridge.casework.people") / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(_bare(line) for line in told.splitlines() if line and not line.startswith("#"))
