"""The words on a calendar: days, case headings, masked numbers and the marks that stand before a summary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from docketbridge.api import Deadline, MatterFile

MARKED_FOR = timedelta(days=30)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SOCIAL_SECURITY = re.compile(r"\b\d{3}-\d{2}-(\d{4})\b")
_ACCOUNT = re.compile(r"\d{3,}(\d{4})\b")


def day_words(day: date) -> str:
    """`14 August 2026`, in English whatever the machine's locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_words(moment: datetime) -> str:
    """`14 August 2026, 10:30`."""
    return f"{day_words(moment)}, {moment:%H:%M}"


def masked(text: str) -> str:
    """Leave of any account or social security number its last four digits (Rule 9037(a))."""
    return _ACCOUNT.sub(r"…\1", _SOCIAL_SECURITY.sub(r"…\1", text))


def lines(parts: Iterable[str]) -> str:
    """Join what there is to say, a line each, leaving out what is empty."""
    return "\n".join(part for part in parts if part)


def heading(file: MatterFile) -> str:
    """Say whose matter it is: the case, the creditor, the matter's number."""
    name = f"{masked(file.case.name)}, " if file.case.name else ""
    chapter = f", chapter {file.case.chapter}" if file.case.chapter else ""
    judge = f", Judge {file.case.judge}" if file.case.judge else ""
    creditor = f"Creditor: {masked(file.matter.creditor)}" if file.matter.creditor else ""
    return lines((f"{name}{file.case.number}{chapter}{judge}", creditor, f"Matter {file.matter.number}"))


def initials(name: str | None) -> str:
    """The initials of the people in a case's name: `O.F.`, `O.F. & T.F.` for two."""
    parts = re.split(r"\s+(?:and|&)\s+", name or "", flags=re.IGNORECASE)
    letters = ("".join(f"{word[0].upper()}." for word in re.findall(r"[^\W\d_][\w'’.-]*", part)) for part in parts)
    return " & ".join(each for each in letters if each)


def public_words(file: MatterFile, words: str) -> str:
    """Say something of a case to everyone: its number, the debtor's initials, and words that hold no name."""
    return " ".join(part for part in (file.case.number, initials(file.case.name), words) if part)


def case_of(file: MatterFile) -> str:
    """Name the case as an item's own: court and number."""
    return f"{file.case.court} {file.case.number}"


def of_creditor(file: MatterFile) -> str:
    """Name the creditor behind a summary, so that the matters of one case are told apart."""
    return f" – {masked(file.matter.creditor)}" if file.matter.creditor else ""


def last_hours(file: MatterFile) -> str:
    """Say when a last day to file ends (Rule 9006(a)(4))."""
    return f"Last day: paper: {file.court.clerk_closes}; e-filing: midnight"


def moved_words(was: str, moved_by: str | None) -> str:
    """Say the last change: `Was 10 March 2026; moved by entry 21`, or without the entry where none is known."""
    return f"Was {was}; moved by {moved_by}." if moved_by else f"Was {was}."


def entry_day(file: MatterFile, label: str | None) -> date | None:
    """The day of the entry that people call by this label, where the file has it."""
    return next((each.entry.day for each in file.entries if each.entry.label == label), None)


def lately(file: MatterFile, label: str | None) -> bool:
    """Whether the entry of this label is at most 30 days old; an entry without a known day is not."""
    day = entry_day(file, label)
    return day is not None and file.today - day <= MARKED_FOR


def objection_running(file: MatterFile) -> Deadline | None:
    """The objection period that silence would end, while the matter waits for it."""
    posture = file.posture
    if any(item.kind == "objection" for item in posture.open_items):
        return None
    found = (
        each
        for each in posture.deadlines
        if each.kind == "objection" and each.key.startswith("obj_") and each.cycle == posture.cycle and each.status == "running"
    )
    return next(found, None)
