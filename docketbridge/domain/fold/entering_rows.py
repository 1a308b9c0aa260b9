"""Rows of the transition table up to the LM order (LMP V, VI): asked, objected, heard, ripe, ordered."""

from __future__ import annotations

from docketbridge.domain.fold import extending, hearing_ledger, objecting, ordering, requesting
from docketbridge.domain.fold.transitions import (
    ACTIVE,
    ASKED,
    EXPIRED,
    HEARING_SET,
    NOWHERE,
    OBJECTED,
    OVER,
    REQUESTED,
    RIPE,
    TERMINATED,
)
from docketbridge.domain.fold.transitions import Transition as Row
from docketbridge.domain.standing import BEFORE_ACTIVE, State

STARTING = (
    Row(source=NOWHERE, on="lm_plan_box", target=State.PLAN_INTEREST, cite="LMP V.A.1", effects=(requesting.note_plan_box,)),
    Row(source=(State.PLAN_INTEREST,), on="lm_plan_box", target=None, cite="LMP V.A.1", effects=(requesting.note_plan_box,)),
    Row(
        source=(*NOWHERE, State.PLAN_INTEREST),
        on="lm_request",
        target=REQUESTED,
        cite="LMP V.A-B",
        effects=(requesting.open_request,),
    ),
    Row(
        source=ASKED,
        on="lm_request",
        target=requesting.state_after_restart,
        cite="LMP V.A.2",
        guard=requesting.is_amended,
        effects=(requesting.restart_request,),
        note="the period runs again from the service of the amended request",
    ),
    Row(
        source=OVER,
        on="lm_request",
        target=REQUESTED,
        cite="LMP V.A-B",
        effects=(requesting.open_request,),
        note="the next cycle",
    ),
    Row(
        source=(REQUESTED, OBJECTED, HEARING_SET),
        on="objection_time_extended",
        target=None,
        cite="LMP V.A; Rule 9006(b)",
        effects=(requesting.extend_objection_time,),
    ),
    *(
        Row(
            source=(RIPE,),
            on=on,
            target=REQUESTED,
            cite="LMP V.A-B; Rule 9006(f)",
            guard=requesting.runs_again,
            note="the time to object runs again",
        )
        for on in ("lm_certificate_of_service", "certificate_of_service", "lm_notice")
    ),
    Row(
        source=(RIPE,),
        on="objection_time_extended",
        target=REQUESTED,
        cite="Rule 9006(b)",
        effects=(requesting.extend_objection_time,),
    ),
    Row(
        source=(REQUESTED,),
        on="lapsed:obj_debtor_req",
        target=RIPE,
        cite="LMP V.A",
        guard=requesting.silence_grants,
        note="the court may enter the order (AMB-2)",
    ),
    Row(
        source=(REQUESTED,),
        on="lapsed:obj_creditor_req",
        target=RIPE,
        cite="LMP V.B",
        guard=requesting.silence_grants,
        note="the court may enter the order (AMB-2)",
    ),
)

