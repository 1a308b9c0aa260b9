"""Who filed: the role and name a docket text gives, by its last "Filed by" outside brackets or "on behalf of"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docketbridge.domain.quick_making import quickly

_ROLES = (
    ("joint", r"joint\W+(?:parties|motion)\b"),
    ("debtor", r"(?:joint )?debtors?(?: and joint debtor| in possession|\(s\))?"),
    ("ust", r"(?:assistant |acting )?(?:u\.? ?s\.?|united states) trustee|us trustee"),
    ("trustee", r"(?:standing |chapter \d+ |interim |ch\.? ?\d+ )*trustee"),
    ("mediator", r"mediator"),
    ("interested_party", r"interested part(?:y|ies)|other professional|attorney"),
    ("creditor", r"(?:secured |unsecured )?creditors?|lender|servicer|mortgagee|loan servicer|movant"),
    ("other", r"partner|defendants?|plaintiffs?|respondent|petitioner|third party|intervenor|unknown|witness"),
)
_ROLE = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _ROLES) + r"(?=\b)", re.IGNORECASE)
# Every way begins with one sign, so that the search goes from sign to sign.
_ENDS = re.compile(
    r"\.\s*$|\.\.|\(|\.(?<!\b\w\.)(?<!\b[JS]r\.)(?<!\bSt\.) (?=[A-Z][a-z]+)|,\s*$|;"
    r"| (?:(?:responses?|objections?) (?:due|deadline)|with (?:hearing|presentment)|re:"
    r"|(?:objections?|hearing|last day|case upload|the hearing|signed on|entered on|fee amount|on behalf of"
    r"|to (?:dismiss|convert|approve|extend|reinstate|lift|file|for)|for (?:relief|order|approval|sale))\b)",
    re.IGNORECASE,
)
# "Filed by Debtor A, Creditor B": both sides file.
_FURTHER = re.compile(r",? (?:and )?(?:secured )?(?:debtors?|creditors?),? (?=[A-Z])", re.IGNORECASE)
_OPPOSITES = {"debtor": "creditor", "creditor": "debtor"}
_DOTTED = ("N.A", "Inc", "Corp", "L.P", "Jr", "Sr", "F.S.B", "Co", "L.L.C", "P.C", "P.A")
_COMPANY = re.compile(
    r"\b(?:bank|n\.?\s?a\.?|llc|l\.l\.c|inc|corp(?:oration)?|servic\w+|mortgage|loans?|financial|trust"
    r"|association|f\.?s\.?b|credit union|company|co|savings|"
    r"l\.?p|l\.?l\.?p|fund|lending|lenders?|capital|funding|holdings?|national|federal|credit|fargo|chase"
    r"|home|properties|investments?|department|authority|county|city|state|agency|housing|"
    r"homeowners|condominium|partners|group|securities|finance)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filer:
    """Who filed: `role` as the text names it, and the `name` of the party, not of counsel."""

    role: str | None
    name: str | None

    @property
    def guess(self) -> str | None:
        """The role that the party has by the look of its name."""
        return look(self.name) if self.name else None


_filer = quickly(Filer)
_NOBODY = Filer(role=None, name=None)


def _last_filing(low: str) -> int | None:
    """The place after the last "filed by" that stands in no bracket."""
    place = low.rfind("filed by ")
    while place >= 0:
        inside = low.count("(", 0, place) > low.count(")", 0, place)
        if not inside and not low.endswith("be ", 0, place):
            return place + 9
        place = low.rfind("filed by ", 0, place)
    return None


def _role_and_name(text: str) -> tuple[str | None, str]:
    found = _ROLE.match(text)
    if found is None or (found.end() < len(text) and text[found.end()].isalnum()):
        return None, text
    return found.lastgroup, text[found.end() :].lstrip(" ,.'s")


def read_filer(plain: str) -> Filer:
    """Read the filer of an entry from its own words.

    The last "Filed by" outside brackets is the filer's: courts print the target's filer, in brackets or not, before it.
    """
    low = plain.lower()
    place = _last_filing(low)
    behalf = low.find("on behalf of ", place or 0)
    start = behalf + 13 if behalf >= 0 else place
    if start is None:
        return _NOBODY
    rest = plain[start:]
    role, named = _role_and_name(rest)
    if role is None and behalf >= 0 and place is not None:
        role = _role_and_name(plain[place:])[0]
    end = _ENDS.search(named)
    if role in _OPPOSITES and _OPPOSITES[role] in named.lower():
        further = _FURTHER.search(named, 0, end.start() if end else 120)
        if further is not None and _OPPOSITES[role] in further[0].lower():
            role, end = "joint", further
    name = " ".join(named[: end.start() if end else 120].strip(" .,").split())
    if name.endswith(_DOTTED):
        name += "."
    return _filer(role=role, name=name or None)


@lru_cache(maxsize=4096)
def look(name: str) -> str | None:
    """What a party looks like by its name alone: firms are creditors, persons debtors; None where it cannot be told."""
    if not name:
        return None
    if _COMPANY.search(name):
        return "creditor"
    words = name.replace(",", " ").split()
    return "debtor" if 1 < len(words) <= 8 and not any(sign.isdigit() for sign in name) else None
