"""Reads notices of electronic filing as CM/ECF mails them, one mail or a mailbox of them; who got them is nowhere kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from docketbridge.api import (
    Attachment,
    CaseNumber,
    DocketbridgeError,
    ParsedEntry,
    ParsedFeed,
    Problem,
    RawFeed,
    Scope,
    Source,
    UnreadableFeed,
    attachments,
    parse_case_number,
    related_documents,
)

from .decoding import admit, decode, describe
from .links import address_at, host_of, read_case_link, read_document_link
from .notice_labels import Told, ToldCase, TooManyCases, told_by
from .notice_lines import lines_of
from .notice_mail import Notice, clean, compose, compose_mailbox, is_mail, is_mailbox, mails_in, open_mail
from .notice_subjects import chapter_in, event_in, tells_of
from .sealed import is_sealed
from .stamps import read_court_time, read_day

FORMAT = "cmecf-notice"

_SAMPLE = 200
# Docket texts end below 10,000 characters; quoted papers are looked for in this many.
_LONGEST = 20_000
_ENTERED = re.compile(
    r"\bentered\s+(?:by\b.{0,300}?\s)?on\s+(?P<day>\d{1,2}/\d{1,2}/\d{2,4})(?:\s+at\s+(?P<clock>\d{1,2}:\d\d(?::\d\d)?\s*(?:[AP]\.?M\.?)?)"
    r"\s*(?P<zone>[A-Z]{2,4}\b|[+-]\d{4})?)?",
    re.IGNORECASE,
)
_FILED = re.compile(r"\bfiled\s+on\s+(?P<day>\d{1,2}/\d{1,2}/\d{2,4})", re.IGNORECASE)


class _Unreadable(Exception):
    """A notice or one of its cases cannot be read; the message says what is wrong."""


def _times_in(head: str) -> tuple[datetime | date | None, date | None]:
    """Read `entered on … at … EDT and filed on …`: entered (UTC, or the day when no known zone is named) and filed."""
    entered_at: datetime | date | None = None
    entered = _ENTERED.search(head)
    if entered is not None:
        day = read_day(entered["day"])
        entered_at = day
        if day is not None and entered["clock"] and entered["zone"]:
            entered_at = read_court_time(day, entered["clock"], entered["zone"]) or day
    filed = _FILED.search(head)
    return entered_at, read_day(filed["day"]) if filed else None


def _attachments_of(told: Told) -> tuple[Attachment, ...]:
    """Give the attachments: as the docket text lists them, else as the documents behind the first are described."""
    try:
        listed = attachments((told.text or "")[:_LONGEST])
    except ValueError:  # a list without a number in it: `(Attachments: none)`
        listed = ()
    if listed or len(told.cases) != 1:
        return listed
    described = [name for name in told.descriptions[1:] if name]
    return tuple(Attachment(number=number, description=name) for number, name in enumerate(described, start=1))


def _number_of(case: ToldCase) -> CaseNumber:
    try:
        return parse_case_number(case.number.split(" ")[0])
    except DocketbridgeError as fault:
        raise _Unreadable("no bankruptcy case number" if case.number else "the case has no number") from fault


def _chapter_of(case: ToldCase, number: CaseNumber, told: Told, subject: str) -> str | None:
    stated = case.chapter if case.chapter.isdecimal() else number.chapter
    if stated:
        return stated
    is_meant = len(told.cases) == 1 or (number.printed in subject and tells_of(subject, case.name))
    return chapter_in(subject, case_names=[each.name for each in told.cases]) if is_meant else None


def _entry_of(case: ToldCase, told: Told, *, court: str, subject: str, events: tuple[str, ...], source: Source) -> ParsedEntry:
    """Make the entry of one case. Raises _Unreadable."""
    number = _number_of(case)
    documents = [(found, link) for link in case.links if (found := read_document_link(link)) and address_at(court, link)]
    document, link = documents[0] if documents else (None, None)
    cases = [dockets.pacer_case_id for each in case.links if (dockets := read_case_link(each))]
    entered_at, filed = _times_in(told.head)
    first_word = case.document.split(" ")[0]
    return ParsedEntry(
        court=court,
        case_number=number.printed,
        source=source,
        office=number.office,
        case_type=number.case_type,
        judge_initials=number.judge_initials,
        pacer_case_id=cases[0] if cases else document.pacer_case_id if document else None,
        case_name=case.name or None,
        chapter=_chapter_of(case, number, told, subject),
        date_filed=filed,
        entered_at=entered_at,
        document_number=first_word if first_word.isdecimal() else None,
        pacer_doc_id=document.pacer_doc_id if document else None,
        sequence=document.sequence if document else None,
        events=events,
        text=told.text,
        related_documents=related_documents((told.text or "")[:_LONGEST]),
        attachments=_attachments_of(told),
        document_link=address_at(court, link) if link else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One mail read: its entries, what could not be read in it, and how many of its cases were refused as sealed."""

    entries: tuple[ParsedEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: int = 0
    court: str | None = None


def _events_of(notice: Notice, told: Told) -> tuple[str, ...]:
    event = event_in(notice.subject, case_names=[case.name for case in told.cases])
    return (event,) if event else ()


def _tell(notice: Notice) -> Told:
    """Lay a notice out under its labels. Raises _Unreadable when it names no case."""
    try:
        told = told_by(lines_of(notice.body, is_markup=notice.is_markup))
    except TooManyCases as fault:
        raise _Unreadable(str(fault)) from fault
    if not told.cases:
        raise _Unreadable("the notice names no case")
    return told


def _is_sealed(told: Told, events: tuple[str, ...]) -> bool:
    return is_sealed(events=events, text=told.text) or any("\N{LOCK}" in case.document for case in told.cases)


def _court_of(told: Told, said: str | None) -> str:
    """Name a notice's court. Raises _Unreadable when nobody says, or the links and the person disagree."""
    courts = told.courts
    if len(courts) > 1:
        raise _Unreadable(f"the notice's links lead to several courts: {', '.join(courts)}")
    if courts and said and courts[0] != said:
        raise _Unreadable(f"the notice's links lead to the court {courts[0]}, but --court says {said}")
    court = courts[0] if courts else said
    if not court:
        raise _Unreadable("no link of the notice names its court; say it with --court")
    return court


def _read_notice(notice: Notice | None, *, said: str | None, file: str, mail: int) -> _Read:
    """Read one mail: an entry for each case of its notice. Raises _Unreadable when none can be made."""
    if notice is None:
        raise _Unreadable("a mail, but not a notice of electronic filing")
    told = _tell(notice)
    court = _court_of(told, said)
    events = _events_of(notice, told)
    if _is_sealed(told, events):
        return _Read(refused=len(told.cases), court=court)
    if told.text is None:
        raise _Unreadable("the notice has no docket text")
    entries, problems = [], []
    for place, case in enumerate(told.cases, start=1):
        where = f"mail {mail}, case {place}"
        try:
            source = Source(file=file, where=where)
            entries.append(_entry_of(case, told, court=court, subject=notice.subject, events=events, source=source))
        except _Unreadable as fault:
            problems.append(Problem(where=where, what=str(fault), sample=f"{case.number} {case.name}".strip()[:_SAMPLE]))
    return _Read(entries=tuple(entries), problems=tuple(problems), court=court)


def _read_all(content: bytes, *, said: str | None, file: str) -> Iterator[_Read]:
    """Read each mail. Of a mailbox, a mail that cannot be read is a Problem; a single one raises UnreadableFeed."""
    several = is_mailbox(content)
    for mail, each in enumerate(mails_in(content), start=1):
        try:
            yield _read_notice(open_mail(each), said=said, file=file, mail=mail)
        except _Unreadable as fault:
            if not several:
                raise UnreadableFeed(f"{file}: {fault}") from fault
            yield _Read(problems=(Problem(where=f"mail {mail}", what=str(fault), sample=""),))


def recognises(content: bytes) -> bool:
    """Tell whether bytes could be a notice of electronic filing: a mail, a mailbox, or the bare text of a notice."""
    if is_mail(clean(content[:20_000])):
        return True
    start = decode(content[:200_000])
    return "Notice of Electronic Filing" in start and "Docket Text:" in start


def parse(raw: RawFeed) -> ParsedFeed:
    """Read notices of electronic filing: an entry for each case of each notice, in order.

    Of a mailbox, a mail that is no readable notice is a Problem without any of its text. A notice proves nothing of what else was
    docketed: there is no window. Raises UnreadableFeed when nothing in it is a notice.
    """
    wanted = "a notice of electronic filing"
    if not recognises(admit(raw, wanted)):
        raise UnreadableFeed(f"{raw.name}: looks like {describe(raw.content)}, not {wanted}")
    content = clean(raw.content)
    said = raw.court.strip().lower() if raw.court else None
    reads = list(_read_all(content, said=said, file=raw.name))
    courts = Counter(read.court for read in reads if read.court)
    court = said or (min(courts, key=lambda name: (-courts[name], name)) if courts else None)
    if court is None or not any(read.entries or read.refused for read in reads):
        first = next((problem.what for read in reads for problem in read.problems), "no mail in it")
        raise UnreadableFeed(f"{raw.name}: nothing in it is a readable notice: {first}")
    return ParsedFeed(
        format=FORMAT,
        court=court,
        observations=tuple(entry for read in reads for entry in read.entries),
        problems=tuple(problem for read in reads for problem in read.problems),
        scope=Scope(declared="notice of electronic filing", whole=False),
        refused=sum(read.refused for read in reads),
    )


def _redacted(mail: bytes) -> bytes:
    """Write one mail anew with its notice only; of a sealed notice, only how many cases of which court it told of."""
    notice = open_mail(mail)
    if notice is None:
        return compose(None)
    try:
        told = _tell(notice)
    except _Unreadable:
        told = None
    if told is not None and _is_sealed(told, _events_of(notice, told)):
        hosts = " ".join(f"{host_of(court)}/" for court in told.courts)
        cases = f"Case Name:\nCase Number: {hosts}\n" * len(told.cases)
        notice = Notice(subject="", body=f"Notice of Electronic Filing\n{cases}Docket Text:\n[Sealed]\n")
    return compose(notice) if is_mail(mail) else notice.body.encode()


def redact(content: bytes) -> bytes:
    """Write notices anew without their recipients, their mails' headers and anything sealed; parsing gives the same. Never fails.

    Bytes that hold no notice are given back as they are.
    """
    if not recognises(content):
        return content
    content = clean(content)
    mails = [_redacted(mail) for mail in mails_in(content)]
    return compose_mailbox(mails) if is_mailbox(content) else b"".join(mails)
