"""The queue of entries that a person must decide: each with its text, what was read and why, and the matters it may be of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.updating import CaseWork, work_out
from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.detection.detecting import detect
from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.events import Detection
from docketbridge.domain.linking.doubting import FOR_A_PERSON, FOR_ITS_TEXT
from docketbridge.domain.linking.linking import NEW_MATTER
from docketbridge.domain.matters import Matter, MatterFile
from docketbridge.errors import CaseNumberError, UsageError
from docketbridge.ledger.dockets.finding import entries_by_document, entries_by_id
from docketbridge.ledger.dockets.queries import case_facts, decisions_in, survivors
from docketbridge.ledger.lists.waiting_entries import cases_waiting

_SHORTEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A matter that an undecided entry may be of, and what speaks for it."""

    matter: Matter
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One entry as a person reviews it.

    `meaning` is what stands now, `by_patterns` what detection alone gives. `reason` and `waits_for` are there while it is
    undecided; `likely` ranks the matters it may be of, `matters` are those it belongs to, `holds` those whose silence it holds.
    """

    case: CaseKey
    chapter: int | None
    entry: DocketEntry
    meaning: Detection
    by_patterns: Detection
    reason: str | None
    waits_for: str | None
    likely: tuple[Likely, ...]
    matters: tuple[Matter, ...]
    holds: tuple[Matter, ...]
    decisions: tuple[Decision, ...]


def waiting(session: Session, rulebook: Rulebook, *, today: date, since: CaseKey | None = None) -> Iterator[ReviewItem]:
    """Every entry that waits for a person, and every generic event name without text that holds a matter's silence.

    They come case by case, each case worked out when it is asked for; from one case on where `since` is given.
    """
    for case in cases_waiting(session):
        if since is not None and case < since:
            continue
        work = work_out(session, rulebook, case, today=today)
        held = {entry for file in work.files.values() for entry in file.posture.held_by}
        wanted = [each.entry for each in work.readings if each.entry.id in work.arrangement.review or each.entry.id in held]
        yield from (_item(session, rulebook, case, work, entry) for entry in wanted)


def review_item(session: Session, rulebook: Rulebook, words: str, *, today: date) -> ReviewItem:
    """One entry, in review or not, by its id or as `CASE:NUMBER`. Raises UsageError when there is none, or several."""
    case, entry_id = find_entry(session, words)
    work = work_out(session, rulebook, case, today=today)
    found = next((each.entry for each in work.readings if each.entry.id == entry_id), None)
    if found is None:
        raise UsageError(f"entry {words!r} of {case} is told anew by a docket report under another number")
    return _item(session, rulebook, case, work, found)


def find_entry(session: Session, words: str) -> tuple[CaseKey, str]:
    """The entry a person means: by its id or at least six signs of it, or as `26-10115:8`. Raises UsageError."""
    case, colon, number = words.strip().rpartition(":")
    if colon:
        found = _by_document(session, case, number, words)
    elif len(number) < _SHORTEST:
        raise UsageError(f"no entry {words!r}; write its id as `review list` gives it, or CASE:NUMBER such as 26-10123:12")
    else:
        found = entries_by_id(session, number)
    if not found:
        raise UsageError(f"no entry {words!r}")
    if len(found) > 1:
        raise UsageError(f"{words!r} is more than one entry: {', '.join(f'{entry} of {case}' for case, entry in found)}")
    return found[0]


def _by_document(session: Session, case: str, number: str, words: str) -> tuple[tuple[CaseKey, str], ...]:
    court, dash, rest = case.partition("-")
    named = (court.lower(), rest) if dash and court.isalpha() else (None, case)
    if not (number.isascii() and number.isdigit()):
        raise UsageError(f"entry {words!r}: {number!r} is no document number")
    try:
        key = parse_case_number(named[1]).key
    except CaseNumberError as fault:
        raise UsageError(f"entry {words!r}: {fault}") from fault
    return entries_by_document(session, number=key, document=int(number), court=named[0])


def _item(session: Session, rulebook: Rulebook, case: CaseKey, work: CaseWork, entry: DocketEntry) -> ReviewItem:
    question = work.arrangement.review.get(entry.id)
    files = tuple(work.files.values())
    holds = tuple(file.matter for file in files if entry.id in file.posture.held_by)
    by_opening = {file.matter.opened_by: file.matter for file in files}
    living = survivors(session, case)
    taken = (replace(each, entry_id=living.get(each.entry_id or "", each.entry_id)) for each in decisions_in(session, case))
    meaning = next(each.detection for each in work.readings if each.entry.id == entry.id)
    waits_for = None
    if question is not None or holds:
        waits_for = FOR_A_PERSON if question is not None else FOR_ITS_TEXT
    return ReviewItem(
        case=case,
        chapter=case_facts(session, case).chapter,
        entry=entry,
        meaning=meaning,
        by_patterns=detect(entry, rulebook.vocabulary_of(case.court)),
        reason=question.reason if question else (f"holds a silence, and {FOR_ITS_TEXT}" if holds else None),
        waits_for=waits_for,
        likely=tuple(
            Likely(matter=by_opening[opener], why=why)
            for opener, why in (question.matters if question else ())
            if opener in by_opening
        ),
        matters=tuple(file.matter for file in files if _belongs(file, entry.id)),
        holds=holds,
        decisions=tuple(each for each in taken if each.entry_id == entry.id),
    )


def _belongs(file: MatterFile, entry_id: str) -> bool:
    return any(each.entry.id == entry_id and each.reach == "matter" for each in file.entries)


def in_words(decision: Decision, numbers: dict[str, str] | None = None) -> str:
    """A decision as one line: what was decided, by whom, when, and why."""
    what = _WHAT.get(decision.kind, decision.kind.value.replace("_", " "))
    match decision.kind:
        case DecisionKind.MEANING:
            kinds = " and ".join(each.replace("_", " ") for each in (decision.choice or "none", *decision.also))
            given = ", ".join(f"{name}={value}" for name, value in (*decision.attributes, *decision.facts))
            what = f"means {kinds}" + (f" ({given})" if given else "")
        case DecisionKind.LINKED:
            matter = decision.matter_id or ""
            what = (
                "opens a matter of its own" if decision.choice == NEW_MATTER else f"is of {(numbers or {}).get(matter, matter)}"
            )
        case DecisionKind.SERVED:
            whom = f" on {decision.on_whom}" if decision.on_whom else ""
            what = f"was served{whom} on {decision.day} by {decision.choice}"
        case DecisionKind.JOINT:
            what = f"joint: {decision.choice}"
        case DecisionKind.ORDER_DATES:
            what = "dates " + ", ".join(f"{name} {day}" for name, day in decision.dates)
        case DecisionKind.TASK_CLOSED:
            what = f"{decision.choice} done" + (f": {decision.answer}" if decision.answer else "")
        case _:
            pass
    why = f": {decision.reason}" if decision.reason else ""
    return f"{decision.at:%Y-%m-%d %H:%M} {decision.by}: {what}{why}"


_WHAT = {DecisionKind.SET_ASIDE: "set aside", DecisionKind.UNDONE: "undid the decision before it"}
