"""CSV: quoting, separators, limits, rows that do not fit."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ingest import read
from pipeline.settings import Limits, Settings
from tests.ingest.conftest import Ingest, codes, numbers


@pytest.mark.parametrize("separator", [b",", b";", b"\t"])
def test_columns_are_found_by_name(separator: bytes, ingest: Ingest) -> None:
    """The separator is the one with which the header names a text column."""
    pages = ingest("a.csv", b"id,title,text\r\n1,T,hello\r\n".replace(b",", separator))
    assert [(page.title, page.data, page.kind) for page in pages] == [("T", b"hello", "text")]


def test_quoted_fields_may_hold_lines(ingest: Ingest) -> None:
    """A record is a row, not a line; blank lines are no rows; a byte order mark does no harm."""
    pages = ingest("a.csv", b'\xef\xbb\xbfhtml,url\n"<p>a\nb ""c""</p>",u\n\n<p>d</p>,\n')
    assert [page.data for page in pages] == [b'<p>a\nb "c"</p>', b"<p>d</p>"]
    assert numbers(pages) == ["1", "2"]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b'"text\n'])
def test_no_text_column_is_one_failure(data: bytes, ingest: Ingest) -> None:
    """A file without a usable header row is refused as a whole, with the way out."""
    (page,) = ingest("a.csv", data)
    assert page.failure
    assert page.failure.code in ("missing-field", "malformed")


def test_bad_rows_are_named_and_the_rest_goes_on(ingest: Ingest) -> None:
    """Wrong number of columns, stray quotes, bytes that are not UTF-8, NULs."""
    pages = ingest("a.csv", b'text,id\nok,1\nx\n"a"b,2\n\xff,3\nfine,4\n')
    assert codes(pages) == ["", "malformed", "malformed", "undecodable", ""]
    assert numbers(pages) == ["1", "2", "3", "4", "5"]


def test_open_quote_is_stopped_by_the_limit(ingest: Ingest) -> None:
    """A quote that never closes costs records up to the limit, not the memory of the machine."""
    data = b'text\nok\n"open\n' + b"line\n" * 1_000 + b"after\n"
    pages = ingest("a.csv", data, Settings(limits=Limits(record_bytes=4_980)))
    assert codes(pages[:2]) == ["", "limit"]
    assert pages[-1].data == b"after"
    assert codes(ingest("b.csv", data)) == ["", "malformed"]


def test_row_over_the_limit_is_passed_over(ingest: Ingest) -> None:
    """A long line is named by its limit, the next is read."""
    pages = ingest("a.csv", b"text\n" + b"x" * 200_000 + b"\nok\n", Settings(limits=Limits(record_bytes=100_000)))
    assert [page.failure and page.failure.limit for page in pages] == ["record_bytes", None]


def test_utf16_is_refused_with_advice(ingest: Ingest) -> None:
    """Excel's "Unicode text" is named for what it is."""
    (page,) = ingest("a.csv", "text\nhello\n".encode("utf-16"))
    assert page.failure
    assert "UTF-8" in page.failure.message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), max_size=5)
)
def test_what_the_csv_module_writes_is_read_back(texts: list[str], tmp_path: Path) -> None:
    """Any text comes back as it was."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([("text", "id"), *((text, 1) for text in texts)])
    path = tmp_path / "a.csv"
    path.write_bytes(buffer.getvalue().encode())
    assert [page.data.decode() for page in read([path], Settings())] == texts
