"""WARC: which records are pages, and that damage is said."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.settings import Limits, Settings
from tests.ingest.conftest import Ingest, codes, numbers
from tests.ingest.warc_bytes import HTML, response, warc

INFO = warc(b"software: x\r\n", kind=b"warcinfo", media=b"application/warc-fields")
REQUEST = warc(b"GET / HTTP/1.1\r\n\r\n", kind=b"request", media=b"application/http; msgtype=request")
PAGE = warc(response())


def packed(*records: bytes) -> bytes:
    """One gzip member a record, as crawlers write them."""
    return b"".join(gzip.compress(record) for record in records)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.unknown"])
def test_pages_are_found_among_the_records(name: str, ingest: Ingest) -> None:
    """Records are numbered with those that are no pages; the URI, charset and body are the page's."""
    records = [INFO, REQUEST, warc(response(headers=b"Content-Type: text/html; charset=latin-1\r\n")), PAGE]
    pages = ingest(name, packed(*records) if name.endswith("gz") else b"".join(records))
    assert numbers(pages) == ["3", "4"]
    assert [page.encoding for page in pages] == ["latin-1", None]
    assert {(page.data, page.url, page.kind) for page in pages} == {(HTML, "http://a.example/", "html")}


@pytest.mark.parametrize(
    ("record", "kinds"),
    [
        (warc(response(status=b"404 Not Found")), []),
        (warc(response(status=b"301 Moved")), []),
        (warc(response(headers=b"Content-Type: image/png\r\n")), []),
        (warc(response(b"")), []),
        (warc(response(headers=b"")), ["html"]),
        (warc(response(b"\x89PNG", headers=b"")), []),
        (warc(response(b"words", headers=b"Content-Type: text/plain\r\n")), ["text"]),
        (warc(HTML, kind=b"resource", media=b"text/html"), ["html"]),
        (warc(b"words", kind=b"conversion", media=b"text/plain"), ["text"]),
        (warc(b"words", kind=b"metadata", media=b"text/plain"), []),
    ],
)
def test_only_pages_are_pages(record: bytes, kinds: list[str], ingest: Ingest) -> None:
    """Responses of status 2xx, resources and conversions that are HTML or text."""
    assert [page.kind for page in ingest("a.warc", record)] == kinds


def test_a_record_that_is_no_response_is_named(ingest: Ingest) -> None:
    """One broken record does not end the archive."""
    pages = ingest("a.warc", warc(b"garbage") + PAGE)
    assert codes(pages) == ["damaged", ""]


def test_record_over_the_limit_is_passed_over(ingest: Ingest) -> None:
    """Named by its limit; the next record is read."""
    limits = Limits(record_bytes=100_000, page_bytes=20_000)
    pages = ingest(
        "a.warc", warc(response(b"x" * 300_000)) + warc(response(b"x" * 30_000)) + PAGE, Settings(limits=limits)
    )
    assert [page.failure and page.failure.limit for page in pages] == ["record_bytes", "page_bytes", None]


def test_bomb_in_a_record_costs_that_record(ingest: Ingest) -> None:
    """The body is refused, and the archive's place is not lost."""
    bomb = response(
        gzip.compress(b"\0" * 100_000_000), headers=b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    )
    assert codes(ingest("a.warc", warc(bomb) + warc(bomb) + PAGE)) == ["limit", "limit", ""]


def test_bytes_between_records_are_said_and_passed_over(ingest: Ingest) -> None:
    """Where no record begins there is one failure, and the records behind are read with their numbers."""
    pages = ingest("a.warc", INFO + PAGE + b"JUNK\r\nJUNK\r\n\r\n" + PAGE + PAGE)
    assert codes(pages) == ["", "damaged", "", ""]
    assert numbers(pages) == ["2", "3", "3", "4"]


@pytest.mark.parametrize("length", [b"-5", b"abc", b"", b"99999999999999999999999", b"5, 5"])
def test_impossible_length_is_said(length: bytes, ingest: Ingest) -> None:
    """A length that is no number of bytes costs its record, and not memory."""
    bad = PAGE.replace(b"Content-Length: %d" % len(response()), b"Content-Length: " + length)
    pages = ingest("a.warc", PAGE + bad + PAGE)
    assert codes(pages[:2]) == ["", "truncated"]
    assert pages[-1].data == HTML or pages[-1].failure


@pytest.mark.parametrize("data", [b"not an archive", b"\0" * 100, b"WARC/", b"WARC/9.9\r\nA: b\r\n\r\n"])
def test_what_is_no_archive_is_said(data: bytes, ingest: Ingest) -> None:
    """At least one failure, and no page."""
    pages = ingest("a.warc", data)
    assert pages
    assert all(codes(pages))


RECORDS = [INFO, PAGE, REQUEST, PAGE]
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)


@MANY
@given(cut=st.integers(1, len(b"".join(RECORDS)) - 1))
def test_every_truncation_is_said(cut: int, ingest: Ingest) -> None:
    """Cut anywhere but between records, the pages before are read and the failure names the record."""
    ends = [len(b"".join(RECORDS[: count + 1])) for count in range(4)]
    complete = sum(cut >= end - 4 for end in ends)  # the two line ends behind a record may be missing
    pages = ingest("a.warc", b"".join(RECORDS)[:cut])
    assert sum(not page.failure for page in pages) == (complete >= 2) + (complete >= 4)
    if not any(end - 4 <= cut <= end for end in ends):
        assert pages[-1].failure
        assert pages[-1].source.endswith(f"#{complete + 1}")


@MANY
@given(cut=st.integers(1, len(packed(*RECORDS)) - 1))
def test_every_truncation_of_gzip_is_said(cut: int, ingest: Ingest) -> None:
    """Packed, too: the pages whose members are whole are read, and what is cut is a failure."""
    ends = [len(packed(*RECORDS[: count + 1])) for count in range(4)]
    complete = sum(cut >= end for end in ends)
    pages = ingest("a.warc.gz", packed(*RECORDS)[:cut])
    assert sum(not page.failure for page in pages) >= (complete >= 2) + (complete >= 4)
    assert bool(pages and pages[-1].failure) == (cut not in ends)


@MANY
@given(changes=st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), max_size=8), gz=st.booleans())
def test_no_damage_raises(changes: list[tuple[int, int]], gz: bool, ingest: Ingest) -> None:
    """Whatever bytes change, reading ends, and none of it is a defect."""
    whole = bytearray(packed(INFO, PAGE, REQUEST, PAGE) if gz else INFO + PAGE + REQUEST + PAGE)
    for position, value in changes:
        whole[position % len(whole)] = value
    assert "defect" not in codes(ingest("a.warc", bytes(whole)))
