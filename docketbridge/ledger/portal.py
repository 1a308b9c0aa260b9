"""A portal's record as facts: exports, what they tell of accounts, acts in their process side, and matches that follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, exists, insert, select
from sqlalchemy.orm import Session, aliased

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.linking.portal_matching import case_key_of
from docketbridge.domain.portal import (
    DocumentKind,
    PortalAccount,
    PortalAct,
    PortalFact,
    PortalMatch,
    PortalProblem,
    PortalStatus,
    PortalVerdict,
    RejectionReason,
    Side,
)
from docketbridge.ledger.bulk import asked, chunks, digest_of, insert_rows
from docketbridge.ledger.database import insert_all_if_new, insert_if_new
from docketbridge.ledger.tables.portal_rows import (
    PortalAccountRow,
    PortalExportRow,
    PortalFactRow,
    PortalLinkRow,
    PortalMatchRow,
    PortalProblemRow,
)
from docketbridge.ledger.tables.rows import MatterRow

_FACT = (
    *("id", "export", "line", "account", "at", "act", "by", "owner", "document", "item", "due"),
    *("number", "answers", "status", "rejection"),
)
_TOLD = ("court", "case_number", "last_four", "borrower", "servicer")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalLink:
    """A person's word on which matter an account is of; None: of no matter here."""

    account: str
    matter: str | None
    by: str
    at: datetime


def keep_export(session: Session, *, digest: str, name: str, format_name: str, mapping: str, seen_at: datetime) -> int | None:
    """Keep that an export was taken in; its number, or None when the same bytes were taken in before."""
    row = {"digest": digest, "name": name, "format": format_name, "mapping": mapping, "seen_at": seen_at}
    if not insert_if_new(session, _table(PortalExportRow), row):
        return None
    return session.scalars(select(PortalExportRow.id).where(PortalExportRow.digest == digest)).one()


def keep_accounts(session: Session, accounts: Iterable[PortalAccount], *, export: int) -> None:
    """Keep what an export says accounts are of; once is enough."""
    rows = []
    for account in accounts:
        told = {name: getattr(account, name) for name in _TOLD}
        rows.append({"name": account.name, "digest": digest_of(told), "export": export, "case_key": case_key_of(account), **told})
    if rows:
        insert_all_if_new(session, _table(PortalAccountRow), rows)


def known_facts(session: Session, ids: Collection[str]) -> frozenset[str]:
    """Which of these acts are kept already."""
    among = asked(session, [(each, "") for each in ids])
    return frozenset(session.scalars(select(PortalFactRow.id).join(among, among.c.first == PortalFactRow.id)))


def known_numbers(session: Session, accounts: Collection[str], numbers: Collection[str]) -> dict[tuple[str, str], set[str]]:
    """The acts kept under these numbers of rows, by account and number."""
    rows = session.execute(
        select(PortalFactRow.account, PortalFactRow.number, PortalFactRow.id).where(
            PortalFactRow.account.in_(accounts), PortalFactRow.number.in_(numbers)
        )
    )
    known: dict[tuple[str, str], set[str]] = {}
    for account, number, fact in rows:
        known.setdefault((account, number or ""), set()).add(fact)
    return known


def keep_facts(session: Session, facts: Iterable[tuple[PortalFact, int]], *, export: int) -> None:
    """Keep acts that are new, each with the line that told it."""
    rows = [
        (
            *(fact.id, export, line, fact.account, fact.at, fact.act, fact.by, fact.owner, fact.document, fact.item, fact.due),
            *(fact.number, fact.answers, fact.status, fact.rejection),
        )
        for fact, line in facts
    ]
    insert_rows(session, _table(PortalFactRow), _FACT, rows)


def keep_problem(session: Session, problem: PortalProblem, *, export: int) -> None:
    """Keep that a row of an export could not be taken in."""
    session.execute(insert(PortalProblemRow).values(export=export, where=problem.where, what=problem.what))


def accounts_kept(
    session: Session, *, case: CaseKey | None = None, names: Collection[str] | None = None
) -> tuple[PortalAccount, ...]:
    """What is known of the accounts, or of those that name a case: the newest word on each field counts."""
    chosen = select(PortalAccountRow)
    if case is not None:
        chosen = chosen.where(PortalAccountRow.case_key == case.number)
    if names is not None:
        chosen = chosen.where(PortalAccountRow.name.in_(names))
    told: dict[str, dict[str, str | None]] = {}
    for row in session.scalars(chosen.order_by(PortalAccountRow.export, PortalAccountRow.digest)):
        known = told.setdefault(row.name, {})
        known.update({name: getattr(row, name) for name in _TOLD if getattr(row, name) is not None})
    return tuple(PortalAccount(name=name, **known) for name, known in sorted(told.items()))


