"""Reports, continuances and extensions in the period (LMP VII.C, IX.B): joint ones move dates, others ask a person."""

from __future__ import annotations

from datetime import date

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import CaseEvent, EventKind
from docketbridge.domain.fold.account_histories import is_account_history
from docketbridge.domain.fold.course import Course, Happening, words
from docketbridge.domain.fold.deadline_rules import current, last, moot, set_status_date, start
from docketbridge.domain.fold.ordering import dates_told, is_court_paper, move_end, set_order_dates
from docketbridge.domain.standing import OpenItem, State

LM_PARTIES = ("debtor", "creditor", "joint")


def in_time(course: Course, what: Happening) -> bool:
    """Whether a request comes on or before the end of the period, or that end is not known."""
    end = course.lm.dates.lm_end
    return end is None or what.day <= end


def ask_extension(course: Course, what: Happening) -> None:
    """Open an extension item; an agreed one within the cap starts three business days (LMP IX.B.1)."""
    event = what.docketed
    joint, until = course.joint(event), event.attributes.requested_extended_to or event.attributes.extended_to
    course.open(
        OpenItem(
            kind="extension",
            entry_id=event.entry_id,
            entry_label=event.entry_label,
            since=what.day,
            party=event.attributes.requesting_party or event.attributes.filer_role,
            document_number=event.document_number,
            joint=joint,
            until=until,
        )
    )
    start(course, "ext_objection", anchor=event.filed or what.day, event=event)
    if joint is None:
        course.ask("is-it-joint", f"{event.entry_label}: did both sides sign?", event)
    elif not joint:
        _be_contested(course, event, "without the other side's consent")
    if exceeds_cap(course, until):
        course.note("chambers", _over(course, until), "LMP IX.B.1", event)
        course.ask("extension-ruling", f"{event.entry_label} asks for more than the cap", event)


def _over(_course: Course, until: date | None) -> str:
    return f"Asks for an end on {words(until) if until else 'a day not told'}, over the cap; never effective by silence (AMB-32)."


def ask_extension_late(course: Course, what: Happening) -> None:
    """Flag an extension asked for after the end; silence never grants it (AMB-32)."""
    event = what.docketed
    course.note("chambers", "Extension asked for after the end of the period; never effective by silence.", "LMP IX.B.1", event)
    course.ask("extension-ruling", f"{event.entry_label} came after the end", event)


def exceeds_cap(course: Course, until: date | None) -> bool:
    """Whether a new end lies past the cap: counted from the current end, or with all extensions where the scope is total."""
    rules, end = course.profile.extension, course.lm.dates.lm_end
    if until is None or end is None or rules.agreed_cap_days is None:
        return False
    asked = (until - end).days + (course.lm.extended_days if rules.cap_scope == "total" else 0)
    return asked > rules.agreed_cap_days


def _be_contested(course: Course, event: CaseEvent, why: str) -> None:
    course.note(
        "chambers",
        f"Extension {why}: a hearing is due; grounds: benefit, opponent's bad faith or breach, no prejudice, other cause.",
        "LMP IX.B.2",
        event,
    )
    course.ask("set-hearing", f"{event.entry_label}: extension {why}", event)


def object_to_extension(course: Course, what: Happening) -> None:
    """Mark the extension objected to; an LM party's objection needs a hearing, another's is for chambers (AMB-31)."""
    event = what.docketed
    named = event.attributes.related_documents
    party = event.attributes.objecting_party or event.attributes.filer_role
    items = course.items("extension")
    meant = [each for each in items if each.document_number in named] or items
    for item in meant:
        _rewrite(course, item, note=f"objected to by {event.entry_label}")
    if party in LM_PARTIES or party is None:
        _be_contested(course, event, "objected to")
    else:
        for item in meant:
            course.ask(
                "extension-ruling", f"{event.entry_label} objects, no LM party; chambers decides", _behind(item), day=what.day
            )
    if course.lm.end_provisional is not None:
        course.note(
            "chambers", "Objection to an extension that silence had moved the end by; the order decides.", "LMP IX.B.1", event
        )


