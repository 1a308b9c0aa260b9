"""Citations of the shape: the sections of Rhode Island's text, turned into what another program's own text says."""

from __future__ import annotations

from docketbridge.domain.profile import Profile

MODEL = "LMP"
_TABLES = (
    ("V", "entry"),
    ("VI.A", "order"),
    ("VI.B.1", "stay"),
    ("VI.B.2", "discharge"),
    ("VI.B.3", "confirmation"),
    ("VI.B.4", "payments"),
    ("VI", "order"),
    ("VII.C", "status"),
    ("VII.D", "resolution"),
    ("VII", "process"),
    ("VIII", "process"),
    ("IX.A", "order"),
    ("IX.B", "extension"),
    ("IX.C.1", "termination"),
    ("IX.C.2", "dismissal"),
    ("IX", "order"),
    ("X", "resolution"),
)
"""Which table of a profile speaks of what a section of the model text speaks of; the longest section that fits counts."""


def cite_as(profile: Profile, cite: str) -> str:
    """Cite a rule of the shape as this program's text does; what that text does not give is cited as the model's."""
    if profile.text == MODEL or not cite.startswith(MODEL):
        return cite
    told = profile.told_cites.get(cite)
    if told is None:
        told = profile.told_cites[cite] = "; ".join(dict.fromkeys(_cited(profile, each) for each in cite.split("; ")))
    return told


def _cited(profile: Profile, part: str) -> str:
    if not part.startswith(MODEL):
        return part
    section = part.removeprefix(MODEL).strip().split("-")[0].split(",")[0]
    fitting = [table for prefix, table in sorted(_TABLES) if section == prefix or section.startswith(f"{prefix}.")]
    own = profile.citation(fitting[-1]) if fitting else ""
    return own or f"as D.R.I. {part}"
