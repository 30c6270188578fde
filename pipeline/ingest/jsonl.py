"""JSON Lines: one record a line, strictly valid JSON. The record number is the line number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]

import msgspec

from pipeline.errors import InputError, LimitExceeded, Unreadable
from pipeline.ingest.columns import page_of, wanted
from pipeline.ingest.lines import bounded_lines
from pipeline.ingest.refusals import cut_off, refused
from pipeline.ingest.streams import Source
from pipeline.records import RawPage
from pipeline.settings import Settings

DECODER = msgspec.json.Decoder(dict[str, msgspec.Raw])
"""Validates the whole line, and builds nothing but the slices of its fields: 20 MB of brackets cost 20 MB."""

PLACEHOLDERS: dict[str, object] = {"n": None, "t": True, "f": False, "[": [], "{": {}}
"""Stand-ins for values that are no strings, by first character: only their kind is wanted. Numbers: 0."""

HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
SPACE = re.compile(r"[ \t\r\n]*")
COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
COMMA = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")


def pages(source: Source, settings: Settings) -> Iterator[RawPage]:
    """A page for each line that is not blank."""
    names = wanted(settings.columns)
    number = 0
    try:
        for number, line in enumerate(bounded_lines(source.stream, settings.limits.record_bytes), 1):
            name = f"{source.name}#{number}"
            try:
                if isinstance(line, LimitExceeded):
                    raise line
                if line.strip():
                    fields = record_fields(line, names)
                    yield page_of(name, fields, settings.columns, settings.limits)
            except InputError as error:
                yield refused(name, error)
    except InputError as error:  # the stream itself ends here
        yield cut_off(source.name, number + 1, error)


def record_fields(line: bytes, names: tuple[str, ...]) -> dict[str, object]:
    """The values of the fields `names` in a line. Raises Unreadable unless it is one valid JSON object."""
    try:
        text = line.decode()
        record = DECODER.decode(line)
        if has_duplicate_keys(text, record):
            raise Unreadable("a key appears twice in the record", "duplicate-key")
        return {name: value_of(bytes(record[name])) for name in names if name in record}
    except UnicodeDecodeError as error:
        raise Unreadable(f"not valid UTF-8 (byte {error.start + 1} of the line)", "undecodable") from None
    except RecursionError:
        raise Unreadable("the JSON is nested too deeply", "malformed") from None
    except (msgspec.DecodeError, JSONDecodeError) as error:
        if HALF_PAIR.search(line) and "truncated" in str(error):  # what msgspec says of a lone surrogate at the end
            raise Unreadable("a \\u escape is half of a surrogate pair", "undecodable") from None
        raise Unreadable(f"not a JSON object: {error}", "malformed") from None


def value_of(raw: bytes) -> object:
    """The string that `raw` spells, None for null, and for any other value one of its kind."""
    first = chr(raw[0])
    return msgspec.json.decode(raw, type=str) if first == '"' else PLACEHOLDERS.get(first, 0)


def has_duplicate_keys(text: str, record: dict[str, msgspec.Raw]) -> bool:
    """Whether the object `text`, known to be valid, has a key more than once.

    `record` holds the last value of each key in the order of first appearance, so walking the text along it
    fails exactly where a key is repeated. (An object hook of `json` would build every nested value.)
    """
    position = after(SPACE, text, text.index("{") + 1)
    for key, raw in record.items():
        found, position = scanstring(text, position + 1, False)
        position = after(COLON, text, position)
        value = bytes(raw).decode()
        if found != key or not text.startswith(value, position):
            return True
        position = after(COMMA, text, position + len(value))
    return not text.startswith("}", position)


def after(pattern: re.Pattern[str], text: str, position: int) -> int:
    """The position behind what `pattern` matches at `position`."""
    match = pattern.match(text, position)
    return match.end() if match else position
