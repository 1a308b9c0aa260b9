"""Letters: what a mail says of a change, of a lost sight, and of a court day; plain and as HTML, process only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from docketbridge.domain.auditing import as_subject
from docketbridge.domain.views.noticing import day_in_words
from docketbridge.ledger.notices.changes import FoundChange
from docketbridge.ledger.notices.outbox import Letter

_SUBJECT_LETTERS = 150
_OVER = "With this the matter's stay in the program is over: no more notes come of it unless it is taken up again."
_KEEPS = "Your subscriptions stay as they are."


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a letter calls a matter: its number, the name of its case, and the address of its page where there is a site."""

    number: str
    case_name: str | None
    address: str | None

    @property
    def words(self) -> str:
        """The number with the name."""
        return f"{self.number} {self.case_name}" if self.case_name else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """One line of a section: of a matter, what it says, and a second, smaller piece."""

    matter: Named | None
    words: str
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines under a heading; `more` counts those that were too many, `empty` is said where there are none."""

    title: str
    lines: tuple[LetterLine, ...]
    empty: str
    more: int = 0


def named(number: str, case_name: str | None, site_address: str) -> Named:
    """A matter as letters call it."""
    address = f"{site_address.rstrip('/')}/matters/{number}" if site_address else None
    return Named(number=as_subject(number), case_name=as_subject(case_name) if case_name else None, address=address)


def letter_of_change(found: FoundChange, matter: Named, *, site_address: str) -> Letter:
    """The mail that tells one change at once; of a matter that ends, it says so."""
    change = found.change
    lines = [LetterLine(matter=matter, words=change.words, beside=f"{day_in_words(change.day)}")]
    after = ""
    if change.closes:
        after = f"{_OVER} {_KEEPS}"
    title = "Closing note" if change.closes else change.kind.value.capitalize()
    return _letter(
        f"{matter.number}: {'over: ' if change.closes else ''}{change.words}",
        [Section(title=title, lines=tuple(lines), empty="")],
        after=after,
        site_address=site_address,
    )


def letter_of_lost_sight(matter: Named, *, site_address: str) -> Letter:
    """The mail that says that a matter is no longer a person's to see."""
    words = f"This matter is no longer among those you may see, so no more notes of it come. {_KEEPS}"
    bare = Named(number=matter.number, case_name=None, address=None)
    section = Section(title="No longer yours", lines=(LetterLine(matter=bare, words=words),), empty="")
    return _letter(f"{matter.number}: no more notes of this matter", [section], after="", site_address=site_address)


def letter_of_day(title: str, sections: Sequence[Section], *, site_address: str) -> Letter:
    """The digest of a court day."""
    return _letter(title, sections, after="", site_address=site_address)


def _letter(subject: str, sections: Sequence[Section], *, after: str, site_address: str) -> Letter:
    foot = "Dates are computed from the docket as it was seen; nothing here is an order of the court."
    if site_address:
        foot += f" What you are told, and when: {site_address.rstrip('/')}/subscriptions"
    told = as_subject(subject, longest=_SUBJECT_LETTERS)
    return Letter(
        subject=told, text="\n".join(_plain(sections, after, foot)) + "\n", html=_html(told, sections, after=after, foot=foot)
    )


def _plain(sections: Sequence[Section], after: str, foot: str) -> Iterable[str]:
    for section in sections:
        yield section.title.upper()
        for line in section.lines:
            beside = f" ({line.beside})" if line.beside else ""
            yield f"- {line.matter.words + ': ' if line.matter else ''}{line.words}{beside}"
            if line.matter and line.matter.address:
                yield f"  {line.matter.address}"
        if section.more:
            yield f"- and {section.more} more, on the site"
        if not section.lines:
            yield f"- {section.empty}"
        yield ""
    if after:
        yield from (after, "")
    yield from ("-- ", foot)


def _html(subject: str, sections: Sequence[Section], *, after: str, foot: str) -> str:
    """The same as HTML that loads nothing: no picture, no style sheet, no script."""
    parts = [f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(subject)}</title></head><body>']
    for section in sections:
        parts.append(f"<h2>{escape(section.title)}</h2><ul>")
        parts += [_item(line) for line in section.lines]
        if section.more:
            parts.append(f"<li>and {section.more} more, on the site</li>")
        if not section.lines:
            parts.append(f"<li>{escape(section.empty)}</li>")
        parts.append("</ul>")
    if after:
        parts.append(f"<p>{escape(after)}</p>")
    parts.append(f"<hr><p><small>{escape(foot)}</small></p></body></html>")
    return "\n".join(parts) + "\n"


def _item(line: LetterLine) -> str:
    beside = f" <small>({escape(line.beside)})</small>" if line.beside else ""
    matter = ""
    if line.matter is not None:
        name = escape(line.matter.words)
        matter = f'<a href="{escape(line.matter.address)}">{name}</a>: ' if line.matter.address else f"<b>{name}</b>: "
    return f"<li>{matter}{escape(line.words)}{beside}</li>"
