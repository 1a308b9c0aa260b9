"""Wording files: a paper's caption, paragraphs, conditions and blanks as TOML, read strictly into typed values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from typing import get_origin

from docketbridge.api import PaperError

from .agreement import AgreementFacts
from .conditions import Condition
from .facts import PaperFacts
from .facts_tree import path_type
from .toml_tables import Table

BLANK = re.compile(r"\{(?P<name>[a-z0-9_]+)\}")
SAYS = ("words", "day", "weekday")
ROOTS: Mapping[str, type[PaperFacts]] = {"process": PaperFacts, "agreement": AgreementFacts}
SIDES = ("debtor", "creditor")
KINDS = ("heading", "paragraph", "item", "table", "signature")
SPACINGS = ("double", "single")
SHARED_FILE = "shared.toml"


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
    """A paper as its wording file has it. `root` is the kind of facts it speaks of; `usual_days` are a court's usual days.

    It is offered in `states` when `applies` holds. `filled_by` names the sides that fill it in, none where the court does.
    `dated_by_order` says that it speaks for the day of the loss mitigation order once there is one; `to_copy` that its body is
    text for a text-only docket event.
    """

    name: str
    title: str
    root: type[PaperFacts]
    label: str | None
    footer: str
    checks: tuple[str, ...]
    states: tuple[str, ...]
    blanks: Mapping[str, Blank]
    blocks: tuple[WordedBlock, ...]
    applies: tuple[Condition, ...] = ()
    spacing: str = "double"
    to_copy: bool = False
    dated_by_order: bool = False
    usual_days: Mapping[str, int] = field(default_factory=dict)
    filled_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What papers of a folder share: blanks by name, and passages (some blocks) by name, as TOML has them."""

    blanks: Mapping[str, Blank]
    passages: Mapping[str, tuple[Mapping[str, object], ...]]

    def with_others(self, other: Shared) -> Shared:
        """Another folder's shared wording laid over this one."""
        return Shared(blanks={**self.blanks, **other.blanks}, passages={**self.passages, **other.passages})


NOTHING_SHARED = Shared(blanks={}, passages={})


def read_shared(source: Traversable) -> Shared:
    """Read a folder's shared wording. Raises PaperError naming file, table and key of the first fault."""
    raw = _toml(source)
    passages = raw.pop("passages", {})
    if not isinstance(passages, dict) or not all(_is_list_of_tables(each) for each in passages.values()):
        raise PaperError(f"{source.name}: passages must be tables, each headed [[passages.name]]")
    top = Table(raw, source.name)
    blanks = {name: _blank(name, each) for name, each in top.named("blanks").items()}
    top.close()
    return Shared(blanks=blanks, passages={name: tuple(blocks) for name, blocks in passages.items()})


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _toml(source: Traversable) -> dict[str, object]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise PaperError(f"{source.name}: no TOML: {fault}") from fault


def read_wording(source: Traversable, shared: Shared = NOTHING_SHARED) -> Wording:
    """Read a wording file. Raises PaperError naming file, table and key of the first fault."""
    top = Table(_toml(source), source.name)
    kind = top.text("facts") or "process"
    if kind not in ROOTS:
        raise top.fail(f"facts must be one of {', '.join(ROOTS)}")
    top.root = ROOTS[kind]
    own = {name: _blank(name, each) for name, each in top.named("blanks").items()}
    blocks = tuple(block for each in top.tables("blocks") for block in _blocks(each, shared))
    spacing = top.text("spacing") or "double"
    if spacing not in SPACINGS:
        raise top.fail(f"spacing must be one of {', '.join(SPACINGS)}")
    wanted = {found["name"] for block in blocks for text in _texts(block) for found in BLANK.finditer(text)}
    wording = Wording(
        name=top.needed("name"),
        title=top.needed("title"),
        root=top.root,
        label=top.text("label"),
        footer=top.text("footer") or "",
        checks=top.texts("checks"),
        states=top.texts("states"),
        blanks={**{name: each for name, each in shared.blanks.items() if name in wanted}, **own},
        blocks=blocks,
        applies=top.conditions("applies"),
        spacing=spacing,
        to_copy=top.yes("to_copy", default=False),
        dated_by_order=top.yes("dated_by_order", default=False),
        usual_days=top.numbers("usual_days"),
        filled_by=top.texts("filled_by"),
    )
    if not set(wording.filled_by) <= set(SIDES):
        raise top.fail(f"filled_by must be of {', '.join(SIDES)}")
    top.close()
    _check_blanks(wording, source.name)
    return wording


def _blocks(table: Table, shared: Shared) -> tuple[WordedBlock, ...]:
    """One block, or the blocks of a passage that the folder's papers share, each under the passage's conditions too."""
    kind = table.needed("kind")
    if kind != "passage":
        return (_block(table, kind),)
    name, when = table.needed("name"), table.conditions()
    table.close()
    if name not in shared.passages:
        raise table.fail(f"no passage {name!r}; there are {', '.join(shared.passages) or 'none'}")
    made = []
    for index, raw in enumerate(shared.passages[name]):
        inner = Table(raw, f"{SHARED_FILE}: passages.{name}[{index}]", table.root)
        block = _block(inner, inner.needed("kind"))
        made.append(replace(block, when=(*when, *block.when)))
    return tuple(made)


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


def _block(table: Table, kind: str) -> WordedBlock:
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


def _texts(block: WordedBlock) -> tuple[str, ...]:
    cells = (cell for row in block.rows for cell in row.cells)
    return (*(part.text for part in (*block.parts, *block.lines)), *cells, block.lead or "")


def _check_blanks(wording: Wording, where: str) -> None:
    for index, block in enumerate(wording.blocks):
        for text in _texts(block):
            left = BLANK.sub("", text)
            if "{" in left or "}" in left:
                raise PaperError(f"{where}: blocks[{index}]: a brace that is no blank: {left[:60]!r}")
            for found in BLANK.finditer(text):
                if found["name"] not in wording.blanks:
                    raise PaperError(f"{where}: blocks[{index}]: no blank {found['name']!r} under [blanks]")
