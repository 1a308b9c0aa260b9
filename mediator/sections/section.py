"""What a section of an agenda is: a heading, its open items each with who, since when and its source, and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One open item. `since` is since when it is open or by when it is due, in words; `minutes` what it may take."""

    words: str
    who: str = ""
    since: str = ""
    source: str = ""
    minutes: int = 0
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some open items under one heading; `when` heads the column of days."""

    title: str
    items: tuple[Item, ...]
    when: str = "Since"

    @property
    def minutes(self) -> int:
        """What all of it may take."""
        return sum(item.minutes for item in self.items)
