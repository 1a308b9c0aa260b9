"""The shapes of `task list --json` and `intake --json`: what is owed, and what taking a feed in did."""

from __future__ import annotations

from docketbridge.casework.intake.intake import IntakeResult
from docketbridge.casework.review.task_doing import Owed
from docketbridge.casework.shapes import Shape, when


def owed_task(each: Owed) -> Shape:
    """One task of one matter, with what may be chosen on doing it."""
    task = each.task
    return {
        "matter": each.number,
        "court": each.court,
        "case_number": each.case_number,
        "key": task.key,
        "owner": task.owner,
        "what": task.what,
        "opened": when(task.opened),
        "due": when(task.due),
        "because": task.because,
        "cite": task.cite,
        "closed_by": task.closed_by,
        "entry": each.label,
        "entry_id": task.entry_id,
        "choices": list(each.choices),
    }


def intake(result: IntakeResult) -> Shape:
    """What taking one feed in did."""
    return {
        "file": result.name,
        "court": result.court,
        "format": result.format,
        "new": result.new,
        "seen_again": result.seen_again,
        "amended": result.amended,
        "refused": result.refused,
        "problems": len(result.problems),
        "matters": list(result.matters),
        "gaps": [{"start": each.start.isoformat(), "end": each.end.isoformat()} for each in result.gaps],
    }
