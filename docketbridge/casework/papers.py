"""Issuing papers: what was issued is a fact with its text and the facts it used, and two issues can be held side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from docketbridge.domain.documents import Document, facts_used, plain_text
from docketbridge.domain.matters import IssuedPaper, MatterFile
from docketbridge.errors import UsageError
from docketbridge.ledger.outgoing.papers import PaperAsIssued, as_issued, issued_in, keep_issued
from docketbridge.plugins import Paper

_NAME_LETTERS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """A line of an issued paper held against the issue before it: `same`, `added` or `left out`."""

    how: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedText:
    """An issued paper with its text and facts, and the issue of the same paper before it, if there was one."""

    issue: PaperAsIssued
    before: PaperAsIssued | None

    def difference(self) -> tuple[ChangedLine, ...]:
        """The lines of this issue and of the one before, in reading order; all the same where there was none."""
        new = self.issue.text.splitlines()
        if self.before is None:
            return tuple(ChangedLine(how="same", text=line) for line in new)
        old = self.before.text.splitlines()
        lines: list[ChangedLine] = []
        for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                lines += (ChangedLine(how="same", text=line) for line in new[new_from:new_to])
                continue
            lines += (ChangedLine(how="left out", text=line) for line in old[old_from:old_to])
            lines += (ChangedLine(how="added", text=line) for line in new[new_from:new_to])
        return tuple(lines)


def issue(
    session: Session,
    file: MatterFile,
    paper: Paper,
    document: Document,
    *,
    by: str,
    at: datetime,
    answers: Mapping[str, object],
) -> IssuedPaper:
    """Keep that a paper was issued. Raises UsageError when whoever issues it has no name, or a blank of it is unanswered."""
    name = " ".join(by.split())
    if not name or len(name) > _NAME_LETTERS or not name.isprintable():
        raise UsageError(f"a paper is issued by a person: give a name of 1 to {_NAME_LETTERS} letters")
    if document.unanswered:
        raise UsageError(f"{paper.name} is not issued: unanswered {', '.join(document.unanswered)}")
    number = keep_issued(
        session,
        matter=file.matter.id,
        name=paper.name,
        title=document.title,
        at=at,
        by=name,
        program=file.matter.program,
        text=plain_text(document),
        facts=facts_used(document),
        answers=answers,
    )
    return next(each for each in issued_in(session, file.matter.id) if each.id == number)


def issued(session: Session, file: MatterFile, paper_id: str) -> IssuedText:
    """An issued paper of a matter and the issue before it. Raises UsageError when the matter has no such paper."""
    papers = issued_in(session, file.matter.id)
    found = next((each for each in papers if each.id == paper_id), None)
    if found is None:
        raise UsageError(f"no issued paper {paper_id!r} in matter {file.matter.number}")
    before = next((each for each in papers if each.name == found.name and each.turn == found.turn - 1), None)
    return IssuedText(issue=as_issued(session, found), before=as_issued(session, before) if before else None)
