"""Sorts the lines of a notice of electronic filing under its labels: cases, docket text, documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .links import court_of
from .notice_lines import Line

_LABEL = re.compile(
    r"(?P<label>Case Name|Case Number|Chapter|Document Number|Docket Text|Filer|Judge|Trustee|Document description|WARNING"
    r"|Original filename|Electronic document\s+Stamp)\s*:\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TEXT_ENDS = re.compile(
    r"The following document\(?s?\)? (?:are|is) associated with this transaction"
    r"|(?=Document description\s*:|Original filename\s*:)",
    re.IGNORECASE,
)
# A mass order of a whole court's docket stays below this.
MAX_CASES = 2_000
# `# (1)  Proposed Order`: the sign before a numbered attachment is the list's bullet (EVENTS.md section 4).
_BULLET = re.compile(r"#\s*(?=\(\d+\))")


class TooManyCases(ValueError):
    """A notice names more cases than any court's notice does."""


@dataclass(slots=True, kw_only=True)
class ToldCase:
    """What a notice says of one case while it is being read."""

    name: str = ""
    number: str = ""
    chapter: str = ""
    document: str = ""
    links: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Told:
    """What a notice says, its parts as they stand there."""

    head: str = ""
    cases: list[ToldCase] = field(default_factory=list)
    text: str | None = None
    descriptions: list[str] = field(default_factory=list)

    @property
    def courts(self) -> list[str]:
        """The courts that the links of its cases lead to, once each."""
        found = (court_of(link) for case in self.cases for link in case.links)
        return list(dict.fromkeys(court for court in found if court))


def told_by(lines: Iterable[Line]) -> Told:
    """Sort the lines of a notice under its labels."""
    told, label, head, text = Told(), "", [], []
    for line in lines:
        if label == "docket text" and (ending := _TEXT_ENDS.match(line.text)):
            label = "documents"
            if ending.end():
                continue
        found = _LABEL.match(line.text) if label != "docket text" else None
        value = line.text
        if found is not None:
            value = found["value"].strip()
            label = "documents" if label == "documents" and found["label"].lower().startswith("case") else found["label"].lower()
        if label == "":
            head.append(value)
        elif label == "docket text":
            text.append(value)
        elif label == "document description":
            if found is not None:
                told.descriptions.append(value)
        else:
            _note(told, label, value, line.links, is_new=found is not None)
    told.head = " ".join(head)
    told.text = _BULLET.sub("", " ".join(" ".join(text).split())) if text else None
    return told


def _add(told: Told, case: ToldCase) -> None:
    """Add a case. Raises TooManyCases beyond any court's notice."""
    if len(told.cases) >= MAX_CASES:
        raise TooManyCases(f"the notice names more than {MAX_CASES:,} cases")
    told.cases.append(case)


def _note(told: Told, label: str, value: str, links: tuple[str, ...], *, is_new: bool) -> None:
    """Note a labelled line, or one that continues it, for the case being read."""
    if label == "case name" and is_new:
        _add(told, ToldCase(name=value))
        return
    if label == "case number" and is_new and (not told.cases or told.cases[-1].number):
        _add(told, ToldCase())
    if not told.cases:
        return
    case = told.cases[-1]
    if label in ("case number", "document number"):
        case.links += links
    if label == "case name" and not case.name:
        case.name = value
    elif label == "case number" and not case.number:
        case.number = value
    elif label == "chapter" and not case.chapter:
        case.chapter = value
    elif label == "document number" and not case.document:
        case.document = value
