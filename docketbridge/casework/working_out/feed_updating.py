"""Working out what follows from a whole feed: cases without a matter all at once, the others one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.updating import meaning_of, update_case
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.detection.detecting import detect
from docketbridge.domain.detection.vocabulary import Vocabulary
from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.events import Detection
from docketbridge.domain.linking.linking import Arrangement, arrange
from docketbridge.domain.linking.meant import as_decided
from docketbridge.domain.linking.threads import Reading
from docketbridge.domain.matters import CaseFacts, MatterFile
from docketbridge.domain.profile import Profile
from docketbridge.ledger.dockets.dockets import entries_in
from docketbridge.ledger.dockets.facts import Touched
from docketbridge.ledger.dockets.matter_facts import cases_apart
from docketbridge.ledger.dockets.queries import case_facts
from docketbridge.ledger.lists.derived import Meaning, keep_all_meanings

Entries = Mapping[CaseKey, frozenset[str] | None]


def update_touched(session: Session, rulebook: Rulebook, touched: Touched, *, today: date) -> tuple[MatterFile, ...]:
    """Work out every case that feeds touched, and keep what follows; the files of the matters in them.

    In a case without a matter and without a person's decision, what an entry means follows from the entry and from the case's
    facts alone. Such cases are worked out together, in a few statements for all; one in which an entry turns out to open a
    matter goes the way of the rest. What is kept is the same as if each had been worked out by itself. When an entry was first
    told of tells on the news of matters alone.
    """
    apart = cases_apart(session, touched.entries.keys() | touched.sooner)
    together = {case: entries for case, entries in touched.entries.items() if case not in apart}
    opening = _work_out_together(session, rulebook, together, touched)
    files: list[MatterFile] = []
    for case, entries in touched.entries.items():
        if case in opening:
            files += update_case(session, rulebook, case, today=today)
        elif case in apart:
            files += update_case(session, rulebook, case, today=today, touched=entries)
    for case in sorted(touched.sooner & apart - touched.entries.keys()):
        files += update_case(session, rulebook, case, today=today)
    return tuple(files)


def _work_out_together(session: Session, rulebook: Rulebook, cases: Entries, touched: Touched) -> frozenset[CaseKey]:
    """Keep what the entries of cases without a matter mean; the cases in which one of them opens a matter are left undone."""
    stubs: dict[tuple[str, ...], Detection] = {}
    meanings, opening = {}, set()
    for case, entries in entries_in(session, cases, fresh=touched.fresh).items():
        readings = tuple(
            Reading(entry=each, detection=_detected(each, rulebook.vocabulary_of(case.court), stubs)) for each in entries
        )
        arrangement = _arranged(session, rulebook, case, readings)
        if arrangement.threads:
            opening.add(case)
        else:
            meanings[case] = [meaning_of(reading, arrangement, {}) for reading in readings]
    # What the feed brought has no meaning yet that would have to go; what it touched may live on in another entry.
    replaced = {
        case: None if only is None else frozenset(_replaced(only, meanings[case], touched.fresh))
        for case, only in cases.items()
        if case not in opening
    }
    keep_all_meanings(session, meanings, instead_of=replaced)
    return frozenset(opening)


def _replaced(touched: Iterable[str], meant: Iterable[Meaning], fresh: Mapping[str, object]) -> Iterator[str]:
    yield from (entry for entry in touched if entry not in fresh)
    yield from (each.entry_id for each in meant if each.entry_id not in fresh)


def _detected(entry: DocketEntry, vocabulary: Vocabulary, stubs: dict[tuple[str, ...], Detection]) -> Detection:
    """What an entry means; of entries without a text, which hold the event names alone, those that read alike are read once."""
    if entry.text is not None:
        return as_decided(entry, detect(entry, vocabulary), ())
    if entry.events not in stubs:
        stubs[entry.events] = detect(entry, vocabulary)
    return stubs[entry.events]


def _arranged(session: Session, rulebook: Rulebook, case: CaseKey, readings: Sequence[Reading]) -> Arrangement:
    """Sort a docket into matters; the case's facts are read only where an entry could open one."""
    facts: list[CaseFacts] = []

    def choose(day: date) -> Profile | None:
        if not facts:
            facts.append(case_facts(session, case))
        return rulebook.in_force(facts[0], day)

    return arrange(readings, choose=choose)
