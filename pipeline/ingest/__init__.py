"""Ingest: whatever strangers hand in → raw pages → decoded pages. One file per source format.

The way of the data::

    read     locate ─▶ streams ─▶ formats ─▶ page · jsonl · csv · parquet · warc · arc   → RawPage (supervising process)
    decode   decoding ◀─ encodings · mojibake                                            → Page    (worker process)

`columns` turns a record with named fields into a page, `archive` and `http` a record of an archive.
`read` never raises for what it reads: a file or record that cannot be used is a `RawPage` with `failure`, and
reading goes on. `source` is the path, or ``path#record`` with records counted from 1 (JSONL: the line;
CSV and parquet: the row below the header; WARC and ARC: the record of any type). Standard input is ``<stdin>``.
"""

from __future__ import annotations

from pipeline.ingest.decoding import decode
from pipeline.ingest.reading import read

__all__ = ["decode", "read"]
