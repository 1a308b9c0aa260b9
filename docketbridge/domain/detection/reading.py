"""What one event name or one docket text says: its paper, what the paper is about, and what the two together mean."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from docketbridge.domain.detection.amended_schedules import schedules_named
from docketbridge.domain.detection.docket_text import DocketText
from docketbridge.domain.detection.readings import Reading
from docketbridge.domain.detection.related_entries import quoted_titles
from docketbridge.domain.detection.subjects import AMENDING, CUT_SHORT, WORDS, is_generic, normal_name, subject_of, told_subject
from docketbridge.domain.detection.vocabulary import LOSS_MITIGATION, NOTHING, Meaning, Title, Vocabulary
from docketbridge.domain.events import EventKind

# Marks after which nothing else counts: fee receipts, transcripts, meetings, petitions, counsel leaving.
DISMISSED = frozenset({"receipt", "meeting", "petition", "not-a-withdrawal"})
# Marks that outrank an ordinary name when a text and an event name disagree (deciding rules 1, 2 and 5).
OUTRANKING = frozenset({"corrective", "withdrawal", "service", "proposed", "hearing"})
# What an entry of the LM family may be whose paper the vocabulary has no meaning for.
_LM_UNREAD = (EventKind.LM_NOTICE, EventKind.LM_RESPONSE_OTHER)
# What a motion may ask that says nothing of itself and only names an LM entry as related.
_LM_MOTIONS = (EventKind.LM_EXTENSION_REQUEST, EventKind.LM_MOTION_TERMINATE, EventKind.LM_MOTION_COMPEL, EventKind.LM_REQUEST)
# Papers that are of one kind within loss mitigation and of one other kind outside it, whatever else they are about.
_OF_TWO_KINDS = frozenset({"withdrawal", "service", "corrective", "proposed"})
_ASKING = frozenset({"motion", "order", "denial", "stipulation"})
_JOINABLE = frozenset({"dismissal", "conversion", "stay", "reinstatement", "lm", "loan_mod", "confirmation"})
_JOINED = re.compile(
    r"^(?:[ ,;]|case|chapter \d+|proceeding|of|the|from|to|7|11|12|13|debtor'?s?|petition"
    r"|without prejudice|with prejudice|plan)*"
    r"\b(?:or|and|and/or|alternatively)\b,?(?: in the)?(?: alternative(?:ly)?)?,?(?: (?:to|for|motion (?:to"
    r"|for)|order))?(?: approv\w+)? *$"
)
_HELD_MINUTES = re.compile(
    r"(?:[;.)]|^) ?(?:\w+ ){0,2}(?:hearing|conference) (?:was |has been )?(?:held|continued|adjourned"
    r"|concluded|cancelled)(?: and \w+)?(?:[.;,]|$)"
    r"|\brecord made\b"
)
_NOTICE_OF_MOTION = re.compile(r"^\W*(?:\w+ ){0,2}?notice of (?:\w+ )?(?:motion|application)\b(?!s? and\b)")
_AND_MOTION = re.compile(r"\band (?:\w+ )?(?:motion|application) (?:to|for)\b")
_MOTION_WORD = re.compile(r"\b(?:motion|application|request)\b")
_GRANTS = re.compile(r"\b(?:grant(?:ed|ing|s)|allow(?:ed|ing|s)|approv(?:ed|ing|es))\b")
_STATES_NOTHING = re.compile(r"\bendorsed\b|\border\W+(?:dated|on|re|regarding|respecting|concerning|in re)\b|\border$")
# Papers that no hearing held makes minutes of.
_HEARD_NOWHERE = DISMISSED | _OF_TWO_KINDS
# Papers whose meaning rests on more than the title: on what they quote, or on the words after the filer.
_NEVER_SETTLED = frozenset({"hearing", "hearing-asked", "default", "stipulation", "letter", "denial"})
# An inverted name that ends so goes on with its own first words: `Loss Mitigation, Request for`.
_LEADS_ON = (" of", " for", " to", " re")
_CONSENTS = re.compile(r"\bconsent(?:s|ing|ed)?\b|\bno objection\b|\bnot oppos\w+|\bnon-?opposition\b|\bdoes not object\b")
_OPPOSES = re.compile(r"\b(?:oppos|object)\w*(?! due| deadline|ions? due|ions? deadline|ions?/resp)")


def read_name(name: str, vocabulary: Vocabulary) -> Reading:
    """Read a bare event name, which tells neither filer nor text nor related documents."""
    head = normal_name(name)
    if (own := vocabulary.own_name(head)) is not None:
        return Reading(kinds=(own.kind,), rule=own.id, quote=name)
    inverted = ", " in head
    if inverted and head.endswith(_LEADS_ON) and (turned := _turned(head, vocabulary)) is not None:
        return replace(turned, quote=name)
    reading = _read(DocketText(head=name, plain=name, quotes=()), head, vocabulary)
    if inverted and (not reading.decides or reading.candidates == _LM_UNREAD):
        turned = _turned(head, vocabulary)
        if turned is not None:
            return replace(turned, quote=name)
    bare = reading.subject == NOTHING and all(word in vocabulary.generic_words for word in WORDS.findall(head))
    return replace(reading, generic=bare and reading.paper not in ("withdrawal", "service", "corrective", "receipt"))


def _turned(head: str, vocabulary: Vocabulary) -> Reading | None:
    """An inverted name read the other way round: `Affidavit, Service`, `Loss Mitigation, Request for` (EVENTS.md 3)."""
    first, _, last = head.partition(", ")
    turned = (f"{last} {first}", f"{first} of {last}")
    for words in turned if last.endswith(_LEADS_ON) else reversed(turned):
        reading = _read(DocketText(head=words, plain=words, quotes=()), words, vocabulary)
        if reading.decides and reading.candidates != _LM_UNREAD:
            return reading
    return None


def settled_by_title(title: str, low: str, vocabulary: Vocabulary) -> Reading | None:
    """What a text says where its title alone settles that, as read once before; None where the whole must be read.

    `low` is the whole text in lower case. Most entries are one of a few thousand titles; the rest of them need not be read.
    """
    known = vocabulary.settled.get(normal_name(title))
    if known is None or vocabulary.may_be_marked(low):
        return None
    if known.subject == NOTHING and known.paper not in DISMISSED and vocabulary.may_concern_loss_mitigation(low):
        return None
    if known.paper not in _HEARD_NOWHERE and ("hearing" in low or "record made" in low):
        return None
    return known


def read_text(parts: DocketText, vocabulary: Vocabulary) -> Reading:
    """Read a docket text that has been parted into its head, its own words and what it quotes."""
    own = own_reading(parts, vocabulary)
    return own if own is not None else _read(parts, normal_name(parts.head), vocabulary)


def own_reading(parts: DocketText, vocabulary: Vocabulary) -> Reading | None:
    """What a court's own event name at the start of a text says; the mark of an error outranks it (deciding rule 1)."""
    title = vocabulary.own_name(normal_name(parts.head)) if vocabulary.names else None
    if title is None or vocabulary.is_marked_anywhere(normal_name(parts.plain)):
        return None
    return Reading(kinds=(title.kind,), rule=title.id, quote=parts.head)


