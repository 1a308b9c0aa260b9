"""Whether a debtor serves in the military, where the docket, the portal or an answer tells (SCRA; HUD 4000.1 III.A.2.i.i)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from docketbridge.api import DocumentKind, MatterFile, PortalAct

from .record import label, local_day
from .wording import entry, short_day

CITE = "50 U.S.C. 3931, 3953"
_NOT = re.compile(
    r"\bnon-?\s?military\b|\bno military service\b|\bnot (?:now |currently )?(?:in|on|serving in|engaged in) (?:the |any )?"
    r"(?:active )?(?:military|duty)|\bnot a servicemember\b",
    re.IGNORECASE,
)
_SERVES = re.compile(
    r"\b(?:debtor|borrower|co-?debtor|spouse)(?:'s|’s)? (?:is|are) (?:now |currently |presently )?"
    r"(?:a servicemember|on active duty|in (?:the )?(?:active )?military)"
    r"|\bnotice of (?:active duty|military service|deployment)\b|\bcalled to active duty\b"
    r"|\bstay (?:of proceedings )?(?:under|pursuant to) (?:the )?(?:SCRA\b|servicemembers?['’]? civil relief)",
    re.IGNORECASE,
)
# A street may be called Military Road: the word counts beside what such a paper is called, and no other.
_ABOUT = re.compile(
    r"\bservice ?members?['’]?s? civil relief\b|\b(?:SCRA|S\.C\.R\.A\.)(?=\W|$)|\bactive[- ]duty\b"
    r"|\bsoldiers?['’]? and sailors?['’]? (?:civil )?relief\b"
    r"|\bmilitary (?:status|service|affidavit|declaration|verification|search)\b",
    re.IGNORECASE,
)


class Service(StrEnum):
    """What is known of it."""

    SERVES = "serves"
    DOES_NOT = "does_not"
    LOOK = "look"


@dataclass(frozen=True, slots=True, kw_only=True)
class Servicemember:
    """What was told last: `source` is where, `told` the day. `LOOK` is a paper whose words do not say which."""

    service: Service
    source: str
    told: date

    @property
    def words(self) -> str:
        """What it asks for."""
        return _WORDS[self.service]


_WORDS = {
    Service.SERVES: "A debtor serves in the military: the SCRA’s protections must be offered, and no sale without the court",
    Service.DOES_NOT: "No debtor serves in the military",
    Service.LOOK: "A paper on military status is there: read whether a debtor serves, and if so offer the SCRA’s protections",
}


def servicemember(file: MatterFile) -> Servicemember | None:
    """The last word on a debtor's military service; None where nobody has told.

    A person's answer counts before a paper of the same day: the paper is mostly the creditor's, who asked a register.
    """
    told = [
        (each.told, rank, each) for rank, some in enumerate((_docketed(file), _posted(file), _answered(file))) for each in some
    ]
    if not told:
        return None
    decided = [each for each in told if each[2].service is not Service.LOOK]
    return max(decided or told, key=lambda each: each[:2])[2]


def _docketed(file: MatterFile) -> list[Servicemember]:
    found = []
    for each in file.entries:
        text, day = each.entry.text or " ".join(each.entry.events), each.entry.day
        service = read_service(text)
        if service is not None and day is not None:
            found.append(Servicemember(service=service, source=entry(each.entry.label, day), told=day))
    return found


def read_service(text: str) -> Service | None:
    """What an entry's text tells of military service: that a debtor serves, does not, or that a paper is about it."""
    if _NOT.search(text):
        return Service.DOES_NOT
    if _SERVES.search(text):
        return Service.SERVES
    return Service.LOOK if _ABOUT.search(text) else None


def _posted(file: MatterFile) -> list[Servicemember]:
    zone = file.court.timezone
    return [
        Servicemember(service=Service.LOOK, source=label(fact, zone), told=local_day(fact, zone))
        for fact in file.portal
        if fact.document is DocumentKind.MILITARY_STATUS
        and fact.act in (PortalAct.DOCUMENT_RECEIVED, PortalAct.DOCUMENT_ACCEPTED)
    ]


def _answered(file: MatterFile) -> list[Servicemember]:
    return [
        Servicemember(
            service=Service.SERVES if record.servicemember else Service.DOES_NOT,
            source=f"session {short_day(record.start.date())}",
            told=record.start.date(),
        )
        for record in file.sessions
        if record.servicemember is not None
    ]
