"""Which calendars a person may have an address of: those of what the person may see, asked anew at each fetch."""

from __future__ import annotations

from sqlalchemy.orm import Session

from docketbridge.casework.people.signing_in import acting_of
from docketbridge.casework.rights import Acting, is_party, visible_to
from docketbridge.casework.selecting import parse_selection
from docketbridge.errors import UsageError
from docketbridge.ledger.lists.derived import matter_lines
from docketbridge.ledger.outgoing.tokens import CalendarToken, token_named
from docketbridge.ledger.people.people import person_of


def is_open_to(session: Session, acting: Acting, scope: str) -> bool:
    """Whether a person may follow the calendar of a scope. Raises UsageError for a scope that is none.

    Clerk and judge may follow any; a mediator and a trustee their own, and whoever sees a matter that of the matter: a party
    the one that tells it as parties are told, with no date of the court's own reading.
    """
    chosen, visible = parse_selection(scope), visible_to(acting)
    if visible.everything:
        return True
    own = {("mediator", visible.mediator), ("trustee", visible.trustee)}
    if chosen.name and (chosen.scope, chosen.name) in own:
        return True
    family = "party" if is_party(acting) else "matter"
    return chosen.scope == family and bool(matter_lines(session, visible=visible, only=chosen.condition(), at_most=1))


def own_account(session: Session, acting: Acting | None, scope: str) -> str | None:
    """Whose account a new address belongs to; nobody's at the command line. Raises UsageError."""
    if acting is None:
        return None
    if not is_open_to(session, acting, scope):
        raise UsageError(f"no calendar {scope!r} of yours; write matter:NUMBER for one of your matters")
    return acting.account


def ask_for_token(session: Session, acting: Acting | None, token: str) -> None:
    """Go on only with an address of one's own; the machine's operator with any. Raises UsageError."""
    if acting is None:
        return
    known = token_named(session, token)
    if known is None or known.account != acting.account:
        raise UsageError(f"no calendar address {token!r} of yours")


def still_opens(session: Session, token: CalendarToken) -> bool:
    """Whether the person to whom the site gave a token may still follow its calendar; who has no account here is not asked."""
    if token.account is None:
        return True
    person = person_of(session, token.account)
    return person is not None and person.active and is_open_to(session, acting_of(person), token.scope)


def suggested_scopes(acting: Acting) -> tuple[str, ...]:
    """The scopes to offer a person first."""
    visible = visible_to(acting)
    if visible.mediator is not None:
        return (f"mediator:{visible.mediator}",)
    if visible.trustee is not None:
        return (f"trustee:{visible.trustee}",)
    if visible.everything:
        return ("all", f"judge:{acting.id}") if acting.role.value == "judge" else ("all",)
    return ()
