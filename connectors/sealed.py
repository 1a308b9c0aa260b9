"""Tells sealed and restricted docket items, whose text and numbers must not be kept, from papers that only speak of sealing."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Where a docket line begins to tell of other papers; what they are says nothing about this one.
_OTHER_PAPERS = re.compile(r"\(\s*(?:re\b|related\b)|\brelated document|\bre:|\[re:|\bwith respect to\b", re.IGNORECASE)
# Sealed Document, Restricted Document, SEALED MOTION, [LOCKED] …: the line names itself so. The case flag SealedDoc(s) does not.
_NAMED_SO = re.compile(r"^\W*(?:(?:filed\s+)?under\s+seal|sealed|restricted|locked)(?![A-Za-z])(?!\s+bids?\b)", re.IGNORECASE)
# Document - Sealed, Exhibit (Restricted), Order *SEALED*: set apart at its side.
_SET_APART = re.compile(
    r"(?:\s[-–—:,]\s*|[(\[*{]\s*)(?:(?:filed\s+)?under\s+seal|sealed|restricted|locked)(?:\s+(?:document|entry|filing|item)s?)?\s*"
    r"(?:[)\]*}]|$)",
    re.IGNORECASE,
)
_FILED_UNDER_SEAL = re.compile(r"\b(?:filed|lodged|submitted|docketed)\s+under\s+seal\b", re.IGNORECASE)
# Papers that act on other papers: Order on …, Notice of …, Hearing on …; what was filed under seal is the other one.
_ACTS_ON_OTHERS = re.compile(
    r"^\W*(?:(?:amended|agreed|proposed|stipulated)\W+)*(?:order|notice|hearing|minute|certificate|proof|withdrawal|receipt|bnc|transcript)s?\b",
    re.IGNORECASE,
)
# … Exhibits Filed Under Seal, Motion to Unseal …: the sealed things are named as other things.
_OTHERS_SEALED = re.compile(
    r"\bunseal|\b(?:documents?|exhibits?|papers?|pleadings?|materials?|information|records?|portions?|versions?|transcripts?)\s+"
    r"(?:(?:previously|that\s+(?:was|were))\s+)?(?:filed|lodged|submitted|docketed)\s+under\s+seal",
    re.IGNORECASE,
)
_ASKS = re.compile(r"^\W*(?:\w+\W+){0,2}?(?:motion|application|request|objection|opposition|response|reply)s?\b", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_LOCK = re.compile(r"(?<![a-z])(?:pad)?lock(?:ed)?(?![a-z])", re.IGNORECASE)
_LOCK_SIGN = "\N{LOCK}".encode()
# The lock as a character reference, which some feeds escape more than once.
_LOCK_REFERENCES = (b"#128274", b"#x1f512")


def speaks_of_sealing(content: bytes) -> bool:
    """Tell quickly whether UTF-8 bytes could hold anything sealed at all; most do not."""
    lowered = content.lower()
    if b"seal" in lowered or b"lock" in lowered or b"restrict" in lowered:
        return True
    if b"#" in lowered and any(sign in lowered for sign in _LOCK_REFERENCES):
        return True
    return not lowered.isascii() and _LOCK_SIGN in lowered


def _says_sealed(words: str) -> bool:
    beside = _OTHER_PAPERS.search(words)
    head = words[: beside.start()] if beside else words
    if _NAMED_SO.search(head) or _SET_APART.search(head):
        return True
    if not _FILED_UNDER_SEAL.search(head) or _ACTS_ON_OTHERS.search(head):
        return False
    return not (_ASKS.search(head) and _OTHERS_SEALED.search(head))


def is_sealed(*, events: Iterable[str] = (), text: str | None = None) -> bool:
    """Tell whether a docket item is sealed or restricted itself, from its event names and its docket text.

    A line whose own head says so is; a motion to file under seal, an order about sealing other papers and a line that only
    quotes a sealed paper as related are not.
    """
    return any(_says_sealed(event) for event in events) or (text is not None and _says_sealed(text))


def shows_lock(markup: str) -> bool:
    """Tell whether markup shows a lock in place of a document's link."""
    return "\N{LOCK}" in markup or any(_LOCK.search(picture) for picture in _PICTURE.findall(markup))
