"""How often one address may be fetched: a measure of requests that fills again as time passes."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

_MOST_KNOWN = 20_000


class RateLimit:
    """Allows `burst` requests at once and one more every `seconds` after; `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float], *, burst: int = 30, seconds: float = 20.0) -> None:
        self._clock = clock
        self._burst = burst
        self._seconds = seconds
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, name: str) -> int:
        """Count a request under this name; 0 when it is allowed, else the whole seconds to wait before the next."""
        now = self._clock()
        with self._lock:
            spent, at = self._spent.pop(name, (0.0, now))
            spent = max(0.0, spent - (now - at) / self._seconds)
            allowed = spent + 1 <= self._burst
            self._spent[name] = (spent + 1 if allowed else spent, now)
            if len(self._spent) > _MOST_KNOWN:
                self._spent.popitem(last=False)
        return 0 if allowed else math.ceil(round((spent + 1 - self._burst) * self._seconds, 3))
