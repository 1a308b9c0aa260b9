"""Issued papers as facts: who issued what when, its text and the facts it used; inserted only, reissuing adds another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.documents import FactUsed
from docketbridge.domain.matters import IssuedPaper
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.tables.rows import IssuedPaperRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsIssued:
    """An issued paper with all that is kept of it; `program` is the program version in force for its matter."""

    paper: IssuedPaper
    program: str
    text: str
    facts: tuple[FactUsed, ...]
    answers: Mapping[str, Any]


def keep_issued(
    session: Session,
    *,
    matter: str,
    name: str,
    title: str,
    at: datetime,
    by: str,
    program: str,
    text: str,
    facts: tuple[FactUsed, ...],
    answers: Mapping[str, Any],
) -> str:
    """Keep that a paper was issued; its id."""
    row = {
        "matter": matter,
        "name": name,
        "title": title,
        "at": at,
        "by": by,
        "program": program,
        "text": text,
        "facts": [to_json(each) for each in facts],
        "answers": dict(answers),
    }
    return str(session.scalars(insert(IssuedPaperRow).values(**row).returning(IssuedPaperRow.id)).one())


def issued_in(session: Session, matter: str) -> tuple[IssuedPaper, ...]:
    """Every paper issued in a matter, oldest first, each with its turn among the issues of the same paper."""
    rows = session.execute(
        select(IssuedPaperRow.id, IssuedPaperRow.name, IssuedPaperRow.title, IssuedPaperRow.at, IssuedPaperRow.by)
        .where(IssuedPaperRow.matter == matter)
        .order_by(IssuedPaperRow.at, IssuedPaperRow.id)
    )
    turns: Counter[str] = Counter()
    found = []
    for number, name, title, at, by in rows:
        turns[name] += 1
        found.append(IssuedPaper(id=str(number), name=name, title=title, issued_at=at, issued_by=by, turn=turns[name]))
    return tuple(found)


def as_issued(session: Session, paper: IssuedPaper) -> PaperAsIssued:
    """All that is kept of an issued paper."""
    row = session.get_one(IssuedPaperRow, int(paper.id))
    facts = tuple(from_json(each, FactUsed) for each in row.facts)
    return PaperAsIssued(paper=paper, program=row.program, text=row.text, facts=facts, answers=row.answers)
