"""Reads the parties of a docket report: names, types, aliases, addresses and counsel; never a social security or tax number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from docketbridge.api import Counsel, Party

from .html_text import Line, fold, lines_of, read_date

_RULE = re.compile(r"-{4,}")
# Numbers of persons; and, where a broken page runs on into the receipt, who looked the case up.
_PRIVATE = re.compile(
    r"(?:SSN|ITIN|EIN|Tax\s?-?\s?ID)\b[\s/A-Z]{0,12}:|\b[x\d]{3}-[x\d]{2}-\d{4}\b|\b(?:PACER Login|Client Code):", re.IGNORECASE
)
_ALIAS = re.compile(r"^(?:[a-z]{1,2}/?[kb]/?a|[a-z]{1,3}ba|aka|fka|dba|fdba|agent|also known as|formerly)\b", re.IGNORECASE)
_TERMINATED = re.compile(r"^TERMINATED:", re.IGNORECASE)
_SEE_ABOVE = re.compile(r"^\(?\s*see\s+above\b", re.IGNORECASE)
_COUNTED = re.compile(r"^(Debtor)\s+\d+$", re.IGNORECASE)
# One office, three spellings in the courts' tables of party types.
_U_S_TRUSTEE = re.compile(r"^(?:US|U\.\s*S\.|United\s+States)\s+Trustee$", re.IGNORECASE)
_UNKNOWN = "Unknown"
_DEBTORS = ("debtor", "debtor in possession")


@dataclass(slots=True, kw_only=True)
class _Book:
    """Contact lines already printed, by attorney: later the report says only `(See above for address)`."""

    contact: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_parties(tables: Iterable[etree._Element]) -> tuple[Party, ...]:
    """Read the parties from the tables between a report's head and its docket, in their order, each once.

    Bankruptcy cases print the type above each name, adversary proceedings once above several, over a rule of dashes.
    """
    book = _Book()
    parties: dict[Party, None] = {}
    for table in tables:
        heading: str | None = None
        for row in table.iter("tr"):
            cells = [cell for cell in row if cell.tag == "td"]
            if not cells:
                continue
            lines = _kept_lines(cells[0])
            printed, rest = _type_of(lines)
            if len(cells) < 3:
                heading = printed or heading
                continue
            if _RULE.search(" ".join(line.text for line in lines)):
                heading = printed
            party = _party(rest, printed or heading, _counsel(_kept_lines(cells[2]), book))
            if party is not None:
                parties[party] = None
    return tuple(parties)


def trustee_among(parties: Sequence[Party]) -> str | None:
    """Name the trustee of the case: the first party of that type who has not been terminated."""
    return next((each.name for each in parties if each.type.casefold() == "trustee" and each.terminated is None), None)


def debtor_among(parties: Sequence[Party]) -> str | None:
    """Name the first debtor, whose name is the title of a bankruptcy case."""
    return next((each.name for each in parties if each.type.casefold() in _DEBTORS), None)


def title_among(parties: Sequence[Party]) -> str | None:
    """Title an adversary proceeding by its first parties: `A v. B`."""
    plaintiff = next((each.name for each in parties if each.type.casefold() == "plaintiff"), None)
    defendant = next((each.name for each in parties if each.type.casefold() == "defendant"), None)
    return f"{plaintiff} v. {defendant}" if plaintiff and defendant else None


def _kept_lines(cell: etree._Element) -> list[Line]:
    """The lines of a cell that names somebody, less the private ones, wherever a broken page has put them."""
    if next(cell.iter("b", "strong"), None) is None:
        return []
    return [line for line in lines_of(cell) if not _PRIVATE.search(line.text)]


def _type_of(lines: Sequence[Line]) -> tuple[str | None, Sequence[Line]]:
    """Take the type off the lines of a party's cell."""
    if len(lines) > 1 and lines[0].bold and _RULE.fullmatch(lines[1].text):
        return _normal(lines[0].text), lines[2:]
    if lines and lines[0].bold and _RULE.search(lines[0].text):
        return _normal(_RULE.split(lines[0].text)[0]), lines[1:]
    if lines and lines[0].bold and lines[0].italic:
        return _normal(lines[0].text), lines[1:]
    return None, lines


def _normal(printed: str) -> str:
    words = fold(printed).rstrip(":")
    if _U_S_TRUSTEE.match(words):
        return "U.S. Trustee"
    return _COUNTED.sub(r"\1", words)


def _party(lines: Sequence[Line], kind: str | None, counsel: tuple[Counsel, ...]) -> Party | None:
    named = next((index for index, line in enumerate(lines) if line.bold), None)
    if named is None or (kind is None and not counsel and len(lines) < 2):
        return None
    address: list[str] = []
    alias: list[str] = []
    terminated = None
    awaited: str | None = None
    for line in lines[named + 1 :]:
        words = line.text
        if awaited is not None and line.bold and not line.italic:
            alias.append(f"{awaited} {words}")
            awaited = None
        elif (line.bold and line.italic) or (line.italic and _ALIAS.match(words)):
            # `aka` stands before the other name, or on a line of its own above it.
            whole = line.runs > 1
            if whole:
                alias.append(words)
            awaited = None if whole else words
        elif _TERMINATED.match(words):
            terminated = read_date(words)
        else:
            address.append(words)
    return Party(
        name=lines[named].text,
        type=kind or _UNKNOWN,
        address=tuple(address),
        counsel=counsel,
        alias=tuple(alias),
        terminated=terminated,
    )


def _counsel(lines: Sequence[Line], book: _Book) -> tuple[Counsel, ...]:
    """Read the attorneys of a cell: a name in bold, contact lines under it, roles in italics."""
    starts = [index for index, line in enumerate(lines) if line.bold]
    ends = [*starts, len(lines)][1:]
    return tuple(_attorney(lines[start], lines[start + 1 : end], book) for start, end in zip(starts, ends, strict=True))


def _attorney(name: Line, under: Sequence[Line], book: _Book) -> Counsel:
    contact = tuple(line.text for line in under if not line.italic)
    if any(_SEE_ABOVE.match(words) for words in contact):
        contact = book.contact.get(name.text, ())
    elif contact:
        book.contact[name.text] = contact
    return Counsel(name=name.text, contact=contact, roles=tuple(line.text for line in under if line.italic))
