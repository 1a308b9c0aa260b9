"""How the ledger names the case that an observation is of."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.entries import CaseHeader, ParsedEntry


def case_key(told: ParsedEntry | CaseHeader) -> CaseKey:
    """The case an observation is of; adversary and miscellaneous proceedings are cases of their own."""
    return _key(told.court, told.case_number, told.case_type)


@lru_cache(maxsize=65_536)
def _key(court: str, printed: str, case_type: str | None) -> CaseKey:
    number = parse_case_number(printed)
    kind = case_type or number.case_type
    if kind in (None, "bk") or number.case_type is not None:
        return CaseKey(court=court, number=number.key)
    return CaseKey(court=court, number=replace(number, case_type=kind).key)
