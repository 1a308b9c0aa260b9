"""How to attend a hearing from afar, where the docket says so: video links and dial-in numbers (RFC 7986 5.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from .calendar_item import ConferenceLink
from .content_lines import safe_uri

# A link in a docket text is a link to attend only where its host does nothing else; a court's own pages are not among them.
_VIDEO_HOSTS = {
    "zoom.us": "Zoom",
    "zoomgov.com": "Zoom",
    "teams.microsoft.com": "Microsoft Teams",
    "gov.teams.microsoft.us": "Microsoft Teams",
    "teams.live.com": "Microsoft Teams",
    "webex.com": "Webex",
    "meet.google.com": "Google Meet",
    "gotomeeting.com": "GoTo Meeting",
    "meet.goto.com": "GoTo Meeting",
}
_ADDRESS = re.compile(r"https://[^\s<>\"'\[\]{}|^`]+", re.IGNORECASE)
_AFTER_SENTENCE = ".,;:!?)"
_CUE = r"\b(?:dial(?:[- ]?in)?|call(?:[- ]?in)?|conference (?:line|number)|teleconference|by (?:tele)?phone)\b"
_NUMBER = r"(?:\+?1[-. ]?)?\(?([2-9]\d{2})\)?[-. ]{1,2}(\d{3})[-. ](\d{4})(?!\d)"
_DIAL_IN = re.compile(rf"{_CUE}[^.;]{{0,60}}?(?<!\d){_NUMBER}", re.IGNORECASE)
_CODE = re.compile(
    r"[^.]{0,40}?\b(?:(?:access|participant|pass|conference|meeting)\s?(?:code|id|number)|passcode)\b\s*(?:is|no\.?)?\s*[:#]?\s*"
    r"(\d[\d -]{2,14}\d)",
    re.IGNORECASE,
)


def conference_links(*texts: str | None) -> tuple[ConferenceLink, ...]:
    """Find the ways to attend in what the docket says of a hearing, each once: video links, then numbers to dial."""
    told = [text for text in texts if text]
    links = [*(link for text in told for link in _videos(text)), *(link for text in told for link in _phones(text))]
    return tuple({link.uri: link for link in links}.values())


def _videos(text: str) -> Iterator[ConferenceLink]:
    for found in _ADDRESS.finditer(text):
        address = safe_uri(found[0].rstrip(_AFTER_SENTENCE))
        host = _host(address)
        service = next((name for suffix, name in _VIDEO_HOSTS.items() if host == suffix or host.endswith(f".{suffix}")), None)
        if service is not None:
            yield ConferenceLink(feature="VIDEO", uri=address, label=f"Join by video ({service})")


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""  # a bracket or port that is none: an address that nobody could open


def _phones(text: str) -> Iterator[ConferenceLink]:
    for found in _DIAL_IN.finditer(text):
        number = f"tel:+1-{found[1]}-{found[2]}-{found[3]}"
        code = _CODE.match(text, found.end())
        digits = re.sub(r"\D", "", code[1]) if code else ""
        # Commas are pauses of the telephone, as in the example of RFC 7986 5.11.
        yield ConferenceLink(
            feature="PHONE",
            uri=f"{number},,,{digits}" if digits else number,
            label=f"Dial in, code {digits}" if digits else "Dial in",
        )
