"""Rows of the transition table from the LM order on (LMP VII to X): the period, its end, resolutions, the case around it."""

from __future__ import annotations

from docketbridge.domain.fold import case_course as case
from docketbridge.domain.fold import extending, hearing_ledger, objecting, ordering, resolving
from docketbridge.domain.fold.transitions import (
    ACTIVE,
    APPROVED,
    EXPIRED,
    NOWHERE,
    TERMINATED,
)
from docketbridge.domain.fold.transitions import Transition as Row
from docketbridge.domain.standing import BEFORE_ACTIVE, State

IN_THE_PERIOD = (
    Row(source=(ACTIVE,), on="lm_status_report", target=None, cite="LMP VII.C", effects=(extending.take_report,)),
    Row(
        source=(ACTIVE,),
        on="status_date_continued",
        target=None,
        cite="LMP VII.C",
        guard=extending.continues_a_known_date,
        effects=(extending.continue_status,),
    ),
    *(
        Row(
            source=(ACTIVE,),
            on=on,
            target=None,
            cite="LMP VI.A, VII.C",
            guard=extending.brings_dates,
            effects=(extending.learn_dates,),
        )
        for on in ("lm_order_other", "lm_hearing", "lm_stipulation")
    ),
    Row(
        source=(ACTIVE,),
        on="lm_enforcement_order",
        target=None,
        cite="LMP VI.A, VII.A, VII.C",
        guard=extending.brings_dates,
        effects=(extending.learn_dates, hearing_ledger.close_compel),
    ),
    Row(
        source=(ACTIVE,),
        on="lm_extension_request",
        target=None,
        cite="LMP IX.B.1",
        guard=extending.in_time,
        effects=(extending.ask_extension,),
    ),
    Row(
        source=(ACTIVE, EXPIRED), on="lm_extension_request", target=None, cite="LMP IX.B", effects=(extending.ask_extension_late,)
    ),
    Row(
        source=(ACTIVE,), on="lm_extension_objection", target=None, cite="LMP IX.B.1-2", effects=(extending.object_to_extension,)
    ),
    Row(
        source=(ACTIVE,),
        on="lapsed:ext_objection",
        target=None,
        cite="LMP IX.B.1",
        guard=extending.is_unopposed,
        effects=(extending.move_end_by_silence,),
        note="no objection within three business days",
    ),
    Row(source=(ACTIVE,), on="lapsed:ext_objection", target=None, cite="LMP IX.B.1-2", effects=(extending.ask_for_ruling,)),
    Row(
        source=(ACTIVE, EXPIRED), on="lm_extension_order", target=ACTIVE, cite="LMP IX.B.2", effects=(extending.grant_extension,)
    ),
    Row(
        source=(ACTIVE,),
        on="lm_extension_denial",
        target=EXPIRED,
        cite="LMP IX.B.2",
        guard=extending.past_the_end,
        effects=(extending.deny_extension, ordering.end_period),
    ),
    Row(source=(ACTIVE, EXPIRED), on="lm_extension_denial", target=None, cite="LMP IX.B.2", effects=(extending.deny_extension,)),
    Row(source=(ACTIVE,), on="lm_motion_terminate", target=None, cite="LMP IX.C.1", effects=(hearing_ledger.open_motion,)),
    Row(source=(ACTIVE,), on="lm_motion_compel", target=None, cite="LMP VII.A", effects=(hearing_ledger.open_motion,)),
    Row(source=(ACTIVE,), on="lm_enforcement_order", target=None, cite="LMP VII.A", effects=(hearing_ledger.close_compel,)),
    *(
        Row(
            source=(ACTIVE,),
            on=on,
            target=None,
            cite="LMP IX.C.1",
            guard=objecting.withdraws_the_request,
            effects=(hearing_ledger.open_motion,),
            note="the withdrawal counts as a request to end the period",
        )
        for on in ("lm_withdrawal", "withdrawal")
    ),
    *(
        Row(
            source=(ACTIVE, EXPIRED),
            on=on,
            target=None,
            cite="LMP IX",
            guard=hearing_ledger.names_an_item,
            effects=(hearing_ledger.drop_named_item,),
        )
        for on in ("lm_withdrawal", "withdrawal")
    ),
    Row(source=(ACTIVE,), on="lm_termination_order", target=TERMINATED, cite="LMP IX.C.1", effects=(ordering.terminate,)),
    Row(
        source=NOWHERE,
        on="lm_termination_order",
        target=TERMINATED,
        cite="LMP IX.C.1",
        effects=(ordering.terminate,),
        note="the LM order was not seen",
    ),
    Row(source=(APPROVED, EXPIRED), on="lm_termination_order", target=None, cite="LMP IX.C.1"),
    Row(source=(ACTIVE, APPROVED, EXPIRED), on="lm_final_report", target=None, cite="LMP VII.C"),
    Row(source=(ACTIVE, APPROVED, EXPIRED), on="lm_mediator_report", target=None, cite="LMP VII.C"),
    Row(
        source=(ACTIVE,),
        on="lapsed:lm_end",
        target=EXPIRED,
        cite="LMP IX.A",
        guard=hearing_ledger.nothing_keeps_it_open,
        effects=(ordering.end_period,),
    ),
    Row(source=(EXPIRED, TERMINATED), on="chose:close", target=State.CLOSED, cite="LMP IX", effects=(ordering.close_by_hand,)),
)

