"""Everything that is read once and then only looked up: programs, courts' calendars, and the vocabulary of detection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from docketbridge.domain.court_days import CourtDays
from docketbridge.domain.matters import CaseFacts, CourtFacts
from docketbridge.domain.profile import CourtCalendar, Profile
from docketbridge.domain.vocabulary import Vocabulary
from docketbridge.errors import ProfileError
from docketbridge.programs.choosing import choose
from docketbridge.programs.court_calendars import court_calendar
from docketbridge.programs.loading import shipped
from docketbridge.programs.wording import national_vocabulary


@dataclass(slots=True, kw_only=True)
class Rulebook:
    """The programs in hand, and lazily each court's calendar and open days."""

    profiles: tuple[Profile, ...]
    vocabulary: Vocabulary
    _courts: dict[str, tuple[CourtCalendar, CourtDays]] = field(default_factory=dict)

    def calendar(self, court: str) -> CourtCalendar:
        """The court's calendar; raises ProfileError for a court nobody knows."""
        return self._court(court)[0]

    def court_days(self, court: str) -> CourtDays:
        """The court's open and closed days; raises ProfileError for a court nobody knows."""
        return self._court(court)[1]

    def _court(self, court: str) -> tuple[CourtCalendar, CourtDays]:
        if court not in self._courts:
            calendar = court_calendar(court)
            self._courts[court] = (calendar, CourtDays(calendar))
        return self._courts[court]

    def profile(self, program: str) -> Profile:
        """The program version of this id; raises ProfileError when there is none."""
        found = next((each for each in self.profiles if each.id == program), None)
        if found is None:
            raise ProfileError(f"no program {program!r}; known: {', '.join(each.id for each in self.profiles)}")
        return found

    def in_force(self, case: CaseFacts, requested: date) -> Profile | None:
        """The version that governs a request of this day in this case, or None."""
        return choose(self.profiles, court=case.court, judge=case.judge_initials, chapter=case.chapter, requested=requested)

    def court_facts(self, court: str) -> CourtFacts:
        """What papers and pages say about the court."""
        calendar = self.calendar(court)
        return CourtFacts(
            id=calendar.id,
            name=calendar.name,
            district=calendar.district,
            timezone=calendar.timezone,
            clerk_closes=calendar.clerk_closes,
            address=calendar.address,
        )


def open_rulebook(extra: Sequence[Profile] = ()) -> Rulebook:
    """Read the shipped programs and vocabulary once; `extra` are the programs that plugins bring."""
    return Rulebook(profiles=(*shipped(), *extra), vocabulary=national_vocabulary())
