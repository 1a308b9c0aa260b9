"""The conflict check of an assignment: the parties' names against those whom a mediator names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docketbridge.api import MatterFile

_WORD = re.compile(r"\w{2,}")
_COMMON = frozenset(
    {
        *("llc", "llp", "inc", "corp", "co", "company", "bank", "na", "trust", "the", "of", "and", "as", "for", "home"),
        *("servicer", "servicing", "trustee", "mortgage", "loan", "loans", "national", "association", "federal"),
        *("savings", "credit", "union", "group", "services", "jr", "sr", "ii", "iii", "esq"),
    }
)


def conflicts_in(file: MatterFile, known: Iterable[str]) -> tuple[str, ...]:
    """The parties and counsel of the case that a name the mediator knows could be: each as the docket prints it.

    A name fits when all its telling words stand in the other; too many rather than too few.
    """
    names = parties_of(file)
    wanted = [words for name in known if (words := _telling(name))]
    return tuple(name for name in names if any(_fits(words, _telling(name)) for words in wanted))


def parties_of(file: MatterFile) -> Sequence[str]:
    """Every name in the case: parties, their counsel, and what the matter's creditor and servicer were ever called."""
    names = [party.name for party in file.case.parties]
    names += [counsel.name for party in file.case.parties for counsel in party.counsel]
    names += file.matter.names
    return tuple(dict.fromkeys(names))


def _telling(name: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(name.casefold().replace("’", "").replace("'", "")))
    return words - _COMMON or words


def _fits(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and (one <= other or other <= one)
