"""Matching portal accounts to matters, anew whenever an account or a docket tells more; a person's word goes before all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.linking.portal_matching import Candidate, case_key_of, last_fours_in, match_account
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.portal import PortalAccount, PortalMatch, PortalVerdict
from docketbridge.ledger.dockets.queries import cases_naming
from docketbridge.ledger.lists.matter_figures import case_names
from docketbridge.ledger.portal import accounts_kept, accounts_without_case, keep_matches, links_kept, matched_in

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
    concerned = _concerned(session, case, files, nameless) if nameless else frozenset()
    if concerned:
        match_accounts(session, files_of, names=concerned)


def _concerned(session: Session, case: CaseKey, files: Sequence[MatterFile], nameless: Sequence[str]) -> frozenset[str]:
    """Those of the accounts without a case that could be of this one, or were held against it when they were matched last."""
    texts = [each.entry.text for each in files[0].entries if each.entry.text] if files else []
    name = (files[0].case.name or "").casefold() if files else ""
    told = frozenset(
        each.name
        for each in accounts_kept(session, names=nameless)
        if any(word in name for word in _words(each)) or (each.last_four and any(each.last_four in text for text in texts))
    )
    return told | matched_in(session, case, nameless)


def match_accounts(session: Session, files_of: Files, *, names: Iterable[str] | None = None) -> None:
    """Match these accounts anew, or all."""
    wanted = set(names) if names is not None else {each.name for each in accounts_kept(session)}
    if not wanted:
        return
    accounts = accounts_kept(session, names=wanted)
    names_of = case_names(session)
    worked: dict[CaseKey, list[Candidate]] = {}

    def candidates(cases: Iterable[CaseKey]) -> list[Candidate]:
        found: list[Candidate] = []
        for case in sorted(cases):
            if case not in worked:
                worked[case] = [candidate_of(file) for file in files_of(case)]
            found += worked[case]
        return found

    _keep(session, accounts, {each.name: candidates(_cases(session, each, names_of)) for each in accounts})


def _cases(session: Session, account: PortalAccount, names_of: Mapping[CaseKey, str]) -> set[CaseKey]:
    """The cases whose matters an account could be of; `names_of` are the names (folded) of the cases with matters."""
    number = case_key_of(account)
    if number is not None:
        return {case for case in names_of if case.number == number}
    words = _words(account)
    found = {case for case, name in names_of.items() if any(word in name for word in words)}
    return found | {case for case in cases_naming(session, account.last_four) if case in names_of} if account.last_four else found


def _words(account: PortalAccount) -> tuple[str, ...]:
    """The words of a borrower's name that a case's name is searched for."""
    return tuple(word for word in (account.borrower or "").casefold().replace(",", " ").split() if len(word) > 2)


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
