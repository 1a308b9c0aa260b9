"""The audit chain: what a row of it says, its bytes in one canonical form, and the hash that binds it to the row before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

FIRST = "0" * 64
"""What stands in for the hash before the first row."""


class Deed(StrEnum):
    """What can be said of somebody in the audit: a closed vocabulary."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED_OUT = "locked_out"
    REFUSED = "refused"
    SAW_MATTER = "saw_matter"
    SAW_DOCKET = "saw_docket"
    SAW_PAYMENTS = "saw_payments"
    SAW_AUDIT = "saw_audit"
    SAW_PERSON = "saw_person"
    SEARCHED = "searched"
    DOWNLOADED = "downloaded"
    EXPORTED = "exported"
    DECIDED = "decided"
    RECORDED = "recorded"
    ASSIGNED = "assigned"
    DRAFTED_PAPER = "drafted_paper"
    ISSUED_PAPER = "issued_paper"
    IMPORTED = "imported"
    CHANGED_PERSON = "changed_person"
    CHANGED_OWN_ACCOUNT = "changed_own_account"
    CALENDAR_TOKEN_ISSUED = "calendar_token_issued"  # noqa: S105 - a deed, no secret
    CALENDAR_TOKEN_ROTATED = "calendar_token_rotated"  # noqa: S105 - a deed, no secret
    CALENDAR_TOKEN_REVOKED = "calendar_token_revoked"  # noqa: S105 - a deed, no secret
    API_TOKEN_ISSUED = "api_token_issued"  # noqa: S105 - a deed, no secret
    API_TOKEN_REVOKED = "api_token_revoked"  # noqa: S105 - a deed, no secret
    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
    CHANGED_DIGEST = "changed_digest"
    SENT_AGAIN = "sent_again"
    REPLAYED = "replayed"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    ACTED = "acted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTold:
    """What somebody saw or did, before it has its place in the chain.

    `at` is when it happened (aware). `actor` is an account, or the system's user for `role` `command`; `role` else that of the
    person, `schedule` or `site`. `matter` is a matter's id; `subject` names what it was about in words that are no substance.
    """

    at: datetime
    actor: str
    role: str
    what: Deed
    matter: str | None = None
    subject: str = ""
    request: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One row of the audit: its number, what it tells, and its hash (SHA-256, hex)."""

    number: int
    at: datetime
    actor: str
    role: str
    what: str
    matter: str | None
    subject: str
    request: str | None
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """The end of the chain: the number and hash of its last row; number 0 is an empty chain."""

    number: int = 0
    hash: str = FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where a chain is broken: the first bad number, and what is wrong there."""

    number: int
    why: str


def chained(previous: str, line: AuditLine) -> str:
    """The hash a row must have: SHA-256 over the hash before it (32 bytes) and the row's canonical bytes, as hex."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(line)).hexdigest()


def canonical(line: AuditLine) -> bytes:
    """A row in one form for ever: a JSON array in UTF-8 without spaces, its time in UTC to the microsecond."""
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [line.number, at, line.actor, line.role, line.what, line.matter, line.subject, line.request]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def placed(head: AuditHead, some: Iterable[AuditTold]) -> tuple[AuditLine, ...]:
    """Give what is told its numbers and hashes after the head, in order."""
    made: list[AuditLine] = []
    number, previous = head.number, head.hash
    for told in some:
        number += 1
        bare = AuditLine(
            number=number,
            at=told.at,
            actor=told.actor,
            role=told.role,
            what=told.what.value,
            matter=told.matter,
            subject=told.subject,
            request=told.request,
            hash="",
        )
        previous = chained(previous, bare)
        made.append(replace(bare, hash=previous))
    return tuple(made)


def first_break(lines: Iterable[AuditLine], *, noted: Iterable[AuditHead] = ()) -> tuple[AuditHead, Break | None]:
    """Follow a chain from its first row: how far it holds, and where it breaks first, if it does.

    `noted` are heads that were seen before, kept in another place: each must still be a row of the chain, so that an end cut
    off, or the whole written anew, is found as well.
    """
    wanted: dict[int, set[str]] = {}
    for head in noted:
        if head.number:
            wanted.setdefault(head.number, set()).add(head.hash)
    number, previous = 0, FIRST
    for line in lines:
        if line.number != number + 1:
            return AuditHead(number=number, hash=previous), Break(number=number + 1, why="the row is missing")
        if line.hash != chained(previous, line):
            why = "the row is not as it was written, or a row before it was put in or taken out"
            return AuditHead(number=number, hash=previous), Break(number=line.number, why=why)
        if wanted.get(line.number, {line.hash}) != {line.hash}:
            why = "the chain up to here is not the one that was noted earlier: it was written anew"
            return AuditHead(number=number, hash=previous), Break(number=line.number, why=why)
        number, previous = line.number, line.hash
    end = AuditHead(number=number, hash=previous)
    lost = min((each for each in wanted if each > number), default=None)
    if lost is not None:
        return end, Break(number=number + 1, why=f"the end is cut off: {max(wanted)} rows were noted earlier; {_BY_HAND}")
    return end, None


_BY_HAND = "rows were taken out, or an older copy was put in the ledger's place by hand (`docketbridge restore` records that)"


def as_subject(words: str, *, longest: int = 200) -> str:
    """Words fit to stand in the audit: one line, printable, not too long."""
    return "".join(letter for letter in " ".join(words.split()) if letter.isprintable())[:longest]
