from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docketbridge.domain.deadlines import Direction, Unit
from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.anchors import FACTS
from docketbridge.domain.fold.entering_rows import OBJECTING, ORDERING, STARTING
from docketbridge.domain.fold.loss_mitigation import TABLE
from docketbridge.domain.profile import Checked, EntryModel, Profile
from docketbridge.errors import ProfileError
from docketbridge.programs.loading import load, read, shipped

SHIPPED = Path(__file__).parents[2] / "docketbridge" / "programs" / "profiles"
RHODE_ISLAND = (SHIPPED / "rib-lmp-4-2011.toml").read_text(encoding="utf-8")


def _rhode_island() -> Profile:
    return load(SHIPPED / "rib-lmp-4-2011.toml")


def test_the_real_program_keeps_its_true_dates() -> None:
    profile = _rhode_island()
    assert (profile.effective_from, profile.effective_to) == (date(2011, 2, 14), date(2014, 3, 31))
    assert (profile.court, profile.chapters, profile.judges) == ("rib", (7, 11, 12, 13), ("*",))
    assert profile.entry_model is EntryModel.SILENCE
    assert profile.mediator_used is False


def test_the_catalogue_has_every_deadline_with_its_period() -> None:
    profile = _rhode_island()
    told = {
        rule.key: (rule.period.amount, rule.period.unit, rule.period.direction, rule.period.rolls, rule.period.mail_days)
        for rule in profile.rules
        if rule.period is not None
    }
    after, before = Direction.AFTER, Direction.BEFORE
    assert told == {
        "form_a_after_plan": (7, Unit.DAYS, after, True, 0),
        "obj_debtor_req": (14, Unit.DAYS, after, True, 3),
        "obj_creditor_req": (7, Unit.DAYS, after, True, 3),
        "first_contact_due": (7, Unit.DAYS, after, True, 0),
        "status_draft": (4, Unit.BUSINESS_DAYS, before, True, 0),
        "status_revisions": (1, Unit.DAYS, before, True, 0),
        "info_before_session": (7, Unit.DAYS, before, True, 0),
        "authority_ready": (30, Unit.MINUTES, before, False, 0),
        "ext_cap": (60, Unit.DAYS, after, False, 0),
        "ext_objection": (3, Unit.BUSINESS_DAYS, after, True, 0),
        "stay_30": (30, Unit.DAYS, after, False, 0),
        "stay_60": (60, Unit.DAYS, after, False, 0),
        "postponed_liftstay": (1, Unit.DAYS, after, True, 0),
        "conf_continued": (1, Unit.DAYS, after, True, 0),
        "conf_objection": (7, Unit.DAYS, before, True, 0),
        "ch7_80": (80, Unit.DAYS, after, False, 0),
        "discharge_earliest": (60, Unit.DAYS, after, True, 0),
        "deferral_ends": (30, Unit.DAYS, after, True, 0),
        "first_plan_payment": (30, Unit.DAYS, after, False, 0),
        "sched_i": (14, Unit.DAYS, after, True, 0),
        "sched_j": (14, Unit.DAYS, after, True, 0),
        "amended_plan": (14, Unit.DAYS, after, True, 0),
        "clerk_note": (0, Unit.DAYS, after, False, 0),
    }
    fixed = {rule.key for rule in profile.rules if rule.period is None}
    assert fixed == {"contacts_due", "creditor_requests_due", "debtor_requests_due", "status_due", "lm_end"}


def test_the_sample_program_is_rhode_islands_in_force_today_with_a_mediator() -> None:
    sample, real = load(SHIPPED / "zzb-lmp.toml"), _rhode_island()
    assert sample.based_on == "rib-lmp-4-2011"
    assert sample.rules == real.rules
    assert (sample.court, sample.effective_from, sample.effective_to) == ("zzb", date(2024, 1, 1), None)
    assert sample.mediator_used is True
    assert (sample.extension, sample.stay, sample.order_dates) == (real.extension, real.stay, real.order_dates)


