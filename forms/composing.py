"""From wording and facts to a Document: conditions decided, blanks filled or listed as unanswered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from docketbridge.api import Block, Caption, Document, Heading, Numbered, PaperError, Paragraph, Run, Signature, Table

from .conditions import Condition
from .facts import PaperFacts
from .facts_tree import follow_path
from .phrases import join, long_date
from .wording import BLANK, Blank, Part, Row, WordedBlock, Wording


def compose(
    wording: Wording, facts: PaperFacts, *, answered: frozenset[str] = frozenset(), warnings: Iterable[str] = ()
) -> Document:
    """Compose the paper. `answered` holds the paths a person filled, so that the page can tell them from the docket's."""
    desk = _Desk(wording=wording, facts=facts, answered=answered)
    blocks = tuple(_numbered([desk.block(block) for block in wording.blocks if _holds(block.when, facts)]))
    case = facts.case
    if case.chapter is None:
        desk.ask("chapter")
    return Document(
        title=wording.title,
        caption=Caption(
            court=facts.court.name,
            district=facts.court.district,
            debtors=tuple(each.name for each in case.debtors),
            case_number=case.number,
            chapter=str(case.chapter) if case.chapter else "____",
            role=case.role,
            form_label=wording.label,
        ),
        blocks=blocks,
        footer=wording.footer,
        unanswered=tuple(desk.unanswered),
        warnings=tuple(warnings),
        drafted_on=facts.day,
        spacing=wording.spacing,
        to_copy=wording.to_copy,
    )


@dataclass(slots=True, kw_only=True)
class _Desk:
    """Where one paper is being filled: what it says and what is still asked for."""

    wording: Wording
    facts: PaperFacts
    answered: frozenset[str]
    unanswered: list[str] = field(default_factory=list)

    def ask(self, name: str) -> None:
        if name not in self.unanswered:
            self.unanswered.append(name)

    def block(self, block: WordedBlock) -> Block:
        match block.kind:
            case "heading":
                return Heading(text=self.text(block.parts), level=block.level)
            case "paragraph":
                return Paragraph(runs=self.runs(block.parts), indent=block.indent)
            case "item":
                lead = (Run(text=f"{block.lead}.", bold=True), Run(text=" ")) if block.lead else ()
                return Numbered(items=((*lead, *self.runs(block.parts)),))
            case "table":
                rows = tuple(row for each in block.rows if _holds(each.when, self.facts) for row in self.rows(each))
                return Table(header=block.header, rows=rows)
            case "signature":
                lead_text = self.text((Part(text=block.lead),)) if block.lead else None
                return Signature(lines=tuple(self.lines(block.lines)), dated=block.dated, lead=lead_text)
        raise PaperError(f"{self.wording.name}: no such kind of block: {block.kind}")

    def rows(self, row: Row) -> Iterable[tuple[tuple[Run, ...], ...]]:
        if row.each is None:
            yield tuple(self.runs((Part(text=cell),)) for cell in row.cells)
            return
        lines = cast("tuple[tuple[str, ...], ...]", follow_path(self.facts, row.each) or ())
        yield from (tuple((Run(text=cell),) for cell in line) for line in lines)

    def runs(self, parts: Sequence[Part]) -> tuple[Run, ...]:
        """Fill the parts that stand, one after the other with a space between, into runs."""
        made: list[Run] = []
        for part in parts:
            if not _holds(part.when, self.facts):
                continue
            if made and not part.text.startswith((",", ".", ";", ")")):
                made.append(Run(text=" "))
            position = 0
            for found in BLANK.finditer(part.text):
                made.append(_after(made, part.text[position : found.start()]))
                made.append(self.fill(self.wording.blanks[found["name"]]))
                position = found.end()
            made.append(_after(made, part.text[position:]))
        return _joined(made)

    def fill(self, blank: Blank) -> Run:
        value = self.value(blank)
        if value is None:
            name = self.first_name(blank)
            self.ask(name)
            return Run(text="", blank=name, expects="text" if blank.says == "words" else "date")
        source = "answers" if blank.path is None or blank.path in self.answered else blank.origin
        return Run(text=value, blank=blank.name, expects="text" if blank.says == "words" else "date", source=source)

    def first_name(self, blank: Blank) -> str:
        """The name under which a fact is asked for, once, though a paper says it twice."""
        same = (each.name for each in self.wording.blanks.values() if blank.path is not None and each.path == blank.path)
        return next(same, blank.name)

    def value(self, blank: Blank) -> str | None:
        if blank.path is None:
            return self.facts.answers.get(blank.name)
        found = follow_path(self.facts, blank.path)
        if found is None or found == ():
            return None
        if isinstance(found, tuple):
            return join(tuple(str(each) for each in found))
        if isinstance(found, date):
            return f"{found:%A}, {long_date(found)}" if blank.says == "weekday" else long_date(found)
        return f"${found:,.2f}" if isinstance(found, Decimal) else str(found)

    def text(self, parts: Sequence[Part]) -> str:
        return "".join(run.text or "__________" for run in self.runs(parts))

    def lines(self, parts: Sequence[Part]) -> Iterable[str]:
        """Fill the lines of a signature block; a list gives several lines, and an optional blank unfilled gives none."""
        for part in parts:
            if not _holds(part.when, self.facts):
                continue
            alone = BLANK.fullmatch(part.text)
            blank = self.wording.blanks[alone["name"]] if alone else None
            found = follow_path(self.facts, blank.path) if blank and blank.path else None
            if isinstance(found, tuple):
                yield from (str(each) for each in found)
            elif all(
                self.wording.blanks[each["name"]].optional is False or self.value(self.wording.blanks[each["name"]]) is not None
                for each in BLANK.finditer(part.text)
            ):
                yield self.text((part,))


def _after(made: Sequence[Run], text: str) -> Run:
    """A stretch of wording after what stands; `Bank, N.A.` at the end of a sentence ends it."""
    ends = next((run.text for run in reversed(made) if run.text or run.blank), "")
    return Run(text=text[1:] if text.startswith(".") and ends.endswith(".") else text)


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours that hold plain text alone, and leave out the empty."""
    joined: list[Run] = []
    for run in runs:
        if run.blank is None and not run.text:
            continue
        last = joined[-1] if joined else None
        if last is not None and last.blank is None and run.blank is None and (last.bold, last.italic) == (run.bold, run.italic):
            joined[-1] = Run(text=last.text + run.text, bold=last.bold, italic=last.italic)
        else:
            joined.append(run)
    return tuple(joined)


def _numbered(blocks: Iterable[Block]) -> Iterable[Block]:
    """Join items that follow one another, and let the numbers run on past tables and headings."""
    pending: list[tuple[Run, ...]] = []
    count = 0
    for block in blocks:
        if isinstance(block, Numbered):
            pending.extend(block.items)
            continue
        if pending:
            yield Numbered(items=tuple(pending), start=count + 1)
            count += len(pending)
            pending = []
        yield block
    if pending:
        yield Numbered(items=tuple(pending), start=count + 1)


def _holds(conditions: Iterable[Condition], facts: PaperFacts) -> bool:
    return all(each.holds(facts) for each in conditions)
