"""Who may do what: one table of roles and actions, one question about a matter, asked before anything is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from docketbridge.domain.fold.task_kinds import CHAMBERS, KINDS
from docketbridge.domain.matters import MatterFile
from docketbridge.errors import RightsError, UsageError
from docketbridge.ledger.visibility import EVERYTHING, Visible

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a person is to the court."""

    CLERK = "clerk"
    JUDGE = "judge"
    TRUSTEE = "trustee"
    MEDIATOR = "mediator"
    DEBTOR_SIDE = "debtor_side"
    CREDITOR_SIDE = "creditor_side"
    ADMINISTRATOR = "administrator"


COURT_ROLES = (Role.CLERK, Role.JUDGE, Role.TRUSTEE, Role.ADMINISTRATOR)
PARTY_ROLES = (Role.DEBTOR_SIDE, Role.CREDITOR_SIDE)


class Action(StrEnum):
    """What may be asked for. The first group is about one matter, the second about a page or a command of the site."""

    SEE_PROCESS = "see_process"
    SEE_SUBSTANCE = "see_substance"
    RECORD_SESSION = "record_session"
    TAKE_ASSIGNMENT = "take_assignment"

    SEE_MATTERS = "see_matters"
    SEARCH_DOCKETS = "search_dockets"
    WORK_THE_QUEUE = "work_the_queue"
    REVIEW_ENTRIES = "review_entries"
    RECORD_FACTS = "record_facts"
    DO_TASKS = "do_tasks"
    TELL_PAYMENTS = "tell_payments"
    DRAFT_PAPERS = "draft_papers"
    ISSUE_PAPERS = "issue_papers"
    SEE_CHAMBERS = "see_chambers"
    SEE_PAYMENTS = "see_payments"
    SEE_INDICATORS = "see_indicators"
    MEDIATE = "mediate"
    ANSWER_FORMS = "answer_forms"
    SEE_HEALTH = "see_health"
    ADMINISTER = "administer"
    SEE_AUDIT = "see_audit"
    KEEP_OWN_ACCOUNT = "keep_own_account"


_EVERYBODY = frozenset(Role)

