"""What comes up for a trustee today and in the next seven days: last days to object, hearings, papers, ends, first payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from docketbridge.casework.trustees.trustee_lines import TrusteeLine
from docketbridge.domain.views.trustee_view import TrusteeMatter

AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeDay:
    """One thing of one day. `clock` is the court's local time of a hearing; `latest` a last day's later reading."""

    day: date
    what: str
    source: str
    matter: TrusteeMatter
    clock: str = ""
    latest: date | None = None


def days_ahead(lines: Sequence[TrusteeLine], today: date) -> tuple[TrusteeDay, ...]:
    """Everything from today through the seventh day on, soonest first; a window stays while its later reading has not passed."""
    found = [each for line in lines for each in _of(line) if (each.latest or each.day) >= today and each.day <= today + AHEAD]
    return tuple(sorted(found, key=lambda each: (each.day, each.clock, each.matter.number, each.what)))


def _of(line: TrusteeLine) -> Iterator[TrusteeDay]:
    matter = line.matter
    for window in matter.windows:
        later = window.latest if window.latest != window.earliest else None
        yield TrusteeDay(
            day=window.earliest,
            latest=later,
            what="Last day to object to the extension",
            source=f"{window.entry_label}; LMP IX.B.1",
            matter=matter,
        )
    for hearing in matter.hearings:
        yield TrusteeDay(
            day=hearing.start.date(),
            clock=f"{hearing.start:%H:%M}",
            what=f"Hearing: {hearing.about.replace('_', ' ').replace('lm ', 'LM ')}",
            source=hearing.entry_label,
            matter=matter,
        )
    for paper in matter.outstanding:
        if paper.due is not None:
            yield TrusteeDay(day=paper.due, what=f"{paper.what} due", source="LMP X.5", matter=matter)
    if matter.in_period and matter.lm_end is not None:
        yield TrusteeDay(day=matter.lm_end, what="The LM period ends", source="LMP VI.A", matter=matter)
    if line.first_payment is not None:
        yield TrusteeDay(day=line.first_payment, what="First plan payment due", source="11 U.S.C. 1326(a)(1)", matter=matter)
    trial_due = matter.trial.next_due(line.today) if matter.trial is not None else None
    if matter.trial is not None and trial_due is not None:
        yield TrusteeDay(day=trial_due, what="Trial payment due", source=matter.trial.entry_label, matter=matter)
