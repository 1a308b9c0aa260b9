"""The grammar of a CM/ECF docket text: what it quotes, what is attached, what the clerk stamped, and its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from docketbridge.domain.detection.brackets import closing
from docketbridge.domain.entries import Attachment
from docketbridge.domain.quick_making import quickly

_ATTACHMENTS = re.compile(r"\(\s*attachments?(?:\(s\))?\s*:\s*", re.IGNORECASE)
_HASHED = re.compile(r"#\s*\(?(\d{1,3})\)?\s*")
_BRACED = re.compile(r"\((\d{1,3})\)\s*")

# Docket texts of 32,000 characters exist (whole proposed orders pasted in); what an entry is stands at its start.
LONGEST = 16_000
_QUOTE = re.compile(r"\([ (]{0,5}(re:|re |related|ref:|linked|attach|entered:|doc\.? #|docket no|regarding doc)")
_CORRECTION = re.compile(
    r"\bmodified (?:on|by)\b[^().]{0,40}(?:\([^()]*\))?\.?|\boriginal nibs (?:docket )?entry\b.*"
    r"|\bcorrective entry: (?:docket text|linkage).*",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"(?:[a-z]{1,8}[,.]?(?: ?(?:usbc|u\.s\.b\.c\.))?[,. ]*|[A-Z]{2,4}|(?:batch|auto|admin|adiclerk|system|u\.s\. treasury)\.?"
    r"|\^?[\w.'’ -]+, ?[\w.'’ -]*(?:\(\w*\)?)?)$",
    re.IGNORECASE,
)
# "Chapter 13 Plan (Amended)": no clerk is called so.
_WORDS_OF_A_TITLE = frozenset(
    ("amended", "corrected", "modified", "revised", "supplemental", "proposed", "final", "interim", "granted", "denied")
)
# Every way begins with one sign, so that the search goes from sign to sign.
_HEAD_ENDS = re.compile(
    r" filed (?:by|on)\b| \(filed (?:by|on)\b|on behalf of\b| re:|\.re:|\(re:|,re:|fee amount|responses? due"
    r"|objections?(?:/responses?)? due|objection deadline"
    r"|with hearing to be held|with presentment|no\. of notices|service date|notice date|hearing scheduled for"
    r"|confirmation hearing scheduled|confirmation hearing to be held"
)
# "Motion filed by Creditor X to Dismiss Case" (mab): the title goes on after the filer's name.
_BROKEN = (" motion", " application", " request", " objection", " opposition", " response", " of service")
_BROKEN_NAME = re.compile(
    r"[ ,(]*filed by\b(?:[^.(;]|(?<=\b\w)\.|(?<=\b\w\w)\.|(?<=inc)\.|(?<=llc)\.|(?<=corp)\.){2,110}?"
    r" (?=(?:to|for|re:?|regarding|on) )"
)
# "Order Re: Setting Case Management Conference": what follows "re" is title still, where nothing but the noun stands before.
_BARE_NOUN = re.compile(
    r"^\W*(?:(?!certificate)[\w'/-]+ ){0,3}(?:orders?|notice|motion|letter|objection|response|opposition|stipulation|document"
    r"|application|declaration|affidavit|certification|statement|report|reply|minutes?|hearing)$"
)
_DATED = re.compile(r",? *\b(?:signed|dated|entered) (?:on )?\d{1,2}/\d{1,2}/\d{2,4} ?\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketText:
    """A docket text in its parts.

    `head` is the entry's own title, `plain` all it says for itself, `quotes` the words in which it names other entries.
    """

    head: str
    plain: str
    quotes: tuple[str, ...]


_parted = quickly(DocketText)


def split(text: str) -> DocketText:
    """Part a docket text into its head, its own words and what it quotes; white space becomes single blanks.

    Attachment lists, entry stamps, correction stamps and clerk initials are left out of all three.
    """
    bare = " ".join(text[:LONGEST].split())
    low = bare.lower()
    own: list[str] = []
    quotes: list[str] = []
    place = 0
    for start, end, word in quoting_groups(bare, low):
        if part := bare[place:start].strip():
            own.append(part)
        elif not place:
            own.append("")
        if word not in ("attach", "entered:"):
            quotes.append(bare[start + 1 : end].rstrip(")] "))
        place = end
    if part := bare[place:].strip():
        own.append(part)
    first = own[0] if own else ""
    if _is_corrected(low):
        plain = _without_initials(" ".join(filter(None, own)))
        plain = _without_initials(_CORRECTION.sub("", plain) or plain)
        return _parted(head=_title(first, low), plain=plain, quotes=tuple(quotes))
    title = _without_initials(first)
    plain = title if len(own) <= 1 else _without_initials(" ".join(own) if first else " ".join(own[1:]))
    return _parted(head=_cut(title), plain=plain, quotes=tuple(quotes))


def title_alone(text: str, low: str) -> str:
    """The head of a docket text as `split` gives it, without the rest: all that most entries need to be dismissed by.

    `low` is the text in lower case.
    """
    bare = " ".join(text[:LONGEST].split())
    low = low if len(low) == len(bare) else bare.lower()
    found = _QUOTE.search(low)
    return _title(bare[: found.start()] if found else bare, low)


def _is_corrected(low: str) -> bool:
    return "modified" in low or "nibs" in low or "corrective entry" in low


def _title(first: str, low: str) -> str:
    """The title in an entry's words before all that it quotes."""
    if _is_corrected(low):
        first = _CORRECTION.sub("", _without_initials(first)) or first
    return head_of(first, len(first))


