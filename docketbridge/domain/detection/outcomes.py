"""What became of it: the outcome an order, a minute or a final report states."""

from __future__ import annotations

import re

from docketbridge.domain.events import EventKind

_REFUSALS = frozenset(
    {
        EventKind.LM_DENIAL,
        EventKind.LM_EXTENSION_DENIAL,
        EventKind.LOAN_MOD_DENIAL,
        EventKind.STAY_RELIEF_DENIAL,
        EventKind.CONFIRMATION_DENIAL,
    }
)
_ORDERS = frozenset(
    {
        EventKind.LM_ORDER,
        EventKind.LM_EXTENSION_ORDER,
        EventKind.LM_TERMINATION_ORDER,
        EventKind.LOAN_MOD_ORDER,
        EventKind.STAY_RELIEF_ORDER,
        EventKind.LM_ENFORCEMENT_ORDER,
        EventKind.LM_ORDER_OTHER,
        EventKind.DISMISSAL_ORDER,
        EventKind.REINSTATEMENT_ORDER,
        EventKind.CONVERSION_ORDER,
        EventKind.CONFIRMATION_ORDER,
    }
)
_HEARINGS = frozenset(
    {
        EventKind.LM_HEARING,
        EventKind.STAY_RELIEF_HEARING,
        EventKind.CONFIRMATION_HEARING,
        EventKind.DISMISSAL_HEARING,
        EventKind.HEARING_OTHER,
    }
)
_NONE_STATED = frozenset(EventKind) - _REFUSALS - _ORDERS - _HEARINGS - {EventKind.LM_FINAL_REPORT}
_MAY_BE_CONDITIONAL = frozenset({EventKind.STAY_RELIEF_ORDER, EventKind.DISMISSAL_ORDER})

_RULES = ("den", "disapprov", "grant", "allow", "approv")
_PARTLY = re.compile(r"\bin[ -]part\b")
_MOOT = re.compile(r"\b(?:as |is |are )?moot(?:ed)?\b")
_DENIED = re.compile(r"\b(?:den(?:y|ying|ied)|disapprov\w*)\b")
_CONDITIONAL = re.compile(
    r"\b(?:condition(?:al|ally|ing|ed)|unless\b|adequate protection order|strict compliance|probation)", re.IGNORECASE
)
_SAYS = re.compile(
    r"\b(?:grant\w*|allow\w*|approv\w*|author\w*|direct\w*|modif\w*|terminat\w*|vacat\w*|lift\w*|annul\w*"
    r"|extend\w*|extension|dismiss\w*|reinstat\w*|convert\w*|conversion|confirm\w*|"
    r"compel\w*|sanction\w*|overrul\w*|sustain\w*|requir\w*|appoint\w*|loss mitigation order|agreed"
    r"|consent|stipulat\w*|so[- ]ordered|condition\w*|resolv\w*|for relief from|relief)\b",
)
_DATED = re.compile(r"\b(?:signed|dated|entered)? ?(?:on )?\d{1,2}/\d{1,2}/\d{2,4} ?")
_BARE = re.compile(r"^\W*(?:\w+ ){0,2}?order (?:on|re:?|respecting|regarding|in re)\b")
_RULED = re.compile(r"\b(?:overrul|sustain)\w*")
_GRANTED = re.compile(r"\b(?:grant(?:ed|ing|s)|allow(?:ed|ing|s)|approv(?:ed|ing|es))\b")

