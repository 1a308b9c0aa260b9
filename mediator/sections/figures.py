"""Figures on which the sides differ, and offers that wait: substance, for the mediator's agenda alone."""

from __future__ import annotations

from docketbridge.api import MediatorFile, Side
from mediator.bargaining import DisputedFigure, OpenOffer, read_bargaining
from mediator.record import label, local, local_day
from mediator.wording import SIDES, money, short_day

from .section import Item, Section

MINUTES = 10
_SHOWN = 120  # characters of an offer that the agenda shows


def figures(file: MediatorFile) -> Section:
    """The disputed figures with both statements and how far apart they are."""
    zone = file.file.court.timezone
    numbers = {fact.id: label(fact, zone) for fact in file.file.portal}
    items = tuple(_figure(each, zone, numbers) for each in read_bargaining(file).figures)
    return Section(title="Figures in dispute", items=items)


def offers(file: MediatorFile) -> Section:
    """The offers that wait for an answer, oldest first."""
    zone = file.file.court.timezone
    items = tuple(_offer(each, zone) for each in read_bargaining(file).offers)
    return Section(title="Offers that wait for an answer", items=items)


def _figure(each: DisputedFigure, zone: str, numbers: dict[str, str]) -> Item:
    apart = abs(each.debtor.amount - each.creditor.amount)
    words = f"{each.figure}: debtor {money(each.debtor.amount)}, creditor {money(each.creditor.amount)}; {money(apart)} apart"
    later = max(each.debtor, each.creditor, key=lambda statement: statement.at)
    return Item(
        words=words,
        who="both",
        since=short_day(local(later.at, zone).date()),
        source=f"{numbers[each.first.fact]}, {numbers[later.fact].removeprefix('portal ')}",
        minutes=MINUTES,
    )


def _offer(offer: OpenOffer, zone: str) -> Item:
    told = offer.substance
    pieces = [told.option.value.replace("_", " ").capitalize() if told.option else "Offer"]
    if told.amount is not None:
        pieces.append(money(told.amount))
    if told.text:
        words = " ".join(told.text.split())
        pieces.append(words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …")
    other = Side.CREDITOR if offer.fact.by is Side.DEBTOR else Side.DEBTOR
    return Item(
        words=f"{'; '.join(pieces)} (by the {SIDES[offer.fact.by]})",
        who=SIDES[other],
        since=short_day(local_day(offer.fact, zone)),
        source=label(offer.fact, zone),
        minutes=MINUTES,
    )
