"""How long to wait between two looks at a source, so that its windows overlap by half."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from docketbridge.domain.watching import Span

AT_LEAST = timedelta(minutes=5)
_FIRST_RETRY = timedelta(minutes=2)


def spacing(windows: Iterable[Span], *, at_most: timedelta) -> timedelta:
    """Half of the shortest window that the source lately showed, within five minutes and `at_most`.

    The shortest, not the last: the window of a quiet night is long, and the next morning's holds less than an hour.
    """
    shortest = min((each.end - each.start for each in windows), default=None)
    if shortest is None:
        return max(AT_LEAST, min(at_most, AT_LEAST * 4))
    return max(AT_LEAST, min(at_most, shortest / 2))


def retry_after(failures: int, *, usual: timedelta) -> timedelta:
    """Wait two minutes after a first failure, twice as long after each further one, and never longer than usual."""
    return min(usual, _FIRST_RETRY * (1 << min(failures - 1, 16)))
