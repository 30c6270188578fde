"""A record with named fields → a raw page: what JSONL, CSV and parquet have in common."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import Unreadable
from pipeline.ingest.refusals import over
from pipeline.records import RawPage
from pipeline.settings import Columns, Limits

KIND_NAMES = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def wanted(columns: Columns) -> tuple[str, ...]:
    """The names of all fields that a record is read for."""
    return (*columns.html, *columns.text, *columns.url, *columns.title)


def page_of(source: str, fields: Mapping[str, object], columns: Columns, limits: Limits) -> RawPage:
    """The page that a record holds: its HTML where it has some, else its text.

    Raises Unreadable when it has neither or they are no strings, LimitExceeded for one that is too long.
    """
    name = body_column(fields, columns)
    data = body_bytes(name, fields[name])
    if len(data) > limits.page_bytes:
        raise over("page_bytes", f"field {name!r}", limits.page_bytes)
    url, url_notes = optional(fields, columns.url)
    title, title_notes = optional(fields, columns.title)
    return RawPage(
        source=source,
        data=data,
        kind="html" if name in columns.html else "text",
        url=url,
        title=title,
        encoding=None if isinstance(fields[name], bytes) else "utf-8",
        notes=url_notes + title_notes,
    )


def body_column(fields: Mapping[str, object], columns: Columns) -> str:
    """The name of the field that holds the page: the first with something in it, HTML before text."""
    present = [name for name in (*columns.html, *columns.text) if fields.get(name) is not None]
    if not present:
        names = ", ".join((*columns.text, *columns.html))
        raise Unreadable(f"no text: none of the fields {names} has a value ([columns] in unspun.toml)", "missing-field")
    return next((name for name in present if fields[name] not in ("", b"")), present[0])


def body_bytes(name: str, value: object) -> bytes:
    """The bytes of a field."""
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        raise Unreadable(f"field {name!r} is {kind_of(value)}, not a string", "wrong-type")
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise Unreadable(f"field {name!r} is not valid UTF-8", "undecodable") from None


def optional(fields: Mapping[str, object], names: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The first of `names` with a usable value; a value that is no string is left out, and said."""
    notes: tuple[str, ...] = ()
    for name in names:
        value = fields.get(name)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str) and value and is_encodable(value):
            return value, notes
        if value not in (None, ""):
            what = "not valid UTF-8" if isinstance(value, str) else f"{kind_of(value)}, not a string"
            notes += (f"field {name!r} was ignored: it is {what}",)
    return None, notes


def is_encodable(value: str) -> bool:
    """Whether `value` is free of lone surrogates."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def kind_of(value: object) -> str:
    """What `value` is, in words."""
    return KIND_NAMES.get(type(value), f"of type {type(value).__name__}")
