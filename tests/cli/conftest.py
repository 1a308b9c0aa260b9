"""Commands on a test's own copy of a ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def run_on(tmp_path: Path, say: Callable[..., tuple[int, str, str]]) -> Callable[[Path], Callable[..., str]]:
    """Run commands on a copy of a ledger, on the demo day: what is told, or one line of complaint where they must fail."""

    def copy(ledger: Path) -> Callable[..., str]:
        copied = shutil.copy(ledger, tmp_path / "ledger.sqlite")

        def do(*arguments: object, fails: bool = False) -> str:
            code, told, complaint = say("--database", f"sqlite:///{copied}", "--today", "2026-08-19", *arguments)
            assert code == (2 if fails else 0), complaint
            if fails:
                assert told == ""
                assert len(complaint.splitlines()) == 1
            return complaint if fails else told

        return do

    return copy
