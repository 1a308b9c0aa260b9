"""Reads a portal's record for what is open: papers not brought, requests without an answer, an escalation not resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from docketbridge.api import DocumentKind, PortalAct, PortalFact, Side

_OTHER = {Side.DEBTOR: Side.CREDITOR, Side.CREDITOR: Side.DEBTOR}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPaper:
    """A paper that was asked for and is not there: `asked` is the first request since it was last there."""

    owner: Side
    document: DocumentKind
    asked: PortalFact
    last: PortalFact
    due: date | None
    requests: int

    @property
    def was_returned(self) -> bool:
        """Whether it came and was sent back."""
        return self.last.act is PortalAct.DOCUMENT_RETURNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """An escalated case that no act resolves."""

    opened: PortalFact
    notice: PortalFact | None
    updates: tuple[PortalFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a record leaves open, and how much of it is done."""

    papers: tuple[OpenPaper, ...]
    questions: tuple[PortalFact, ...]
    escalation: Escalation | None
    papers_done: int
    questions_done: int


def read_record(facts: Sequence[PortalFact]) -> Reading:
    """Fold a record, oldest first, into what is open at its end."""
    papers, papers_done = _papers(facts)
    questions, questions_done = _questions(facts)
    return Reading(
        papers=papers,
        questions=questions,
        escalation=_escalation(facts),
        papers_done=papers_done,
        questions_done=questions_done,
    )


def local_day(fact: PortalFact, timezone: str) -> date:
    """The day of an act on the court's own clock."""
    return local(fact.at, timezone).date()


def local(moment: datetime, timezone: str) -> datetime:
    """A moment on the court's own clock."""
    return moment.astimezone(ZoneInfo(timezone))


def label(fact: PortalFact, timezone: str) -> str:
    """How an act is cited: `portal 44`, or by its time where the portal numbers nothing."""
    if fact.number is not None:
        return f"portal {fact.number}"
    return f"portal, {local(fact.at, timezone):%H:%M}"


def _papers(facts: Sequence[PortalFact]) -> tuple[tuple[OpenPaper, ...], int]:
    """The papers still owed. A complete package has every paper that was asked of the debtor before it."""
    owed: dict[tuple[Side, str], OpenPaper] = {}
    done: set[tuple[Side, str]] = set()
    for fact in facts:
        if fact.act is PortalAct.PACKAGE_COMPLETE:
            for key in [each for each in owed if each[0] is Side.DEBTOR]:
                done.add(key)
                del owed[key]
            continue
        if fact.document is None or fact.owner is None:
            continue
        key = (fact.owner, fact.item or fact.document.value)
        if fact.act in (PortalAct.DOCUMENT_REQUESTED, PortalAct.DOCUMENT_RETURNED, PortalAct.DEFICIENCY_NOTICE):
            owed[key] = _asked(owed.get(key), fact, facts, key)
            done.discard(key)
        elif fact.act in (PortalAct.DOCUMENT_RECEIVED, PortalAct.DOCUMENT_ACCEPTED):
            owed.pop(key, None)
            done.add(key)
    return tuple(sorted(owed.values(), key=lambda each: (each.owner is not Side.DEBTOR, each.asked.at))), len(done)


def _asked(known: OpenPaper | None, fact: PortalFact, facts: Sequence[PortalFact], key: tuple[Side, str]) -> OpenPaper:
    first, requests = fact, 1
    if known is not None:
        first, requests = known.asked, known.requests + 1
    elif fact.act is PortalAct.DOCUMENT_RETURNED:
        # What came and was sent back is owed since it was first asked for, unless it was accepted meanwhile.
        before = _since_accepted(facts, fact, key)
        first, requests = (before[0] if before else fact), len(before) + 1
    return OpenPaper(
        owner=key[0],
        document=fact.document or DocumentKind.OTHER,
        asked=first,
        last=fact,
        due=fact.due or (known.due if known else None) or first.due,
        requests=requests,
    )


def _since_accepted(facts: Sequence[PortalFact], until: PortalFact, key: tuple[Side, str]) -> list[PortalFact]:
    asked: list[PortalFact] = []
    for fact in facts:
        if fact is until:
            break
        if fact.document is None or (fact.owner, fact.item or fact.document.value) != key:
            continue
        if fact.act is PortalAct.DOCUMENT_ACCEPTED:
            asked = []
        elif fact.act in (PortalAct.DOCUMENT_REQUESTED, PortalAct.DEFICIENCY_NOTICE):
            asked.append(fact)
    return asked


def _questions(facts: Sequence[PortalFact]) -> tuple[tuple[PortalFact, ...], int]:
    """The questions without an answer. An answer that names none answers the other side's oldest that is open."""
    asked: list[PortalFact] = []
    done = 0
    for fact in facts:
        if fact.act is PortalAct.QUESTION_ASKED:
            asked.append(fact)
            continue
        answered = _answered(fact, asked)
        if answered is not None:
            asked.remove(answered)
            done += 1
    return tuple(asked), done


def _answered(fact: PortalFact, asked: Iterable[PortalFact]) -> PortalFact | None:
    others = [each for each in asked if each.account == fact.account and each.by is not fact.by]
    if fact.answers is not None:
        return next((each for each in others if each.number == fact.answers), None)
    return next(iter(others), None) if fact.act is PortalAct.QUESTION_ANSWERED else None


def asked_of(fact: PortalFact) -> Side:
    """The side that a question is for."""
    return fact.owner or _OTHER.get(fact.by, Side.DEBTOR)


def _escalation(facts: Sequence[PortalFact]) -> Escalation | None:
    opened = next((each for each in reversed(facts) if each.act is PortalAct.ESCALATED), None)
    if opened is None:
        return None
    later = facts[[each.id for each in facts].index(opened.id) + 1 :]
    if any(each.act is PortalAct.ESCALATION_RESOLVED for each in later):
        return None
    return Escalation(
        opened=opened,
        notice=next((each for each in later if each.act is PortalAct.ESCALATION_NOTICE), None),
        updates=tuple(each for each in later if each.act is PortalAct.ESCALATION_UPDATE),
    )
