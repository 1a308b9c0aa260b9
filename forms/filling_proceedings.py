"""From a matter file to the facts of what happens after the request: hearing, extension, motion to end, approval, dismissal."""

from __future__ import annotations

from datetime import date

from docketbridge.api import DeadlineStatus, EntryMeaning, EventKind, MatterFile, OpenItem

from .reading_files import Json, iso

_PARTIES = ("debtor", "creditor", "court")


def proceedings_of(file: MatterFile) -> Json:
    """The parts of the facts that speak of the order and what follows it."""
    posture = file.posture
    order = _labelled(file, posture.order_label)
    return {
        "order": {"document_number": order.entry.document_number if order else None, "entered": iso(posture.ordered_on)},
        "hearing": _hearing(file),
        "extension": _extension(file),
        "ruling": {"heard": iso(_held(file, "objection"))},
        "termination": _termination(file),
        "approval": _approval(file),
        "dismissal": _dismissal(file),
    }


def period_end(file: MatterFile) -> date | None:
    """The end of the period that is in force: while an extension awaits its order, the end before it (AMB-14)."""
    posture = file.posture
    if posture.end_provisional and posture.lm_end_was:
        return posture.lm_end_was[-1][0]
    return posture.dates.lm_end


def _labelled(file: MatterFile, label: str | None) -> EntryMeaning | None:
    return next((each for each in reversed(file.entries) if label is not None and each.entry.label == label), None)


def _item(file: MatterFile, kind: str) -> OpenItem | None:
    return next((each for each in reversed(file.posture.open_items) if each.kind == kind), None)


def _held(file: MatterFile, about: str) -> date | None:
    held = [each.start.date() for each in file.posture.hearings if each.about == about and each.status == "held"]
    return max(held, default=None)


def _hearing(file: MatterFile) -> Json:
    ahead = sorted((each for each in file.posture.hearings if each.is_ahead(file.today)), key=lambda each: each.start)
    first = next((each for each in ahead if each.about == "objection"), None)
    if first is None:
        return {}
    place = " ".join((first.place or "").split())[:240]
    return {"day": iso(first.start.date()), "time": f"{first.start:%H:%M}", "place": place or None, "about": first.about}


def _extension(file: MatterFile) -> Json:
    posture = file.posture
    item = _item(file, "extension")
    due = next((each for each in reversed(posture.deadlines) if each.key == "ext_objection"), None)
    told: Json = {"extended_days": _days_extended(file) or None}
    if item is None:
        return told
    objected = any(
        EventKind.LM_EXTENSION_OBJECTION in each.detection.kinds and (each.entry.day or item.since) >= item.since
        for each in file.entries
    )
    return {
        **told,
        "document_number": item.document_number,
        "filed": iso(item.since),
        "agreed": item.joint,
        "until": iso(item.until),
        "objection_due": iso(due.earliest) if due else None,
        "objection_last_day": iso(due.latest) if due else None,
        "objected": objected or None,
    }


def _days_extended(file: MatterFile) -> int:
    """The days of earlier extensions: what a provisional end adds is not yet one of them."""
    posture, end = file.posture, period_end(file)
    last = posture.dates.lm_end
    provisional = (last - end).days if last is not None and end is not None else 0
    return max(posture.extended_days - provisional, 0)


def _termination(file: MatterFile) -> Json:
    item = _item(file, "motion_terminate")
    if item is None:
        return {}
    number = item.document_number
    return {
        "by": item.party if item.party in _PARTIES else None,
        "document_number": number,
        "filed": iso(item.since),
        "heard": iso(_heard_on(file, number)),
    }


def _heard_on(file: MatterFile, number: int | None) -> date | None:
    """The day on which minutes say that a motion was heard."""
    held = [
        each.entry.day
        for each in file.entries
        if EventKind.LM_HEARING in each.detection.kinds
        and number is not None
        and number in each.detection.attributes.related_documents
        and each.detection.attributes.hearing is None
    ]
    return max((day for day in held if day), default=None)


def _approval(file: MatterFile) -> Json:
    posture = file.posture
    item = _item(file, "approval") or _item(file, "trial")
    asked = [each for each in file.entries if EventKind.LOAN_MOD_MOTION in each.detection.kinds and each.reach == "matter"]
    orders = [each for each in file.entries if EventKind.LOAN_MOD_ORDER in each.detection.kinds and each.reach == "matter"]
    request = asked[-1] if asked else None
    order = orders[-1] if orders else None
    due = {each.key: each for each in posture.deadlines if each.key in ("sched_i", "sched_j", "amended_plan")}
    seen = {key: each.status is DeadlineStatus.MET for key, each in due.items()}
    first = min((each.earliest for each in due.values() if each.earliest), default=None)
    number = item.document_number if item and item.kind == "approval" else request.entry.document_number if request else None
    return {
        "document_number": number,
        "filed": iso(item.since if item and item.kind == "approval" else request.entry.day if request else None),
        "trial": True if item is not None and item.kind == "trial" else None,
        "heard": iso(_held(file, "approval")),
        "order_number": order.entry.document_number if order else None,
        "entered": iso((order.entry.entered or order.entry.day) if order else None),
        "due": iso(first),
        "schedule_i_seen": seen.get("sched_i"),
        "schedule_j_seen": seen.get("sched_j"),
        "plan_seen": seen.get("amended_plan"),
    }


def _dismissal(file: MatterFile) -> Json:
    orders = [each for each in file.entries if EventKind.DISMISSAL_ORDER in each.detection.kinds]
    if not orders:
        return {}
    last = orders[-1].entry
    return {"document_number": last.document_number, "entered": iso(last.entered or last.day)}
