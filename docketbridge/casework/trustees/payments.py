"""Taking trustees' payment exports in: matched to cases by number, all of a file or nothing, twice is once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.judging_payments import judge_and_keep
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.payments.payment_facts import PaymentFeed, PaymentProblem
from docketbridge.errors import ProfileError, UnreadableFeed, UsageError
from docketbridge.ledger.database import one_writer, writing_engine
from docketbridge.ledger.dockets.queries import courts_seen
from docketbridge.ledger.payments.payment_spool import Spool
from docketbridge.ledger.payments.payments import PaymentFile, PaymentRecorder, file_kept, keep_counts, keep_file
from docketbridge.plugins import PaymentReader, Plugins

T = TypeVar("T")

MOST_PROBLEMS = 1_000
"""How many unreadable rows of a file are named; the rest are counted."""
_CASES_AT_ONCE = 400
_ROWS_BETWEEN_NEWS = 5_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What taking one export in did, in movements of money; `judged` counts cases whose verdict was given anew.

    `cases` are all cases in the file, `without_docket` those of which no docket was seen here (kept, and judged once one is).
    """

    name: str
    court: str
    as_of: date
    covers_from: date | None
    new: int
    seen_again: int
    amended: int
    gone: int
    cases: int
    without_docket: int
    judged: int
    problems: tuple[PaymentProblem, ...] = ()
    problem_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What a person says of an export beside its bytes: court, mapping file, the day it speaks for, from when it is whole."""

    court: str | None = None
    mapping: Path | None = None
    as_of: date | None = None
    covers_from: date | None = None


def import_payments(
    engine: Engine,
    rulebook: Rulebook,
    plugins: Plugins,
    file: Path,
    *,
    options: ImportOptions,
    today: date,
    progress: Progress | None = None,
) -> ImportResult:
    """Take one export into the ledger in one transaction, in memory that does not grow with the file.

    `progress` is told how many more bytes were read. Raises UnreadableFeed or UsageError naming the file; the ledger is then
    untouched.
    """
    try:
        with file.open("rb") as opened, Spool() as spool:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            opened.seek(0)
            feed = _open(plugins, opened, file, options)
            known = _taken_before(engine, digest, options.as_of or feed.as_of, options.court or feed.court)
            if known is not None:
                return _of_before(file, known)
            problems, count = _set_aside(feed, opened, spool, progress)
            if not spool.rows:
                raise UnreadableFeed(f"{file}: no row of it can be read" + (f"; {_told(problems[0])}" if problems else ""))
            with Session(writing_engine(engine)) as session, session.begin():
                court = _court(session, rulebook, feed, options, file)
                importing = _Importing(
                    session=session, rulebook=rulebook, spool=spool, feed=feed, court=court, digest=digest, today=today
                )
                return replace(importing.run(options, file), problems=tuple(problems), problem_count=count)
    except OSError as fault:
        raise UnreadableFeed(f"{file}: {fault.strerror or fault}") from fault


def choose_reader(plugins: Plugins, start: bytes, name: str) -> PaymentReader:
    """The reader that recognises an export's first bytes. Raises UnreadableFeed."""
    found = next((each for each in plugins.payment_readers.values() if each.recognises(start)), None)
    if found is None:
        kinds = ", ".join(sorted(plugins.payment_readers)) or "none"
        raise UnreadableFeed(f"{name}: this is no payment export that is known ({kinds})")
    return found


def _open(plugins: Plugins, opened: BinaryIO, file: Path, options: ImportOptions) -> PaymentFeed:
    start = opened.read(4096)
    opened.seek(0)
    if not start.strip():
        raise UnreadableFeed(f"{file}: the file is empty")
    mapping = None
    if options.mapping is not None:
        try:
            mapping = options.mapping.read_bytes()
        except OSError as fault:
            raise UsageError(f"{options.mapping}: {fault.strerror or fault}") from fault
    reader = choose_reader(plugins, start, str(file))
    return reader.read(opened, name=str(file), mapping=mapping, mapping_name=str(options.mapping or "mapping"))


def _set_aside(feed: PaymentFeed, opened: BinaryIO, spool: Spool, progress: Progress | None) -> tuple[list[PaymentProblem], int]:
    """Put every row of the export into the spool; the first problems, and how many there were."""
    problems: list[PaymentProblem] = []
    count = told = 0
    for place, each in enumerate(feed.rows):
        if isinstance(each, PaymentProblem):
            count += 1
            if len(problems) < MOST_PROBLEMS:
                problems.append(each)
            if each.case_number is not None:
                spool.put_problem(each.case_number, each.where)
        else:
            spool.put(each)
        if progress is not None and place % _ROWS_BETWEEN_NEWS == 0:
            at = opened.tell()
            progress(max(at - told, 0))
            told = max(at, told)
    return problems, count


