from __future__ import annotations

from dataclasses import replace
from datetime import date

from docketbridge.domain.profile import Profile
from docketbridge.programs.choosing import choose
from docketbridge.programs.loading import shipped

PROFILES = {each.id: each for each in shipped()}
RHODE_ISLAND, SAMPLE = PROFILES["rib-lmp-4-2011"], PROFILES["zzb-lmp"]


def _chosen(*profiles: Profile, court: str = "rib", judge: str | None = None, chapter: int | None = 13, day: date) -> str | None:
    found = choose(profiles, court=court, judge=judge, chapter=chapter, requested=day)
    return found.id if found else None


def test_a_request_comes_under_the_program_in_force_on_its_day() -> None:
    assert _chosen(*shipped(), day=date(2011, 2, 14)) == "rib-lmp-4-2011"
    assert _chosen(*shipped(), day=date(2014, 3, 31)) == "rib-lmp-4-2011"
    assert _chosen(*shipped(), court="zzb", day=date(2026, 7, 27)) == "zzb-lmp"


def test_before_and_after_its_dates_there_is_no_program_in_force() -> None:
    assert _chosen(*shipped(), day=date(2011, 2, 13)) is None
    assert _chosen(*shipped(), day=date(2014, 4, 1)) is None
    assert _chosen(*shipped(), court="nysb", day=date(2012, 1, 3)) is None


def test_a_chapter_outside_the_program_comes_under_none() -> None:
    assert _chosen(*shipped(), chapter=9, day=date(2012, 1, 3)) is None
    assert _chosen(*shipped(), chapter=None, day=date(2012, 1, 3)) == "rib-lmp-4-2011"


def test_a_judges_own_program_goes_before_the_courts() -> None:
    own = replace(SAMPLE, id="own", judges=("dfl",))
    assert _chosen(SAMPLE, own, court="zzb", judge="DFL", day=date(2026, 7, 27)) == "own"
    assert _chosen(SAMPLE, own, court="zzb", judge="mwh", day=date(2026, 7, 27)) == "zzb-lmp"
    assert _chosen(SAMPLE, own, court="zzb", judge=None, day=date(2026, 7, 27)) == "zzb-lmp"


def test_a_later_version_goes_before_an_earlier_one() -> None:
    later = replace(SAMPLE, id="later", effective_from=date(2026, 1, 1))
    assert _chosen(later, SAMPLE, court="zzb", day=date(2026, 7, 27)) == "later"
    assert _chosen(later, SAMPLE, court="zzb", day=date(2025, 12, 31)) == "zzb-lmp"