def test_every_table_and_rule_is_cited_and_checked() -> None:
    for profile in shipped():
        assert all(each.cite for each in profile.citations)
        assert all(rule.cite and rule.checked is not Checked.UNVERIFIED for rule in profile.rules)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('cite = "LMP V.A.1"', "", "[[deadline]] 1 (form_a_after_plan) cite: is missing"),
        ('anchor = "plan_filed"', 'anchor = "plan_read"', "[[deadline]] 1 (form_a_after_plan) period anchor: is 'plan_read'"),
        ('unit = "minutes"', 'unit = "moments"', "(authority_ready) period unit: is 'moments'"),
        ('met_by = ["lm_request"]', 'met_by = ["lm_wish"]', "(form_a_after_plan) met_by: names 'lm_wish'"),
        ("amount = 7", "amount = -7", "[[deadline]] 1 (form_a_after_plan) period amount: must be a whole number"),
        ('key = "obj_creditor_req"', 'key = "obj_debtor_req"', "(obj_debtor_req) key: is there twice"),
        ("needs_order = true", "needs_odrer = true", "[extension] needs_odrer: is not a key"),
        ('checked = "inferred"', 'checked = "guessed"', "checked: is 'guessed'"),
        ('court = "rib"', "court = 7", "[program] court: must be a text"),
        ("effective_to = 2014-03-31", "effective_to = 2010-03-31", "[program] effective_to: is before"),
        ("effective_from = 2011-02-14", "effective_from = 2011-02-14T00:00:00", "[program] effective_from: must be a date"),
        ("chapters = [7, 11, 12, 13]", "chapters = [7, 14]", "[program] chapters: 14 is no chapter"),
        ("used = false", 'used = "no"', "[mediator] used: must be true or false"),
        ('kind = "schedules"', 'kind = "papers"', "kind: is 'papers'"),
        ("[entry]", "[entries]", "entries: is not a key"),
        ('model = "silence"', 'model = "luck"', "[entry] model: is 'luck'"),
        ("request-sheet = 1", "request-sheat = 1", "[tasks] request-sheat: is not a key"),
        ('exceptions = ["ch13_debtor_request"', 'exceptions = ["anybody"', "[dismissal] exceptions: names 'anybody'"),
        ('dates = ["contacts_due"', 'dates = ["contact_due"', "[order] dates: names 'contact_due'"),
        ('cap_scope = "per_request"', 'cap_scope = "per_year"', "[extension] cap_scope: is 'per_year'"),
        ("[program]", "[program", "is no TOML"),
    ],
)
def test_a_fault_names_file_table_index_and_key(old: str, new: str, place: str) -> None:
    assert old in RHODE_ISLAND
    with pytest.raises(ProfileError) as fault:
        read(RHODE_ISLAND.replace(old, new, 1).encode(), name="court.toml")
    assert str(fault.value).startswith("court.toml")
    assert place in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_date_that_no_order_fixes_needs_a_period() -> None:
    text = RHODE_ISLAND.replace(
        'period = { amount = 60, unit = "days", direction = "after", anchor = "lm_end", rolls = false }\n', ""
    )
    with pytest.raises(ProfileError, match=r"\(ext_cap\) period: is missing"):
        read(text.encode(), name="court.toml")


def test_a_profile_may_change_one_deadline_of_its_base() -> None:
    text = (SHIPPED / "zzb-lmp.toml").read_text(encoding="utf-8") + (
        '\n[[deadline]]\nkey = "obj_debtor_req"\nwhat = "Objection"\nkind = "objection"\nowner = "creditor"\n'
        'period = { amount = 21, unit = "days", direction = "after", anchor = "service" }\ncite = "own"\nchecked = "design"\n'
    )
    changed = read(text.encode(), name="own.toml")
    rule = changed.rule("obj_debtor_req")
    assert rule is not None
    assert rule.period is not None
    assert rule.period.amount == 21
    assert len(changed.rules) == len(_rhode_island().rules)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('based_on = "nowhere"\n[program]\n', "based_on: no shipped profile 'nowhere'"),
        ('based_on = "zzb-lmp"\n[program]\n', "based_on: 'zzb-lmp' is itself based on another"),
        ('based_on = "../../pyproject"\n[program]\n', "based_on"),
        ('based_on = "rib-lmp-4-2011"\n', "[program]: is missing"),
        ("based_on = 3\n[program]\n", "based_on: must be the id"),
        ('based_on = "rib-lmp-4-2011"\n[program]\nid = "x"\n', "[program] court: is missing"),
    ],
)
def test_a_wrong_base_is_a_fault(text: str, place: str) -> None:
    with pytest.raises(ProfileError) as fault:
        read(text.encode(), name="own.toml")
    assert place in str(fault.value)


def test_bytes_that_are_no_text_are_a_fault() -> None:
    with pytest.raises(ProfileError, match=r"own\.toml: is no TOML"):
        read(b"\xff\xfe\x00", name="own.toml")


def test_the_table_names_only_what_can_happen() -> None:
    keys = {rule.key for profile in shipped() for rule in profile.rules}
    choices = {"chose:hearing", "chose:disregard", "chose:overrule", "chose:close"}
    can = {kind.value for kind in EventKind} | FACTS | {f"lapsed:{key}" for key in keys} | choices
    assert {row.on for row in TABLE} <= can
    assert all(row.cite for row in TABLE)


def test_the_table_is_joined_from_its_rooms() -> None:
    assert set(map(id, (*STARTING, *ORDERING, *OBJECTING))) <= set(map(id, TABLE))
