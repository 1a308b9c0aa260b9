"""The dates a docket text states for itself: hearings, deadlines, service, signing, and the dates of an LM order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from docketbridge.domain.events import OrderDates

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
DAY = (
    r"(?:\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{1,2}/\d{2}|\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4}|"
    rf"(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_CLOCK = re.compile(r"\d(?::\d\d|\s*[ap]\.?\s*m)")
_NUMERIC = re.compile(r"\b(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4})\b")
_MONTH_NAMED = re.compile(r"\d,? (?:19|20)\d\d\b")
_DAY = re.compile(rf"\b{DAY}\b")
_TIME = re.compile(
    r"[ ,]*(?:hearing time:? ?|at|@|,|-)?\s*\(?(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])\.?\s*m\b\.?|[ ,]*(?:at"
    r"|@)\s*(\d{1,2})\s*([ap])\.?m\b\.?|[ ,]*(?:at|@)\s*(noon)\b",
)
# 2-digit years before this are of this century; the oldest docket lines seen are of 1992.
_PIVOT = 70

_SETS = re.compile(
    r"\b(?:hearings?|conferences?|trial|confirmation|matters?|motion|calendar|argument|adjourned|continued|rescheduled)\b",
)
_LEADS = re.compile(
    r"(?:\b(?:for|to|on|at|until|set|scheduled|date is|date:|held|rescheduled|continued|adjourned|will be"
    r"|time:|hearing|conference)\b|[:(@,-])\s*(?:the \w+ of )?(?:(?:mon|tues|wednes|thurs|fri)day,? )?$",
)
_SETTING = re.compile(
    r"\b(?:schedul\w+|set|to be held|will be held|shall be held|be heard|held on|continued?|continuing"
    r"|rescheduled?|rescheduling|reset|adjourn\w*|moved|postponed|"
    r"noticed|hearing date|(?:hearing|conference|trial)(?: \w+){0,3} (?:on|for|date|at|is))\b",
)
_NO_HEARING = re.compile(
    r"(?:\bfrom|\bpresentment\b[^;]{0,30}|\bdue\b[^.;]{0,12}|\bdeadline\b[^.;]{0,25}|\b(?:was"
    r"|were) held(?: on)?:?|\bheld on:?|\bheld:?|\bmediation session\b[^.;]{0,30}|"
    r"\b(?:original|previous|prior)\w* [^.;]{0,40}|\bsigned on|\bfiled on|\bentered on|\bdated|\blast day\b[^.;]{0,40})\s*$",
)
_MEETING = re.compile(r"\b(?:meetings?\b(?: of creditors)?|341(?:\(a\))? meeting)[^.;]{0,40}$")
# How much of a text after the time is looked at for the place, in characters.
_ROOM = 240
# How far before a day the words stand that make it no hearing, in characters.
_NEAR = 80
_TO_COME = re.compile(r"\b(?:to|will|shall) be (?:held|heard)\b[^.;]{0,60}")
_TO_BE = re.compile(r"\b(?:to be|will be|shall be|be) held(?: on)?:?\s*$")
_PLACE = re.compile(
    r"^[ ,.]*(?:\(?(?:check with court[^)]*\)|e[sd]t|c[sd]t|m[sd]t|p[sd]t|eastern|central"
    r"|pacific)\)?)?[ ,.]*(?:in|at|before|@|location:?)?[ ,:]*",
)
_FOR_DOCUMENT = re.compile(r" for \d+(?:, ?\d+)*$")
# The sentence after the place: "Courtroom 1825. Ballots due"; streets and buildings are abbreviated with a dot too.
_NEXT_SENTENCE = re.compile(
    r"(?<!\b[Bb]lvd)(?<!\b[Bb]ldg)(?<!\b[Dd]ept)(?<=[\w)]{4})\.+ +(?=[A-Z][a-z]+ )|(?<=\))\. +(?=[A-Z])|, (?=[Aa]nswer )"
)
_PLACE_ENDS = re.compile(
    r"\s*(?:\.?\s*\((?!(?:judge|jmp|brl|[A-Z]{2,4})\b)|\.\s*$|\.\.|\.?\s+(?:filed by|signed on"
    r"|responses?\b|objections?\b|submit e-order|the following|last day|joint|check|appearance|"
    r"proof|status report|entered|re:|debtor|trustee|creditor|telephonic|hearing|confirmation|amended"
    r"|notice|no further|by agreement|reason|record made|on behalf|with|on \d+)\b|;\s)",
    re.IGNORECASE,
)

_DEADLINE = re.compile(
    rf"\b(?:(objections?)(?:/responses?| or responses?| and responses?| to (?:the )?(?:request|motion"
    rf"|confirmation)(?: of plan)?)*|(responses?|opposition|answers?)(?:/objections?"
    rf"| or objections?)*(?: to [\w ]{{1,40}}?)?)\b"
    rf"(?:[\w ]{{0,45}}?)\b(?:due|deadline|filed|must be|no later|served|is|date|by)\b(?: be)?(?: filed"
    rf"| served|and| with the court| due| date| deadline| set| is| was| no later than| on or before| by| on"
    rf"| for|:| than|,)* ?({DAY})",
)
_LAST_DAY = re.compile(
    rf"\b(?:last day|deadline) (?:to|for) (?:fil(?:e|ing) )?(?:of )?(?:an? |any |written )*(?:(object)\w*|(respon|oppos"
    rf"|answer)\w*)(?: to)? ?((?:the )?(?:confirmation|request|motion|plan|[\w ]{{0,30}}))?:? (?:is |by |of |on )?({DAY})",
)
_NOT_OURS = re.compile(
    r"\b(?:discharge\w*|dischargeability|case closing|exemptions?|claims?|complaints?|trustee|certain debts|appeal)\b",
)

_STATUS_DUE = re.compile(
    rf"\bstatus (?:report|letter)s?\b(?: is| are| to be| must be| shall be| filed| due| by| on|:"
    rf"| no later than| and served| or before)*(?: due| by| filed by) ?:?({DAY})",
)
_PLAN_DUE = re.compile(
    rf"\bplan(?: of reorganization)?\b(?: is| to be| must be| filed)* due(?: by| on|:|,)* ?({DAY})", re.IGNORECASE
)
_PERIOD_END = re.compile(
    rf"(?:\b(?:loss[ -]mitigation|mediation|lmp?|mmm|modification)\b[\w ,'/()-]{{0,60}}?\b(?:end(?:s|ing)?"
    rf"|expir\w+|terminates?|conclud\w+|complet\w+|through|until|period to|deadline(?: is)?)\b|"
    rf"\b(?:end|expiration|termination) of (?:the )?(?:loss[ -]mitigation|mediation)(?: period)?\b"
    rf"|\bto be (?:completed|concluded)\b)(?: is| to| on| by| or before| no later than|:| date| and including)* ?({DAY})",
)
_EXTENDED = re.compile(
    rf"\b(?:exten\w+|enlarg\w+|continu\w+|prolong\w+)\b(?:(?!hearing|conference)[^.;()]){{0,140}}?\b(?:to"
    rf"|until|through|thru|up to)(?: and including)?:? (?:and including )?({DAY})|\b(?:to be "
    rf"|be )?(?:completed|concluded)\b(?: by| on or before| no later than)* ({DAY})",
)
_SIGNED = re.compile(rf"\b(?:so ordered and )?signed(?: on| this|:)? ({DAY})")
_HELD = re.compile(
    rf"\b(?:hearing|conference|proceeding|minute\w*|trial)\b[^.;]{{0,40}}?\b(?:was |were )?(?:held|heard"
    rf"|date)(?: on|:)*\s*({DAY})|\bin reference to hearing on:? ({DAY})|\bheld on:? ({DAY})",
)
_PRESENTMENT = re.compile(rf"\bpresentment\b[^.;]{{0,40}}?({DAY})")
_SERVED = re.compile(
    rf"\b(?:service date|notice date|served|serv(?:ice|ed) (?:was )?(?:made |completed )?(?:on|by)"
    rf"|mail(?:ed)?|mailing|service via [\w/ -]{{2,20}} on)\b[^.;()]{{0,80}}?({DAY})"
    rf"|\b(?:service|served)\b[^.;]{{0,40}}?\b(?:via|by|through)\b[^.;]{{2,40}}? on ({DAY})",
)
_MAILED = re.compile(rf"\b(?:by|via) (?:first[ -]class |u\.?s\.? |regular |certified )*mail\b[^.;]{{0,40}}?\bon ({DAY})")
_CURE = re.compile(
    rf"\b(?:cur(?:e|ed|ing)|pay(?:ment)?s?|brought current|become current"
    rf"|bring\w* current)\b[^.;]{{0,60}}?\b(?:by|before|on or before|no later than)\b[^.;]{{0,15}}?({DAY})"
    rf"|\bunless\b[^.;]{{0,80}}?\b(?:by|before)\b ({DAY})",
)

_DATES = {
    "contacts_due": r"(?:contact (?:persons?|information|data)|designat\w+ (?:of )?contact)",
    "first_contact_due": r"(?:(?:initial|first) contact|contact (?:the )?debtor|creditors? (?:shall |to |must )?contact"
    r"|initial session)",
    "creditor_requests_due": r"(?:creditor\W{0,3}s? (?:information |document )?requests?|creditors? (?:shall "
    r"|to )?(?:transmit|request)\w*|lender\W{0,3}s? requests?)",
    "debtor_requests_due": r"(?:debtor\W{0,3}s? (?:information |document )?requests?|debtors? (?:shall |to )?(?:transmit"
    r"|request)\w*)",
    "status_due": r"(?:status reports?|written report|status letter)",
    "lm_end": r"(?:(?:loss[ -]mitigation|mediation|lmp?) (?:period )?(?:shall )?(?:ends?|expires?|terminates?"
    r"|concludes?)|(?:end|expiration|termination) of (?:the )?(?:loss[ -]mitigation|mediation)"
    r"|(?:loss[ -]mitigation|mediation)[\w ]{0,20} (?:completed|concluded|period ends?|end date|deadline))",
}
_ORDER_DATES = {name: re.compile(rf"\b{words}\b[^.;()]{{0,60}}?({DAY})") for name, words in _DATES.items()}


_SENTENCES = re.compile(r"(?<=[a-z0-9)])[.;] +(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A hearing set: local time of the court, the place as printed, and whether it is called a confirmation hearing."""

    start: datetime
    place: str | None
    confirmation: bool = False


