"""The mediator's room: the one door to substance, opened with the right only; sessions, assignments, notes and reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.people.audit import AuditDesk
from docketbridge.casework.rights import Acting, Action, Role, ask, side_of
from docketbridge.domain.auditing import Deed
from docketbridge.domain.matters import MatterFile, MediatorFile
from docketbridge.domain.portal import PortalFact
from docketbridge.domain.sessions import Assignment, SessionRecord
from docketbridge.domain.substance import ConfidentialNote, PartyDraft, PortalRow, ReviewOutcome
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.portal import facts_of, keep_facts, known_facts
from docketbridge.ledger.sessions import assignments_of, keep_assignment, keep_session, sessions_of
from docketbridge.ledger.substance import drafts_of, keep_draft, keep_note, keep_substance, outcomes_of, substance_of


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
    audit: AuditDesk
    file_of: Callable[[str], MatterFile]
    now: datetime

    def mediator_file(self, matter: str, acting: Acting | None) -> MediatorFile:
        """The file of a matter with its substance, for its mediator and the parties' side. Raises RightsError.

        A mediator's own notes are the mediator's alone: the sides do not read them either.
        """
        file = self.file_of(matter)
        ask(acting, Action.SEE_SUBSTANCE, file)
        with Session(self.engine) as session:
            kept = substance_of(session, accounts={fact.account for fact in file.portal}, matter=file.matter.id)
        shown = {fact.id for fact in file.portal}
        mine = acting.id if acting is not None and acting.role is Role.MEDIATOR else None
        notes = tuple(each for each in kept.notes if each.by == mine)
        return MediatorFile(file=file, substance=tuple(each for each in kept.portal if each.fact in shown), notes=notes)

    def assign(self, matter: str, acting: Acting, *, accepted: bool, conflicts: Sequence[str] = ()) -> Assignment:
        """Keep that a mediator accepted or declined a matter. Raises RightsError, UsageError."""
        file = self.file_of(matter)
        ask(acting, Action.TAKE_ASSIGNMENT, file)
        made = Assignment(matter=file.matter.id, mediator=acting.id, at=self.now, accepted=accepted, conflicts=tuple(conflicts))
        with Session(writing_engine(self.engine)) as session, session.begin():
            keep_assignment(session, made)
            word = "accepted" if accepted else "declined"
            self.audit.note_in(session, Deed.ASSIGNED, f"{word} by {acting.id}", matter=made.matter, by=acting)
        return made

    def record_session(self, record: SessionRecord, acting: Acting) -> None:
        """Keep what a mediator notes of a session, process only. Raises RightsError."""
        ask(acting, Action.RECORD_SESSION, self.file_of(record.matter))
        with Session(writing_engine(self.engine)) as session, session.begin():
            keep_session(session, record)
            self.audit.note_in(session, Deed.RECORDED, "session", matter=record.matter, by=acting)

    def note(self, matter: str, text: str, acting: Acting) -> None:
        """Keep a confidential note: substance. Raises RightsError."""
        file = self.file_of(matter)
        ask(acting, Action.RECORD_SESSION, file)
        with Session(writing_engine(self.engine)) as session, session.begin():
            keep_note(session, ConfidentialNote(matter=file.matter.id, at=self.now, by=acting.id, text=text))
            self.audit.note_in(session, Deed.RECORDED, "note", matter=file.matter.id, by=acting)

    def drafts(self, matter: str, acting: Acting) -> tuple[PartyDraft, ...]:
        """What the side that acts has drafted in its own matter, and nobody else's. Raises RightsError."""
        file = self.file_of(matter)
        ask(acting, Action.SEE_SUBSTANCE, file)
        with Session(self.engine) as session:
            return drafts_of(session, matter=file.matter.id, side=side_of(acting))

    def keep_draft(self, matter: str, paper: str, answers: Sequence[tuple[str, str]], acting: Acting) -> None:
        """Keep what a side answers for a paper, for that side alone: substance. Raises RightsError.

        The audit is told that a side wrote something and not what, nor for which paper: that a side drafts an agreement is
        no business of the court's either.
        """
        file = self.file_of(matter)
        ask(acting, Action.SEE_SUBSTANCE, file)
        draft = PartyDraft(
            matter=file.matter.id,
            side=side_of(acting),
            paper=paper,
            at=self.now,
            by=acting.account or acting.id,
            answers=tuple(answers),
        )
        with Session(writing_engine(self.engine)) as session, session.begin():
            keep_draft(session, draft)
            self.audit.note_in(session, Deed.RECORDED, "own draft", matter=file.matter.id, by=acting)

    def decisions_counted(self) -> Mapping[str, ReviewOutcome]:
        """What was decided in each deciding act, for counting only: indicators, small numbers suppressed."""
        with Session(self.engine) as session:
            return outcomes_of(session)

    def portal_records(self) -> Mapping[str, tuple[PortalFact, ...]]:
        """The process side of every matched account, by matter."""
        with Session(self.engine) as session:
            return facts_of(session)