def head_of(plain: str, first: int) -> str:
    """The title at the start of an entry's own words: up to its first quote, filer, date or sentence, `first` at most."""
    return _cut(_without_initials(plain[:first]))


def _cut(head: str) -> str:
    """A title, the clerk's initials off its end, up to its first filer, date or sentence."""
    low = head.lower()
    if "/" in low and ("signed" in low or "dated" in low or "entered" in low):
        head = _DATED.sub(" ", head) or head
        low = head.lower()
    found = _HEAD_ENDS.search(low, 1)
    while found is not None and found[0].endswith("re:") and _title_goes_on(low, found.start(), found.end()):
        found = _HEAD_ENDS.search(low, found.end())
    stop = found.start() if found else len(head)
    broken = None
    if found is not None and f" {low[:stop]}".rstrip(" ,(").endswith(_BROKEN):
        broken = _BROKEN_NAME.match(low, stop)
    if broken is not None:
        rest = _HEAD_ENDS.search(low, broken.end())
        after = broken.end()
        head = f"{head[:stop]} {head[after : rest.start() if rest else len(head)]}"
        low = head.lower()
        stop = len(head)
    stop = _sentence_end(low, stop)
    title = head[:stop].lstrip(" .,;:").rstrip(" .,;:(")
    return " ".join(title.split()) if "  " in title else title


def _title_goes_on(low: str, start: int, end: int) -> bool:
    """Whether the words after a "re:" are title still: a bare noun stands before it, and no number after."""
    return _BARE_NOUN.match(low, 0, start) is not None and low[end : end + 3].strip(" (#[")[:1].isalpha()


def _sentence_end(low: str, stop: int) -> int:
    """Where the first sentence of a head ends: after a word of four signs, of two words at least, before another word."""
    place = low.find(". ", 0, stop)
    while place > 0:
        before = low[:place].rstrip(" .")
        after = low[place + 1 : stop].lstrip(" .")[:2]
        last = before[-4:].replace(")", "x")
        if len(last) == 4 and last.isalnum() and " " in before and after.replace("(", "x").isalpha() and len(after) == 2:
            return len(before)
        place = low.find(". ", place + 1, stop)
    return stop


def _without_initials(text: str) -> str:
    """Take the clerk's initials or name off the end, where brackets hold nothing else."""
    bare = text.rstrip(" .")
    while bare[-1:] == ")":
        start = bare.rfind("(")
        if bare.find(")", start) < len(bare) - 1:
            start = bare.rfind("(", 0, start)
        inner = bare[start + 1 : -1].strip() if start > 0 else ""
        if start <= 0 or len(inner) > 60 or not _is_of_a_clerk(inner) or ("," not in inner and bare[start - 1].isalnum()):
            break
        bare = bare[:start].rstrip(" .")
        text = bare
    return text


@lru_cache(maxsize=4096)
def _is_of_a_clerk(inner: str) -> bool:
    """Whether what stands in brackets is a clerk's initials or name, or a machine's; the same few sign most of a docket."""
    if inner.lower() in _WORDS_OF_A_TITLE or _INITIALS.match(inner) is None or inner[:1].isdigit() or inner[1:3].isdigit():
        return False
    return not (inner.islower() and len(inner) > 4 and "," not in inner and inner not in ("batch", "admin", "auto", "system"))


def quoting_groups(text: str, low: str) -> Iterator[tuple[int, int, str]]:
    """Groups that quote other entries, list attachments or stamp the entry: start, end, and the word that shows which."""
    place = 0
    while (found := _QUOTE.search(low, place)) is not None:
        start, inner, word = found.start(), found.start(1), found[1]
        end = closing(text, start)
        # Templates of some courts open twice and close once: "(RE: (related document(s) 18 Motion filed by X) Hearing …".
        doubled = low.find("(related", inner, inner + 14)
        if doubled > 0:
            close = closing(text, doubled)
            end = close if not text[close:].lstrip().startswith(")") else end
        yield start, end, word
        place = max(end, start + 1)


def without_attachments(text: str) -> str:
    """The text with its attachment list blanked, place for place."""
    found = _ATTACHMENTS.search(text) if "ttachment" in text else None
    if found is None:
        return text
    end = closing(text, found.start())
    return text[: found.start()] + " " * (end - found.start()) + text[end:]


def attachments(text: str) -> tuple[Attachment, ...]:
    """Read the attachment list of a docket text, in the three ways courts print it.

    `# 1 Exhibit # 2 Order` (docket report), `(1) Exhibit (2) Order` (notice by mail), `1 Exhibit A2 Exhibit B` (flattened).
    """
    found = _ATTACHMENTS.search(text)
    if found is None:
        return ()
    end = closing(text, found.start())
    inner = text[found.end() : end - 1 if text[end - 1 : end] == ")" else end]
    for separator in (_HASHED, _BRACED):
        places = list(separator.finditer(inner))
        if places and not inner[: places[0].start()].strip(" #"):
            break
    else:
        places = list(_counted(inner))
    ends = [place.start() for place in places[1:]] + [len(inner)]
    return tuple(
        Attachment(number=int(place[1]), description=" ".join(inner[place.end() : stop].split()).strip(" ,"))
        for place, stop in zip(places, ends, strict=True)
    )


def _counted(text: str) -> Iterator[re.Match[str]]:
    """Matches of 1, 2, 3 … in a flattened list, each the first to stand before a word."""
    place, number = 0, 1
    while (found := re.compile(rf"({number})\s+(?=[A-Z\"'(])").search(text, place)) is not None:
        if number == 1 and found.start() > 0:
            return
        yield found
        place, number = found.end(), number + 1
