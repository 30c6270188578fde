"""Parquet, a few rows at a time. Columns of strings are UTF-8; columns of bytes are decoded like any page."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError, Unreadable
from pipeline.ingest.columns import page_of, wanted
from pipeline.ingest.refusals import refused
from pipeline.ingest.streams import Source
from pipeline.records import RawPage
from pipeline.settings import Settings

BATCH_ROWS = 16
"""Rows in memory at a time: 16 pages at the default limit of 5 MB are 80 MB."""

THRIFT_LIMIT = 50_000_000
"""Bytes, and items, of metadata that a file may make the reader hold."""


def pages(source: Source, settings: Settings) -> Iterator[RawPage]:
    """A page for each row. Raises Unreadable when the file is no parquet, or no column holds text or HTML."""
    if source.path is None or source.inflated:
        raise Unreadable("parquet is read from a plain file only; save or unpack it first", "format")
    number = 0
    try:
        with pq.ParquetFile(
            source.path, pre_buffer=False, thrift_string_size_limit=THRIFT_LIMIT, thrift_container_size_limit=1_000_000
        ) as file:
            names = columns_of(file.schema_arrow, settings)
            for batch in file.iter_batches(BATCH_ROWS, columns=names, use_threads=False):
                for row in rows_of(batch):
                    number += 1
                    yield page_or_refusal(f"{source.name}#{number}", row, settings)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable(f"damaged after row {number}: {str(error).splitlines()[0]}", "damaged") from None


def columns_of(schema: pa.Schema, settings: Settings) -> list[str]:
    """The columns to read."""
    present = [name for name in dict.fromkeys(wanted(settings.columns)) if name in schema.names]
    bodies = (*settings.columns.html, *settings.columns.text)
    if set(bodies).isdisjoint(present):
        raise Unreadable(
            f"no column is named {', '.join(bodies)}; name yours under [columns] in unspun.toml", "missing-field"
        )
    repeated = next((name for name in present if schema.names.count(name) > 1), None)
    if repeated:
        raise Unreadable(f"column {repeated!r} appears twice", "duplicate-key")
    return present


def rows_of(batch: pa.RecordBatch) -> Iterator[dict[str, object]]:
    """The rows of a batch, by column name."""
    columns = {name: values_of(batch.column(name)) for name in batch.schema.names}
    for index in range(batch.num_rows):
        yield {name: values[index] for name, values in columns.items()}


def values_of(column: pa.Array) -> list[object]:
    """The values of a column; strings that are not UTF-8 have surrogates where the bad bytes are."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        raw = column.cast(pa.large_binary()).to_pylist()
        return [value if value is None else value.decode("utf-8", "surrogateescape") for value in raw]
    return list(column.to_pylist())


def page_or_refusal(name: str, row: dict[str, object], settings: Settings) -> RawPage:
    """The page of a row, or why it has none."""
    try:
        return page_of(name, row, settings.columns, settings.limits)
    except InputError as error:
        return refused(name, error)
