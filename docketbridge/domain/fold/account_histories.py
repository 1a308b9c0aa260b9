"""Tells a portal's account history, filed by one side, from the joint report that a program wants (LMP VII.C)."""

from __future__ import annotations

import re

_HISTORY = re.compile(
    r"\baccount(?:\s+activity)?\s+histor(?:y|ies)\b|\bportal\s+(?:account\s+)?(?:histor(?:y|ies)|record)\b", re.IGNORECASE
)
_OF_A_PORTAL = re.compile(r"\bportal\b|\bDMM\b|\bloss mitigation\b|\bLMP?\b|\bmortgage modification\b", re.IGNORECASE)
_JOINT = re.compile(r"\bjoint(?:ly)?\b(?!\s+debtor)", re.IGNORECASE)
# What goes with a paper is not the paper: what is attached, and what comes in brackets of the clerk.
_BESIDE = re.compile(
    r"\([^()]*\)|\b(?:with|attaching|attached|enclosing|together with|including|exhibits?|and)\s+(?:a |an |the |copy of |its )*"
    r"(?:(?:DMM|loss mitigation|LM)\s+)?(?:portal\s+)?account(?:\s+activity)?\s+histor(?:y|ies)",
    re.IGNORECASE,
)


def is_account_history(text: str) -> bool:
    """Whether an entry's text says that the paper filed is a portal's account history.

    A report that comes with a history attached is a report; so is one that calls itself joint. The history of payments on a
    loan is another thing: the text must speak of the portal or of loss mitigation.
    """
    if _HISTORY.search(text) is None or _OF_A_PORTAL.search(text) is None or _JOINT.search(text) is not None:
        return False
    return _HISTORY.search(_BESIDE.sub(" ", text)) is not None
