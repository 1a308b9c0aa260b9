"""Stories: a docket in a TOML file, what a court administrator expects of it day by day, and the fold of both."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.events import CaseEvent, EventAttributes, EventKind, Fact, OrderDates
from docketbridge.domain.fold.posture import follow
from docketbridge.domain.matters import CaseFacts, Matter
from docketbridge.domain.people import Counsel, Party
from docketbridge.domain.profile import Profile
from docketbridge.domain.standing import Posture
from docketbridge.domain.watching import Span, Watch, end_of_day, merge
from docketbridge.programs.counting import court_days
from docketbridge.programs.court_calendars import court_calendar
from docketbridge.programs.loading import shipped

STORIES = Path(__file__).parent.parent / "golden" / "programs"
NO_TIME = datetime.max.replace(tzinfo=UTC)
ATTRIBUTES = {each.name for each in fields(EventAttributes)}
OWN_KEYS = {"number", "filed", "entered", "what", "facts", "dates", "text", "comment"}
EXPECTED = {
    "today",
    "state",
    "shown",
    "cycle",
    "earliest",
    "latest",
    "status",
    "tasks",
    "due",
    "notes",
    "no_notes",
    "unexpected",
    "settled",
    "silence",
    "lm_end",
    "end_provisional",
    "extended_days",
    "open_items",
    "hearings",
    "hearing_notes",
    "covered_through",
    "changes_on",
    "waiting",
    "why",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story: the file it stands in, its docket, and what is expected on which days."""

    name: str
    program: str
    covers: tuple[str, ...]
    events: tuple[CaseEvent, ...]
    decisions: tuple[Decision, ...]
    case: CaseFacts
    matter: Matter
    spans: tuple[tuple[datetime, datetime | None], ...]
    expected: tuple[dict[str, Any], ...]

    def fold(self, today: date, events: Iterable[CaseEvent] | None = None, profile: Profile | None = None) -> Posture:
        """Fold the story's docket, or another order of it."""
        used = profile or profile_of(self.program)
        zone = court_calendar(self.case.court).timezone
        until = end_of_day(today, zone)
        spans = [Span(start=start, end=min(end or until, until)) for start, end in self.spans if start < until]
        return follow(
            self.events if events is None else events,
            profile=used,
            court_days=court_days(self.case.court),
            watch=Watch(spans=merge(spans), timezone=zone),
            case=self.case,
            matter=self.matter,
            decisions=self.decisions,
            today=today,
        )


PROFILES = {each.id: each for each in shipped()}


def profile_of(program: str) -> Profile:
    return PROFILES[program]


def story_files() -> list[Path]:
    return sorted(STORIES.glob("*/*.toml"))


def read_story(path: Path) -> Story:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = set(told) - {"title", "covers", "case", "entry", "decision", "watch", "on"}
    assert not unknown, f"{path.name}: unknown keys {unknown}"
    case, court = told.get("case", {}), profile_of(path.parent.name).court
    parties = (Party(name="Dana Example", type="Debtor", counsel=() if case.get("pro_se") else (Counsel(name="Robin Sample"),)),)
    for each in told["on"]:
        assert set(each) <= EXPECTED, f"{path.name}: unknown expectations {set(each) - EXPECTED}"
    return Story(
        name=f"{path.parent.name}/{path.stem}",
        program=path.parent.name,
        covers=tuple(told["covers"]),
        events=tuple(_event(each, path) for each in told["entry"]),
        decisions=tuple(_decision(each) for each in told.get("decision", ())),
        case=CaseFacts(
            court=court,
            number="26-10123",
            name="Dana Example",
            chapter=case.get("chapter", 13),
            filed=case.get("filed", date(2026, 6, 1)),
            parties=parties,
        ),
        matter=Matter(
            id="matter-1",
            number=f"{court}-26-10123-1",
            court=court,
            case_number="26-10123",
            program=path.parent.name,
            creditor=case.get("creditor", "Ocean Bank, N.A."),
            property_address=case.get("property"),
        ),
        spans=tuple(_span(each) for each in told.get("watch", [{"from": date(2026, 1, 1)}])),
        expected=tuple(told["on"]),
    )


def _span(told: dict[str, date]) -> tuple[datetime, datetime | None]:
    zone = ZoneInfo("America/New_York")
    start = datetime.combine(told["from"], time(), tzinfo=zone)
    through = told.get("through")
    if isinstance(through, datetime):
        return start, through.replace(tzinfo=zone)
    return start, end_of_day(through, "America/New_York") + timedelta(hours=1) if through else None


def _event(told: dict[str, Any], path: Path) -> CaseEvent:
    attributes = {key: value for key, value in told.items() if key not in OWN_KEYS}
    assert set(attributes) <= ATTRIBUTES, f"{path.name}: unknown attributes {set(attributes) - ATTRIBUTES}"
    for key in ("related_documents", "schedules"):
        if key in attributes:
            attributes[key] = tuple(attributes[key])
    if "dates" in told:
        attributes["order_dates"] = OrderDates(**told["dates"])
    number, filed = told["number"], told["filed"]
    return CaseEvent(
        kind=EventKind(told["what"]),
        entry_id=f"e{number}",
        entry_label=f"entry {number}",
        filed=filed,
        entered=told.get("entered", filed),
        document_number=number,
        attributes=EventAttributes(**attributes),
        facts=tuple(Fact(name=name, value=value) for name, value in told.get("facts", {}).items()),
        text=told.get("text", ""),
        position=(filed, NO_TIME, number, number, ""),
    )


def _decision(told: dict[str, Any]) -> Decision:
    values = {key: value for key, value in told.items() if key not in ("kind", "on", "dates", "until", "entry")}
    until = told.get("until")
    return Decision(
        kind=DecisionKind(told["kind"]),
        by="Pat Clerk",
        at=datetime.combine(told["on"], time(18), tzinfo=UTC),
        matter_id="matter-1",
        entry_id=f"e{told['entry']}" if "entry" in told else None,
        dates=tuple(told.get("dates", {}).items()),
        until=until.replace(tzinfo=ZoneInfo("America/New_York")) if until else None,
        **values,
    )


@pytest.fixture(scope="session")
def stories() -> tuple[Story, ...]:
    return tuple(read_story(path) for path in story_files())


@pytest.fixture(scope="session")
def the_story() -> Callable[[str], Story]:
    def find(name: str) -> Story:
        return read_story(STORIES / f"{name}.toml")

    return find