def _read(parts: DocketText, head: str, vocabulary: Vocabulary) -> Reading:
    plain = normal_name(parts.plain)
    paper, title = vocabulary.is_marked_anywhere(plain), None
    by_title = bool(head) and not paper
    head = head or plain
    if not paper:
        paper, title = vocabulary.first_look(head)
    if paper in DISMISSED:
        reading = Reading(kinds=(EventKind.NONE,), rule=paper, paper=paper, quote=parts.head[:80])
    elif title is not None:
        reading = _titled(*title, parts)
        by_title = by_title and reading.subject != "schedules"
    else:
        marked = bool(paper)
        paper = paper or _paper(head, plain, parts, vocabulary)
        reading = _meant(paper, head=head, plain=plain, parts=parts, vocabulary=vocabulary)
        by_title = by_title and _settles(reading, paper, head, vocabulary, marked=marked)
    if by_title:
        vocabulary.settle(head, reading)
    return reading


def _settles(reading: Reading, paper: str, head: str, vocabulary: Vocabulary, *, marked: bool) -> bool:
    """Whether the title alone made the reading, so that every text of this title says the same but for its marks."""
    if paper in _OF_TWO_KINDS:
        return marked and reading.subject == NOTHING and reading.quote == head[:80]
    if marked or reading.candidates or paper in _NEVER_SETTLED or (paper == "order" and _leaves_open(head, vocabulary)):
        return False
    if paper == "motion" and _NOTICE_OF_MOTION.search(head):
        return False
    found = vocabulary.subjects.earliest(head)
    if found is not None:
        return found[0] != "mediation"
    return not (CUT_SHORT.search(head) or is_generic(head, vocabulary))


def _subject_of(kind: EventKind) -> str:
    """The subject a titled kind is about, so that a text's closer word on the same subject is not a contradiction."""
    return {
        EventKind.AMENDED_SCHEDULES: "schedules",
        EventKind.CASE_CLOSED: "closing",
        EventKind.DISCHARGE: "discharge",
        EventKind.PLAN: "plan",
        EventKind.AMENDED_PLAN: "plan",
        EventKind.LM_PLAN_BOX: "plan",
    }.get(kind, kind.value)


def _titled(title: Title, words: str, parts: DocketText) -> Reading:
    """The reading of a title; amendments of Schedules I and J are told from others by what the free text names (EVENTS.md 7)."""
    kind, rule = title.kind, title.id
    if kind is EventKind.AMENDED_SCHEDULES and set(schedules_named(parts.plain)) & {"I", "J"}:
        kind, rule = EventKind.AMENDED_SCHEDULES_IJ, "schedules-ij"
    return Reading(kinds=(kind,), rule=rule, quote=words, subject=_subject_of(title.kind))


