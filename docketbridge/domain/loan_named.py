"""What a docket text names of a loan: the property, the creditor and servicer, the lien, the mediator."""

from __future__ import annotations

import re

from docketbridge.domain.filers import Filer, look

_ADDRESS = re.compile(
    r"(?:\bre:?|\bas to|\bregarding|\blocated at|\bproperty:?|\bproperty at|\bknown as|\baddress:?|\bon|,"
    r"|\()\s*((?:\d{1,6}(?:-\d+)?)\s+(?:[NSEW]\.? )?[A-Z0-9][\w.'’#/ -]*?(?:,[ \w.#'-]{2,40}){0,4}?"
    r"(?:,?\s+[A-Z]{2}\.?(?:\s+\d{5}(?:-\d{4})?)?"
    r"|,\s*(?:[A-Z][a-z]+ ?){1,2}(?:\s+\d{5}(?:-\d{4})?)?))(?=\s*(?:[.;()]|$|filed|fee|with|Filed|Fee"
    r"|signed|objection))"
)
_STREET = re.compile(
    r"\b(?:st(?:reet)?|ave(?:nue)?|r(?:oa)?d|dr(?:ive)?|lane|ln|court|ct|way|blvd|boulevard|place|pl"
    r"|landing|terrace|circle|cir|highway|hwy|trail|parkway|pkwy|loop|row|square|path|run|point|ridge|hill)\b",
    re.IGNORECASE,
)
_CREDITOR = re.compile(
    r"\b(?:[Ww]ith|[Aa]s to|[Aa]gainst|for|by|of|to|from|and) (?:[Ss]ecured )?[Cc]reditor,? ((?:[A-Z0-9][\w.&'’,-]*|of"
    r"|and|as|for|d/b/a|f/k/a|n/a|&)(?: (?:[A-Z0-9][\w.&'’,-]*|of|and|as|for|in|the|d/b/a|f/k/a|s/b/m|c/o|&))*)"
)
_FIRM = re.compile(
    r"\b(?:with|as to|against|[Dd]ebtor and) ((?:[A-Z][\w.&'’-]*|of|and|as|for|&)(?:,? (?:[A-Z][\w.&'’-]*|of|and|as|for|&))*)"
)
_SERVICER = re.compile(
    r"\b(?:serviced by|servicer,?|servicing agent|by its servicer|c/o) ((?:[A-Z][\w.&'’,-]*|of"
    r"|&)(?: (?:[A-Z][\w.&'’,-]*|of|and|&))*)"
)
_LIEN = re.compile(
    r"\b(first|second|third|1st|2nd|3rd|junior|senior)(?: priority)?[ -](?:mortgages?|lien|deed of trust"
    r"|position|trust deed|lienholder)",
    re.IGNORECASE,
)
_LIENS = {"1st": "first", "2nd": "second", "3rd": "third", "senior": "first"}
_MEDIATORS = (
    re.compile(r"(?:Mediator|mediator|MEDIATOR)\s*(?:[-–:,]|is|of)\s*((?:[A-Z][\w.'’-]+ ?){2,5})"),
    re.compile(
        r"(?:Appoint|appoint|APPOINT|Designat|designat|Select|select|Assign|assign)\w*(?: of)?\s+(?!Mortgage"
        r"|Loan|Loss|Successor|Program|LM|MMM"
        r"|Mediat)((?:[A-Z][\w.'’-]+ ){1,4}[A-Z][\w.'’-]+),?(?: Esq\.?,?)? (?:as|to serve|to act)"
    ),
    re.compile(
        r"[Mm]ediator (?:(?:of )?((?:(?!Filed\b|Program\b|Selection\b"
        r"|In\b)[A-Z][\w.'’-]+ ){1,3}(?!Filed\b)[A-Z][\w.'’-]+))(?= Filed| filed|$|[.,(])"
    ),
)


def property_address(plain: str) -> str | None:
    """The street address a text names, as printed."""
    for found in _ADDRESS.finditer(plain):
        if _STREET.search(found[1]):
            return " ".join(found[1].split()).strip(" ,.")
    return None


def _named(pattern: re.Pattern[str], plain: str) -> str | None:
    found = pattern.search(plain)
    return (
        re.split(r"\s+(?:Filed|filed|Re|RE)\b", found[1])[0].strip(" ,.")
        + ("." if found[1].rstrip(", ").endswith(("N.A.", "Inc.", "Corp.")) else "")
        if found
        else None
    )


def creditor_named(plain: str, filer: Filer) -> str | None:
    """The creditor named as such, else the filer in that role, else a firm the entry is with or against."""
    named = _named(_CREDITOR, plain) if "reditor" in plain else None
    if named or filer.role == "creditor":
        return named or filer.name
    firm = _named(_FIRM, plain)
    return firm if firm and look(firm) == "creditor" else None


def lien_position(plain: str) -> str | None:
    """`first`, `second`, `third` or `junior`, where the text says which lien or mortgage."""
    found = _LIEN.search(plain)
    return _LIENS.get(found[1].lower(), found[1].lower()) if found else None


def mediator_named(plain: str) -> str | None:
    """The mediator selected or appointed."""
    for pattern in _MEDIATORS:
        if (found := pattern.search(plain)) is not None:
            return re.split(r"\s+(?:Filed|filed|as)\b", found[1])[0].strip(" ,.")
    return None


def servicer_named(plain: str) -> str | None:
    """The servicer named as such."""
    return _named(_SERVICER, plain) if "ervic" in plain or "c/o" in plain else None
