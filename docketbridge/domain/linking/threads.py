"""One matter as it is pieced together from a docket: whose loan it is, what belongs to it, and how well an entry fits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.events import Detection, EventKind
from docketbridge.domain.linking.creditors import same_as_any, same_creditor
from docketbridge.domain.people import PartyChange
from docketbridge.domain.profile import Profile

ANYBODYS = frozenset(
    {
        EventKind.LM_OBJECTION,
        EventKind.LM_EXTENSION_OBJECTION,
        EventKind.LM_MEDIATOR_OBJECTION,
        EventKind.LM_RESPONSE_OTHER,
        EventKind.LM_CERTIFICATE_OF_SERVICE,
        EventKind.LM_WITHDRAWAL,
        EventKind.LM_HEARING,
        EventKind.LM_NOTICE,
        EventKind.LM_CORRECTIVE,
        EventKind.LM_DISMISSAL_NOTE,
    }
)
"""Papers that anybody may file in a matter: who files them says nothing of whose loan it is."""

PARTY_CHANGES = ("claim_transferred", "servicer_changed")
_SUFFIXES = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|court|ct|way|boulevard|blvd|place|pl|terrace|ter|circle|cir|highway|hwy"
    r"|trail|trl|parkway|pkwy|row|square|sq)\b"
)
_STREET = re.compile(r"^\W*(\d+[a-z]?)\s+([^,;(]+)", re.IGNORECASE)
_BY_DOCUMENT, _BY_CREDITOR, _BY_SERVICER, _BY_PROPERTY, _BY_LIEN = 16, 4, 2, 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An entry with what it was taken to mean."""

    entry: DocketEntry
    detection: Detection

    @property
    def related(self) -> frozenset[int]:
        """The document numbers it names as related, in its text or by its feed."""
        return frozenset(self.detection.attributes.related_documents) | frozenset(self.entry.related_documents)

    @property
    def creditor(self) -> str | None:
        """The creditor it names, else its filer where that is one."""
        attributes = self.detection.attributes
        files = attributes.requesting_party == "creditor" or attributes.filer_role == "creditor"
        return attributes.creditor or (attributes.filer if files else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How well an entry fits a matter: agreement in figures, and in words for a person."""

    points: int
    why: str
    by_document: bool = False
    creditor: bool | None = None
    address: bool | None = None
    lien: bool | None = None

    @property
    def another_loan(self) -> bool:
        """Whether it names another property or lien than the matter's."""
        return self.address is False or self.lien is False

    @property
    def contradicts(self) -> bool:
        """Whether it names another creditor, property or lien than the matter's."""
        return self.creditor is False or self.another_loan


@dataclass(slots=True, kw_only=True)
class Thread:
    """One matter as it is being pieced together from a docket: what opened it, whose it is, what belongs to it."""

    opened_by: str
    profile: Profile
    creditor: str | None = None
    servicer: str | None = None
    property_address: str | None = None
    lien_position: str | None = None
    requested: bool = False
    documents: set[int] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    changes: list[PartyChange] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name its creditor and servicer ever had."""
        former = [name for change in self.changes for name in (change.was, change.now)]
        return tuple(name for name in (self.creditor, self.servicer, *former) if name)

    def take(self, reading: Reading) -> None:
        """Let an entry belong here; what it says of creditor, lien and property fills what was unknown."""
        self.own.add(reading.entry.id)
        if reading.entry.document_number is not None:
            self.documents.add(reading.entry.document_number)
        if self.change_party(reading):
            return
        attributes, kinds = reading.detection.attributes, reading.detection.kinds
        requests = EventKind.LM_REQUEST in kinds
        self.requested = self.requested or requests
        if reading.creditor and (requests or not ANYBODYS.intersection(kinds)):
            if self.creditor is None:
                self.creditor = reading.creditor
            elif requests and not same_as_any(reading.creditor, self.names):
                self._change("creditor", reading.creditor, reading)
        self.servicer = self.servicer or attributes.servicer
        self.property_address = self.property_address or attributes.property_address
        self.lien_position = self.lien_position or attributes.lien_position

    def change_party(self, reading: Reading) -> bool:
        """Take a transfer of the claim or a new servicer: the party changes from that day, the matter stays the same."""
        told = {fact.name: fact.value for fact in reading.detection.facts if fact.name in PARTY_CHANGES}
        transfer = told.get("claim_transferred")
        if isinstance(transfer, str) and " → " in transfer:
            self._change("creditor", transfer.rpartition(" → ")[2], reading)
        servicer = reading.detection.attributes.servicer
        if "servicer_changed" in told and servicer and not same_creditor(servicer, self.servicer):
            self._change("servicer", servicer, reading)
        return bool(told)

    def _change(self, role: str, now: str, reading: Reading) -> None:
        was = self.creditor if role == "creditor" else self.servicer
        change = PartyChange(role=role, was=was, now=now, day=reading.entry.day or date.max, entry_label=reading.entry.label)
        self.changes.append(change)
        if role == "creditor":
            self.creditor = now
        else:
            self.servicer = now

    def likeness(self, reading: Reading) -> Likeness:
        """Hold an entry against what is known of the matter."""
        attributes = reading.detection.attributes
        common = sorted(reading.related & self.documents)
        points, why = 0, []
        if common:
            points += _BY_DOCUMENT
            why.append(f"it names document {', '.join(map(str, common))} of this matter")
        creditor: bool | None = None
        if reading.creditor and self.names:
            creditor = same_as_any(reading.creditor, self.names)
            points += _BY_CREDITOR if creditor else -_BY_CREDITOR
            why.append("the creditor is the same" if creditor else f"it names {reading.creditor}")
        if attributes.servicer and same_as_any(attributes.servicer, self.names):
            points += _BY_SERVICER
            why.append("the servicer is the same")
        address = lien = None
        if self.property_address and attributes.property_address:
            address = same_property(self.property_address, attributes.property_address)
            points += _BY_PROPERTY if address else -2 * _BY_PROPERTY
            why.append("the property is the same" if address else f"the property is another ({attributes.property_address})")
        if self.lien_position and attributes.lien_position:
            lien = self.lien_position == attributes.lien_position
            points += _BY_LIEN if lien else -2 * _BY_LIEN
            why.append("the lien is the same" if lien else f"the lien is another ({attributes.lien_position})")
        words = "; ".join(why) or "nothing in it tells"
        return Likeness(points=points, why=words, by_document=bool(common), creditor=creditor, address=address, lien=lien)


def same_property(one: str, other: str) -> bool:
    """Whether two street addresses are one: the same house number and street, whatever the suffix and the town."""
    ours, theirs = _street(one), _street(other)
    if ours is None or theirs is None:
        return " ".join(one.lower().split()) == " ".join(other.lower().split())
    return ours[0] == theirs[0] and bool(ours[1] & theirs[1])


def _street(address: str) -> tuple[str, frozenset[str]] | None:
    found = _STREET.match(address)
    if found is None:
        return None
    words = re.findall(r"[a-z0-9]+", _SUFFIXES.sub(" ", found[2].lower().replace("'", "")))
    return found[1].lower(), frozenset(each for each in words if len(each) > 1)
