"""From a matter file to the facts of its papers, and a person's answers laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from docketbridge.api import DeadlineStatus, EntryMeaning, EventKind, MatterFile, PaperError, Party, State

from .bench import bench_of
from .filling_proceedings import period_end, proceedings_of
from .reading_files import Json, address_lines, iso, line, lines

FROM_THE_DOCKET_ALONE = (
    "court.name",
    "court.district",
    "court.id",
    "case.number",
    "objection.open",
    "objection.seen",
    "watch",
    "bench",
)
ORDER_DATE_NAMES = ("contacts_due", "first_contact_due", "creditor_requests_due", "debtor_requests_due", "status_due", "lm_end")
OBJECTION_KEYS = ("obj_debtor_req", "obj_creditor_req")
_CERTIFICATES = {EventKind.LM_CERTIFICATE_OF_SERVICE, EventKind.CERTIFICATE_OF_SERVICE}
_ROLES = {"debtor": "the Debtor", "creditor": "the Creditor", "trustee": "the Trustee", "ust": "the United States Trustee"}


def facts_of(file: MatterFile) -> Json:
    """Read out of a matter file, in the shape of the facts schema, all that the docket tells a paper."""
    posture = file.posture
    return _known(
        {
            "day": iso(file.today),
            "court": {
                "name": line(file.court.name_in_caption),
                "district": line(file.court.district),
                "id": file.court.id,
            },
            "case": _case(file),
            "creditor": _creditor(file),
            "residence": {"address": line(file.matter.property_address), "lien": _lien(file.matter.lien_position)},
            "request": _request(file),
            "objection": _objection(file),
            "dates": {**{name: iso(getattr(posture.dates, name)) for name in ORDER_DATE_NAMES}, "lm_end": iso(period_end(file))},
            "stay": _stay(file),
            "confirmation": _confirmation(file),
            "program": {
                "name": line(file.program_name),
                "authority": line(file.program_authority),
                "authority_ready_minutes": file.authority_ready_minutes,
            },
            "watch": _watch(file),
            **proceedings_of(file),
            "bench": bench_of(file),
        }
    )


def lay_over(facts: Json, answers: Mapping[str, object], names: Mapping[str, str]) -> Json:
    """Lay a person's answers over the facts; a key is a fact's path, a part of the schema, or a blank's name in `names`.

    Raises PaperError for a key the docket alone may fill, and when an answer gives parts to a plain value.
    """
    laid = cast("Json", _copy(facts))
    for key, value in answers.items():
        path = names.get(key, key)
        _put(laid, path.split("."), value, "")
    return laid


def _put(target: Json, steps: list[str], value: object, above: str) -> None:
    name, rest = steps[0], steps[1:]
    path = f"{above}.{name}" if above else name
    if rest or isinstance(value, Mapping):
        inner = target.setdefault(name, {})
        if not isinstance(inner, dict):
            raise PaperError(f"{path}: has no parts; give it a plain value")
        if rest:
            _put(inner, rest, value, path)
        else:
            for each, part in cast("Mapping[str, object]", value).items():
                _put(inner, [each], part, path)
        return
    if any(path == kept or path.startswith(f"{kept}.") for kept in FROM_THE_DOCKET_ALONE) and target.get(name) != value:
        raise PaperError(f"{path}: only the docket fills this, with {str(target.get(name, 'nothing so far'))[:60]!r}")
    target[name] = value


def _case(file: MatterFile) -> Json:
    case = file.case
    debtors = case.debtors
    names: list[Json] = [_debtor(each) for each in debtors]
    if not names and case.name:
        names = [{"name": line(part)} for part in case.name.split(" and ", 1)]
    converted = [each.entry.day for each in file.entries if EventKind.CONVERSION_ORDER in each.detection.kinds and each.entry.day]
    return {
        "number": case.number,
        "chapter": case.chapter,
        "judge": line(case.judge),
        "trustee": line(case.trustee),
        "filed": iso(case.filed),
        "converted": iso(max(converted, default=None)),
        "debtors": names,
    }


def _debtor(party: Party) -> Json:
    counsel = party.counsel[0] if party.counsel else None
    return {
        "name": line(party.name),
        "address": address_lines(party.address),
        "counsel": line(counsel.name) if counsel else None,
        "counsel_contact": lines(counsel.contact) if counsel else [],
    }


def _creditor(file: MatterFile) -> Json:
    name = file.matter.creditor
    party = next((each for each in file.case.parties if name and each.name.casefold() == name.casefold()), None)
    counsel = party.counsel[0] if party and party.counsel else None
    servicer = file.matter.servicer
    return {
        "name": line(name),
        "address": address_lines(party.address) if party else [],
        "servicer": line(servicer) if servicer and servicer != name else None,
        "counsel": line(counsel.name) if counsel else None,
        "counsel_contact": lines(counsel.contact) if counsel else [],
    }


def _lien(told: str | None) -> str | None:
    if told is None:
        return None
    return told if told in ("first", "second") else "other"


def _request(file: MatterFile) -> Json:
    label = file.posture.request_label
    asked = [
        each
        for each in file.entries
        if EventKind.LM_REQUEST in each.detection.kinds and (label is None or each.entry.label == label)
    ]
    told = asked[-1] if asked else None
    attributes = told.detection.attributes if told else None
    number = told.entry.document_number if told else None
    served, served_by = _service(file, number) if told else (None, None)
    by = file.posture.requested_by or (attributes.requesting_party if attributes else None)
    return {
        "by": by if by in ("debtor", "creditor", "court") else None,
        "document_number": number,
        "filed": iso(file.posture.requested_on or (told.entry.day if told else None)),
        "served": iso(served),
        "served_by": served_by if served_by in ("mail", "ecf", "hand") else None,
    }


def _service(file: MatterFile, number: int | None) -> tuple[date | None, str | None]:
    """When and how the request was served: by the certificate that names it, else as the request itself says."""
    certificates = [
        each.detection.attributes
        for each in file.entries
        if _CERTIFICATES & set(each.detection.kinds) and number in each.detection.attributes.related_documents
    ]
    requests = [
        each.detection.attributes
        for each in file.entries
        if EventKind.LM_REQUEST in each.detection.kinds and each.entry.document_number == number
    ]
    told = next((each for each in (*reversed(certificates), *requests) if each.served), None)
    return (told.served, told.service_method) if told else (None, None)


def _objection(file: MatterFile) -> Json:
    posture = file.posture
    since = posture.requested_on or date.min
    seen = [
        each for each in file.entries if EventKind.LM_OBJECTION in each.detection.kinds and (each.entry.day or since) >= since
    ]
    still_open = [each for each in posture.open_items if each.kind == "objection"]
    labels = [each.entry.label for each in seen]
    labels += [each.entry_label for each in still_open if each.entry_label not in labels]
    deadline = next(
        (each for each in reversed(posture.deadlines) if each.key in OBJECTION_KEYS and each.cycle == posture.cycle), None
    )
    if still_open:
        ended: Json = {"by": _ROLES.get(still_open[-1].party or ""), "document_number": still_open[-1].document_number}
    elif seen:
        ended = _ruling(file, seen[-1])
    elif any(EventKind.LM_CONSENT in each.detection.kinds for each in file.entries) and posture.state == State.RIPE:
        ended = {"status": "none" if deadline is not None and deadline.status == DeadlineStatus.LAPSED else "consent"}
    else:
        ended = {"status": "none" if deadline is not None else None}
    return {
        **ended,
        "open": [each.entry_label for each in still_open],
        "seen": labels,
        "last_day": iso(deadline.latest) if deadline else None,
    }


def _ruling(file: MatterFile, objection: EntryMeaning) -> Json:
    """How an objection that is no longer open ended, as far as the docket says it outright; else a person is asked."""
    number, attributes = objection.entry.document_number, objection.detection.attributes
    told: Json = {"document_number": number, "by": attributes.filer or _ROLES.get(attributes.objecting_party or "")}
    held = [each for each in file.posture.hearings if each.about == "objection" and each.status == "held"]
    for each in file.entries:
        facts = {fact.name for fact in each.detection.facts}
        if "objection_overruled" in facts and held:
            return {**told, "status": "hearing", "decided": iso(held[-1].start.date())}
        if EventKind.LM_WITHDRAWAL in each.detection.kinds and number in each.detection.attributes.related_documents:
            return {**told, "status": "withdrawn", "decided": iso(each.entry.day)}
    return told


def _stay(file: MatterFile) -> Json:
    motions = [each for each in file.posture.stay_motions if each.by_lm_creditor]
    facts = {fact.name for each in file.entries for fact in each.detection.facts}
    return {
        "motions": [
            {
                "document_number": each.document_number,
                "filed": iso(each.filed),
                "hearing": iso(each.hearing.date()) if each.hearing else None,
            }
            for each in motions
            if each.outcome is None
        ],
        "relief_granted": any(each.outcome is not None and each.outcome.startswith("granted") for each in motions),
        "discharged": any(EventKind.DISCHARGE in each.detection.kinds for each in file.entries),
        "repeat_filer": "repeat_filer" in facts,
        **_cover(file),
    }


def _cover(file: MatterFile) -> Json:
    """What covers the points of 11 U.S.C. 362(e) on every pending motion of the creditor; nothing where one is open."""
    pending = [each for each in file.posture.stay_motions if each.by_lm_creditor and each.outcome is None]
    if not pending or any(each.covered_through is None for each in pending):
        return {}
    least = min(pending, key=lambda each: each.covered_through or date.max)
    return {"covered_through": iso(least.covered_through), "covered_by": line(least.covered_by)}


def _confirmation(file: MatterFile) -> Json | None:
    if file.case.chapter != 13:
        return None
    ahead = [each for each in file.posture.hearings if each.about == "confirmation" and each.status == "set"]
    return {
        "confirmed": any(EventKind.CONFIRMATION_ORDER in each.detection.kinds for each in file.entries),
        "hearing": iso(ahead[-1].start.date()) if ahead else None,
    }


def _watch(file: MatterFile) -> Json:
    deadline = next((each for each in reversed(file.posture.deadlines) if each.key in OBJECTION_KEYS), None)
    readings = deadline.readings if deadline else None
    return {
        "words": line(file.watch.words),
        "gaps": [line(each) for each in file.watch.gaps],
        "settled": file.posture.settled,
        "earliest": iso(deadline.earliest) if deadline else None,
        "trace": [line(each) for each in readings.latest.trace] if readings else [],
    }


def _known(value: Json) -> Json:
    """Leave out what is unknown, so that a blank stands for it."""
    kept: Json = {}
    for name, each in value.items():
        if isinstance(each, dict):
            inner = _known(each)
            if inner:
                kept[name] = inner
        elif isinstance(each, list):
            kept[name] = [_known(item) if isinstance(item, dict) else item for item in each if item is not None]
        elif each is not None:
            kept[name] = each
    return kept


def _copy(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _copy(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_copy(each) for each in value]
    return value