OBJECTING = (
    Row(source=(HEARING_SET,), on="lm_objection", target=HEARING_SET, cite="LMP V.D", effects=(objecting.add_objection,)),
    Row(
        source=(REQUESTED, RIPE, OBJECTED),
        on="lm_objection",
        target=hearing_ledger.objected_or_to_be_heard,
        cite="LMP V.D",
        effects=(objecting.add_objection, hearing_ledger.hear_with_the_stay_motion),
    ),
    Row(source=(ACTIVE,), on="lm_objection", target=None, cite="LMP V.D", effects=(objecting.note_objection_after_order,)),
    Row(
        source=(OBJECTED, HEARING_SET),
        on="objection_overruled",
        target=RIPE,
        cite="LMP V.D",
        guard=objecting.overrules_the_last,
        effects=(objecting.drop_objections, hearing_ledger.call_off_objection_hearing),
        note="overruled; ready for the order",
    ),
    Row(
        source=(OBJECTED, HEARING_SET),
        on="objection_overruled",
        target=None,
        cite="LMP V.D",
        guard=objecting.is_by_order,
        effects=(objecting.drop_objections,),
        note="another objection is still open",
    ),
    Row(
        source=ASKED,
        on="objection_overruled",
        target=None,
        cite="LMP V.D",
        effects=(hearing_ledger.await_order,),
        note="ruled from the bench; the order is awaited",
    ),
    *(
        Row(
            source=(OBJECTED, HEARING_SET),
            on=on,
            target=objecting.requested_or_ripe,
            cite="LMP V.D",
            guard=objecting.withdraws_the_last_objection,
            effects=(objecting.take_back_objections,),
        )
        for on in ("lm_withdrawal", "withdrawal", "lm_consent")
    ),
    *(
        Row(
            source=(OBJECTED, HEARING_SET),
            on=on,
            target=None,
            cite="LMP V.D",
            guard=objecting.withdraws_an_objection,
            effects=(objecting.take_back_objections,),
        )
        for on in ("lm_withdrawal", "withdrawal", "lm_consent")
    ),
    Row(
        source=(OBJECTED, HEARING_SET),
        on="lm_consent",
        target=None,
        cite="LMP V.A-B",
        guard=objecting.consents_despite_objections,
        note="consent, while another party's objection is open",
    ),
    *(
        Row(
            source=BEFORE_ACTIVE,
            on=on,
            target=State.WITHDRAWN,
            cite="LMP V",
            guard=objecting.withdraws_the_request,
            effects=(requesting.end_request,),
        )
        for on in ("lm_withdrawal", "withdrawal")
    ),
    Row(source=ASKED, on="lm_denial", target=State.DENIED, cite="LMP V.D", effects=(requesting.end_request,)),
    Row(source=(OBJECTED,), on="chose:hearing", target=None, cite="LMP V.D", effects=(objecting.choose_hearing,)),
    Row(source=(OBJECTED, HEARING_SET), on="chose:overrule", target=None, cite="LMP V.D", effects=(objecting.choose_overrule,)),
    Row(
        source=(OBJECTED, HEARING_SET),
        on="chose:disregard",
        target=objecting.requested_or_ripe,
        cite="LMP V.D",
        guard=objecting.is_last,
        effects=(objecting.disregard,),
    ),
    Row(source=(OBJECTED, HEARING_SET), on="chose:disregard", target=None, cite="LMP V.D", effects=(objecting.disregard,)),
    Row(
        source=ASKED,
        on="lm_hearing",
        target=None,
        cite="LMP V.D",
        guard=hearing_ledger.is_ruling,
        effects=(hearing_ledger.await_order,),
    ),
    Row(
        source=(REQUESTED, RIPE, OBJECTED),
        on="lm_hearing",
        target=HEARING_SET,
        cite="LMP V.D",
        guard=hearing_ledger.sets_a_hearing,
        effects=(hearing_ledger.hearing_is_set,),
    ),
    Row(
        source=(HEARING_SET,),
        on="lm_hearing",
        target=None,
        cite="LMP V.D",
        guard=hearing_ledger.sets_a_hearing,
        effects=(hearing_ledger.hearing_is_set,),
    ),
    Row(
        source=(HEARING_SET,),
        on="hearing_removed",
        target=objecting.requested_or_ripe,
        cite="LMP V.A.3, V.D",
        guard=objecting.nothing_blocks,
        note="the hearing is off and no objection is open",
    ),
    Row(
        source=(OBJECTED,),
        on="stay_relief_hearing",
        target=HEARING_SET,
        cite="LMP V.A.3",
        guard=hearing_ledger.hears_the_creditors_motion,
        effects=(hearing_ledger.hear_with_the_stay_motion,),
    ),
)

ORDERING = (
    Row(source=(*NOWHERE, *BEFORE_ACTIVE), on="lm_order", target=ACTIVE, cite="LMP VI.A", effects=(ordering.enter_order,)),
    Row(
        source=OVER,
        on="lm_order",
        target=ACTIVE,
        cite="LMP V.C, VI.A",
        effects=(ordering.enter_order,),
        note="after the matter had ended",
    ),
    Row(
        source=(ACTIVE,),
        on="lm_order",
        target=None,
        cite="LMP VI.A",
        guard=ordering.amends_the_order,
        effects=(ordering.amend_order,),
    ),
    *(
        Row(
            source=(ACTIVE, EXPIRED, TERMINATED),
            on=on,
            target=ordering.state_before_order,
            cite="LMP VI",
            guard=ordering.names_the_order,
            effects=(ordering.undo_order,),
            note="vacated or docketed in error",
        )
        for on in ("lm_corrective", "corrective_entry")
    ),
    Row(
        source=NOWHERE,
        on="lm_extension_order",
        target=ACTIVE,
        cite="LMP IX.B",
        effects=(ordering.enter_order, extending.grant_extension),
        note="the LM order was not seen",
    ),
)
