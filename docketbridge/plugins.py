"""The plugin door: one typed value a plugin, found by entry point, checked by name before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, BinaryIO, Protocol, TypeAlias, TypeVar

import click
from flask import Blueprint

from docketbridge.domain.documents import Document, Question
from docketbridge.domain.feeds import FeedSource, ParsedFeed, RawFeed
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.payments.payment_facts import PaymentFeed
from docketbridge.domain.substance import PortalFeed
from docketbridge.errors import PluginError

API = 1
GROUP = "docketbridge.plugins"

T = TypeVar("T")


class Transport(Protocol):
    """A way of fetching. It keeps nothing between fetches but what it gives out as a feed's `validator`."""

    @property
    def options(self) -> frozenset[str]:
        """The options that a source of this transport may set."""
        ...

    def fetch(self, source: FeedSource, *, since: str | None) -> Iterable[RawFeed]:
        """Fetch what is new: none, one or several feeds, in order. Raises SourceUnavailable.

        `since` is the validator of the last feed of this source that was taken in.
        """
        ...

    def settle(self, source: FeedSource, raw: RawFeed, fault: str | None) -> None:
        """Put a fetched feed aside, taken in or not (`fault` says why not), so that it is not given again."""
        ...


class FeedParser(Protocol):
    """A feed format; a module with these three functions is one. Parsing is pure: no state, no network."""

    def recognises(self, content: bytes) -> bool:
        """Tell from the bytes alone whether this format could be theirs."""
        ...

    def parse(self, raw: RawFeed) -> ParsedFeed:
        """Read the feed; a bad item is a Problem, and only an unreadable whole raises UnreadableFeed."""
        ...

    def redact(self, content: bytes) -> bytes:
        """Blank recipients and sealed items in bytes that parse; what is left parses to the same feed."""
        ...


class PaymentReader(Protocol):
    """A kind of payment export; a module with these two functions is one. It reads row by row, in bounded memory."""

    def recognises(self, start: bytes) -> bool:
        """Tell from the first bytes alone whether this could be such an export."""
        ...

    def read(self, file: BinaryIO, *, name: str, mapping: bytes | None = None, mapping_name: str = "mapping") -> PaymentFeed:
        """Open the export; raises UnreadableFeed. A bad row is a PaymentProblem among the facts."""
        ...


class PortalReader(Protocol):
    """A kind of portal export; a module with these two functions is one. It reads row by row, in bounded memory."""

    def recognises(self, start: bytes) -> bool:
        """Tell from the first bytes alone whether this could be such an export."""
        ...

    def read(self, file: BinaryIO, *, name: str, mapping: bytes | None = None, mapping_name: str = "mapping") -> PortalFeed:
        """Open the export; raises UnreadableFeed. A bad row is a PortalProblem among the rows."""
        ...


class DocumentWriter(Protocol):
    """Turns a Document into the bytes of a file."""

    suffix: str
    media_type: str

    def write(self, document: Document) -> bytes:
        """Write the document; the same document gives the same bytes."""
        ...


class Paper(Protocol):
    """A court paper that can be drafted from a matter file and a person's answers."""

    @property
    def name(self) -> str:
        """Its name on the command line: `form-c`."""
        ...

    @property
    def title(self) -> str:
        """Its title for people."""
        ...

    def applies_to(self, file: MatterFile) -> bool:
        """Whether the paper makes sense for this matter today."""
        ...

    def draft(self, file: MatterFile, answers: Mapping[str, object]) -> Document:
        """Draft it; raises PaperError naming the path of what is wrong."""
        ...


class SubstancePaper(Paper, Protocol):
    """A paper that states what the parties offer one another (FRE 408): a side drafts it, and no page of the court shows it."""

    def further_questions(self, asked: Collection[str]) -> tuple[Question, ...]:
        """What may be answered beside the questions of these names: dots lead into the facts, a figure is a place in a list."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something a matter's page or the header offers: words, where it leads, and its kind (`paper`, `calendar`, `agenda`).

    In the header, `first-page` is where the day begins of the persons that its page is for.
    """

    words: str
    href: str
    kind: str


