"""How `replay --dry-run --vocabulary FILE` tells what a change of wording would do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docketbridge.casework.working_out.comparing import Days, MovedMatter
from docketbridge.casework.working_out.previewing import Preview


def preview_told(preview: Preview) -> Iterator[str]:
    """One line an entry that would mean something else, one a matter that would move, its dates below."""
    for each in preview.entries:
        yield f"{each.case} {each.label}: {each.before} -> {each.after}"
    for matter in preview.matters:
        yield from _matter(matter)


def _matter(matter: MovedMatter) -> Iterator[str]:
    yield f"matter {matter.number}: {matter.old_state} -> {matter.new_state}"
    for moved in matter.dates:
        yield f"  {moved.key}: {_days(moved.old)} -> {_days(moved.new)}  {moved.what}"


def _days(days: Days | None) -> str:
    if days is None:
        return "none"
    earliest, latest = (_day(day) for day in days)
    return earliest if earliest == latest else f"{earliest} (latest {latest})"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "waiting"
