"""A paper as text: caption, headings, paragraphs, numbered items, tables, signatures. Writers turn it into DOCX or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text; `blank` names the field a person fills, shown as a ruled blank where `text` is empty.

    `expects` says what goes into the blank (`text` or `date`); `source` says where the text came from, for the page.
    """

    text: str
    bold: bool = False
    italic: bool = False
    blank: str | None = None
    expects: str = "text"
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The head of a court paper (LBR 1005-1): court, district, debtors, case number and chapter."""

    court: str
    district: str
    debtors: tuple[str, ...]
    case_number: str
    chapter: str
    role: str = "Debtor"
    form_label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the paper; level 1 is the largest below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of running text."""

    runs: tuple[Run, ...]
    indent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Items numbered by the writer, one after the other; an item may hold several runs.

    `start` is the first item's number: 1 begins a list, more carries on the list before it past a table or heading.
    """

    items: tuple[tuple[Run, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a header row; each cell is runs."""

    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A block to sign: lines under the rule, and whether a date line stands beside it. Never filled by us."""

    lines: tuple[str, ...]
    dated: bool = True
    lead: str | None = None


Block: TypeAlias = Heading | Paragraph | Numbered | Table | Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person is asked for a paper: the blank's name, words for it, what is expected, and the choices if it has any.

    `expects` is `text`, `date`, `number` or `yes_no`. What a person answered already is asked again, so that it can be changed.
    """

    name: str
    label: str
    expects: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A drafted paper, the same for page and DOCX. `unanswered` names the blanks that nothing could fill.

    `questions` are what a person is asked for them. `warnings` are remarks for whoever drafts, each with its path and rule,
    and stand nowhere in the paper; `drafted_on` is the court's day of the draft; `language` is a BCP 47 tag.
    `spacing` is `double`, or `single` for a memo that is not filed; `to_copy` says that the body is pasted elsewhere.
    """

    title: str
    caption: Caption
    blocks: tuple[Block, ...]
    footer: str = ""
    unanswered: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    drafted_on: date | None = None
    language: str = "en-US"
    questions: tuple[Question, ...] = ()
    spacing: str = "double"
    to_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactUsed:
    """A fact that a paper states: the blank it fills, its words, and where it came from."""

    name: str
    words: str
    source: str | None = None


def facts_used(document: Document) -> tuple[FactUsed, ...]:
    """Every fact that a paper states, each once, in reading order."""
    filled = (run for block in document.blocks for run in _runs(block) if run.blank and run.text)
    return tuple(dict.fromkeys(FactUsed(name=run.blank or "", words=run.text, source=run.source) for run in filled))


def _runs(block: Block) -> Iterator[Run]:
    match block:
        case Paragraph():
            yield from block.runs
        case Numbered():
            yield from (run for item in block.items for run in item)
        case Table():
            yield from (run for row in block.rows for cell in row for run in cell)
        case _:
            return


def words(runs: tuple[Run, ...]) -> str:
    """The plain text of some runs; a blank with nothing in it reads as a rule of underscores."""
    return "".join(run.text or ("__________" if run.blank else "") for run in runs)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield words(block.runs)
        case Numbered():
            yield from (f"{number}. {words(item)}" for number, item in enumerate(block.items, start=block.start))
        case Table():
            yield " | ".join(block.header)
            yield from (" | ".join(words(cell) for cell in row) for row in block.rows)
        case Signature():
            if block.lead:
                yield block.lead
            if block.dated:
                yield "Dated: __________"
            yield from block.lines


def plain_text(document: Document) -> str:
    """The paper as text, a block a paragraph: what golden tests compare and what is kept as issued."""
    caption = document.caption
    head = [
        caption.court,
        caption.district,
        f"In re: {' and '.join(caption.debtors)}, {caption.role}",
        f"BK No. {caption.case_number}   Chapter {caption.chapter}",
        document.title,
    ]
    body = ["\n".join(_lines(block)) for block in document.blocks]
    return "\n\n".join(["\n".join(head), *body]) + "\n"


def body_text(document: Document) -> str:
    """The paper's own words without caption and title, a block a paragraph: what is pasted into a text-only event."""
    return "\n\n".join("\n".join(_lines(block)) for block in document.blocks) + "\n"
