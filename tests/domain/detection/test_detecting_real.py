"""Detection over the real records, where they are beside the checkout: labelled lines, and dockets without a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docketbridge.cli.detecting import read_labels
from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.detection.evaluation import evaluate
from docketbridge.programs.wording import national_vocabulary

VOCABULARY = national_vocabulary()


def test_the_labelled_lines_are_read_as_a_careful_reader_reads_them(real_records: Path) -> None:
    found = evaluate(read_labels((real_records / "labels.jsonl").read_text(encoding="utf-8").splitlines()), VOCABULARY)
    assert found.right >= 0.98 * found.decided
    assert found.right >= 0.95 * found.all
    assert found.in_review <= 0.05 * found.all
    assert found.lost == ()
    assert found.attributes_right >= 0.98 * found.attributes_all


@pytest.fixture(scope="module")
def docket_texts(real_records: Path) -> list[tuple[str, str]]:
    """Each entry of the real docket reports: the report's name and the text."""
    texts = []
    for path in sorted((real_records / "docket-reports").glob("*.json")):
        entries = json.loads(path.read_text(encoding="utf-8")).get("docket_entries", [])
        texts += [(path.stem, entry.get("description") or "") for entry in entries]
    return [(name, text) for name, text in texts if text]


def test_dockets_without_a_program_show_no_loss_mitigation(docket_texts: list[tuple[str, str]]) -> None:
    reports: list[str] = []
    in_review = 0
    for name, text in docket_texts:
        found = detect(Telling(text=text), VOCABULARY)
        in_review += found.needs_review
        if found.kind.concerns_loss_mitigation:
            assert "modification" in text.lower(), text
            reports.append(name)
    assert reports == ["azb_59"] * 5
    assert in_review < 0.03 * len(docket_texts)