RESOLVING = (
    Row(source=(ACTIVE,), on="loan_mod_motion", target=None, cite="LMP VII.D, X", effects=(resolving.ask_approval,)),
    Row(
        source=(EXPIRED,),
        on="loan_mod_motion",
        target=ACTIVE,
        cite="LMP VII.D, X",
        effects=(resolving.ask_approval,),
        note="after the end",
    ),
    Row(
        source=(ACTIVE, EXPIRED, APPROVED),
        on="loan_mod_order",
        target=None,
        cite="LMP X",
        guard=resolving.is_trial,
        effects=(resolving.approve_trial,),
    ),
    Row(source=(ACTIVE, EXPIRED), on="loan_mod_order", target=APPROVED, cite="LMP X.5", effects=(resolving.approve,)),
    Row(
        source=(ACTIVE,),
        on="loan_mod_denial",
        target=EXPIRED,
        cite="LMP X",
        guard=resolving.after_the_end,
        effects=(resolving.deny_approval, ordering.end_period),
    ),
    Row(source=(ACTIVE,), on="loan_mod_denial", target=None, cite="LMP X", effects=(resolving.deny_approval,)),
)

THE_CASE = (
    Row(
        source=(ACTIVE, APPROVED, EXPIRED, TERMINATED, *BEFORE_ACTIVE),
        on="dismissal_motion",
        target=None,
        cite="LMP IX.C.2",
        effects=(case.check_dismissal,),
    ),
    Row(
        source=(ACTIVE, APPROVED, *BEFORE_ACTIVE),
        on="trustee_default_certificate",
        target=None,
        cite="LMP VI.B.4",
        effects=(case.rearm_dismissal,),
    ),
    Row(
        source=(ACTIVE, APPROVED, *BEFORE_ACTIVE),
        on="dismissal_order",
        target=None,
        cite="LMP IX.C.2",
        guard=case.is_conditional,
        effects=(case.track_condition,),
        note="conditional",
    ),
    Row(
        source=(ACTIVE, APPROVED, *BEFORE_ACTIVE),
        on="dismissal_order",
        target=None,
        cite="LMP IX.C.2",
        guard=case.is_denial,
        effects=(case.clear_dismissal,),
        note="dismissal denied",
    ),
    Row(source=(ACTIVE,), on="dismissal_order", target=State.DISMISSED_IN_LM, cite="LMP IX.C.2.c", effects=(case.dismiss,)),
    Row(
        source=(APPROVED,),
        on="dismissal_order",
        target=State.DISMISSED_IN_LM,
        cite="LMP IX.C.2.c",
        guard=case.before_the_end,
        effects=(case.dismiss,),
    ),
    *(
        Row(
            source=(ACTIVE, APPROVED, *BEFORE_ACTIVE),
            on=on,
            target=None,
            cite="LMP IX.C.2",
            guard=case.is_clear_of_dismissal,
            effects=(case.clear_dismissal,),
        )
        for on in ("withdrawal", "dismissal_hearing")
    ),
    *(
        Row(
            source=(*BEFORE_ACTIVE, APPROVED, EXPIRED, TERMINATED, State.DENIED, State.WITHDRAWN),
            on=on,
            target=State.CLOSED,
            cite="AMB-22, AMB-27",
            effects=(case.close_with_reason,),
        )
        for on in ("dismissal_order",)
    ),
    *(
        Row(
            source=(*BEFORE_ACTIVE, ACTIVE, APPROVED, EXPIRED, TERMINATED, State.DENIED, State.WITHDRAWN, State.DISMISSED_IN_LM),
            on=on,
            target=State.CLOSED,
            cite="AMB-27",
            effects=(case.close_with_reason,),
        )
        for on in ("case_closed", "case_transferred")
    ),
    *(
        Row(
            source=(State.DISMISSED_IN_LM, State.CLOSED),
            on=on,
            target=case.state_before_dismissal,
            cite="11 U.S.C. 349, 350(b)",
            guard=guard,
            effects=(case.reinstate,),
        )
        for on, guard in (
            ("reinstatement_order", case.was_dismissed),
            ("case_reopened", case.was_dismissed),
            ("corrective_entry", case.vacates_the_dismissal),
        )
    ),
    Row(
        source=(*BEFORE_ACTIVE, ACTIVE, APPROVED, EXPIRED, TERMINATED),
        on="conversion_order",
        target=None,
        cite="AMB-27; Rule 1019",
        effects=(case.convert,),
    ),
)
