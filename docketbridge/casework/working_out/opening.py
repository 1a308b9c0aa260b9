"""Opening matters: each gets its id once, from what names its opening entry, whichever feed happened to come first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision
from docketbridge.domain.linking.threads import Reading, Thread
from docketbridge.domain.matters import Matter
from docketbridge.ledger.dockets.matter_facts import Opening, open_matter, openings_in, relied_upon
from docketbridge.ledger.dockets.queries import survivors


def open_matters(
    session: Session, case: CaseKey, threads: Sequence[Thread], readings: Iterable[Reading], decisions: Iterable[Decision]
) -> tuple[tuple[Matter, Thread], ...]:
    """Join the threads of a case with the matters opened before; a thread without one opens it, and that is a fact.

    An entry that comes to light later may open a matter earlier than was known. The matter is then known by that entry,
    unless a calendar item was published or a decision taken under its first id: what others rely on stays. The number for
    people counts the matters of a case in the order of its docket, so it too is the same in whatever order feeds came.
    """
    if not threads:
        return ()
    known = openings_in(session, case)
    living = survivors(session, case)
    named = {reading.entry.id: _name(reading) for reading in readings}
    relied = relied_upon(session, known, decisions) if known else frozenset()
    opened, taken = [], set[str]()
    for count, thread in enumerate(threads, start=1):
        program = thread.profile.id
        matter = _relied_on(thread, known, living, relied, taken)
        if matter is not None:
            program = known[matter].program
        else:
            matter = minted(case, named[thread.opened_by])
            if matter not in known:
                open_matter(session, case, matter=matter, program=program, opened_by=thread.opened_by)
        taken.add(matter)
        opened.append((_matter(matter, f"{case}-{count}", case, program, thread), thread))
    return tuple(opened)


def minted(case: CaseKey, name: str) -> str:
    """The id of the matter that an entry of this name opens in a case: the same whenever it is minted."""
    return hashlib.blake2b(f"matter {case} {name}".encode(), digest_size=10).hexdigest()


def openers(session: Session, case: CaseKey, readings: Iterable[Reading]) -> dict[str, str]:
    """The entry that opened each matter of a case, by the matter's id: opened before, or yet to be opened by an entry here."""
    living = survivors(session, case)
    opened = {matter: living.get(known.entry, known.entry) for matter, known in openings_in(session, case).items()}
    return {**{minted(case, _name(reading)): reading.entry.id for reading in readings}, **opened}


def _name(reading: Reading) -> str:
    """What names an entry in every feed that tells of it: its document number, else its sequence, else its own id."""
    entry = reading.entry
    if entry.document_number is not None:
        return f"doc:{entry.document_number}"
    return f"seq:{entry.sequence}" if entry.sequence is not None else entry.id


def _relied_on(
    thread: Thread, known: Mapping[str, Opening], living: Mapping[str, str], relied: frozenset[str], taken: set[str]
) -> str | None:
    """The matter of this thread that something outside rests on, if there is one; that of its own opener first."""
    opened_by = {each: living.get(known[each].entry, known[each].entry) for each in relied - taken}
    own = [matter for matter, entry in opened_by.items() if entry in thread.own]
    by_opener = [matter for matter in own if opened_by[matter] == thread.opened_by]
    return min(by_opener or own, default=None)


def _matter(matter: str, number: str, case: CaseKey, program: str, thread: Thread) -> Matter:
    return Matter(
        id=matter,
        number=number,
        court=case.court,
        case_number=case.number,
        program=program,
        opened_by=thread.opened_by,
        creditor=thread.creditor,
        servicer=thread.servicer,
        property_address=thread.property_address,
        lien_position=thread.lien_position,
        changes=tuple(thread.changes),
    )
