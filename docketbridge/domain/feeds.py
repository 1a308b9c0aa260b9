"""Feeds as they arrive: where from, which bytes, what was read in them, what could not be, and what they can prove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from docketbridge.domain.entries import CaseHeader, ParsedEntry
from docketbridge.domain.observations import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSource:
    """A configured source: its name, its court, the transport that fetches it and the format it speaks ("" is guessed)."""

    name: str
    court: str
    transport: str
    format: str
    address: str
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """The bytes of one feed, not yet believed. `court` is what a person said; without it the feed must name it.

    `validator` is what its transport wants to be told at the next fetch (an entity tag, a size), in words of its own.
    """

    content: bytes
    name: str
    court: str | None = None
    fetched_at: datetime | None = None
    validator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One item that could not be read: where it stands, what is wrong, and its first 200 characters."""

    where: str
    what: str
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The stretch of docketing time a feed shows whole; aware UTC times, both ends seen."""

    oldest: datetime
    newest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which docketings a feed carries, in its own words (`all`); a partial feed proves no silence."""

    declared: str | None
    whole: bool
    case_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a parser makes of a raw feed. `refused` counts sealed or restricted items, whose text is nowhere kept."""

    format: str
    court: str
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...] = ()
    window: Window | None = None
    scope: Scope = field(default_factory=lambda: Scope(declared=None, whole=False))
    refused: int = 0

    @property
    def entries(self) -> tuple[ParsedEntry, ...]:
        """The docket entries among the observations, in the feed's order."""
        return tuple(each for each in self.observations if isinstance(each, ParsedEntry))

    @property
    def headers(self) -> tuple[CaseHeader, ...]:
        """The case headers among the observations."""
        return tuple(each for each in self.observations if isinstance(each, CaseHeader))
