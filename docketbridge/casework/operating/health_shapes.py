"""The shape in which the health of an instance goes out as JSON: sources against their pace, the watch, the jobs."""

from __future__ import annotations

from typing import Any

from docketbridge.casework.operating.health import CourtHealth, Health, OpenGap, SourceHealth
from docketbridge.casework.shapes import when


def health(told: Health) -> dict[str, Any]:
    """How an instance fares as one JSON object; times are RFC 3339 in UTC. What a source answered stays inside."""
    return {
        "now": when(told.now),
        "version": told.version,
        "database": told.database.kind,
        "schema": told.database.schema,
        "sources": [_source(each) for each in told.sources],
        "courts": [_court(each) for each in told.courts],
        "jobs": {name: when(at) for name, at in told.done},
    }


def _source(told: SourceHealth) -> dict[str, Any]:
    return {
        "name": told.name,
        "court": told.court,
        "every_minutes": round(told.every.total_seconds() / 60),
        "last_good": when(told.last_good),
        "late": told.is_late,
        "failing_since": when(told.failing_since),
        "failures": told.failures,
    }


def _court(told: CourtHealth) -> dict[str, Any]:
    return {
        "court": told.court,
        "timezone": told.timezone,
        "seen_through": when(told.seen_through),
        "gaps": [_gap(each) for each in told.gaps],
        "partial": list(told.partial),
    }


def _gap(told: OpenGap) -> dict[str, Any]:
    return {"start": when(told.start), "end": when(told.end), "cases": list(told.cases), "matters": list(told.matters)}
