"""Parquet: strings, bytes, and files that are damaged."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.conftest import Ingest, codes, numbers


def parquet(table: pa.Table) -> bytes:
    """The file of `table`."""
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def test_rows_are_pages(ingest: Ingest) -> None:
    """Strings are UTF-8; the record number is the row; a missing text is a failure of its row."""
    table = pa.table({"text": ["é", None, "c"] * 10, "title": ["A", "B", None] * 10, "id": list(range(30))})
    pages = ingest("a.parquet", parquet(table))
    assert codes(pages) == ["", "missing-field", ""] * 10
    assert numbers(pages) == [str(number) for number in range(1, 31)]
    assert (pages[0].data, pages[0].encoding, pages[0].title) == ("é".encode(), "utf-8", "A")


def test_bytes_are_left_to_decoding(ingest: Ingest) -> None:
    """A column of bytes has no declared encoding."""
    (page,) = ingest("a.parquet", parquet(pa.table({"html": pa.array([b"<p>\xe9</p>"])})))
    assert (page.data, page.encoding, page.kind) == (b"<p>\xe9</p>", None, "html")


def test_dictionary_columns_are_strings(ingest: Ingest) -> None:
    """A dictionary-encoded text column is read like any other."""
    pages = ingest("a.parquet", parquet(pa.table({"text": pa.array(["a", "a", "b"]).dictionary_encode()})))
    assert [page.data for page in pages] == [b"a", b"a", b"b"]


def test_wrong_types_and_missing_columns_are_said(ingest: Ingest) -> None:
    """A text column of numbers fails row by row, a file without one as a whole."""
    assert codes(ingest("a.parquet", parquet(pa.table({"text": [1, 2]})))) == ["wrong-type", "wrong-type"]
    assert codes(ingest("b.parquet", parquet(pa.table({"other": ["x"]})))) == ["missing-field"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_damage_is_a_failure_not_a_crash(data: st.DataObject, ingest: Ingest) -> None:
    """A file cut short or with bytes changed gives pages or failures."""
    good = parquet(pa.table({"text": ["some text here"] * 50, "title": ["t"] * 50}))
    if data.draw(st.booleans()):
        bad = good[: data.draw(st.integers(0, len(good) - 1))]
        assert any(codes(ingest("a.parquet", bad)))
    else:
        bad = bytearray(good)
        for _ in range(data.draw(st.integers(1, 5))):
            bad[data.draw(st.integers(0, len(bad) - 1))] = data.draw(st.integers(0, 255))
        assert "defect" not in codes(ingest("a.parquet", bytes(bad)))
