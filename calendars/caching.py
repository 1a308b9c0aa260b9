"""Calendars kept in memory as answered, under the stamp of the facts they follow from; nothing rests on it but speed."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from .flavours import Flavour
from .publishing import Desk, publish_scope
from .scopes import CalendarScope

_MOST_OCTETS = 64 * 1024 * 1024
_KEPT_FOR = 300.0  # seconds; a stamp may miss a fact for as long as that, and a reader polls less often
_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One telling of a calendar: its octets plain and compressed, its tag, and when the calendar last changed."""

    body: bytes
    compressed: bytes
    tag: str
    changed: datetime

    @property
    def octets(self) -> int:
        """What it takes in memory."""
        return len(self.body) + len(self.compressed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    answer: Answer
    stamp: str
    today: date
    at: float


class AnswerCache:
    """The answers given lately, the longest unasked going first. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float], *, most_octets: int = _MOST_OCTETS) -> None:
        self._clock = clock
        self._most = most_octets
        self._taken = 0
        self._kept: OrderedDict[tuple[str, Flavour], _Kept] = OrderedDict()
        self._lock = Lock()

    def answer(self, desk: Desk, scope: CalendarScope, flavour: Flavour) -> Answer:
        """Give the calendar of a scope in a flavour: as kept, where no fact has come since and the day is the same."""
        key = (scope.text, flavour)
        stamp = desk.facts_stamp()
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and (kept.stamp, kept.today) == (stamp, desk.today) and self._clock() - kept.at < _KEPT_FOR:
                self._kept.move_to_end(key)
                return kept.answer
        publication = publish_scope(desk, scope)
        answer = answer_of(publication.written(flavour), publication.changed)
        self._keep(key, _Kept(answer=answer, stamp=publication.stamp, today=publication.today, at=self._clock()))
        return answer

    def _keep(self, key: tuple[str, Flavour], kept: _Kept) -> None:
        with self._lock:
            old = self._kept.pop(key, None)
            self._taken += kept.answer.octets - (old.answer.octets if old else 0)
            self._kept[key] = kept
            while self._taken > self._most and self._kept:
                _, gone = self._kept.popitem(last=False)
                self._taken -= gone.answer.octets


def answer_of(body: bytes, changed: datetime) -> Answer:
    """Make the answer of a calendar's octets: the same octets give the same tag and the same compressed octets."""
    return Answer(
        body=body,
        compressed=gzip.compress(body, _LEVEL, mtime=0),
        tag=hashlib.sha256(body).hexdigest()[:32],
        changed=changed,
    )
