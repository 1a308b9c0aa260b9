"""Everything that comes in is an observation: a docket entry or a case header, later a portal or payment fact."""

from __future__ import annotations

from typing import TypeAlias

from docketbridge.domain.entries import CaseHeader, ParsedEntry

Observation: TypeAlias = ParsedEntry | CaseHeader
