"""The shape of `review list --json` and `review show --json`: one entry with all that a person needs to decide it."""

from __future__ import annotations

from docketbridge.casework.review.reviewing import ReviewItem
from docketbridge.casework.shapes import Shape, detection, when
from docketbridge.domain.decisions import Decision


def review_item(item: ReviewItem) -> Shape:
    """One entry as a person reviews it."""
    entry, why = item.entry, item.meaning.why
    return {
        "entry": entry.id,
        "court": item.case.court,
        "case_number": item.case.number,
        "document_number": entry.document_number,
        "label": entry.label,
        "date_filed": when(entry.filed),
        "entered": when(entry.entered_time or entry.entered),
        "events": list(entry.events),
        "text": entry.text,
        "link": entry.link,
        "reason": item.reason,
        "waits_for": item.waits_for,
        "candidates": [kind.value for kind in item.meaning.candidates or item.meaning.kinds],
        "evidence": why.quote if why else None,
        "detection": detection(item.meaning),
        "by_patterns": detection(item.by_patterns),
        "likely_matters": [
            {"matter": each.matter.number, "creditor": each.matter.creditor, "why": each.why} for each in item.likely
        ],
        "matters": [each.number for each in item.matters],
        "holds": [each.number for each in item.holds],
        "decisions": [_decision(each) for each in item.decisions],
    }


def _decision(decision: Decision) -> Shape:
    told = {
        "kind": decision.kind.value,
        "by": decision.by,
        "at": when(decision.at),
        "reason": decision.reason or None,
        "matter": decision.matter_id,
        "day": when(decision.day),
        "choice": decision.choice,
        "answer": decision.answer,
        "on_whom": decision.on_whom,
        "also": list(decision.also),
        "dates": {name: when(day) for name, day in decision.dates},
        "attributes": dict(decision.attributes),
        "facts": dict(decision.facts),
        "undoes": when(decision.undoes),
    }
    return {name: value for name, value in told.items() if value or name in ("kind", "by", "at", "reason")}
