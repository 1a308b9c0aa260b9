"""The request sheet: what a request's paper shows and the docket does not, typed once (PROGRAM-RULES.md 1.13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.review.task_doing import METHODS
from docketbridge.casework.working_out.updating import update_case
from docketbridge.domain.auditing import Deed
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision, DecisionKind, standing
from docketbridge.domain.events import EventKind
from docketbridge.domain.linking.meant import meaning_decided
from docketbridge.domain.matters import EntryMeaning, MatterFile
from docketbridge.errors import UsageError
from docketbridge.ledger.database import one_writer, writing_engine
from docketbridge.ledger.dockets.decision_facts import keep_decision
from docketbridge.ledger.dockets.queries import decisions_in

SHEET = "request-sheet"
READ = ("creditor", "servicer", "lien_position", "property_address")
"""What the docket may say as well: typed here, it stands in place of what was read."""
SEEN = ("principal_residence", "form_c", "form_c_dates", "payment_option", "contact")
"""What only the paper shows: kept with the sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Service on somebody: when, and how (`mail`, `ecf`, `hand`)."""

    on_whom: str
    day: date
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One request sheet: the request it is of (its entry's id), its services, and what else was typed, by name."""

    entry: str
    services: tuple[Served, ...]
    read: tuple[tuple[str, str], ...] = ()
    seen: tuple[tuple[str, str], ...] = ()


def requests_of(file: MatterFile) -> tuple[EntryMeaning, ...]:
    """The requests of a matter, newest first."""
    found = [each for each in file.entries if each.reach == "matter" and EventKind.LM_REQUEST in each.detection.kinds]
    return tuple(reversed(found))


def fill_sheet(desk: Desk, matter: str, hand: Hand, sheet: Sheet) -> MatterFile:
    """Keep a sheet, all of it or nothing, and work the case out anew. Raises UsageError for what cannot be."""
    file = desk.matter_file(matter)
    request = next((each for each in requests_of(file) if each.entry.id == sheet.entry), None)
    if request is None:
        raise UsageError(f"{sheet.entry[:40]!r} is no request of {file.matter.number}")
    for service in sheet.services:
        _check(desk, request, service)
    case = CaseKey(court=file.matter.court, number=file.matter.case_number)
    with Session(writing_engine(desk.engine)) as session, session.begin():
        one_writer(session, case.court)
        earlier = meaning_decided(request.entry.id, standing(decisions_in(session, case)))
        for decision in _decisions(file, request, hand, sheet, earlier):
            keep_decision(session, case, decision)
        update_case(session, desk.rulebook, case, today=desk.today)
        desk.audit.note_in(session, Deed.DECIDED, f"{case} {SHEET} {request.entry.id}", matter=file.matter.id)
    return desk.matter_file(file.matter.id)


def _check(desk: Desk, request: EntryMeaning, service: Served) -> None:
    if service.method not in METHODS:
        raise UsageError(f"service is by {', '.join(METHODS)}")
    if service.day > desk.today:
        raise UsageError(f"service on {service.on_whom}: {service.day} has not come yet")
    filed = request.entry.day
    if filed is not None and (filed - service.day).days > _BEFORE_FILING:
        raise UsageError(f"service on {service.on_whom}: {service.day} lies long before {request.entry.label} of {filed}")


_BEFORE_FILING = 60


def _decisions(file: MatterFile, request: EntryMeaning, hand: Hand, sheet: Sheet, earlier: Decision | None) -> Iterator[Decision]:
    matter, entry = file.matter.id, request.entry.id
    for each in sheet.services:
        yield hand.decision(
            DecisionKind.SERVED, matter_id=matter, entry_id=entry, day=each.day, choice=each.method, on_whom=each.on_whom
        )
    read = request.detection.attributes
    changed = tuple((name, words) for name, words in sheet.read if words != (getattr(read, name) or ""))
    if changed:
        kinds = [kind.value for kind in request.detection.kinds]
        kept = dict(earlier.attributes) if earlier is not None else {}
        facts = earlier.facts if earlier is not None else ()
        given = tuple((kept | dict(changed)).items())
        yield hand.decision(
            DecisionKind.MEANING, entry_id=entry, choice=kinds[0], also=tuple(kinds[1:]), attributes=given, facts=facts
        )
    yield hand.decision(DecisionKind.TASK_CLOSED, matter_id=matter, entry_id=entry, choice=SHEET, attributes=sheet.seen)