def _told(problem: PaymentProblem) -> str:
    return f"{problem.where}: {problem.what}"


def _court(session: Session, rulebook: Rulebook, feed: PaymentFeed, options: ImportOptions, file: Path) -> str:
    """The court that a person or the mapping names, else the only one seen here. Raises UsageError."""
    named = options.court or feed.court
    if named is None:
        seen = courts_seen(session)
        if len(seen) != 1:
            many = f"dockets of {', '.join(seen)} were seen" if seen else "no docket was seen yet"
            raise UsageError(f"{file}: an export does not name its court, and {many}; say --court ID")
        named = seen[0]
    try:
        rulebook.calendar(named)
    except ProfileError as fault:
        raise UsageError(f"{file}: {fault}") from fault
    return named


@dataclass(frozen=True, slots=True, kw_only=True)
class _Importing:
    """One import within its transaction."""

    session: Session
    rulebook: Rulebook
    spool: Spool
    feed: PaymentFeed
    court: str
    digest: str
    today: date

    def run(self, options: ImportOptions, file: Path) -> ImportResult:
        as_of = options.as_of or self.feed.as_of or self._last_day(file)
        told_from = options.covers_from or self.feed.covers_from
        declared = date.min if self.feed.covers_all and told_from is None else told_from
        whole_from = declared or min(self.spool.days, default=as_of)
        one_writer(self.session, self.court)
        before = file_kept(self.session, court=self.court, digest=self.digest, as_of=as_of)
        if before is not None:
            return _of_before(file, before)
        covers_from = None if whole_from == date.min else whole_from
        number = keep_file(
            self.session,
            court=self.court,
            digest=self.digest,
            name=file.name,
            format_name=self.feed.format,
            trustee=self.feed.trustee,
            as_of=as_of,
            covers_from=covers_from,
            taken_at=datetime.now(tz=UTC),
        )
        recorder = PaymentRecorder(
            session=self.session,
            court=self.court,
            file=number,
            as_of=as_of,
            whole_from=declared,
            spans_from=whole_from,
            tells_receipts=self.feed.tells_receipts,
        )
        cases = judged = 0
        for some in _batches(self.spool.cases(), _CASES_AT_ONCE):
            recorder.record(some)
            known = [CaseKey(court=self.court, number=each.case_number) for each in some]
            judged += judge_and_keep(self.session, self.rulebook, known, today=self.today)
            cases += len(some)
        counts = {**recorder.counts, "cases": cases, "judged": judged, "without docket": cases - judged}
        counts["told"] = self.spool.receipts
        keep_counts(self.session, number, counts)
        return _result(file, self.court, as_of, covers_from, counts)

    def _last_day(self, file: Path) -> date:
        """The newest receipt's day, which an export reaches at least. Raises UsageError where there is none."""
        last = max((day for day in self.spool.days if day <= self.today), default=None)
        if last is None:
            raise UsageError(f"{file}: it does not say for which day it speaks; say --as-of DATE")
        return last


def _taken_before(engine: Engine, digest: str, as_of: date | None, court: str | None) -> PaymentFile | None:
    """The export of these bytes, if it was taken in for this day before; None where its day must be read from its rows."""
    if as_of is None:
        return None
    with Session(engine) as session:
        return file_kept(session, court=court, digest=digest, as_of=as_of)


def _of_before(file: Path, before: PaymentFile) -> ImportResult:
    """What taking the same bytes in again does: nothing."""
    counts = {"cases": before.counts["cases"], "seen again": before.counts["told"], "without docket": 0}
    return _result(file, before.court, before.as_of, before.covers_from, counts)


def _result(file: Path, court: str, as_of: date, covers_from: date | None, counts: Mapping[str, int]) -> ImportResult:
    return ImportResult(
        name=str(file),
        court=court,
        as_of=as_of,
        covers_from=covers_from,
        new=counts.get("new", 0),
        seen_again=counts.get("seen again", 0) + counts.get("older", 0),
        amended=counts.get("amended", 0),
        gone=counts.get("gone", 0),
        cases=counts.get("cases", 0),
        without_docket=counts.get("without docket", 0),
        judged=counts.get("judged", 0),
    )


def _batches(values: Iterator[T], size: int) -> Iterator[list[T]]:
    while some := list(islice(values, size)):
        yield some
