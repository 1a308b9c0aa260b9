"""The desk: what the command line, the pages and the plugins work at — one ledger, one rulebook, one day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import groupby
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework import calendar_tokens, papers
from docketbridge.casework.calendar_tokens import IssuedToken
from docketbridge.casework.comparing import MovedMatter, matters_moved
from docketbridge.casework.gaps import WatchAccount, account_of
from docketbridge.casework.intake import IntakeResult, take_in
from docketbridge.casework.judging_payments import refresh_verdicts
from docketbridge.casework.mediation import MediationRoom, with_process
from docketbridge.casework.papers import IssuedText
from docketbridge.casework.payments import ImportOptions, ImportResult, Progress, import_payments
from docketbridge.casework.portal import PortalDesk
from docketbridge.casework.previewing import Preview, preview
from docketbridge.casework.replay import Moved, replay
from docketbridge.casework.reviewing import ReviewItem, review_item, waiting
from docketbridge.casework.rulebook import Rulebook, open_rulebook
from docketbridge.casework.selecting import parse_selection
from docketbridge.casework.trustee_pages import PaymentRecord, TrusteePage, payment_record, trustee_page
from docketbridge.casework.updating import update_case, work_out
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision
from docketbridge.domain.documents import Document
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.matters import IssuedPaper, MatterFile
from docketbridge.domain.profile import Profile
from docketbridge.domain.publishing import Published
from docketbridge.domain.vocabulary import Vocabulary
from docketbridge.errors import UsageError
from docketbridge.ledger.currencies import trustees_known
from docketbridge.ledger.database import one_writer, open_ledger, writing_engine
from docketbridge.ledger.decision_facts import keep_decision
from docketbridge.ledger.derived import MatterLine, ReviewLine, matter_lines, review_lines, stale_cases
from docketbridge.ledger.publications import last_published, publish
from docketbridge.ledger.stamping import stamp
from docketbridge.ledger.tokens import CalendarToken, tokens_kept
from docketbridge.plugins import Paper, Plugins
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
        with Session(self.engine) as session:
            stale = stale_cases(session, self.today)
        for court, cases in groupby(stale, key=lambda case: case.court):
            with Session(writing_engine(self.engine)) as session, session.begin():
                one_writer(session, court)
                for case in cases:
                    update_case(session, self.rulebook, case, today=self.today)
        return len(stale)

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

    def review_queue(self) -> tuple[ReviewItem, ...]:
        """The entries that wait for a person, whole: with the words, the reason, and the matters each may be of."""
        self.refresh()
        with Session(self.engine) as session:
            return waiting(session, self.rulebook, today=self.today)

    def review_item(self, entry: str) -> ReviewItem:
        """One entry as a person reviews it, by its id or as `CASE:NUMBER`. Raises UsageError when there is none."""
        with Session(self.engine) as session:
            return review_item(session, self.rulebook, entry, today=self.today)

    def matter_file(self, matter: str) -> MatterFile:
        """The file of a matter, by its id or by its number for people. Raises UsageError when there is none."""
        with Session(self.engine) as session:
            line = next((each for each in matter_lines(session) if matter in (each.id, each.number)), None)
            if line is None:
                raise UsageError(f"no matter {matter!r}; `docketbridge matters` lists them")
            return self._files(session, line)[line.id]

    def matter_ids(self, selection: str | None = None) -> tuple[str, ...]:
        """The ids of the matters selected, in order; one query."""
        chosen = parse_selection(selection)
        with Session(self.engine) as session:
            return tuple(line.id for line in matter_lines(session) if chosen.holds(line))

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
        return with_process(session, work_out(session, self.rulebook, case, today=self.today).files)

    @property
    def portal(self) -> PortalDesk:
        """Where portals' account histories are taken in and matched."""
        return PortalDesk(engine=self.engine, rulebook=self.rulebook, readers=self.plugins.portal_readers, today=self._now())

    @property
    def mediation(self) -> MediationRoom:
        """The mediator's room, the one door to substance."""
        return MediationRoom(engine=self.engine, file_of=self.matter_file, now=self._now())

    def _now(self) -> datetime:
        """This moment, or noon (UTC) of the day that a person chose."""
        return datetime.combine(self.today, time(12), tzinfo=UTC) if self.fixed_day else datetime.now(tz=UTC)

    def decide(self, file: MatterFile, decision: Decision) -> None:
        """Keep what a person decided in a matter's case, and work the case out anew."""
        self.keep_decision(CaseKey(court=file.matter.court, number=file.matter.case_number), decision)

    def keep_decision(self, case: CaseKey, decision: Decision) -> None:
        """Keep what a person decided in a case, and work the case out anew; both or neither."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            one_writer(session, case.court)
            keep_decision(session, case, decision)
            update_case(session, self.rulebook, case, today=self.today)

    def issue_paper(
        self, file: MatterFile, paper: Paper, document: Document, *, by: str, at: datetime, answers: Mapping[str, object]
    ) -> IssuedPaper:
        """Keep that a paper of a matter was issued, with its text and the facts it used. Raises UsageError for a bad name."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            return papers.issue(session, file, paper, document, by=by, at=at, answers=answers)

    def issued_paper(self, file: MatterFile, paper_id: str) -> IssuedText:
        """An issued paper of a matter and the issue before it. Raises UsageError when there is none."""
        with Session(self.engine) as session:
            return papers.issued(session, file, paper_id)

    def watch_account(self, court: str, *, start: datetime | None = None, end: datetime | None = None) -> WatchAccount:
        """What the watch over a court saw, and what it did not. Raises ProfileError for a court nobody knows."""
        timezone = self.rulebook.calendar(court).timezone
        with Session(self.engine) as session:
            return account_of(session, court, timezone=timezone, start=start, end=end)

    def import_payments(self, file: Path, options: ImportOptions, progress: Progress | None = None) -> ImportResult:
        """Take a trustee's payment export in. Raises UnreadableFeed or UsageError, and then nothing has changed."""
        return import_payments(
            self.engine, self.rulebook, self.plugins, file, options=options, today=self.today, progress=progress
        )

    def trustee_page(self, trustee_id: str, *, since: date | None = None) -> TrusteePage:
        """What one trustee's page shows of the trustee's own cases. Raises UsageError for a trustee nobody knows."""
        self.refresh()
        with Session(writing_engine(self.engine)) as session, session.begin():
            refresh_verdicts(session, self.rulebook, today=self.today, trustee_id=trustee_id)
        with Session(self.engine) as session:
            return trustee_page(session, trustee_id, today=self.today, since=since)

    def trustees(self) -> tuple[str, ...]:
        """The ids of all trustees who have a matter or a verdict."""
        with Session(self.engine) as session:
            return trustees_known(session)

    def payment_record(self, trustee_id: str, number: str) -> PaymentRecord:
        """One own case of a trustee, with every movement of money. Raises UsageError when it is none of the trustee's."""
        with Session(self.engine) as session:
            return payment_record(session, self.rulebook, trustee_id, number, today=self.today)

    def matters_moved(self, *, old: Profile, new: Profile) -> tuple[MovedMatter, ...]:
        """The open matters of one version that would stand otherwise under another; nothing of it is kept."""
        self.refresh()
        with Session(self.engine) as session:
            return matters_moved(session, self.rulebook, matter_lines(session), old=old, new=new, today=self.today)

    def replay(self, *, today: date | None, dry_run: bool = False, from_bytes: bool = False) -> tuple[Moved, ...]:
        """Drop what is derived and build it again; what moved."""
        return replay(
            self.engine, self.rulebook, today=today, dry_run=dry_run, parsers=self.plugins.parsers if from_bytes else None
        )

    def preview(self, vocabulary: Vocabulary) -> Preview:
        """What another vocabulary would change on this desk's day; the ledger is left as it was."""
        return preview(self.engine, self.rulebook, vocabulary, today=self.today)

    def published(self, subjects: Collection[str]) -> Mapping[str, Published]:
        """The last published form of every calendar item of these subjects (matter ids), by uid."""
        with Session(self.engine) as session:
            return last_published(session, subjects)

    def publish(self, forms: Sequence[Published]) -> bool:
        """Keep new published forms as facts, all or none; False when others were published meanwhile and none was kept."""
        with Session(writing_engine(self.engine)) as session:
            if not publish(session, forms):
                session.rollback()
                return False
            session.commit()
        return True

    def facts_stamp(self) -> str:
        """A cheap stamp of the facts taken in: while it and the day stay the same, so does all that follows from them."""
        with Session(self.engine) as session:
            return stamp(session)

    def issue_calendar_token(
        self, *, scope: str, person: str, now: datetime, expires: date | None = None, public: bool = False
    ) -> IssuedToken:
        """Give a person the secret address of a scope's calendar. Raises UsageError for a scope that is none."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            return calendar_tokens.issue(session, scope=scope, person=person, now=now, expires=expires, public=public)

    def rotate_calendar_token(self, token: str, *, now: datetime) -> IssuedToken:
        """End a calendar token and issue its successor. Raises UsageError when it is unknown or ended."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            return calendar_tokens.rotate(session, token, now=now)

    def revoke_calendar_token(self, token: str, *, now: datetime) -> CalendarToken:
        """End a calendar token. Raises UsageError when it is unknown or ended."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            return calendar_tokens.revoke(session, token, now=now)

    def calendar_tokens(self) -> tuple[CalendarToken, ...]:
        """Every calendar token ever issued, oldest first, with its last use."""
        with Session(self.engine) as session:
            return tokens_kept(session)

    def calendar_token(self, secret: str) -> CalendarToken | None:
        """The token of a secret, live or not; None when there is none."""
        with Session(self.engine) as session:
            return calendar_tokens.look_up(session, secret)

    def note_calendar_fetch(self, token: CalendarToken, *, at: datetime, agent: str) -> None:
        """Keep that a calendar was fetched with a token; uses by the same reader within five minutes are one."""
        if calendar_tokens.is_news(token, at=at, agent=agent):
            with Session(writing_engine(self.engine)) as session, session.begin():
                calendar_tokens.note_use(session, token, at=at, agent=agent)
