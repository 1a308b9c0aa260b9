"""Which side a paper is of: who asks, who objects, whether both join in it, by its filer, its title and the look of a name."""

from __future__ import annotations

import re
from functools import lru_cache

from docketbridge.domain.detection.filers import Filer

# Each beside literals of which the title must hold one before the pattern is tried.
_BY_TITLE = (
    (
        "joint",
        ("joint", "both", "by debtor", "by the debtor"),
        re.compile(
            r"\bjoint (?:request|motion|application|notice|letter|stipulat)"
            r"|\bby (?:the )?debtor and (?:the )?creditor|\bboth parties\b",
        ),
    ),
    (
        "creditor",
        ("creditor", "lender", "servicer", "mortgagee", "bank"),
        re.compile(
            r"\b(?:creditor|lender|servicer|mortgagee|bank)'?s\b(?! default)|\bby (?:a |the )?(?:creditor|lender"
            r"|servicer)\b|^(?:secured )?creditor (?:request|motion|loss|status)",
        ),
    ),
    ("trustee", ("trustee",), re.compile(r"\btrustee'?s\b|\bby (?:the )?(?:chapter \d+ )?trustee\b")),
    (
        "debtor",
        ("debtor",),
        re.compile(
            r"\bdebtors?'?s?'? (?:request|motion|application|loss|notice|objection|opposition|response|status"
            r"|letter|withdrawal|voluntary|ex parte|emergency|verified|amended|joint|unopposed)"
            r"|\bby (?:the )?debtor\b|\bdebtor'?s'?\b",
        ),
    ),
)
_TARGET = re.compile(r"\b(?:to|of|re)\b")
_BEGINS = (
    (
        "ust",
        "trustee",
        re.compile(r"\W*(?:\w+ ){0,2}?(?:motion of (?:the )?)?(?:u\.? ?s\.?|united states) trustee", re.IGNORECASE),
    ),
    (
        "trustee",
        "trustee",
        re.compile(r"\W*(?:certification of default of )?(?:standing |chapter \d+ |ch\.? ?\d+ )*trustee\b", re.IGNORECASE),
    ),
    (
        "creditor",
        "r",
        re.compile(
            r"\W*(?:secured )?(?:(?:creditor|lender|servicer)'s\b|motion of creditor\b|affidavit - creditor\b)", re.IGNORECASE
        ),
    ),
    ("debtor", "debtor", re.compile(r"\W*(?:debtors?'s?'?\s|motion of debtor\b|affidavit - debtor\b)", re.IGNORECASE)),
)
_UST = re.compile(r"\b(?:u\.? ?s\.?|united states) trustee'?s?\b")
_JOINT = re.compile(
    r"\b(?:joint(?!\s+debtor)|jointly|agreed|(?:by|with) agreement|stipulat\w+|by consent|on consent"
    r"|with (?:the )?consent|consent (?:motion|order)|consented|unopposed by|both parties|by and between)\b"
)
_JOINT_WORDS = ("joint", "agree", "stipulat", "consent", "unopposed", "both", "between")
_ONE_SIDED = re.compile(
    r"\b(?:unilateral(?:ly)?|one-sided|not joint|without (?:the )?(?:consent|joinder|agreement) of"
    r"|refus\w+ to (?:sign|join))\b"
)
_ONE_SIDED_WORDS = ("unilateral", "one-sided", "not joint", "without", "refus")
_AMENDED = re.compile(
    r"^\W*(?:notice of |(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|debtor'?s|trustee'?s"
    r"|creditor'?s) ){0,2}(?:amend(?:ed|ment)|corrected|modified|supplemental and amended)\b",
    re.IGNORECASE,
)


def titled_party(head: str) -> str | None:
    """The side that a title names as the paper's own: `Creditor's Request`, `Motion by Debtor`."""
    low = head.lower()
    if "trustee" in low and _UST.search(low):
        return "ust"
    for party, needs, words in _BY_TITLE:
        for need in needs:
            if need in low:
                if words.search(low):
                    return party
                break
    return None


def party(head: str, filer: Filer, unsaid: str | None = "unspecified") -> str | None:
    """Who asks or objects: the filer's role, else the title's word, else the look of the filer's name."""
    if filer.role in ("debtor", "creditor", "trustee", "ust", "joint"):
        return filer.role if titled_party(head) != "joint" else "joint"
    return titled_party(head) or filer.guess or unsaid


def before_target(head: str) -> str:
    """The part of a title that names the filer's side: "Creditor's Objection", not "to Debtor's Request"."""
    return _TARGET.split(head, maxsplit=1)[0]


@lru_cache(maxsize=8192)
def title_says(head: str) -> tuple[bool, str | None]:
    """Whether a title says that its paper is an amended one, and the role its first words name; titles are boilerplate."""
    low = head.lower()
    begins = next((role for role, word, words in _BEGINS if word in low and words.match(head)), None)
    return _AMENDED.match(head) is not None, begins


def joined_in(plain: str) -> bool | None:
    """Whether both sides join in a paper; None where it does not say."""
    low = plain.lower()
    if _has(low, _ONE_SIDED_WORDS) and _ONE_SIDED.search(low):
        return False
    return True if _has(low, _JOINT_WORDS) and _JOINT.search(low) else None


def _has(low: str, words: tuple[str, ...]) -> bool:
    return any(word in low for word in words)
