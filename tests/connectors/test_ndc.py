"""The client of the trustees' data center, against a server of its shape on loopback: XML and JSON, keys, faults."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from lxml import etree

from connectors.ndc import NdcClient, case_keys, read_records
from docketbridge.api import CasePosition, Frequency, Movement, PlanStep, Receipt, SourceUnavailable, UsageError

KEY = "k-7f3e-planted"
CASES: dict[tuple[str, str], list[dict[str, Any]]] = {
    ("Case5", "OSEI-2610123"): [
        {
            "Court_Case_Num": "1:26-bk-10123",
            "Court_District": "zzb",
            "CaseStatus": "ACTIVE",
            "First_Payment_Due_DT": "2026-07-22T00:00:00",
            "BalanceOnHand": "541.30",
            "Delinquency_AMT": "0.00",
        }
    ],
    ("PlanSteps", "OSEI-2610123"): [
        {
            "Start_DT": "2026-07-22T00:00:00",
            "Num_Periods": "60",
            "Payment_AMT": "220.10",
            "Payment_Freq": "M",
            "Paying_Type": "DIRECT",
            "WhichDebtor_Type": "DEBTOR 1",
            "Start_Month": "1",
            "End_Month": "60",
            "End_DT": None,
        }
    ],
    ("Receipts", "OSEI-2610123"): [
        {"Receipt_DT": "2026-07-27", "Receipt_AMT": "220.10", "Receipt_ID": "1", "Receipt_Type": "P"},
        {"Receipt_DT": "2026-08-03", "Receipt_AMT": "220.10", "Receipt_ID": "2", "Receipt_Type": "R", "Reversed_Receipt_ID": "1"},
    ],
    # The center keeps this case under a number whose leading zero was lost.
    ("PlanSteps", "OSEI-910123"): [
        {"CaseKey": "OSEI-910123", "Start_DT": "2009-03-02", "Payment_AMT": "90.00", "Payment_Freq": "B"}
    ],
    ("PlanSteps", "OSEI-2610777"): [{"Court_Case_Num": "26-10778", "Start_DT": "2026-03-02", "Payment_AMT": "90.00"}],
}


@dataclass
class FakeCenter:
    address: str
    asked: list[str] = field(default_factory=list)
    failing: list[int] = field(default_factory=list)


def _xml(call: str, records: list[dict[str, Any]]) -> bytes:
    root = etree.Element(f"ArrayOf{call}", nsmap={None: "http://example.org/center"})
    for each in records:
        element = etree.SubElement(root, call)
        for name, value in each.items():
            etree.SubElement(element, name).text = value
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _json(call: str, records: list[dict[str, Any]]) -> bytes:
    text = json.dumps({call: records})
    return text.replace('"220.10"', "220.10").replace('"541.30"', "541.30").encode()


@pytest.fixture
def center() -> Iterator[FakeCenter]:
    """A data center of its shape: key in the path, XML by default, 404 for what it does not know."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _, api, key, call, case = self.path.split("/")
            state.asked.append(f"{call}/{case} {self.headers['Accept']}")
            records = CASES.get((call, case))
            status = state.failing.pop(0) if state.failing else 200 if records is not None else 404
            if (api, key) != ("api", KEY):
                status = 401
            wants_json = self.headers["Accept"] == "application/json"
            body = (_json if wants_json else _xml)(call, records or []) if status == 200 else b"no"
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state = FakeCenter(address=f"http://127.0.0.1:{server.server_port}/api")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


def _client(center: FakeCenter, **more: Any) -> NdcClient:
    return NdcClient(address=center.address, trustee="OSEI", pause=lambda _: None, **{"api_key": KEY, **more})


