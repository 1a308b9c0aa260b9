"""The handbook's values as of a day: which edition, its figures and checklists, each with its section."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from docketbridge.api import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What must be there, item by item."""

    id: str
    title: str
    cite: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of the handbook; percentages are whole, periods in the unit their name says."""

    id: str
    title: str
    effective_from: date
    required_from: date
    checked: str
    expense_test_percent: int
    expense_test_cite: str
    projection_months: int
    projection_cite: str
    continuous_months: int
    continuous_cite: str
    review_before_unpaid_installments: int
    review_cite: str
    monthly_cite: str
    escalation_notice_days: int
    escalation_answer_days: int
    escalation_update_days: int
    escalation_cite: str
    continuous_kinds: tuple[str, ...]
    checklists: tuple[Checklist, ...]

    def checklist(self, name: str) -> Checklist:
        """The checklist of this name. Raises UsageError."""
        found = next((each for each in self.checklists if each.id == name), None)
        if found is None:
            raise UsageError(f"no checklist {name!r}; there are {', '.join(each.id for each in self.checklists)}")
        return found

    def cites(self, section: str) -> str:
        """A section of it as a citation."""
        return f"{self.title.split(',')[0]} III.A.2.i.{section}"


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition that comes with us, the oldest first."""
    told = tomllib.loads((files(__package__) / "hud-4000-1.toml").read_text(encoding="utf-8"))
    return tuple(sorted((_edition(each) for each in told["edition"]), key=lambda each: each.effective_from))


def edition_on(day: date) -> Edition:
    """The edition in force on a day; the oldest for a day before it, which nothing newer governs."""
    return next((each for each in reversed(editions()) if each.effective_from <= day), editions()[0])


def _edition(told: dict[str, Any]) -> Edition:
    lists = tuple(
        Checklist(id=each["id"], title=each["title"], cite=each["cite"], items=tuple(each["items"]))
        for each in told.pop("checklist")
    )
    kinds = tuple(told.pop("continuous_kinds"))
    return Edition(**told, continuous_kinds=kinds, checklists=lists)
