"""The papers this plugin drafts: each a wording file, its schema, and the checks it names."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import cast

from docketbridge.api import Document, MatterFile, PaperError, Question

from .agreement import AgreementFacts
from .agreement_checks import AGREEMENT_CHECKS
from .asking import as_facts, further_questions, questions_for
from .checks import CHECKS, Check
from .completing import completed
from .composing import compose
from .facts import PaperFacts
from .facts_tree import build
from .filling import ORDER_DATE_NAMES, facts_of, lay_over
from .proceeding_checks import PROCEEDING_CHECKS
from .reading_files import Json
from .schema_checking import Schema, check_schema
from .wording import NOTHING_SHARED, SHARED_FILE, Wording, read_shared, read_wording

AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedPaper:
    """A court paper made of a wording file: the typed Paper that the core sees."""

    wording: Wording

    @property
    def name(self) -> str:
        """Its name on the command line."""
        return self.wording.name

    @property
    def title(self) -> str:
        """Its title."""
        return self.wording.title

    @property
    def is_substance(self) -> bool:
        """Whether it states what the parties offer one another (FRE 408): no page of the court shows its drafts."""
        return self.wording.root is AgreementFacts

    @property
    def filled_by(self) -> tuple[str, ...]:
        """The sides that fill it in: `debtor`, `creditor`; none where it is the court's own paper."""
        return self.wording.filled_by

    def further_questions(self, asked: Collection[str]) -> tuple[Question, ...]:
        """What may be answered beside the questions of these names: the other terms of an agreement, by their path."""
        if not self.is_substance:
            return ()
        told = {blank.answer for name, blank in self.wording.blanks.items() if name in asked and blank.answer}
        return further_questions(self.schema(), AGREEMENT, but=told)

    def applies_to(self, file: MatterFile) -> bool:
        """Whether the paper makes sense for the matter's state and open items today."""
        if self.wording.states and file.posture.state.value not in self.wording.states:
            return False
        if not self.wording.applies:
            return True
        facts = build(self.wording.root, facts_of(file))
        return all(each.holds(facts) for each in self.wording.applies)

    def schema(self) -> Schema:
        """The JSON Schema of the paper's facts."""
        known = whole_schema() if self.is_substance else process_schema()
        return {**known, "title": f"Facts of {self.title} ({self.name})"}

    def draft(self, file: MatterFile, answers: Mapping[str, object]) -> Document:
        """Draft from a matter file and a person's answers. Raises PaperError naming the path of what is wrong."""
        names = self._names()
        laid = self._laid(file, answers)
        return self._draft(laid, today=file.today, answered=_paths(answers, names))

    def facts_for(self, file: MatterFile, answers: Mapping[str, object]) -> PaperFacts:
        """The paper's facts from a matter file and a person's answers, unchecked but for their schema. Raises PaperError."""
        return self._built(self._laid(file, answers), today=file.today)

    def _laid(self, file: MatterFile, answers: Mapping[str, object]) -> Json:
        names, known = self._names(), facts_of(file)
        if self.wording.dated_by_order and file.posture.ordered_on is not None:
            known["day"] = file.posture.ordered_on.isoformat()
        return lay_over(known, as_facts(answers, self.wording, names), names)

    def draft_from_facts(
        self, facts: Mapping[str, object], *, today: date, answers: Mapping[str, object] = MappingProxyType({})
    ) -> Document:
        """Draft from facts of the schema's shape, without a ledger; `today` stands for an entry day that is not told.

        Raises PaperError naming the path of what is wrong.
        """
        names = self._names()
        laid = lay_over(dict(facts), as_facts(answers, self.wording, names), names) if answers else dict(facts)
        return self._draft(laid, today=today, answered=_paths(answers, names))

    def _built(self, raw: Json, *, today: date) -> PaperFacts:
        if isinstance(raw.get("creditor"), list):
            raise PaperError("creditor: must be an object, is an array; one order names one creditor (LMP V.A.2)")
        check_schema(raw, self.schema())
        return completed(build(self.wording.root, {"day": today.isoformat(), **raw}))

    def _draft(self, raw: Json, *, today: date, answered: frozenset[str]) -> Document:
        facts = self._built(raw, today=today)
        known = _checks_of(self.wording.root)
        warnings = [warning for name in self.wording.checks for warning in known[name](facts)]
        document = compose(self.wording, facts, answered=answered, warnings=warnings)
        given = [name for name, blank in self.wording.blanks.items() if (blank.answer or f"answers.{name}") in answered]
        asked = (*document.unanswered, *(name for name in given if name not in document.unanswered))
        return replace(document, questions=questions_for(self.wording, self.schema(), asked))

    def _names(self) -> Mapping[str, str]:
        """Where an answer goes that is given under a blank's name; the schema's own names come first."""
        own = {name: blank.answer or f"answers.{name}" for name, blank in self.wording.blanks.items()}
        parts = {each.name: each.name for each in fields(self.wording.root)}
        return {**{name: f"dates.{name}" for name in ORDER_DATE_NAMES}, "chapter": "case.chapter", **own, **parts}


