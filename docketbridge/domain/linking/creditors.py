"""When two names mean one creditor: banks, servicers and trustees under their many spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# Who acts stands before these words, for whom it acts behind them.
_ACTS_FOR = re.compile(
    r"""\b(?:
      (?:not\ in\ its\ individual\ capacity,?\ (?:but\ )?(?:solely\ |only\ )?)?
      as\ (?:the\ )?(?:indenture\ |owner\ |successor\ |co-|delaware\ |certificate\ )*
      (?:trustee|servicer|sub-?servicer|servicing\ agent|loan\ servicer|attorney[-\ ]in[-\ ]fact|agent|nominee)
      (?:\ (?:for|of|on\ behalf\ of))?
    | (?:servicer|sub-?servicer|servicing\ agent|agent|nominee|trustee|attorney[-\ ]in[-\ ]fact)\ (?:for|to|on\ behalf\ of)
    | on\ behalf\ of | in\ trust\ for | f/?b/?o
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
# For whom it acts stands before these words, who acts behind them.
_BY = re.compile(
    r"""\b(?:(?:by\ and\ )?through\ (?:its\ )?|by\ (?:its\ )?)?
    (?:(?:its|the)\ )?(?:current\ |loan\ |mortgage\ |duly\ authorized\ )*
    (?:(?:its|by|through|the)\ (?:\w+\ ){0,2}?(?:servicer|sub-?servicer|servicing\ agent|attorney[-\ ]in[-\ ]fact|agent)
    | serviced\ by | c/o | in\ care\ of)(?!\w)[:,]?""",
    re.IGNORECASE | re.VERBOSE,
)
# Both sides of these words are one creditor.
_ALSO = re.compile(
    r"""\b(?:
      d[/.]?b[/.]?a\.? | doing\ business\ as | [fn][/.]?k[/.]?a\.? | a[/.]?k[/.]?a\.? | s[/.]?b[/.]?m\.?
    | formerly(?:\ known\ as)? | now\ known\ as | also\ known\ as | trading\ as | t/a
    | (?:as\ )?(?:the\ )?successors?(?:[-\ ]in[-\ ]interest)?(?:\ by\ (?:merger|acquisition|conversion))?\ (?:to|from|with|of)
    | successors?\ by\ merger | (?:as\ )?assignee\ of | a\ division\ of | a\ subsidiary\ of
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_FORM = re.compile(
    r"\b(?:n\.? ?a\.?|national association|national bank(?:ing)? association|n\.? ?b\.?|nat'?l\.? ass(?:ociatio)?'?n\.?"
    r"|l\.?l\.?c\.?|l\.?l\.?p\.?|inc\.?|incorporated|corp\.?|corporation|co\.?|company|l\.?p\.?|ltd\.?|limited"
    r"|f\.?s\.?b\.?|s\.?s\.?b\.?|p\.?l\.?c\.?|federal savings bank|state savings bank|p\.?b\.?c\.?|the)(?![a-z])",
    re.IGNORECASE,
)
_HANGERS_ON = re.compile(
    r"\b(?:its|their|his) (?:successors?|assign(?:s|ees?)|affiliates?|subsidiar\w+)\b.*|\bisaoa\b.*|\batima\b.*"
    r"|\b(?:and|and/or|or) assigns?\b|\bsuccessors? (?:and|and/or|or) assign(?:s|ees?)\b",
    re.IGNORECASE,
)
_ROLE_BEFORE = re.compile(
    r"^\W*(?:(?:secured|unsecured|priority|junior|senior) )?(?:creditor|lender|mortgagee)s?\b[,:]?", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"^(?:(?:secured |mortgage |unknown )?(?:creditor|lender|servicer|movant|mortgagee|bank|trustee|holder)s?"
    r"|(?:registered |certificate)?holders of|holders?|series \w+( \w+)?|mortgage pass through certificates.*"
    r"|asset backed (?:pass through )?certificates.*|pass through certificates.*|certificates.*)$"
)
_OF_THE_HOLDERS = re.compile(
    r"^(?:the )?(?:benefit of )?(?:the )?(?:registered )?(?:certificate ?|note ?)?holders of (?:the )?", re.IGNORECASE
)
_INITIALS = re.compile(r"\b(?:[a-z] ){1,3}[a-z]\b")
_NOISE = re.compile(r"[^a-z0-9]+")
# A docket text runs on after a name: `Ocean Bank. Objections due by …`; four letters and a stop are no abbreviation but these.
_NEXT_SENTENCE = re.compile(r"(?<=[a-z]{4})(?<!\bcorp)(?<!\bassn)(?<!\bassoc)(?<!\bserv)(?<!\bmtge)\. +(?=[A-Z])", re.IGNORECASE)
_FIGURES = re.compile(r"\b[a-z]*\d[\w-]*", re.IGNORECASE)
_INITIAL = 2
_LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditorName:
    """A printed name taken apart: who acts, and for whom, where it says so; in bare words.

    `figures` are the numbers of whom it acts for: trusts of one sponsor differ in their series only.
    """

    acting: frozenset[str]
    behind: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Every bare name in it."""
        return self.acting | self.behind


@lru_cache(maxsize=4096)
def read_creditor(name: str) -> CreditorName:
    """Take a printed name apart: `Gull Servicing as servicer for Ocean Bank, N.A.` acts for `ocean bank`."""
    text = _HANGERS_ON.sub(" ", _ROLE_BEFORE.sub(" ", _NEXT_SENTENCE.split(" ".join(name[:_LONGEST].split()))[0]))
    if (found := _BY.search(text)) is not None:
        return _acting_for(text[found.end() :], text[: found.start()])
    if (found := _ACTS_FOR.search(text)) is not None:
        return _acting_for(text[: found.start()], text[found.end() :])
    return CreditorName(acting=_bare_names(text))


def _acting_for(acting: str, behind: str) -> CreditorName:
    holder = read_creditor(behind)
    return CreditorName(
        acting=_bare_names(acting),
        behind=holder.behind or holder.acting,
        figures=holder.figures or frozenset(_FIGURES.findall(behind.lower())),
    )


def _bare_names(text: str) -> frozenset[str]:
    pieces = (piece for side in _ALSO.split(text) for piece in re.split(r"[,;()]", side))
    bare = (_bare(_OF_THE_HOLDERS.sub("", piece.strip())) for piece in pieces)
    return frozenset(each for each in bare if len(each) > _INITIAL and not _NO_NAME.match(each))


def _bare(name: str) -> str:
    words = _NOISE.sub(" ", _FORM.sub(" ", name.lower().replace("&", " and ").replace("'s", "s"))).strip()
    return _INITIALS.sub(lambda found: found[0].replace(" ", ""), words)


def same_creditor(one: str | None, other: str | None) -> bool:
    """Whether two printed names mean one creditor: `Ocean Bank, N.A.` and `OCEAN BANK as servicer for Gull Trust`.

    One bank may be trustee or servicer for many: where both names say for whom, those must agree.
    """
    if not one or not other:
        return False
    ours, theirs = read_creditor(one), read_creditor(other)
    if ours.behind and theirs.behind:
        if ours.figures and theirs.figures and ours.figures.isdisjoint(theirs.figures):
            return False
        return any(_alike(mine, yours) for mine in ours.behind for yours in theirs.behind)
    return bool(ours.all & theirs.all)


def same_as_any(name: str | None, others: Iterable[str | None]) -> bool:
    """Whether a printed name means one of these creditors."""
    return any(same_creditor(name, other) for other in others)


def _alike(one: str, other: str) -> bool:
    """Whether two bare names of holders agree: one's words, figures aside, are all the other's."""
    mine, yours = ({each for each in name.split() if each.isalpha()} for name in (one, other))
    return bool(mine and yours) and (mine <= yours or yours <= mine)
