"""Fetches feeds over HTTP: only what changed, politely, within limits of time and size, trying again where it helps."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from docketbridge.api import FeedSource, RawFeed, SourceUnavailable

_QUERY = re.compile(r"\?\S*|//\S*@")
_CHUNK = 64 * 1024
_WORTH_TRYING_AGAIN = (429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverHttp:
    """Conditional GET with the entity tag and the time that the server gave last (RFC 9110, 13.1).

    `connect` and `read` are seconds of silence allowed, `whole` the seconds that a feed may take in all; `largest` is its size
    in bytes once unpacked. `backoff` is the first wait before another try in seconds, doubled each time, with jitter.
    """

    connect: float = 10.0
    read: float = 60.0
    whole: float = 300.0
    largest: int = 64 * 1024 * 1024
    tries: int = 4
    backoff: float = 2.0

    @property
    def options(self) -> frozenset[str]:
        """`contact`: an address for the court's webmaster to write to, told in the user agent."""
        return frozenset({"contact"})

    def fetch(self, source: FeedSource, *, since: str | None) -> Iterator[RawFeed]:
        """Fetch the address once; nothing when it has not changed. Raises SourceUnavailable."""
        headers = {"User-Agent": _agent(source), "Accept-Encoding": "gzip, deflate", **_conditions(since)}
        try:
            with (
                self._session() as session,
                session.get(source.address, headers=headers, stream=True, timeout=(self.connect, self.read)) as response,
            ):
                if response.status_code == requests.codes.not_modified:
                    return
                if response.status_code != requests.codes.ok:
                    raise SourceUnavailable(
                        f"{source.name}: {_shown(source.address)} answers {response.status_code} {response.reason}"
                    )
                content = self._content(source, response)
                validator = _validator(response)
        except (requests.RequestException, HTTPError) as fault:
            raise SourceUnavailable(f"{source.name}: {_shown(source.address)} cannot be fetched: {_plain(fault)}") from fault
        yield RawFeed(content=content, name=source.name, court=source.court, fetched_at=datetime.now(tz=UTC), validator=validator)

    def settle(self, source: FeedSource, raw: RawFeed, fault: str | None) -> None:
        """Nothing is to be put aside: the server keeps its feed."""

    def _session(self) -> requests.Session:
        retry = Retry(
            total=self.tries - 1,
            backoff_factor=self.backoff / 2,
            backoff_jitter=self.backoff / 2,
            status_forcelist=_WORTH_TRYING_AGAIN,
            allowed_methods=("GET",),
            raise_on_status=False,
        )
        session = requests.Session()
        session.max_redirects = 5
        # What the machine's environment says of proxies and passwords is not for a court's public feed to see.
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=retry))
        return session

    def _content(self, source: FeedSource, response: requests.Response) -> bytes:
        """Read the body piece by piece; raises SourceUnavailable as soon as it is too large or too slow."""
        until = time.monotonic() + self.whole
        told = response.headers.get("Content-Length", "")
        if told.isdigit() and int(told) > self.largest:
            raise SourceUnavailable(
                f"{source.name}: {_shown(source.address)} wants to send {int(told):,} bytes; at most {self.largest:,}"
            )
        pieces, size = [], 0
        for piece in response.iter_content(_CHUNK):
            size += len(piece)
            if size > self.largest:
                raise SourceUnavailable(f"{source.name}: {_shown(source.address)} sends more than {self.largest:,} bytes")
            if time.monotonic() > until:
                raise SourceUnavailable(f"{source.name}: {_shown(source.address)} took longer than {self.whole:.0f} seconds")
            pieces.append(piece)
        return b"".join(pieces)


def _agent(source: FeedSource) -> str:
    contact = source.options.get("contact")
    return f"docketbridge/{version('docketbridge')} (reads court docket feeds{f'; {contact}' if contact else ''})"


def _conditions(since: str | None) -> dict[str, str]:
    try:
        told = json.loads(since) if since else {}
    except json.JSONDecodeError:
        return {}
    names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
    return {header: told[name] for name, header in names.items() if told.get(name)}


def _validator(response: requests.Response) -> str | None:
    told = {"etag": response.headers.get("ETag"), "modified": response.headers.get("Last-Modified")}
    return json.dumps(told) if any(told.values()) else None


def _plain(fault: Exception) -> str:
    """Say in a few words what happened; the libraries' own words wrap one fault in another."""
    words = str(fault)
    for sign, plain in (
        ("timed out", "no answer in time"),
        ("Failed to resolve", "its name is not known"),
        ("Connection refused", "the connection is refused"),
        ("Connection reset", "the connection was cut"),
        ("IncompleteRead", "the answer was cut off"),
        ("too many redirects", "it leads in circles"),
        ("Exceeded", "it leads in circles"),
        ("certificate", "its certificate does not hold"),
    ):
        if sign in words:
            return plain
    return f"{type(fault).__name__}: {_QUERY.sub('', words)[:200]}"


def _shown(address: str) -> str:
    """An address as faults tell it: without a password or a token that it may carry, since faults are kept and shown."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