def _rewrite(course: Course, item: OpenItem, *, note: str) -> None:
    changed = OpenItem(
        kind=item.kind,
        entry_id=item.entry_id,
        entry_label=item.entry_label,
        since=item.since,
        party=item.party,
        document_number=item.document_number,
        joint=item.joint,
        until=item.until,
        note=note,
    )
    course.lm.open_items = [changed if each == item else each for each in course.lm.open_items]


def unopposed_item(course: Course, what: Happening) -> OpenItem | None:
    """The agreed extension whose three days have lapsed: joint, dated, within the cap, and objected to by nobody."""
    entry_id = what.running.entry_id if what.running else None
    item = next((each for each in course.items("extension") if each.entry_id == entry_id), None)
    if item is None or not item.joint or item.note or item.until is None or exceeds_cap(course, item.until):
        return None
    return item


def is_unopposed(course: Course, what: Happening) -> bool:
    """Whether the lapse is of an agreed extension that silence may move the end by."""
    return unopposed_item(course, what) is not None


def move_end_by_silence(course: Course, what: Happening) -> None:
    """Move the end once nobody objected; provisionally until the order where the program needs one (AMB-14)."""
    item = unopposed_item(course, what)
    if item is None or item.until is None:
        return
    event, before = _behind(item), course.lm.dates.lm_end
    move_end(course, item.until, event)
    if course.profile.extension.needs_order:
        course.lm.moved_by_silence_from = before
        course.lm.end_provisional = f"{words(item.until)} until the order: {item.entry_label}, no objection"
        running = current(course, "lm_end")
        if running is not None:
            running.provisional = course.lm.end_provisional
        _rewrite(course, item, note="no objection; awaits the order")
        course.ask("extension-ruling", f"{item.entry_label}: three business days over, no order", event, day=what.day)
    else:
        course.close([item])


def ask_for_ruling(course: Course, what: Happening) -> None:
    """Ask chambers once the three days are over and silence decides nothing: no date, not joint, over the cap, objected to."""
    entry_id = what.running.entry_id if what.running else None
    for item in course.items("extension"):
        if item.entry_id == entry_id:
            because = f"{item.entry_label}: three business days over, nothing decided by silence"
            course.ask("extension-ruling", because, _behind(item), day=what.day)


def _behind(item: OpenItem) -> CaseEvent:
    return CaseEvent(
        kind=EventKind.LM_EXTENSION_REQUEST,
        entry_id=item.entry_id,
        entry_label=item.entry_label,
        filed=item.since,
        entered=item.since,
        document_number=item.document_number,
    )


def grant_extension(course: Course, what: Happening) -> None:
    """Move the end to the day the order gives, or wait for it; status date and hearings follow."""
    event = what.docketed
    items = course.items("extension")
    named = event.attributes.related_documents
    meant = [each for each in items if each.document_number in named] or items
    told = dates_told(course, event)
    asked = max((each.until for each in meant if each.until is not None), default=None)
    to = event.attributes.extended_to or told.lm_end or asked
    after_end = course.lm.state is State.EXPIRED
    course.close(meant)
    course.answered("extension-ruling", "set-hearing", "to-set", "close")
    for each in meant:
        course.answered("is-it-joint", entry_id=each.entry_id)
    moot(course, ("ext_objection",), event.entry_label)
    if after_end:
        course.note("chambers", "Extension ordered after the end of the period.", "LMP IX.B.2", event)
        course.lm.ended_on = None
    if to is None or to != course.lm.dates.lm_end:
        _take_back_silent_end(course, event)
    course.lm.moved_by_silence_from = None
    if to is None:
        course.lm.end_provisional = f"extended by {event.entry_label} to a day not known"
        course.ask("order-dates", f"{event.entry_label} does not show the new end", event)
        _wait_for_new_end(course, event)
    else:
        if event.attributes.extended_to is None and told.lm_end is None:
            course.note("clerk", f"The order does not show the new end; {words(to)} as asked for.", "LMP IX.B", event)
        move_end(course, to, event)
    if told.status_due is not None:
        set_status_date(course, told.status_due, event)


def _wait_for_new_end(course: Course, event: CaseEvent) -> None:
    running = current(course, "lm_end") or last(course, "lm_end")
    if running is not None:
        running.status = DeadlineStatus.WAITING
        running.waiting_for = f"the new end in {event.entry_label}"


