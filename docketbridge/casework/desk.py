"""The desk: what the command line, the pages and the plugins work at — one ledger, one rulebook, one day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path

from sqlalchemy import ColumnElement, Engine
from sqlalchemy.orm import Session

from docketbridge.casework import calendar_tokens, papers
from docketbridge.casework.calendar_tokens import IssuedToken
from docketbridge.casework.first_pages.chambers import ChambersDesk
from docketbridge.casework.intake.gaps import WatchAccount, account_of
from docketbridge.casework.intake.intake import IntakeResult
from docketbridge.casework.intake.intake_desk import IntakeDesk
from docketbridge.casework.operating.running import RunningDesk
from docketbridge.casework.own_calendars import ask_for_token, own_account, still_opens
from docketbridge.casework.papers import IssuedText
from docketbridge.casework.people.audit import AuditDesk
from docketbridge.casework.people.people import PeopleDesk, people_desk
from docketbridge.casework.review.reviewing import ReviewItem, review_item, waiting
from docketbridge.casework.rights import Acting, is_party, visible_to
from docketbridge.casework.rulebook import Rulebook, rulebook_of
from docketbridge.casework.selecting import parse_selection
from docketbridge.casework.sides.mediation import MediationRoom, with_process
from docketbridge.casework.sides.portal import PortalDesk
from docketbridge.casework.trustees.payments import ImportOptions, ImportResult, Progress, import_payments
from docketbridge.casework.trustees.trustee_desk import TrusteeDesk
from docketbridge.casework.working_out.comparing import MovedMatter, matters_moved
from docketbridge.casework.working_out.freshness import Freshness
from docketbridge.casework.working_out.previewing import Preview, preview
from docketbridge.casework.working_out.refreshing import refresh
from docketbridge.casework.working_out.replay import Moved, replay
from docketbridge.casework.working_out.updating import update_case, work_out
from docketbridge.domain.auditing import Deed
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision
from docketbridge.domain.detection.vocabulary import Vocabulary
from docketbridge.domain.documents import Document
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.matters import IssuedPaper, MatterFile
from docketbridge.domain.profile import Profile
from docketbridge.domain.publishing import Published
from docketbridge.domain.views.told_to_a_party import next_told, told_to_a_party
from docketbridge.errors import UsageError
from docketbridge.ledger.database import one_writer, open_ledger, writing_engine
from docketbridge.ledger.dockets.decision_facts import keep_decision
from docketbridge.ledger.lists.derived import MatterLine, ReviewLine, matter_lines, review_lines
from docketbridge.ledger.outgoing.publications import last_published, publish
from docketbridge.ledger.outgoing.tokens import CalendarToken, tokens_kept
from docketbridge.ledger.scopes import named
from docketbridge.ledger.stamping import stamp
from docketbridge.plugins import Paper, Plugins
from docketbridge.settings import Settings


@dataclass(kw_only=True)
class Desk:
    """Where work is done for a day. `today` is the court's day; nothing behind it reads a clock of its own.

    `fixed_day` says that a person chose the day. `acting` is who works here: what is not the person's is not there; None is the
    machine's operator at the command line. At a `hurried` desk a page is waited for: what a day changed is folded as far as
    there is time, and `behind` counts the cases left. The ledger is opened and the programs are read on first use.
    """

    settings: Settings
    plugins: Plugins
    today: date
    fixed_day: bool = False
    acting: Acting | None = None
    hurried: bool = False
    behind: int = 0

    @cached_property
    def engine(self) -> Engine:
        """The ledger's engine; an empty database becomes a ledger. Raises LedgerError."""
        return open_ledger(self.settings.database)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The programs, the courts' calendars and the vocabulary, the instance's own among them. Raises ProfileError."""
        return rulebook_of(self.plugins, self.settings.folder)

    @property
    def intake(self) -> IntakeDesk:
        """Where many feeds are taken in, one after the other."""
        return IntakeDesk(
            engine=self.engine,
            rulebook=self.rulebook,
            plugins=self.plugins,
            folder=self.settings.folder,
            audit=self.audit,
            today=self.today,
        )

    @cached_property
    def freshness(self) -> Freshness:
        """What is known here of when everything was last worked out."""
        return Freshness()

    def on(self, today: date, acting: Acting | None = None) -> Desk:
        """The same desk on another day, for whoever acts there, else who acts here; ledger and rulebook are shared."""
        acting = acting or self.acting
        fixed, hurried = self.fixed_day, self.hurried
        other = Desk(settings=self.settings, plugins=self.plugins, today=today, fixed_day=fixed, acting=acting, hurried=hurried)
        other.engine, other.rulebook, other.freshness = self.engine, self.rulebook, self.freshness
        return other

    def take_in(self, raw: RawFeed, format_name: str | None = None) -> IntakeResult:
        """Take one feed in. Raises UnreadableFeed, and then nothing has changed."""
        return self.intake.take_in(raw, format_name)

    def refresh(self) -> int:
        """Fold again the matters that a passing day or a new look at the docket may have changed; how many cases that were."""
        done = refresh(self.engine, self.rulebook, self.freshness, today=self.today, hurried=self.hurried)
        self.behind = done.behind
        return done.folded

    def matters(self, selection: str | None = None) -> tuple[MatterLine, ...]:
        """The matters with their posture and next date, for the day of this desk. `selection` is a scope of INTERFACE.md."""
        self.refresh()
        with Session(self.engine) as session:
            return self._lines(session, parse_selection(selection).condition())

    def review(self) -> tuple[ReviewLine, ...]:
        """The entries that wait for a person of the court; for anybody else there are none."""
        if not visible_to(self.acting).everything:
            return ()
        with Session(self.engine) as session:
            return review_lines(session)

    def review_queue(self) -> tuple[ReviewItem, ...]:
        """The entries that wait for a person, whole: with the words, the reason, and the matters each may be of."""
        self.refresh()
        with Session(self.engine) as session:
            return tuple(waiting(session, self.rulebook, today=self.today))

    def review_item(self, entry: str) -> ReviewItem:
        """One entry as a person reviews it, by its id or as `CASE:NUMBER`. Raises UsageError when there is none."""
        with Session(self.engine) as session:
            return review_item(session, self.rulebook, entry, today=self.today)

    def matter_file(self, matter: str) -> MatterFile:
        """The file of a matter, by its id or by its number for people. Raises UsageError when there is none."""
        with Session(self.engine) as session:
            line = self._line(session, matter)
            return self._files(session, line)[line.id]

    def matter_ids(self, selection: str | None = None) -> tuple[str, ...]:
        """The ids of the matters selected, in order; one query."""
        with Session(self.engine) as session:
            return tuple(line.id for line in self._lines(session, parse_selection(selection).condition()))

    def matter_files(self, selection: str | None = None) -> Iterator[MatterFile]:
        """The files of the matters selected, case by case."""
        with Session(self.engine) as session:
            worked: dict[CaseKey, Mapping[str, MatterFile]] = {}
            for line in self._lines(session, parse_selection(selection).condition()):
                case = CaseKey(court=line.court, number=line.case_number)
                if case not in worked:
                    worked[case] = self._files(session, line)
                yield worked[case][line.id]

    def _lines(self, session: Session, only: ColumnElement[bool]) -> tuple[MatterLine, ...]:
        lines = matter_lines(session, visible=visible_to(self.acting), only=only)
        return tuple(replace(line, next=next_told(line.next)) for line in lines) if is_party(self.acting) else lines

    def _line(self, session: Session, matter: str) -> MatterLine:
        line = next(iter(self._lines(session, named(matter))), None)
        if line is None:
            raise UsageError(f"no matter {matter!r}; `docketbridge matters` lists them")
        return line

    def _files(self, session: Session, line: MatterLine) -> Mapping[str, MatterFile]:
        case = CaseKey(court=line.court, number=line.case_number)
        files = with_process(session, work_out(session, self.rulebook, case, today=self.today).files)
        return {matter: told_to_a_party(file) for matter, file in files.items()} if is_party(self.acting) else files

    @property
    def portal(self) -> PortalDesk:
        """Where portals' account histories are taken in and matched."""
        return PortalDesk(
            engine=self.engine, rulebook=self.rulebook, readers=self.plugins.portal_readers, today=self._now(), audit=self.audit
        )

    @property
    def people(self) -> PeopleDesk:
        """Where people are added and changed, and sign in; by the wall clock, whatever day it is here."""
        return people_desk(self.engine, self.settings, self.audit)

    @property
    def mediation(self) -> MediationRoom:
        """The mediator's room, the one door to substance."""
        return MediationRoom(engine=self.engine, file_of=self.matter_file, now=self._now(), audit=self.audit)

    @property
    def chambers(self) -> ChambersDesk:
        """Where a judge's chambers see their day."""
        return ChambersDesk(engine=self.engine, rulebook=self.rulebook, visible=visible_to(self.acting), today=self.today)

    @property
    def audit(self) -> AuditDesk:
        """Where it is noted who saw and did what."""
        return AuditDesk(engine=self.engine, folder=self.settings.folder, database=self.settings.database, acting=self.acting)

    @property
    def running(self) -> RunningDesk:
        """Where the schedule and the health of the instance are kept."""
        return RunningDesk(engine=self.engine, settings=self.settings, rulebook=self.rulebook)

    def _now(self) -> datetime:
        """This moment, or noon (UTC) of the day that a person chose."""
        return datetime.combine(self.today, time(12), tzinfo=UTC) if self.fixed_day else datetime.now(tz=UTC)

    def decide(self, file: MatterFile, decision: Decision) -> None:
        """Keep what a person decided in a matter's case, and work the case out anew."""
        self.keep_decision(CaseKey(court=file.matter.court, number=file.matter.case_number), decision)

    def keep_decision(self, case: CaseKey, decision: Decision, *, seen: int | None = None) -> None:
        """Keep what a person decided in a case, and work the case out anew; both or neither."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            one_writer(session, case.court)
            keep_decision(session, case, decision, seen=seen)
            update_case(session, self.rulebook, case, today=self.today)
            about = f"{case} {decision.kind.value} {decision.entry_id or ''}"
            self.audit.note_in(session, Deed.DECIDED, about, matter=decision.matter_id)

    def issue_paper(
        self, file: MatterFile, paper: Paper, document: Document, *, by: str, at: datetime, answers: Mapping[str, object]
    ) -> IssuedPaper:
        """Keep that a paper of a matter was issued, with its text and the facts it used. Raises UsageError for a bad name."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            one_writer(session, file.matter.court)
            issued = papers.issue(session, file, paper, document, by=by, at=at, answers=answers)
            case = CaseKey(court=file.matter.court, number=file.matter.case_number)
            update_case(session, self.rulebook, case, today=self.today)
            self.audit.note_in(session, Deed.ISSUED_PAPER, f"{paper.name} {issued.id}", matter=file.matter.id)
            return issued

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
        result = import_payments(
            self.engine, self.rulebook, self.plugins, file, options=options, today=self.today, progress=progress
        )
        self.audit.note(Deed.IMPORTED, file.name)
        return result

    @property
    def payments(self) -> TrusteeDesk:
        """Where trustees' own pages are drawn together."""
        return TrusteeDesk(engine=self.engine, rulebook=self.rulebook, today=self.today, acting=self.acting, refresh=self.refresh)

    def matters_moved(self, *, old: Profile, new: Profile) -> tuple[MovedMatter, ...]:
        """The open matters of one version that would stand otherwise under another; nothing of it is kept."""
        self.refresh()
        with Session(self.engine) as session:
            return matters_moved(session, self.rulebook, matter_lines(session), old=old, new=new, today=self.today)

    def replay(self, *, today: date | None, dry_run: bool = False, from_bytes: bool = False) -> tuple[Moved, ...]:
        """Drop what is derived and build it again; what moved."""
        parsers = self.plugins.parsers if from_bytes else None
        moved = replay(self.engine, self.rulebook, today=today, dry_run=dry_run, parsers=parsers)
        if not dry_run:
            self.audit.note(Deed.REPLAYED, f"{len(moved)} moved")
        return moved

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
        """Give a person the secret address of a scope's calendar; whoever acts here, an own one. Raises UsageError."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            account = own_account(session, self.acting, scope)
            issued = calendar_tokens.issue(
                session, scope=scope, person=person, now=now, expires=expires, public=public, account=account
            )
            self.audit.note_in(session, Deed.CALENDAR_TOKEN_ISSUED, issued.token.id)
            return issued

    def rotate_calendar_token(self, token: str, *, now: datetime) -> IssuedToken:
        """End a calendar token and issue its successor. Raises UsageError when it is unknown or ended."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            ask_for_token(session, self.acting, token)
            issued = calendar_tokens.rotate(session, token, now=now)
            self.audit.note_in(session, Deed.CALENDAR_TOKEN_ROTATED, issued.token.id)
            return issued

    def revoke_calendar_token(self, token: str, *, now: datetime) -> CalendarToken:
        """End a calendar token. Raises UsageError when it is unknown or ended."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            ask_for_token(session, self.acting, token)
            ended = calendar_tokens.revoke(session, token, now=now)
            self.audit.note_in(session, Deed.CALENDAR_TOKEN_REVOKED, ended.id)
            return ended

    def calendar_tokens(self) -> tuple[CalendarToken, ...]:
        """Every calendar token ever issued, or those of whoever acts here; oldest first, with its last use."""
        with Session(self.engine) as session:
            return tuple(each for each in tokens_kept(session) if self.acting is None or each.account == self.acting.account)

    def calendar_token(self, secret: str) -> CalendarToken | None:
        """The token of a secret, live or not; None when there is none."""
        with Session(self.engine) as session:
            token = calendar_tokens.look_up(session, secret)
            return token if token is None or still_opens(session, token) else replace(token, ended=(self._now(), "revoked"))

    def note_calendar_fetch(self, token: CalendarToken, *, at: datetime, agent: str) -> None:
        """Keep that a calendar was fetched with a token; uses by the same reader within five minutes are one."""
        if calendar_tokens.is_news(token, at=at, agent=agent):
            with Session(writing_engine(self.engine)) as session, session.begin():
                calendar_tokens.note_use(session, token, at=at, agent=agent)
