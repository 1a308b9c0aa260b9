"""What a docket text names of a loan: the property, the creditor and servicer, the lien, the mediator."""

from __future__ import annotations

import re

from docketbridge.domain.detection.filers import Filer, look

_LEADS_TO_A_HOUSE = re.compile(
    r"(?:\bre:?|\bas to|\bregarding|\blocated at|\bproperty:?|\bproperty at|\bknown as|\baddress:?|\bon|,|\()\s*$"
)
# As far before a house number as the longest of those words and a blank.
_LED = 12
_ADDRESS = re.compile(
    r"((?:\d{1,6}(?:-\d+)?)\s+(?:[NSEW]\.? )?[A-Z0-9][\w.'’#/ -]*?(?:,[ \w.#'-]{2,40}){0,4}?"
    r"(?:,?\s+[A-Z]{2}\.?(?:\s+\d{5}(?:-\d{4})?)?"
    r"|,\s*(?:[A-Z][a-z]+ ?){1,2}(?:\s+\d{5}(?:-\d{4})?)?))(?=\s*(?:[.;()]|$|filed|fee|with|Filed|Fee"
    r"|signed|objection))"
)
_STREET = re.compile(
    r"\b(?:st(?:reet)?|ave(?:nue)?|r(?:oa)?d|dr(?:ive)?|lane|ln|court|ct|way|blvd|boulevard|place|pl"
    r"|landing|terrace|circle|cir|highway|hwy|trail|parkway|pkwy|loop|row|square|path|run|point|ridge|hill)\b",
    re.IGNORECASE,
)
# A street without its town: "as to 14 Cove Road".
_HOUSE = re.compile(r"\d{1,6}(?:-\d+)?\s+(?:[NSEW]\.? )?[A-Z0-9]")
_SHORT_ADDRESS = re.compile(
    r"\b(?:[Rr]e:?|RE:?|[Aa]s to|[Ll]ocated at|[Pp]roperty:?(?: at)?)"
    r" (\d{1,6}(?:-\d+)? (?:[NSEW]\.? )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}"
    r" (?:St|Street|Ave|Avenue|Road|Rd|Drive|Dr|Lane|Ln|Court|Ct|Way|Blvd"
    r"|Boulevard|Place|Terrace|Circle|Highway|Parkway|Landing)\b)"
)
_NAME = r"(?:[A-Z0-9][\w.&'’/-]*|of|and|as|for|in|the|d/b/a|f/k/a|n/k/a|s/b/m|c/o|&)"
_CREDITOR = re.compile(
    rf"\b(?:[Ww]ith|[Aa]s to|[Aa]gainst|[Bb]etween|for|by|of|to|from|and|on|[Rr]e:?) (?:[Ss]ecured )?[Cc]reditor,?"
    rf" ((?:[A-Z0-9][\w.&'’/-]*)(?:,? {_NAME})*)"
)
_FIRM = re.compile(
    rf"\b(?:[Cc]hecked,|[Ww]ith|[Aa]s to|[Aa]gainst|[Bb]etween|[Dd]ebtors? and|[Rr]e:?)"
    rf" (?!Certificate|Proof|Notice|Order|Motion|Debtor|Creditor|Hearing|Affidavit|Exhibit"
    rf"|Real Property|Loss|Mortgage|Loan|Relief)((?:[A-Z][\w.&'’/-]*)(?:,? {_NAME})*)"
)
# What follows a name and is none of it: another party, or a connective that leads on.
_AFTER_A_NAME = re.compile(
    r", \d+ [A-Z].*$|,? (?:and )?(?:(?:[Jj]oint )?[Dd]ebtors?\b|[Tt]rustee [A-Z]"
    r"|(?:Filed|filed|Re|RE|Signed|Granted|Denied|Consents?)\b).*$|'s$|’s$"
)
_SENTENCE_END = re.compile(
    r"(?<=[a-z]{4})\. |(?<=\d{4})\. |(?<=\bLLC)\. |(?<=\bFSB)\. "
    r"|(?<=N\.A)\.? (?=(?:Objection|Response|Hearing|The|Fee)\w*\b)"
)
_CONNECTIVES = frozenset({"of", "and", "as", "for", "in", "the", "&", "c/o", "d/b/a", "f/k/a", "n/k/a"})
_SERVICER = re.compile(
    r"\b(?:serviced by|servicer,?|servicing agent|by its servicer|c/o) ((?:[A-Z][\w.&'’,-]*|of"
    r"|&)(?: (?:[A-Z][\w.&'’,-]*|of|and|&))*)"
)
_LIEN = re.compile(
    r"\b(first|second|third|1st|2nd|3rd|junior|senior)(?: priority)?[ -](?:mortgages?|lien|deed of trust"
    r"|position|trust deed|lienholder)",
)
_LIEN_WORDS = ("mortgage", "lien", "deed", "position")
_LIENS = {"1st": "first", "2nd": "second", "3rd": "third", "senior": "first"}
_MEDIATORS = (
    re.compile(
        r"((?:[A-Z](?:[\w'’-]+|\w{0,2}\.) ){2,5})(?:,? Esq\.?,? )?(?:is|was|has been|be)(?: hereby)?"
        r" (?:appoint|designat|select|assign)ed\b"
    ),
    re.compile(r"(?:Mediator|mediator|MEDIATOR)\s*(?:[-–:,]|is|of)\s*((?:[A-Z][\w.'’-]+ ?){2,5})"),
    re.compile(
        r"(?:Appoint|appoint|APPOINT|Designat|designat|Select|select|Assign|assign)\w*(?: of)?\s+(?!Mortgage"
        r"|Loan|Loss|Successor|Program|LM|MMM"
        r"|Mediat)((?:[A-Z][\w.'’-]+ ){1,4}[A-Z][\w.'’-]+),?(?: Esq\.?,?)? (?:as|to serve|to act)"
    ),
    re.compile(
        r"[Mm]ediator (?:(?:of )?((?:(?!Filed\b|Program\b|Selection\b"
        r"|In\b)[A-Z][\w.'’-]+ ){1,3}(?!Filed\b)[A-Z][\w.'’-]+))(?= Filed| filed| in | for | as |$|[.,(])"
    ),
)


