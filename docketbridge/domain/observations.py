"""Everything that comes in is an observation: a docket entry, a case header, a payment fact; later a portal fact."""

from __future__ import annotations

from typing import TypeAlias

from docketbridge.domain.entries import CaseHeader, ParsedEntry
from docketbridge.domain.payments.payment_facts import PaymentFact

Observation: TypeAlias = ParsedEntry | CaseHeader | PaymentFact
