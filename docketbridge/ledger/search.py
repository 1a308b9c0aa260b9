"""Full-text search over dockets: FTS5 on SQLite, tsvector on PostgreSQL; filled off the path that takes feeds in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    true,
)
from sqlalchemy.orm import Session, aliased

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.search_words import SearchWords
from docketbridge.ledger.tables.rows import EntryRow, MatterRow, MeaningRow, SightingRow, SnapshotRow, StandingRow
from docketbridge.ledger.tables.search_rows import INDEX, UnsearchedRow

FOUND, PASSED = "\x02", "\x03"
"""What a snippet marks the words found with, before and after; a page turns them into marks after escaping the rest."""
_LAST_FEW = 500
_FEEDS_AT_ONCE = 200
_LANGUAGE = "english"
_WORDS_SHOWN = 32

_lite = table(INDEX, column("rowid"))
_server = table(INDEX, column("sighting"), column("words"))
_told = table("told_words", column("id"), column("text"))

_OF_FEEDS = "FROM told_words WHERE id IN (SELECT id FROM sighting WHERE snapshot IN :feeds) AND text IS NOT NULL"
_FILL_LITE = f"INSERT INTO {INDEX} (rowid, text) SELECT id, text {_OF_FEEDS}"
# PostgreSQL takes `26-10123` for 26 and minus 10123, and a sentence end for a host name: signs are blanked first. It also takes
# no text whose words exceed a megabyte.
_FILL_SERVER = (
    f"INSERT INTO {INDEX} (sighting, words) "
    f"SELECT id, to_tsvector('{_LANGUAGE}', regexp_replace(left(text, 200000), '[^[:alnum:]]+', ' ', 'g')) {_OF_FEEDS} "
    "ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for: words, and what narrows the finding; `before` is where the page before ended."""

    words: SearchWords
    court: str | None = None
    case_number: str | None = None
    judge: str | None = None
    kind: str | None = None
    start: date | None = None
    end: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One telling of an entry that has the words. `snippet` has them between FOUND and PASSED; `place` goes on from here."""

    place: int
    entry: str
    court: str
    case_number: str
    filed: date | None
    entered: date | None
    document_number: int | None
    kind: str | None
    snippet: str


def unread(session: Session) -> int:
    """How many feeds are not in the index yet."""
    return session.scalar(select(func.count()).select_from(UnsearchedRow)) or 0


def is_behind(session: Session) -> bool:
    """Whether the index wants reading: a feed is not in it, or it is empty beside a ledger that is not (a restored one)."""
    return unread(session) > 0 or _is_empty(session)


def fill(session: Session, *, at_most: int) -> int:
    """Read feeds that the index does not hold into it, about `at_most` tellings; how many were read. Twice is once.

    An index that is empty beside a ledger that is not (a restored one) is filled from the beginning.
    """
    if not unread(session) and _is_empty(session):
        session.execute(insert(UnsearchedRow).from_select(["snapshot"], select(SnapshotRow.digest)))
    statement = text(_FILL_SERVER if _on_server(session) else _FILL_LITE).bindparams(bindparam("feeds", expanding=True))
    waiting = select(UnsearchedRow.snapshot).order_by(UnsearchedRow.snapshot).limit(_FEEDS_AT_ONCE)
    read = 0
    while read < at_most:
        some = session.scalars(waiting.with_for_update(skip_locked=True)).all()
        if not some:
            break
        session.execute(statement, {"feeds": list(some)})
        read += session.scalar(select(func.count()).select_from(SightingRow).where(SightingRow.snapshot.in_(some))) or 0
        session.execute(delete(UnsearchedRow).where(UnsearchedRow.snapshot.in_(some)))
    return read


def search(session: Session, sought: Sought, *, at_most: int) -> tuple[Hit, ...]:
    """The tellings with these words, the last taken in first, `at_most` of them; one query, or two on PostgreSQL.

    A stub of a feed (event names only) is left out where the entry's text is known.
    """
    if not _on_server(session):
        # By the index's own number, in which SQLite gives them: the last are found without sorting, or marking, all there are.
        return _hits(session, _on_lite(sought.words), _lite.c.rowid, sought, at_most)
    place = SightingRow.__table__.c.id
    # Of common words the last few tellings are enough, most often; to join and sort all that have them would take a second.
    newest = _hits(session, _on_the_server(sought, only=_LAST_FEW), place, sought, at_most)
    return newest if len(newest) == at_most else _hits(session, _on_the_server(sought), place, sought, at_most)


def _hits(session: Session, found: Select[Any], place: ColumnElement[int], sought: Sought, at_most: int) -> tuple[Hit, ...]:
    narrowed = _narrowed(found, sought)
    if sought.before is not None:
        narrowed = narrowed.where(place < sought.before)
    rows = session.execute(narrowed.order_by(place.desc()).limit(at_most))
    return tuple(Hit(**row) for row in rows.mappings())


def _columns(snippet: ColumnElement[Any]) -> tuple[Any, ...]:
    return (
        SightingRow.id.label("place"),
        EntryRow.id.label("entry"),
        EntryRow.court,
        EntryRow.case_number,
        SightingRow.filed,
        SightingRow.entered,
        SightingRow.document_number,
        MeaningRow.kind,
        snippet.label("snippet"),
    )


def _on_lite(words: SearchWords) -> Select[Any]:
    def phrase(term: Sequence[str]) -> str:
        return '"' + " ".join(term) + '"'

    match = " AND ".join(phrase(term) for term in words.wanted)
    for term in words.unwanted:
        match = f"({match}) NOT {phrase(term)}"
    snippet = func.snippet(literal_column(INDEX), 0, FOUND, PASSED, "…", _WORDS_SHOWN)
    joined = _lite.join(SightingRow, SightingRow.id == _lite.c.rowid).join(EntryRow, EntryRow.id == SightingRow.entry)
    chosen = select(*_columns(snippet)).select_from(joined.outerjoin(MeaningRow, MeaningRow.entry == EntryRow.id))
    return chosen.where(literal_column(INDEX).op("MATCH")(match))


def _on_the_server(sought: Sought, *, only: int | None = None) -> Select[Any]:
    """The tellings with the words, or of these only the last so many."""
    words = sought.words

    def phrase(term: Sequence[str]) -> ColumnElement[Any]:
        return func.phraseto_tsquery(literal_column(f"'{_LANGUAGE}'"), " ".join(term))

    query = phrase(words.wanted[0])
    for term in words.wanted[1:]:
        query = query.op("&&")(phrase(term))
    for term in words.unwanted:
        query = query.op("&&")(func.tsquery_not(phrase(term)))
    options = f"StartSel={FOUND}, StopSel={PASSED}, MaxWords={_WORDS_SHOWN}, MinWords={_WORDS_SHOWN // 2}"
    snippet = func.ts_headline(literal_column(f"'{_LANGUAGE}'"), _told.c.text, query, options)
    joined = _server.join(SightingRow, SightingRow.id == _server.c.sighting).join(_told, _told.c.id == SightingRow.id)
    joined = joined.join(EntryRow, EntryRow.id == SightingRow.entry).outerjoin(MeaningRow, MeaningRow.entry == EntryRow.id)
    chosen = select(*_columns(snippet)).select_from(joined)
    has_them = _server.c.words.op("@@")(query)
    if only is None:
        return chosen.where(has_them)
    last = select(_server.c.sighting).where(has_them).order_by(_server.c.sighting.desc()).limit(only)
    if sought.before is not None:
        last = last.where(_server.c.sighting < sought.before)
    return chosen.where(_server.c.sighting.in_(last))


def _narrowed(found: Select[Any], sought: Sought) -> Select[Any]:
    fuller = aliased(SightingRow)
    told_in_full = exists().where(fuller.entry == SightingRow.entry, fuller.text.is_not(None))
    found = found.where(SightingRow.text.is_not(None) | ~told_in_full)
    day = func.coalesce(SightingRow.filed, SightingRow.entered)
    if sought.court is not None:
        found = found.where(EntryRow.court == sought.court)
    if sought.case_number is not None:
        found = found.where(EntryRow.case_number == sought.case_number)
    if sought.kind is not None:
        found = found.where(MeaningRow.kind == sought.kind)
    if sought.start is not None:
        found = found.where(day >= sought.start)
    if sought.end is not None:
        found = found.where(day <= sought.end)
    if sought.judge is not None:
        in_case = (MatterRow.court == EntryRow.court) & (MatterRow.case_number == EntryRow.case_number)
        found = found.where(exists().where(in_case, StandingRow.matter == MatterRow.id, StandingRow.judge == sought.judge))
    return found


def _is_empty(session: Session) -> bool:
    kept = INDEX if _on_server(session) else f"{INDEX}_docsize"
    return not session.scalar(select(exists(select(literal_column("1")).select_from(table(kept))))) and bool(
        session.scalar(select(exists(select(SightingRow.id))))
    )


def _on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def of_cases_numbered(number: str) -> ColumnElement[bool]:
    """The condition for matters of the cases of this number (`26-10123`), in whichever court."""
    return MatterRow.case_number == number


def of_case(case: CaseKey) -> ColumnElement[bool]:
    """The condition for the matters of one case."""
    return and_(MatterRow.court == case.court, MatterRow.case_number == case.number)


def of_names(words: Sequence[str]) -> ColumnElement[bool]:
    """The condition for matters with each of these words in the case's name, the creditor's, the address or the number."""
    parts = (StandingRow.case_name, StandingRow.creditor, StandingRow.property_address, StandingRow.number)
    whole = func.lower(
        func.coalesce(parts[0], "") + " " + func.coalesce(parts[1], "") + " " + func.coalesce(parts[2], "") + " " + parts[3]
    )
    return and_(true(), *(whole.contains(word.lower(), autoescape=True) for word in words))


def cases_numbered(session: Session, number: str) -> tuple[CaseKey, ...]:
    """The cases of this number of which an entry was seen, one a court."""
    courts = session.scalars(select(SnapshotRow.court).distinct()).all()
    cases = [CaseKey(court=court, number=number) for court in sorted(courts)]
    seen = (exists().where(EntryRow.court == case.court, EntryRow.case_number == case.number) for case in cases)
    return tuple(case for case, there in zip(cases, seen, strict=True) if session.scalar(select(there)))
