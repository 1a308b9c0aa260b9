"""The mediator's room: the one door to substance, opened with the right only; sessions, assignments, notes and reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rights import Acting, Action, ask
from docketbridge.domain.matters import MatterFile, MediatorFile
from docketbridge.domain.portal import PortalFact
from docketbridge.domain.sessions import Assignment, SessionRecord
from docketbridge.domain.substance import ConfidentialNote, PortalRow, ReviewOutcome
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.portal import facts_of, keep_facts, known_facts
from docketbridge.ledger.sessions import assignments_of, keep_assignment, keep_session, sessions_of
from docketbridge.ledger.substance import keep_note, keep_substance, outcomes_of, substance_of


def with_process(session: Session, files: Mapping[str, MatterFile]) -> dict[str, MatterFile]:
    """Add to matter files what a portal's record and the mediator's sessions tell of process."""
    if not files:
        return {}
    facts, sessions = facts_of(session, matters=files), sessions_of(session, files)
    assignments = assignments_of(session, files)
    return {
        matter: replace(file, portal=facts.get(matter, ()), sessions=sessions.get(matter, ()), assignment=assignments.get(matter))
        for matter, file in files.items()
    }


def keep_rows(session: Session, rows: Sequence[PortalRow], *, export: int) -> int:
    """Keep the rows of an export that are new, each side in its own tables; how many were."""
    told = {each.fact.id: each for each in rows}
    known = known_facts(session, told)
    new = [each for each in told.values() if each.fact.id not in known]
    keep_facts(session, ((each.fact, each.line) for each in new), export=export)
    keep_substance(session, (each.substance for each in new))
    return len(new)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationRoom:
    """Where a mediator works. `file_of` finds a matter's process file; `now` is when this is (aware)."""

    engine: Engine
    file_of: Callable[[str], MatterFile]
    now: datetime

    def mediator_file(self, matter: str, acting: Acting | None) -> MediatorFile:
        """The file of a matter with its substance, for its mediator and the parties' side. Raises RightsError."""
        file = self.file_of(matter)
        ask(acting, Action.SEE_SUBSTANCE, file)
        with Session(self.engine) as session:
            kept = substance_of(session, accounts={fact.account for fact in file.portal}, matter=file.matter.id)
        shown = {fact.id for fact in file.portal}
        return MediatorFile(file=file, substance=tuple(each for each in kept.portal if each.fact in shown), notes=kept.notes)

    def assign(self, matter: str, acting: Acting, *, accepted: bool, conflicts: Sequence[str] = ()) -> Assignment:
        """Keep that a mediator accepted or declined a matter. Raises RightsError, UsageError."""
        file = self.file_of(matter)
        ask(acting, Action.TAKE_ASSIGNMENT, file)
        made = Assignment(matter=file.matter.id, mediator=acting.id, at=self.now, accepted=accepted, conflicts=tuple(conflicts))
        with Session(writing_engine(self.engine)) as session, session.begin():
            keep_assignment(session, made)
        return made

    def record_session(self, record: SessionRecord, acting: Acting) -> None:
        """Keep what a mediator notes of a session, process only. Raises RightsError."""
        ask(acting, Action.RECORD_SESSION, self.file_of(record.matter))
        with Session(writing_engine(self.engine)) as session, session.begin():
            keep_session(session, record)

    def note(self, matter: str, text: str, acting: Acting) -> None:
        """Keep a confidential note: substance. Raises RightsError."""
        file = self.file_of(matter)
        ask(acting, Action.RECORD_SESSION, file)
        with Session(writing_engine(self.engine)) as session, session.begin():
            keep_note(session, ConfidentialNote(matter=file.matter.id, at=self.now, by=acting.id, text=text))

    def decisions_counted(self) -> Mapping[str, ReviewOutcome]:
        """What was decided in each deciding act, for counting only: indicators, small numbers suppressed."""
        with Session(self.engine) as session:
            return outcomes_of(session)

    def portal_records(self) -> Mapping[str, tuple[PortalFact, ...]]:
        """The process side of every matched account, by matter."""
        with Session(self.engine) as session:
            return facts_of(session)
