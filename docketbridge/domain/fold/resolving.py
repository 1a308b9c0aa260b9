"""Resolutions (LMP X): asked for, approved, denied; after a final approval Schedules I and J and the plan."""

from __future__ import annotations

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.fold.course import Course, Happening, words
from docketbridge.domain.fold.deadline_rules import last, start
from docketbridge.domain.standing import OpenItem

AFTER_APPROVAL = ("sched_i", "sched_j", "amended_plan")


def is_pro_se(course: Course) -> bool | None:
    """Whether no debtor has counsel on the docket; None when the parties are not known."""
    debtors = course.case.debtors
    return not any(each.counsel for each in debtors) if debtors else None


def ask_approval(course: Course, what: Happening) -> None:
    """Open an approval item with its sheet: Form D, fees, signatures; pro se wants a hearing (LMP X.1-4)."""
    event = what.docketed
    course.open(
        OpenItem(
            kind="approval",
            entry_id=event.entry_id,
            entry_label=event.entry_label,
            since=what.day,
            party=event.attributes.filer_role,
            document_number=event.document_number,
        )
    )
    course.ask("approval-sheet", f"{event.entry_label} asks for approval: Form D, signatures, fees disclosed?", event)
    if course.profile.pro_se_hearing and is_pro_se(course):
        course.ask("pro-se-hearing", f"{event.entry_label}: no approval before a hearing at which the debtor appears", event)


def is_trial(_course: Course, what: Happening) -> bool:
    """Whether the approval is of a trial plan, or a bare event name that cannot tell trial from final (AMB-30)."""
    attributes = what.docketed.attributes
    return attributes.trial is True or (attributes.trial is None and attributes.generic_event)


def approve_trial(course: Course, what: Happening) -> None:
    """Keep the period open on a trial plan; X.5 runs from it, and once more from the final approval (AMB-30)."""
    event = what.docketed
    course.close(course.items("approval"))
    course.answered("approval-sheet", "pro-se-hearing")
    course.open(
        OpenItem(
            kind="trial",
            entry_id=event.entry_id,
            entry_label=event.entry_label,
            since=what.day,
            document_number=event.document_number,
            note="trial plan" if event.attributes.trial else "trial or final is not told",
        )
    )
    if event.attributes.trial is None:
        course.note("chambers", "Approval of a trial plan or a final one? The entry does not tell (AMB-30).", "LMP X", event)
    end = course.lm.dates.lm_end
    last_payment = event.attributes.deadline
    if end is not None and last_payment is not None and last_payment > end:
        course.note("chambers", f"The trial plan runs to {words(last_payment)}, past the end on {words(end)}.", "LMP X", event)
    _start_after_approval(course, what)


def approve(course: Course, what: Happening) -> None:
    """Approve the resolution: fourteen days for amended Schedules I and J and, in chapter 13, the plan (LMP X.5)."""
    event = what.docketed
    if not course.items("approval"):
        course.note("chambers", "Approval with no request for it seen.", "LMP VII.D", event)
    elif (
        course.profile.pro_se_hearing
        and is_pro_se(course)
        and not any(each.about == "approval" and each.status == "held" for each in course.hearings)
    ):
        course.note("chambers", "Approved with no hearing seen; the debtor has no counsel (X.4).", "LMP X.4", event)
    if event.attributes.trial is None:
        course.note("chambers", "Trial or final is not told; taken as the final approval (AMB-30).", "LMP X", event)
    course.close(course.items("approval", "trial", "extension"))
    course.answered("approval-sheet", "pro-se-hearing", "extension-ruling", "is-it-joint", "strike-report", "to-set", "close")
    _start_after_approval(course, what)


def _start_after_approval(course: Course, what: Happening) -> None:
    event = what.docketed
    day = event.entered or event.filed or what.day
    for key in AFTER_APPROVAL:
        if key == "amended_plan" and course.case.chapter != 13:
            continue
        before = last(course, key)
        if before is not None and before.runs:
            before.status, before.mooted_by = DeadlineStatus.MOOTED, event.entry_label
        start(course, key, anchor=day, event=event)


def deny_approval(course: Course, _what: Happening) -> None:
    """Close the approval item."""
    course.close(course.items("approval"))
    course.answered("approval-sheet", "pro-se-hearing")


def all_filed(course: Course) -> bool:
    """Whether every paper due after approval is seen and no stay motion of the creditor is open."""
    due = [found for key in AFTER_APPROVAL if (found := last(course, key)) is not None]
    if not due:
        return False
    waived = any(each.choice == "after-approval" for each in course.decisions)
    seen = all(each.status is DeadlineStatus.MET for each in due)
    return (seen or waived) and not any(line.pending and line.by_lm_creditor for line in course.stay)


def after_the_end(course: Course, what: Happening) -> bool:
    """Whether an approval is denied after the end of the period, with no extension open."""
    end = course.lm.dates.lm_end
    return end is not None and what.day > end and not course.items("extension")
