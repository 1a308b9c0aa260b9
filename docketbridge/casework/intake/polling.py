"""Fetching the configured sources and taking in what they give: every look is a fact, the failed ones too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.intake import IntakeResult, take_in
from docketbridge.domain.feeds import FeedSource, RawFeed
from docketbridge.domain.spacing import retry_after, spacing
from docketbridge.errors import SettingsError, SourceUnavailable, UnreadableFeed
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.dockets.polls import Outcome, last_validator, recent_looks, record_failure, record_unchanged
from docketbridge.plugins import Transport
from docketbridge.settings import SourceSettings

# Long enough to hold a court's busiest hours of a week and of the Monday after.
_LATELY = timedelta(days=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """A source of the settings with the transport that fetches it."""

    source: FeedSource
    transport: Transport
    at_most: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a source gave: what was taken in, and why something could not be. Neither: nothing is newer."""

    source: FeedSource
    results: tuple[IntakeResult, ...] = ()
    faults: tuple[str, ...] = ()


def configured(desk: Desk) -> tuple[Configured, ...]:
    """The sources of the settings, each checked against the plugins and the courts. Raises SettingsError naming the key."""
    if not desk.settings.sources:
        raise SettingsError(f"no [[source]] in {desk.settings.folder / 'docketbridge.toml'}: there is nothing to poll")
    return tuple(_configured(desk, each) for each in desk.settings.sources)


def _configured(desk: Desk, told: SourceSettings) -> Configured:
    where = f"source {told.name!r}"
    transport = desk.plugins.transports.get(told.transport)
    if transport is None:
        known = ", ".join(sorted(desk.plugins.transports))
        raise SettingsError(f"{where}: no transport {told.transport!r}; there are {known}")
    if told.format and told.format not in desk.plugins.parsers:
        raise SettingsError(f"{where}: no format {told.format!r}; there are {', '.join(sorted(desk.plugins.parsers))}")
    strange = next((name for name, _ in told.options if name not in transport.options), None)
    if strange is not None:
        raise SettingsError(f"{where}: no option {strange!r}; there are {', '.join(sorted(transport.options))}")
    desk.rulebook.calendar(told.court)
    source = FeedSource(
        name=told.name,
        court=told.court,
        transport=told.transport,
        format=told.format,
        address=told.address,
        options=MappingProxyType(dict(told.options)),
    )
    return Configured(source=source, transport=transport, at_most=timedelta(minutes=told.every_minutes))


def look_at(desk: Desk, each: Configured) -> Look:
    """Look at a source once. One that does not answer, or answers with what is no feed, is a failed look, not a fault of ours."""
    source = each.source
    with Session(desk.engine) as session:
        since = last_validator(session, source.court, source.name)
    results: list[IntakeResult] = []
    faults: list[str] = []
    try:
        for raw in each.transport.fetch(source, since=since):
            fault = _take(desk, source, raw, results)
            if fault is not None:
                faults.append(fault)
                _failed(desk, source, fault)
            each.transport.settle(source, raw, fault)
    except SourceUnavailable as fault:
        faults.append(str(fault))
        _failed(desk, source, str(fault))
    if not results and not faults:
        with Session(writing_engine(desk.engine)) as session, session.begin():
            record_unchanged(session, court=source.court, source=source.name, at=datetime.now(tz=UTC))
    return Look(source=source, results=tuple(results), faults=tuple(faults))


def _take(desk: Desk, source: FeedSource, raw: RawFeed, results: list[IntakeResult]) -> str | None:
    """Take a fetched feed in; why it could not be, or None."""
    try:
        result = take_in(
            desk.engine,
            desk.rulebook,
            desk.plugins,
            raw,
            today=desk.today,
            format_name=source.format or None,
            source=source.name,
        )
    except UnreadableFeed as fault:
        return str(fault)
    results.append(result)
    return None


def _failed(desk: Desk, source: FeedSource, why: str) -> None:
    with Session(writing_engine(desk.engine)) as session, session.begin():
        record_failure(session, court=source.court, source=source.name, at=datetime.now(tz=UTC), why=why)


def look_at_all(desk: Desk) -> Iterator[Look]:
    """Look at every source once; then the matters that a new look may have moved are worked out again."""
    for each in configured(desk):
        yield look_at(desk, each)
    desk.refresh()


def next_look(desk: Desk, each: Configured, *, now: datetime) -> datetime:
    """When a source should be looked at next: so that windows overlap by half, sooner after a failure; now if never yet."""
    with Session(desk.engine) as session:
        looks = recent_looks(session, each.source.court, each.source.name, since=now - _LATELY)
    if not looks:
        return now
    windows = [look.window for look in looks if look.proves and look.window]
    usual = spacing(windows, at_most=each.at_most)
    failures = 0
    for look in reversed(looks):
        if look.outcome is not Outcome.FAILED:
            break
        failures += 1
    return looks[-1].at + (retry_after(failures, usual=usual) if failures else usual)
