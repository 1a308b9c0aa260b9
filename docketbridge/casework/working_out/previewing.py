"""What another vocabulary would do to the ledger: which entries would mean something else, which matters would move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.comparing import MovedMatter, compared
from docketbridge.casework.working_out.updating import CaseWork, work_out
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.detection.detecting import detect_kind
from docketbridge.domain.detection.vocabulary import Vocabulary
from docketbridge.domain.events import Detection
from docketbridge.domain.linking.threads import Reading
from docketbridge.domain.matters import MatterFile
from docketbridge.ledger.dockets.queries import all_cases, entries_of
from docketbridge.ledger.lists.derived import matter_lines

ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningMoved:
    """An entry that would mean something else, in words: its kinds, its candidates, its facts."""

    case: CaseKey
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """All that another vocabulary would change."""

    entries: tuple[MeaningMoved, ...]
    matters: tuple[MovedMatter, ...]


def preview(engine: Engine, rulebook: Rulebook, vocabulary: Vocabulary, *, today: date) -> Preview:
    """Read every case by the vocabulary in force and by another one, and tell what would be otherwise on a day.

    What persons decided stands under either. The ledger is left as it was.
    """
    other = replace(rulebook, vocabulary=vocabulary)
    entries: list[MeaningMoved] = []
    matters: list[MovedMatter] = []
    with Session(engine) as session:
        watched = {(line.court, line.case_number) for line in matter_lines(session)}
        for case in all_cases(session):
            if (case.court, case.number) not in watched and not _reads_otherwise(session, rulebook, other, case):
                continue
            before = work_out(session, rulebook, case, today=today)
            after = work_out(session, other, case, today=today)
            entries += _meanings(case, before, after)
            matters += _matters(before.files, after.files)
        session.rollback()
    return Preview(entries=tuple(entries), matters=tuple(matters))


def _reads_otherwise(session: Session, rulebook: Rulebook, other: Rulebook, case: CaseKey) -> bool:
    """Whether any entry of a case without a matter would be of another kind: attributes and facts move nothing there."""
    before, after = rulebook.vocabulary_of(case.court), other.vocabulary_of(case.court)
    return any(detect_kind(entry, before) != detect_kind(entry, after) for entry in entries_of(session, case))


def _meanings(case: CaseKey, before: CaseWork, after: CaseWork) -> list[MeaningMoved]:
    then = {each.entry.id: _said(each, before) for each in before.readings}
    return [
        MeaningMoved(case=case, label=each.entry.label, before=then[each.entry.id], after=_said(each, after))
        for each in after.readings
        if then[each.entry.id] != _said(each, after)
    ]


def _said(reading: Reading, work: CaseWork) -> str:
    question = work.arrangement.review.get(reading.entry.id)
    return _in_words(reading.detection) + (f" (waits: {question.reason})" if question else "")


def _in_words(found: Detection) -> str:
    kinds = " and ".join(kind.value for kind in found.kinds) or " or ".join(kind.value for kind in found.candidates)
    facts = ", ".join(f"{fact.name} {fact.value}" if fact.value is not True else fact.name for fact in found.facts)
    return f"{kinds or 'none'} [{facts}]" if facts else kinds or "none"


def _matters(before: Mapping[str, MatterFile], after: Mapping[str, MatterFile]) -> list[MovedMatter]:
    moved: list[MovedMatter] = []
    for matter in sorted(before.keys() | after.keys()):
        old, new = before.get(matter), after.get(matter)
        if old is not None and new is not None:
            found = compared(new.matter.number, old.posture, new.posture)
            moved += [found] if found is not None else []
            continue
        there = old or new
        if there is not None:
            states = (there.posture.shown, ABSENT) if old is not None else (ABSENT, there.posture.shown)
            moved.append(MovedMatter(number=there.matter.number, old_state=states[0], new_state=states[1], dates=()))
    return sorted(moved, key=lambda each: each.number)
