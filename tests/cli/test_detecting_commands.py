"""The commands `detect` and `evaluate`: their shapes, and the one plain line in which they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from docketbridge.cli.detecting import answer_lines, chosen_vocabulary, detect_command, evaluate_command
from docketbridge.errors import UsageError
from docketbridge.programs.wording import national_vocabulary


def answered(**values: Any) -> dict[str, Any]:
    (line,) = answer_lines(
        [json.dumps({"id": "a", "court": "rib", "format": "docket_text", "chapter": "13", **values})], national_vocabulary()
    )
    answer: dict[str, Any] = json.loads(line)
    return answer


def test_an_answer_has_the_shape_that_scripts_rest_on() -> None:
    answer = answered(
        text="Order Extending Loss Mitigation Period until 10/12/2017 (RE: related document(s) 33 Loss Mitigation Order)"
    )
    assert answer == {
        "id": "a",
        "kind": "lm_extension_order",
        "also": [],
        "candidates": [],
        "facts": {},
        "attributes": {"related_documents": [33], "extended_to": "2017-10-12", "outcome": "granted"},
        "needs_review": False,
        "why": {"rule": "lm-extension-order", "span": [16, 31], "version": national_vocabulary().version},
    }


def test_the_kind_is_the_first_candidate_where_a_person_must_decide() -> None:
    answer = answered(text="Letter Regarding Loss Mitigation")
    assert answer["needs_review"]
    assert answer["kind"] == answer["candidates"][0] == "lm_status_report"


def test_a_bare_event_name_is_generic_until_the_text_comes() -> None:
    answer = answered(text="Affidavit", format="rss_event")
    assert (answer["kind"], answer["attributes"]) == ("none", {"generic_event": True})


def test_hearings_are_local_times_and_dates_are_days() -> None:
    answer = answered(text="Hearing scheduled for 10/22/2009 at 10:00 AM at Courtroom 1. Objections due by 10/1/2009")
    assert answer["attributes"]["hearing"] == "2009-10-22T10:00"
    assert answer["attributes"]["deadline"] == "2009-10-01"


def test_lines_go_in_and_out_by_standard_input() -> None:
    lines = '{"id": 1, "text": "Chapter 13 Plan"}\n\n{"id": 2, "text": "Discharge of Debtor"}\n'
    result = CliRunner().invoke(detect_command, ["-"], input=lines, catch_exceptions=False)
    assert [(json.loads(line)["id"], json.loads(line)["kind"]) for line in result.output.splitlines()] == [
        (1, "plan"),
        (2, "discharge"),
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1: is no JSON"),
        ("[]", "line 1: is no JSON object"),
        ('{"id": "a"}', "line 1: text must be text"),
        ('{"text": 5}', "line 1: text must be text"),
        ('{"text": "Plan", "format": "fax"}', "line 1: format 'fax' is neither"),
        ('{"text": "Plan", "court": []}', "line 1: court must be text"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_printed(line: str, says: str) -> None:
    result = CliRunner().invoke(detect_command, ["-"], input=line)
    assert result.output == ""
    assert isinstance(result.exception, UsageError)
    assert says in str(result.exception)


def test_an_unknown_program_is_named_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"no program 'atlantis'; known: .*zzb-lmp"):
        chosen_vocabulary("atlantis")


def test_a_known_program_has_the_nations_vocabulary() -> None:
    assert chosen_vocabulary("zzb-lmp").version.startswith(national_vocabulary().version)


def test_the_confusion_table_is_printed(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    rows = [
        {"id": "1", "text": "Chapter 13 Plan", "label": "plan"},
        {
            "id": "2",
            "text": "Loss Mitigation Order (related document(s) 3 )",
            "label": "lm_request",
            "attributes": {"related_docs": [3]},
        },
        {"id": "3", "text": "Letter Regarding Loss Mitigation", "label": "lm_status_report"},
    ]
    labels.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    result = CliRunner().invoke(evaluate_command, [str(labels)], catch_exceptions=False)
    assert "lm_request                         1     0      0     0  lm_order 1" in result.output
    assert "lines 3; decided 2; in review 1 (33.3 %)" in result.output
    assert "right of what is decided: 50.0 %" in result.output
    assert "LM events lost: 1 (2)" in result.output
    assert "attributes exact: 1 of 1 (100.0 %)" in result.output


def test_labels_that_are_not_there_are_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(evaluate_command, [str(tmp_path / "none.jsonl")])
    assert isinstance(result.exception, UsageError)
    assert "none.jsonl: cannot be read" in str(result.exception)
