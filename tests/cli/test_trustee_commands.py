"""`trustee import`, `export` and `list` as a clerk's cron job says them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

COURT = Path(__file__).parents[1] / "sample_court"
EXPORTS = sorted((COURT / "payments").glob("*.csv"))


@pytest.fixture
def shared(ledger_of, tmp_path):
    """The options of a ledger that has seen one docket of the sample court."""
    seen = ledger_of("one-docket", (COURT / "feeds" / "docket-reports").glob("26-10047_2026-08-19*"))
    shutil.copy(seen, tmp_path / "ledger.sqlite")
    return ("--database", f"sqlite:///{tmp_path / 'ledger.sqlite'}", "--today", "2026-08-19")


def test_exports_are_taken_in_with_one_line_a_file_and_twice_is_once(say, shared):
    code, told, fault = say("trustee", "import", *EXPORTS, *shared)
    assert (code, fault) == (0, "")
    assert "tallow-2026-08-17.csv: as of 2026-08-17: 17 new, 0 seen again, 0 amended, 0 gone; 5 cases, 1 judged" in told
    _, again, _ = say("trustee", "import", *EXPORTS, "--json", *shared)
    shapes = [json.loads(line) for line in again.splitlines()]
    assert [each["new"] for each in shapes] == [0, 0, 0]
    assert {each["as_of"] for each in shapes} == {"2026-08-17"}


def test_of_several_files_the_readable_are_taken_in_and_the_other_is_named(say, shared, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("no export\n")
    code, told, fault = say("trustee", "import", bad, EXPORTS[2], *shared)
    assert code == 2
    assert "tallow-2026-08-17.csv" in told
    assert str(bad) in fault
    assert fault.count("\n") == 1


def test_rows_that_cannot_be_read_are_named_with_line_and_column_and_listed_on_request(say, shared, tmp_path):
    broken = tmp_path / "export.csv"
    broken.write_text(EXPORTS[1].read_text().replace('"$410.50","Online","89490"', '"$410.505","Online","89490"'))
    problems = tmp_path / "problems.jsonl"
    code, told, _ = say("trustee", "import", broken, "--problems", problems, *shared)
    assert code == 0
    assert "line 12, column 4 (Receipt Amount): '$410.505' is no whole number of cents" in told
    (problem,) = [json.loads(line) for line in problems.read_text().splitlines()]
    assert problem["where"] == "line 12, column 4 (Receipt Amount)"


def test_a_mapping_that_is_wrong_is_named_with_its_key(say, shared, tmp_path):
    mapping = tmp_path / "mine.toml"
    mapping.write_text('id = "mine"\ntitle = "x"\n[columns]\ncase = "A"\n')
    code, _, fault = say("trustee", "import", EXPORTS[0], "--mapping", mapping, *shared)
    assert code == 2
    assert "mine.toml, [columns]: no key 'case'" in fault


def test_the_day_an_export_speaks_for_can_be_said(say, shared):
    _, told, _ = say("trustee", "import", EXPORTS[2], "--as-of", "2026-08-18", *shared)
    assert "as of 2026-08-18" in told


def test_a_trustee_s_cases_go_out_as_csv_and_as_a_workbook(say, shared, tmp_path):
    say("trustee", "import", EXPORTS[2], *shared)
    assert say("trustee", "list", *shared)[1] == "marguerite-t-osei\n"
    code, told, _ = say("trustee", "export", "marguerite-t-osei", *shared)
    assert code == 0
    assert "zzb-26-10047-1" in told
    assert say("trustee", "export", "marguerite-t-osei", "-o", tmp_path / "cases.xlsx", *shared)[0] == 0
    assert (tmp_path / "cases.xlsx").read_bytes().startswith(b"PK")
    assert say("trustee", "export", "marguerite-t-osei", "-o", tmp_path / "cases.pdf", *shared)[0] == 2
    assert say("trustee", "export", "nobody", *shared)[0] == 2