def _paper(head: str, plain: str, parts: DocketText, vocabulary: Vocabulary) -> str:
    found = vocabulary.papers.earliest(head)
    if found is None:
        return NOTHING
    paper = found[0]
    if (
        paper not in ("order", "hearing")
        and ("hearing" in plain or "record made" in plain)
        and _HELD_MINUTES.search(plain, len(head))
    ):
        return "hearing"
    if paper in ("report", "support", "notice", "letter") and _AND_MOTION.search(head):
        return "motion"
    if paper == "motion" and _NOTICE_OF_MOTION.search(head) and any(_of_a_motion(quote) for quote in parts.quotes):
        return "notice"
    return paper


def _of_a_motion(quote: str) -> bool:
    """Whether a related entry may be the motion that a notice of motion gives notice of; a bare number may be."""
    titles = quoted_titles(quote)
    return any(_MOTION_WORD.search(title.lower()) for title in titles) or not any(WORDS.search(title.lower()) for title in titles)


def _leaves_open(head: str, vocabulary: Vocabulary) -> bool:
    """Whether the title of an order leaves it to the rest to say what was decided."""
    return _STATES_NOTHING.search(head) is not None or is_generic(head, vocabulary)


def _is_denial(head: str, plain: str, vocabulary: Vocabulary) -> bool:
    """Deciding rule 4: denied before granted, but "in part" stays an order; the head speaks before the rest."""
    unstated = _leaves_open(head, vocabulary)
    for words in (head, plain) if unstated else (head,):
        refused = vocabulary.denial.search(words)
        if refused is not None:
            return vocabulary.partly.search(words) is None
        if _GRANTS.search(words):
            return False
    return False


def _meant(paper: str, *, head: str, plain: str, parts: DocketText, vocabulary: Vocabulary) -> Reading:
    if paper == "order" and _is_denial(head, plain, vocabulary):
        paper = "denial"
    if paper in _OF_TWO_KINDS and not vocabulary.may_concern_loss_mitigation(plain, *parts.quotes):
        subject, words, quote = NOTHING, head, head[:80]
    else:
        subject, words, quote = subject_of(paper, head=head, plain=plain, parts=parts, vocabulary=vocabulary)
    if paper == "motion" and subject == "lm" and quote not in head and quote not in plain and not AMENDING.search(head):
        return Reading(kinds=(), candidates=_LM_MOTIONS, rule="lm-bare-motion", quote=quote, paper=paper, subject=subject)
    meaning = vocabulary.meaning(paper=paper, subject=subject, head=words)
    if meaning is not None and meaning.candidates and paper == "response":
        # "Response filed by Creditor X consenting": which way it answers may stand after the filer's name.
        if _CONSENTS.search(plain):
            meaning = vocabulary.meaning(paper="consent", subject=subject, head=words)
        elif _OPPOSES.search(plain):
            meaning = vocabulary.meaning(paper=paper, subject=subject, head=f"opposition {words}")
    if meaning is None and paper in _ASKING:
        meaning = _alternative(paper, words, vocabulary)
    if meaning is None:
        if subject in LOSS_MITIGATION and (paper or quote in head):
            return Reading(
                kinds=(),
                candidates=_LM_UNREAD,
                rule="lm-unread",
                quote=quote,
                paper=paper,
                subject=subject,
            )
        return Reading(kinds=(EventKind.NONE,), quote=quote, paper=paper, subject=subject)
    reading = _as_reading(meaning, paper=paper, subject=subject, quote=quote)
    if paper in _ASKING and reading.kinds:
        return _with_joined(reading, words, vocabulary)
    return reading


def _alternative(paper: str, words: str, vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of what is asked in the alternative, where what is asked first matters to no program."""
    place = words.find("in the alternative")
    found = told_subject(words[place:], vocabulary) if place >= 0 else None
    return vocabulary.meaning(paper=paper, subject=found[0], head=words[place:]) if found else None


def _as_reading(meaning: Meaning, *, paper: str, subject: str, quote: str) -> Reading:
    kinds = (meaning.kind,) if meaning.kind is not None else ()
    return Reading(kinds=kinds, candidates=meaning.candidates, rule=meaning.id, quote=quote, paper=paper, subject=subject)


def _with_joined(reading: Reading, words: str, vocabulary: Vocabulary) -> Reading:
    """Add the further meaning of a combined paper: "dismiss case or, in the alternative, convert"."""
    found = vocabulary.subjects.all(words)
    kinds = list(reading.kinds)
    for (_, before), (name, after) in pairwise(found):
        if name in _JOINABLE and name != reading.subject and _JOINED.search(words[before[1] : after[0]]):
            joined = vocabulary.meaning(paper=reading.paper, subject=name, head=words)
            if joined is not None and joined.kind is not None:
                kinds.append(joined.kind)
    return replace(reading, kinds=tuple(dict.fromkeys(kinds)))
