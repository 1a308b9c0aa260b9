"""Wording files: a court changes or adds a paper without a program; a fault names file, table and key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docketbridge.api import PaperError, plain_text
from forms.catalog import WordedPaper, papers_in, shipped_wording
from forms.conditions import parse_condition
from forms.wording import BLANK

OWN = """
name = "form-c"
title = "Order Directing Loss Mitigation"
checks = ["order_dates"]

[[blocks]]
kind = "paragraph"
parts = ["It is so ordered in chapter {chapter_number}.", { text = "Room: {room}", when = ["case.chapter is 7 or 13"] }]

[blanks]
chapter_number = { from = "case.chapter" }
room = { label = "courtroom" }
"""


@pytest.fixture
def court_folder(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        (tmp_path / "order.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_courts_own_wording_takes_the_place_of_ours(
    court_folder: Callable[[str], Path], facts: Callable[..., dict[str, Any]]
) -> None:
    papers = {paper.name: paper for paper in papers_in(shipped_wording(), court_folder(OWN))}
    document = papers["form-c"].draft_from_facts(facts(), today=date(2026, 8, 20), answers={"room": "Courtroom 2"})
    assert plain_text(document).endswith("It is so ordered in chapter 13. Room: Courtroom 2\n")
    assert document.title == "Order Directing Loss Mitigation"


def test_a_courts_own_blank_is_asked_for(court_folder: Callable[[str], Path], facts: Callable[..., dict[str, Any]]) -> None:
    (paper,) = papers_in(court_folder(OWN))
    assert paper.draft_from_facts(facts(), today=date(2026, 8, 20)).unanswered == ("room",)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OWN.replace("{room}", "{hall}"), "order.toml: blocks[0]: no blank 'hall' under [blanks]"),
        (OWN.replace("{room}", "{Room 2}"), "order.toml: blocks[0]: a brace that is no blank"),
        (OWN.replace('"case.chapter" }', '"case.kapitel" }'), "order.toml: blanks.chapter_number: from: no fact 'case.kapitel'"),
        (OWN.replace("is 7 or 13", "equals 7"), "order.toml: blocks[0]: parts[1]: when: no condition: 'case.chapter equals 7'"),
        (
            OWN.replace("case.chapter is 7 or 13", "case.chapter"),
            "order.toml: blocks[0]: parts[1]: when: condition 'case.chapter'",
        ),
        (OWN.replace('kind = "paragraph"', 'kind = "poem"'), "order.toml: blocks[0]: kind must be one of"),
        (OWN.replace('title = "Order Directing Loss Mitigation"', ""), "order.toml: title is missing"),
        (OWN.replace("checks =", "check ="), "order.toml: unknown key 'check'"),
        (OWN.replace('"order_dates"', '"dates"'), "order.toml: checks: no check 'dates'"),
        (OWN.replace("label =", "lable ="), "order.toml: blanks.room: unknown key 'lable'"),
        ("name = ", "order.toml: no TOML"),
    ],
)
def test_a_faulty_wording_says_where(fault: str, told: str, court_folder: Callable[[str], Path]) -> None:
    with pytest.raises(PaperError) as raised:
        papers_in(court_folder(fault))
    assert str(raised.value).startswith(told)


def test_every_blank_of_a_shipped_paper_is_used(papers: dict[str, WordedPaper]) -> None:
    for paper in papers.values():
        texts = [
            text
            for block in paper.wording.blocks
            for text in (
                *(part.text for part in (*block.parts, *block.lines)),
                *(cell for row in block.rows for cell in row.cells),
                block.lead or "",
            )
        ]
        used = {found["name"] for text in texts for found in BLANK.finditer(text)}
        assert used == set(paper.wording.blanks), paper.name


def test_no_shipped_paper_waives_a_right(papers: dict[str, WordedPaper]) -> None:
    for paper in papers.values():
        for block in paper.wording.blocks:
            assert not any(word in part.text.lower() for part in block.parts for word in ("waive", "release"))


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        ("stay.relief_granted", "stay.relief_granted"),
        ("not case.represented", "case.represented"),
        ("dates.lm_end known", "dates.lm_end"),
        ("case.chapter is not 13", "case.chapter"),
    ],
)
def test_conditions_are_read_as_written(condition: str, path: str) -> None:
    assert parse_condition(condition).path == path
