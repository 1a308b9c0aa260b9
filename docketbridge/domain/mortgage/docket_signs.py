"""The entries of a docket that speak of payments: signs of a default on the plan, and what was said of the mortgage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from docketbridge.domain.events import EventKind
from docketbridge.domain.matters import EntryMeaning, MatterFile

_PAYMENTS = re.compile(r"\b(?:plan |trustee |monthly )?payments?\b", re.IGNORECASE)
_SIGNS = {
    EventKind.DISMISSAL_MOTION: "motion to dismiss",
    EventKind.DISMISSAL_RESPONSE: "response to the motion to dismiss",
    EventKind.DISMISSAL_HEARING: "hearing on the motion to dismiss",
    EventKind.DISMISSAL_ORDER: "order on dismissal",
    EventKind.TRUSTEE_DEFAULT_CERTIFICATE: "certificate of default",
    EventKind.REINSTATEMENT_ORDER: "case reinstated",
}
_STAY = frozenset({EventKind.STAY_RELIEF_MOTION, EventKind.STAY_RELIEF_DEFAULT})
_POST_PETITION = re.compile(
    r"\bpost-?petition (?:\w+ ){0,2}(?:payments?|arrear\w*|default\w*|delinquen\w*)\b"
    r"|\b(?:missed|delinquent|past[- ]due|unpaid) (?:\w+ ){0,2}mortgage payments?\b",
    re.IGNORECASE,
)
_MORTGAGE = (
    (
        re.compile(r"\bpost-?petition (?:mortgage )?fees?,? (?:and )?(?:expenses?|charges?)", re.IGNORECASE),
        "notice of fees, expenses and charges (Rule 3002.1(c))",
    ),
    (
        re.compile(r"\b(?:response|statement|reply) (?:\w+ ){0,4}(?:notice of )?final cure\b", re.IGNORECASE),
        "response to the notice of final cure (Rule 3002.1(g))",
    ),
    (re.compile(r"\bfinal cure\b", re.IGNORECASE), "notice of final cure payment (Rule 3002.1(f))"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """An entry of the docket that speaks of a payment, a default, an end of it, or an order on it."""

    day: date
    what: str
    entry_label: str


def words_of(meaning: EntryMeaning) -> str:
    """All that an entry says: its text, its event names, its attachments."""
    entry = meaning.entry
    return " ".join((entry.text or "", *entry.events, *(each.description for each in entry.attachments)))


def of_another_matter(meaning: EntryMeaning) -> bool:
    """Whether an entry is another matter's own; one that no program gives a meaning is nobody's, and may speak of this one."""
    return meaning.reach == "other matter" and any(kind.concerns_loss_mitigation for kind in meaning.detection.kinds)


def default_signs(file: MatterFile) -> Iterator[Sign]:
    """The docket's own signs of a plan payment default: the trustee's motion, certificates, rulings, and what was withdrawn."""
    followed: set[int] = set()
    for each in file.entries:
        day, number = each.entry.day, each.entry.document_number
        if day is None:
            continue
        attributes = each.detection.attributes
        related = followed & set(attributes.related_documents or each.entry.related_documents)
        for kind in each.detection.kinds:
            if kind is EventKind.DISMISSAL_MOTION:
                if (attributes.movant or attributes.filer_role) != "trustee":
                    continue
                for_payments = _PAYMENTS.search(f"{attributes.ground or ''} {words_of(each)}")
                what = f"trustee's motion to dismiss{' for missed payments' if for_payments else ''}"
            elif kind is EventKind.WITHDRAWAL and related:
                what = f"withdrawn: entry {min(related)}"
            elif kind in _SIGNS and (related or kind in (EventKind.TRUSTEE_DEFAULT_CERTIFICATE, EventKind.DISMISSAL_ORDER)):
                what = _SIGNS[kind] + (f", {attributes.outcome}" if attributes.outcome else "")
            else:
                continue
            followed |= {number} if number is not None else set()
            yield Sign(day=day, what=what, entry_label=each.entry.label)


def change_notices(file: MatterFile) -> Iterator[Sign]:
    """The notices of payment change (Rule 3002.1(b)) on the docket."""
    for each in file.entries:
        if any(fact.name == "payment_change_notice" for fact in each.detection.facts) and each.entry.day is not None:
            yield Sign(day=each.entry.day, what="notice of payment change (Rule 3002.1)", entry_label=each.entry.label)


def mortgage_signs(file: MatterFile) -> Iterator[Sign]:
    """What the docket says of mortgage payments since the petition; none of it counts in the currency test.

    Claims papers under Rule 3002.1, and motions for relief from stay that say payments since the petition were missed.
    """
    yield from change_notices(file)
    for each in file.entries:
        if each.entry.day is None or of_another_matter(each):
            continue
        said = words_of(each)
        what = next((told for pattern, told in _MORTGAGE if pattern.search(said)), None)
        if what is None and _STAY & set(each.detection.kinds) and _POST_PETITION.search(said):
            what = "creditor says mortgage payments since the petition were missed"
        if what is not None:
            yield Sign(day=each.entry.day, what=what, entry_label=each.entry.label)
