"""A profile told parameter by parameter, each with its citation: for showing one version and for comparing two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docketbridge.domain.deadlines import Direction, Period
from docketbridge.domain.profile import Checked, Profile, Rule

Told = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a program: its name as table and key, its value in words or as a number, where it comes from."""

    name: str
    value: Told
    cite: str
    checked: Checked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A parameter that differs between two versions; None where one of them does not have it."""

    name: str
    old: Parameter | None
    new: Parameter | None


def parameters_of(profile: Profile) -> tuple[Parameter, ...]:
    """Every parameter of a profile, tables first, then deadlines and values in the order of the file."""
    return tuple(_all(profile))


def compare(old: Profile, new: Profile) -> tuple[Changed, ...]:
    """The parameters that differ in value, how far each was checked among them, in the order of the old version."""
    before = {each.name: each for each in parameters_of(old)}
    after = {each.name: each for each in parameters_of(new)}
    names = [*before, *(name for name in after if name not in before)]
    differing = (name for name in names if _value(before.get(name)) != _value(after.get(name)))
    return tuple(Changed(name=name, old=before.get(name), new=after.get(name)) for name in differing)


def _value(parameter: Parameter | None) -> Told:
    return None if parameter is None else parameter.value


def period_in_words(period: Period) -> str:
    """A period as a clerk says it: `14 days after service, +3 by mail`."""
    unit = period.unit.value.replace("_", " ")
    way = "after" if period.direction is Direction.AFTER else "before"
    mail = f", +{period.mail_days} by mail" if period.mail_days else ""
    kept = "" if period.rolls else ", the day kept"
    return f"{period.amount} {unit} {way} {period.anchor.replace('_', ' ')}{mail}{kept}"


def _all(profile: Profile) -> Iterator[Parameter]:
    for name, value in _program(profile):
        yield Parameter(name=f"program.{name}", value=value, cite=profile.authority, checked=profile.checked)
    cited = {each.table: each for each in profile.citations}
    for table, key, value in _tables(profile):
        from_where = cited.get(table)
        if from_where is not None:
            yield Parameter(name=f"{table}.{key}", value=value, cite=from_where.cite, checked=from_where.checked)
    for rule in profile.rules:
        for key, value in _rule(rule):
            yield Parameter(name=f"deadline.{rule.key}.{key}", value=value, cite=rule.cite, checked=rule.checked)
    for each in profile.values:
        yield Parameter(name=each.name, value=each.value, cite=each.cite, checked=each.checked)
    for wording, kind in profile.detect:
        yield Parameter(name=f"detect.{wording}", value=kind, cite=profile.authority)


def _program(profile: Profile) -> Iterator[tuple[str, Told]]:
    yield "court", profile.court
    yield "name", profile.name
    yield "judges", ", ".join(profile.judges)
    yield "chapters", ", ".join(str(each) for each in profile.chapters) or "any"
    yield "effective_from", profile.effective_from.isoformat()
    yield "effective_to", profile.effective_to.isoformat() if profile.effective_to else None
    yield "checked", profile.checked.value


def _tables(profile: Profile) -> Iterator[tuple[str, str, Told]]:
    yield "entry", "model", profile.entry_model.value
    yield "order", "dates", ", ".join(profile.order_dates) or None
    yield "extension", "agreed_cap_days", profile.extension.agreed_cap_days
    yield "extension", "cap_scope", profile.extension.cap_scope
    yield "extension", "auto_by_joint_status_date", profile.extension.auto_by_joint_status_date
    yield "extension", "needs_order", profile.extension.needs_order
    yield "status", "kind", profile.status_kind
    yield "status", "one_sided", profile.one_sided_report
    yield "stay", "effect", profile.stay.effect
    yield "stay", "applies_to", profile.stay.applies_to
    yield "stay", "needs_dated_finding", profile.stay.needs_dated_finding
    yield "stay", "takes_up_request", profile.stay.takes_up_request
    yield "stay", "alarm_days", profile.stay.alarm_days
    yield "confirmation", "effect", profile.confirmation_effect
    yield "payments", "plan_current_required", profile.plan_current_required
    yield "process", "authority_ready_minutes", profile.authority_ready_minutes
    yield "dismissal", "guard", profile.dismissal_guard
    yield "dismissal", "exceptions", ", ".join(profile.dismissal_exceptions) or None
    yield "dismissal", "clerk_note", profile.clerk_note
    yield "resolution", "pro_se_hearing", profile.pro_se_hearing
    yield "mediator", "used", profile.mediator_used
    yield "termination", "on_final_report", profile.final_report_ends
    for key, amount in profile.task_days.by_key:
        yield "tasks", key, amount
    for each in profile.citations:
        yield each.table, "checked", each.checked.value


def _rule(rule: Rule) -> Iterator[tuple[str, Told]]:
    yield "period", period_in_words(rule.period) if rule.period else "a date of the order"
    yield "owner", rule.owner
    yield "checked", rule.checked.value
    if rule.chapters:
        yield "chapters", ", ".join(str(each) for each in rule.chapters)
    if rule.met_by:
        yield "met_by", ", ".join(rule.met_by)
    if rule.mooted_by:
        yield "mooted_by", ", ".join(rule.mooted_by)
