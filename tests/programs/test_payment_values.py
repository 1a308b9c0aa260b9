"""What a court's profile chooses about payment records: amounts on papers, and after how many days an export is old."""

from __future__ import annotations

from datetime import date

import pytest

from docketbridge.casework.rulebook import open_rulebook
from docketbridge.domain.profile import Checked
from docketbridge.errors import ProfileError
from docketbridge.programs.loading import read, source_of


def _profile(name: str, value: str) -> bytes:
    own = source_of("zzb-lmp")
    return f'{own}\n[[value]]\nname = "{name}"\nvalue = {value}\ncite = "court practice"\nchecked = "design"\n'.encode()


def test_the_shipped_choices_are_the_design_s_and_marked_so():
    profile = read(source_of("zzb-lmp").encode(), name="zzb-lmp.toml")
    told = {each.name: (each.value, each.checked) for each in profile.values if each.name.startswith("payments.")}
    assert told["payments.amounts_on_papers"] == (False, Checked.DESIGN)
    assert told["payments.stale_after_days"] == (14, Checked.DESIGN)


@pytest.mark.parametrize(("name", "value"), [("payments.amounts_on_papers", "true"), ("payments.stale_after_days", "30")])
def test_a_court_sets_its_own(name, value):
    assert str(read(_profile(name, value), name="own.toml").value(name)).lower() == value


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("payments.amounts_on_papers", '"yes"', "must be true or false"),
        ("payments.amounts_on_papers", "1", "must be true or false"),
        ("payments.stale_after_days", "true", "must be a whole number of days"),
        ("payments.stale_after_days", "0", "must be a whole number of days"),
        ("payments.stale_after_days", "5000", "must be a whole number of days"),
        ("payments.stale_after_days", '"14"', "must be a whole number of days"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_place(name, value, wanted):
    with pytest.raises(ProfileError) as fault:
        read(_profile(name, value), name="own.toml")
    assert name in str(fault.value)
    assert wanted in str(fault.value)


def test_a_program_that_ended_still_has_its_choices():
    rulebook = open_rulebook()
    newest = rulebook.newest("rib", date(2026, 9, 10))
    assert newest is not None
    assert newest.id == "rib-lmp-4-2011"
    assert rulebook.newest("rib", date(2001, 1, 1)) is None