@pytest.mark.parametrize("wants_json", [False, True])
def test_position_steps_and_receipts_of_a_case_are_read_to_the_cent(center, wants_json):
    facts = [each.told for each in _client(center, wants_json=wants_json).facts(["26-10123"], as_of=date(2026, 8, 17))]
    (position,) = [each for each in facts if isinstance(each, CasePosition)]
    assert (position.balance_on_hand, position.delinquency) == (Decimal("541.30"), Decimal("0.00"))
    (step,) = [each for each in facts if isinstance(each, PlanStep)]
    assert step == PlanStep(amount=Decimal("220.10"), frequency=Frequency.MONTHLY, first_due=date(2026, 7, 22), periods=60)
    receipts = [each for each in facts if isinstance(each, Receipt)]
    assert [(str(each.amount), each.movement) for each in receipts] == [
        ("220.10", Movement.RECEIPT),
        ("-220.10", Movement.REVERSAL),
    ]


def test_a_case_whose_leading_zero_the_center_lost_is_found_and_normalised(center):
    client = _client(center)
    feed = client.feed(["09-10123"], as_of=date(2026, 8, 17))
    assert [each.case_number for each in feed.rows] == ["09-10123"]
    assert "PlanSteps/OSEI-0910123 application/xml" in center.asked
    assert "PlanSteps/OSEI-910123 application/xml" in center.asked
    assert case_keys("OSEI", "26-10123") == ("OSEI-2610123",)


def test_an_answer_of_another_case_is_refused(center):
    with pytest.raises(SourceUnavailable, match="the answer is of case 26-10778"):
        _client(center).records("PlanSteps", "26-10777")


def test_a_case_the_center_does_not_know_gives_nothing(center):
    assert _client(center).records("PlanSteps", "26-19999") == ()


def test_a_busy_center_is_asked_again_and_then_given_up(center):
    center.failing = [503, 429]
    assert _client(center).records("PlanSteps", "26-10123")
    center.failing = [503, 503, 503]
    with pytest.raises(SourceUnavailable, match="answered 503"):
        _client(center).records("PlanSteps", "26-10123")


def test_the_key_is_in_no_message_and_no_representation(center):
    wrong = _client(center, api_key="k-wrong-planted")
    with pytest.raises(SourceUnavailable) as refused:
        wrong.records("PlanSteps", "26-10123")
    gone = NdcClient(address="http://127.0.0.1:9", api_key=KEY, trustee="OSEI", tries=1)
    with pytest.raises(SourceUnavailable) as silent:
        gone.records("PlanSteps", "26-10123")
    told = f"{refused.value} {silent.value} {wrong!r} {gone!r}"
    assert "planted" not in told
    assert silent.value.__cause__ is None


def test_only_https_leaves_the_machine():
    with pytest.raises(UsageError, match="https"):
        NdcClient(address="http://center.example", api_key=KEY, trustee="OSEI").records("PlanSteps", "26-10123")


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"<a><b></a>", b"nothing"])
def test_an_answer_that_is_neither_xml_nor_json_is_refused(body):
    with pytest.raises(SourceUnavailable):
        read_records(body)


def test_an_entity_in_an_answer_is_never_followed():
    body = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a><Payment_AMT>&x;</Payment_AMT></a>'
    assert all("/" not in value and value == "" for record in read_records(body) for value in record.values())


def test_the_command_writes_an_export_and_takes_the_key_from_the_environment_only(center, say, tmp_path, monkeypatch):
    out = tmp_path / "center.csv"
    arguments = ("ndc", "fetch", "26-10123", "--address", center.address, "--trustee", "OSEI", "-o", out, "--as-of", "2026-08-17")
    monkeypatch.delenv("DOCKETBRIDGE_NDC_KEY", raising=False)
    code, _, told = say(*arguments)
    assert (code, "DOCKETBRIDGE_NDC_KEY" in told) == (2, True)
    monkeypatch.setenv("DOCKETBRIDGE_NDC_KEY", KEY)
    code, told, _ = say(*arguments)
    assert code == 0, told
    assert "220.10" in out.read_text()
    assert KEY not in out.read_text() + told
