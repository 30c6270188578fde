"""Whatever is asked, in the form that the document gives or in any other: an answer that the document has, never a
defect of ours. Requests are made up by schemathesis; how many is bounded, and the same ones come every time."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pipeline.desk.api.limits import BUCKETS, PER_MINUTE
from pipeline.desk.api.operations import OPERATIONS
from pipeline.desk.services import tokens
from pipeline.desk.services.decide import decide
from tests.desk.api.test_calls import Engine, engine
from tests.desk.assessments import put
from tests.desk.conftest import Desk

__all__ = ["engine"]
load_all_checks()
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 15
"""Of each kind (as documented, and not) and operation."""
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("name", [operation.name for operation in OPERATIONS])
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_any_request_has_an_answer_of_the_document(
    desk: Desk, engine: Engine, monkeypatch: pytest.MonkeyPatch, mode: GenerationMode, name: str
) -> None:
    """No 5xx; and status, type and form of each answer are as the document says."""
    monkeypatch.setattr(BUCKETS, "_per_minute", dict.fromkeys(PER_MINUTE, 10**9))
    root = desk.person("root", "administrator")
    items = [put(f"pages/{number}.txt").item.pk for number in range(4)]
    decide(items[0], 1, "approve", root, timezone.now())
    _made, token = tokens.create(root, "tests", timezone.now(), who=None)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operation = next(o.ok() for o in schema.get_all_operations() if o.ok().definition.raw["operationId"] == name)
    there = items if "item_id" in operation.path and mode == GenerationMode.POSITIVE else []
    asked: list[int] = []

    @QUIET
    @given(st.data())
    def ask(data: Any) -> None:
        item = data.draw(st.sampled_from([None, *there]))
        path = {"path_parameters": {"item_id": item}} if item else {}
        case = data.draw(operation.as_strategy(mode, **path))
        response = case.call(headers={"Authorization": f"Bearer {token}"})
        asked.append(response.status_code)
        case.validate_response(response, checks=CHECKS)

    ask()
    assert len(asked) >= EXAMPLES / 2
    assert 200 in asked or mode == GenerationMode.NEGATIVE or name == "decide"  # a made-up version is another one
