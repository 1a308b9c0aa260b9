"""Motions and objections that are pending: lift-stay, terminate, compel, dismiss, extend, approve."""

from __future__ import annotations

from docketbridge.api import Hearing, MatterFile, OpenItem, StayMotion
from mediator.wording import short_day

from .section import Item, Section

MINUTES = 5
_TITLES = {
    "objection": "Objection to loss mitigation",
    "extension": "Request to extend the period",
    "approval": "Request to approve a resolution",
    "motion_terminate": "Motion to terminate loss mitigation",
    "motion_compel": "Motion to compel",
    "motion_dismiss": "Motion to dismiss the case",
    "lift_stay": "Motion for relief from the stay",
    "trial": "Trial plan",
}


def motions(file: MatterFile) -> Section:
    """What is pending, oldest first, each with the hearing set for it."""
    posture = file.posture
    pending = [each for each in posture.stay_motions if each.outcome is None and each.by_lm_creditor]
    known = {each.entry_id for each in pending}
    told = [(each.filed, _stay(each)) for each in pending]
    told += [(each.since, _open(each, posture.hearings, file)) for each in posture.open_items if each.entry_id not in known]
    told.sort(key=lambda each: (each[0], each[1].words))
    return Section(title="Motions and objections pending", items=tuple(item for _, item in told), when="Filed")


def _stay(motion: StayMotion) -> Item:
    words = "Motion for relief from the stay"
    if motion.hearing is not None:
        words += f"; hearing {short_day(motion.hearing.date())} at {motion.hearing:%H:%M}"
    covered = f"the stay is covered through {short_day(motion.covered_through)}" if motion.covered_through else ""
    words += f"; {covered or 'nothing on the docket extends the stay past 11 U.S.C. 362(e)'}"
    return Item(
        words=words,
        who="creditor",
        since=short_day(motion.filed),
        source=motion.entry_label,
        minutes=MINUTES,
    )


def _open(item: OpenItem, hearings: tuple[Hearing, ...], file: MatterFile) -> Item:
    words = _TITLES.get(item.kind, item.kind.replace("_", " ").capitalize())
    if item.until is not None:
        words += f" to {short_day(item.until)}"
    ahead = next((each for each in hearings if each.about == item.kind and each.is_ahead(file.today)), None)
    if ahead is not None:
        words += f"; hearing {short_day(ahead.start.date())} at {ahead.start:%H:%M}"
    return Item(
        words=words,
        who=item.party or "",
        since=short_day(item.since),
        source=item.entry_label,
        minutes=MINUTES,
    )
