"""Commands for program profiles: `program list`, `check`, `show`, `diff`, `new`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.working_out.comparing import Days, MovedMatter
from docketbridge.domain.profile import Profile
from docketbridge.errors import DocketbridgeError, ProfileError, UsageError
from docketbridge.programs.court_calendars import court_calendar
from docketbridge.programs.drafting import draft
from docketbridge.programs.loading import read
from docketbridge.programs.telling import Changed, Parameter, compare, parameters_of
from docketbridge.programs.wording import program_vocabulary

Shape = dict[str, Any]


@click.group("program")
def program_group() -> None:
    """Court programs: the profiles that say how each court's loss mitigation runs."""


@program_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a program.")
@click.pass_obj
def list_command(desk: Desk, as_json: bool) -> None:
    """List the programs in hand: court, days in force, entry model, how far checked."""
    for profile in desk.rulebook.profiles:
        if as_json:
            click.echo(json.dumps(_line(profile), ensure_ascii=False))
        else:
            until = profile.effective_to or "today"
            force = f"{profile.effective_from} to {until}"
            model = profile.entry_model.value.replace("_", " ")
            click.echo(f"{profile.id:<18} {profile.court:<6} {force:<25} {model:<12} {profile.checked.value:<10} {profile.name}")


@program_group.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.pass_context
def check_command(context: click.Context, files: tuple[Path, ...]) -> None:
    """Check profile files; a fault is named with file, table and key. Needs no database."""
    faults = 0
    for file in files:
        try:
            profile = _from_file(file)
        except DocketbridgeError as fault:
            click.echo(f"docketbridge: {' '.join(str(fault).split())}", err=True)
            faults += 1
            continue
        unverified = sum(1 for each in parameters_of(profile) if each.checked == "unverified")
        left = f"; {unverified} unverified, not acted on" if unverified else ""
        click.echo(f"{file}: good: {profile.id} of {profile.court}, {len(profile.rules)} deadlines{left}")
    if faults:
        context.exit(2)


@program_group.command("show")
@click.argument("program", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@click.pass_obj
def show_command(desk: Desk, program: str, as_json: bool) -> None:
    """Show one program: every parameter with its citation and how far it was checked. ID may be a profile file."""
    profile = _find(desk, program)
    told = parameters_of(profile)
    if as_json:
        shape = {**_line(profile), "authority": profile.authority, "note": profile.note or None, "based_on": profile.based_on}
        shape["parameters"] = [_parameter(each) for each in told]
        shape["silent_rules"] = [{"number": each.number, "reason": each.reason} for each in profile.silent_rules]
        click.echo(json.dumps(shape, ensure_ascii=False, indent=2))
        return
    click.echo(f"{profile.id}: {profile.name}\n{profile.authority}")
    if profile.note:
        click.echo(profile.note)
    for each in told:
        click.echo(f"  {each.name:<44} {_value(each):<52} [{each.cite}{f'; {each.checked.value}' if each.checked else ''}]")


@program_group.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@click.pass_obj
def diff_command(desk: Desk, old: str, new: str, as_json: bool) -> None:
    """Compare two versions: the changed parameters, and which open matters of OLD would have other dates under NEW.

    OLD and NEW are ids, or profile files. Nothing is kept.
    """
    before, after = _find(desk, old), _find(desk, new)
    changed, moved = compare(before, after), desk.matters_moved(old=before, new=after)
    if as_json:
        shape = {
            "old": before.id,
            "new": after.id,
            "changed": [_changed(each) for each in changed],
            "matters": [_matter(each) for each in moved],
        }
        click.echo(json.dumps(shape, ensure_ascii=False, indent=2))
        return
    for each in changed:
        click.echo(f"{each.name}: {_value(each.old)} -> {_value(each.new)}")
    if not changed:
        click.echo("no parameter differs")
    for matter in moved:
        state = f": {matter.old_state} -> {matter.new_state}" if matter.old_state != matter.new_state else ""
        click.echo(f"{matter.number}{state}")
        for moves in matter.dates:
            click.echo(f"  {moves.key}: {_days(moves.old)} -> {_days(moves.new)}  {moves.what}")
    if not moved:
        click.echo(f"no open matter under {before.id} would move")


@program_group.command("new")
@click.argument("program", metavar="ID")
@click.option("--from", "source", required=True, metavar="ID", help="The shipped program to start from.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Default standard output.")
@click.pass_obj
def new_command(desk: Desk, program: str, source: str, output: Path | None) -> None:
    """Draft the profile of a new program from a shipped one, for the court to edit and `program check`."""
    if any(each.id == program for each in desk.rulebook.profiles):
        raise UsageError(f"{program}: there is a program of this id already")
    text = draft(program, source=desk.rulebook.profile(source))
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as fault:
        raise UsageError(f"{output}: is there already") from fault
    except OSError as fault:
        raise UsageError(f"{output}: cannot be written: {fault.strerror}") from fault


def _from_file(file: Path) -> Profile:
    """A profile from a file, with all that it leans on: its court's calendar, its names of events. Raises ProfileError."""
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise ProfileError(f"{file}: cannot be read: {fault.strerror}") from fault
    profile = read(content, name=str(file))
    try:
        court_calendar(profile.court)
    except ProfileError as fault:
        raise ProfileError(f"{file} [program] court: {fault}") from fault
    program_vocabulary(profile)
    return profile


def _find(desk: Desk, named: str) -> Profile:
    """The program of an id, or of a file where the name is a path."""
    if named.endswith(".toml") or "/" in named:
        return _from_file(Path(named))
    return desk.rulebook.profile(named)


def _value(parameter: Parameter | None) -> str:
    if parameter is None or parameter.value is None:
        return "absent"
    if isinstance(parameter.value, bool):
        return "yes" if parameter.value else "no"
    return str(parameter.value)


def _days(days: Days | None) -> str:
    if days is None:
        return "none"
    earliest, latest = days
    if earliest is None:
        return "waiting"
    return str(earliest) if earliest == latest else f"{earliest} (latest {latest})"


def _line(profile: Profile) -> Shape:
    return {
        "id": profile.id,
        "court": profile.court,
        "name": profile.name,
        "judges": list(profile.judges),
        "chapters": list(profile.chapters),
        "effective_from": profile.effective_from.isoformat(),
        "effective_to": profile.effective_to.isoformat() if profile.effective_to else None,
        "entry_model": profile.entry_model.value,
        "checked": profile.checked.value,
    }


def _parameter(each: Parameter) -> Shape:
    return {"name": each.name, "value": each.value, "cite": each.cite, "checked": each.checked.value if each.checked else None}


def _changed(each: Changed) -> Shape:
    return {
        "name": each.name,
        "old": _parameter(each.old) if each.old else None,
        "new": _parameter(each.new) if each.new else None,
    }


def _matter(each: MovedMatter) -> Shape:
    return {
        "number": each.number,
        "old_state": each.old_state,
        "new_state": each.new_state,
        "dates": [
            {"key": moves.key, "what": moves.what, "old": _readings(moves.old), "new": _readings(moves.new)}
            for moves in each.dates
        ],
    }


def _readings(days: Days | None) -> Shape | None:
    return None if days is None else {"earliest": _iso(days[0]), "latest": _iso(days[1])}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
