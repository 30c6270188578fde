"""Which reader takes a file."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats import is_readable_name, sniffed, suffix_of
from tests.ingest.conftest import Ingest, codes


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.HTML", ".html"), ("a.html.gz", ".html"), ("a.warc.lz4", ".warc"), ("a.gz", ""), ("a", ""), ("a.b/c", "")],
)
def test_suffix_is_found_below_the_compression(name: str, suffix: str) -> None:
    """The suffix tells the format, in any case, packed or not."""
    assert suffix_of(name) == suffix


def test_only_formats_that_can_be_read_are_taken_from_a_folder() -> None:
    """A known suffix with a compression that its reader cannot take is unknown."""
    assert is_readable_name("a.csv.gz")
    assert not is_readable_name("a.parquet.gz")
    assert not is_readable_name("a.html.lz4")
    assert is_readable_name("a.gz")
    assert is_readable_name("a.gz.gz")
    assert not is_readable_name("a.tar.gz")


@pytest.mark.parametrize("name", ["a.zip", "a.xml", "a.json", "a.pdf", "a.docx", "a.tar.gz"])
def test_known_formats_that_are_not_read_say_what_to_do(name: str, ingest: Ingest) -> None:
    """The refusal names the format and the way out."""
    (page,) = ingest(name, b"<x/>")
    assert page.failure
    assert page.failure.code == "format"
    assert "give" in page.failure.message or "unpack" in page.failure.message


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        (b"WARC/1.0\r\n", ".warc"),
        (b"filedesc://x", ".arc"),
        (b"PK\x03\x04", ".zip"),
        (b"%PDF-1.7", ".pdf"),
        (b'\xef\xbb\xbf{"text": 1}', ".jsonl"),
        (b'{\n  "tests": [', ".json"),
        (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>', ".xml"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', ""),
        (b"{curly prose}", ""),
        (b"", ""),
    ],
)
def test_unknown_names_are_sniffed(head: bytes, suffix: str) -> None:
    """The first bytes tell the format; whatever tells nothing is a page."""
    assert sniffed(head) == suffix


def test_binary_under_an_unknown_name_reaches_decoding(ingest: Ingest) -> None:
    """An unknown file is one page of no known kind."""
    pages = ingest("a.bin", bytes(range(256)) * 4)
    assert codes(pages) == [""]
    assert pages[0].kind is None
