"""What was measured lately, kept in memory under the stamp of the facts it follows from; nothing rests on it but speed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

_MOST = 16
_KEPT_FOR = 300.0  # seconds; a stamp may miss a fact for as long as that


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept(Generic[T]):
    value: T
    stamp: str
    today: date
    at: float


class Memory(Generic[T]):
    """Values made lately, the longest unasked going first. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: OrderedDict[object, _Kept[T]] = OrderedDict()
        self._lock = Lock()

    def value(self, key: object, *, stamp: str, today: date, make: Callable[[], T]) -> T:
        """The value of a key: as kept, where no fact has come since and the day is the same, else made anew."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and (kept.stamp, kept.today) == (stamp, today) and self._clock() - kept.at < _KEPT_FOR:
                self._kept.move_to_end(key)
                return kept.value
        made = make()
        with self._lock:
            self._kept[key] = _Kept(value=made, stamp=stamp, today=today, at=self._clock())
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return made
