"""Who may do what with which matter: one question, one answer, asked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from docketbridge.domain.matters import MatterFile
from docketbridge.errors import RightsError


class Role(StrEnum):
    """What a person is to the court."""

    CLERK = "clerk"
    JUDGE = "judge"
    TRUSTEE = "trustee"
    MEDIATOR = "mediator"
    DEBTOR_SIDE = "debtor_side"
    CREDITOR_SIDE = "creditor_side"


COURT_ROLES = (Role.CLERK, Role.JUDGE, Role.TRUSTEE)


class Action(StrEnum):
    """What may be asked for."""

    SEE_PROCESS = "see_process"
    SEE_SUBSTANCE = "see_substance"
    RECORD_SESSION = "record_session"
    TAKE_ASSIGNMENT = "take_assignment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A person at work: in which role, by which id, and for the parties' side in which matters (ids)."""

    role: Role
    id: str
    matters: frozenset[str] = frozenset()


def may(acting: Acting | None, action: Action, file: MatterFile) -> bool:
    """Whether a person may do this in this matter. Without a person known there is process only (LMP VI.B.5; FRE 408).

    A court role never sees substance, whoever grants what.
    """
    if action is Action.SEE_PROCESS:
        return True
    if acting is None or acting.role in COURT_ROLES:
        return False
    if action is Action.TAKE_ASSIGNMENT:
        return acting.role is Role.MEDIATOR
    if acting.role is Role.MEDIATOR:
        return mediates(acting.id, file)
    return action is Action.SEE_SUBSTANCE and file.matter.id in acting.matters


def mediates(mediator: str, file: MatterFile) -> bool:
    """Whether this mediator's matter it is: appointed on the docket, or the one who accepted it last; never after declining."""
    assignment = file.assignment
    if assignment is not None and assignment.mediator == mediator:
        return assignment.accepted
    return file.mediator is not None and file.mediator.id == mediator


def ask(acting: Acting | None, action: Action, file: MatterFile) -> None:
    """Go on only with the right. Raises RightsError, which names the matter and nothing in it."""
    if not may(acting, action, file):
        who = f"{acting.role.value}:{acting.id}" if acting is not None else "nobody"
        raise RightsError(f"{file.matter.number}: {who} may not {action.value.replace('_', ' ')}")
