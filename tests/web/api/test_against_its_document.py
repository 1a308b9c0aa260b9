"""The API against its own document: never a fault of ours, and every answer of a status and shape that the document tells."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from docketbridge.casework.people.api_tokens import offered
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.rights import Role
from docketbridge.web.site import shared_desk

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# What there is, put in half of the time for what was made up, so that not every answer is a 404.
THERE = {"number": "zzb-26-10047-1", "entry": "26-10047:1", "key": "order-dates", "trustee_id": "marguerite-t-osei"}
QUIETLY = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def document(copy_site):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", copy_site())


@pytest.fixture(scope="module")
def secrets(document):
    """The tokens of a clerk and of a trustee, who together may ask for everything."""
    people = shared_desk(document.app).people
    people.add(NewPerson(account="cleo", role=Role.CLERK), password=None)
    people.add(NewPerson(account="tess", role=Role.TRUSTEE, id=THERE["trustee_id"]), password=None)
    clerk, trustee = (
        people.tokens.issue(account, name="a program", scopes=offered(role)).secret
        for account, role in (("cleo", Role.CLERK), ("tess", Role.TRUSTEE))
    )
    return {"clerk": clerk, "trustee": trustee}


def test_answers_are_as_the_document_tells(document, secrets):
    assert _asked(document, secrets, examples=2) >= 16


@pytest.mark.exhaustive
def test_answers_are_as_the_document_tells_at_length(document, secrets):
    assert _asked(document, secrets, examples=40) >= 16


def _asked(document, secrets, *, examples: int) -> int:
    """Ask each operation so many times; how many operations there are."""
    operations = [found.ok() for found in document.get_all_operations()]
    for operation in operations:
        whose = "trustee" if "/trustees/" in operation.path else "clerk"
        _ask(operation, {"Authorization": f"Bearer {secrets[whose]}"}, examples)
    return len(operations)


def _ask(operation, headers: dict[str, str], examples: int) -> None:
    @settings(QUIETLY, max_examples=examples)
    @given(case=operation.as_strategy())
    def ask(case):
        for name, made_up in list(case.path_parameters.items()):
            if len(str(made_up)) % 2:
                case.path_parameters[name] = THERE[name]
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()
