"""Taking a portal's account histories in: all of a file or nothing, row by row in bounded memory, twice is once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.people.audit import AuditDesk
from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.sides.mediation import keep_rows
from docketbridge.casework.working_out.portal_matching import match_accounts
from docketbridge.casework.working_out.updating import work_out
from docketbridge.domain.auditing import Deed
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.portal import PortalAccount, PortalMatch, PortalProblem, PortalVerdict
from docketbridge.domain.substance import PortalFeed, PortalRow
from docketbridge.errors import UnreadableFeed, UsageError
from docketbridge.ledger.database import one_writer, writing_engine
from docketbridge.ledger.lists.derived import matter_lines
from docketbridge.ledger.portal import (
    PortalLink,
    accounts_kept,
    keep_accounts,
    keep_export,
    keep_link,
    keep_problem,
    known_numbers,
    matches_kept,
)
from docketbridge.plugins import PortalReader

Progress = Callable[[int], None]

MOST_PROBLEMS = 1_000
"""How many rows of a file that could not be taken in are named; the rest are counted."""
_AT_ONCE = 4_000
_BLOCK = 1 << 20


@dataclass(slots=True, kw_only=True)
class PortalImport:
    """What taking one export in did, in rows; `kept` tells that the same bytes had been taken in before."""

    name: str
    new: int = 0
    seen_again: int = 0
    amended: int = 0
    problem_count: int = 0
    problems: list[PortalProblem] = field(default_factory=list)
    accounts: set[str] = field(default_factory=set)
    matches: tuple[PortalMatch, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalDesk:
    """Where portal records are taken in and matched. `today` is the court's day."""

    engine: Engine
    rulebook: Rulebook
    readers: dict[str, PortalReader]
    today: datetime
    audit: AuditDesk
    court: str | None = None

    def import_file(self, file: Path, *, mapping: Path | None = None, progress: Progress | None = None) -> PortalImport:
        """Take one export in. Raises UnreadableFeed or UsageError, and then nothing has changed."""
        try:
            with file.open("rb") as opened:
                start = opened.read(4096)
                opened.seek(0)
                digest = hashlib.file_digest(opened, "sha256").hexdigest()
                opened.seek(0)
                reader = next((each for each in self.readers.values() if each.recognises(start)), None)
                if reader is None:
                    raise UnreadableFeed(f"{file}: this is no account history that is known ({', '.join(self.readers)})")
                own = mapping.read_bytes() if mapping is not None else None
                feed = reader.read(opened, name=str(file), mapping=own, mapping_name=str(mapping))
                with Session(writing_engine(self.engine)) as session, session.begin():
                    one_writer(session, "portals")
                    result = self._take_in(session, feed, opened, digest=digest, progress=progress)
                    if not result.kept:
                        self.audit.note_in(session, Deed.IMPORTED, file.name)
                    return result
        except OSError as fault:
            raise UnreadableFeed(f"{fault.filename or file}: {fault.strerror or 'cannot be read'}") from fault

    def _take_in(
        self, session: Session, feed: PortalFeed, opened: BinaryIO, *, digest: str, progress: Progress | None
    ) -> PortalImport:
        result = PortalImport(name=feed.name)
        export = keep_export(
            session, digest=digest, name=Path(feed.name).name, format_name=feed.format, mapping=feed.mapping, seen_at=self.today
        )
        if export is None:
            result.kept = True
            result.seen_again = sum(isinstance(each, PortalRow) for each in feed.rows)
            return result
        before = {each.name for each in accounts_kept(session)}
        told: set[PortalAccount] = set()
        for chunk in _chunks(feed.rows):
            rows: list[PortalRow] = []
            fresh: dict[PortalAccount, None] = {}
            for each in chunk:
                if isinstance(each, PortalProblem):
                    result.problem_count += 1
                    if len(result.problems) < MOST_PROBLEMS:
                        result.problems.append(each)
                        keep_problem(session, each, export=export)
                    continue
                rows.append(each)
                if each.account not in told:
                    fresh[each.account] = None
            told |= fresh.keys()
            keep_accounts(session, fresh, export=export)
            result.amended += _amended(session, [each for each in rows if each.fact.account in before])
            new = keep_rows(session, rows, export=export)
            result.new += new
            result.seen_again += len(rows) - new
            result.accounts |= {each.fact.account for each in rows}
            if progress is not None:
                progress(_position(opened))
        result.seen_again -= result.amended if result.seen_again >= result.amended else 0
        match_accounts(session, lambda case: self._files(session, case), names=result.accounts)
        result.matches = tuple(each for each in matches_kept(session) if each.account in result.accounts)
        return result

    def _files(self, session: Session, case: CaseKey) -> tuple[MatterFile, ...]:
        return tuple(work_out(session, self.rulebook, case, today=self.today.date()).files.values())

    def matches(self) -> tuple[PortalMatch, ...]:
        """Every account with the matter it was matched to, or why a person must say."""
        with Session(self.engine) as session:
            return matches_kept(session)

    def link(self, account: str, matter: str | None, *, by: str) -> None:
        """Keep a person's word on which matter an account is of (None: of none here). Raises UsageError."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            if account not in {each.account for each in matches_kept(session)}:
                raise UsageError(f"no portal account {account!r}; `docketbridge portal review` lists those that wait")
            found = next((line.id for line in matter_lines(session) if matter in (line.id, line.number)), None)
            if matter is not None and found is None:
                raise UsageError(f"no matter {matter!r}; `docketbridge matters` lists them")
            keep_link(session, PortalLink(account=account, matter=found, by=by, at=self.today))
            match_accounts(session, lambda case: self._files(session, case), names=[account])
            self.audit.note_in(session, Deed.DECIDED, "whose portal account it is", matter=found)


def waiting(matches: tuple[PortalMatch, ...]) -> tuple[PortalMatch, ...]:
    """Those that a person must decide, or that no matter fits yet."""
    return tuple(each for each in matches if each.verdict is not PortalVerdict.MATCHED)


def _amended(session: Session, rows: list[PortalRow]) -> int:
    """How many rows tell under a number that is known what is not known under it."""
    numbered = {(each.fact.account, each.fact.number): each.fact.id for each in rows if each.fact.number is not None}
    if not numbered:
        return 0
    known = known_numbers(session, {account for account, _ in numbered}, {number for _, number in numbered if number})
    return sum(1 for key, fact in numbered.items() if key in known and fact not in known[key])


def _position(opened: BinaryIO) -> int:
    return 0 if opened.closed else opened.tell()


def _chunks(rows: Iterator[PortalRow | PortalProblem]) -> Iterator[list[PortalRow | PortalProblem]]:
    while chunk := list(islice(rows, _AT_ONCE)):
        yield chunk
