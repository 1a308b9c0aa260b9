"""The command `review`: the queue of entries that a person must decide, and the deciding."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.review import deciding
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.review.review_shapes import review_item
from docketbridge.casework.review.reviewing import ReviewItem, in_words
from docketbridge.cli.reading import read_person
from docketbridge.errors import UsageError

_ENTRY = click.argument("entry")


def _with_hand(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a deciding command its ENTRY, `--by` and `--reason`."""
    command = click.option("--reason", default="", metavar="WORDS", help="Why; kept with the decision.")(command)
    command = click.option("--by", metavar="NAME", help="Who decides; default the user of this machine.")(command)
    return click.pass_obj(_ENTRY(command))


def hand(by: str | None, reason: str, *, option: str = "--by") -> Hand:
    """Who decides now, and why. Raises UsageError when nobody is named."""
    return Hand(by=read_person(by, option=option), at=datetime.now(tz=UTC), reason=" ".join(reason.split()))


def pairs(given: Sequence[str], *, option: str) -> tuple[tuple[str, str], ...]:
    """Read `NAME=VALUE`, again and again. Raises UsageError naming the one that is not so."""
    split = [each.partition("=") for each in given]
    if wrong := [each for each, (name, equals, _) in zip(given, split, strict=True) if not (name.strip() and equals)]:
        raise UsageError(f"{option} {wrong[0]!r}: write NAME=VALUE")
    return tuple((name.strip(), value.strip()) for name, _, value in split)


@click.group("review")
def review_group() -> None:
    """The queue of entries that a person must decide, and the deciding.

    ENTRY is an entry's id as `review list` gives it (six signs are enough), or CASE:NUMBER such as 26-10123:12.
    """


@review_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an entry.")
@click.pass_obj
def list_command(desk: Desk, as_json: bool) -> None:
    """List what waits: for a person to decide, or for its text because a matter's silence hangs on it."""
    items = desk.review_queue()
    for item in items:
        click.echo(json.dumps(review_item(item), ensure_ascii=False) if as_json else _row(item))
    if not items and not as_json:
        click.echo("nothing waits for a person")


def _row(item: ReviewItem) -> str:
    text = " ".join((item.entry.text or ", ".join(item.entry.events)).split())
    holds = f"  [holds {', '.join(each.number for each in item.holds)}]" if item.holds else ""
    return f"{item.entry.id[:10]}  {item.case}  {item.entry.label}: {item.reason}{holds}\n            {text[:120]}"


@review_group.command("show")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@_ENTRY
@click.pass_obj
def show_command(desk: Desk, entry: str, as_json: bool) -> None:
    """Show one entry: its text, what was read and by which words, the matters it may be of, and what was decided."""
    item = desk.review_item(entry)
    click.echo(json.dumps(review_item(item), ensure_ascii=False, indent=2) if as_json else "\n".join(_told(item)))


def _told(item: ReviewItem) -> list[str]:
    why = item.meaning.why
    kinds = item.meaning.candidates or item.meaning.kinds
    lines = [f"{item.case}  {item.entry.label}  (id {item.entry.id})", "", item.entry.text or ", ".join(item.entry.events), ""]
    lines.append(f"read as: {' or '.join(kind.value.replace('_', ' ') for kind in kinds)}")
    if why is not None:
        lines.append(f"because of: {why.quote or 'nothing in it'}  ({why.rule}, vocabulary {why.version})")
    if item.reason is not None:
        lines.append(f"waits: {item.reason}")
    lines += [
        f"may be of {each.matter.number} ({each.matter.creditor or 'creditor unknown'}): {each.why}" for each in item.likely
    ]
    lines += [f"belongs to {each.number}" for each in item.matters]
    lines += [f"holds the silence of {each.number}" for each in item.holds]
    numbers = {each.id: each.number for each in (*item.matters, *(likely.matter for likely in item.likely))}
    return [*lines, *(f"decided {in_words(each, numbers)}" for each in item.decisions)]


@review_group.command("confirm")
@_with_hand
def confirm_command(desk: Desk, entry: str, by: str | None, reason: str) -> None:
    """Confirm the likeliest meaning or matter that was read."""
    _answer(desk, deciding.confirm(desk, entry, hand(by, reason)))


@review_group.command("correct")
@click.option(
    "--kind", "kinds", multiple=True, required=True, metavar="K", help="What it means (EVENTS.md); again for a further kind."
)
@click.option("--attribute", "given", multiple=True, metavar="NAME=VALUE", help="What it says beside its kind; again for more.")
@click.option("--fact", "facts", multiple=True, metavar="NAME[=VALUE]", help="A fact beside the kind; again for more.")
@_with_hand
def correct_command(
    desk: Desk,
    entry: str,
    by: str | None,
    reason: str,
    kinds: Sequence[str],
    given: Sequence[str],
    facts: Sequence[str],
) -> None:
    """Say what an entry means, in place of what was read."""
    told = pairs([each if "=" in each else f"{each}=yes" for each in facts], option="--fact")
    item = deciding.correct(desk, entry, hand(by, reason), kinds=kinds, given=pairs(given, option="--attribute"), facts=told)
    _answer(desk, item)


@review_group.command("link")
@click.option("--matter", metavar="ID", help="The matter of its case that it belongs to, by number or id.")
@click.option("--new", is_flag=True, help="It opens a matter of its own.")
@_with_hand
def link_command(desk: Desk, entry: str, by: str | None, reason: str, matter: str | None, new: bool) -> None:
    """Say which matter an entry belongs to."""
    if (matter is None) == (not new):
        raise UsageError("say --matter ID or --new, one of the two")
    _answer(desk, deciding.link(desk, entry, hand(by, reason), matter=matter))


@review_group.command("set-aside")
@_with_hand
def set_aside_command(desk: Desk, entry: str, by: str | None, reason: str) -> None:
    """Say that an entry matters to no matter."""
    _answer(desk, deciding.set_aside(desk, entry, hand(by, reason)))


@review_group.command("undo")
@_with_hand
def undo_command(desk: Desk, entry: str, by: str | None, reason: str) -> None:
    """Take back the last decision about an entry that stands; taking back is a decision too."""
    _answer(desk, deciding.undo(desk, entry, hand(by, reason)))


@review_group.command("export")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The file to write; one JSON line.")
@_ENTRY
@click.pass_obj
def export_command(desk: Desk, entry: str, output: Path) -> None:
    """Write an entry that was read wrongly as a case file for the labelled set: text, given, wanted, court."""
    told = json.dumps(deciding.case_file(desk, entry), ensure_ascii=False) + "\n"
    try:
        output.write_text(told, encoding="utf-8")
    except OSError as fault:
        raise UsageError(f"{output}: {fault.strerror or fault}") from fault
    click.echo(f"{output}: written; invent other names before it joins the labelled set")


def _answer(desk: Desk, item: ReviewItem) -> None:
    """Say what stands now: of the entry, and of the matters of its case."""
    kinds = " or ".join(kind.value.replace("_", " ") for kind in item.meaning.candidates or item.meaning.kinds)
    click.echo(f"{item.case} {item.entry.label}: {kinds}" + (f"; still waits: {item.reason}" if item.reason else ""))
    for file in desk.matter_files(f"case:{item.case.number}"):
        if file.matter.court == item.case.court:
            click.echo(f"{file.matter.number}: {file.posture.shown}")
