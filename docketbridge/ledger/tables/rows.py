"""The tables: facts above (inserted only), derived below (dropped and rebuilt at will)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """An aware time kept as UTC, the same in SQLite (which has no zones) and PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """To UTC; a naive time is a fault of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone must not reach the ledger")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Back as an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables of the ledger."""

    type_annotation_map = {datetime: UtcTime(), date: Date(), dict[str, Any]: JSON(), list[Any]: JSON(), str: Text()}  # noqa: RUF012 - SQLAlchemy's name


db = SQLAlchemy(metadata=Base.metadata)


class SnapshotRow(Base):
    """Fact: the bytes of one feed, sealed items and recipients blanked; `digest` is of the original (SHA-256).

    `fetched_at` is what was said of when it was fetched, if anything was; `seen_at` is that, else when it was taken in.
    """

    __tablename__ = "snapshot"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    court: Mapped[str] = mapped_column(String(16), index=True)
    format: Mapped[str] = mapped_column(String(32))
    name: Mapped[str]
    fetched_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PollRow(Base):
    """Fact: one look at a source: what it saw, through when, in which scope, how many items it refused; or why it failed.

    `outcome` is `read`, `unchanged` (the source has nothing newer) or `failed`; only a look that read has a snapshot.
    `unnumbered` are the keys of the lines without a number that a whole docket report of one case showed; NULL: not noted.
    """

    __tablename__ = "poll"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    court: Mapped[str] = mapped_column(String(16), index=True)
    source: Mapped[str | None] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(16))
    why: Mapped[str | None]
    validator: Mapped[str | None]
    snapshot: Mapped[str | None] = mapped_column(ForeignKey("snapshot.digest"), unique=True)
    seen_at: Mapped[datetime]
    window_start: Mapped[datetime | None]
    window_end: Mapped[datetime | None]
    scope: Mapped[str | None]
    whole: Mapped[bool] = mapped_column(Boolean)
    case_number: Mapped[str | None] = mapped_column(String(32), index=True)
    items: Mapped[int]
    refused: Mapped[int]
    unnumbered: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (Index("poll_by_window", "court", "case_number", "whole", "window_start", "window_end"),)


class ProblemRow(Base):
    """Fact: one item of a feed that could not be read."""

    __tablename__ = "problem"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    snapshot: Mapped[str] = mapped_column(ForeignKey("snapshot.digest"), index=True)
    where: Mapped[str]
    what: Mapped[str]
    sample: Mapped[str]


class EntryRow(Base):
    """Fact: a docket entry exists; all it says is in its sightings, all its names in its keys."""

    __tablename__ = "entry"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    court: Mapped[str] = mapped_column(String(16))
    case_number: Mapped[str] = mapped_column(String(32))
    __table_args__ = (Index("entry_by_case", "court", "case_number"),)


class EntryKeyRow(Base):
    """Fact: a name by which an entry was seen: `seq:135`, `doc:42` or `text:DATE:FINGERPRINT:N`, within its case."""

    __tablename__ = "entry_key"
    court: Mapped[str] = mapped_column(String(16), primary_key=True)
    case_number: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    entry: Mapped[str] = mapped_column(ForeignKey("entry.id"))


class EntryMergeRow(Base):
    """Fact: two entries were found to be one; `gone` lives on in `kept`."""

    __tablename__ = "entry_merge"
    gone: Mapped[str] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    kept: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    because: Mapped[str]


class SightingRow(Base):
    """Fact: one feed's telling of an entry. The same telling seen again is the same row: `told_at` first, `last_told_at` last."""

    __tablename__ = "sighting"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry: Mapped[str] = mapped_column(ForeignKey("entry.id"))
    snapshot: Mapped[str] = mapped_column(ForeignKey("snapshot.digest"))
    digest: Mapped[str] = mapped_column(String(32))
    format: Mapped[str] = mapped_column(String(32))
    told_at: Mapped[datetime]
    last_told_at: Mapped[datetime]
    filed: Mapped[date | None]
    entered: Mapped[date | None]
    entered_time: Mapped[datetime | None]
    sequence: Mapped[int | None]
    document_number: Mapped[int | None]
    chapter: Mapped[str | None]
    events: Mapped[list[Any]]
    text: Mapped[str | None]
    related_documents: Mapped[list[Any]]
    attachments: Mapped[list[Any]]
    link: Mapped[str | None]
    __table_args__ = (UniqueConstraint("entry", "digest"),)


class CaseTellingRow(Base):
    """Fact: what one feed told of a case as a whole: name, chapter, judge, trustee, parties."""

    __tablename__ = "case_telling"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    court: Mapped[str] = mapped_column(String(16))
    case_number: Mapped[str] = mapped_column(String(32))
    snapshot: Mapped[str] = mapped_column(ForeignKey("snapshot.digest"))
    told_at: Mapped[datetime]
    last_told_at: Mapped[datetime]
    whole: Mapped[bool]
    digest: Mapped[str] = mapped_column(String(32))
    printed: Mapped[str]
    name: Mapped[str | None]
    chapter: Mapped[str | None]
    judge: Mapped[str | None]
    judge_initials: Mapped[str | None]
    trustee: Mapped[str | None]
    filed: Mapped[date | None]
    pacer_case_id: Mapped[str | None]
    parties: Mapped[list[Any]]
    __table_args__ = (UniqueConstraint("court", "case_number", "digest"),)


