"""JSON Lines: each broken record is named, the others go on."""

from __future__ import annotations

import gzip
import json
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.ingest.jsonl import record_fields
from pipeline.settings import Columns, Limits, Settings
from tests.ingest.conftest import Ingest, codes, numbers

JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"text":', "malformed"),
        (b"[]", "malformed"),
        (b"null", "malformed"),
        (b'"str"', "malformed"),
        (b"{} {}", "malformed"),
        (b'{"id": NaN, "text": "x"}', "malformed"),
        (b'{"text": "x", "deep": ' + b"[" * 100_000, "malformed"),
        (b'{"text": "x", "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "malformed"),
        (b'{"text": "\\ud800"}', "undecodable"),
        (b'{"text": "\\ud800 x"}', "undecodable"),
        (b'{"text": "\xff"}', "undecodable"),
        (b'{"other": "\xff", "text": "x"}', "undecodable"),
        (b"\xff\xfe", "undecodable"),
        (b'{"id": 3}', "missing-field"),
        (b'{"text": null}', "missing-field"),
        (b'{"text": 5}', "wrong-type"),
        (b'{"text": ["x"]}', "wrong-type"),
        (b'{"text": {"a": 1}}', "wrong-type"),
        (b'{"text": true}', "wrong-type"),
        (b'{"text": "a", "text": "b"}', "duplicate-key"),
        (b'{"text": "a", "id": 1, "te\\u0078t": "a"}', "duplicate-key"),
        (b'{"id": 1, "text": "a", "id": 1}', "duplicate-key"),
    ],
)
def test_a_broken_record_is_named_and_the_rest_goes_on(line: bytes, code: str, ingest: Ingest) -> None:
    """The failure names file and line; the records around it are read."""
    pages = ingest("a.jsonl", b'{"text": "before"}\n' + line + b'\n{"text": "after"}')
    assert codes(pages) == ["", code, ""]
    assert numbers(pages) == ["1", "2", "3"]


def test_record_number_is_the_line_number(ingest: Ingest) -> None:
    """Blank lines are skipped, and counted; a byte order mark and CRLF do no harm."""
    pages = ingest("a.ndjson", b'\xef\xbb\xbf{"text": "a"}\r\n\r\n \n{"text": "b"}')
    assert codes(pages) == ["", ""]
    assert numbers(pages) == ["1", "4"]


def test_html_goes_before_text_and_fields_are_carried(ingest: Ingest) -> None:
    """The first field with something in it is the page, in UTF-8; title and URL come along."""
    (page,) = ingest(
        "a.jsonl", '{"text": "t", "html": "<p>é</p>", "link": "http://a.example/", "headline": "T"}'.encode()
    )
    assert (page.kind, page.data, page.encoding) == ("html", "<p>é</p>".encode(), "utf-8")
    assert (page.url, page.title) == ("http://a.example/", "T")
    (page,) = ingest("b.jsonl", b'{"text": "t", "html": ""}')
    assert (page.kind, page.data) == ("text", b"t")


def test_title_that_is_no_string_is_ignored_and_said(ingest: Ingest) -> None:
    """A bad title or URL costs a note, not the record."""
    (page,) = ingest("a.jsonl", b'{"text": "t", "title": 5, "url": ["x"]}')
    assert page.title is None
    assert page.url is None
    assert page.notes == (
        "field 'url' was ignored: it is a list, not a string",
        "field 'title' was ignored: it is a number, not a string",
    )


def test_columns_can_be_named(ingest: Ingest) -> None:
    """[columns] in unspun.toml decides where the text is."""
    (page,) = ingest("a.jsonl", b'{"text": "no", "artikel": "yes"}', Settings(columns=Columns(text=("artikel",))))
    assert page.data == b"yes"


def test_limits_hold_for_record_and_page(ingest: Ingest) -> None:
    """A line over record_bytes is passed over in pieces; a text over page_bytes is refused; both by name."""
    settings = Settings(limits=Limits(record_bytes=200_000, page_bytes=50))
    lines = [b'{"text": "' + b"x" * 300_000 + b'"}', b'{"text": "' + b"x" * 100 + b'"}', b'{"text": "ok"}']
    pages = ingest("a.jsonl", b"\n".join(lines), settings)
    assert [page.failure and page.failure.limit for page in pages] == ["record_bytes", "page_bytes", None]
    assert numbers(pages) == ["1", "2", "3"]


def test_truncated_gzip_keeps_the_records_before(ingest: Ingest) -> None:
    """What is intact is read; the failure says inside which record the file ends."""
    random.seed(0)
    lines = [json.dumps({"text": f"{random.random()}" * 20}) for _ in range(2_000)]
    packed = gzip.compress("\n".join(lines).encode())
    pages = ingest("a.jsonl.gz", packed[: len(packed) // 2])
    assert codes(pages) == [""] * (len(pages) - 1) + ["truncated"]
    assert 500 < len(pages) < 1_500
    assert pages[-1].failure
    assert f"inside record {len(pages)}" in pages[-1].failure.message


def test_utf16_file_is_refused_with_advice(ingest: Ingest) -> None:
    """One failure for the file, not one a line."""
    pages = ingest("a.jsonl", '{"text": "a"}\n{"text": "b"}'.encode("utf-16"))
    assert codes(pages) == ["undecodable"]


@given(st.dictionaries(st.text(max_size=6), JSON_VALUES, max_size=5), st.booleans(), st.sampled_from([None, 2]))
def test_valid_records_are_never_called_broken(record: dict[str, Any], ascii_only: bool, indent: int | None) -> None:
    """Any JSON object, however escaped and spaced, gives the strings it holds."""
    line = json.dumps(record, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "surrogatepass")
    fields = record_fields(line, tuple(record))
    for name, value in record.items():
        assert fields[name] == value if isinstance(value, str) else not isinstance(fields[name], str)


@given(st.binary(max_size=200) | st.text(alphabet='{}[]":,\\u dD8019aetxNn', max_size=60).map(str.encode))
def test_no_line_raises_anything_but_input_errors(line: bytes) -> None:
    """Whatever the bytes, a record or an InputError."""
    with suppress(InputError):
        record_fields(line, ("text", "a"))
