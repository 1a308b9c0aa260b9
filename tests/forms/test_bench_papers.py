"""The bench memo and the packet: what stands on the page for a judge, in calling order, one page a matter."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from docketbridge.api import Document, MatterFile, UsageError, plain_text
from docketbridge.domain.payments.payment_status import PaymentAmounts, PaymentStatus
from docketbridge.domain.payments.plan_payments import Verdict
from docketbridge.domain.standing import Note, Task
from docketbridge.testing import (
    DEBTOR,
    MATTER,
    active_matter_file,
    active_posture,
    case_facts,
    hearing,
    matter_file,
    open_objection,
    posture,
    stay_motion,
)
from forms.catalog import WordedPaper
from forms.docx_writer import DocxWriter
from forms.packet import packet_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = date(2026, 9, 16)
TEN = datetime(2026, 9, 16, 10, 0)  # noqa: DTZ001  a hearing is kept in local court time (Hearing.start)
NOTE = Note(to="chambers", text="The objection says bad faith and brings no affidavit.", cite="LMP V.D", entry_label="entry 14")
TASK = Task(
    key="sign-order",
    owner="chambers",
    what="Sign or decline the proposed order",
    opened=date(2026, 8, 17),
    due=date(2026, 8, 24),
    because="no objection by 14 August 2026",
    cite="LMP V.A",
    closed_by="order",
)
BEHIND = PaymentStatus(verdict=Verdict.BEHIND, as_of=date(2026, 8, 17), since=date(2026, 6, 26), missed=2)
SHORT = PaymentAmounts(behind=Decimal("1250.00"), in_transit=Decimal("625.00"), months_behind=Decimal("2.0"))
SITUATIONS: dict[str, Callable[[], MatterFile]] = {
    "bench-memo-chapter-13-ripe": lambda: matter_file(posture=posture(tasks=(TASK,))),
    "bench-memo-chapter-7-pro-se-objected-lift-stay-pending": lambda: matter_file(
        case=case_facts(chapter=7, parties=(replace(DEBTOR, counsel=()), replace(DEBTOR, name="Ansel Fernwhistle", counsel=()))),
        posture=posture(
            open_items=(open_objection(),), notes=(NOTE,), stay_motions=(stay_motion(),), hearings=(hearing("objection", TEN),)
        ),
    ),
    "bench-memo-chapter-13-active-behind-status-only": lambda: active_matter_file(payment_status=BEHIND),
    "bench-memo-chapter-13-active-behind-with-amounts": lambda: active_matter_file(payment_status=replace(BEHIND, amounts=SHORT)),
    "bench-memo-chapter-11-active": lambda: active_matter_file(case=case_facts(chapter=11)),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_memo_is_as_its_golden_file_has_it(
    name: str, papers: dict[str, WordedPaper], matches_golden: Callable[[Document, str], None]
) -> None:
    matches_golden(papers["bench-memo"].draft(SITUATIONS[name](), {}), name)


def crowded() -> MatterFile:
    """A matter with more of everything than a page has room for."""
    many = tuple(replace(TASK, because=f"because of entry {number}, {'which says much ' * 8}") for number in range(20))
    return active_matter_file(
        payment_status=replace(BEHIND, amounts=SHORT),
        posture=active_posture(
            steps=active_posture().steps * 8,
            tasks=many,
            notes=(replace(NOTE, text="A long remark that runs on and on. " * 20),) * 9,
            stay_motions=tuple(stay_motion(number) for number in range(9, 16)),
            hearings=tuple(hearing("lm_conference", TEN + timedelta(days=number)) for number in range(12)),
        ),
    )


def test_the_memo_says_what_it_leaves_out(papers: dict[str, WordedPaper]) -> None:
    text = plain_text(papers["bench-memo"].draft(crowded(), {}))
    assert "17 more on the matter’s page | … | …" in text
    assert "5 more in the ledger | …" in text
    assert "earlier steps | on the matter’s page" in text


def test_a_bare_matter_still_has_a_memo(papers: dict[str, WordedPaper]) -> None:
    bare = matter_file(
        matter=replace(MATTER, creditor=None, property_address=None, lien_position=None),
        case=case_facts(chapter=None, trustee=None),
        posture=posture(steps=(), deadlines=(), requested_on=None, request_label=None),
    )
    assert papers["bench-memo"].draft(bare, {}).unanswered == ("creditor", "chapter")


def called(number: str, start: datetime, *abouts: str, status: str = "set") -> MatterFile:
    return matter_file(
        matter=replace(MATTER, id=f"m-{number}", number=f"zzb-{number}-1"),
        case=case_facts(number=number, name=f"Debtor of {number}"),
        posture=posture(hearings=tuple(hearing(about, start, status=status) for about in abouts)),
    )


def packet(papers: dict[str, WordedPaper], *files: MatterFile) -> tuple[Document, ...]:
    return packet_of(files, papers["bench-memo"], judge="im", day=DAY)


def test_a_packet_is_in_calling_order_under_its_calendar(papers: dict[str, WordedPaper]) -> None:
    documents = packet(
        papers,
        called("26-10200", TEN, "confirmation"),
        called("26-10300", TEN - timedelta(minutes=30), "objection", "lift_stay"),
        called("26-10100", TEN, "confirmation"),
        called("26-10400", TEN + timedelta(days=1), "confirmation"),
        called("26-10500", TEN, "confirmation", status="off"),
    )
    assert [each.caption.case_number for each in documents] == ["", "26-10300", "26-10100", "26-10200"]
    calendar = plain_text(documents[0])
    assert "9:30 a.m. | 26-10300, ch. 13 | Debtor of 26-10300; Harborlight Savings Bank, N.A. | objection, lift stay" in calendar


def test_a_day_without_a_hearing_has_no_packet(papers: dict[str, WordedPaper]) -> None:
    with pytest.raises(UsageError, match=r"no hearing of a matter before judge 'im' on 2026-09-16"):
        packet(papers, called("26-10400", TEN + timedelta(days=1), "confirmation"))


def test_each_memo_of_a_packet_has_its_own_header_and_the_schema_finds_no_fault(
    papers: dict[str, WordedPaper], part_of: Callable[[bytes, str], Any], tmp_path: Path
) -> None:
    made = DocxWriter().write_together(
        packet(papers, called("26-10100", TEN, "confirmation"), called("26-10200", TEN, "objection"))
    )
    headers = ["".join(each.text for each in part_of(made, f"word/header{number}.xml").iter(f"{W}t")) for number in (1, 2, 3)]
    assert headers[0].startswith("Calendar of Isolde Marchbanks, Wednesday, September 16, 2026")
    assert "BK No. 26-10100" in headers[1]
    assert "BK No. 26-10200" in headers[2]
    assert len(list(part_of(made, "word/document.xml").iter(f"{W}sectPr"))) == 3
    path = tmp_path / "packet.docx"
    path.write_bytes(made)
    assert [str(fault) for fault in OpenXmlValidator().validate(path).errors] == []


def test_no_two_tables_touch(papers: dict[str, WordedPaper], part_of: Callable[[bytes, str], Any]) -> None:
    # Word takes tables without a paragraph between them for one.
    body = part_of(DocxWriter().write(papers["bench-memo"].draft(crowded(), {})), "word/document.xml")[0]
    kinds = [each.tag for each in body]
    assert not any(one == two == f"{W}tbl" for one, two in pairwise(kinds))


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdfinfo")), reason="LibreOffice or pdfinfo is not installed: pages not counted"
)
def test_a_memo_is_one_page_however_much_there_is(papers: dict[str, WordedPaper], tmp_path: Path) -> None:
    memos = DocxWriter().write_together([papers["bench-memo"].draft(file, {}) for file in (crowded(), matter_file())])
    (tmp_path / "memos.docx").write_bytes(memos)
    profile = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "memos.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = subprocess.run(["pdfinfo", str(tmp_path / "memos.pdf")], check=True, capture_output=True, text=True).stdout
    assert "Pages:           2\n" in told
