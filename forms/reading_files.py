"""Small readings of a matter file in the shape that the facts schema has: days as ISO text, docket words as clean lines."""

from __future__ import annotations

import re
from datetime import date

from .schema_checking import unsafe_character

LINE = 240
_NO_ADDRESS = re.compile(r"SSN|ITIN|Tax ID|EIN|[A-Z][A-Z .'’-]*-[A-Z]{2}$")
"""What a docket report prints among a party's address lines and is none: numbers of persons, and the county."""

Json = dict[str, object]


def iso(day: date | None) -> str | None:
    """A day as `YYYY-MM-DD`."""
    return day.isoformat() if day else None


def line(text: str | None, longest: int = LINE) -> str | None:
    """A docket's words as one clean line: white space folded, characters no paper can show left out."""
    if text is None:
        return None
    clean = "".join(letter for letter in " ".join(text.split()) if unsafe_character(letter) is None)
    return clean[:longest].strip() or None


def lines(texts: tuple[str, ...]) -> list[str]:
    """Clean lines of an address or a contact, eight at most."""
    return [clean for each in texts if (clean := line(each))][:8]


def address_lines(texts: tuple[str, ...]) -> list[str]:
    """Clean lines of a party's address as a docket report prints it, without the county and the numbers of persons."""
    return lines(tuple(each for each in texts if not _NO_ADDRESS.match(each.strip())))