def read_day(text: str) -> date | None:
    """Read one date in any of the ways courts print them; None when there is no such day."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)$", text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if text[0].isdigit():
            month, day, year = (int(part) for part in re.split("[/-]", text))
            if year < 100:
                year += 2000 if year < _PIVOT else 1900
            return date(year, month, day)
        name, rest = re.split(r"\.? ", text, maxsplit=1)
        numbers = re.findall(r"\d+", rest)
        return date(int(numbers[1]), _MONTHS[name.lower()], int(numbers[0]))
    except (ValueError, KeyError, IndexError):
        return None


def _first(pattern: re.Pattern[str], text: str) -> date | None:
    found = pattern.search(text.lower())
    return read_day(next(group for group in found.groups() if group)) if found else None


def _time_after(text: str, place: int) -> tuple[time, int] | None:
    found = _TIME.match(text, place)
    if found is None:
        return None
    if found[6]:
        return time(12), found.end()
    hour, minute = int(found[1] or found[4]), int(found[2] or 0)
    late = (found[3] or found[5]).lower() == "p"
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return time(hour % 12 + (12 if late else 0), minute), found.end()


def settings(text: str, *, meetings: bool = False) -> Iterator[Setting]:
    """Hearings that a text sets, in its order: future settings, never the date held, moved from, presented or due.

    With `meetings`, the 341 meeting that an entry of no program sets counts too; elsewhere it is no hearing.
    """
    low = text.lower()
    if _CLOCK.search(low) is None and "noon" not in low:
        return
    for found in (_DAY if _MONTH_NAMED.search(low) else _NUMERIC).finditer(low):
        clock = _time_after(low, found.end())
        if clock is None:
            continue
        begin = max(0, found.start() - 160)
        before = low[begin : found.start()]
        meeting = _MEETING.search(before) if "meeting" in before else None
        if meeting is not None and not meetings:
            continue
        if _NO_HEARING.search(before[-_NEAR:]) and not _TO_BE.search(before[-_NEAR:]):
            continue
        sentence = _SENTENCES.split(text[begin : found.start()])[-1].lower()
        if meeting is None and not (_SETS.search(sentence) and (_SETTING.search(sentence) or _LEADS.search(before))):
            continue
        day = read_day(found[0])
        if day is not None:
            yield Setting(
                start=datetime.combine(day, clock[0]),
                place=_place(text[clock[1] : clock[1] + _ROOM]),
                confirmation="confirmation" in sentence,
            )


def _place(text: str) -> str | None:
    begin = _PLACE.match(text.lower())
    rest = text[begin.end() if begin else 0 :]
    end = _PLACE_ENDS.search(f" {rest}")
    sentence = _NEXT_SENTENCE.search(rest)
    stop = min(end.start() - 1 if end else 120, sentence.start() if sentence else 120)
    place = _FOR_DOCUMENT.sub("", rest[: max(stop, 0)].strip(" .,;"))
    if place.endswith(")") and "(" not in place:
        place = place.rstrip(")")
    return place[:120] if len(place) > 2 else None


def deadline(text: str) -> tuple[date, str] | None:
    """The last day to object or respond that the court states, and which of the two; other bar dates are passed over."""
    low = text.lower()
    for found in _DEADLINE.finditer(low):
        if _NOT_OURS.search(found[0]):
            continue
        day = read_day(found[3])
        if day is not None:
            return day, "objection" if found[1] else "response"
    found_last = _LAST_DAY.search(low)
    if found_last and not _NOT_OURS.search(found_last[3] or ""):
        day = read_day(found_last[4])
        if day is not None:
            return day, "objection" if found_last[1] else "response"
    return None


def status_report_due(text: str) -> date | None:
    """The day a status report is due."""
    return _first(_STATUS_DUE, text)


def plan_due(text: str) -> date | None:
    """The day a plan is due."""
    return _first(_PLAN_DUE, text)


def period_end(text: str) -> date | None:
    """The end of the LM period as stated."""
    return _first(_PERIOD_END, text)


def extended_to(text: str) -> date | None:
    """The day to which something is extended or continued, hearings left out."""
    return _first(_EXTENDED, text)


def signed(text: str) -> date | None:
    """The day an order was signed."""
    return _first(_SIGNED, text)


def held(text: str) -> date | None:
    """The day on which a hearing was held."""
    return _first(_HELD, _TO_COME.sub(" ", text.lower()))


def presentment(text: str) -> datetime | None:
    """When a proposed order is presented: no hearing (NYSB)."""
    text = text.lower()
    found = _PRESENTMENT.search(text)
    if found is None or (day := read_day(found[1])) is None:
        return None
    clock = _time_after(text, found.end())
    return datetime.combine(day, clock[0]) if clock else None


def served(text: str) -> date | None:
    """The day on which service was made, as a certificate says; of several the day of mailing."""
    return _first(_MAILED, text) or _first(_SERVED, text)


def cure_by(text: str) -> date | None:
    """The day by which a conditional order wants its default cured."""
    return _first(_CURE, text)


def order_dates(text: str) -> OrderDates | None:
    """Those of the six dates of an LM order (LMP VI.A) that the text states; None when it states none."""
    found = {name: _first(pattern, text) for name, pattern in _ORDER_DATES.items()}
    if not any(found.values()):
        return None
    return OrderDates(**found)
