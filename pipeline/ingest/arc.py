"""ARC archives, versions 1 and 2 (the Internet Archive's format before WARC), plain or gzip.

A record is one line that ends in its length, and so many bytes:
``http://a.example/ 192.0.2.1 20140216050221 text/html 1591``. The first record describes the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.errors import InputError, Unreadable
from pipeline.ingest import http
from pipeline.ingest.archive import document_pages, response_pages, take
from pipeline.ingest.refusals import cut_off, refused
from pipeline.ingest.streams import Source
from pipeline.records import RawPage
from pipeline.settings import Limits, Settings

HEADER = re.compile(
    rb"(?P<url>[A-Za-z][A-Za-z0-9+.-]{0,20}:[^\r\n]*?)"
    rb" (?P<ip>[0-9a-fA-F.:]{2,45}|-) (?P<date>\d{8,20}) (?P<media>\S+)"
    rb"(?: \S+ \S+ \S+ \S+ \S+)? (?P<length>\S+)\s*"
)
DIGITS = re.compile(rb"[0-9]{1,18}")
HEADER_BYTES = 16_000


def pages(source: Source, settings: Settings) -> Iterator[RawPage]:
    """A page for each record that holds one. Where no record begins, that is said once and the next is looked for."""
    number = 0
    lost = False
    try:
        while line := source.stream.readline(HEADER_BYTES):
            if not line.strip():
                continue
            header = HEADER.fullmatch(line)
            if header and DIGITS.fullmatch(header["length"]):
                number, lost = number + 1, False
                payload = take(source.stream.read1, int(header["length"]), settings.limits)
                yield from record_pages(f"{source.name}#{number}", header, payload, settings.limits)
            elif header or not lost:
                number, lost = number + 1, True
                yield refused(f"{source.name}#{number}", no_record(header))
    except InputError as error:  # the archive ends here
        yield cut_off(source.name, number, error)


def no_record(header: re.Match[bytes] | None) -> Unreadable:
    """The error for a line that begins no usable record."""
    if header:
        length = header["length"].decode("ascii", "backslashreplace")
        return Unreadable(f"the record's length is {length!r}, not a number of bytes", "damaged")
    return Unreadable("no ARC record begins here", "damaged")


def record_pages(name: str, header: re.Match[bytes], payload: bytes | InputError, limits: Limits) -> Iterator[RawPage]:
    """The page of a record, or why it has none; nothing for a record that is no page."""
    url = header["url"].decode("utf-8", "replace")
    if url.startswith(("filedesc:", "dns:")):
        return
    try:
        if isinstance(payload, InputError):
            raise payload
        if http.STATUS.match(payload):
            yield from response_pages(name, url, payload, limits)
        else:
            yield from document_pages(name, url, payload, header["media"].decode("latin-1"), limits)
    except InputError as error:
        yield refused(name, error)
