"""What the fold can anchor a period on, and the facts a docket line may carry: a profile may name nothing else."""

from __future__ import annotations

ANCHORS: frozenset[str] = frozenset(
    {
        "approval_entered",
        "conference",
        "conference_held",
        "confirmation_hearing",
        "discharge_deferred",
        "dismissal_entered",
        "extension_requested",
        "filing",
        "lm_end",
        "mediator_appointed",
        "meeting_341",
        "order_entered",
        "petition",
        "petition_or_conversion",
        "plan_filed",
        "plan_or_relief",
        "service",
        "session",
        "status_due",
        "stay_motion",
    }
)

FACTS: frozenset[str] = frozenset(
    {
        "case_reopened",
        "claim_transferred",
        "conference_requested",
        "counsel_joined",
        "counsel_left",
        "discharge_deferral_sought",
        "discharge_deferred",
        "discharge_objections_due",
        "explanatory_report_approved",
        "hearing_removed",
        "meeting_341",
        "no_distribution_report",
        "objection_overruled",
        "objection_time_extended",
        "payment_change_notice",
        "repeat_filer",
        "servicer_changed",
        "status_date_continued",
        "stay_continued",
        "stay_time_waived",
    }
)
"""PROGRAM-RULES.md 1.14."""
