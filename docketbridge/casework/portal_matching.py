"""Matching portal accounts to matters, anew whenever an account or a docket tells more; a person's word goes before all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.portal import PortalAccount, PortalMatch, PortalVerdict
from docketbridge.domain.portal_matching import Candidate, case_key_of, last_fours_in, match_account
from docketbridge.ledger.derived import MatterLine, matter_lines
from docketbridge.ledger.portal import accounts_kept, accounts_without_case, keep_matches, links_kept
from docketbridge.ledger.queries import cases_naming

Files = Callable[[CaseKey], Iterable[MatterFile]]


def candidate_of(file: MatterFile) -> Candidate:
    """What of a matter an account is held against; last fours count from its own entries only."""
    texts = (each.entry.text or "" for each in file.entries if each.reach == "matter")
    names = (*(party.name for party in file.case.debtors), file.case.name)
    return Candidate(
        matter=file.matter.id,
        number=file.matter.number,
        court=file.matter.court,
        case_number=file.matter.case_number,
        debtors=tuple(name for name in names if name),
        creditors=file.matter.names,
        last_fours=last_fours_in(texts),
    )


def match_case(session: Session, case: CaseKey, files: Sequence[MatterFile], files_of: Files) -> None:
    """Match anew the accounts that a change in this case may concern: those that name it, and those that name no case."""
    accounts = accounts_kept(session, case=case)
    if accounts:
        candidates = [candidate_of(file) for file in files]
        _keep(session, accounts, {each.name: candidates for each in accounts})
    nameless = accounts_without_case(session)
    if nameless:
        match_accounts(session, files_of, names=nameless)


def match_accounts(session: Session, files_of: Files, *, names: Iterable[str] | None = None) -> None:
    """Match these accounts anew, or all."""
    wanted = set(names) if names is not None else {each.name for each in accounts_kept(session)}
    if not wanted:
        return
    accounts = accounts_kept(session, names=wanted)
    lines = matter_lines(session)
    with_matters = {CaseKey(court=line.court, number=line.case_number) for line in lines}
    worked: dict[CaseKey, list[Candidate]] = {}

    def candidates(cases: Iterable[CaseKey]) -> list[Candidate]:
        found: list[Candidate] = []
        for case in sorted(cases):
            if case not in worked:
                worked[case] = [candidate_of(file) for file in files_of(case)]
            found += worked[case]
        return found

    _keep(session, accounts, {each.name: candidates(_cases(session, each, with_matters, lines)) for each in accounts})


def _cases(session: Session, account: PortalAccount, with_matters: set[CaseKey], lines: Sequence[MatterLine]) -> set[CaseKey]:
    """The cases whose matters an account could be of."""
    number = case_key_of(account)
    if number is not None:
        return {case for case in with_matters if case.number == number}
    found = {case for case in cases_naming(session, account.last_four) if case in with_matters} if account.last_four else set()
    for word in (account.borrower or "").casefold().replace(",", " ").split():
        if len(word) > 2:
            here = [line for line in lines if word in (line.case_name or "").casefold()]
            found |= {CaseKey(court=line.court, number=line.case_number) for line in here}
    return found


def _keep(session: Session, accounts: Sequence[PortalAccount], candidates: dict[str, list[Candidate]]) -> None:
    links = links_kept(session)
    made = []
    for account in accounts:
        link = links.get(account.name)
        if link is None:
            made.append(match_account(account, candidates[account.name]))
            continue
        why = f"{link.by} said so on {link.at:%Y-%m-%d}"
        made.append(PortalMatch(account=account.name, verdict=PortalVerdict.MATCHED, matter=link.matter, why=why))
    keep_matches(session, made)