def property_address(plain: str) -> str | None:
    """The street address a text names, as printed."""
    house = _HOUSE.search(plain)
    if house is None:
        return None
    while house is not None:
        place = house.end()
        if _LEADS_TO_A_HOUSE.search(plain, max(house.start() - _LED, 0), house.start()):
            found = _ADDRESS.match(plain, house.start())
            if found is not None and _STREET.search(found[1]):
                return " ".join(found[1].split()).strip(" ,.")
            place = found.end() if found is not None else place
        house = _HOUSE.search(plain, place)
    short = _SHORT_ADDRESS.search(plain)
    return short[1].strip(" ,.") if short else None


def _named(pattern: re.Pattern[str], plain: str) -> str | None:
    found = pattern.search(plain)
    return _bare_name(found[1]) if found else None


def _bare_name(found: str) -> str | None:
    """A name without what follows it: further parties, an address, connectives, a sentence after it."""
    words = _AFTER_A_NAME.sub("", _one_sentence(found)).split()
    while words and words[-1].strip(",.").lower() in _CONNECTIVES:
        words.pop()
    name = " ".join(words)
    return (name.rstrip(" ,") if name.endswith(("N.A.", "Inc.", "Corp.", "L.P.", "Co.")) else name.strip(" ,.")) or None


def _one_sentence(name: str) -> str:
    """The name up to the first dot that ends a sentence and no abbreviation."""
    found = _SENTENCE_END.search(name)
    return name[: found.start()] if found else name


def creditor_named(plain: str, filer: Filer) -> str | None:
    """The creditor named as such, else the filer in that role, else a firm the entry is with or against or that filed it."""
    named = _named(_CREDITOR, plain) if "reditor" in plain else None
    if named or filer.role == "creditor":
        return named or filer.name
    for found in _FIRM.finditer(plain):
        firm = _bare_name(found[1])
        if firm and look(firm) == "creditor":
            return firm
    return filer.name if filer.role is None and filer.guess == "creditor" else None


def lien_position(plain: str) -> str | None:
    """`first`, `second`, `third` or `junior`, where the text says which lien or mortgage."""
    low = plain.lower()
    found = _LIEN.search(low) if any(word in low for word in _LIEN_WORDS) else None
    return _LIENS.get(found[1], found[1]) if found else None


def mediator_named(plain: str) -> str | None:
    """The mediator selected or appointed."""
    for pattern in _MEDIATORS:
        if (found := pattern.search(plain)) is not None:
            return re.split(r"\s+(?:Filed|filed|as)\b", found[1])[0].strip(" ,.")
    return None


def servicer_named(plain: str) -> str | None:
    """The servicer named as such."""
    return _named(_SERVICER, plain) if "ervic" in plain or "c/o" in plain else None
