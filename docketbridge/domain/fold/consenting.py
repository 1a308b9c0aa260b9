"""Consent to loss mitigation: whether it is the bound party's own, where a program goes by consent and where it does not."""

from __future__ import annotations

from docketbridge.domain.events import CaseEvent
from docketbridge.domain.fold.course import Course
from docketbridge.domain.linking.creditors import same_as_any

CONSENT_KEY = "consent_due"


def is_consent_of_the_bound(course: Course, event: CaseEvent) -> bool | None:
    """Whether the party to be bound consents: the creditor to the debtor's request, the debtor to the creditor's.

    None when the docket does not tell whose consent it is; a person's word on the entry (both sides: yes or no) decides.
    """
    joint = course.joint(event)
    if joint is not None:
        return joint
    role = event.attributes.filer_role
    if course.requested_by == "creditor":
        return None if role is None else role == "debtor"
    if role in ("debtor", "trustee", "ust", "court", "mediator"):
        return False
    named = event.attributes.creditor or event.attributes.filer
    if named is None:
        return True if role == "creditor" else None
    return not course.matter.names or same_as_any(named, course.matter.names)