# Which roles may do what at the site. A matter's own rights come on top: the lists and files a person gets are their own.
HOLDERS: dict[Action, frozenset[Role]] = {
    Action.SEE_SUBSTANCE: frozenset({Role.MEDIATOR, *PARTY_ROLES}),
    Action.SEE_MATTERS: _EVERYBODY - {Role.ADMINISTRATOR},
    Action.SEARCH_DOCKETS: frozenset({Role.CLERK, Role.JUDGE}),
    Action.WORK_THE_QUEUE: frozenset({Role.CLERK}),
    Action.REVIEW_ENTRIES: frozenset({Role.CLERK}),
    Action.RECORD_FACTS: frozenset({Role.CLERK}),
    Action.DO_TASKS: frozenset({Role.CLERK, Role.JUDGE}),
    Action.TELL_PAYMENTS: frozenset({Role.CLERK, Role.TRUSTEE}),
    Action.DRAFT_PAPERS: _EVERYBODY - {Role.ADMINISTRATOR},
    Action.ISSUE_PAPERS: frozenset({Role.CLERK, Role.JUDGE}),
    Action.SEE_CHAMBERS: frozenset({Role.JUDGE}),
    Action.SEE_PAYMENTS: frozenset({Role.TRUSTEE}),
    Action.SEE_INDICATORS: frozenset({Role.CLERK, Role.JUDGE}),
    Action.MEDIATE: frozenset({Role.MEDIATOR}),
    Action.ANSWER_FORMS: frozenset(PARTY_ROLES),
    Action.SEE_HEALTH: frozenset({Role.CLERK, Role.JUDGE, Role.ADMINISTRATOR}),
    Action.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
    Action.SEE_AUDIT: frozenset({Role.ADMINISTRATOR}),
    Action.KEEP_OWN_ACCOUNT: _EVERYBODY,
}
# What chambers rule on, and the hearings that they set: a judge does these from the matter's page. A clerk, who also keeps what
# chambers said by word of mouth, does every task (PROGRAM-RULES.md 1.13).
CHAMBERS_TASKS = frozenset({key for key, kind in KINDS.items() if kind.owner == CHAMBERS} | {"set-hearing", "pro-se-hearing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A person at work: in which role, by which id, and for the parties' side in which matters (ids).

    `id` is what scopes go by: a judge's initials in lower case, a trustee's or mediator's id; else the account's name.
    `account` is the name a person signs in with, `name` the one others see.
    """

    role: Role
    id: str
    matters: frozenset[str] = frozenset()
    account: str = ""
    name: str = ""


def holds(acting: Acting | None, action: Action | None) -> bool:
    """Whether a person's role goes with this action of the site."""
    return acting is not None and action is not None and acting.role in HOLDERS.get(action, frozenset())


def may_do_task(acting: Acting | None, key: str) -> bool:
    """Whether a task of this key is a person's to do; the machine's operator does them all."""
    if acting is None:
        return True
    return holds(acting, Action.DO_TASKS) and (acting.role is Role.CLERK or key in CHAMBERS_TASKS)


def ask_for_task(acting: Acting | None, key: str) -> None:
    """Go on only to a task that is the person's to do. Raises RightsError, which names the task and nothing of its matter."""
    if key in KINDS and not may_do_task(acting, key):
        who = f"{acting.role.value}:{acting.id}" if acting is not None else "nobody"
        raise RightsError(f"{who} may not do task {key}")


def needs(action: Action) -> Callable[[View], View]:
    """Declare what a page's view asks for; the site refuses a route that declares nothing."""

    def declare(view: View) -> View:
        view.needs = action  # type: ignore[attr-defined]  # read back by the site's door
        return view

    return declare


def open_to_all(view: View) -> View:
    """Declare that a view asks for no sign-in: it guards itself (a secret address), or has nothing to guard."""
    view.needs = None  # type: ignore[attr-defined]  # read back by the site's door
    return view


def visible_to(acting: Acting | None) -> Visible:
    """Whose matters there are for a person: the one definition that every list and file goes by.

    Clerk and judge have all of the court; a mediator, a trustee and a party's side have their own; an administrator has none.
    Nobody in particular is the machine's operator at the command line, who holds the ledger already.
    """
    if acting is None or acting.role in (Role.CLERK, Role.JUDGE):
        return EVERYTHING
    match acting.role:
        case Role.MEDIATOR:
            return Visible(mediator=acting.id)
        case Role.TRUSTEE:
            return Visible(trustee=acting.id)
        case Role.DEBTOR_SIDE | Role.CREDITOR_SIDE:
            return Visible(matters=acting.matters)
        case _:
            return Visible()


def side_of(acting: Acting) -> str:
    """The side that a party's person is of: `debtor` or `creditor`. Raises RightsError for anybody else."""
    if acting.role not in PARTY_ROLES:
        raise RightsError(f"{acting.role.value}:{acting.id} is of no party's side")
    return "debtor" if acting.role is Role.DEBTOR_SIDE else "creditor"


def is_party(acting: Acting | None) -> bool:
    """Whether somebody is of a party's side, and so is told every day on its earliest reading only."""
    return acting is not None and acting.role in PARTY_ROLES


def keeps_payments(acting: Acting | None, trustee_id: str) -> bool:
    """Whether a trustee's payment records are this person's; the machine's operator holds them all."""
    return acting is None or (acting.role is Role.TRUSTEE and acting.id == trustee_id)


def ask_for_trustee(acting: Acting | None, trustee_id: str) -> None:
    """Go on only to a trustee's own payments. Raises UsageError, as for a trustee whom nobody knows."""
    if not keeps_payments(acting, trustee_id):
        raise UsageError(f"no trustee {trustee_id!r} has a case here")


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
