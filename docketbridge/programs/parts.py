"""The parts of a profile: each table of the TOML as its typed value, every fault with file, table and key."""

from __future__ import annotations

from docketbridge.domain.deadlines import Direction, Period, Unit
from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.anchors import ANCHORS, FACTS
from docketbridge.domain.profile import Checked, Citation, ExtensionRules, Rule, SilentRule, StayRules, TaskDays, Value
from docketbridge.programs.checking import Keys

DEADLINE_KINDS = frozenset(
    {
        "objection",
        "period_end",
        "status_report",
        "lift_stay",
        "confirmation",
        "schedules",
        "conference",
        "contact",
        "threshold",
    }
)
TASK_KEYS = frozenset(
    {
        "request-sheet",
        "screen-objection",
        "set-hearing",
        "remove-hearing",
        "restore-hearing",
        "sign-order",
        "order-awaited",
        "order-dates",
        "continue-liftstay",
        "continue-confirmation",
        "is-it-joint",
        "strike-report",
        "extension-ruling",
        "expedite-liftstay",
        "approval-sheet",
        "pro-se-hearing",
        "docket-note",
        "to-set",
        "close",
        "dismissal-check",
        "late-request",
        "reconsideration",
    }
)
HAPPENINGS = frozenset(kind.value for kind in EventKind) | FACTS
DISMISSAL_EXCEPTIONS = ("ch13_debtor_request", "ust_noncompliance", "trustee_noncompliance", "court_noncompliance")
VALUES = frozenset(
    {
        "confirmation.grace_after_end_days",
        "eligibility.balance_cap",
        "eligibility.debtor",
        "eligibility.property",
        "eligibility.units",
        "extension.form",
        "extension.portal_consent",
        "mediator.fee",
        "mediator.fee_split",
        "mediator.fee_days",
        "mediator.use",
        "order.one_per_creditor",
        "payments.amounts_on_papers",
        "payments.mode",
        "payments.percent_of_escrow",
        "payments.percent_of_gross_income",
        "payments.percent_of_payment",
        "payments.percent_of_principal_and_interest",
        "payments.stale_after_days",
        "portal.opt_out",
        "portal.provider",
        "portal.use",
        "request.by",
        "request.form",
        "stay.condition",
        "stay.lm_request_is_opposition",
        "termination.form",
    }
)
"""Parameters of a program that start no period (PROGRAM-RULES.md 3.2)."""
_TRUTHS = frozenset({"payments.amounts_on_papers"})
_COUNTS = frozenset({"payments.stale_after_days"})
_MOST_DAYS = 366


def named_table(top: Keys, table: str) -> Keys | None:
    """The keys of a table of the profile; None where it has none."""
    value = top.take(table, needed=False)
    return None if value is None else Keys(value, place=f"{top.place} [{table}]")


def read_citation(table: str, keys: Keys) -> Citation:
    """Where a table comes from, and how well that was checked."""
    return Citation(table=table, cite=keys.text("cite"), checked=keys.one_of("checked", Checked))


def read_chapters(program: Keys) -> tuple[int, ...]:
    """The chapters the program names; none where its sources limit it to none. Raises ProfileError."""
    if "chapters" not in program:
        return ()
    chapters = program.numbers("chapters")
    for each in chapters:
        if each not in (7, 9, 11, 12, 13, 15):
            raise program.fault("chapters", f"{each} is no chapter")
    if not chapters:
        raise program.fault("chapters", "names none")
    return chapters


def read_rule(keys: Keys) -> Rule:
    """One deadline of the catalogue. Raises ProfileError naming its key."""
    key = keys.text("key")
    keys.place = f"{keys.place} ({key})"
    kind = keys.text("kind")
    if kind not in DEADLINE_KINDS:
        raise keys.fault("kind", f"is {kind!r}, must be one of {', '.join(sorted(DEADLINE_KINDS))}")
    rule = Rule(
        key=key,
        what=keys.text("what"),
        kind=kind,
        owner=keys.text("owner"),
        period=_period(keys.table("period")),
        cite=keys.text("cite"),
        checked=keys.one_of("checked", Checked),
        filing=keys.truth("filing", otherwise=False),
        met_by=keys.texts("met_by", among=HAPPENINGS),
        mooted_by=keys.texts("mooted_by", among=HAPPENINGS),
        chapters=read_chapters(keys),
    )
    keys.done()
    return rule


