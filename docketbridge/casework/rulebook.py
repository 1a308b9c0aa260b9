"""Everything that is read once and then only looked up: programs, courts' calendars, and the vocabulary of detection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

from docketbridge.domain.detection.vocabulary import Vocabulary
from docketbridge.domain.matters import CaseFacts, CourtFacts
from docketbridge.domain.profile import CourtCalendar, Profile
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.errors import ProfileError
from docketbridge.plugins import Plugins
from docketbridge.programs.choosing import choose
from docketbridge.programs.court_calendars import court_calendar, own_calendars
from docketbridge.programs.loading import read_folder, shipped
from docketbridge.programs.wording import national_vocabulary, worded_by

PROGRAMS = "programs"
COURTS = "courts"
"""Folders of an instance: its courts' own programs, and its courts' own calendars and closures."""


@dataclass(slots=True, kw_only=True)
class Rulebook:
    """The programs in hand, and lazily each court's calendar, open days and wording.

    `vocabulary` is the nation's; an entry is read by `vocabulary_of` its court. `calendars` are those of the instance itself.
    """

    profiles: tuple[Profile, ...]
    vocabulary: Vocabulary
    calendars: dict[str, CourtCalendar] = field(default_factory=dict)
    _courts: dict[str, tuple[CourtCalendar, CourtDays]] = field(default_factory=dict)
    _wordings: dict[str, Vocabulary] = field(default_factory=dict, init=False)

    def calendar(self, court: str) -> CourtCalendar:
        """The court's calendar; raises ProfileError for a court nobody knows."""
        return self._court(court)[0]

    def court_days(self, court: str) -> CourtDays:
        """The court's open and closed days; raises ProfileError for a court nobody knows."""
        return self._court(court)[1]

    def _court(self, court: str) -> tuple[CourtCalendar, CourtDays]:
        if court not in self._courts:
            calendar = self.calendars.get(court) or court_calendar(court)
            self._courts[court] = (calendar, CourtDays(calendar))
        return self._courts[court]

    def vocabulary_of(self, court: str) -> Vocabulary:
        """The nation's wording with a court's own event names before it, made once a court. Raises ProfileError.

        All versions of the court's programs add their names, a later one before an earlier: an entry is read before it is
        known which version, if any, its case comes under.
        """
        found = self._wordings.get(court)
        if found is None:
            own = sorted((each for each in self.profiles if each.court == court), key=lambda each: (each.effective_from, each.id))
            found = self._wordings[court] = worded_by(own, self.vocabulary)
        return found

    def profile(self, program: str) -> Profile:
        """The program version of this id; raises ProfileError when there is none."""
        found = next((each for each in self.profiles if each.id == program), None)
        if found is None:
            raise ProfileError(f"no program {program!r}; known: {', '.join(each.id for each in self.profiles)}")
        return found

    def in_force(self, case: CaseFacts, requested: date) -> Profile | None:
        """The version that governs a request of this day in this case, or None."""
        return choose(self.profiles, court=case.court, judge=case.judge_initials, chapter=case.chapter, requested=requested)

    def newest(self, court: str, today: date) -> Profile | None:
        """The version that a court's program has on a day, or had last before it; None where the court has no program."""
        begun = [each for each in self.profiles if each.court == court and each.effective_from <= today]
        return max(begun, key=lambda each: ("*" in each.judges, each.effective_from, each.id), default=None)

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


def rulebook_of(plugins: Plugins, folder: Path) -> Rulebook:
    """The rulebook of an instance: what is shipped, what its plugins bring, and what its folder holds. Raises ProfileError."""
    return open_rulebook([each.profiles for each in plugins.all if each.profiles is not None], folder=folder)


def open_rulebook(brought: Iterable[Traversable] = (), *, folder: Path | None = None) -> Rulebook:
    """Read all programs and calendars and the vocabulary, once: the shipped, what plugins brought, and the instance's own.

    `brought` are the folders of plugins that bring programs; `folder` is the instance's, in which `programs/*.toml` and
    `courts/*.toml` are its courts' own. Raises ProfileError naming file, table and key; also for a program of an id that
    is taken, for one of a court without a calendar, and for event names that are no patterns.
    """
    calendars = own_calendars(folder / COURTS) if folder is not None else {}
    sources = [*brought, *([folder / PROGRAMS] if folder is not None else [])]
    own = [found for source in sources for found in read_folder(source)]
    rulebook = Rulebook(
        profiles=_once([*((each.id, each) for each in shipped()), *own]),
        vocabulary=national_vocabulary(),
        calendars=calendars,
    )
    for place, profile in own:
        try:
            rulebook.calendar(profile.court)
            rulebook.vocabulary_of(profile.court)
        except ProfileError as fault:
            raise ProfileError(f"{place}: {fault}") from fault
    return rulebook


def _once(placed: Sequence[tuple[str, Profile]]) -> tuple[Profile, ...]:
    """The profiles of these places, each id once. Raises ProfileError naming the second place."""
    taken: dict[str, Profile] = {}
    for place, profile in placed:
        if profile.id in taken:
            raise ProfileError(f"{place} [program] id: {profile.id!r} is the id of another program; give this one its own")
        taken[profile.id] = profile
    return tuple(taken.values())
