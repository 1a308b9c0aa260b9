"""The plugin door: one typed value a plugin, found by entry point, checked by name before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Protocol, TypeVar

import click
from flask import Blueprint

from docketbridge.domain.documents import Document
from docketbridge.domain.feeds import FeedSource, ParsedFeed, RawFeed
from docketbridge.domain.matters import MatterFile
from docketbridge.errors import PluginError

API = 1
GROUP = "docketbridge.plugins"

T = TypeVar("T")


class Transport(Protocol):
    """A way of fetching; raises SourceUnavailable. None means unchanged since the last fetch."""

    def fetch(self, source: FeedSource) -> RawFeed | None:
        """Fetch the source once."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something the matter page offers: words, where it leads, and the kind of thing (`paper`, `calendar`, `agenda`)."""

    words: str
    href: str
    kind: str


MatterLinks = Callable[[MatterFile], Iterable[Link]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work done by the clock; also a command, so that cron can replace the scheduler."""

    name: str
    every_minutes: int
    run: Callable[[], None]


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
    papers: tuple[Paper, ...] = ()
    writers: Mapping[str, DocumentWriter] = field(default_factory=_empty)
    matter_links: MatterLinks | None = None
    pages: Callable[[], Blueprint] | None = None
    commands: tuple[click.Command, ...] = ()
    jobs: tuple[Job, ...] = ()
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
    def papers(self) -> dict[str, Paper]:
        """Papers by name."""
        return {paper.name: paper for each in self.all for paper in each.papers}

    @property
    def writers(self) -> dict[str, DocumentWriter]:
        """Document writers by name."""
        return {name: writer for each in self.all for name, writer in each.writers.items()}

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
        names += [("transport", name) for name in plugin.transports]
        names += [("writer", name) for name in plugin.writers]
        names += [("paper", paper.name) for paper in plugin.papers]
        names += [("command", command.name or "") for command in plugin.commands]
        for kind, name in names:
            if (kind, name) in taken:
                raise PluginError(f"{kind} {name!r} of plugin {plugin.name!r} is already of {taken[kind, name]!r}")
            taken[kind, name] = plugin.name
    return Plugins(found=ordered)


def discover() -> Plugins:
    """Find, load and check every installed plugin. Raises PluginError: a plugin that does not load stops start-up."""
    return check(_load(point) for point in entry_points(group=GROUP))