def _period(keys: Keys | None) -> Period | None:
    if keys is None:
        return None
    anchor = keys.text("anchor")
    if anchor not in ANCHORS:
        raise keys.fault("anchor", f"is {anchor!r}, which nothing produces")
    period = Period(
        amount=keys.number("amount"),
        unit=keys.one_of("unit", Unit),
        direction=keys.one_of("direction", Direction),
        anchor=anchor,
        rolls=keys.truth("rolls", otherwise=True),
        mail_days=keys.number_or("mail_days", 0),
    )
    keys.done()
    return period


def read_silent(keys: Keys) -> SilentRule:
    """A rule of the text that moves nothing on a docket, with the reason."""
    rule = SilentRule(number=keys.text("number"), reason=keys.text("reason"))
    keys.done()
    return rule


def read_extension(keys: Keys | None, cite: str) -> ExtensionRules:
    """How the period may be extended; nothing where the profile does not say."""
    if keys is None:
        return ExtensionRules()
    scope = keys.text_or("cap_scope", "per_request")
    if scope not in ("per_request", "total"):
        raise keys.fault("cap_scope", f"is {scope!r}, must be per_request or total")
    return ExtensionRules(
        agreed_cap_days=keys.number_or("agreed_cap_days", 0) or None,
        cap_scope=scope,
        auto_by_joint_status_date=keys.truth("auto_by_joint_status_date", otherwise=False),
        needs_order=keys.truth("needs_order", otherwise=True),
        cite=cite,
    )


def read_stay(keys: Keys | None, cite: str) -> StayRules:
    """What the program does to lift-stay motions; nothing where the profile does not say."""
    if keys is None:
        return StayRules()
    return StayRules(
        effect=keys.text_or("effect", "") or None,
        applies_to=keys.text_or("applies_to", "lm_creditor"),
        needs_dated_finding=keys.truth("needs_dated_finding", otherwise=False),
        watch_days=keys.numbers("watch_days"),
        alarm_days=keys.number_or("alarm_days", 10),
        takes_up_request=keys.truth("takes_up_request", otherwise=False),
        cite=cite,
    )


def read_task_days(keys: Keys | None) -> TaskDays:
    """In how many court days each task falls due."""
    if keys is None:
        return TaskDays()
    days = {key: keys.number(key) for key in sorted(TASK_KEYS) if key in keys}
    return TaskDays(by_key=tuple(days.items()))


def read_detect(keys: Keys | None) -> tuple[tuple[str, str], ...]:
    """The court's own names of events, each with its kind. Raises ProfileError for a kind that is none."""
    if keys is None:
        return ()
    kinds = {kind.value for kind in EventKind}
    for wording, kind in (pairs := keys.rest()).items():
        if kind not in kinds:
            raise keys.fault(repr(wording), f"is {kind!r}, which is no kind of event")
    return tuple((wording, str(kind)) for wording, kind in pairs.items())


def read_value(keys: Keys) -> Value:
    """A parameter that starts no period, cited and checked by itself. Raises ProfileError naming its key."""
    name = keys.text("name")
    keys.place = f"{keys.place} ({name})"
    if name not in VALUES:
        raise keys.fault("name", f"is {name!r}, which nothing here knows")
    value = keys.take("value")
    if not isinstance(value, str | int | bool):
        raise keys.fault("value", "must be a text, a whole number, or true or false")
    if name in _TRUTHS and not isinstance(value, bool):
        raise keys.fault("value", "must be true or false")
    if name in _COUNTS and (isinstance(value, bool | str) or not 1 <= value <= _MOST_DAYS):
        raise keys.fault("value", f"must be a whole number of days, 1 to {_MOST_DAYS}")
    read = Value(name=name, value=value, cite=keys.text("cite"), checked=keys.one_of("checked", Checked))
    keys.done()
    return read
