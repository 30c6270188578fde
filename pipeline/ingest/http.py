"""An HTTP response as archives keep it → its body, with transfer and content codings taken off within limits."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass

from fastwarc.stream_io import BrotliReader

from pipeline.errors import Unreadable
from pipeline.ingest.refusals import over
from pipeline.ingest.streams import GZIP_MAGIC, Inflated
from pipeline.settings import Limits

HEADER_BYTES = 64_000
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
STATUS = re.compile(rb"HTTP/\d+(?:\.\d+)?\s+(\d{3})\b")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s;,\"']+)", re.IGNORECASE)
CHUNK_SIZE = re.compile(rb"\s*([0-9A-Fa-f]{1,15})[^\r\n]{0,1000}\r?\n")


@dataclass(frozen=True)
class Response:
    """The parts of a response that matter here; `body` is decoded, `notes` say where it belied its header."""

    status: int
    content_type: str
    charset: str | None
    body: bytes
    notes: tuple[str, ...] = ()


def parse(message: bytes, limits: Limits) -> Response:
    """The response in `message`. Raises Unreadable when it is none, LimitExceeded when its body is too long."""
    status = STATUS.match(message)
    if not status:
        raise Unreadable("the record holds no HTTP response", "damaged")
    blank = BLANK_LINE.search(message, 0, HEADER_BYTES)
    if not blank:
        raise Unreadable("the HTTP header does not end", "damaged")
    headers = fields(message[: blank.start()])
    body, notes = decoded(message[blank.end() :], headers, limits)
    if len(body) > limits.page_bytes:
        raise over("page_bytes", "the page", limits.page_bytes)
    kind, charset = content_type(headers.get("content-type", ""))
    return Response(int(status[1]), kind, charset, body, notes)


def fields(head: bytes) -> dict[str, str]:
    """The header fields by lower-case name; the first of each name."""
    found: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines()[1:]:
        name, _, value = line.partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    return found


def content_type(value: str) -> tuple[str, str | None]:
    """Media type (lower case, may be empty) and charset of a Content-Type."""
    charset = CHARSET.search(value)
    return value.partition(";")[0].strip().lower(), charset[1] if charset else None


def decoded(body: bytes, headers: dict[str, str], limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    """The body without its codings. One that belies its header is kept as it is, and said: crawlers often
    store what they decoded under the header as it came."""
    notes: tuple[str, ...] = ()
    if "chunked" in headers.get("transfer-encoding", "").lower():
        joined = unchunked(body)
        if joined is None:
            notes += ("the HTTP header says chunked and the body is not; taken as it is",)
        else:
            body = joined
    coding = headers.get("content-encoding", "").lower()
    most = limits.page_bytes + 1
    if coding in ("gzip", "x-gzip"):
        if body.startswith(GZIP_MAGIC):
            return read_all(Inflated(io.BytesIO(body), limits.ratio), most), notes
        return body, (*notes, "the HTTP header says gzip and the body is not; taken as it is")
    try:
        if coding == "deflate":
            raw = zlib.decompressobj(zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS)
            body = raw.decompress(body, most)
        elif coding == "br":
            body = BrotliReader(io.BytesIO(body)).read(most)
    except (zlib.error, OSError):
        notes += (f"the HTTP header says {coding} and the body is not; taken as it is",)
    return body, notes


def read_all(stream: io.RawIOBase, most: int) -> bytes:
    """Up to `most` bytes of `stream`."""
    return io.BufferedReader(stream, 1 << 16).read(most)


def unchunked(body: bytes) -> bytes | None:
    """The joined chunks, as many as are whole; None when `body` does not begin with one."""
    pieces: list[bytes] = []
    position = 0
    while size := CHUNK_SIZE.match(body, position):
        length = int(size[1], 16)
        pieces.append(body[size.end() : size.end() + length])
        position = size.end() + length
        if length == 0 or position >= len(body):
            break
        position += 2 if body.startswith(b"\r\n", position) else 1
    return b"".join(pieces) if pieces else None
