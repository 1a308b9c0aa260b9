"""The rows of a bench memo from a matter file: where the matter stands, what is pending and ahead, the stay, notes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from docketbridge.api import DeadlineStatus, Hearing, MatterFile, StayMotion

from .phrases import clock
from .reading_files import Json, line

HISTORY, PENDING, AHEAD, STAY, NOTES = 2, 3, 4, 2, 2
"""Rows of each table at most: the memo is one page, and says what it leaves out."""
LONGEST = 85
_PLAN_CHAPTERS = (12, 13)


# In a paper the program's own papers are named in full.
_ON = {"lm_request": "request", "lm_order": "loss mitigation order", "lm_objection": "objection"}


def bench_of(file: MatterFile) -> Json:
    """All rows of the memo, each with its source."""
    return {
        "posture": line(_posture(file), 600),
        "payments": line(_payments(file), 300),
        "history": _most_recent(_history(file)),
        "pending": _capped(_pending(file), PENDING, "on the matter’s page"),
        "ahead": _capped(_ahead(file), AHEAD, "on the matter’s page", column=1),
        "stay": _capped([_stay(each) for each in file.posture.stay_motions], STAY, "in the ledger"),
        "notes": _capped(
            [[each.text, each.cite] for each in file.posture.notes if each.to == "chambers"], NOTES, "on the matter’s page"
        ),
        "seen": line(" ".join(each for each in (file.posture.silence, file.watch.words) if each), 600),
    }


def _posture(file: MatterFile) -> str:
    posture = file.posture
    words = f"{posture.shown.replace('_', ' ').capitalize()}"
    if posture.steps:
        words += f" since {_day(posture.steps[-1].day)}"
    if posture.requested_on:
        words += f". Requested by the {posture.requested_by or 'party not told'} on {_day(posture.requested_on)}"
        words += f" ({posture.request_label})" if posture.request_label else ""
    if posture.ordered_on:
        words += f". Ordered on {_day(posture.ordered_on)} ({posture.order_label})"
    if posture.ordered_on and posture.state == "active":
        words += f", day {(file.today - posture.ordered_on).days}"
    if posture.dates.lm_end:
        words += f". The period ends {_day(posture.dates.lm_end)}"
        words += f", provisionally ({posture.end_provisional})" if posture.end_provisional else ""
    if posture.extended_days:
        words += f"; extended by {posture.extended_days} days in all"
    return f"{words}."


def _payments(file: MatterFile) -> str | None:
    """The status of plan payments (LMP VI.B.4); it matters while the period runs, and is told whenever a record tells it."""
    if file.case.chapter not in _PLAN_CHAPTERS:
        return None
    if file.payment_status is not None:
        return f"{file.payment_status.words_for_papers}."
    return "Plan payments (LMP VI.B.4): no trustee’s record was taken in." if file.posture.state == "active" else None


def _history(file: MatterFile) -> list[list[str]]:
    return [
        [
            _day(step.day),
            _ON.get(step.on, step.moved_by) + (f": {step.note}" if step.note else ""),
            step.entry_label or step.cite,
        ]
        for step in file.posture.steps
    ]


def _pending(file: MatterFile) -> list[list[str]]:
    items = [
        [
            item.kind.replace("_", " ").capitalize() + (f", by the {item.party}" if item.party else ""),
            f"since {_day(item.since)}",
            item.entry_label,
        ]
        for item in file.posture.open_items
    ]
    owed = [
        [f"{task.what}: {task.because}", f"by {_day(task.due)}" if task.due else "", task.cite]
        for task in file.posture.tasks
        if task.owner == "chambers"
    ]
    return [*items, *owed]


def _ahead(file: MatterFile) -> list[list[str]]:
    found: list[tuple[date, str, list[str]]] = [
        (each.start.date(), f"{each.start:%H:%M}", [_when(each), f"Hearing: {_plain(each.about)}", each.entry_label])
        for each in file.posture.hearings
        if each.is_ahead(file.today)
    ]
    found += [
        (each.earliest, "", [_readings(each.earliest, each.latest), each.what, each.cite])
        for each in file.posture.deadlines
        if each.status is DeadlineStatus.RUNNING and each.earliest is not None and (each.latest or each.earliest) >= file.today
    ]
    # What is called comes before what is only due: a hearing is never among the rows left out while a deadline is shown.
    hearings = sorted(each for each in found if each[1])
    kept = [*hearings, *sorted(each for each in found if not each[1])]
    return [row for _, _, row in [*sorted(kept[:AHEAD]), *kept[AHEAD:]]]


def _when(hearing: Hearing) -> str:
    return f"{_day(hearing.start.date())}, {clock(f'{hearing.start:%H:%M}')}"


def _readings(earliest: date, latest: date | None) -> str:
    return _day(earliest) + (f" (latest {_day(latest)})" if latest and latest != earliest else "")


def _stay(motion: StayMotion) -> list[str]:
    return [
        f"{motion.entry_label}, {motion.filed:%b} {motion.filed.day}" + (f"; {motion.outcome}" if motion.outcome else ""),
        _day(motion.hearing.date()) if motion.hearing else "not set",
        _day(motion.day_30),
        _day(motion.day_60) if motion.day_60 else "none (ch. 12)",
        f"{_day(motion.covered_through)} ({motion.covered_by})" if motion.covered_through else "nothing",
    ]


def _most_recent(rows: list[list[str]]) -> list[list[str]]:
    kept = rows[-HISTORY:]
    if len(rows) > HISTORY:
        kept = [["…", f"{len(rows) - HISTORY} earlier steps", "on the matter’s page"], *kept]
    return [[_cell(each) for each in row] for row in kept]


def _capped(rows: Iterable[list[str]], most: int, where: str, *, column: int = 0) -> list[list[str]]:
    """The first rows, and one more that says in its wide column how many are left out."""
    told = list(rows)
    kept = told[:most]
    if len(told) > most:
        kept.append([f"{len(told) - most} more {where}" if place == column else "…" for place in range(len(told[0]))])
    return [[_cell(each) for each in row] for row in kept]


def _cell(text: str) -> str:
    clean = line(text, 1000) or "–"
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1].rstrip()}…"


def _plain(key: str) -> str:
    return key.removeprefix("lapsed:").replace("_", " ").replace("lm ", "loss mitigation ")


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
