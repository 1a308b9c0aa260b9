"""A desk of composed matters for the calendar tests: two courts, three matters, every kind of item among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from calendars.calendar_item import CalendarItem, ItemKind, Reading, uid_for
from calendars.scopes import parse_scope
from docketbridge import testing
from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.matters import MatterFile, WatchStatement
from docketbridge.domain.people import Mediator
from docketbridge.domain.publishing import Published
from docketbridge.domain.standing import State

TODAY = date(2026, 8, 21)


def active_file() -> MatterFile:
    """An active matter with a mediator: order dates, steps before the report, a conference, a moved confirmation hearing."""
    base = testing.active_posture()
    steps = (
        testing.deadline(
            "status_draft",
            date(2026, 10, 20),
            what="Debtor's first draft of the status report",
            kind="status_report",
            owner="debtor",
        ),
        testing.deadline(
            "status_revisions", date(2026, 10, 23), what="Creditor's revisions of the status report", kind="status_report"
        ),
    )
    moved = testing.entry(21, date(2026, 8, 20), "Hearing continued.")
    return testing.active_matter_file(
        posture=replace(
            base,
            deadlines=(*base.deadlines, *steps),
            hearings=(
                testing.hearing(
                    "lm_conference", datetime.fromisoformat("2026-09-15T10:30"), 18, link="https://ecf.example.gov/doc1/18"
                ),
                testing.hearing(
                    "confirmation",
                    datetime.fromisoformat("2026-12-02T09:00"),
                    15,
                    moved_from=datetime.fromisoformat("2026-09-09T09:00"),
                    moved_by="entry 21",
                ),
            ),
            stay_motions=(testing.stay_motion(covered_through=date(2026, 9, 30), covered_by="entry 17"),),
        ),
        entries=(testing.REQUEST, testing.ORDER, testing.meaning(moved)),
        watch=replace(testing.WATCH, seen_through=datetime(2026, 8, 21, 15, 0, tzinfo=UTC)),
        mediator=Mediator(id="perpetua-lindqvist", name="Perpetua Lindqvist"),
        today=TODAY,
    )


def requested_file() -> MatterFile:
    """A matter between the two readings of its objection period, with a lift-stay hearing that silence takes off."""
    deadline = replace(
        testing.objection_deadline(DeadlineStatus.RUNNING), readings=testing.readings(date(2026, 8, 20), date(2026, 8, 24))
    )
    return testing.matter_file(
        matter=replace(
            testing.MATTER,
            id="m-0000000000000002",
            number="zzb-26-10201-1",
            case_number="26-10201",
            creditor="Peñasco, Wöhler; & Søns",
        ),
        case=testing.case_facts(number="26-10201", name="Thaddeus Crowhurst", judge="Ambrose Quill", judge_initials="AQ"),
        posture=testing.posture(
            state=State.REQUESTED,
            shown="requested",
            settled=False,
            deadlines=(deadline,),
            hearings=(
                testing.hearing("lift_stay", datetime.fromisoformat("2026-09-02T14:00"), 9, place="Courtroom 2, Samplebury"),
            ),
        ),
        watch=WatchStatement(seen_through=datetime(2026, 8, 21, 15, 0, tzinfo=UTC), whole=True),
        today=TODAY,
    )


def honolulu_file() -> MatterFile:
    """A matter of a court without daylight saving whose docket has not been seen for days."""
    return testing.matter_file(
        matter=replace(
            testing.MATTER, id="m-0000000000000003", number="zzh-26-00077-1", court="zzh", case_number="26-00077", creditor=None
        ),
        court=replace(testing.COURT, id="zzh", timezone="Pacific/Honolulu"),
        case=testing.case_facts(
            court="zzh",
            number="26-00077",
            name="Leilani Obo",
            trustee="Ione Castellan",
            trustee_id="ione-castellan",
            judge_initials="KP",
        ),
        posture=testing.posture(
            deadlines=(),
            hearings=(testing.hearing("objection", datetime.fromisoformat("2026-11-01T01:30"), 12, place=None),),
            state=State.HEARING_SET,
        ),
        watch=WatchStatement(seen_through=datetime(2026, 8, 17, 20, 0, tzinfo=UTC), gaps=("12 to 13 August 2026",)),
        today=TODAY,
    )


@dataclass
class FakeDesk:
    """A desk in memory, with the same ways of working as the ledger's."""

    files: list[MatterFile]
    today: date = TODAY
    kept: list[Published] = field(default_factory=list)

    def matter_files(self, selection: str | None = None) -> Iterable[MatterFile]:
        scope = parse_scope(selection or "all")
        names: dict[str, Callable[[MatterFile], set[str]]] = {
            "all": lambda _: {""},
            "judge": lambda file: {(file.case.judge_initials or "").lower()},
            "mediator": lambda file: {file.mediator.id} if file.mediator else set(),
            "trustee": lambda file: {file.case.trustee_id or "?"},
            "case": lambda file: {file.case.number},
            "matter": lambda file: {file.matter.id, file.matter.number},
            "party": lambda file: {file.matter.id, file.matter.number},
        }
        return [replace(file, today=self.today) for file in self.files if scope.name in names[scope.family](file)]

    def published(self, subjects: Collection[str]) -> Mapping[str, Published]:
        last: dict[str, Published] = {}
        for form in self.kept:
            if form.subject in subjects and form.sequence >= getattr(last.get(form.uid), "sequence", 0):
                last[form.uid] = form
        return last

    def publish(self, forms: Sequence[Published]) -> bool:
        self.kept += forms
        return True

    def matter_ids(self, selection: str | None = None) -> list[str]:
        return [file.matter.id for file in self.matter_files(selection)]

    def matters(self) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(
                judge=(file.case.judge_initials or "").lower() or None,
                mediator_id=file.mediator.id if file.mediator else None,
                trustee_id=file.case.trustee_id,
                case_number=file.case.number,
                number=file.matter.number,
            )
            for file in self.files
        ]

    def facts_stamp(self) -> str:
        return str([file.posture for file in self.files])


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(files=[active_file(), requested_file(), honolulu_file()])


@pytest.fixture
def active() -> MatterFile:
    return active_file()


@pytest.fixture
def requested() -> MatterFile:
    return requested_file()


@pytest.fixture
def honolulu() -> MatterFile:
    return honolulu_file()


@pytest.fixture
def make_item() -> Callable[..., CalendarItem]:
    """Build an all-day item already published; fields by name replace its own."""

    def build(name: str = "status_due", **changes: object) -> CalendarItem:
        base = CalendarItem(
            uid=uid_for("m-1", name, 1, 1),
            subject="m-1",
            reading=Reading.LATEST,
            kind=ItemKind.STATUS_REPORT,
            case="zzb 26-10123",
            summary="26-10123 Joint written status report",
            start=date(2026, 10, 26),
            end=date(2026, 10, 27),
            modified=datetime(2026, 8, 20, 12, 0, tzinfo=UTC),
        )
        return replace(base, **changes)

    return build


@pytest.fixture
def goldens() -> Path:
    return Path(__file__).parents[1] / "golden" / "calendars"
