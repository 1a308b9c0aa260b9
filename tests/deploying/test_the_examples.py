"""The examples for running an instance as a service: they parse, name commands that exist, and give away nothing."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from docketbridge.cli import build
from docketbridge.plugins import discover
from docketbridge.settings import read_settings

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docketbridge" / "deploying"
UNITS = sorted(EXAMPLES.glob("*.service"))
PROGRAM = "/opt/docketbridge/bin/docketbridge"
WANTED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictSUIDSGID": "yes",
    "UMask": "0077",
}


def _unit(file):
    """A unit as sections of settings, each with its values in order."""
    sections, section = defaultdict(lambda: defaultdict(list)), None
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", ";")):
            continue
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            section = sections[heading.group(1)]
            continue
        name, sign, value = line.partition("=")
        assert sign, f"{file.name}: {line!r} is no setting"
        section[name.strip()].append(value.strip())
    return sections


def _known(line):
    """Whether a line of the command line is one that docketbridge takes."""
    command, context_line = build(discover()), shlex.split(line)
    context = command.make_context("docketbridge", ["--help"] if not context_line else context_line[:1], resilient_parsing=True)
    name, below, rest = command.resolve_command(context, context_line)
    below.make_context(name, rest, parent=context, resilient_parsing=False)
    return True


def test_there_is_a_pair_of_units():
    assert [file.name for file in UNITS] == ["docketbridge-schedule.service", "docketbridge-web.service"]


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.stem)
def test_a_unit_is_shut_in_as_far_as_it_can_be_and_keeps_its_secrets_apart(file):
    unit = _unit(file)
    assert set(unit) == {"Unit", "Service", "Install"}
    service = unit["Service"]
    assert {name: service[name] for name in WANTED} == {name: [value] for name, value in WANTED.items()}
    assert service["User"] == ["docketbridge"]
    assert service["EnvironmentFile"] == ["/etc/docketbridge/secrets.env"]
    told = " ".join(service["Environment"])
    assert not re.search(r"SECRET|TOKEN|PASSWORD|DATABASE_URL", told)
    assert not any("!" in value or value.startswith("+") for value in service["ExecStart"] + service["ExecStartPre"])


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.stem)
def test_a_unit_runs_commands_that_there_are(file):
    service = _unit(file)["Service"]
    lines = service["ExecStartPre"] + service["ExecStart"]
    assert lines
    for line in lines:
        program, _, arguments = line.partition(" ")
        assert program == PROGRAM
        assert _known(arguments)


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.stem)
def test_systemd_takes_a_unit_as_it_is_written(file, tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    # It looks for the program too, which is not installed at its place here.
    unit = tmp_path / file.name
    unit.write_text(file.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true"), encoding="utf-8")
    looked = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    about = [line for line in looked.stderr.splitlines() if file.name in line]
    assert (looked.returncode, about) == (0, [])


def test_the_environment_file_names_settings_that_there_are_and_holds_no_secret(tmp_path):
    told = {}
    for line in (EXAMPLES / "secrets.env.example").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            told[name] = value
    assert set(told) == {"DOCKETBRIDGE_DATABASE_URL", "DOCKETBRIDGE_SECRET_KEY", "DOCKETBRIDGE_METRICS_TOKEN"}
    assert told["DOCKETBRIDGE_SECRET_KEY"] == told["DOCKETBRIDGE_METRICS_TOKEN"] == ""
    assert ":" not in told["DOCKETBRIDGE_DATABASE_URL"].partition("//")[2]
    settings = read_settings(told, folder=tmp_path)
    assert settings.database == told["DOCKETBRIDGE_DATABASE_URL"]


def _instructions(file):
    """The instructions of a container file, continued lines joined, comments left out."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n", " ", "\n".join(lines)).splitlines():
        name, _, rest = line.strip().partition(" ")
        yield name, rest.strip()


def test_the_container_file_is_built_from_what_is_here_and_does_not_run_as_root():
    told = list(_instructions(EXAMPLES / "Containerfile"))
    known = {
        "FROM",
        "WORKDIR",
        "COPY",
        "RUN",
        "ENV",
        "USER",
        "VOLUME",
        "EXPOSE",
        "HEALTHCHECK",
        "STOPSIGNAL",
        "ENTRYPOINT",
        "CMD",
    }
    assert {name for name, _ in told} <= known
    sources = [word for name, rest in told if name == "COPY" and "--from" not in rest for word in rest.split()[:-1]]
    assert sources
    assert all((ROOT / source).exists() for source in sources)
    last = max(place for place, (name, _) in enumerate(told) if name == "FROM")
    users = [rest for name, rest in told[last:] if name == "USER"]
    assert users == ["10001:10001"]
    assert not any(re.search(r"(SECRET|TOKEN|PASSWORD)\w*=", rest) for name, rest in told if name in ("ENV", "RUN"))
    assert any("--require-hashes" in rest for name, rest in told if name == "RUN")


def test_the_container_runs_commands_that_there_are():
    told = dict(_instructions(EXAMPLES / "Containerfile"))
    assert told["ENTRYPOINT"] == '["docketbridge"]'
    assert _known(shlex.join(re.findall(r'"([^"]*)"', told["CMD"])))
    assert _known("schedule")
