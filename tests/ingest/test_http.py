"""HTTP responses as archives keep them."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError, LimitExceeded, Unreadable
from pipeline.ingest.http import content_type, parse, unchunked
from pipeline.settings import Limits
from tests.ingest.warc_bytes import HTML, response

LIMITS = Limits()


def with_header(line: bytes, body: bytes) -> bytes:
    """A response with one more header line."""
    return response(body, headers=b"Content-Type: text/html; charset=ISO-8859-1\r\n" + line + b"\r\n")


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (b"Content-Encoding: gzip", gzip.compress(HTML)),
        (b"Content-Encoding: deflate", zlib.compress(HTML)),
        (b"Content-Encoding: deflate", zlib.compress(HTML)[2:-4]),
        (
            b"Transfer-Encoding: chunked",
            b"5;x=1\r\n" + HTML[:5] + b"\r\n%x\r\n" % len(HTML[5:]) + HTML[5:] + b"\r\n0\r\n\r\n",
        ),
        (b"X: y", HTML),
    ],
)
def test_codings_are_taken_off(header: bytes, body: bytes) -> None:
    """Whatever the coding, the body is the page."""
    found = parse(with_header(header, body), LIMITS)
    assert (found.status, found.content_type, found.charset) == (200, "text/html", "ISO-8859-1")
    assert (found.body, found.notes) == (HTML, ())


@pytest.mark.parametrize(
    "header",
    [b"Content-Encoding: gzip", b"Content-Encoding: deflate", b"Content-Encoding: br", b"Transfer-Encoding: chunked"],
)
def test_body_that_belies_its_header_is_kept_and_said(header: bytes) -> None:
    """Crawlers store decoded bodies under the header as it came."""
    found = parse(with_header(header, HTML), LIMITS)
    assert found.body == HTML
    assert "taken as it is" in found.notes[0]


def test_truncated_chunks_keep_what_is_whole() -> None:
    """A wrong last chunk costs the last chunk."""
    assert unchunked(b"5\r\nhello\r\nZZ\r\nxx") == b"hello"
    assert unchunked(b"5\r\nhello\r\nFFFFFFFFFFFFFFF\r\nxx") == b"helloxx"
    assert unchunked(b"") is None


@pytest.mark.parametrize("limit", ["ratio", "page_bytes"])
def test_bomb_in_a_body_is_stopped(limit: str) -> None:
    """A gzip body that inflates without measure is refused by name of the limit."""
    limits = Limits(ratio=200 if limit == "ratio" else 10_000)
    size = 4_000_000 if limit == "ratio" else 50_000_000
    with pytest.raises(LimitExceeded) as error:
        parse(with_header(b"Content-Encoding: gzip", gzip.compress(b"\0" * size)), limits)
    assert error.value.limit == limit


@pytest.mark.parametrize("message", [b"", b"hello", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: b\r\n"])
def test_what_is_no_response_is_refused(message: bytes) -> None:
    """No status line or no end of the header: damaged."""
    with pytest.raises(Unreadable):
        parse(message, LIMITS)


def test_content_type_is_taken_apart() -> None:
    """Type in lower case, charset without quotes; both may be missing."""
    assert content_type('Text/HTML; Charset="utf-8"') == ("text/html", "utf-8")
    assert content_type("") == ("", None)


@given(st.binary(max_size=300), st.sampled_from([b"gzip", b"deflate", b"br", b"chunked", b"x"]))
def test_no_body_raises_anything_but_input_errors(body: bytes, coding: bytes) -> None:
    """Whatever the bytes under whatever coding, a response or an InputError."""
    for header in (b"Content-Encoding: ", b"Transfer-Encoding: "):
        for start in (b"", gzip.compress(b"x")[:10], b"3\r\nabc\r\n"):
            try:
                parse(with_header(header + coding, start + body), LIMITS)
            except InputError:
                continue