@cache
def process_schema() -> Schema:
    """The JSON Schema of process facts, as it ships: the request and its order, and what follows them."""
    first, later = _shipped_schema("process"), _shipped_schema("proceedings")
    return {**first, "properties": {**cast("Schema", first["properties"]), **cast("Schema", later["properties"])}}


@cache
def agreement_schema() -> Schema:
    """The JSON Schema of an agreement's terms, as it ships."""
    return _shipped_schema("agreement")


def _shipped_schema(name: str) -> Schema:
    return cast("Schema", json.loads((files(__package__) / "schemas" / f"{name}.json").read_text(encoding="utf-8")))


@cache
def whole_schema() -> Schema:
    """The JSON Schema of process facts and an agreement's terms together."""
    process, terms = process_schema(), agreement_schema()
    known = {**cast("Schema", process["properties"]), "agreement": {key: terms[key] for key in terms if key != "$defs"}}
    definitions = {**cast("Schema", process["$defs"]), **cast("Schema", terms["$defs"])}
    return {**process, "properties": known, "$defs": definitions}


def papers_in(*folders: Traversable) -> tuple[WordedPaper, ...]:
    """Read the papers of wording folders; a later folder's paper takes the place of an earlier one of its name.

    Raises PaperError naming file, table and key when a wording is faulty or asks for a check that does not exist.
    """
    found: dict[str, WordedPaper] = {}
    shared = NOTHING_SHARED
    for folder in folders:
        common = folder / SHARED_FILE
        shared = shared.with_others(read_shared(common)) if common.is_file() else shared
        for source in sorted(folder.iterdir(), key=lambda each: each.name):
            if not source.name.endswith(".toml") or source.name == SHARED_FILE:
                continue
            wording = read_wording(source, shared)
            known = _checks_of(wording.root)
            unknown = next((name for name in wording.checks if name not in known), None)
            if unknown is not None:
                raise PaperError(f"{source.name}: checks: no check {unknown!r}; there are {', '.join(known)}")
            found[wording.name] = WordedPaper(wording=wording)
    return tuple(found[name] for name in sorted(found))


def shipped_wording() -> Traversable:
    """The folder of wording files that ships with the plugin."""
    return files(__package__) / "wording"


def _checks_of(root: type[PaperFacts]) -> Mapping[str, Check]:
    process = {**CHECKS, **PROCEEDING_CHECKS}
    return {**process, **AGREEMENT_CHECKS} if root is AgreementFacts else process


def _paths(answers: Mapping[str, object], names: Mapping[str, str], above: str = "") -> frozenset[str]:
    found: set[str] = set()
    for key, value in answers.items():
        path = f"{above}.{key}" if above else names.get(key, key)
        found |= _paths(value, {}, path) if isinstance(value, Mapping) else {path}
    return frozenset(found)
