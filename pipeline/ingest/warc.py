"""WARC archives, plain, gzip or lz4, read with FastWARC: HTML and text of response, resource and conversion records.

Responses with an HTTP status other than 2xx, and records of other media types, are passed over. FastWARC
splits the records and no more: its HTTP decoding loses its place in the archive when a body is not read to the
end, and reading a bomb to the end is what must not happen (seen with 2.0.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Any, BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipeline.errors import InputError, Unreadable
from pipeline.ingest.archive import document_pages, response_pages, take
from pipeline.ingest.refusals import cut_off, refused
from pipeline.ingest.streams import CHUNK, Source, opened
from pipeline.records import RawPage
from pipeline.settings import Limits, Settings

PAGE_RECORDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
OWN_URIS = ("metadata:", "urn:", "dns:", "whois:")
"""Schemes under which crawlers file their own logs and look-ups."""
DIGITS = re.compile(r"[0-9]{1,18}")


def pages(source: Source, settings: Settings) -> Iterator[RawPage]:
    """A page for each record that holds one. Where no record begins, that is said and the next one is looked for."""
    yield from walk(source, settings, lenient=False, skip=0)


def walk(source: Source, settings: Settings, *, lenient: bool, skip: int) -> Iterator[RawPage]:
    """The pages after the first `skip` records. `lenient` passes over bytes between records."""
    number = 0
    try:
        records = ArchiveIterator(
            cast(BinaryIO, Tape(source.stream)),
            parse_http=False,
            quirks_mode=lenient,
            stream_detect=source.inflated is None,
        )
        while True:
            number += 1
            record = next(records, None)
            if record is None:
                return
            payload = payload_of(record, number, settings.limits)
            if number > skip:
                yield from record_pages(f"{source.name}#{number}", record, payload, settings.limits)
    except InputError as error:  # the archive ends here
        yield cut_off(source.name, number, error)
    except OSError as error:
        yield refused(f"{source.name}#{number}", Unreadable(f"no WARC record begins here ({error})", "damaged"))
        if not lenient and source.path:
            yield from resume(source, settings, number - 1)


def resume(source: Source, settings: Settings, after: int) -> Iterator[RawPage]:
    """The pages past the damage behind record `after`: the archive is read again, leniently."""
    with opened(str(source.path), source.name, source.suffix) as again:
        yield from walk(again, settings, lenient=True, skip=after)


class Tape:
    """What FastWARC needs of a stream: `read` and `tell` (without `tell` it panics)."""

    def __init__(self, stream: BufferedReader[Any]) -> None:
        self.stream = stream
        self.position = 0

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes."""
        data = self.stream.read1(size)  # not `read`: it loses what it has when the stream raises on the way
        self.position += len(data)
        return data

    def tell(self) -> int:
        """Bytes read so far."""
        return self.position


def payload_of(record: WarcRecord, number: int, limits: Limits) -> bytes | InputError:
    """The bytes of a record, or why it cannot be used. Raises Unreadable when the file ends inside it."""
    length = (record.headers.get("Content-Length") or "").strip()
    if not DIGITS.fullmatch(length):
        return Unreadable(
            f"the file ends inside record {number} or its header is damaged: no valid Content-Length", "truncated"
        )
    return take(record.reader.read, int(length), limits)


def record_pages(name: str, record: WarcRecord, payload: bytes | InputError, limits: Limits) -> Iterator[RawPage]:
    """The page of a record, or why it has none; nothing for a record that is no page."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if isinstance(payload, InputError):
        yield refused(name, payload)
        return
    if not record.record_type & PAGE_RECORDS or url.startswith(OWN_URIS):
        return
    media = record.headers.get("Content-Type") or ""
    try:
        if media.lower().startswith("application/http"):
            yield from response_pages(name, url or None, payload, limits)
        else:
            yield from document_pages(name, url or None, payload, media, limits)
    except InputError as error:
        yield refused(name, error)
