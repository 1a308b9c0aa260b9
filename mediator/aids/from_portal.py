"""Fills the aids from what a portal's rows state: monthly figures with their source, and who reviewed a file first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from docketbridge.api import MediatorFile, PortalAct, Said, Side, Statement, Substance
from mediator.record import label

from .options import Situation

GROSS, NET, EXPENSES, PAYMENT, VALUE, OWED = "gross", "net", "expenses", "payment", "value", "owed"
# How sides name these figures. What is proposed, missed or yearly is another figure; the first pattern that fits decides.
_NOT_NOW = re.compile(
    r"propos|trial|modif|target|new |arrear|missed|annual|year|escrow|after|pre-?petition|post-?petition|late", re.IGNORECASE
)
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (GROSS, re.compile(r"\bgross\b.*\b(?:income|pay|wages)\b|\bincome\b.*\bgross\b", re.IGNORECASE)),
    (NET, re.compile(r"\b(?:net|take-?home)\b.*\b(?:income|pay|wages)\b|\bincome\b.*\bnet\b", re.IGNORECASE)),
    (
        EXPENSES,
        re.compile(r"\b(?:monthly|living|household|total)\b.*\b(?:expenses|obligations|budget)\b|^expenses$", re.IGNORECASE),
    ),
    (PAYMENT, re.compile(r"\bPITIA?\b|\b(?:mortgage|current|monthly|regular) (?:mortgage )?payment\b", re.IGNORECASE)),
    (VALUE, re.compile(r"\b(?:market )?value\b|\bapprais|\bbroker price\b|\bBPO\b", re.IGNORECASE)),
    (OWED, re.compile(r"\bpay-?off\b|\btotal (?:debt|owed)\b|\bamount owed\b", re.IGNORECASE)),
)
# Who knows: means and expenses are the debtor's to state, the payment and the debt the creditor's.
_KNOWS = {GROSS: Side.DEBTOR, NET: Side.DEBTOR, EXPENSES: Side.DEBTOR}
_REVIEWS = (PortalAct.REVIEW_OPENED, PortalAct.DECISION_GIVEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalFigure(Substance):
    """A figure that an aid may start from: as stated, by whom, where; `otherwise` is the other side's where it differs."""

    stated: Statement
    agreed: bool
    source: str
    otherwise: Statement | None = None
    other_source: str = ""


def figures_known(file: MediatorFile) -> Mapping[str, PortalFigure]:
    """The figures that the portal's rows state, by what an aid calls them; the newest of each side counts."""
    zone = file.file.court.timezone
    told = {each.fact: each for each in file.substance}
    agreed: dict[str, Statement] = {}
    stated: dict[str, dict[Side, Statement]] = {}
    labels: dict[str, str] = {}
    for fact in file.file.portal:
        substance = told.get(fact.id)
        if substance is None or substance.figure is None or substance.amount is None:
            continue
        kind = kind_of(substance.figure)
        if kind is None:
            continue
        made = Statement(figure=substance.figure, by=fact.by, amount=substance.amount, at=fact.at, fact=fact.id)
        labels[fact.id] = label(fact, zone)
        if substance.said is Said.FIGURE_AGREED:
            agreed[kind] = made
            stated.pop(kind, None)
        elif substance.said is Said.FIGURE_STATED:
            agreed.pop(kind, None)
            stated.setdefault(kind, {})[fact.by] = made
    found = {kind: PortalFigure(stated=made, agreed=True, source=labels[made.fact]) for kind, made in agreed.items()}
    return found | {kind: _of_sides(kind, sides, labels) for kind, sides in stated.items()}


def _of_sides(kind: str, sides: Mapping[Side, Statement], labels: Mapping[str, str]) -> PortalFigure:
    knows = _KNOWS.get(kind, Side.CREDITOR)
    chosen = sides.get(knows) or max(sides.values(), key=lambda each: each.at)
    other = next((each for each in sides.values() if each.by is not chosen.by and each.amount != chosen.amount), None)
    return PortalFigure(
        stated=chosen,
        agreed=False,
        source=labels[chosen.fact],
        otherwise=other,
        other_source=labels[other.fact] if other is not None else "",
    )


def kind_of(name: str) -> str | None:
    """What an aid calls a figure of this name; None for one that no aid uses."""
    if _NOT_NOW.search(name):
        return None
    return next((kind for kind, pattern in _NAMES if pattern.search(name)), None)


def situation_known(figures: Mapping[str, PortalFigure]) -> tuple[Situation, Mapping[str, str]]:
    """What the figures tell of the situation, and for each fact from which figures; what sides dispute is left to ask."""
    income = _yes(figures, NET, None) if NET in figures else _yes(figures, GROSS, None)
    surplus, equity = _yes(figures, NET, EXPENSES), _yes(figures, VALUE, OWED)
    sources = {
        "income": _sources(figures, NET if NET in figures else GROSS) if income is not None else "",
        "surplus": _sources(figures, NET, EXPENSES) if surplus is not None else "",
        "equity": _sources(figures, VALUE, OWED) if equity is not None else "",
    }
    situation = Situation(income=income, surplus=surplus, equity=equity)
    return situation, {name: words for name, words in sources.items() if words}


def _yes(figures: Mapping[str, PortalFigure], more: str, less: str | None) -> bool | None:
    """Whether one figure is above another (none: above nothing); None where one is missing or disputed."""
    names = [name for name in (more, less) if name is not None]
    if any(name not in figures or figures[name].otherwise is not None for name in names):
        return None
    return figures[more].stated.amount > (figures[less].stated.amount if less is not None else Decimal(0))


def _sources(figures: Mapping[str, PortalFigure], *names: str) -> str:
    return ", ".join(figures[name].source for name in names)


def first_reviewers(file: MediatorFile) -> tuple[str, ...]:
    """Who acted for the creditor in the review before the case was escalated, as the portal names them (xi.C)."""
    facts = file.file.portal
    opened = next((place for place, each in enumerate(facts) if each.act is PortalAct.ESCALATED), None)
    told = {each.fact: each.actor for each in file.substance}
    before: Sequence[str | None] = [
        told.get(each.id) for each in facts[:opened] if each.by is Side.CREDITOR and each.act in _REVIEWS
    ]
    return tuple(dict.fromkeys(name for name in before if name)) if opened is not None else ()
