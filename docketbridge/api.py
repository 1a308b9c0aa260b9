"""The front door: the only module of the core that a plugin imports. What stands in `__all__` is promised to stay."""

from __future__ import annotations

from docketbridge.domain.cases import CaseNumber, parse_case_number
from docketbridge.domain.deadlines import (
    ComputedDate,
    Deadline,
    DeadlineStatus,
    Direction,
    Period,
    Readings,
    Unit,
)
from docketbridge.domain.docket_text import attachments, related_documents
from docketbridge.domain.documents import (
    Block,
    Caption,
    Document,
    Heading,
    Numbered,
    Paragraph,
    Run,
    Signature,
    Table,
    plain_text,
)
from docketbridge.domain.entries import Attachment, CaseHeader, DocketEntry, ParsedEntry, Source
from docketbridge.domain.events import Detection, EventAttributes, EventKind, OrderDates
from docketbridge.domain.feeds import FeedSource, ParsedFeed, Problem, RawFeed, Scope, Window
from docketbridge.domain.matters import CaseFacts, ClosedDay, CourtFacts, Matter, MatterFile, WatchStatement
from docketbridge.domain.people import Counsel, Mediator, Party, person_id
from docketbridge.domain.publishing import Published
from docketbridge.domain.standing import Hearing, OpenItem, Posture, State, StayMotion, Step, Task
from docketbridge.errors import DocketbridgeError, PaperError, SourceUnavailable, UnreadableFeed, UsageError
from docketbridge.plugins import DocumentWriter, FeedParser, Job, Link, Paper, Plugin, Transport

__all__ = [
    "Attachment",
    "Block",
    "Caption",
    "CaseFacts",
    "CaseHeader",
    "CaseNumber",
    "ClosedDay",
    "ComputedDate",
    "Counsel",
    "CourtFacts",
    "Deadline",
    "DeadlineStatus",
    "Detection",
    "Direction",
    "DocketEntry",
    "DocketbridgeError",
    "Document",
    "DocumentWriter",
    "EventAttributes",
    "EventKind",
    "FeedParser",
    "FeedSource",
    "Heading",
    "Hearing",
    "Job",
    "Link",
    "Matter",
    "MatterFile",
    "Mediator",
    "Numbered",
    "OpenItem",
    "OrderDates",
    "Paper",
    "PaperError",
    "Paragraph",
    "ParsedEntry",
    "ParsedFeed",
    "Party",
    "Period",
    "Plugin",
    "Posture",
    "Problem",
    "Published",
    "RawFeed",
    "Readings",
    "Run",
    "Scope",
    "Signature",
    "Source",
    "SourceUnavailable",
    "State",
    "StayMotion",
    "Step",
    "Table",
    "Task",
    "Transport",
    "Unit",
    "UnreadableFeed",
    "UsageError",
    "WatchStatement",
    "Window",
    "attachments",
    "parse_case_number",
    "person_id",
    "plain_text",
    "related_documents",
]
