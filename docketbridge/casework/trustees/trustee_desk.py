"""The trustees' desk: a trustee's own page and cases, for that trustee alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rights import Acting, ask_for_trustee, keeps_payments
from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.trustees.trustee_pages import TrusteePage, trustee_page
from docketbridge.casework.trustees.trustee_records import PaymentRecord, payment_record
from docketbridge.casework.working_out.judging_payments import refresh_verdicts
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.payments.currencies import trustees_known


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeDesk:
    """Where trustees' pages are drawn together. `refresh` folds again what the day changed; `acting` None is the operator."""

    engine: Engine
    rulebook: Rulebook
    today: date
    acting: Acting | None
    refresh: Callable[[], int]

    def page(self, trustee_id: str, *, since: date | None = None) -> TrusteePage:
        """What one trustee's page shows of the trustee's own cases; a trustee's own may be empty.

        Raises UsageError for a trustee nobody knows, and in the same words for anybody else's page.
        """
        ask_for_trustee(self.acting, trustee_id)
        self.refresh()
        with Session(writing_engine(self.engine)) as session, session.begin():
            refresh_verdicts(session, self.rulebook, today=self.today, trustee_id=trustee_id)
        with Session(self.engine) as session:
            own = self.acting is not None
            return trustee_page(session, trustee_id, today=self.today, since=since, may_be_empty=own)

    def trustees(self) -> tuple[str, ...]:
        """The ids of all trustees who have a matter or a verdict, as far as their pages are open to whoever acts."""
        with Session(self.engine) as session:
            return tuple(each for each in trustees_known(session) if keeps_payments(self.acting, each))

    def record(self, trustee_id: str, number: str) -> PaymentRecord:
        """One own case of a trustee, with every movement of money. Raises UsageError when it is none of the trustee's."""
        ask_for_trustee(self.acting, trustee_id)
        with Session(self.engine) as session:
            return payment_record(session, self.rulebook, trustee_id, number, today=self.today)
