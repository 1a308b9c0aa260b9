"""What a paper is about: the subject its own words name, else what it quotes, and where each may look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docketbridge.domain.detection.docket_text import DocketText
from docketbridge.domain.detection.related_entries import quoted_titles
from docketbridge.domain.detection.vocabulary import LOSS_MITIGATION, NOTHING, Vocabulary

# Papers about other papers: what they quote says what they are about.
_QUOTING = frozenset({"hearing", "hearing-asked", "withdrawal", "service", "corrective", "proposed"})
_NEVER_QUOTING = frozenset({"stipulation", "letter"})
_TELLING = frozenset({"notice", "support", "report", "letter", "response", "reply", "motion", "order", "consent"})
AMENDING = re.compile(r"\b(?:amend|correct|supplement|modif|renew)\w*\b")
CUT_SHORT = re.compile(r"\b(?:motion|application|objection|request|order|stipulation)$")
# Names of filers and parties tell nothing of what a paper is about: a firm may be called after loan modification.
_RE_MOTION = re.compile(r"^[ .]*re:? \d+ (?:\w+ ){0,3}?(?:motion|application)\b")
_NAMES = re.compile(r"\bfiled by\b|\bon behalf of\b")
_RE = re.compile(r"[ .,(-]*re\b")
_UNDOING = re.compile(r"\b(?:vacat\w*|reconsider\w*|set(?:ting)? aside|reinstat\w*|rescind\w*)\b")
_SENTENCE = re.compile(r"(?<=[.;])")
WORDS = re.compile(r"[a-z]+")
PLAIN_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_PREFIX = re.compile(r"^(?:[\s.*~]|util(?:ity)? ?- |[a-z]?~)+")
_HEAD_DATE = re.compile(r"\b(?:signed|entered|dated|filed)?,? ?(?:on )?\d{1,2}/\d{1,2}/\d{2,4}\b")


def normal_name(text: str) -> str:
    """Bring an event name or head to the vocabulary's form: lower case, plain signs, no leading dots or `~Util -`."""
    low = (text if text.isascii() else text.translate(PLAIN_SIGNS)).lower()
    if low[:1].isalnum() and not low.startswith("util"):
        return low
    return _PREFIX.sub("", low).strip()


def subject_of(paper: str, *, head: str, plain: str, parts: DocketText, vocabulary: Vocabulary) -> tuple[str, str, str]:
    """What the paper is about, the words that say so (for the finer patterns) and the quote for the evidence."""
    found = told_subject(head, vocabulary)
    if found is not None and found[0] == "mediation":
        later = _mediated_loan(head=head, plain=plain, parts=parts, vocabulary=vocabulary)
        if later is not None:
            return later
    if found is not None and not (found[0] == "aside" and paper in _QUOTING) and found[0] != paper:
        return found[0], head, head[found[1][0] : found[1][1]]
    if found is None and paper in _TELLING:
        # "Notice of Substitution of Servicer re: Mortgage Modification Mediation": no LM matter is lost behind a "re".
        words = _NAMES.split(plain.removeprefix(head))[0]
        closer = told_subject(words, vocabulary) if _RE.match(words) else None
        if closer is not None and closer[0] in LOSS_MITIGATION:
            return closer[0], f"{head} {words}", words[closer[1][0] : closer[1][1]]
    undoing = _UNDOING.search(head)
    for words in _elsewhere(paper, head=head, plain=plain, parts=parts, vocabulary=vocabulary):
        if undoing:
            words = f"{undoing[0]} {words}"  # noqa: PLW2901 - "to vacate" and "order dismissing case" mean something together
        found = told_subject(words, vocabulary)
        if found is not None and found[0] != "aside":
            return found[0], f"{head} {words}", words[found[1][0] : found[1][1]]
    if paper == "default":
        return _defaulted_stay(plain=plain, parts=parts, vocabulary=vocabulary) or (NOTHING, plain, head[:80])
    return NOTHING, head, head[:80]


def _mediated_loan(*, head: str, plain: str, parts: DocketText, vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """A mediation whose further words, or what it quotes, say that it is one of loss mitigation."""
    for words in (plain.removeprefix(head), *_quoted(parts, vocabulary)):
        closer = told_subject(words, vocabulary)
        if closer is not None and closer[0] == "lm":
            return closer[0], f"{head} {words}", words[closer[1][0] : closer[1][1]]
    return None


def _defaulted_stay(*, plain: str, parts: DocketText, vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """The stay order that a certificate of default is under, wherever the entry names it."""
    for words in (plain, *_quoted(parts, vocabulary)):
        for name, (start, end) in vocabulary.subjects.all(words):
            if name == "stay":
                return name, f"{plain} {words}", words[start:end]
    return None


def told_subject(words: str, vocabulary: Vocabulary) -> tuple[str, tuple[int, int]] | None:
    """The earliest subject; a mediator is one of loss mitigation where the same words say so later."""
    found = vocabulary.subjects.earliest(words)
    if found is not None and found[0] == "mediation":
        return next((each for each in vocabulary.subjects.all(words) if each[0] == "lm"), found)
    return found


def _elsewhere(paper: str, *, head: str, plain: str, parts: DocketText, vocabulary: Vocabulary) -> Iterator[str]:
    """Where else a generic head may find its subject: its own further words, and the titles of what it quotes."""
    tail = plain.removeprefix(head)
    if paper in _QUOTING:
        yield from _quoted(parts, vocabulary)
        # What is due after a hearing ("amended plan due by") is not what was heard; its subject is called so.
        yield tail if "due" not in tail else " ".join(part for part in _SENTENCE.split(tail) if " due" not in part)
    elif paper in _NEVER_QUOTING and not AMENDING.search(head):
        yield _HEAD_DATE.sub(" ", tail)
        if paper == "stipulation" and is_generic(head, vocabulary):
            # A bare stipulation on a stay motion may grant, put off or end it: it is read as about the stay, and asked about.
            yield from (title for title in _quoted(parts, vocabulary) if _is_of_the_stay(title, vocabulary))
    elif CUT_SHORT.search(head) or is_generic(head, vocabulary):
        tail = _HEAD_DATE.sub(" ", tail)
        yield tail if CUT_SHORT.search(head) or _RE_MOTION.search(tail) else _NAMES.split(tail)[0]
        for title in _quoted(parts, vocabulary):
            yield f"{tail} {title}" if CUT_SHORT.search(head) else title


def _is_of_the_stay(title: str, vocabulary: Vocabulary) -> bool:
    found = vocabulary.subjects.earliest(title)
    return found is not None and found[0] == "stay"


def _quoted(parts: DocketText, vocabulary: Vocabulary) -> Iterator[str]:
    """Titles of the quoted entries, those of the LM family first: no LM matter is lost behind another."""
    titles = [normal_name(title) for quote in parts.quotes for title in quoted_titles(quote)]
    concerns = [title for title in titles if (found := vocabulary.subjects.earliest(title)) and found[0] in ("lm", "loan_mod")]
    yield from concerns
    yield from (title for title in titles if title not in concerns)


def is_generic(head: str, vocabulary: Vocabulary) -> bool:
    """Whether a head says no more than what sort of paper it is; two words of a name or number beside that are allowed."""
    bare = _HEAD_DATE.sub(" ", head)
    unknown = [word for word in WORDS.findall(bare) if len(word) > 1 and word not in vocabulary.generic_words]
    return len(unknown) <= 2
