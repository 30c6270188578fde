"""The log, whole, for others to read: CSV for a spreadsheet, JSON Lines for a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

import msgspec
from django.contrib.auth.models import User

from pipeline.desk import roles
from pipeline.desk.errors import Invalid
from pipeline.desk.models import Event
from pipeline.report.csv import cell

FORMATS = ("csv", "jsonl")
COLUMNS = (
    "event", "at", "who", "did", "item", "source", "title", "version", "assessment", "verdict", "risk",
    "before", "after", "reasons", "note", "data",
)  # fmt: skip


def export(form: str, who: User, now: datetime) -> Iterator[str]:
    """The log as it is now, oldest first, line by line; that it was exported stands in it."""
    roles.demand(who, roles.EXPORT)
    if form not in FORMATS:
        raise Invalid(f"unknown format {form!r}; known: {', '.join(FORMATS)}")
    last = Event.objects.create(kind=Event.Kind.EXPORT, actor=who, at=now, data={"format": form})
    return _lines(form, last.pk)


def _lines(form: str, last: int) -> Iterator[str]:
    if form == "csv":
        yield _csv(COLUMNS)
    events = Event.objects.filter(pk__lte=last).select_related("actor", "version", "item").defer("version__stored")
    for event in events.order_by("pk").iterator(500):
        row = _row(event)
        yield msgspec.json.encode(row).decode() + "\n" if form == "jsonl" else _csv(tuple(row.values()))


def _row(event: Event) -> dict[str, object]:
    item, version = event.item, event.version
    values = (
        event.pk,
        event.at.isoformat(),
        event.actor.get_username() if event.actor else "",
        event.kind,
        event.item_id,
        item.source if item else "",
        item.title if item else "",
        version.number if version else None,
        version.content_hash if version else "",
        version.verdict if version else "",
        version.risk if version else None,
        event.before,
        event.after,
        event.reasons,
        event.note,
        event.data,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _csv(cells: tuple[object, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_cell(cell) for cell in cells])
    return line.getvalue()


def _cell(value: object) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    return cell(value if isinstance(value, str) else msgspec.json.encode(value).decode())
