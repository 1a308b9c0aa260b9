"""Reads the substance of a record for what is open: figures on which the sides differ, offers without an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docketbridge.api import MediatorFile, PortalFact, PortalSubstance, Said, Side, Statement, Substance

_SIDES = (Side.DEBTOR, Side.CREDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedFigure(Substance):
    """A figure that each side states otherwise; `first` is the older of the two statements that stand."""

    figure: str
    debtor: Statement
    creditor: Statement

    @property
    def first(self) -> Statement:
        """The statement that stood first."""
        return min(self.debtor, self.creditor, key=lambda each: each.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOffer(Substance):
    """An offer that nobody has accepted, refused or answered with another."""

    fact: PortalFact
    substance: PortalSubstance


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargaining(Substance):
    """What is open between the sides."""

    figures: tuple[DisputedFigure, ...]
    offers: tuple[OpenOffer, ...]
    figures_done: int


def read_bargaining(file: MediatorFile) -> Bargaining:
    """Fold the substance of a record, oldest first, into what is open at its end."""
    told = {each.fact: each for each in file.substance}
    acts = [(fact, told[fact.id]) for fact in file.file.portal if fact.id in told]
    figures, done = _figures(acts)
    return Bargaining(figures=figures, offers=_offers(acts), figures_done=done)


def _figures(acts: Sequence[tuple[PortalFact, PortalSubstance]]) -> tuple[tuple[DisputedFigure, ...], int]:
    stated: dict[str, dict[Side, Statement]] = {}
    settled: set[str] = set()
    for fact, substance in acts:
        if substance.figure is None or substance.amount is None:
            continue
        name = " ".join(substance.figure.split()).casefold()
        if substance.said is Said.FIGURE_AGREED:
            settled.add(name)
            stated.pop(name, None)
        elif substance.said is Said.FIGURE_STATED and fact.by in _SIDES:
            settled.discard(name)
            made = Statement(figure=substance.figure, by=fact.by, amount=substance.amount, at=fact.at, fact=fact.id)
            stated.setdefault(name, {})[fact.by] = made
    both = {name: sides for name, sides in stated.items() if len(sides) == len(_SIDES)}
    apart = [
        DisputedFigure(figure=sides[Side.DEBTOR].figure, debtor=sides[Side.DEBTOR], creditor=sides[Side.CREDITOR])
        for sides in both.values()
        if sides[Side.DEBTOR].amount != sides[Side.CREDITOR].amount
    ]
    return tuple(sorted(apart, key=lambda each: each.first.at)), len(settled) + len(both) - len(apart)


def _offers(acts: Sequence[tuple[PortalFact, PortalSubstance]]) -> tuple[OpenOffer, ...]:
    """An offer closes the other side's before it: a counteroffer is an answer."""
    standing: dict[Side, OpenOffer] = {}
    for fact, substance in acts:
        if substance.said is Said.OFFER:
            standing = {side: each for side, each in standing.items() if side is fact.by}
            standing[fact.by] = OpenOffer(fact=fact, substance=substance)
        elif substance.said in (Said.OFFER_ACCEPTED, Said.OFFER_REFUSED):
            standing = {side: each for side, each in standing.items() if not _closes(fact, each)}
        elif substance.outcome is not None:
            standing = {}
    return tuple(sorted(standing.values(), key=lambda each: each.fact.at))


def _closes(fact: PortalFact, offer: OpenOffer) -> bool:
    if fact.answers is not None:
        return offer.fact.number == fact.answers
    return offer.fact.by is not fact.by


def titles_of(file: MediatorFile) -> Mapping[str, str]:
    """The titles that the sides gave to papers, by the id of the act."""
    return {each.fact: each.title for each in file.substance if each.title}
