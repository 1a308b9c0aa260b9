"""Which entries a docket text names as related: their document numbers, and their titles where it quotes them."""

from __future__ import annotations

import re
from operator import itemgetter

from docketbridge.domain.detection.brackets import blanked, closing
from docketbridge.domain.detection.docket_text import LONGEST, head_of, quoting_groups, without_attachments

# What the title of a docket entry begins with: a number before one of these is a document number, not a house number.
_TITLE = re.compile(
    r"(?:\d+(?:st|nd|rd|th) |[\w.]+'s |[\w]+s' )?(?:"
    r"first|second|third|fourth|fifth|sixth|amended|modified|modification|corrected|emergency|ex[- ]parte"
    r"|joint|generic|verified|consent|"
    r"agreed|stipulat\w+|uncontested|unopposed|supplemental|renewed|pre-?confirmation|post-?confirmation"
    r"|proposed|interim|final|"
    r"trustee|u\.?s\.? trustee|court|limited|standing|text|bench|loss|mortgage|loan|lender|chapter \d+|ch\.? ?\d+|"
    r"model|bnc|minute|virtual|endorsed|memorandum|report|voluntary|involuntary|adversary|application"
    r"|motions?|orders?|objections?|"
    r"responses?|reply|opposition|notice|certificat\w*|affidavit|affirmation|declaration|statement"
    r"|schedules?|plan|petition|withdrawal|"
    r"request|amendment|hearing|meeting|transcript|judgment|complaint|answer|summons|claims?|proof"
    r"|transfer|assignment|exhibits?|"
    r"documents?|letter|brief|support|disclosure|financial|employment|discharge|dismissal|default|praecipe|relief|compensation|"
    r"fees?|appeal|suggestion|substitution|addendum|reaffirmation|redemption|list|cover|deficiency"
    r"|incomplete|requirement|confirmation|"
    r"clerk|agreement|set|continuance|extension|adjournment|compromise|status|operating|matrix|tax|corporate|means|payment|"
    r"mediat\w+|lmp?|lmm|mmm|lm/mm|crossclaim|counterclaim|third-party|appointment|determination"
    r"|correct\w+|cross|warning|directive|certified|"
    r"bond|subpoena|witness|points|opinion|findings|release|remark|scheduling|pre-?trial|joinder|rejection|assumption|bill|"
    r"ballots?|creditor|debtor|administrative|omnibus|quarterly|monthly|periodic|preliminary|initial|sale"
    r"|abandonment|avoid|lien|modify|"
    r"sell|use|incur|retain|employ|appoint|extend|shorten|dismiss|convert|compel|vacate|reopen|reconsider|"
    r"reinstate|strike|approve|participate|terminate|referral|seal|redact\w*|rescheduled?|continued"
    r"|adjourned|granting|denying|verification|"
    r"341|meeting|summary|balance|designation|selection|contact|line|bankruptcy|combined|pro hac|deposition)\b",
    re.IGNORECASE,
)
_NUMBER = r"[\s\[(#]*(\d{1,5})(?:-\d{1,3})?\s*[\])]*"
_MARK = re.compile(
    r"""
      related\s+to\s+(?:motions?|documents?|docs?)\.?(?:\(s\))?\s*[:\#]*              # (related to motions(s) 18 )
    | related\s+(?:\[\+\]\s*)?(?:docket\s+)?(?:documents?|doc(?:ket)?s?|entr(?:y|ies)|items?)\.?(?:\(s\))?
      \s*(?:no\.?s?)?\s*[:\#.]*
    | re(?:lating\sto|\ )?:?\s*(?:docket|document|doc|item|entry|ecf|dkt)s?\.?(?:\(s\))?
      \s*(?:no\.?s?|entry|entries)?\s*[:\#.]*(?=\s*[\[(\#]*\d)
    | re:?\s*\#?(?=\s*[\[(]?\d)                                                       # (Re: 296 Notice), Order Re: 26 Motion
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CANDIDATE = re.compile(r"re(?:lat|:| ?[#\[(\d]| (?:doc|item|entry|ecf|dkt))")
_RE = re.compile(r"(?:re|ref)\b:?\s*\(?", re.IGNORECASE)
_ITEM = re.compile(_NUMBER)
_BARE_NEXT = re.compile(r"\s*(?:[,;&]|\band\b)?\s*(?:and\s+)?" + _NUMBER + r"(?=\s*(?:[,;&)\]]|$|and\s+\d))")
_NEXT = re.compile(r"(?:[,;&]|\band\b)\s*(?:and\s+|&\s*)?(?:docs?\.?\s*#?\s*|#\s*)?" + _NUMBER + r"\.?\s+", re.IGNORECASE)
_INLINE = re.compile(r" [\[(]?#?(\d{1,4})(?:-\d{1,3})?[\])]? +(?=[A-Za-z'\d])")
_WORD_BEFORE = re.compile(r"([A-Za-z]+)[.:]?$")
_BEFORE_A_NUMBER = frozenset(
    [
        "granting",
        "granted",
        "grant",
        "denying",
        "denied",
        "deny",
        "allowing",
        "approving",
        "regarding",
        "on",
        "to",
        "of",
        "overruling",
        "sustaining",
        "withdrawal",
        "withdrawing",
        "withdraw",
        "striking",
        "strike",
        "vacating",
        "vacate",
        "continuing",
        "rescheduling",
        "resolving",
        "part",
        "rejecting",
        "moot",
        "re",
        "disapproving",
        "confirming",
        "setting",
        "amending",
        "modifying",
        "supporting",
        "for",
        "with",
        "hearing",
        "the",
        "doc",
        "document",
        "docket",
        "ecf",
        "item",
        "against",
        "terminating",
        "opposing",
    ]
)
_DEEPEST = 3
# A citation of its own between brackets, with nothing but numbers in it: `[ECF Nos. 22 and 24]`, `(Dkt. 7-1)`, `[Docket No. 5]`.
# `(Doc. No. 1)` is left out: courts print it behind the titles of papers that a certificate or a letter only lists.
_CITED = re.compile(
    r"""
      (?:\[|\()\s*(?:
        (?:ECF|Dkt)\.?(?:\s*Entr(?:y|ies))?\s*(?:No(?P<several>s)?\b\.?)?\s*:?
        (?P<parts>\s*\#?\d{1,5}(?:-\d{1,3})?(?:\s*(?:,\s*and\b|,\s*&|,|;|&|\band\b)\s*\#?\d{1,5}(?:-\d{1,3})?)*)
      | Docket\s+Nos?\b\.?\s*:?
        (?P<whole>\s*\#?\d{1,5}(?:\s*(?:,\s*and\b|,\s*&|,|;|&|\band\b)\s*\#?\d{1,5})*)
      )\s*(?:\]|\))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PART = re.compile(r"(\d+)(?:-(\d+))?")
_LONGEST_RANGE = 30
_BRACKETED = re.compile(r"\(\[(\d{1,4})(?:-\d{1,3})?\]\)")


def related_documents(text: str) -> tuple[int, ...]:
    """Read the document numbers that a docket text names as related, in its order, each once.

    Numbers inside the quoted words of a related entry belong to that entry and are left out.
    """
    bare = without_attachments(text[:LONGEST])
    low = bare.lower()
    numbers: list[tuple[int, int]] = []
    own: list[str] = []
    taken = kept = place = 0
    while (candidate := _CANDIDATE.search(low, place)) is not None:
        start = candidate.start()
        place = start + 2
        if start and low[start - 1].isalnum():
            continue
        mark = _MARK.match(bare, start)
        if mark is None:
            continue
        opening = start - 1
        while opening >= 0 and low[opening] in " :re":
            opening -= 1
        bracketed = opening >= taken and bare[opening] in "(["
        if bracketed:
            end = closing(bare, opening)
            if end <= mark.end():
                continue
            numbers += [(start, number) for number in _items(blanked(bare[mark.end() : end - 1]))]
        else:
            item = _ITEM.match(bare, mark.end())
            titled = (
                low.startswith("related", start)
                or "#" in bare[start : mark.end() + 3]
                or (item is not None and _TITLE.match(bare, item.end() + _blanks(bare, item.end())))
            )
            if item is None or not titled:
                continue
            numbers.append((start, int(item[1])))
            end = item.end()
        taken = place = max(end, place)
        own.append(bare[kept:start])
        own.append(" " * (taken - start))
        kept = taken
    rest = "".join(own) + bare[kept:] if own else bare
    further = _inline(rest)
    if "ecf" in low or "dkt" in low or "docket no" in low:
        further += _cited(rest)
    if further:
        numbers = sorted(numbers + further, key=itemgetter(0))
    return tuple(dict.fromkeys([number for _, number in numbers if number])) if numbers else ()


def _inline(own: str) -> list[tuple[int, int]]:
    """Places and numbers in an entry's own words: `Order Granting 503 Motion …`, `… ([35]) filed by`; one pass."""
    numbers: list[tuple[int, int]] = []
    depth = seen = 0
    for found in _INLINE.finditer(own):
        place = found.start()
        last = own[place - 1 : place]
        if not (last.isalpha() or last in ".:"):
            continue
        before = _WORD_BEFORE.search(own, max(0, place - 15), place)
        if before is None or before[1].lower() not in _BEFORE_A_NUMBER or not _TITLE.match(own, found.end()):
            continue
        depth += own.count("(", seen, place) - own.count(")", seen, place)
        seen = place
        if depth <= 0 or own.endswith((" (", " (#"), 0, found.start(1)):
            numbers.append((place, int(found[1])))
    if "([" in own:
        numbers += [(found.start(), int(found[1])) for found in _BRACKETED.finditer(own)]
    return numbers


def _cited(own: str) -> list[tuple[int, int]]:
    """Places and numbers of the citations in an entry's own words: `Nos. 22-24` are three, `No. 22-1` is part of one."""
    numbers: list[tuple[int, int]] = []
    for found in _CITED.finditer(own):
        for first, behind in _PART.findall(found["parts"] or found["whole"]):
            start, end = int(first), int(behind or 0)
            last = end if found["several"] and start < end <= start + _LONGEST_RANGE else start
            numbers += [(found.start(), number) for number in range(start, last + 1)]
    return numbers


def quoted_titles(quote: str, *, depth: int = 0) -> tuple[str, ...]:
    """The titles of the entries that one group quotes, each cut to its own head: `22 Motion …, 24 Objection` gives two.

    What those entries quote in their turn follows, three levels down: no court prints more, and a hostile text may.
    """
    mark = _MARK.match(quote) or _RE.match(quote)
    place = mark.end() if mark else 0
    again = _MARK.match(quote, place) if mark else None
    place = again.end() if again else place
    if (item := _ITEM.match(quote, place)) is not None:
        place = item.end()
    starts = [place]
    ends: list[int] = []
    for found in _NEXT.finditer(blanked(quote), place):
        if _TITLE.match(quote, found.end()):
            ends.append(found.start())
            starts.append(found.end())
    ends.append(len(quote))
    titles = (quote[start:end] for start, end in zip(starts, ends, strict=True))
    own = [cut for title in titles if (cut := head_of(" ".join(title.split()), len(title)))]
    if depth >= _DEEPEST:
        return tuple(own)
    rest = quote[place:]
    nested = (rest[start + 1 : end] for start, end, _ in quoting_groups(rest, rest.lower()))
    return tuple(own + [title for group in nested for title in quoted_titles(group, depth=depth + 1)])


def _blanks(text: str, place: int) -> int:
    return len(text[place : place + 3]) - len(text[place : place + 3].lstrip())


def _items(text: str) -> list[int]:
    """Document numbers at the start of a list and before its later titles."""
    first = _ITEM.match(text)
    if first is None:
        return []
    numbers = [int(first[1])]
    place = first.end()
    while bare := _BARE_NEXT.match(text, place):
        numbers.append(int(bare[1]))
        place = bare.end()
    if "," not in text and ";" not in text and "and" not in text and "AND" not in text and "&" not in text:
        return numbers
    later = _NEXT.finditer(text, max(place - 1, 0))
    return numbers + [int(found[1]) for found in later if found.start(1) >= place and _TITLE.match(text, found.end())]
