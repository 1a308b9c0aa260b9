"""The papers this plugin drafts: each a wording file, its schema, and the checks it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import cast

from docketbridge.api import Document, MatterFile, PaperError

from .agreement import AgreementFacts
from .agreement_checks import AGREEMENT_CHECKS
from .checks import CHECKS, Check
from .composing import compose
from .facts import PaperFacts
from .facts_tree import build
from .filling import ORDER_DATE_NAMES, Json, facts_of, lay_over
from .open_days import court_days_before, open_day_from
from .schema_checking import Schema, check_schema
from .wording import Wording, read_wording

CONFIRMATION_OBJECTION = timedelta(days=7)  # Rule 3015(f): before the hearing
BACK = timedelta(days=-1)


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

    def applies_to(self, file: MatterFile) -> bool:
        """Whether the paper makes sense for the matter's state today."""
        return not self.wording.states or file.posture.state.value in self.wording.states

    def schema(self) -> Schema:
        """The JSON Schema of the paper's facts."""
        known = whole_schema() if self.is_substance else process_schema()
        return {**known, "title": f"Facts of {self.title} ({self.name})"}

    def draft(self, file: MatterFile, answers: Mapping[str, object]) -> Document:
        """Draft from a matter file and a person's answers. Raises PaperError naming the path of what is wrong."""
        return self._draft(
            lay_over(facts_of(file), answers, self._names()), today=file.today, answered=_paths(answers, self._names())
        )

    def draft_from_facts(
        self, facts: Mapping[str, object], *, today: date, answers: Mapping[str, object] = MappingProxyType({})
    ) -> Document:
        """Draft from facts of the schema's shape, without a ledger; `today` stands for an entry day that is not told.

        Raises PaperError naming the path of what is wrong.
        """
        names = self._names()
        laid = lay_over(dict(facts), answers, names) if answers else dict(facts)
        return self._draft(laid, today=today, answered=_paths(answers, names))

    def _draft(self, raw: Json, *, today: date, answered: frozenset[str]) -> Document:
        if isinstance(raw.get("creditor"), list):
            raise PaperError("creditor: must be an object, is an array; one order names one creditor (LMP V.A.2)")
        check_schema(raw, self.schema())
        facts = _complete(build(self.wording.root, {"day": today.isoformat(), **raw}))
        known = _checks_of(self.wording.root)
        warnings = [warning for name in self.wording.checks for warning in known[name](facts)]
        return compose(self.wording, facts, answered=answered, warnings=warnings)

    def _names(self) -> Mapping[str, str]:
        """Where an answer goes that is given under a blank's name; the schema's own names come first."""
        own = {name: blank.answer or f"answers.{name}" for name, blank in self.wording.blanks.items()}
        parts = {each.name: each.name for each in fields(self.wording.root)}
        return {**{name: f"dates.{name}" for name in ORDER_DATE_NAMES}, "chapter": "case.chapter", **own, **parts}


@cache
def process_schema() -> Schema:
    """The JSON Schema of process facts, as it ships."""
    return cast("Schema", json.loads((files(__package__) / "schemas" / "process.json").read_text(encoding="utf-8")))


@cache
def agreement_schema() -> Schema:
    """The JSON Schema of an agreement's terms, as it ships."""
    return cast("Schema", json.loads((files(__package__) / "schemas" / "agreement.json").read_text(encoding="utf-8")))


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
    for folder in folders:
        for source in sorted(folder.iterdir(), key=lambda each: each.name):
            if not source.name.endswith(".toml"):
                continue
            wording = read_wording(source)
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
    return {**CHECKS, **AGREEMENT_CHECKS} if root is AgreementFacts else CHECKS


def _complete(facts: PaperFacts) -> PaperFacts:
    """Add what follows from the facts: default first contact, draft and revision days, objections to confirmation."""
    dates, court, part = facts.dates, facts.court, facts.confirmation
    if dates.status_due is not None:
        facts = replace(
            facts,
            status_draft=court_days_before(dates.status_due, 4, court),
            status_revisions=open_day_from(dates.status_due + BACK, court, step=BACK),
        )
    if part.continued_to is not None and part.objections_due is None:
        due = open_day_from(part.continued_to - CONFIRMATION_OBJECTION, court, step=BACK)
        facts = replace(facts, confirmation=replace(part, objections_due=due))
    return facts


def _paths(answers: Mapping[str, object], names: Mapping[str, str], above: str = "") -> frozenset[str]:
    found: set[str] = set()
    for key, value in answers.items():
        path = f"{above}.{key}" if above else names.get(key, key)
        found |= _paths(value, {}, path) if isinstance(value, Mapping) else {path}
    return frozenset(found)
