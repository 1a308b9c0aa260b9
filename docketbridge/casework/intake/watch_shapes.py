"""The shapes in which a watch's account and a reconciliation go out as JSON (`gaps --json`, `reconcile --json`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from docketbridge.casework.intake.gaps import Incident, WatchAccount, WatchGap
from docketbridge.casework.intake.reconciliation import Reconciliation
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.reconciling import Hole
from docketbridge.domain.watching import Span
from docketbridge.ledger.dockets.polls import Poll


def watch_account(account: WatchAccount) -> dict[str, Any]:
    """An account as one JSON object; times are RFC 3339 on the court's clock, stretches are `start`, `end` and `minutes`."""
    zone = ZoneInfo(account.timezone)
    return {
        "court": account.court,
        "from": _time(account.start, zone),
        "to": _time(account.end, zone),
        "seen_through": _time(account.seen_through, zone),
        "polls": [_poll(each, zone) for each in account.polls],
        "windows": [_window(each, zone) for each in account.polls if each.window and each.case_number is None],
        "overlaps": [_stretch(each.start, each.end, zone) for each in account.overlaps],
        "gaps": [_gap(each, zone) for each in account.gaps],
        "incidents": [_incident(each, zone) for each in account.incidents],
        "holes": [_hole(case, each, zone) for case, each in account.holes],
        "scope": {
            "proves_silence": account.proves_silence,
            "declared": sorted({each.scope for each in account.polls if each.scope and each.case_number is None}),
            "partial": list(account.partial_scopes),
        },
    }


def _time(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).isoformat() if moment else None


def _stretch(start: datetime, end: datetime, zone: ZoneInfo) -> dict[str, Any]:
    return {"start": _time(start, zone), "end": _time(end, zone), "minutes": round((end - start).total_seconds() / 60)}


def _window(poll: Poll, zone: ZoneInfo) -> dict[str, Any]:
    window = poll.window or Span(start=poll.at, end=poll.at)
    told = {"oldest": _time(window.start, zone), "newest": _time(window.end, zone)}
    return {**told, "scope": poll.scope, "whole": poll.whole, "items": poll.items}


def _poll(poll: Poll, zone: ZoneInfo) -> dict[str, Any]:
    window = {"oldest": _time(poll.window.start, zone), "newest": _time(poll.window.end, zone)} if poll.window else None
    return {
        "at": _time(poll.at, zone),
        "source": poll.source,
        "feed": poll.feed,
        "format": poll.format,
        "outcome": poll.outcome.value,
        "why": poll.why,
        "window": window,
        "case_number": poll.case_number,
        "scope": poll.scope,
        "whole": poll.whole,
        "items": poll.items,
        "refused": poll.refused,
    }


def _gap(gap: WatchGap, zone: ZoneInfo) -> dict[str, Any]:
    return {
        **_stretch(gap.start, gap.end, zone),
        "status": gap.status,
        "reports_wanted": [case.number for case in gap.wanted],
        "closed_for": [
            {
                "matter": each.matter,
                "case_number": each.case.number,
                "by": each.by,
                "kind": each.kind,
                "through": _time(each.through, zone),
            }
            for each in gap.closed
        ],
    }


def _incident(incident: Incident, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "source": incident.source,
        "since": _time(incident.since, zone),
        "last": _time(incident.last, zone),
        "failures": incident.failures,
        "why": incident.why,
        "ended": _time(incident.ended, zone),
        "status": incident.status,
    }


def reconciliation(told: Reconciliation) -> dict[str, Any]:
    """A court's reconciliation as one JSON object; times are RFC 3339 on the court's clock, stretches as in an account."""
    zone = ZoneInfo(told.timezone)
    return {
        "court": told.court,
        "watched": told.watched,
        "reports_wanted": [
            {
                "case_number": each.case.number,
                "matters": list(each.matters),
                "sequences": [_numbers(hole, zone) for hole in each.sequences],
                "documents": [_numbers(hole, zone) for hole in each.documents],
                "gaps": [_stretch(gap.start, gap.end, zone) for gap in each.gaps],
            }
            for each in told.wanted
        ],
    }


def _hole(case: CaseKey, hole: Hole, zone: ZoneInfo) -> dict[str, Any]:
    return {"case_number": case.number, **_numbers(hole, zone)}


def _numbers(hole: Hole, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "first": hole.first,
        "last": hole.last,
        "missing": hole.missing,
        "since": _time(hole.since, zone),
        "by": _time(hole.by, zone),
    }
