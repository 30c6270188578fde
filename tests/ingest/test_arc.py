"""ARC: records by length, URLs with spaces, damage said."""

from __future__ import annotations

import gzip

import pytest

from pipeline.settings import Limits, Settings
from tests.ingest.conftest import Ingest, codes, numbers
from tests.ingest.warc_bytes import ARC_START, HTML, arc, response


def test_pages_are_found_among_the_records(ingest: Ingest) -> None:
    """The description of the file is no page; a URL may hold spaces; a record may be a bare document."""
    data = ARC_START + arc(response(), url=b"http://a.example/a b c") + arc(HTML) + arc(b"\x89PNG", media=b"image/png")
    for pages in (ingest("a.arc", data), ingest("a.arc.gz", gzip.compress(ARC_START) + gzip.compress(data))):
        assert [page.url for page in pages] == ["http://a.example/a b c", "http://a.example/"]
        assert {page.data for page in pages} == {HTML}
    assert numbers(ingest("a.arc", data)) == ["2", "3"]


def test_version_2_headers_are_read(ingest: Ingest) -> None:
    """Ten fields instead of five."""
    line = b"http://a.example/ 192.0.2.1 20140216050221 text/html 200 - - 5 a.arc %d\n" % len(HTML)
    (page,) = ingest("a.arc", line + HTML + b"\n")
    assert (page.data, page.url) == (HTML, "http://a.example/")


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_truncation_is_said(cut: int, ingest: Ingest) -> None:
    """The records before are read; the failure names the record inside which the file ends."""
    pages = ingest("a.arc", (ARC_START + arc(HTML) + arc(HTML))[: -cut - 1])
    assert not codes(pages)[0] or "truncated" in codes(pages)
    assert pages[-1].failure
    assert pages[-1].source.endswith("#3")


def test_lengths_that_are_no_numbers_are_said_and_passed_over(ingest: Ingest) -> None:
    """Each bad header is one failure, lines that are lost because of it are none; the next record is read."""
    bad = arc(HTML).replace(b" %d\n" % len(HTML), b" -1\n")
    pages = ingest("a.arc", ARC_START + bad + arc(HTML))
    assert codes(pages) == ["damaged", ""]


def test_record_over_the_limit_is_passed_over(ingest: Ingest) -> None:
    """Named by its limit; the next record is read."""
    settings = Settings(limits=Limits(record_bytes=1_000))
    pages = ingest("a.arc", ARC_START + arc(b"x" * 100_000) + arc(HTML), settings)
    assert [page.failure and page.failure.limit for page in pages] == ["record_bytes", None]


@pytest.mark.parametrize("data", [b"hello\nworld\n", b"\0" * 500, b"a: " + b"1 " * 100_000])
def test_what_is_no_archive_is_one_failure(data: bytes, ingest: Ingest) -> None:
    """Not one a line."""
    assert codes(ingest("a.arc", data)) == ["damaged"]
