"""How values look on a page: dates in the court's style, states and kinds in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask, g
from markupsafe import Markup

from docketbridge.casework.rights import Action, holds, is_party
from docketbridge.domain.documents import Question, Run
from docketbridge.web.navigation import home, offers

_STATES = {
    "plan_interest": "plan box ticked",
    "requested": "requested",
    "objected": "objected",
    "hearing_set": "hearing set",
    "ripe": "ripe for the judge",
    "active": "active",
    "extension_pending": "extension pending",
    "resolution_pending": "resolution pending",
    "approved": "approved",
    "terminated": "terminated",
    "expired": "expired",
    "denied": "denied",
    "withdrawn": "withdrawn",
    "dismissed_in_lm": "dismissed in LM",
    "closed": "closed",
}
_TONES = {
    "ripe": "success",
    "objected": "danger",
    "dismissed_in_lm": "danger",
    "hearing_set": "warning",
    "extension_pending": "warning",
    "resolution_pending": "warning",
    "active": "primary",
    "approved": "primary",
    "requested": "info",
    "plan_interest": "info",
}
# A key of the facts as a check names it, `agreement.trial.due`, and a name in one piece, `nunc_pro_tunc`.
_KEY = re.compile(
    r"(?<![\w@./-])(?:[a-z][a-z0-9_]+(?:\.[a-z][a-z0-9_]+)+|[a-z0-9]+(?:_[a-z0-9]+)+)(?![\w@/-])",
)
# What a key begins with where it tells a reader nothing.
_SAYS_NOTHING = ("agreement", "case", "dates", "residence")


def register_showing(app: Flask) -> None:
    """Give templates the filters and what every page's frame needs."""
    shown = (ago, day, here, keys_in_words, moment, plain, runs, state, tone, weekday)
    app.jinja_env.filters.update({each.__name__: each for each in shown})

    @app.context_processor
    def frame() -> dict[str, object]:
        desk = g.get("desk")
        acting = g.get("acting")
        return {
            "today": desk.today if desk else None,
            "behind": desk.behind if desk else 0,
            "navigation": offers(),
            "home": home(acting),
            "finds": holds(acting, Action.SEE_MATTERS) and not is_party(acting),
        }


def day(value: date | None) -> str:
    """`14 Aug 2026`, or a dash."""
    return f"{value.day} {value:%b %Y}" if value else "–"


def weekday(value: date | None) -> str:
    """`Fri 14 Aug 2026`, or a dash."""
    return f"{value:%a} {day(value)}" if value else "–"


def spoken(value: date) -> str:
    """`Friday, 14 August 2026`, as one says it on the telephone."""
    return f"{value:%A}, {value.day} {value:%B %Y}"


def moment(value: datetime | None, timezone: str | None = None) -> str:
    """`Fri 14 Aug 2026, 10:00`, in the court's zone where the time is an instant."""
    if value is None:
        return "–"
    local = value.astimezone(ZoneInfo(timezone)) if timezone and value.tzinfo else value
    return f"{weekday(local.date())}, {local:%H:%M}"


def ago(length: timedelta) -> str:
    """A length of time as people say it: `12 minutes`, `3 hours 20 minutes`, `2 days`."""
    minutes = max(round(length.total_seconds() / 60), 0)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return _counted(minutes, "minute")
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{_counted(hours, 'hour')} {_counted(rest, 'minute')}" if rest else _counted(hours, "hour")
    return _counted(minutes // (24 * 60), "day")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def here(value: datetime) -> str:
    """`14 Aug 2026, 10:00` by the clock of the machine that serves: for signing in, which is no court's time."""
    local = value.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def state(name: str) -> str:
    """A state's name in plain words."""
    return _STATES.get(name, name.replace("_", " "))


def tone(name: str) -> str:
    """The colour family of a state; the words always stand beside it."""
    return _TONES.get(name, "secondary")


def plain(name: str) -> str:
    """A key such as `stay_relief_motion` in words."""
    return name.replace("_", " ").replace("lm ", "LM ")


def keys_in_words(told: str, questions: Sequence[Question] = ()) -> str:
    """What a check says of a paper with its keys in words: those of the form's own questions where one is meant."""
    labels = {each.name: each.label for each in questions}

    def words(found: re.Match[str]) -> str:
        key = found[0]
        parts = key.split(".")
        said = parts[1:] if parts[0] in _SAYS_NOTHING and len(parts) > 1 else parts
        return labels.get(key) or re.sub(r"(?<=[a-z])(?=\d)", " ", plain(" ".join(said))).replace("form d", "Form D")

    plainly = _KEY.sub(words, told)
    return plainly[:1].upper() + plainly[1:]


def runs(pieces: tuple[Run, ...]) -> Markup:
    """The runs of a paper as HTML, each fact with its source; a blank that nothing fills is ruled, with its field's name."""
    out = Markup("")
    for piece in pieces:
        if piece.blank and not piece.text:
            out += Markup('<span class="blank" title="{}">&#160;</span>').format(plain(piece.blank))
            continue
        text = Markup("{}").format(piece.text)
        if piece.bold:
            text = Markup("<strong>{}</strong>").format(text)
        if piece.italic:
            text = Markup("<em>{}</em>").format(text)
        if piece.source:
            source = "a person’s answer" if piece.source == "answers" else piece.source
            text = Markup('<span class="sourced" title="{}">{}</span>').format(source, text)
        out += text
    return out
