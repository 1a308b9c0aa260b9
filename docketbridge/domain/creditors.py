"""When two names mean one creditor: banks, servicers and trustees under their many spellings."""

from __future__ import annotations

import re

_ROLE = re.compile(
    r"\b(?:as (?:indenture |owner |successor )?(?:trustee|servicer|servicing agent|agent|nominee)(?: for| of)?"
    r"|(?:by and through )?its (?:servicer|servicing agent|attorney[- ]in[- ]fact|assignees and/or successors"
    r"|successors and/or assigns|successors and assigns|successors or assigns)"
    r"|(?:successor|successors) (?:in interest (?:to|from)|by merger (?:to|with))"
    r"|servicer for|servicing agent for|servicer to|c/o|d/?b/?a|dba|f/?k/?a|formerly known as|a/?k/?a"
    r"|not in its individual capacity)\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:n\.? ?a\.?|national association|l\.?l\.?c\.?|inc\.?|incorporated|corp\.?|corporation|co\.?|company"
    r"|l\.?p\.?|ltd\.?"
    r"|f\.?s\.?b\.?|s\.?s\.?b\.?|p\.?l\.?c\.?|the)(?![a-z])",
    re.IGNORECASE,
)
_NOISE = re.compile(r"[^a-z0-9]+")


def _bare(name: str) -> str:
    return _NOISE.sub(" ", _FORM.sub(" ", name.lower().replace("&", " and "))).strip()


def creditor_names(name: str) -> frozenset[str]:
    """The bare names inside one printed name: the holder, and whom it is trustee, servicer or successor for."""
    parts = _ROLE.split(name)
    bare = (_bare(part) for piece in parts for part in piece.split(","))
    return frozenset(part for part in bare if len(part) > 2)


def same_creditor(one: str | None, other: str | None) -> bool:
    """Whether two printed names share a bare name: `Ocean Bank, N.A.` and `OCEAN BANK as servicer for X Trust`."""
    if not one or not other:
        return False
    return bool(creditor_names(one) & creditor_names(other)) or _bare(one) == _bare(other) != ""
