"""The table of all operations. Addresses, permissions, limits and the document are made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.desk import roles
from pipeline.desk.api import calls, records
from pipeline.desk.api.calls import Call
from pipeline.records import Assessment


@dataclass(frozen=True)
class Operation:
    """One method of one address. `query` are its parameters, `body` its JSON body where it has one."""

    name: str
    method: Literal["GET", "POST"]
    path: str
    permission: str
    call: Callable[[Call], Any]
    answer: type
    query: type[records.Asked] = records.Nothing
    body: type[records.Asked] | None = None
    limit: Literal["read", "write", "submit"] = "read"
    fails: tuple[int, ...] = ()
    """Statuses it can have beside those that all have."""


OPERATIONS = (
    Operation(
        "submit", "POST", "items", roles.SUBMIT, calls.submit, records.Submitted,
        body=records.Submission, limit="submit", fails=(409, 413, 415, 503),
    ),
    Operation("list", "GET", "items", roles.READ, calls.list_items, records.Items, query=records.Listing),
    Operation("item", "GET", "items/<int:item_id>", roles.READ, calls.read_item, records.Item, fails=(404,)),
    Operation(
        "assessment", "GET", "items/<int:item_id>/assessment", roles.READ, calls.read_assessment, Assessment,
        query=records.Which, fails=(404,),
    ),
    Operation(
        "decide", "POST", "items/<int:item_id>/decision", roles.DECIDE, calls.decide, records.Event,
        body=records.Verdicting, limit="write", fails=(404, 409, 413, 415),
    ),
    Operation(
        "undo", "POST", "items/<int:item_id>/undo", roles.DECIDE, calls.undo, records.Event,
        limit="write", fails=(404, 409),
    ),
    Operation(
        "item-log", "GET", "items/<int:item_id>/log", roles.READ, calls.item_log, records.Log,
        query=records.Since, fails=(404,),
    ),
    Operation("log", "GET", "log", roles.EXPORT, calls.whole_log, records.Log, query=records.Since),
)  # fmt: skip


def by_path() -> dict[str, dict[str, Operation]]:
    """The operations of each address by method."""
    found: dict[str, dict[str, Operation]] = {}
    for operation in OPERATIONS:
        found.setdefault(operation.path, {})[operation.method] = operation
    return found