MatterLinks = Callable[[MatterFile], Iterable[Link]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work done by the clock; also `docketbridge job run PLUGIN:NAME`, so that cron can replace the scheduler.

    `run` takes the desk, as a command takes it from its context, and may say in one line what came of it. It may be run
    again after its process died in the middle of it, so it does nothing twice that shows.
    """

    name: str
    every_minutes: int
    run: Callable[[Any], str | None]


Indicators: TypeAlias = Callable[[Any, date | None, date | None], Sequence[Mapping[str, Any]]]
"""The program's indicators at a desk, for requests from one day to another, as the command gives them in JSON."""


def _empty() -> Mapping[str, T]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """All that a plugin is. It imports `docketbridge.api` and nothing else of the core."""

    name: str
    title: str
    api: int = API
    transports: Mapping[str, Transport] = field(default_factory=_empty)
    parsers: Mapping[str, FeedParser] = field(default_factory=_empty)
    payment_readers: Mapping[str, PaymentReader] = field(default_factory=_empty)
    portal_readers: Mapping[str, PortalReader] = field(default_factory=_empty)
    papers: tuple[Paper, ...] = ()
    substance_papers: tuple[SubstancePaper, ...] = ()
    writers: Mapping[str, DocumentWriter] = field(default_factory=_empty)
    matter_links: MatterLinks | None = None
    navigation: tuple[Link, ...] = ()
    pages: Callable[[], Blueprint] | None = None
    commands: tuple[click.Command, ...] = ()
    jobs: tuple[Job, ...] = ()
    indicators: Indicators | None = None
    profiles: Traversable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A plugin with the file it was really loaded from (PyPI has strangers called `connectors` and `mediator`)."""

    plugin: Plugin
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugins:
    """All plugins of an instance, their contributions joined; names are unique across plugins."""

    found: tuple[Found, ...]

    @property
    def all(self) -> tuple[Plugin, ...]:
        """The plugins, in order of name."""
        return tuple(each.plugin for each in self.found)

    @property
    def parsers(self) -> dict[str, FeedParser]:
        """Feed formats by name."""
        return {name: parser for each in self.all for name, parser in each.parsers.items()}

    @property
    def payment_readers(self) -> dict[str, PaymentReader]:
        """Kinds of payment export by name."""
        return {name: reader for each in self.all for name, reader in each.payment_readers.items()}

    @property
    def portal_readers(self) -> dict[str, PortalReader]:
        """Kinds of portal export by name."""
        return {name: reader for each in self.all for name, reader in each.portal_readers.items()}

    @property
    def transports(self) -> dict[str, Transport]:
        """Ways of fetching by name."""
        return {name: transport for each in self.all for name, transport in each.transports.items()}

    @property
    def papers(self) -> dict[str, Paper]:
        """Papers by name."""
        return {paper.name: paper for each in self.all for paper in each.papers}

    @property
    def substance_papers(self) -> dict[str, SubstancePaper]:
        """Papers of what parties offer one another, by name; only a party's own pages draft them."""
        return {paper.name: paper for each in self.all for paper in each.substance_papers}

    @property
    def writers(self) -> dict[str, DocumentWriter]:
        """Document writers by name."""
        return {name: writer for each in self.all for name, writer in each.writers.items()}

    @property
    def navigation(self) -> tuple[Link, ...]:
        """What the plugins add to the head of every page."""
        return tuple(link for each in self.all for link in each.navigation)

    @property
    def indicators(self) -> Indicators | None:
        """The program's indicators, where a plugin measures them."""
        return next((each.indicators for each in self.all if each.indicators is not None), None)

    def links_for(self, file: MatterFile) -> tuple[Link, ...]:
        """All that the plugins offer for a matter."""
        return tuple(link for each in self.all if each.matter_links for link in each.matter_links(file))


def _load(point: EntryPoint) -> Found:
    try:
        value = point.load()
    except Exception as fault:
        raise PluginError(f"plugin {point.name!r} ({point.value}) does not load: {fault}") from fault
    if not isinstance(value, Plugin):
        raise PluginError(f"plugin {point.name!r} ({point.value}) is no docketbridge Plugin but {type(value).__name__}")
    module = __import__(point.module, fromlist=["__file__"])
    return Found(plugin=value, origin=str(getattr(module, "__file__", point.module)))


def check(found: Iterable[Found]) -> Plugins:
    """Join plugins into one value. Raises PluginError when a name is claimed twice or a plugin wants another API."""
    ordered = tuple(sorted(found, key=lambda each: each.plugin.name))
    taken: dict[tuple[str, str], str] = {}
    for each in ordered:
        plugin = each.plugin
        if plugin.api != API:
            raise PluginError(f"plugin {plugin.name!r} speaks API {plugin.api}, this docketbridge speaks {API}")
        names = [("plugin", plugin.name)]
        names += [("feed format", name) for name in plugin.parsers]
        names += [("payment export", name) for name in plugin.payment_readers]
        names += [("portal export", name) for name in plugin.portal_readers]
        names += [("transport", name) for name in plugin.transports]
        names += [("writer", name) for name in plugin.writers]
        names += [("paper", paper.name) for paper in (*plugin.papers, *plugin.substance_papers)]
        names += [("command", command.name or "") for command in plugin.commands]
        names += [("indicators", "of the program")] if plugin.indicators is not None else []
        names += [("job", f"{plugin.name}:{job.name}") for job in plugin.jobs]
        for kind, name in names:
            if (kind, name) in taken:
                raise PluginError(f"{kind} {name!r} of plugin {plugin.name!r} is already of {taken[kind, name]!r}")
            taken[kind, name] = plugin.name
    return Plugins(found=ordered)


@cache
def discover() -> Plugins:
    """Find, load and check every installed plugin, once in a process.

    Raises PluginError: a plugin that does not load stops start-up.
    """
    return check(_load(point) for point in entry_points(group=GROUP))
