"""Asks the trustees' data center for plan steps, receipts and positions, and sets its answers out as an export to import.

The center's REST interface takes the key in the path, a case as `TRUSTEE-2610123`, and answers XML, or JSON when asked.
"""

from __future__ import annotations

import csv
import http.client
import io
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from lxml import etree

from docketbridge.api import PaymentFact, PaymentFeed, SourceUnavailable, UsageError

from .payment_cells import CellFault, read_case_number
from .trustee_csv import read

FORMAT = "ndc"
MOST_BYTES = 32 * 1024 * 1024
CALLS = ("Case5", "PlanSteps", "Receipts")
"""What is asked of each case: its position, its plan steps, its receipts.

The first two are calls that the center documents; the name of the third is a trustee's own agreement with it and can be told.
"""

Record = Mapping[str, str]

_NAMES = (
    *("CaseKey", "Debtor_Name", "CaseStatus", "First_Payment_Due_DT", "BalanceOnHand", "Delinquency_AMT", "Total_Receipts_AMT"),
    *("CaseConfirmedDT", "Start_DT", "End_DT", "Num_Periods", "Payment_AMT", "Payment_Freq", "Paying_Type", "WhichDebtor_Type"),
    *("Plan_Num", "Step_Num", "Receipt_DT", "Receipt_AMT", "Receipt_ID", "Receipt_Type", "Reversed_Receipt_ID"),
)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_AGAIN = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NdcClient:
    """A client of the data center. `api_key` is in every address and in no message, log line or representation of ours."""

    address: str
    api_key: str = field(repr=False)
    trustee: str
    wants_json: bool = False
    calls: tuple[str, ...] = CALLS
    timeout: float = 30.0
    tries: int = 3
    pause: Callable[[float], None] = time.sleep

    def records(self, call: str, case_number: str) -> tuple[Record, ...]:
        """The records of one call for one case (`26-10123`); none when the center knows no such case.

        The center does not normalise: where it has no such key, the number without leading zeros is asked for too. Raises
        SourceUnavailable when it does not answer, or answers of another case.
        """
        for key in case_keys(self.trustee, case_number):
            body = self._get(call, key)
            if body is None:
                continue
            found = read_records(body)
            for record in found:
                self._check(record, case_number, call)
            if found:
                return tuple({**record, "CaseKey": f"{self.trustee}-{_seven(case_number)}"} for record in found)
        return ()

    def export(self, case_numbers: Iterable[str], *, as_of: date) -> bytes:
        """Everything the center tells of these cases, as a table that `trustee import` reads (mapping `data-center`)."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("Data_DT", as_of.isoformat()))
        writer.writerow(("From_DT", "1978-01-01"))
        writer.writerow(_NAMES)
        for number in case_numbers:
            for call in self.calls:
                for record in self.records(call, number):
                    writer.writerow([record.get(name, "") for name in _NAMES])
        return out.getvalue().encode()

    def feed(self, case_numbers: Iterable[str], *, as_of: date) -> PaymentFeed:
        """The same as an open export."""
        return read(io.BytesIO(self.export(case_numbers, as_of=as_of)), name=f"data center, trustee {self.trustee}")

    def facts(self, case_numbers: Iterable[str], *, as_of: date) -> Iterator[PaymentFact]:
        """The facts alone, for who wants no problems."""
        return (each for each in self.feed(case_numbers, as_of=as_of).rows if isinstance(each, PaymentFact))

    def _check(self, record: Record, case_number: str, call: str) -> None:
        told = record.get("Court_Case_Num") or record.get("CaseKey") or record.get("Case_Key")
        try:
            number = read_case_number(told) if told else case_number
        except CellFault as fault:
            raise SourceUnavailable(f"data center, {call} of {case_number}: the answer's case number {told!r} {fault}") from fault
        if number != case_number:
            raise SourceUnavailable(f"data center, {call} of {case_number}: the answer is of case {number}")

    def _get(self, call: str, key: str) -> bytes | None:
        where = f"data center, {call} of {key}"
        for turn in range(1, self.tries + 1):
            try:
                status, wait, body = self._once(call, key)
            except (OSError, http.client.HTTPException) as fault:
                if turn == self.tries:
                    raise SourceUnavailable(f"{where}: no answer ({type(fault).__name__})") from None
                self.pause(2.0**turn)
                continue
            if status == HTTPStatus.NOT_FOUND:
                return None
            if status == HTTPStatus.OK:
                return body
            if status not in _AGAIN or turn == self.tries:
                raise SourceUnavailable(f"{where}: answered {status}")
            self.pause(wait or 2.0**turn)
        raise SourceUnavailable(f"{where}: no answer")

    def _once(self, call: str, key: str) -> tuple[int, float, bytes]:
        parts = urlsplit(self.address)
        host = parts.hostname or ""
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
            raise UsageError("the data center's address must begin with https://")
        connection = kind(host, parts.port, timeout=self.timeout)
        path = "/".join((parts.path.rstrip("/"), *(quote(each, safe="") for each in (self.api_key, call, key))))
        accept = "application/json" if self.wants_json else "application/xml"
        try:
            connection.request("GET", path, headers={"Accept": accept, "User-Agent": "docketbridge"})
            answer = connection.getresponse()
            body = answer.read(MOST_BYTES + 1)
        finally:
            connection.close()
        if len(body) > MOST_BYTES:
            raise SourceUnavailable(f"data center, {call} of {key}: more than {MOST_BYTES:,} bytes")
        told = answer.getheader("Retry-After", "")
        return answer.status, min(float(told), 60.0) if told.isdigit() else 0.0, body


def case_keys(trustee: str, case_number: str) -> tuple[str, ...]:
    """The keys under which the center may know a case: seven digits, and the same without leading zeros."""
    seven = _seven(case_number)
    return tuple(dict.fromkeys(f"{trustee}-{each}" for each in (seven, seven.lstrip("0"))))


def _seven(case_number: str) -> str:
    year, _, serial = case_number.partition("-")
    return f"{year}{serial}"


def read_records(body: bytes) -> tuple[Record, ...]:
    """Read an answer, XML or JSON, as records of plain texts; amounts stay the digits they were sent as.

    Raises SourceUnavailable for what is neither.
    """
    try:
        if body.lstrip()[:1] in (b"{", b"["):
            return tuple(_of_json(json.loads(body, parse_float=str, parse_int=str)))
        return tuple(_of_xml(etree.fromstring(body, _PARSER)))
    except (ValueError, RecursionError, etree.XMLSyntaxError) as fault:
        raise SourceUnavailable(f"the data center's answer is neither XML nor JSON ({fault})") from fault


def _of_json(value: Any) -> Iterator[Record]:
    """A list of records, one record, or either within objects that only wrap it."""
    if isinstance(value, list):
        for each in value:
            yield from _of_json(each)
    elif isinstance(value, dict):
        plain = {str(name): _plain(each) for name, each in value.items() if not isinstance(each, list | dict)}
        if any(plain.get(name) for name in _NAMES):
            yield plain
        else:
            for each in value.values():
                yield from _of_json(each)


def _plain(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _of_xml(element: Any) -> Iterator[Record]:
    children = [child for child in element if isinstance(child.tag, str)]
    plain = {etree.QName(child).localname: (child.text or "").strip() for child in children if not len(child)}
    if any(plain.get(name) for name in _NAMES):
        yield plain
    else:
        for child in children:
            yield from _of_xml(child)
