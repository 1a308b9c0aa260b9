"""Notices of electronic filing: composed mails of an invented court."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from connectors import cmecf_notice
from connectors.notice_subjects import chapter_in, event_in
from docketbridge.api import Attachment, FeedParser, ParsedEntry, ParsedFeed, RawFeed, UnreadableFeed

HOST = "https://ecf.zzb.uscourts.gov"
RECIPIENT = "barnaby.recipient@lawfirm.example"


def case(name: str = "Wren Tallis", number: str = "26-10123-abc", *, document: str = "", host: str = HOST) -> str:
    return (
        f"<table><tr><td><strong>Case Name:</strong>\n</td><td>{name}   </td></tr>\n<tr><td><strong>Case Number:</strong></td>"
        f"<td><A HREF={host}/cgi-bin/DktRpt.pl?40123>{number}</A></td></tr>\n"
        f"<tr><td><strong>Document Number:</strong></td>\n<td>\n{document}\n</td></tr></table>\n"
    )


def mail(
    *cases: str,
    text: str = "Order. (clk)",
    subject: str = "26-10123-abc Order",
    entered: str = "entered on 7/27/2026 at 5:24 PM EDT and filed on 7/24/2026",
) -> bytes:
    body = (
        f"Notice of Electronic Filing\n<BR><div><BR>The following transaction was received from Some Filer {entered}\n<BR>"
        + "".join(cases or (case(),))
        + f"<p><strong>Docket Text:</strong>\n<BR>\n{text}\n</p>\n"
        + "<p>The following document(s) are associated with this transaction:</p>\n"
        + f"<BR><B>\n26-10123-abc Notice will be electronically mailed to:\n</B><BR>Barnaby Recipient<br>{RECIPIENT}"
    )
    head = f"From: ecf@zzb.example\nTo: {RECIPIENT}\nCc: other.recipient@lawfirm.example\nSubject: {subject}\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: text/html\n\n{body}".encode()


def parse(content: bytes, court: str | None = None) -> ParsedFeed:
    return cmecf_notice.parse(RawFeed(content=content, name="given.eml", court=court))


def only(content: bytes) -> ParsedEntry:
    read = parse(content)
    assert not read.problems
    (entry,) = read.entries
    return entry


FOLDER = Path(__file__).parent.parent / "golden" / "connectors" / "notices"
GOLDEN = [path for path in sorted(FOLDER.iterdir()) if path.suffix in (".eml", ".mbox")]


def test_there_are_golden_notices() -> None:
    assert len(GOLDEN) >= 4


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_composed_notice_reads_as_its_golden_says(path: Path, reads_as_golden: Callable[[FeedParser, Path], None]) -> None:
    reads_as_golden(cmecf_notice, path)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_recipients_stand_in_no_output_and_in_no_kept_byte(path: Path, redacts_lawfully: Callable[..., bytes]) -> None:
    kept = redacts_lawfully(cmecf_notice, path.read_bytes(), name=path.name)
    told = repr(cmecf_notice.parse(RawFeed(content=path.read_bytes(), name=path.name)))
    for words in (kept.decode(), told):
        assert not any(secret in words for secret in ("Recipient", "recipient@", "swinterbourne@", "Nowhere Lane", "Lunch"))


def test_filed_and_entered_are_kept_apart() -> None:
    entry = only(mail())
    assert entry.date_filed == date(2026, 7, 24)
    assert entry.entered_at == datetime(2026, 7, 27, 21, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("entered", "at"),
    [
        ("entered on 7/27/2026 at 11:59 PM PDT and filed on 7/27/2026", datetime(2026, 7, 28, 6, 59, tzinfo=UTC)),
        ("entered on 03/28/2026  at 00:23 AM EST and filed on 03/27/2026", datetime(2026, 3, 28, 5, 23, tzinfo=UTC)),
        ("entered on 7/27/2026 at 5:24 PM and filed on 7/27/2026", date(2026, 7, 27)),
        ("entered on 7/27/2026 at 5:24 PM QQT and filed on 7/27/2026", date(2026, 7, 27)),
        ("entered on 7/27/2026 and filed on 7/27/2026", date(2026, 7, 27)),
        ("in some way", None),
    ],
)
def test_the_entered_time_is_utc_where_the_zone_is_named_and_a_day_where_not(entered: str, at: datetime | date | None) -> None:
    assert only(mail(entered=entered)).entered_at == at


def test_several_cases_give_an_entry_each_with_the_same_text() -> None:
    read = parse(mail(case("A v. B", "26-01007"), case("Wren Tallis", "26-10123-abc"), text="Complaint."))
    assert [(entry.case_number, entry.case_name, entry.text) for entry in read.entries] == [
        ("26-01007", "A v. B", "Complaint."),
        ("26-10123", "Wren Tallis", "Complaint."),
    ]


def test_a_text_only_entry_has_a_number_and_no_document() -> None:
    entry = only(mail(case(document="15")))
    assert (entry.document_number, entry.pacer_doc_id, entry.sequence, entry.document_link) == ("15", None, None, None)


def test_a_document_gives_number_id_and_sequence_and_its_free_look_is_not_kept() -> None:
    link = f"<a href='{HOST}/doc1/190112345678?pdf_header=&magic_num=55443322&de_seq_num=14&caseid=40123'>12</a>"
    content = mail(case(document=link))
    entry = only(content)
    assert (entry.document_number, entry.pacer_doc_id, entry.sequence) == ("12", "190012345678", "14")
    assert "55443322" not in repr(entry) + cmecf_notice.redact(content).decode()


def test_a_number_that_is_none_is_null() -> None:
    assert only(mail(case(document=f"<a href='{HOST}/doc1/190012345678'>doc</a>"))).document_number is None


def test_the_free_text_in_italics_is_part_of_the_sentence() -> None:
    entry = only(mail(text="Motion <i>to Extend the Period</i>  Filed by Wren &amp; Co.<br>Second line."))
    assert entry.text == "Motion to Extend the Period Filed by Wren & Co. Second line."


def test_related_documents_and_attachments_are_read_from_the_text() -> None:
    entry = only(
        mail(text="Objection (related document(s)[12] Request, [13] Plan). (Attachments: # (1) Exhibit A # (2)  Order) (X, Y)")
    )
    assert entry.related_documents == (12, 13)
    assert entry.attachments == (Attachment(number=1, description="Exhibit A"), Attachment(number=2, description="Order"))


def test_an_attachment_list_that_lists_nothing_is_no_attachment() -> None:
    assert only(mail(text="Objection (Attachments: none)")).attachments == ()


def test_documents_described_beside_the_first_are_attachments_where_the_text_lists_none() -> None:
    listed = b"".join(b"<STRONG>Document description:</STRONG>%s\n<BR>" % name for name in (b"Main Document", b"Exhibit B"))
    told = mail().replace(b"transaction:</p>\n", b"transaction:</p>\n" + listed)
    assert only(told).attachments == (Attachment(number=1, description="Exhibit B"),)


def test_a_sealed_notice_is_counted_and_nothing_of_it_is_kept(redacts_lawfully: Callable[..., bytes]) -> None:
    content = mail(
        case("Secret Name", "26-16666"), case("Other Secret", "26-16667"), text="Sealed Document of Rarity.", subject="26-16666 X"
    )
    read = parse(content)
    assert (read.refused, read.entries, read.court) == (2, (), "zzb")
    for told in (repr(read), redacts_lawfully(cmecf_notice, content).decode()):
        assert not any(word in told for word in ("Secret", "16666", "16667", "Rarity"))


def test_a_notice_proves_nothing_of_what_else_was_docketed() -> None:
    read = parse(mail())
    assert read.window is None
    assert not read.scope.whole


def test_the_court_comes_from_the_links() -> None:
    assert parse(mail()).court == "zzb"
    with pytest.raises(UnreadableFeed, match=r"^given\.eml: .*zzb.*zzc"):
        parse(mail(), court="zzc")
    with pytest.raises(UnreadableFeed, match="--court"):
        parse(mail(case(host="")))
    assert parse(mail(case(host="")), court="zzb").court == "zzb"
    with pytest.raises(UnreadableFeed, match="several courts"):
        parse(mail(case(), case(host="https://ecf.zzc.uscourts.gov")))


def test_a_case_without_a_bankruptcy_number_is_a_problem_and_the_others_come_through() -> None:
    read = parse(mail(case("A v. B", "1:26-cv-00012"), case()))
    assert [entry.case_number for entry in read.entries] == ["26-10123"]
    assert [(problem.where, problem.what) for problem in read.problems] == [("mail 1, case 1", "no bankruptcy case number")]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"Subject: Lunch\nFrom: a@b.example\n\nShall we?\n", "not a notice"),
        (mail().replace(b"Case N", b"Kase N"), "names no case"),
        (mail().replace(b"Docket Text:", b"Text:"), "no docket text"),
    ],
)
def test_a_mail_that_is_no_readable_notice_is_refused_in_one_line(content: bytes, what: str) -> None:
    with pytest.raises(UnreadableFeed, match=what) as refused:
        parse(content)
    assert "recipient" not in str(refused.value).lower()


def test_a_mailbox_gives_the_entries_of_all_its_mails() -> None:
    box = b"".join(
        b"From ecf Mon Jul 27 17:24:10 2026\n" + each + b"\n\n"
        for each in (mail(), mail(text=">From here on."), b"Subject: x\n\nno")
    )
    read = parse(box)
    assert [entry.source.where for entry in read.entries] == ["mail 1, case 1", "mail 2, case 1"]
    assert [(problem.where, problem.sample) for problem in read.problems] == [("mail 3", "")]


def test_the_bare_page_of_a_notice_is_read_without_its_mail() -> None:
    assert only(mail().partition(b"\n\n")[2]).case_number == "26-10123"


SUBJECTS = [
    ("NEF: 26-10123-abc Ch13 Affidavit Re: Wren Tallis", "Affidavit", "13"),
    ("Ch-13 26-10123-pmm CHAP - Hearing Continued (Bk Other) - Wren Talli", "CHAP - Hearing Continued (Bk Other)", "13"),
    ("Ch-13 5:26-bk-00774-MJC -Wren Tallis  Hearing Continued", "Hearing Continued", "13"),
    ("Ch-7   26-70022-JAD Wren Tallis         Corrective Entry", "Corrective Entry", "7"),
    ("Ch-11 26-27439-MBK Determination of Adjournment Request - Wren Tal", "Determination of Adjournment Request", "11"),
    ("Wren Tallis 26-31747-KLP Ch 13  Notice of Dismissal - CerDocTyp", "Notice of Dismissal - CerDocTyp", "13"),
    ("Docket Order - Continue Hearing (Auto) Ch 13 Wren Tallis 1:26-bk-01377", "Docket Order - Continue Hearing (Auto)", "13"),
    ("26-18680 Response - CH7 - Wren Tallis", "Response", "7"),
    (
        "6:26-bk-13036-SY Hearing Rescheduled/Continued (Motion) (BK Case - BNC Option)",
        "Hearing Rescheduled/Continued (Motion) (BK Case - BNC Option)",
        None,
    ),
    ('26-10123 "Close Adversary Case" Ch 13', "Close Adversary Case", "13"),
    ('Multiple Cases "26-10123 Wren Tallis Close Adversary Case" - XYZ', "Close Adversary Case", None),
    ("26-10123 Chapter 13 Wren Tallis  Complaint", "Complaint", "13"),
    ("26-10123 Chapter 11 Case Management Conference", "Chapter 11 Case Management Conference", None),
    ("26-01007-dfl 26-10149-dfl Ch AP Complaint", "Complaint", None),
    ("26-10123 Ch 7 Motion to Convert Case to Chapter 13", "Motion to Convert Case to Chapter 13", "7"),
    ("Order Ch 13 Somebody Else 26-10123", None, "13"),
    ("26-10123", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("subject", "event", "chapter"), SUBJECTS)
def test_the_event_is_what_a_subject_says_beside_number_chapter_and_name(
    subject: str, event: str | None, chapter: str | None
) -> None:
    assert event_in(subject, case_names=["Wren Tallis"]) == event
    assert chapter_in(subject, case_names=["Wren Tallis"]) == chapter


def test_a_chapter_in_the_subject_belongs_to_the_case_that_the_subject_names() -> None:
    read = parse(mail(case("A v. B", "26-01007"), case(), subject="Ch-13 26-10123-abc Close Adversary Case - Wren Tal"))
    assert [entry.chapter for entry in read.entries] == [None, "13"]
    assert {entry.events for entry in read.entries} == {("Close Adversary Case",)}
