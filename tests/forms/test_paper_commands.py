"""The `paper` commands: without a ledger from a file of facts, with one from a matter; a fault names file and path."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from docketbridge.api import MatterFile, PaperError, UsageError
from docketbridge.testing import matter_file
from forms.commands import paper_commands


@dataclass
class FakeDesk:
    """A desk with one matter."""

    today: date = date(2026, 8, 19)
    plugins: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(papers={}))

    def matter_file(self, matter: str) -> MatterFile:
        file = matter_file()
        if matter not in (file.matter.id, file.matter.number):
            raise UsageError(f"no matter {matter!r}")
        return file


@pytest.fixture
def paper() -> Callable[..., Result]:
    def run(*arguments: object, desk: FakeDesk | None = None) -> Result:
        return CliRunner().invoke(paper_commands, [str(each) for each in arguments], obj=desk)

    return run


@pytest.fixture
def facts_file(tmp_path: Path, facts: Callable[..., dict[str, Any]]) -> Callable[..., Path]:
    def write(**changes: Any) -> Path:
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(facts(**changes)), encoding="utf-8")
        return path

    return write


def test_the_list_names_each_paper(paper: Callable[..., Result]) -> None:
    assert "form-c\tLoss Mitigation Order\n" in paper("list").stdout


def test_the_schema_is_json_and_says_which_paper(paper: Callable[..., Result]) -> None:
    told = json.loads(paper("schema", "form-c").stdout)
    assert told["title"] == "Facts of Loss Mitigation Order (form-c)"
    assert told["additionalProperties"] is False


def test_facts_alone_draft_a_paper(paper: Callable[..., Result], facts_file: Callable[..., Path], tmp_path: Path) -> None:
    result = paper("draft", "form-c", "--facts", facts_file(), "-o", tmp_path / "order.docx")
    assert result.exit_code == 0, result.exception
    assert (tmp_path / "order.docx").read_bytes()[:2] == b"PK"
    assert result.stdout == f"{tmp_path / 'order.docx'}: Loss Mitigation Order\n"


def test_what_is_unanswered_is_told_and_answers_fill_it(
    paper: Callable[..., Result], facts_file: Callable[..., Path], tmp_path: Path
) -> None:
    path, out, answers = facts_file(dates__lm_end=None), tmp_path / "order.docx", tmp_path / "answers.json"
    assert "unanswered\tlm_end\n" in paper("draft", "form-c", "--facts", path, "-o", out).stdout
    answers.write_text('{"lm_end": "2026-11-18"}')
    assert "unanswered\t" not in paper("draft", "form-c", "--facts", path, "--answers", answers, "-o", out).stdout


def test_a_matter_drafts_a_paper(paper: Callable[..., Result], tmp_path: Path) -> None:
    result = paper("draft", "form-c", "--matter", "zzb-26-10123-1", "-o", tmp_path / "order.docx", desk=FakeDesk())
    assert result.exit_code == 0, result.exception
    assert "unanswered\tlm_end\n" in result.stdout


def test_refused_facts_name_file_and_path_and_leave_no_file(
    paper: Callable[..., Result], facts_file: Callable[..., Path], tmp_path: Path
) -> None:
    path = facts_file(dates__lm_end="2026-11-21")
    result = paper("draft", "form-c", "--facts", path, "-o", tmp_path / "order.docx")
    assert isinstance(result.exception, PaperError)
    assert str(result.exception).startswith(f"{path}: dates.lm_end: November 21, 2026 is a Saturday")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["facts.json"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1: no JSON"),
        (b'{"court":\n{', "line 2: no JSON"),
        (b"[]", "must hold one JSON object"),
        (b"\xff\xfe", "no JSON in UTF-8"),
        (b'{"court": 1, "court": 2}', "the key 'court' stands twice"),
        (b"[" * 100_000, "no JSON"),
    ],
)
def test_a_file_that_is_no_facts_is_named(content: bytes, told: str, paper: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(content)
    result = paper("draft", "form-c", "--facts", path, "-o", tmp_path / "order.docx")
    assert isinstance(result.exception, PaperError)
    assert str(result.exception).startswith(f"{path}: ")
    assert told in str(result.exception)


def test_neither_or_both_of_matter_and_facts_is_bad_usage(paper: Callable[..., Result], tmp_path: Path) -> None:
    for arguments in ([], ["--matter", "m", "--facts", "f"]):
        assert isinstance(paper("draft", "form-c", *arguments, "-o", tmp_path / "x.docx").exception, UsageError)


def test_an_unknown_paper_and_a_folder_that_is_none_are_named(paper: Callable[..., Result], tmp_path: Path) -> None:
    assert "no paper 'form-x'; there are approval-order, bench-memo" in str(paper("schema", "form-x").exception)
    assert "no folder of wording files" in str(paper("list", "--wording", tmp_path / "none").exception)


def test_an_output_that_cannot_be_written_is_named(
    paper: Callable[..., Result], facts_file: Callable[..., Path], tmp_path: Path
) -> None:
    result = paper("draft", "form-c", "--facts", facts_file(), "-o", tmp_path / "nowhere" / "order.docx")
    assert isinstance(result.exception, UsageError)
    assert "nowhere" in str(result.exception)
