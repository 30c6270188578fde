"""Gzip: members, damage, truncation, bombs."""

from __future__ import annotations

import gzip
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Unreadable
from pipeline.ingest.streams import Inflated
from pipeline.settings import Limits, Settings
from tests.ingest.conftest import Ingest, codes

PAGE = b"<html><body><p>hello</p></body></html>"
PACKED = gzip.compress(PAGE)


@given(st.lists(st.binary(max_size=200_000), min_size=1, max_size=4), st.integers(0, 3))
def test_members_are_joined(pieces: list[bytes], padding: int) -> None:
    """A stream of several members, padded with zeros or not, inflates to their contents in order."""
    packed = b"".join(gzip.compress(piece, 1) for piece in pieces) + b"\0" * padding
    inflated = Inflated(io.BytesIO(packed))
    assert io.BufferedReader(inflated).read() == b"".join(pieces)
    assert not inflated.trailing


@given(st.binary(max_size=3_000), st.data())
def test_every_truncation_is_noticed(content: bytes, data: st.DataObject) -> None:
    """Cut anywhere, what is intact is a prefix, and then comes the error."""
    packed = gzip.compress(content)
    cut = data.draw(st.integers(1, len(packed) - 1))
    inflated = Inflated(io.BytesIO(packed[:cut]))
    got: list[bytes] = []
    with pytest.raises(Unreadable, match="end too early"):
        got.extend(iter(lambda: inflated.read(100), b""))
    assert content.startswith(b"".join(got))


def test_two_members_are_one_page(ingest: Ingest) -> None:
    """Both members belong to the page."""
    (page,) = ingest("a.html.gz", PACKED + PACKED)
    assert page.data == PAGE + PAGE


def test_truncated_page_is_refused(ingest: Ingest) -> None:
    """A page cut short is not half a page."""
    assert codes(ingest("a.html.gz", PACKED[:-6])) == ["truncated"]


def test_wrong_crc_is_refused(ingest: Ingest) -> None:
    """A page whose checksum is wrong is damaged."""
    assert codes(ingest("a.html.gz", PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:])) == ["damaged"]


def test_trailing_bytes_are_noted(ingest: Ingest) -> None:
    """The page before trailing bytes is kept, and they are said."""
    (page,) = ingest("a.html.gz", PACKED + b"\0garbage")
    assert page.data == PAGE
    assert page.notes == ("bytes after the gzip data were ignored",)


def test_trailing_bytes_after_records_are_a_failure(ingest: Ingest) -> None:
    """Behind a container they may be lost records: they are counted."""
    assert codes(ingest("a.jsonl.gz", gzip.compress(b'{"text": "a"}\n') + b"garbage")) == ["", "trailing"]


def test_nested_gzip_is_refused(ingest: Ingest) -> None:
    """Gzip inside gzip is refused by its magic, however the file is called."""
    assert codes(ingest("a.html.gz", gzip.compress(PACKED))) == ["nested"]
    assert codes(ingest("a.gz.gz.gz", gzip.compress(gzip.compress(PACKED)))) == ["nested"]


def test_gzip_under_a_plain_name_is_inflated(ingest: Ingest) -> None:
    """The first bytes decide, not the suffix."""
    (page,) = ingest("a.html", PACKED)
    assert page.data == PAGE


def test_ratio_is_held_beyond_one_megabyte(ingest: Ingest) -> None:
    """A page of two repetitive megabytes is refused by name of the limit; one below the floor is read."""
    (page,) = ingest("a.html.gz", gzip.compress(b"a" * 2_000_000))
    assert page.failure
    assert page.failure.limit == "ratio"
    assert codes(ingest("b.html.gz", gzip.compress(b"a" * 1_000_000))) == [""]


def test_bomb_is_stopped_in_little_memory(ingest: Ingest) -> None:
    """200 MB of zeros are never held: reading stops at the limit."""
    bomb = b"".join(gzip.compress(b"\0" * 10_000_000) for _ in range(20))
    settings = Settings(limits=Limits(ratio=1_000_000))
    tracemalloc.start()
    (page,) = ingest("a.html.gz", bomb, settings)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert page.failure
    assert page.failure.limit == "page_bytes"
    assert peak < 20_000_000
