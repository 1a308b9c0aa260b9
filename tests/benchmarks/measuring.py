"""Timing for the benches: the best of several runs, and a row of a table."""

from __future__ import annotations

import time
from collections.abc import Callable


def best_of(work: Callable[[], object], *, runs: int = 5, clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of the fastest of some runs, after one to warm up.

    `time.process_time` as the clock counts this process alone, whatever else the machine does.
    """
    work()
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


def row(what: str, figure: str, floor: str = "") -> None:
    """Print one line of the table: what was measured, the figure, and what it is held against."""
    print(f"  {what:<58} {figure:>18}  {floor}")
