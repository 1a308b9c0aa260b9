"""The other courts' profiles: what section 3 of the rules verifies, chosen by its dates, and nothing acted on beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docketbridge.domain.fold.citing import cite_as
from docketbridge.domain.profile import Checked, EntryModel, Profile
from docketbridge.errors import ProfileError
from docketbridge.programs.choosing import choose
from docketbridge.programs.loading import read, shipped
from docketbridge.programs.parts import VALUES

PROFILES = {each.id: each for each in shipped()}
OTHERS = [each for each in shipped() if each.court not in ("rib", "zzb")]
SHIPPED = Path(__file__).parents[2] / "docketbridge" / "programs" / "profiles"
FEDERAL = {"stay_30", "stay_60", "discharge_earliest", "deferral_ends", "first_plan_payment", "conf_objection"}


def _periods(program: str) -> dict[str, tuple[int, str, str]]:
    return {
        rule.key: (rule.period.amount, rule.period.direction.value, rule.period.anchor)
        for rule in PROFILES[program].rules
        if rule.period is not None and rule.key not in FEDERAL
    }


def test_each_courts_periods_are_those_the_sources_give_and_no_other() -> None:
    assert {each.id: _periods(each.id) for each in OTHERS} == {
        "insb-lm-2016": {"obj_debtor_req": (14, "after", "service")},
        "nysb-lm-2024": {
            "obj_debtor_req": (14, "after", "service"),
            "obj_creditor_req": (14, "after", "service"),
            "conference_request": (7, "before", "conference"),
            "conference_report": (2, "before", "conference"),
        },
        "njb-lmp-2019": {
            "obj_debtor_req": (14, "after", "service"),
            "obj_creditor_req": (14, "after", "service"),
            "lm_end": (90, "after", "order_entered"),
        },
        "flsb-mmm-2013": {
            "obj_debtor_req": (14, "after", "service"),
            "obj_creditor_req": (14, "after", "service"),
            "lm_end": (150, "after", "order_entered"),
            "portal_register": (7, "after", "order_entered"),
        },
        "flmb-mmm-2015": {
            "request_window": (90, "after", "petition_or_conversion"),
            "reconsideration_due": (14, "after", "order_entered"),
            "lm_end": (150, "after", "order_entered"),
            "mediator_select": (14, "after", "order_entered"),
            "mediator_objection": (7, "after", "mediator_appointed"),
            "mediator_report": (7, "after", "conference_held"),
        },
        "wieb-mmm-2011": {"consent_due": (21, "after", "filing"), "lm_end": (60, "after", "order_entered")},
        "pawb-lmp-2012": {"request_window": (30, "after", "meeting_341"), "order_reminder": (21, "after", "filing")},
    }


def test_the_three_entry_models_are_each_courts_own() -> None:
    assert {each.court: each.entry_model for each in OTHERS} == {
        "insb": EntryModel.SILENCE,
        "nysb": EntryModel.SILENCE,
        "njb": EntryModel.SILENCE,
        "flsb": EntryModel.SILENCE,
        "pawb": EntryModel.SILENCE,
        "wieb": EntryModel.CONSENT,
        "flmb": EntryModel.ORDER_FIRST,
    }


def test_parameters_that_start_no_period_are_kept_with_their_source() -> None:
    assert PROFILES["njb-lmp-2019"].value("payments.mode") == "stated_in_order"
    assert PROFILES["njb-lmp-2019"].value("stay.lm_request_is_opposition") is False
    assert PROFILES["wieb-mmm-2011"].value("eligibility.balance_cap") == 729_750
    assert PROFILES["pawb-lmp-2012"].value("payments.percent_of_principal_and_interest") == 60
    assert PROFILES["nysb-lm-2024"].value("order.one_per_creditor") is True
    assert PROFILES["flmb-mmm-2015"].value("mediator.fee") == 500
    for profile in OTHERS:
        assert profile.values
        assert all(each.name in VALUES and each.cite for each in profile.values)


def test_nothing_of_rhode_islands_own_text_comes_into_another_court() -> None:
    for profile in OTHERS:
        assert profile.based_on == "federal-law"
        assert {rule.key for rule in profile.rules} >= FEDERAL
        assert not [rule.key for rule in profile.rules if "LMP" in rule.cite.split()]
        assert (profile.stay.effect, profile.confirmation_effect, profile.dismissal_guard) == (None, None, False)
        assert profile.extension.agreed_cap_days is None


@pytest.mark.parametrize(
    ("court", "chapter", "day", "program"),
    [
        ("njb", 13, date(2019, 12, 17), "njb-lmp-2019"),
        ("njb", 7, date(2020, 1, 2), None),
        ("njb", 13, date(2019, 12, 16), None),
        ("nysb", 7, date(2025, 1, 2), "nysb-lm-2024"),
        ("nysb", 13, date(2024, 11, 30), None),
        ("insb", 13, date(2016, 7, 18), "insb-lm-2016"),
        ("insb", 7, date(2026, 7, 1), None),
        ("flsb", 11, date(2026, 7, 1), "flsb-mmm-2013"),
        ("flsb", 13, date(2013, 3, 31), None),
        ("flmb", 7, date(2026, 7, 1), "flmb-mmm-2015"),
        ("wieb", 13, date(2011, 5, 1), "wieb-mmm-2011"),
        ("wieb", 11, date(2026, 7, 1), None),
        ("pawb", 13, date(2012, 10, 1), "pawb-lmp-2012"),
        ("pawb", 13, date(2012, 9, 30), None),
        ("vtb", 13, date(2026, 7, 1), None),
    ],
)
def test_a_request_comes_under_its_own_courts_program(court: str, chapter: int, day: date, program: str | None) -> None:
    found = choose(shipped(), court=court, judge="abc", chapter=chapter, requested=day)
    assert (found.id if found else None) == program


def test_a_matter_keeps_the_version_of_its_request_after_that_version_has_ended(the_story: Any) -> None:
    story = the_story("wieb-mmm-2011/consent-in-time")
    program = PROFILES["wieb-mmm-2011"]
    ended = replace(program, effective_to=date(2026, 7, 10))
    newer = replace(program, id="newer", effective_from=date(2026, 7, 11), rules=())
    chosen = choose((ended, newer), court="wieb", judge=None, chapter=13, requested=date(2026, 7, 6))
    assert chosen is ended
    assert story.fold(date(2026, 7, 27), profile=ended) == story.fold(date(2026, 7, 27))


def _doubted(profile: Profile, key: str) -> Profile:
    rules = tuple(replace(each, checked=Checked.UNVERIFIED) if each.key == key else each for each in profile.rules)
    return replace(profile, rules=rules)


def _without(profile: Profile, key: str) -> Profile:
    return replace(profile, rules=tuple(each for each in profile.rules if each.key != key))


def test_no_unverified_rule_is_acted_on_in_any_story(stories: Any) -> None:
    tried = 0
    for story in stories:
        profile = PROFILES[story.program]
        last = story.expected[-1]["today"]
        used = {each.key for each in story.fold(last).deadlines}
        for key in sorted(used):
            assert story.fold(last, profile=_doubted(profile, key)) == story.fold(last, profile=_without(profile, key)), key
            tried += 1
    assert tried > 400


def test_no_unverified_parameter_is_acted_on(the_story: Any) -> None:
    profile = PROFILES["njb-lmp-2019"]
    doubted = replace(profile, values=tuple(replace(each, checked=Checked.UNVERIFIED) for each in profile.values))
    assert {doubted.value(each) for each in VALUES} == {None}
    story = the_story("njb-lmp-2019/silence")
    assert story.fold(date(2026, 7, 28), profile=doubted) == story.fold(date(2026, 7, 28), profile=replace(profile, values=()))
    assert story.fold(date(2026, 7, 28), profile=doubted) != story.fold(date(2026, 7, 28))


TABLES = re.findall(r"^\[([a-z]+)\]$", (SHIPPED / "rib-lmp-4-2011.toml").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("table", [each for each in TABLES if each not in ("program", "entry")])
def test_an_unverified_table_is_cited_and_sets_nothing(table: str) -> None:
    text = (SHIPPED / "rib-lmp-4-2011.toml").read_text(encoding="utf-8")
    whole = re.compile(rf"^\[{table}\]\n(?:(?!\n|\[).*\n)*", re.MULTILINE)
    doubted = read(whole.sub(lambda found: re.sub('checked = ".*"', 'checked = "unverified"', found[0]), text).encode(), name="a")
    absent = read(whole.sub("", text).encode(), name="a")
    assert replace(doubted, citations=()) == replace(absent, citations=())
    assert doubted.citation(table)
    assert doubted != read(text.encode(), name="a")


def test_how_a_case_enters_must_be_verified() -> None:
    text = (SHIPPED / "pawb-lmp-2012.toml").read_text(encoding="utf-8")
    assert '[entry]\nmodel = "silence"\ncite = "W.D. Pa. LBR 9020-1"\nchecked = "primary"' in text
    with pytest.raises(ProfileError, match=r"own\.toml \[entry\] checked: "):
        read(text.replace('LBR 9020-1"\nchecked = "primary"', 'LBR 9020-1"\nchecked = "unverified"').encode(), name="own.toml")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('name = "payments.mode"', 'name = "payments.mood"', "(payments.mood) name: is 'payments.mood'"),
        ("value = 729750", "value = 1.5", "(eligibility.balance_cap) value: must be"),
        ('anchor = "filing"', 'anchor = "filling"', "(consent_due) period anchor: is 'filling'"),
    ],
)
def test_a_fault_in_a_courts_own_parameters_is_named(old: str, new: str, place: str) -> None:
    text = (SHIPPED / "wieb-mmm-2011.toml").read_text(encoding="utf-8")
    with pytest.raises(ProfileError) as fault:
        read(text.replace(old, new, 1).encode(), name="own.toml")
    assert str(fault.value).startswith("own.toml")
    assert place in str(fault.value)


def test_the_shapes_citations_become_the_courts_own_where_its_text_speaks() -> None:
    florida, rhode_island = PROFILES["flmb-mmm-2015"], PROFILES["rib-lmp-4-2011"]
    assert cite_as(rhode_island, "LMP V.A-B") == "LMP V.A-B"
    assert cite_as(florida, "LMP V.A-B") == florida.citation("entry")
    assert cite_as(florida, "LMP VI.A; Rule 9006(f)") == f"{florida.citation('order')}; Rule 9006(f)"
    assert cite_as(florida, "LMP VI.B.1; 11 U.S.C. 362(e)") == "as D.R.I. LMP VI.B.1; 11 U.S.C. 362(e)"
    assert cite_as(florida, "LMP IX.C.1").endswith("another order")
    assert cite_as(florida, "11 U.S.C. 349") == "11 U.S.C. 349"


def test_no_step_task_or_note_of_another_court_cites_rhode_islands_text_as_its_own(stories: Any) -> None:
    for story in stories:
        if PROFILES[story.program].text == "LMP":
            continue
        posture = story.fold(story.expected[-1]["today"])
        cites = [each.cite for each in (*posture.steps, *posture.tasks, *posture.notes, *posture.deadlines)]
        assert cites
        assert not [each for each in cites if each.startswith("LMP") or "; LMP" in each]
