"""Wording files: a paper's caption, paragraphs, conditions and blanks as TOML, read strictly into typed values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import get_origin

from docketbridge.api import PaperError

from .agreement import AgreementFacts
from .conditions import Condition, parse_condition
from .facts import PaperFacts
from .facts_tree import path_type

BLANK = re.compile(r"\{(?P<name>[a-z0-9_]+)\}")
SAYS = ("words", "day", "weekday")
ROOTS: Mapping[str, type[PaperFacts]] = {"process": PaperFacts, "agreement": AgreementFacts}
KINDS = ("heading", "paragraph", "item", "table", "signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A blank of a paper: where its filling comes from, how a date is said, and whether it may stay away unasked.

    `path` leads into the facts; without one only a person's answer fills it. `origin` says where that is, in words.
    `answer` is the fact a person's answer becomes where the path is only a turn of phrase made of it.
    """

    name: str
    path: str | None
    label: str
    origin: str
    says: str = "words"
    optional: bool = False
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of wording that stands when its conditions hold."""

    text: str
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: a text for each column; with `each`, a row for every line of a fact that is a list of lines."""

    cells: tuple[str, ...]
    when: tuple[Condition, ...] = ()
    each: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedBlock:
    """A block of the paper before it is filled: `lead` heads an item or stands over a signature."""

    kind: str
    when: tuple[Condition, ...] = ()
    lead: str | None = None
    parts: tuple[Part, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    lines: tuple[Part, ...] = ()
    level: int = 1
    indent: bool = True
    dated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A paper as its wording file has it. `root` is the kind of facts it speaks of."""

    name: str
    title: str
    root: type[PaperFacts]
    label: str | None
    footer: str
    checks: tuple[str, ...]
    states: tuple[str, ...]
    blanks: Mapping[str, Blank]
    blocks: tuple[WordedBlock, ...]


class Table:
    """A TOML table read strictly: each key once, by type; `close` refuses what nobody asked for."""

    def __init__(self, raw: Mapping[str, object], where: str, root: type[PaperFacts] = PaperFacts) -> None:
        self._left = dict(raw)
        self.where = where
        self.root = root

    def fail(self, what: str) -> PaperError:
        """Make the error that names this place."""
        return PaperError(f"{self.where}: {what}")

    def text(self, key: str, default: str | None = None) -> str | None:
        """Take a text."""
        value = self._left.pop(key, default)
        if value is not None and not isinstance(value, str):
            raise self.fail(f"{key} must be a text")
        return value

    def needed(self, key: str) -> str:
        """Take a text that must be there."""
        value = self.text(key)
        if not value:
            raise self.fail(f"{key} is missing")
        return value

    def yes(self, key: str, *, default: bool) -> bool:
        """Take a yes or no."""
        value = self._left.pop(key, default)
        if not isinstance(value, bool):
            raise self.fail(f"{key} must be true or false")
        return value

    def number(self, key: str, default: int) -> int:
        """Take a whole number."""
        value = self._left.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(f"{key} must be a number")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts."""
        value = self._left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.fail(f"{key} must be a list of texts")
        return tuple(value)

    def tables(self, key: str) -> tuple[Table, ...]:
        """Take a list of tables; a plain text in the list stands for a table with that `text`."""
        value = self._left.pop(key, [])
        if not isinstance(value, list):
            raise self.fail(f"{key} must be a list")
        items = ({"text": each} if isinstance(each, str) else each for each in value)
        return tuple(self._inner(each, f"{key}[{index}]") for index, each in enumerate(items))

    def named(self, key: str) -> Mapping[str, Table]:
        """Take a table of tables."""
        value = self._left.pop(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"{key} must be a table")
        return {name: self._inner(each, f"{key}.{name}") for name, each in value.items()}

    def _inner(self, raw: object, place: str) -> Table:
        if not isinstance(raw, dict):
            raise self.fail(f"{place} must be a table")
        return Table(raw, f"{self.where}: {place}", self.root)

    def conditions(self) -> tuple[Condition, ...]:
        """Take the conditions under `when`."""
        try:
            return tuple(parse_condition(each, self.root) for each in self.texts("when"))
        except PaperError as fault:
            raise self.fail(f"when: {fault}") from fault

    def close(self) -> None:
        """Refuse keys that nobody took."""
        if self._left:
            raise self.fail(f"unknown key {min(self._left)!r}")


def read_wording(source: Traversable) -> Wording:
    """Read a wording file. Raises PaperError naming file, table and key of the first fault."""
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise PaperError(f"{source.name}: no TOML: {fault}") from fault
    top = Table(raw, source.name)
    kind = top.text("facts") or "process"
    if kind not in ROOTS:
        raise top.fail(f"facts must be one of {', '.join(ROOTS)}")
    top.root = ROOTS[kind]
    blanks = {name: _blank(name, each) for name, each in top.named("blanks").items()}
    blocks = tuple(_block(each) for each in top.tables("blocks"))
    wording = Wording(
        name=top.needed("name"),
        title=top.needed("title"),
        root=top.root,
        label=top.text("label"),
        footer=top.text("footer") or "",
        checks=top.texts("checks"),
        states=top.texts("states"),
        blanks=blanks,
        blocks=blocks,
    )
    top.close()
    _check_blanks(wording, source.name)
    return wording


def _blank(name: str, table: Table) -> Blank:
    path, answer, says = table.text("from"), table.text("answer"), table.text("says") or "words"
    if says not in SAYS:
        raise table.fail(f"says must be one of {', '.join(SAYS)}")
    for key, each in (("from", path), ("answer", answer)):
        try:
            _ = path_type(table.root, each) if each is not None else None
        except PaperError as fault:
            raise table.fail(f"{key}: {fault}") from fault
    blank = Blank(
        name=name,
        path=path,
        label=table.text("label") or name.replace("_", " "),
        origin=table.text("origin") or ("the docket" if path else "a person"),
        says=says,
        optional=table.yes("optional", default=False),
        answer=answer or path,
    )
    table.close()
    return blank


def _block(table: Table) -> WordedBlock:
    kind = table.needed("kind")
    if kind not in KINDS:
        raise table.fail(f"kind must be one of {', '.join(KINDS)}")
    text = table.text("text")
    parts = (Part(text=text),) if text else _parts(table, "parts")
    block = WordedBlock(
        kind=kind,
        when=table.conditions(),
        lead=table.text("lead"),
        parts=parts,
        header=table.texts("header"),
        rows=tuple(_row(each) for each in table.tables("rows")),
        lines=_parts(table, "lines"),
        level=table.number("level", 1),
        indent=table.yes("indent", default=True),
        dated=table.yes("dated", default=True),
    )
    table.close()
    if kind in ("heading", "paragraph", "item") and not parts:
        raise table.fail("text is missing")
    if kind == "table" and any(len(row.cells) != len(block.header) for row in block.rows if row.each is None):
        raise table.fail(f"every row needs {len(block.header)} cells")
    return block


def _parts(table: Table, key: str) -> tuple[Part, ...]:
    parts = []
    for each in table.tables(key):
        parts.append(Part(text=each.needed("text"), when=each.conditions()))
        each.close()
    return tuple(parts)


def _row(table: Table) -> Row:
    row = Row(cells=table.texts("cells"), when=table.conditions(), each=table.text("each"))
    table.close()
    if row.each is not None and get_origin(path_type(table.root, row.each)) is not tuple:
        raise table.fail("each must name a list of lines")
    return row


def _check_blanks(wording: Wording, where: str) -> None:
    for index, block in enumerate(wording.blocks):
        texts = [part.text for part in (*block.parts, *block.lines)] + [cell for row in block.rows for cell in row.cells]
        for text in (*texts, block.lead or ""):
            left = BLANK.sub("", text)
            if "{" in left or "}" in left:
                raise PaperError(f"{where}: blocks[{index}]: a brace that is no blank: {left[:60]!r}")
            for found in BLANK.finditer(text):
                if found["name"] not in wording.blanks:
                    raise PaperError(f"{where}: blocks[{index}]: no blank {found['name']!r} under [blanks]")
