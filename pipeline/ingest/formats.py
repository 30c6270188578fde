"""Which reader takes a file: by its name, and for an unknown name by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from pipeline.errors import Unreadable
from pipeline.ingest import arc, csv, jsonl, page, warc
from pipeline.ingest.streams import Source
from pipeline.records import RawPage
from pipeline.settings import Settings

Reader = Callable[[Source, Settings], Iterator[RawPage]]


def parquet_pages(source: Source, settings: Settings) -> Iterator[RawPage]:
    """`parquet.pages`, imported on first use: pyarrow takes longer to load than all else here together."""
    from pipeline.ingest import parquet

    return parquet.pages(source, settings)


READERS: dict[str, Reader] = {
    **dict.fromkeys(page.KINDS, page.pages),
    ".jsonl": jsonl.pages,
    ".ndjson": jsonl.pages,
    ".csv": csv.pages,
    ".parquet": parquet_pages,
    ".warc": warc.pages,
    ".arc": arc.pages,
}
COMPRESSIONS = {".gz": frozenset(READERS) - {".parquet"}, ".lz4": frozenset({".warc"})}

REFUSED = {
    ".zip": "zip archives are not read; unpack it first",
    ".tar": "tar archives are not read; unpack it first",
    ".tgz": "tar archives are not read; unpack it first",
    ".7z": "7z archives are not read; unpack it first",
    ".xml": "XML is not read; give the pages as .html, or as .jsonl with one record a line",
    ".json": "JSON documents are not read; give .jsonl with one record a line",
    ".pdf": "PDF is not read; give the text of it as .txt",
    ".docx": "Word documents are not read; give the text of it as .txt or .html",
    ".doc": "Word documents are not read; give the text of it as .txt or .html",
}
SIGNATURES = (
    (b"WARC/", ".warc"),
    (b"filedesc://", ".arc"),
    (b"PAR1", ".parquet"),
    (b"PK\x03\x04", ".zip"),
    (b"%PDF", ".pdf"),
    (b"\x04\x22\x4d\x18", ".warc"),  # lz4 frame: only archives come so
)
JSON_RECORD = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*(?:\"|\})")
JSON_DOCUMENT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{[^\S\n]*\n")
"""A record opens and closes on its line; a document breaks the line after the brace."""
XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s", re.IGNORECASE)
HTML_TAG = re.compile(rb"<html[\s>]", re.IGNORECASE)


def suffix_of(name: str) -> str:
    """The suffix that tells the format, compression taken off: ``.html`` of ``a.HTML.gz``; may be empty."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix in COMPRESSIONS else path.suffix


def is_readable_name(name: str) -> bool:
    """Whether a file of this name is read when it is met in a folder; a plain ``.gz`` is, its content sniffed."""
    compression = PurePath(name.lower()).suffix
    suffix = suffix_of(name)
    return suffix in COMPRESSIONS.get(compression, READERS) or (compression == ".gz" and suffix in ("", ".gz"))


def reader_for(source: Source) -> Reader:
    """The reader for `source`. Raises Unreadable for a format that is known and not read."""
    suffix = source.suffix if source.suffix in READERS or source.suffix in REFUSED else sniffed(source.head())
    if suffix in REFUSED:
        raise Unreadable(REFUSED[suffix], "format")
    return READERS.get(suffix, page.pages)


def sniffed(head: bytes) -> str:
    """The suffix that fits a file's first bytes; empty for a page, which decoding looks at more closely."""
    for signature, suffix in SIGNATURES:
        if head.startswith(signature):
            return suffix
    if JSON_RECORD.match(head):
        return ".json" if JSON_DOCUMENT.match(head) else ".jsonl"
    if XML.match(head) and not HTML_TAG.search(head):
        return ".xml"
    return ""
