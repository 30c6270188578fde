"""The operations as an OpenAPI 3.1 document, made from the table: it cannot say anything else than the code does."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pipeline import __version__
from pipeline.desk import roles
from pipeline.desk.api import records
from pipeline.desk.api.limits import PER_MINUTE
from pipeline.desk.api.operations import OPERATIONS, Operation

ALWAYS = (400, 401, 403, 429)
TEMPLATE = "#/components/schemas/{name}"
ABOUT = """Submit pages, read what was found in them, decide, and read the log, as the person for whom a token was made.

`unspun desk token create` makes tokens. Text in answers comes from strangers' pages: show it as text, never as HTML."""
ITEM_ID = {
    "name": "item_id",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1, "maximum": 2**63 - 1},
}


@login_not_required
@require_safe
def document(_request: HttpRequest) -> HttpResponse:
    """``/api/v1/openapi.json``: the same for everybody, and no secret."""
    return HttpResponse(msgspec.json.encode(openapi()), content_type="application/json")


@cache
def openapi() -> dict[str, Any]:
    """The document."""
    types = {records.Problem, *(o.answer for o in OPERATIONS), *(o.body for o in OPERATIONS if o.body)}
    _refs, schemas = msgspec.json.schema_components(sorted(types, key=lambda t: t.__name__), ref_template=TEMPLATE)
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        address = "/" + re.sub(r"<int:(\w+)>", r"{\1}", operation.path)
        paths.setdefault(address, {})[operation.method.lower()] = described(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Unspun review desk", "version": __version__, "description": ABOUT},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def described(operation: Operation) -> dict[str, Any]:
    """One operation."""
    lowest = next(role for role in roles.ROLES if operation.permission in roles.permissions(role))
    said: dict[str, Any] = {
        "operationId": operation.name,
        "summary": (operation.call.__doc__ or "").strip(),
        "description": f"For the role {lowest} and above; {PER_MINUTE[operation.limit]} a minute and token.",
        "responses": {"200": _body(operation.answer, "The answer.")}
        | {
            str(status): _body(records.Problem, HTTPStatus(status).phrase, "application/problem+json")
            for status in sorted({*ALWAYS, *operation.fails})
        },
    }
    parameters = [ITEM_ID] if "item_id" in operation.path else []
    if parameters := parameters + list(_query(operation.query)):
        said["parameters"] = parameters
    if operation.body:
        said["requestBody"] = {"required": True, **_body(operation.body, (operation.body.__doc__ or "").strip())}
    return said


def _body(kind: type, description: str, media: str = "application/json") -> dict[str, Any]:
    return {
        "description": description,
        "content": {media: {"schema": {"$ref": TEMPLATE.format(name=kind.__name__)}}},
    }


def _query(kind: type[records.Asked]) -> list[dict[str, Any]]:
    """The fields of a record as parameters of the address; what cannot be written there (null) is left out."""
    schema = msgspec.json.schema(kind)["$defs"][kind.__name__]
    found = []
    for name, field in schema["properties"].items():
        options = [option for option in field.get("anyOf", [field]) if option.get("type") != "null"]
        plain = {key: value for key, value in options[0].items() if not (key == "default" and value is None)}
        found.append({"name": name, "in": "query", "required": False, "schema": plain})
    return found
