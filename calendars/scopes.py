"""Whose calendar it is: a scope as people type it, the reading it sits on and the kinds it shows unless asked otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docketbridge.api import MatterFigures, MatterFile, MatterLine, UsageError, person_id

from .calendar_item import ItemKind, Reading

KINDS = frozenset(ItemKind)
PARTY = "party"
"""One matter as its parties are told it: no date of the court's own reading is in it anywhere."""
_LONGEST_SUBJECT = 64
_JUDGE_LEAVES_OUT = frozenset({ItemKind.STATUS_STEP, ItemKind.CONTACT})


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarScope:
    """A scope: its family, and whom or what it names; `all` names nothing."""

    family: str
    name: str = ""

    @property
    def text(self) -> str:
        """The scope as people type it."""
        return f"{self.family}:{self.name}" if self.name else self.family

    @property
    def subject(self) -> str:
        """Under what the ledger keeps what concerns the calendar as a whole: the scope, or its digest where that is long."""
        return (
            self.text if len(self.text) <= _LONGEST_SUBJECT else hashlib.blake2b(self.text.encode(), digest_size=16).hexdigest()
        )

    @property
    def reading(self) -> Reading:
        """Earliest for those who must act in time, latest for the court that acts on silence after it; a party has its own."""
        if self.family == PARTY:
            return Reading.PARTY
        return Reading.EARLIEST if self.family in ("mediator", "trustee") else Reading.LATEST

    @property
    def kinds(self) -> frozenset[ItemKind]:
        """What the calendar shows unless asked otherwise: a judge's leaves out draft, revision and contact dates."""
        return KINDS - _JUDGE_LEAVES_OUT if self.family == "judge" else KINDS

    @property
    def title(self) -> str:
        """The calendar's name in a list of scopes."""
        return self.title_for(())

    def title_for(self, files: Iterable[MatterFile]) -> str:
        """The calendar's name in a reader's list: a mediator and a trustee are called as the dockets of these files do."""
        called = next((name for file in files for name in _names(file, self.family) if person_id(name) == self.name), self.name)
        words = {
            "all": "Loss mitigation, all matters",
            "judge": f"Loss mitigation, Judge {self.name.upper()}",
            "mediator": f"Loss mitigation, mediator {called}",
            "trustee": f"Loss mitigation, trustee {called}",
            "case": f"Loss mitigation, case {self.name}",
            "matter": f"Loss mitigation, matter {self.name}",
            PARTY: f"Loss mitigation, own matter {self.name}",
        }
        return words[self.family]

    @property
    def public_title(self) -> str:
        """The calendar's name where anyone may read it: no name of a mediator or trustee."""
        unnamed = {"mediator": "Loss mitigation, a mediator's matters", "trustee": "Loss mitigation, a trustee's matters"}
        return unnamed.get(self.family, self.title)


def _names(file: MatterFile, family: str) -> Iterator[str]:
    if family == "mediator" and file.mediator is not None:
        yield file.mediator.name
    if family == "trustee" and file.case.trustee is not None:
        yield file.case.trustee


def parse_scope(text: str) -> CalendarScope:
    """Read a scope. Raises UsageError naming the scopes there are."""
    family, _, name = text.strip().partition(":")
    name = name.strip()
    if family not in ("all", "judge", "mediator", "trustee", "case", "matter", PARTY) or (family == "all") != (name == ""):
        raise UsageError(
            f"no scope {text!r}; scopes are all, judge:INITIALS, mediator:ID, trustee:ID, case:NUMBER, matter:ID, party:ID"
        )
    return CalendarScope(family=family, name=name.lower() if family == "judge" else name)


def parse_kinds(names: Iterable[str], default: frozenset[ItemKind]) -> frozenset[ItemKind]:
    """Read a person's own selection of kinds; none named is the default. Raises UsageError for an unknown kind."""
    chosen = set()
    for name in names:
        try:
            chosen.add(ItemKind(name.strip().lower().replace("-", "_")))
        except ValueError as fault:
            known = ", ".join(sorted(KINDS - {ItemKind.WATCH}))
            raise UsageError(f"no kind of calendar item {name!r}; kinds are {known}") from fault
    return frozenset(chosen) or default


def scopes_counted(figures: MatterFigures) -> tuple[tuple[CalendarScope, int], ...]:
    """List the scopes wider than a case that these figures count, with how many matters each holds, in order."""
    families = (("judge", figures.judges), ("mediator", figures.mediators), ("trustee", figures.trustees))
    named = ((CalendarScope(family=family, name=name), count) for family, some in families for name, count in sorted(some))
    return (CalendarScope(family="all"), figures.total), *named


def scopes_of(lines: Iterable[MatterLine]) -> tuple[tuple[CalendarScope, int], ...]:
    """List the scopes that these matters fall in, with how many of them each holds, in order."""
    count: dict[tuple[int, str, str], int] = {(0, "all", ""): 0}
    for line in lines:
        names = (
            ("all", ""),
            ("judge", line.judge or ""),
            ("mediator", line.mediator_id or ""),
            ("trustee", line.trustee_id or ""),
            ("case", line.case_number),
            ("matter", line.number),
        )
        for place, (family, name) in enumerate(names):
            if name or family == "all":
                count[place, family, name] = count.get((place, family, name), 0) + 1
    return tuple((CalendarScope(family=family, name=name), number) for (_, family, name), number in sorted(count.items()))