def accounts_without_case(session: Session) -> tuple[str, ...]:
    """The accounts that no export ever named a case for."""
    other = aliased(PortalAccountRow)
    named = exists().where(other.name == PortalAccountRow.name, other.case_key.is_not(None))
    unnamed = select(PortalAccountRow.name).where(PortalAccountRow.case_key.is_(None), ~named).distinct()
    return tuple(session.scalars(unnamed.order_by(PortalAccountRow.name)))


def matched_in(session: Session, case: CaseKey, accounts: Collection[str]) -> frozenset[str]:
    """Those of these accounts whose match is of a matter of this case, or leaves one of its matters to a person's choice."""
    rows = session.execute(
        select(PortalMatchRow.account, PortalMatchRow.candidates, MatterRow.court, MatterRow.case_number)
        .outerjoin(MatterRow, MatterRow.id == PortalMatchRow.matter)
        .where(PortalMatchRow.account.in_(accounts))
    )
    return frozenset(
        account
        for account, candidates, court, number in rows
        if (court, number) == (case.court, case.number) or any(each.rpartition("-")[0] == str(case) for each in candidates)
    )


def facts_of(session: Session, *, matters: Collection[str] | None = None) -> dict[str, tuple[PortalFact, ...]]:
    """The acts of the accounts matched to these matters (None: to any), by matter, oldest first.

    A row told again otherwise under its own number is told as the newest export does.
    """
    chosen = (
        select(PortalMatchRow.matter, PortalFactRow)
        .join(PortalFactRow, PortalFactRow.account == PortalMatchRow.account)
        .where(PortalMatchRow.matter.is_not(None))
        .order_by(PortalFactRow.export, PortalFactRow.line)
    )
    if matters is not None:
        chosen = chosen.where(PortalMatchRow.matter.in_(matters))
    told: dict[str, dict[tuple[str, str], tuple[tuple[datetime, int, int], PortalFact]]] = {}
    for matter, row in session.execute(chosen):
        key = (row.account, f"#{row.number}" if row.number is not None else row.id)
        told.setdefault(matter or "", {})[key] = ((row.at, row.export, row.line), fact_of(row))
    return {matter: tuple(fact for _, fact in sorted(some.values(), key=lambda each: each[0])) for matter, some in told.items()}


def fact_of(row: PortalFactRow) -> PortalFact:
    """The act that a row keeps."""
    return PortalFact(
        id=row.id,
        account=row.account,
        at=row.at,
        act=PortalAct(row.act),
        by=Side(row.by),
        owner=Side(row.owner) if row.owner else None,
        document=DocumentKind(row.document) if row.document else None,
        item=row.item,
        due=row.due,
        number=row.number,
        answers=row.answers,
        status=PortalStatus(row.status) if row.status else None,
        rejection=RejectionReason(row.rejection) if row.rejection else None,
    )


def keep_link(session: Session, link: PortalLink) -> None:
    """Keep a person's word on an account."""
    session.execute(insert(PortalLinkRow).values(account=link.account, matter=link.matter, by=link.by, at=link.at))


def links_kept(session: Session) -> Mapping[str, PortalLink]:
    """The last word of a person on each account."""
    rows = session.scalars(select(PortalLinkRow).order_by(PortalLinkRow.id))
    return {row.account: PortalLink(account=row.account, matter=row.matter, by=row.by, at=row.at) for row in rows}


def keep_matches(session: Session, matches: Sequence[PortalMatch]) -> None:
    """Replace the matches of these accounts."""
    for chunk in chunks(matches):
        session.execute(delete(PortalMatchRow).where(PortalMatchRow.account.in_([each.account for each in chunk])))
        session.execute(
            insert(_table(PortalMatchRow)),
            [
                {
                    "account": each.account,
                    "verdict": each.verdict.value,
                    "matter": each.matter,
                    "why": each.why,
                    "candidates": list(each.candidates),
                }
                for each in chunk
            ],
        )


def matches_kept(session: Session) -> tuple[PortalMatch, ...]:
    """Every account with its match, or why it has none yet."""
    chosen = select(PortalMatchRow).order_by(PortalMatchRow.account)
    return tuple(
        PortalMatch(
            account=row.account,
            verdict=PortalVerdict(row.verdict),
            matter=row.matter,
            why=row.why,
            candidates=tuple(row.candidates),
        )
        for row in session.scalars(chosen)
    )


def snapshot_of_matches(session: Session) -> dict[str, Any]:
    """All matches, comparable: account → verdict and matter."""
    return {f"portal account {each.account}": (each.verdict.value, each.matter) for each in matches_kept(session)}


def _table(row: type[Any]) -> Table:
    table: Table = row.__table__
    return table
