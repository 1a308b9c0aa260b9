"""The tasks there can be (PROGRAM-RULES.md 1.13): whose each is, what it says, its citation, what closes it."""

from __future__ import annotations

from dataclasses import dataclass

CHAMBERS = "chambers"
"""Who owns what only a judge rules on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKind:
    """One row of the task table: whose it is, what it says, its citation, what closes it."""

    owner: str
    what: str
    cite: str
    closed_by: str


KINDS: dict[str, TaskKind] = {
    "request-sheet": TaskKind(
        owner="clerk",
        what="Fill in the request sheet: what the paper shows and the docket does not",
        cite="LMP V.A-B",
        closed_by="the sheet",
    ),
    "screen-objection": TaskKind(
        owner=CHAMBERS,
        what="Screen the objection: hearing, overrule without hearing, or disregard as late",
        cite="LMP V.D",
        closed_by="the choice",
    ),
    "late-request": TaskKind(
        owner=CHAMBERS,
        what="Is the request in time, and if it is late, is there cause? A hearing where wanted",
        cite="LMP V",
        closed_by="LM order, hearing or denial",
    ),
    "reconsideration": TaskKind(
        owner=CHAMBERS,
        what="Rule on the paper that asks to reconsider the LM order",
        cite="LMP VI",
        closed_by="the ruling",
    ),
    "set-hearing": TaskKind(
        owner="courtroom deputy", what="Set a hearing", cite="LMP V.D, IX.B.2", closed_by="notice of hearing docketed"
    ),
    "remove-hearing": TaskKind(
        owner="courtroom deputy",
        what="Take the hearing off the calendar and tell the parties",
        cite="LMP V.A.3",
        closed_by="notice docketed",
    ),
    "restore-hearing": TaskKind(
        owner="courtroom deputy", what="Put the hearing back on", cite="LMP V.A.3, V.D", closed_by="notice docketed"
    ),
    "sign-order": TaskKind(
        owner=CHAMBERS, what="Sign or decline the proposed order", cite="LMP V.A-B", closed_by="LM order or denial"
    ),
    "order-awaited": TaskKind(
        owner=CHAMBERS, what="Enter the order on the ruling", cite="LMP V.D", closed_by="LM order or denial"
    ),
    "order-dates": TaskKind(owner="clerk", what="Type the dates of the order", cite="LMP VI.A", closed_by="dates typed"),
    "continue-liftstay": TaskKind(
        owner="courtroom deputy",
        what="Postpone the lift-stay hearing past the period",
        cite="LMP VI.B.1",
        closed_by="a date after the end",
    ),
    "continue-confirmation": TaskKind(
        owner="courtroom deputy",
        what="Continue the confirmation hearing past the period",
        cite="LMP VI.B.3",
        closed_by="a date after the end",
    ),
    "stay-cliff": TaskKind(
        owner=CHAMBERS,
        what="The stay ends as to the movant unless a dated order, consent or decision covers it",
        cite="11 U.S.C. 362(e)",
        closed_by="dated order, consent or decision",
    ),
    "is-it-joint": TaskKind(owner="clerk", what="Did both sides sign? Yes or no", cite="LMP VII.C", closed_by="yes or no"),
    "strike-report": TaskKind(
        owner=CHAMBERS, what="Strike the one-sided status report", cite="LMP VII.C", closed_by="order, or none needed"
    ),
    "extension-ruling": TaskKind(
        owner=CHAMBERS, what="Rule on the extension", cite="LMP IX.B", closed_by="order, or none needed"
    ),
    "expedite-liftstay": TaskKind(
        owner="courtroom deputy",
        what="Set an expedited hearing on the pending stay motion",
        cite="LMP VI.B.1",
        closed_by="hearing set",
    ),
    "defer-note": TaskKind(
        owner=CHAMBERS,
        what="The discharge may enter within the period",
        cite="LMP VI.B.2; Rule 4004(c)(2)",
        closed_by="deferral, or the discharge",
    ),
    "hold-closing": TaskKind(
        owner="clerk",
        what="Hold the closing: a loss mitigation matter is open",
        cite="LMP III.A (AMB-27)",
        closed_by="decision, or the end of the matter",
    ),
    "dismissal-check": TaskKind(
        owner=CHAMBERS,
        what="Check the motion to dismiss against the guard of the period",
        cite="LMP IX.C.2.a",
        closed_by="ruling, or the report approved",
    ),
    "docket-note": TaskKind(
        owner="clerk",
        what="Note on the docket that loss mitigation was under way at dismissal",
        cite="LMP IX.C.2.c",
        closed_by="note seen on the docket",
    ),
    "approval-sheet": TaskKind(
        owner="clerk", what="Check Form D, signatures and fees", cite="LMP X.1-3", closed_by="the sheet, or the ruling"
    ),
    "pro-se-hearing": TaskKind(
        owner="courtroom deputy",
        what="Set a hearing at which the debtor appears",
        cite="LMP X.4",
        closed_by="hearing set",
    ),
    "after-approval": TaskKind(
        owner="trustee, clerk",
        what="See amended Schedules I and J and, if applicable, the plan",
        cite="LMP X.5",
        closed_by="each paper seen",
    ),
    "to-set": TaskKind(
        owner="courtroom deputy",
        what="Give the postponed hearings a date",
        cite="LMP VI.B",
        closed_by="live dates",
    ),
    "close": TaskKind(owner="clerk", what="Close the matter", cite="LMP IX", closed_by="closed"),
}
IN_CALENDAR_DAYS = frozenset({"sign-order", "order-awaited"})
