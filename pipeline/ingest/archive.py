"""What WARC and ARC have in common: the bytes of a record, and the page in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.errors import LimitExceeded, Unreadable
from pipeline.ingest import http
from pipeline.ingest.refusals import over
from pipeline.ingest.streams import CHUNK
from pipeline.records import PageKind, RawPage
from pipeline.settings import Limits

MEDIA_KINDS: dict[str, PageKind] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
HTML_START = re.compile(rb"\s*<(?:!doctype html|html)[\s>]", re.IGNORECASE)


def take(read: Callable[[int], bytes], length: int, limits: Limits) -> bytes | LimitExceeded:
    """The `length` bytes of a record; for more than `record_bytes` they are passed over, and the error given.

    Raises Unreadable when the file ends before.
    """
    fits = length <= limits.record_bytes
    pieces: list[bytes] = []
    got = 0
    while got < length and (piece := read(min(CHUNK, length - got))):
        got += len(piece)
        if fits:
            pieces.append(piece)
    if got < length:
        raise Unreadable(f"{got:,} of its {length:,} bytes are there", "truncated")
    return b"".join(pieces) if fits else over("record_bytes", "the record", limits.record_bytes)


def response_pages(name: str, url: str | None, message: bytes, limits: Limits) -> Iterator[RawPage]:
    """The page in an HTTP response: nothing for a status other than 2xx, and for what is neither HTML nor text."""
    response = http.parse(message, limits)
    kind = MEDIA_KINDS.get(response.content_type)
    if not response.content_type and HTML_START.match(response.body):
        kind = "html"
    if kind and response.body and 200 <= response.status < 300:
        yield RawPage(
            source=name, data=response.body, kind=kind, url=url, encoding=response.charset, notes=response.notes
        )


def document_pages(name: str, url: str | None, body: bytes, media: str, limits: Limits) -> Iterator[RawPage]:
    """The page that a record holds as it is: nothing for what is neither HTML nor text."""
    content_type, charset = http.content_type(media)
    kind = MEDIA_KINDS.get(content_type)
    if kind and len(body) > limits.page_bytes:
        raise over("page_bytes", "the page", limits.page_bytes)
    if kind and body:
        yield RawPage(source=name, data=body, kind=kind, url=url, encoding=charset)
