"""What the header offers: the pages that a person's role goes with, the plugins' among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, g, request, url_for
from werkzeug.exceptions import HTTPException

from docketbridge.casework.rights import holds

# The header's order. What a person may not see is left out, and so is a page that this instance does not have.
_PAGES: tuple[tuple[str, str], ...] = (
    ("Matters", "matters.index"),
    ("Review", "review.index"),
    ("Payments", "trustee.index"),
)
_LAST: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One link of the header."""

    words: str
    href: str
    current: bool


def offers() -> tuple[Offer, ...]:
    """The links of the header for whoever acts: the core's pages, the plugins', then what is about running it."""
    desk = g.get("desk")
    if desk is None:
        return ()
    plugins = tuple((link.words, link.href) for link in desk.plugins.navigation)
    return (*_core(_PAGES), *_of_plugins(plugins), *_core(_LAST))


def _core(pages: tuple[tuple[str, str], ...]) -> Iterator[Offer]:
    here = request.endpoint or ""
    for words, endpoint in pages:
        if _open(endpoint):
            family = endpoint.partition(".")[0]
            yield Offer(words=words, href=url_for(endpoint), current=here.partition(".")[0] == family)


def _of_plugins(links: tuple[tuple[str, str], ...]) -> Iterator[Offer]:
    addresses = current_app.url_map.bind("")
    for words, href in links:
        try:
            endpoint, _ = addresses.match(href)
        except HTTPException:
            continue
        if _open(str(endpoint)):
            yield Offer(words=words, href=href, current=request.path == href)


def _open(endpoint: str) -> bool:
    """Whether there is such a page and the person's role goes with what its view declares."""
    view = current_app.view_functions.get(endpoint)
    if view is None:
        return False
    action = getattr(view, "needs", None)
    return action is None or "acting" not in g or holds(g.acting, action)