# Each beside literals of which the text must hold one before the pattern is tried.
_MINUTES = (
    (
        "cancelled",
        ("cancel", "removed", "taken off", "off calendar"),
        re.compile(r"\b(?:hearings?|conference|matter)\b[^.;]{0,40}\b(?:cancel\w*|removed|taken off)|\boff calendar\b"),
    ),
    ("stricken", ("stri",), re.compile(r"\bstri(?:cken|king)\b")),
    ("granted_in_part", ("in part",), re.compile(r"\bgranted,? in part\b")),
    ("continued", ("continued",), re.compile(r"\bcontinued\b")),
    ("adjourned", ("adjourned",), re.compile(r"\badjourned\b")),
    ("rescheduled", ("resched",), re.compile(r"\bresched\w+")),
    ("granted", ("granted", "confirmed", "approved", "allowed"), re.compile(r"\b(?:granted|confirmed|approved|allowed)\b")),
    ("denied", ("denied",), re.compile(r"\bdenied\b")),
    ("overruled", ("overruled",), re.compile(r"\boverruled\b")),
    ("sustained", ("sustained",), re.compile(r"\bsustained\b")),
    ("withdrawn", ("withdrawn",), re.compile(r"\bwithdrawn\b")),
    ("settled", ("settled", "resolved"), re.compile(r"\b(?:settled|resolved)\b")),
    ("continued", ("continu",), re.compile(r"\bcontinu(?:ing|ance)\b")),
    ("adjourned", ("adjourn",), re.compile(r"\badjourn(?:ing|ment)\b")),
    ("held", ("held", "concluded"), re.compile(r"\b(?:held|concluded)\b(?! on)")),
)
_TO_BE_HELD = re.compile(r"\b(?:to|will|shall) be (?:held|heard)\b")
_NO_AGREEMENT = re.compile(
    r"\b(?:no (?:agreement|resolution|settlement)|impasse|not (?:reach|resolv|settl|agree)\w*"
    r"|without (?:agreement|resolution)|unsuccessful|did not|unable to|failed)\b",
)
_AGREEMENT = re.compile(
    r"\b(?:agreement|settlement|resolution|modification) (?:was |has been )?(?:reached|approved|obtained)"
    r"|\b(?:settled|successful|agreement reached|resolved)\b",
)


def outcome_of(head: str, plain: str, *, kind: EventKind) -> str | None:
    """The outcome, by the kind of paper; None where the kind has none or, for minutes, where none is stated.

    Orders: granted, denied, granted_in_part, moot, conditional, unstated. Minutes: what happened. Final reports:
    agreement_reached, no_agreement, unstated.
    """
    if kind in _NONE_STATED:
        return None
    head, plain = head.lower(), plain.lower()
    if kind in _REFUSALS:
        return "moot" if _MOOT.search(head) else "denied"
    if kind in _ORDERS:
        return _order(head, plain, kind)
    if kind in _HEARINGS:
        bare = _TO_BE_HELD.sub(" ", plain) if "be h" in plain else plain
        for name, needs, words in _MINUTES:
            for need in needs:
                if need in bare:
                    if words.search(bare):
                        return name
                    break
        return None
    if kind is EventKind.LM_FINAL_REPORT:
        if _NO_AGREEMENT.search(head):
            return "no_agreement"
        return "agreement_reached" if _AGREEMENT.search(head) else "unstated"
    return None


def _order(head: str, plain: str, kind: EventKind) -> str:
    if "part" in head and _PARTLY.search(head):
        return "granted_in_part"
    if "moot" in head and _MOOT.search(head):
        return "moot"
    if "show cause" in head:
        return "unstated"
    if kind is EventKind.LM_ORDER_OTHER and (ruled := _RULED.search(head)) is not None:
        return "overruled" if ruled[0].startswith("over") else "sustained"
    if kind in _MAY_BE_CONDITIONAL and _CONDITIONAL.search(head):
        return "conditional"
    for words in (head, plain):
        if not any(need in words for need in _RULES):
            continue
        denied, granted = _DENIED.search(words), _GRANTED.search(words)
        if denied is not None and (granted is None or denied.start() < granted.start()):
            return "denied"
        if granted is not None:
            return "granted"
    if _BARE.search(_DATED.sub("", head)) or not _SAYS.search(plain):
        return "unstated"
    return "granted"
