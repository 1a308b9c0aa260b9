"""Commands for the watch over a court: `poll` looks, `gaps` and `reconcile` tell what it missed, `docket-checked` mends it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.gaps import Incident, WatchAccount, WatchGap
from docketbridge.casework.intake.polling import Look, configured, look_at, look_at_all, next_look
from docketbridge.casework.intake.reconciliation import Reconciliation, reconcile
from docketbridge.casework.intake.watch_shapes import reconciliation, watch_account
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.review.docket_checking import check_docket
from docketbridge.cli.feeds import intake_line
from docketbridge.cli.reading import read_moment, read_person
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.reconciling import Hole
from docketbridge.domain.watching import end_of_day
from docketbridge.errors import SourceUnavailable, UsageError
from docketbridge.ledger.dockets.polls import Outcome

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("poll")
@click.option("--once", is_flag=True, help="Look at every source once and end; without it, go on looking until stopped.")
@click.pass_obj
def poll_command(desk: Desk, once: bool) -> None:
    """Fetch the configured sources and take them in; so often that windows overlap by half."""
    if once:
        faults = [fault for look in look_at_all(desk) for fault in _tell(look)]
        if faults:
            raise SourceUnavailable("; ".join(faults))
        return
    sources = configured(desk)
    while True:
        today = desk if desk.fixed_day else desk.on(datetime.now().astimezone().date())
        for each in sources:
            if next_look(today, each, now=datetime.now(tz=UTC)) <= datetime.now(tz=UTC):
                for fault in _tell(look_at(today, each)):
                    click.echo(fault, err=True)
                today.refresh()
        due = min(next_look(today, each, now=datetime.now(tz=UTC)) for each in sources)
        time.sleep(max(1.0, (due - datetime.now(tz=UTC)).total_seconds()))


def _tell(look: Look) -> tuple[str, ...]:
    """Say what a look gave; its faults are handed back."""
    for result in look.results:
        click.echo(f"{look.source.name}: {intake_line(result)}")
    if not look.results and not look.faults:
        click.echo(f"{look.source.name}: nothing newer")
    return look.faults


@click.command("gaps")
@click.option("--court", metavar="ID", required=True, help="The court whose watch is told.")
@click.option("--from", "first", type=_DAY, metavar="DATE", help="The first day told; default the first seen.")
@click.option("--to", "last", type=_DAY, metavar="DATE", help="The last day told; default the last seen.")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@click.pass_obj
def gaps_command(desk: Desk, court: str, first: datetime | None, last: datetime | None, as_json: bool) -> None:
    """Tell what the watch over a court saw: polls, windows, overlaps, gaps, scope; and what would close a gap."""
    zone = desk.rulebook.calendar(court.lower()).timezone
    if first and last and last < first:
        raise UsageError(f"--to {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}")
    start = end_of_day(first.date() - timedelta(days=1), zone) if first else None
    end = end_of_day(last.date(), zone) if last else None
    account = desk.watch_account(court.lower(), start=start, end=end)
    click.echo(json.dumps(watch_account(account), ensure_ascii=False) if as_json else "\n".join(_told(account)))


def _told(account: WatchAccount) -> list[str]:
    zone = ZoneInfo(account.timezone)
    read = [each for each in account.polls if each.outcome is Outcome.READ]
    failed = sum(each.outcome is Outcome.FAILED for each in account.polls)
    windows = [each for each in read if each.proves]
    reports = sum(each.case_number is not None for each in read)
    lines = [
        f"{account.court}: {len(account.polls)} looks ({failed} failed); {len(windows)} whole windows, {reports} docket reports",
        f"seen through {_at(account.seen_through, zone)}" if account.seen_through else "never seen whole",
    ]
    if account.overlaps:
        shortest = min(each.end - each.start for each in account.overlaps)
        lines.append(f"{len(account.overlaps)} windows overlap the one before, by {_length(shortest)} at least")
    lines += [f"partial feed, proves no silence: {scope}" for scope in account.partial_scopes]
    lines += [_gap(each, zone) for each in account.gaps] or ["no gap"]
    lines += [_incident(each, zone) for each in account.incidents]
    lines += [_hole(case, each) for case, each in account.holes]
    return lines


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _length(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def _gap(gap: WatchGap, zone: ZoneInfo) -> str:
    words = f"gap {_at(gap.start, zone)} to {_at(gap.end, zone)} ({_length(gap.end - gap.start)}): {gap.status}"
    if gap.wanted:
        words += f"; wants a docket report of {', '.join(case.number for case in gap.wanted)}"
    closed = [f"{each.case.number} ({each.kind}{f' by {each.by}' if each.by else ''})" for each in gap.closed]
    return words + (f"; closed for {', '.join(closed)}" if closed else "")


def _incident(incident: Incident, zone: ZoneInfo) -> str:
    times = "once" if incident.failures == 1 else f"{incident.failures} times"
    until = f", until {_at(incident.ended, zone)}" if incident.ended else ""
    return f"{incident.source} failed {times} since {_at(incident.since, zone)}{until}: {incident.status} ({incident.why})"


def _hole(case: CaseKey, hole: Hole) -> str:
    return f"{case.number}: sequence {_numbers(hole)} never seen; wants a docket report"


def _numbers(hole: Hole) -> str:
    return f"{hole.first}" if hole.first == hole.last else f"{hole.first} to {hole.last}"


@click.command("reconcile")
@click.option("--court", metavar="ID", help="The court; default every court that was looked at.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a court.")
@click.pass_obj
def reconcile_command(desk: Desk, court: str | None, as_json: bool) -> None:
    """Hold the watched cases against their own numbers: which want a docket report, and why. The scheduler does so each night."""
    for each in reconcile(desk, court.lower() if court else None):
        click.echo(json.dumps(reconciliation(each), ensure_ascii=False) if as_json else "\n".join(_reconciled(each)))


def _reconciled(told: Reconciliation) -> list[str]:
    zone = ZoneInfo(told.timezone)
    cases = "1 watched case" if told.watched == 1 else f"{told.watched} watched cases"
    lines = [f"{told.court}: {cases}, {len(told.wanted) or 'none'} want{'s' if len(told.wanted) < 2 else ''} a docket report"]
    for each in told.wanted:
        why = [f"sequence {_numbers(hole)} never seen" for hole in each.sequences]
        why += [f"document {_numbers(hole)} never seen" for hole in each.documents]
        why += [f"gap {_at(gap.start, zone)} to {_at(gap.end, zone)}" for gap in each.gaps]
        lines.append(f"{each.case.number}: {'; '.join(why)}")
    return lines


@click.command("docket-checked")
@click.option("--matter", required=True, metavar="ID", help="The matter, by its number or id.")
@click.option("--through", required=True, metavar="TIME", help="Through when the docket was seen whole; court time if no offset.")
@click.option("--by", metavar="NAME", help="Who looked; default the user of this machine.")
@click.option("--reason", default="", metavar="WORDS", help="Why, or where it was looked up.")
@click.pass_obj
def docket_checked_command(desk: Desk, matter: str, through: str, by: str | None, reason: str) -> None:
    """Keep that a person saw the whole docket of a matter's case: it closes the gaps until then, for that matter."""
    zone = ZoneInfo(desk.matter_file(matter).court.timezone)
    until = read_moment(through, option="--through", zone=zone)
    told = Hand(by=read_person(by), at=datetime.now(tz=UTC), reason=reason.strip())
    after = check_docket(desk, matter, told, through=until)
    click.echo(f"{after.matter.number}: docket checked through {_at(until, zone)} by {told.by}; {after.posture.shown}")
