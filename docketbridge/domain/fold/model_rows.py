"""Rows of the transition table that only some programs take: entry by consent, the order first, an end by final report."""

from __future__ import annotations

from docketbridge.domain.fold import objecting, ordering, reconsidering, requesting
from docketbridge.domain.fold.transitions import ACTIVE, HEARING_SET, NOWHERE, OVER, REQUESTED, RIPE, TERMINATED
from docketbridge.domain.fold.transitions import Transition as Row
from docketbridge.domain.standing import State

BY_CONSENT = (
    Row(
        source=(REQUESTED, HEARING_SET),
        on="lm_consent",
        target=RIPE,
        cite="LMP V.A-B",
        guard=objecting.consents_for_the_bound,
        effects=(objecting.note_consent,),
        note="by consent",
    ),
    Row(
        source=(REQUESTED, HEARING_SET),
        on="lm_consent",
        target=None,
        cite="LMP V.A-B",
        guard=objecting.may_be_consent,
        effects=(objecting.ask_whose_consent,),
        note="whose consent it is is asked",
    ),
    Row(
        source=(REQUESTED,),
        on="lapsed:consent_due",
        target=None,
        cite="LMP V.A-B",
        effects=(objecting.ask_for_hearing,),
        note="no consent in time; a hearing is due",
    ),
)

ORDER_FIRST = (
    Row(
        source=(*NOWHERE, State.PLAN_INTEREST),
        on="lm_request",
        target=RIPE,
        cite="LMP V.A-B",
        guard=requesting.order_comes_first,
        effects=(requesting.open_request,),
        note="a timely request; the order comes first",
    ),
    Row(
        source=OVER,
        on="lm_request",
        target=RIPE,
        cite="LMP V.A-B",
        guard=requesting.order_comes_first,
        effects=(requesting.open_request,),
        note="the next cycle; the order comes first",
    ),
    *(
        Row(
            source=(ACTIVE,),
            on=on,
            target=None,
            cite="LMP V.D",
            guard=reconsidering.asks_to_reconsider,
            effects=(reconsidering.open_reconsideration,),
            note="the lender asks to reconsider; the order binds meanwhile",
        )
        for on in ("lm_objection", "lm_motion_terminate", "lm_response_other")
    ),
    *(
        Row(
            source=(ACTIVE,),
            on=on,
            target=State.DENIED,
            cite="LMP V.D",
            guard=reconsidering.is_reconsidered,
            effects=(reconsidering.take_order_back,),
            note="the order is taken back",
        )
        for on in ("lm_order_other", "lm_denial")
    ),
    Row(
        source=(ACTIVE,),
        on="lm_order_other",
        target=None,
        cite="LMP V.D",
        guard=reconsidering.stands,
        effects=(reconsidering.let_order_stand,),
        note="the order stands",
    ),
)

BY_REPORT = (
    Row(
        source=(ACTIVE,),
        on="lm_final_report",
        target=TERMINATED,
        cite="LMP IX.C.1",
        guard=ordering.ends_by_report,
        effects=(ordering.terminate,),
        note="the final report ends the period",
    ),
)
