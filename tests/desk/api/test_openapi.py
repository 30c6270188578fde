"""The document says what the code does."""

from __future__ import annotations

import json

from django.test import Client

from pipeline.desk.api.operations import OPERATIONS
from pipeline.desk.api.records import Listing
from tests.desk.conftest import Desk


def test_the_document_lists_every_operation(desk: Desk) -> None:
    """Address, method, parameters, answers; readable without a token, and every reference in it leads somewhere."""
    answer = Client().get("/api/v1/openapi.json")
    document = answer.json()
    assert document["openapi"] == "3.1.0"
    listed = {(o["operationId"], method) for methods in document["paths"].values() for method, o in methods.items()}
    assert listed == {(o.name, o.method.lower()) for o in OPERATIONS}
    parameters = document["paths"]["/items"]["get"]["parameters"]
    assert {p["name"] for p in parameters} == set(Listing.__struct_fields__)
    named = {word.split('"')[0] for word in json.dumps(document).split("#/components/schemas/")[1:]}
    assert named <= set(document["components"]["schemas"])
