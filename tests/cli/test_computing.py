"""The command `compute`: its shape in and out, and the one plain line in which it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from docketbridge.cli.computing import answer_lines, compute_command
from docketbridge.errors import ComputationError

LINE: dict[str, Any] = {
    "start": "2026-09-01",
    "amount": 14,
    "unit": "days",
    "direction": "after",
    "served_by": "mail",
    "court": "rib",
    "rolls": True,
    "filing": True,
    "closures": [],
}


def answered(**changes: Any) -> dict[str, Any]:
    (line,) = answer_lines([json.dumps({**LINE, **changes})])
    answer: dict[str, Any] = json.loads(line)
    return answer


def test_the_line_comes_back_whole_with_both_readings_and_their_traces() -> None:
    answer = answered()
    assert {key: answer[key] for key in LINE} == LINE
    assert list(answer) == [*LINE, "earliest", "latest", "trace"]
    assert (answer["earliest"], answer["latest"]) == ("2026-09-18", "2026-09-18")
    assert answer["trace"]["latest"] == [
        "14 days from service by mail on Tue 1 September 2026 end on Tue 15 September 2026",
        "+3 days for mail after the roll (Rule 9006(f)): Fri 18 September 2026",
    ]


def test_what_is_left_out_takes_its_usual_value() -> None:
    (line,) = answer_lines(['{"start": "2026-07-27", "amount": 14, "unit": "days", "court": "zzb"}'])
    assert (json.loads(line)["earliest"], json.loads(line)["latest"]) == ("2026-08-11", "2026-08-11")


def test_times_come_back_with_their_offset() -> None:
    answer = answered(start="2026-09-01T09:30", amount=24, unit="hours", served_by=None)
    assert answer["latest"] == "2026-09-02T09:30:00-04:00"
    answer = answered(start="2026-09-01T13:30Z", amount=30, unit="minutes", direction="before", served_by=None, court="hib")
    assert answer["latest"] == "2026-09-01T03:00:00-10:00"


@pytest.mark.parametrize(
    ("kind", "filing", "earliest", "latest"),
    [
        ("inaccessible", True, "2026-09-16", "2026-09-16"),
        ("inaccessible", False, "2026-09-15", "2026-09-15"),
        ("declared_by_president", False, "2026-09-15", "2026-09-16"),
        ("declared_by_state", False, "2026-09-16", "2026-09-16"),
        ("court_leave", True, "2026-09-15", "2026-09-15"),
    ],
)
def test_a_line_may_bring_its_own_closures(kind: str, filing: bool, earliest: str, latest: str) -> None:
    closures = [{"day": "2026-09-15", "kind": kind, "reason": "as told"}]
    answer = answered(closures=closures, filing=filing, served_by=None)
    assert (answer["earliest"], answer["latest"]) == (earliest, latest)


def test_closures_of_the_line_stand_in_place_of_the_courts_own() -> None:
    own = {key: value for key, value in LINE.items() if key != "closures"} | {"start": "2024-12-10", "served_by": None}
    (line,) = answer_lines([json.dumps(own)])
    assert (json.loads(line)["earliest"], json.loads(line)["latest"]) == ("2024-12-24", "2024-12-26")
    assert answered(start="2024-12-10", served_by=None)["latest"] == "2024-12-24"


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    assert len(list(answer_lines(["\ufeff" + json.dumps(LINE), "", "  \n", json.dumps(LINE)]))) == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 1: is no JSON"),
        ("[]", "line 1: is no JSON object"),
        ("NaN", "line 1: is no JSON: NaN is no JSON number"),
        ('{"amount": 14, "amount": 7}', "line 1: is no JSON: the same key stands in it twice"),
        ("[" * 100_000, "line 1: is no JSON"),
    ],
)
def test_a_line_that_is_no_object_is_refused_by_its_number(line: str, words: str) -> None:
    with pytest.raises(ComputationError) as refused:
        list(answer_lines([line]))
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": None}, "start: is missing"),
        ({"start": 20260901}, "start: 20260901 is no text"),
        ({"start": "20260901"}, "start: '20260901' is not a date"),
        ({"start": "2026-02-30"}, "start: '2026-02-30' does not exist"),
        ({"start": "2026-09-01T25:00"}, "start: '2026-09-01T25:00' does not exist"),
        ({"start": "0001-01-01T00:00+14:00", "unit": "hours"}, "start: 0001-01-01 00:00:00+14:00 is not between"),
        ({"unit": "hours"}, "start: '2026-09-01' is not a time"),
        ({"unit": "weeks"}, "unit: 'weeks' is none of days, business_days, hours, minutes"),
        ({"unit": None}, "unit: is missing"),
        ({"amount": None}, "amount: is missing"),
        ({"amount": True}, "amount: True is no whole number"),
        ({"amount": 14.0}, "amount: 14.0 is no whole number"),
        ({"amount": -1}, "amount: -1 is less than 0"),
        ({"amount": 10**30}, "amount: "),
        ({"direction": "sideways"}, "direction: 'sideways' is none of after, before"),
        ({"served_by": "fax"}, "served_by: 'fax' is none of mail, ecf, hand, null"),
        ({"court": "zzz"}, "court: no calendar for 'zzz'"),
        ({"court": "../rib"}, "court: '../rib' is no court id"),
        ({"court": None}, "court: is missing"),
        ({"rolls": "yes"}, "rolls: 'yes' is neither true nor false"),
        ({"filing": 1}, "filing: 1 is neither true nor false"),
        ({"servedby": "mail"}, "servedby: is no key of a period"),
        ({"id": ["a"]}, "id: ['a'] is no text"),
        ({"note": "\ud800"}, "note: holds characters that do not print"),
        ({"closures": {}}, "closures: is no list"),
        ({"closures": [1]}, "closures 1: is no object of day, kind and reason"),
        ({"closures": [{"day": "2026-09-15", "kind": "snow"}]}, "closures 1: kind: 'snow' is none of inaccessible"),
        ({"closures": [{"day": "2026-09-31", "kind": "court_leave"}]}, "closures 1: day: '2026-09-31' does not exist"),
        ({"closures": [{"kind": "court_leave"}]}, "closures 1: day: is missing"),
        ({"closures": [{"day": "2026-09-15", "kind": "court_leave", "why": ""}]}, "closures 1: is no object"),
    ],
)
def test_a_wrong_line_is_refused_by_its_number_and_key(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ComputationError) as refused:
        list(answer_lines([json.dumps(LINE), json.dumps({**LINE, **changes})]))
    assert str(refused.value).startswith(f"line 2: {words}")
    assert "\n" not in str(refused.value)


def test_the_command_reads_a_file_or_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "periods.jsonl"
    file.write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    from_file = CliRunner().invoke(compute_command, [str(file)])
    from_input = CliRunner().invoke(compute_command, ["-"], input=json.dumps(LINE))
    assert (from_file.exit_code, from_input.exit_code) == (0, 0)
    assert from_file.output == from_input.output
    assert json.loads(from_file.output)["latest"] == "2026-09-18"


def test_nothing_is_printed_when_one_line_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "periods.jsonl"
    file.write_text(f'{json.dumps(LINE)}\n{{"start": 1}}\n', encoding="utf-8")
    result = CliRunner().invoke(compute_command, [str(file)])
    assert isinstance(result.exception, ComputationError)
    assert str(result.exception) == f"{file}: line 2: unit: is missing"
    assert result.output == ""


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "periods.jsonl"
    file.write_bytes(b"\xff\xfe\x00")
    result = CliRunner().invoke(compute_command, [str(file)])
    assert isinstance(result.exception, ComputationError)
    assert str(file) in str(result.exception)
