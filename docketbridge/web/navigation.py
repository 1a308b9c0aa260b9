"""What the header offers: the pages that a person's role goes with, the plugins' among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, g, request, url_for
from werkzeug.exceptions import HTTPException

from docketbridge.casework.rights import Acting, holds, is_party

# The header's order. What a person may not see is left out, and so is a page that this instance does not have.
_PAGES: tuple[tuple[str, str], ...] = (
    ("Today", "clerk.today"),
    ("Chambers", "chambers.index"),
    ("Own matters", "own.index"),
    ("Matters", "matters.index"),
    ("Review", "review.index"),
    ("Search", "search.search"),
    ("Payments", "trustee.index"),
)
# The list as the court sees it; a party has its own.
_COURTS_OWN = "matters.index"
# Where a day begins: the first of these that there is and that the person's role goes with.
_FIRST: tuple[str, ...] = ("clerk.today", "chambers.index", "own.index", "trustee.index", "matters.index", "people.index")
# A plugin's link of this kind is where the day begins of whoever its view is for.
FIRST_PAGE = "first-page"
_LAST: tuple[tuple[str, str], ...] = (("People", "people.index"), ("Audit", "audit.index"), ("Health", "health.health"))


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
        if _open(endpoint) and not (endpoint == _COURTS_OWN and is_party(g.get("acting"))):
            family = endpoint.partition(".")[0]
            yield Offer(words=words, href=url_for(endpoint), current=here.partition(".")[0] == family)


def _of_plugins(links: tuple[tuple[str, str], ...]) -> Iterator[Offer]:
    for words, href in links:
        endpoint = _endpoint(href)
        if endpoint is not None and _open(endpoint):
            yield Offer(words=words, href=href, current=request.path == href)


def _endpoint(href: str) -> str | None:
    """The view that answers an address of the site; None where there is none."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(href)
    except HTTPException:
        return None
    return str(endpoint)


def _open(endpoint: str) -> bool:
    """Whether there is such a page and the person's role goes with what its view declares."""
    view = current_app.view_functions.get(endpoint)
    if view is None:
        return False
    action = getattr(view, "needs", None)
    return action is None or "acting" not in g or holds(g.acting, action)


def home(acting: Acting | None) -> str:
    """Where a person's day begins; for whoever is not signed in, the door."""
    links = g.desk.plugins.navigation if "desk" in g else ()
    begins = ((link.href, _endpoint(link.href)) for link in links if link.kind == FIRST_PAGE)
    plugins = (href for href, endpoint in begins if endpoint is not None and _goes_with(acting, endpoint))
    core = (url_for(each) for each in _FIRST if _goes_with(acting, each))
    return next(plugins, None) or next(core, None) or url_for("signing_in.sign_in")


def _goes_with(acting: Acting | None, endpoint: str) -> bool:
    view = current_app.view_functions.get(endpoint)
    return view is not None and holds(acting, getattr(view, "needs", None))