class MatterRow(Base):
    """Fact: a matter was opened. Its id is minted once, from what names its opening entry; every calendar UID rests on it."""

    __tablename__ = "matter"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    court: Mapped[str] = mapped_column(String(16))
    case_number: Mapped[str] = mapped_column(String(32))
    program: Mapped[str] = mapped_column(String(64))
    opened_by: Mapped[str] = mapped_column(ForeignKey("entry.id"))
    __table_args__ = (Index("matter_by_case", "court", "case_number"),)


class DecisionRow(Base):
    """Fact: what a person decided, with name, time and reason."""

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    court: Mapped[str] = mapped_column(String(16))
    case_number: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]]
    __table_args__ = (Index("decision_by_case", "court", "case_number"),)


class PublishedRow(Base):
    """Fact: a calendar item was published in this form; the highest sequence of a uid is its last."""

    __tablename__ = "published"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    uid: Mapped[str] = mapped_column(String(200))
    sequence: Mapped[int] = mapped_column(Integer)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]]
    __table_args__ = (UniqueConstraint("uid", "sequence"),)


class IssuedPaperRow(Base):
    """Fact: a paper was issued: by whom, when, its text, the program version and the facts it used. Reissuing adds a row."""

    __tablename__ = "issued_paper"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    title: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    program: Mapped[str] = mapped_column(String(64))
    text: Mapped[str]
    facts: Mapped[list[Any]]
    answers: Mapped[dict[str, Any]]


class CalendarTokenRow(Base):
    """Fact: a person was given the secret address of one calendar. Of the secret only its SHA-256 is kept."""

    __tablename__ = "calendar_token"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[str]
    person: Mapped[str]
    public: Mapped[bool]
    issued_at: Mapped[datetime]
    expires: Mapped[date | None]
    rotated_from: Mapped[str | None] = mapped_column(ForeignKey("calendar_token.id"), unique=True)
    account: Mapped[str | None] = mapped_column(String(64))


class CalendarTokenEndRow(Base):
    """Fact: a calendar token was revoked; `why` is `revoked` or `rotated`."""

    __tablename__ = "calendar_token_end"
    token: Mapped[str] = mapped_column(ForeignKey("calendar_token.id"), primary_key=True)
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(16))


class CalendarTokenUseRow(Base):
    """Kept: the last use of a calendar token, one row a token, replaced as it is used; nothing is derived from it."""

    __tablename__ = "calendar_token_use"
    token: Mapped[str] = mapped_column(ForeignKey("calendar_token.id"), primary_key=True)
    at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(String(200))


class MeaningRow(Base):
    """Derived: what an entry was taken to mean, for which matter, and whether a person must look."""

    __tablename__ = "meaning"
    entry: Mapped[str] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    court: Mapped[str] = mapped_column(String(16))
    case_number: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(40), index=True)
    detection: Mapped[dict[str, Any]]
    matters: Mapped[list[Any]]
    review: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("meaning_by_case", "court", "case_number"),
        # Few of a million wait for a person: an index of these alone costs the others nothing.
        Index(
            "meaning_waiting",
            *("court", "case_number", "entry"),
            sqlite_where=text("review IS NOT NULL"),
            postgresql_where=text("review IS NOT NULL"),
        ),
    )


class StandingRow(Base):
    """Derived: where a matter stands, as a list needs it.

    `changes_on` is the first day silence alone changes it; `held` says that it hangs on the docket's silence. Where the next look
    at the court may move it by itself, `awaits_look` is the number of the last look that it was folded under.
    """

    __tablename__ = "standing"
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(48), index=True)
    court: Mapped[str] = mapped_column(String(16), index=True)
    as_of: Mapped[date]
    changes_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(24), index=True)
    shown: Mapped[str] = mapped_column(String(32))
    settled: Mapped[bool]
    held: Mapped[bool]
    awaits_look: Mapped[int | None]
    judge: Mapped[str | None] = mapped_column(String(8))
    chapter: Mapped[int | None]
    case_name: Mapped[str | None]
    creditor: Mapped[str | None]
    property_address: Mapped[str | None]
    trustee_id: Mapped[str | None] = mapped_column(String(80), index=True)
    mediator_id: Mapped[str | None] = mapped_column(String(80), index=True)
    next_key: Mapped[str | None] = mapped_column(String(40))
    next_what: Mapped[str | None]
    next_earliest: Mapped[date | None]
    next_latest: Mapped[date | None]
    next_waiting_for: Mapped[str | None]
    open_tasks: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    __table_args__ = (
        Index("standing_by_change", "changes_on"),
        Index("standing_by_next", "next_earliest", "number"),
        Index("standing_by_judge", "judge"),
    )


DERIVED = (MeaningRow, StandingRow)
