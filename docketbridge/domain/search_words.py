"""The words a person looks for in dockets: words, "phrases in quotes", and -words that must not be there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docketbridge.errors import UsageError

LONGEST = 300
_MOST = 24
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """What must be found (each term a word or the words of a phrase, in order) and what must not."""

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...] = ()


def search_words(text: str) -> SearchWords:
    """Read what a person typed. Raises UsageError, in words for that person, where there is nothing to look for.

    Signs are no operators: `12-34567`, `N.A.` and `O'Hara` are looked for as the words in them, next to each other.
    """
    if len(text) > LONGEST:
        raise UsageError(f"That is more than {LONGEST} characters; a few words find more.")
    wanted: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    for minus, phrase, word in _TERM.findall(text):
        term = tuple(_WORDS.findall(phrase or word))
        if term:
            (unwanted if minus else wanted).append(term)
    if not wanted:
        raise UsageError(
            "Type a word to look for, such as: objection." if not unwanted else "Say what to find, not only what to leave out."
        )
    if len(wanted) + len(unwanted) > _MOST:
        raise UsageError(f"That is more than {_MOST} words; a few find more.")
    return SearchWords(wanted=tuple(wanted), unwanted=tuple(unwanted))
