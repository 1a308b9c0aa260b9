"""The desk: what the command line, the pages and the plugins work at — one ledger, one rulebook, one day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.intake import IntakeResult, take_in
from docketbridge.casework.replay import Moved, replay
from docketbridge.casework.rulebook import Rulebook, open_rulebook
from docketbridge.casework.selecting import parse_selection
from docketbridge.casework.updating import update_case, work_out
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.publishing import Published
from docketbridge.errors import UsageError
from docketbridge.ledger.database import open_ledger, writing_engine
from docketbridge.ledger.derived import MatterLine, ReviewLine, matter_lines, review_lines, stale_cases
from docketbridge.ledger.publications import last_published, publish
from docketbridge.plugins import Plugins
from docketbridge.settings import Settings


@dataclass(kw_only=True)
class Desk:
    """Where work is done for a day. `today` is the court's day; nothing behind it reads a clock of its own.

    `fixed_day` says that a person chose the day. The ledger is opened and the programs are read on first use, so that what
    needs neither starts at once.
    """

    settings: Settings
    plugins: Plugins
    today: date
    fixed_day: bool = False

    @cached_property
    def engine(self) -> Engine:
        """The ledger's engine; an empty database becomes a ledger. Raises LedgerError."""
        return open_ledger(self.settings.database)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The programs, the courts' calendars and the vocabulary. Raises ProfileError."""
        return open_rulebook()

    def on(self, today: date) -> Desk:
        """The same desk on another day: ledger and rulebook are shared, not opened again."""
        other = Desk(settings=self.settings, plugins=self.plugins, today=today, fixed_day=self.fixed_day)
        other.engine, other.rulebook = self.engine, self.rulebook
        return other

    def take_in(self, raw: RawFeed, format_name: str | None = None) -> IntakeResult:
        """Take one feed in. Raises UnreadableFeed, and then nothing has changed."""
        return take_in(self.engine, self.rulebook, self.plugins, raw, today=self.today, format_name=format_name)

    def refresh(self) -> int:
        """Fold again the matters that a passing day or a new look at the docket may have changed; how many cases that were."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            cases = stale_cases(session, self.today)
            for case in cases:
                update_case(session, self.rulebook, case, today=self.today)
        return len(cases)

    def matters(self, selection: str | None = None) -> tuple[MatterLine, ...]:
        """The matters with their posture and next date, for the day of this desk. `selection` is a scope of INTERFACE.md."""
        self.refresh()
        chosen = parse_selection(selection)
        with Session(self.engine) as session:
            return tuple(line for line in matter_lines(session) if chosen.holds(line))

    def review(self) -> tuple[ReviewLine, ...]:
        """The entries that wait for a person."""
        with Session(self.engine) as session:
            return review_lines(session)

    def matter_file(self, matter: str) -> MatterFile:
        """The file of a matter, by its id or by its number for people. Raises UsageError when there is none."""
        with Session(self.engine) as session:
            line = next((each for each in matter_lines(session) if matter in (each.id, each.number)), None)
            if line is None:
                raise UsageError(f"no matter {matter!r}; `docketbridge matters` lists them")
            return self._files(session, line)[line.id]

    def matter_files(self, selection: str | None = None) -> Iterator[MatterFile]:
        """The files of the matters selected, case by case."""
        chosen = parse_selection(selection)
        with Session(self.engine) as session:
            lines = [line for line in matter_lines(session) if chosen.holds(line)]
            worked: dict[CaseKey, Mapping[str, MatterFile]] = {}
            for line in lines:
                case = CaseKey(court=line.court, number=line.case_number)
                if case not in worked:
                    worked[case] = self._files(session, line)
                yield worked[case][line.id]

    def _files(self, session: Session, line: MatterLine) -> Mapping[str, MatterFile]:
        case = CaseKey(court=line.court, number=line.case_number)
        return work_out(session, self.rulebook, case, today=self.today).files

    def replay(self, *, today: date | None, dry_run: bool = False) -> tuple[Moved, ...]:
        """Drop what is derived and build it again; what moved."""
        return replay(self.engine, self.rulebook, today=today, dry_run=dry_run)

    def published(self, subjects: Collection[str]) -> Mapping[str, Published]:
        """The last published form of every calendar item of these subjects (matter ids), by uid."""
        with Session(self.engine) as session:
            return last_published(session, subjects)

    def publish(self, forms: Sequence[Published]) -> None:
        """Keep new published forms as facts."""
        if forms:
            with Session(writing_engine(self.engine)) as session, session.begin():
                publish(session, forms)
