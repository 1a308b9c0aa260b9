"""How the ledger names the case that an observation is of."""

from __future__ import annotations

from dataclasses import replace

from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.entries import CaseHeader, ParsedEntry


def case_key(told: ParsedEntry | CaseHeader) -> CaseKey:
    """The case an observation is of; adversary and miscellaneous proceedings are cases of their own."""
    number = parse_case_number(told.case_number)
    kind = told.case_type or number.case_type
    if kind in (None, "bk") or number.case_type is not None:
        return CaseKey(court=told.court, number=number.key)
    return CaseKey(court=told.court, number=replace(number, case_type=kind).key)
