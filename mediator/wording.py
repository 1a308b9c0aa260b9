"""How the mediator's papers name a case, and say days, sides and undertakings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from docketbridge.api import Agreed, Caption, MatterFile, Side, Undertaking

SIDES = {
    Side.DEBTOR: "debtor",
    Side.CREDITOR: "creditor",
    Side.MEDIATOR: "mediator",
    Side.TRUSTEE: "trustee",
    Side.COURT: "court",
    Side.PORTAL: "portal",
}
_UNDERTAKINGS = {
    Undertaking.BRING_DOCUMENT: "bring",
    Undertaking.ANSWER_REQUEST: "answer the open request",
    Undertaking.GIVE_DECISION: "give the decision",
    Undertaking.BRING_AUTHORITY: "name the person with full settlement authority",
    Undertaking.DRAFT_REPORT: "draft the status report",
    Undertaking.FILE_PAPER: "file the paper spoken of",
    Undertaking.MEET_AGAIN: "meet again",
}


def caption_of(file: MatterFile) -> Caption:
    """The head of a paper in a matter's case."""
    return Caption(
        court=file.court.name_in_caption,
        district=file.court.district,
        debtors=tuple(party.name for party in file.case.debtors) or (file.case.name or "Debtor",),
        case_number=file.case.number,
        chapter=str(file.case.chapter or ""),
    )


def day(value: date | None) -> str:
    """`14 August 2026`."""
    return f"{value.day} {value:%B %Y}" if value else "a day not known"


def short_day(value: date) -> str:
    """`14 Aug`, never broken between lines."""
    return f"{value.day}\N{NO-BREAK SPACE}{value:%b}"


def first_cite(cite: str) -> str:
    """The program's own first rule of a citation, for a narrow column: `LMP VI.A.5` of `LMP VI.A.5, VII.C; Rule 9006(a)(5)`."""
    return cite.split(";", maxsplit=1)[0].split(",", maxsplit=1)[0].strip()


def entry(label: str, filed: date | None = None) -> str:
    """How an entry is cited in a narrow column: `entry 9`, or `docket, 17 Jun` where it has no number."""
    return f"docket, {short_day(filed)}" if filed is not None and "(no number)" in label else label


def undertaking_words(what: Undertaking) -> str:
    """One kind of undertaking as a list offers it: `Bring a document`."""
    words = f"{_UNDERTAKINGS[what]} a document" if what is Undertaking.BRING_DOCUMENT else _UNDERTAKINGS[what]
    return words[:1].upper() + words[1:]


def undertaking(agreed: Agreed) -> str:
    """What was undertaken, in words."""
    words = _UNDERTAKINGS[agreed.what]
    if agreed.what is Undertaking.BRING_DOCUMENT:
        words += f": {agreed.document.words if agreed.document else 'a document'}"
    return words


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 paper`, `3 papers`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def money(amount: Decimal) -> str:
    """`$18,412.77`."""
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def dollars(cents: int) -> str:
    """An amount in cents as `$150.00`."""
    return money(Decimal(cents) / 100)
