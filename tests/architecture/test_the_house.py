"""The architecture, seen: floors hold, rooms stay small, the map is true, and nothing of a machine is in the tree."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("docketbridge", "connectors", "mediator", "forms", "calendars")
TOP = {
    *PACKAGES,
    "tests",
    "pyproject.toml",
    "README.md",
    "Makefile",
    "CHANGELOG.md",
    "LICENSE",
    "requirements.lock",
    "requirements-test.lock",
    "requirements-bench.lock",
    ".ci",
    ".gitattributes",
    ".gitignore",
}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_the_top_level_is_what_the_design_fixes() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP


def test_no_file_outgrows_its_room() -> None:
    long = {str(path.relative_to(ROOT)): lines for path in tracked() if path.suffix == ".py" and (lines := _lines(path)) > 350}
    assert long == {}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_nothing_names_a_registry_or_a_path_of_a_machine() -> None:
    forbidden = re.compile(
        r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian|--(?:extra-)?index-url|--find-links|/home/|/work/|/root/"
    )
    this = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if path != this and (text := _text(path)) is not None
        for match in forbidden.finditer(text)
    ]
    assert found == []


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def test_every_pinned_package_is_locked_by_its_hash() -> None:
    for name in ("requirements.lock", "requirements-test.lock", "requirements-bench.lock"):
        pins = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8"))
        loose = [pin.splitlines()[0] for pin in pins if re.match(r"[a-z0-9]", pin) and "--hash=sha256:" not in pin]
        assert loose == []


def test_the_readme_s_map_names_every_folder_of_the_packages() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = {
        str(path.parent.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PACKAGES
    }
    missing = [folder for folder in sorted(folders) if f"{Path(folder).name}/" not in readme]
    assert missing == []


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("docketbridge/domain/cases.py", "import flask"),
        ("docketbridge/domain/cases.py", "import docketbridge.ledger.tables.rows"),
        ("docketbridge/casework/working_out/replay.py", "import forms"),
        ("forms/__init__.py", "import calendars"),
        ("calendars/__init__.py", "import docketbridge.ledger.tables.rows"),
    ],
)
def test_breaking_a_contract_on_purpose_is_caught(tmp_path: Path, room: str, line: str) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    broken = tmp_path / room
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tmp_path)})
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "BROKEN" in ended.stdout
