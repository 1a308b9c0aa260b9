"""Which program a request comes under: chosen by court, judge, chapter and the day of the request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from docketbridge.domain.profile import Profile


def choose(profiles: Iterable[Profile], *, court: str, judge: str | None, chapter: int | None, requested: date) -> Profile | None:
    """Choose the profile in force for a request; None when there is no program in force.

    A profile that names the judge goes before one for all judges, a later version before an earlier one.
    """
    fitting = [each for each in profiles if each.covers(court=court, judge=judge, chapter=chapter, requested=requested)]
    return max(fitting, key=lambda each: ("*" not in each.judges, each.effective_from, each.id), default=None)
