"""Names the court of a report from its heading or its links, and gives the zone in which that court's receipts tell the time."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from lxml import etree

from docketbridge.api import RawFeed, UnreadableFeed

from .links import court_of

# The 94 bankruptcy courts: CM/ECF id, district (28 U.S.C. 81-131; Guam 48 U.S.C. 1424, Northern Mariana Islands 48 U.S.C. 1821,
# Virgin Islands 48 U.S.C. 1611), and the zone of the clerk's main office, whose clock stamps receipts and docketings.
COURTS: tuple[tuple[str, str, str], ...] = (
    ("akb", "District of Alaska", "America/Anchorage"),
    ("almb", "Middle District of Alabama", "America/Chicago"),
    ("alnb", "Northern District of Alabama", "America/Chicago"),
    ("alsb", "Southern District of Alabama", "America/Chicago"),
    ("areb", "Eastern District of Arkansas", "America/Chicago"),
    ("arwb", "Western District of Arkansas", "America/Chicago"),
    ("azb", "District of Arizona", "America/Phoenix"),
    ("cacb", "Central District of California", "America/Los_Angeles"),
    ("caeb", "Eastern District of California", "America/Los_Angeles"),
    ("canb", "Northern District of California", "America/Los_Angeles"),
    ("casb", "Southern District of California", "America/Los_Angeles"),
    ("cob", "District of Colorado", "America/Denver"),
    ("ctb", "District of Connecticut", "America/New_York"),
    ("dcb", "District of Columbia", "America/New_York"),
    ("deb", "District of Delaware", "America/New_York"),
    ("flmb", "Middle District of Florida", "America/New_York"),
    ("flnb", "Northern District of Florida", "America/New_York"),
    ("flsb", "Southern District of Florida", "America/New_York"),
    ("gamb", "Middle District of Georgia", "America/New_York"),
    ("ganb", "Northern District of Georgia", "America/New_York"),
    ("gasb", "Southern District of Georgia", "America/New_York"),
    ("gub", "District of Guam", "Pacific/Guam"),
    ("hib", "District of Hawaii", "Pacific/Honolulu"),
    ("ianb", "Northern District of Iowa", "America/Chicago"),
    ("iasb", "Southern District of Iowa", "America/Chicago"),
    ("idb", "District of Idaho", "America/Boise"),
    ("ilcb", "Central District of Illinois", "America/Chicago"),
    ("ilnb", "Northern District of Illinois", "America/Chicago"),
    ("ilsb", "Southern District of Illinois", "America/Chicago"),
    ("innb", "Northern District of Indiana", "America/Indiana/Indianapolis"),
    ("insb", "Southern District of Indiana", "America/Indiana/Indianapolis"),
    ("ksb", "District of Kansas", "America/Chicago"),
    ("kyeb", "Eastern District of Kentucky", "America/New_York"),
    ("kywb", "Western District of Kentucky", "America/Kentucky/Louisville"),
    ("laeb", "Eastern District of Louisiana", "America/Chicago"),
    ("lamb", "Middle District of Louisiana", "America/Chicago"),
    ("lawb", "Western District of Louisiana", "America/Chicago"),
    ("mab", "District of Massachusetts", "America/New_York"),
    ("mdb", "District of Maryland", "America/New_York"),
    ("meb", "District of Maine", "America/New_York"),
    ("mieb", "Eastern District of Michigan", "America/Detroit"),
    ("miwb", "Western District of Michigan", "America/Detroit"),
    ("mnb", "District of Minnesota", "America/Chicago"),
    ("moeb", "Eastern District of Missouri", "America/Chicago"),
    ("mowb", "Western District of Missouri", "America/Chicago"),
    ("msnb", "Northern District of Mississippi", "America/Chicago"),
    ("mssb", "Southern District of Mississippi", "America/Chicago"),
    ("mtb", "District of Montana", "America/Denver"),
    ("nceb", "Eastern District of North Carolina", "America/New_York"),
    ("ncmb", "Middle District of North Carolina", "America/New_York"),
    ("ncwb", "Western District of North Carolina", "America/New_York"),
    ("ndb", "District of North Dakota", "America/Chicago"),
    ("neb", "District of Nebraska", "America/Chicago"),
    ("nhb", "District of New Hampshire", "America/New_York"),
    ("njb", "District of New Jersey", "America/New_York"),
    ("nmb", "District of New Mexico", "America/Denver"),
    ("nmib", "District of the Northern Mariana Islands", "Pacific/Saipan"),
    ("nvb", "District of Nevada", "America/Los_Angeles"),
    ("nyeb", "Eastern District of New York", "America/New_York"),
    ("nynb", "Northern District of New York", "America/New_York"),
    ("nysb", "Southern District of New York", "America/New_York"),
    ("nywb", "Western District of New York", "America/New_York"),
    ("ohnb", "Northern District of Ohio", "America/New_York"),
    ("ohsb", "Southern District of Ohio", "America/New_York"),
    ("okeb", "Eastern District of Oklahoma", "America/Chicago"),
    ("oknb", "Northern District of Oklahoma", "America/Chicago"),
    ("okwb", "Western District of Oklahoma", "America/Chicago"),
    ("orb", "District of Oregon", "America/Los_Angeles"),
    ("paeb", "Eastern District of Pennsylvania", "America/New_York"),
    ("pamb", "Middle District of Pennsylvania", "America/New_York"),
    ("pawb", "Western District of Pennsylvania", "America/New_York"),
    ("prb", "District of Puerto Rico", "America/Puerto_Rico"),
    ("rib", "District of Rhode Island", "America/New_York"),
    ("scb", "District of South Carolina", "America/New_York"),
    ("sdb", "District of South Dakota", "America/Chicago"),
    ("tneb", "Eastern District of Tennessee", "America/New_York"),
    ("tnmb", "Middle District of Tennessee", "America/Chicago"),
    ("tnwb", "Western District of Tennessee", "America/Chicago"),
    ("txeb", "Eastern District of Texas", "America/Chicago"),
    ("txnb", "Northern District of Texas", "America/Chicago"),
    ("txsb", "Southern District of Texas", "America/Chicago"),
    ("txwb", "Western District of Texas", "America/Chicago"),
    ("utb", "District of Utah", "America/Denver"),
    ("vaeb", "Eastern District of Virginia", "America/New_York"),
    ("vawb", "Western District of Virginia", "America/New_York"),
    ("vib", "District of the Virgin Islands", "America/St_Thomas"),
    ("vtb", "District of Vermont", "America/New_York"),
    ("waeb", "Eastern District of Washington", "America/Los_Angeles"),
    ("wawb", "Western District of Washington", "America/Los_Angeles"),
    ("wieb", "Eastern District of Wisconsin", "America/Chicago"),
    ("wiwb", "Western District of Wisconsin", "America/Chicago"),
    ("wvnb", "Northern District of West Virginia", "America/New_York"),
    ("wvsb", "Southern District of West Virginia", "America/New_York"),
    ("wyb", "District of Wyoming", "America/Denver"),
)

# The composed court of the demonstration, in Rhode Island's zone.
SAMPLE_COURT = ("zzb", "District of Narragansett Bay", "America/New_York")

_OFFICE = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[a-z]+")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{1,200}", re.IGNORECASE)
_NO_NAME = frozenset({"district", "of", "the", "for"})


def _name_of(district: str) -> frozenset[str]:
    """The words that name a district, without the office: courts write `Maine (Portland)` and `NORTH DAKOTA (Fargo)`."""
    return frozenset(_WORD.findall(_OFFICE.sub(" ", district).casefold())) - _NO_NAME


_BY_NAME = {_name_of(district): court for court, district, _ in (*COURTS, SAMPLE_COURT)}
_ZONES = {court: zone for court, _, zone in (*COURTS, SAMPLE_COURT)}


def court_named(district: str) -> str | None:
    """Give the CM/ECF id of the court whose district a heading prints (`Southern District of New York (Manhattan)` is `nysb`)."""
    return _BY_NAME.get(_name_of(district))


def zone_of(court: str) -> ZoneInfo | None:
    """Give the zone of a court's clock; None for a court that the table does not know."""
    zone = _ZONES.get(court)
    return ZoneInfo(zone) if zone else None


def court_of_page(raw: RawFeed, district: str, tree: etree._Element) -> str:
    """Name the court by the district that a page's heading prints, else by its links, else as a person said.

    Raises UnreadableFeed when none of the three names it, and when the page is of another court than the one said.
    """
    own = court_named(district) or _court_linked(tree)
    if own is None and raw.court is None:
        words = f" ({district[:60]!r})" if district else ""
        raise UnreadableFeed(f"{raw.name}: the page does not name its court{words}; say it with --court")
    if own is not None and raw.court is not None and own != raw.court.casefold():
        raise UnreadableFeed(f"{raw.name}: the page is of court {own}, not of {raw.court}")
    return own or str(raw.court).casefold()


def _court_linked(tree: etree._Element) -> str | None:
    """The court to which most links of a page lead, in their addresses or in what a click on them does."""
    counted: dict[str, int] = {}
    for anchor in tree.iter("a"):
        for words in (anchor.get("href"), anchor.get("oncontextmenu")):
            address = _ADDRESS.search(words) if words else None
            court = court_of(address[0]) if address else None
            if court is not None:
                counted[court] = counted.get(court, 0) + 1
    return min(counted, key=lambda court: (-counted[court], court), default=None)
