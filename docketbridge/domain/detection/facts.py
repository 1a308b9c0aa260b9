"""Facts a docket line carries beside its kind (PROGRAM-RULES.md 1.14)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from docketbridge.domain.detection.stated_dates import DAY, read_day
from docketbridge.domain.events import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPattern:
    """How a line words a fact. `dated` facts carry the first date after the words, `named` ones the parties they name."""

    id: str
    name: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    carries: str


_AFTER = re.compile(rf"^.{{0,140}}?({DAY})", re.IGNORECASE)
_PARTIES = re.compile(
    r"\btransferor:? (.{2,80}?)(?: \(claim[^)]*\)| \([^)]*\))?,? to:? (?:transferee:? )?(.{2,80}?)(?: \("
    r"|\.? ?filed by|[.;]|$)|\btransferred (.{2,80}?) to (.{2,80}?)(?: \(|[.;]|$)",
    re.IGNORECASE,
)


def read_facts(plain: str, by_need: Iterable[tuple[str, FactPattern]]) -> tuple[Fact, ...]:
    """Read the facts of a line from its own words, each name once, in the order of the vocabulary.

    `by_need` are the patterns, each beside a literal without which it need not be tried; one with several stands several times.
    """
    low = plain.lower()
    facts: dict[str, Fact] = {}
    tried: FactPattern | None = None
    for need, each in by_need:
        if need in low and each is not tried:
            tried = each
            found = each.pattern.search(low)
            if found is not None and each.name not in facts and (each.unless is None or each.unless.search(low) is None):
                facts[each.name] = Fact(name=each.name, value=_value(each, plain, low, found))
    return tuple(facts.values())


def _value(pattern: FactPattern, plain: str, low: str, found: re.Match[str]) -> date | str | bool:
    if pattern.carries == "date":
        after = _AFTER.match(low[found.end() :])
        return (read_day(after[1]) if after else None) or True
    if pattern.carries == "parties":
        named = _PARTIES.search(plain)
        if named:
            return " → ".join(part.strip(" ,.") for part in named.groups() if part)
    return True
