"""The shapes that people script against (INTERFACE.md): values of the domain as plain JSON objects."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from docketbridge.domain.deadlines import ComputedDate, Deadline
from docketbridge.domain.entries import CaseHeader, ParsedEntry
from docketbridge.domain.events import Detection, EventAttributes
from docketbridge.domain.matters import EntryMeaning, MatterFile
from docketbridge.domain.people import Party
from docketbridge.domain.standing import Hearing, OpenItem, StayMotion, Step, Task
from docketbridge.ledger.lists.derived import MatterLine

Shape = dict[str, Any]


def when(value: date | datetime | None) -> str | None:
    """A date as `YYYY-MM-DD`, an aware time as RFC 3339 with its own offset, a local time without one."""
    return value.isoformat() if value else None


def parsed_entry(entry: ParsedEntry) -> Shape:
    """One line of `parse`."""
    return {
        "court": entry.court,
        "case_number": entry.case_number,
        "office": entry.office,
        "case_type": entry.case_type,
        "judge_initials": entry.judge_initials,
        "pacer_case_id": entry.pacer_case_id,
        "case_name": entry.case_name,
        "chapter": entry.chapter,
        "trustee": entry.trustee,
        "date_filed": when(entry.date_filed),
        "entered_at": when(entry.entered_at),
        "document_number": entry.document_number,
        "pacer_doc_id": entry.pacer_doc_id,
        "sequence": entry.sequence,
        "events": list(entry.events),
        "text": entry.text,
        "related_documents": list(entry.related_documents),
        "attachments": [{"number": each.number, "description": each.description} for each in entry.attachments],
        "source": {"file": entry.source.file, "where": entry.source.where},
    }


def case_header(header: CaseHeader) -> Shape:
    """One line of `parse --case-only`."""
    return {
        "court": header.court,
        "case_number": header.case_number,
        "case_name": header.case_name,
        "chapter": header.chapter,
        "date_filed": when(header.date_filed),
        "date_terminated": when(header.date_terminated),
        "date_discharged": when(header.date_discharged),
        "date_converted": when(header.date_converted),
        "judge": header.judge,
        "trustee": header.trustee,
        "pacer_case_id": header.pacer_case_id,
        "parties": [_party(each) for each in header.parties],
    }


def _party(party: Party) -> Shape:
    return {
        "name": party.name,
        "type": party.type,
        "attorneys": [{"name": each.name, "contact": list(each.contact)} for each in party.counsel],
    }


def matter_line(line: MatterLine) -> Shape:
    """One line of `matters --json`."""
    upcoming = None
    if line.next is not None:
        upcoming = {
            "key": line.next.key,
            "what": line.next.what,
            "earliest": when(line.next.earliest),
            "latest": when(line.next.latest),
            "waiting_for": line.next.waiting_for,
        }
    return {
        "id": line.id,
        "number": line.number,
        "court": line.court,
        "case_number": line.case_number,
        "case_name": line.case_name,
        "chapter": line.chapter,
        "judge": line.judge,
        "creditor": line.creditor,
        "property": line.property_address,
        "program": line.program,
        "state": line.state,
        "shown": line.shown,
        "settled": line.settled,
        "next": upcoming,
        "open_tasks": line.open_tasks,
        "as_of": when(line.as_of),
    }


def matter(file: MatterFile) -> Shape:
    """The object of `matter ID --json`: any date explained down to the holiday that moved it."""
    posture = file.posture
    return {
        "id": file.matter.id,
        "number": file.matter.number,
        "court": file.matter.court,
        "case": {
            "number": file.case.number,
            "name": file.case.name,
            "chapter": file.case.chapter,
            "judge": file.case.judge,
            "judge_initials": file.case.judge_initials,
            "trustee": file.case.trustee,
            "date_filed": when(file.case.filed),
            "debtors": [each.name for each in file.case.debtors],
        },
        "program": {"id": file.matter.program, "name": file.program_name, "authority": file.program_authority},
        "creditor": file.matter.creditor,
        "servicer": file.matter.servicer,
        "property": file.matter.property_address,
        "lien": file.matter.lien_position,
        "party_changes": [
            {"role": each.role, "was": each.was, "now": each.now, "day": when(each.day), "entry": each.entry_label}
            for each in file.matter.changes
        ],
        "mediator": {"id": file.mediator.id, "name": file.mediator.name} if file.mediator else None,
        "state": posture.state.value,
        "shown": posture.shown,
        "settled": posture.settled,
        "as_of": when(posture.as_of),
        "changes_on": when(posture.changes_on),
        "cycle": posture.cycle,
        "silence": posture.silence or None,
        "held_by": list(posture.held_by),
        "dates": {name: when(getattr(posture.dates, name)) for name in posture.dates.__dataclass_fields__},
        "steps": [_step(each) for each in posture.steps],
        "deadlines": [_deadline(each) for each in posture.deadlines],
        "open_items": [_open_item(each) for each in posture.open_items],
        "tasks": [_task(each) for each in posture.tasks],
        "hearings": [_hearing(each) for each in posture.hearings],
        "lift_stay": [_stay_motion(each) for each in posture.stay_motions],
        "notes": [{"to": each.to, "text": each.text, "cite": each.cite, "entry": each.entry_label} for each in posture.notes],
        "unexpected": [
            {"kind": each.kind, "entry": each.entry_label, "day": when(each.day), "why": each.why} for each in posture.unexpected
        ],
        "watch": {"seen_through": when(file.watch.seen_through), "gaps": list(file.watch.gaps), "words": file.watch.words},
        "entries": [_entry(each) for each in file.entries],
        "papers": [{"name": each.name, "title": each.title, "issued_at": when(each.issued_at)} for each in file.papers],
    }


def _step(step: Step) -> Shape:
    return {
        "day": when(step.day),
        "from": step.source.value if step.source else None,
        "to": step.target.value,
        "on": step.on,
        "entry": step.entry_label,
        "cite": step.cite,
        "note": step.note or None,
    }


def _reading(computed: ComputedDate | None) -> Shape | None:
    return None if computed is None else {"due": when(computed.due), "trace": list(computed.trace)}


def _deadline(deadline: Deadline) -> Shape:
    readings = deadline.readings
    return {
        "key": deadline.key,
        "cycle": deadline.cycle,
        "turn": deadline.turn,
        "what": deadline.what,
        "owner": deadline.owner,
        "cite": deadline.cite,
        "checked": deadline.checked,
        "status": deadline.status.value,
        "earliest": _reading(readings.earliest if readings else None),
        "latest": _reading(readings.latest if readings else None),
        "started_by": deadline.started_by,
        "waiting_for": deadline.waiting_for,
        "met_by": deadline.met_by,
        "mooted_by": deadline.mooted_by,
        "moved_from": when(deadline.moved_from),
        "moved_by": deadline.moved_by,
        "provisional": deadline.provisional,
    }


def _open_item(item: OpenItem) -> Shape:
    return {
        "kind": item.kind,
        "entry": item.entry_label,
        "since": when(item.since),
        "party": item.party,
        "joint": item.joint,
        "until": when(item.until),
        "note": item.note or None,
    }


def _task(task: Task) -> Shape:
    return {
        "key": task.key,
        "owner": task.owner,
        "what": task.what,
        "opened": when(task.opened),
        "due": when(task.due),
        "because": task.because,
        "cite": task.cite,
        "closed_by": task.closed_by,
    }


def _hearing(hearing: Hearing) -> Shape:
    return {
        "about": hearing.about,
        "start": when(hearing.start),
        "place": hearing.place,
        "status": hearing.status,
        "entry": hearing.entry_label,
        "moved_from": when(hearing.moved_from),
        "moved_by": hearing.moved_by,
        "note": hearing.note or None,
    }


def _stay_motion(motion: StayMotion) -> Shape:
    return {
        "entry": motion.entry_label,
        "filed": when(motion.filed),
        "creditor": motion.creditor,
        "by_lm_creditor": motion.by_lm_creditor,
        "hearing": when(motion.hearing),
        "postponements": [{"to": when(day), "reason": reason} for day, reason in motion.postponements],
        "day_30": when(motion.day_30),
        "day_60": when(motion.day_60),
        "covered_through": when(motion.covered_through),
        "covered_by": motion.covered_by,
        "outcome": motion.outcome,
        "governing_end": when(motion.governing_end),
    }


def _entry(meaning: EntryMeaning) -> Shape:
    entry = meaning.entry
    return {
        "id": entry.id,
        "label": entry.label,
        "date_filed": when(entry.filed),
        "entered": when(entry.entered_time or entry.entered),
        "document_number": entry.document_number,
        "sequence": entry.sequence,
        "events": list(entry.events),
        "text": entry.text,
        "link": entry.link,
        "seen_in": list(entry.sighted_in),
        "reach": meaning.reach,
        "detection": detection(meaning.detection),
    }


def detection(found: Detection) -> Shape:
    """What an entry means, as `detect` gives it."""
    why = found.why
    return {
        "kind": found.kind.value,
        "also": [kind.value for kind in found.kinds[1:]],
        "candidates": [kind.value for kind in found.candidates],
        "facts": {fact.name: when(fact.value) if isinstance(fact.value, date) else fact.value for fact in found.facts},
        "attributes": attributes(found.attributes),
        "needs_review": found.needs_review,
        "why": {"rule": why.rule, "span": list(why.span) if why.span else None, "version": why.version} if why else None,
    }


def attributes(found: EventAttributes) -> Shape:
    """The attributes that an entry carries; those it does not carry are left out."""
    shape: Shape = {}
    for name, field in EventAttributes.__dataclass_fields__.items():
        value = getattr(found, name)
        if value == field.default:
            continue
        if name == "order_dates":
            value = {key: when(getattr(value, key)) for key in value.__dataclass_fields__ if getattr(value, key)}
        elif isinstance(value, datetime):
            value = value.strftime("%Y-%m-%dT%H:%M")
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = list(value)
        shape[name] = value
    return shape
