"""How many examples Hypothesis shows a law: a fifth in the normal run, all of them in the long one."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import settings

Test = TypeVar("Test", bound=Callable[..., Any])

WHOLE = os.environ.get("DOCKETBRIDGE_LAWS") == "whole"


def law(examples: int, **more: Any) -> Callable[[Test], Test]:
    """Mark a test as a law that is shown this many examples by `make exhaustive`, and a fifth of them by `make test`."""

    def declare(test: Test) -> Test:
        shown = settings(max_examples=examples if WHOLE else max(10, examples // 5), deadline=None, **more)
        return pytest.mark.law(shown(test))

    return declare
