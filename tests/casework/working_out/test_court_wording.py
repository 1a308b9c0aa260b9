"""A court's own programs, closures and names of events, brought by an instance or a plugin, act in the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from docketbridge.casework.desk import Desk
from docketbridge.casework.rulebook import open_rulebook
from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.events import EventKind
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.errors import ProfileError
from docketbridge.plugins import Found, Plugin, check
from docketbridge.programs.court_calendars import court_calendar
from docketbridge.programs.loading import shipped
from docketbridge.programs.wording import national_vocabulary
from docketbridge.settings import Settings
from tests.composed_feeds import entry, feed

TODAY = datetime(2026, 8, 19, 12, 0, tzinfo=UTC)
START = TODAY - timedelta(days=12)
OWN = """
based_on = "rib-lmp-4-2011"

[program]
id = "zzb-lmp-2026"
text = "LMP"
court = "zzb"
name = "Loss Mitigation Program"
authority = "General Order 2026-03"
judges = ["*"]
chapters = [7, 11, 12, 13]
effective_from = 2026-01-01
checked = "primary"

[detect]
"home retention (?:form|notice)" = "lm_request"
"consent to mediation" = "lm_consent"
"""
SNOW = 'id = "zzb"\n[[closure]]\nday = 2026-08-20\nkind = "inaccessible"\nreason = "snow"\n'


def kept_in(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def told(number: int, days: int, text: str):
    at = START + timedelta(days=days)
    return entry(
        document_number=str(number),
        sequence=str(number + 20),
        date_filed=at.date(),
        entered_at=at,
        events=(),
        text=f"{text} (Entered: {at:%m/%d/%Y})",
    )


FORM = told(12, 0, "Home Retention Form Filed by Debtor Ada Quillfeather.")
CONSENT = told(14, 2, "Consent to Mediation Filed by Creditor Harborlight Savings Bank, N.A.")
IN_ERROR = told(15, 3, "Home Retention Form. DOCKETED IN ERROR. Filed by Debtor Ada Quillfeather.")


def taken_in(take) -> None:
    take("window", feed(FORM, CONSENT, IN_ERROR, oldest=START - timedelta(days=1), newest=TODAY), fetched_at=TODAY)


def test_a_court_s_own_name_opens_a_matter_and_is_the_evidence(desk: Desk, take, tmp_path: Path) -> None:
    kept_in(tmp_path, "programs/zzb-lmp-2026.toml", OWN)
    taken_in(take)
    (file,) = desk.matter_files()
    assert file.matter.program == "zzb-lmp-2026"
    meant = {each.entry.document_number: each.detection for each in file.entries}
    assert [kind.value for kind in meant[12].kinds] == ["lm_request"]
    assert meant[12].why is not None
    assert (meant[12].why.rule, meant[12].why.version) == (
        "zzb-lmp-2026:1",
        f"{national_vocabulary().version}+zzb-lmp-2026",
    )
    assert [kind.value for kind in meant[14].kinds] == ["lm_consent"]


def test_the_mark_of_an_error_outranks_a_court_s_own_name(tmp_path: Path) -> None:
    kept_in(tmp_path, "programs/zzb-lmp-2026.toml", OWN)
    court = open_rulebook(folder=tmp_path).vocabulary_of("zzb")
    assert detect(Telling(text="Home Retention Form Filed by Debtor Ada Quillfeather."), court).kind is EventKind.LM_REQUEST
    assert detect(IN_ERROR, court).kind is EventKind.CORRECTIVE_ENTRY


def test_without_the_program_the_same_docket_opens_nothing(desk: Desk, take) -> None:
    taken_in(take)
    assert list(desk.matter_files()) == []


def test_a_vocabulary_on_trial_is_read_beneath_the_court_s_own_names(desk: Desk, take, tmp_path: Path) -> None:
    kept_in(tmp_path, "programs/zzb-lmp-2026.toml", OWN)
    taken_in(take)
    assert desk.preview(national_vocabulary()).entries == ()
    deaf = national_vocabulary().overridden(version="deaf", names=[("home retention", "none"), ("docketed in error", "none")])
    assert desk.preview(deaf).matters == ()


def test_a_court_without_names_of_its_own_shares_the_nation_s_wording() -> None:
    rulebook = open_rulebook()
    assert rulebook.vocabulary_of("nysb") is rulebook.vocabulary
    own = rulebook.vocabulary_of("insb")
    assert own is rulebook.vocabulary_of("insb")
    assert own.version.endswith("+insb-lm-2016")


def test_a_plugin_brings_programs(tmp_path: Path) -> None:
    folder = kept_in(tmp_path / "pack", "zzb-lmp-2026.toml", OWN)
    plugins = check([Found(plugin=Plugin(name="pack", title="A court pack", profiles=folder), origin="tests")])
    desk = Desk(settings=Settings(folder=tmp_path, database="sqlite://"), plugins=plugins, today=date(2026, 8, 19))
    assert desk.rulebook.profile("zzb-lmp-2026").authority == "General Order 2026-03"
    assert len(desk.rulebook.profiles) == len(shipped()) + 1


def test_an_instance_s_closure_counts_beside_the_shipped_calendar(tmp_path: Path) -> None:
    kept_in(tmp_path, "courts/zzb.toml", SNOW)
    rulebook = open_rulebook(folder=tmp_path)
    assert rulebook.court_days("zzb").inaccessible(date(2026, 8, 20)) == "snow"
    shipped_one = court_calendar("zzb")
    assert rulebook.calendar("zzb").name == shipped_one.name
    assert set(shipped_one.closures) < set(rulebook.calendar("zzb").closures)
    assert CourtDays(shipped_one).inaccessible(date(2026, 8, 20)) is None


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "programs/own.toml",
            OWN.replace("zzb-lmp-2026", "zzb-lmp"),
            "[program] id: 'zzb-lmp' is the id of another program",
        ),
        ("programs/own.toml", OWN.replace("lm_consent", "lm_agrees"), "'lm_agrees', which is no kind of event"),
        (
            "programs/own.toml",
            OWN.replace("(?:form", "((?:form"),
            "zzb-lmp-2026 [detect] 'home retention ((?:form|notice)'",
        ),
        ("programs/own.toml", OWN.replace("(?:form", "(?!form"), "a pattern must look neither around nor back"),
        ("programs/own.toml", OWN.replace('court = "zzb"', 'court = "zzq"'), "own.toml: court: no calendar for 'zzq'"),
        ("programs/own.toml", "based_on =", "own.toml: is no TOML"),
        ("courts/zzb.toml", SNOW.replace("snow", ""), "zzb.toml: [closure 1] reason: must be one line of text"),
        ("courts/zzb.toml", SNOW.replace('id = "zzb"\n', ""), "zzb.toml: id: is missing"),
        ("courts/Closures 2026.toml", SNOW, "Closures 2026.toml: is named for no court id"),
    ],
)
def test_what_an_instance_writes_wrongly_is_a_plain_fault_at_start(tmp_path: Path, name: str, text: str, words: str) -> None:
    kept_in(tmp_path, name, text)
    with pytest.raises(ProfileError) as fault:
        open_rulebook(folder=tmp_path)
    assert words in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_folder_without_programs_or_courts_changes_nothing(tmp_path: Path) -> None:
    kept_in(tmp_path, "programs/README.txt", "nothing here")
    assert open_rulebook(folder=tmp_path).profiles == shipped()