def deny_extension(course: Course, what: Happening) -> None:
    """Close the extension; an end that silence had moved goes back, and past the end hearings are live again."""
    event = what.docketed
    course.close(course.items("extension"))
    course.answered("extension-ruling", "set-hearing", "is-it-joint")
    moot(course, ("ext_objection",), event.entry_label)
    _take_back_silent_end(course, event)


def _take_back_silent_end(course: Course, event: CaseEvent) -> None:
    """Give back the end that stood before silence moved it: now the court has ruled."""
    old, lm = course.lm.moved_by_silence_from, course.lm
    if old is None:
        return
    moved = lm.dates.lm_end
    was, spent = lm.lm_end_was[:-1], lm.extended_days - ((moved - old).days if moved else 0)
    move_end(course, old, event, by_court=True)
    lm.lm_end_was, lm.extended_days, lm.moved_by_silence_from = was, spent, None


def past_the_end(course: Course, what: Happening) -> bool:
    """Whether the period's end lies before this day once a provisional end falls away, and no approval is asked for."""
    end = course.lm.moved_by_silence_from or course.lm.dates.lm_end
    return end is not None and what.day > end and not course.items("approval")


def take_report(course: Course, what: Happening) -> None:
    """Take a status report: joint meets the date, one-sided is struck, unknown is asked (LMP VII.C, AMB-13, AMB-16)."""
    event = what.docketed
    joint = course.joint(event)
    if joint is None:
        course.ask("is-it-joint", f"{event.entry_label} is a report: did both sides sign?", event)
    elif not joint and course.profile.one_sided_report == "strike":
        course.ask("strike-report", f"{event.entry_label} is one-sided", event)
        course.note("chambers", f"{_one_sided(event)}; it does not meet the date and is to be stricken.", "LMP VII.C", event)
    if event.attributes.requested_extended_to is not None and joint is not False:
        ask_extension(course, what)


def _one_sided(event: CaseEvent) -> str:
    is_history = is_account_history(event.text)
    return "A portal’s account history is no joint status report" if is_history else "One-sided status report"


def continue_status(course: Course, what: Happening) -> None:
    """Continue the status date: jointly, the end follows it forward; by the court, the report date alone; else ask."""
    event = what.docketed
    to = what.fact.value if what.fact else event.attributes.status_report_due
    if not isinstance(to, date):
        return
    joint, by_court = course.joint(event), is_court_paper(event)
    if joint is None and not by_court:
        end = course.lm.dates.lm_end
        if end is not None and to > end:
            course.lm.end_provisional = f"ends {words(end)}, or {words(to)} if {event.entry_label} is joint"
        course.ask("is-it-joint", f"{event.entry_label} continues the status date to {words(to)}: did both sides sign?", event)
        return
    if joint is False and not by_court:
        course.note("clerk", "A continuance by one party moves neither the status date nor the end.", "LMP VII.C", event)
        return
    set_status_date(course, to, event)
    if joint and course.profile.extension.auto_by_joint_status_date:
        move_end(course, to, event)


def continues_a_known_date(_course: Course, what: Happening) -> bool:
    """Whether the entry gives the day to which the status date is continued."""
    return isinstance(what.fact.value if what.fact else what.docketed.attributes.status_report_due, date)


def learn_dates(course: Course, what: Happening) -> None:
    """Take dates that a later entry of the court gives: a scheduling order, a minute."""
    event = what.docketed
    if event.attributes.status_report_due is not None and event.attributes.status_report_due != course.lm.dates.status_due:
        continue_status(course, what)
    if event.attributes.lm_period_end is not None and course.lm.dates.lm_end is None:
        set_order_dates(course, event)


def brings_dates(course: Course, what: Happening) -> bool:
    """Whether an entry of the court gives a new status date, or an end that was not known."""
    attributes = what.docketed.attributes
    new_status = attributes.status_report_due is not None and attributes.status_report_due != course.lm.dates.status_due
    return new_status or (attributes.lm_period_end is not None and course.lm.dates.lm_end is None)
