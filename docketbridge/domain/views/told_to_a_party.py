"""A matter's file as a party is told it: every day on its earliest reading, and nothing that is for the court alone."""

from __future__ import annotations

from dataclasses import replace

from docketbridge.domain.deadlines import Deadline, DeadlineStatus, Readings
from docketbridge.domain.matters import MatterFile, NextDate
from docketbridge.domain.standing import Hearing, Step

_MAY_COME_OFF = "may come off the calendar unless an objection is filed in time (V.A.3.c)"
_AT_THIS_HEARING = "the request will be considered at this hearing (V.A.3)"


def told_to_a_party(file: MatterFile) -> MatterFile:
    """Take from a file the latest readings (the court's own, on which it acts in silence), and what is owed and noted inside.

    What is left out: the other reading of every deadline with its computation, the steps that silence made and their days,
    the words on silence, tasks, notes, what nothing expected, papers issued, what a day's passing changes, and the words on
    provisional things, which name days of the latest reading. What a portal or a session told stays: it is process.
    """
    posture = file.posture
    known = replace(
        posture,
        deadlines=tuple(_on_earliest(each) for each in posture.deadlines),
        hearings=tuple(_without_fate(each) for each in posture.hearings),
        steps=tuple(each for each in posture.steps if not _by_silence(each)),
        tasks=(),
        notes=(),
        unexpected=(),
        changes_on=None,
        silence="",
        settled=False,
        held_by=(),
        end_provisional="until the order" if posture.end_provisional else None,
    )
    return replace(file, posture=known, papers=())


def next_told(upcoming: NextDate | None) -> NextDate | None:
    """A matter's next date as a party is told it."""
    return replace(upcoming, latest=upcoming.earliest) if upcoming is not None else None


def _on_earliest(deadline: Deadline) -> Deadline:
    readings = deadline.readings
    met_or_over = deadline.status in (DeadlineStatus.MET, DeadlineStatus.MOOTED, DeadlineStatus.EXTENDED)
    return replace(
        deadline,
        readings=Readings(earliest=readings.earliest, latest=readings.earliest) if readings is not None else None,
        moved_from=None,
        moved_by=None,
        # Why an open deadline is provisional or held speaks of the day on which the court acts.
        provisional=deadline.provisional if met_or_over and deadline.provisional == "met late" else None,
    )


def _without_fate(hearing: Hearing) -> Hearing:
    if hearing.note in (_MAY_COME_OFF, _AT_THIS_HEARING):
        return hearing
    if hearing.note.startswith("provisional"):
        return replace(hearing, note=_MAY_COME_OFF)
    if hearing.note.startswith("the request will be considered"):
        return replace(hearing, note=_AT_THIS_HEARING)
    return replace(hearing, note="") if hearing.note and hearing.status in ("set", "moved") else hearing


def _by_silence(step: Step) -> bool:
    return step.entry_id is None and step.on.startswith("lapsed:")
