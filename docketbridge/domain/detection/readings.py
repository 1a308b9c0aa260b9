"""What one docket text or one event name says: the value that reading gives."""

from __future__ import annotations

from dataclasses import dataclass

from docketbridge.domain.events import EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one text, or one event name, says: kinds decided, or candidates; and the words that say so."""

    kinds: tuple[EventKind, ...]
    candidates: tuple[EventKind, ...] = ()
    rule: str = "none"
    quote: str = ""
    paper: str = ""
    subject: str = ""
    generic: bool = False

    @property
    def decides(self) -> bool:
        """Whether it says more than that the entry matters to no program."""
        return bool(self.candidates) or self.kinds != (EventKind.NONE,)


NOTHING_READ = Reading(kinds=(EventKind.NONE,))
