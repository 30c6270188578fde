"""Lines of a byte stream, each of bounded length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pipeline.errors import LimitExceeded, Unreadable
from pipeline.ingest.refusals import over

BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def bounded_lines(stream: BinaryIO, most: int) -> Iterator[bytes | LimitExceeded]:
    """Each line with its end, a UTF-8 byte order mark taken off; for one of more than `most` bytes the error.

    Raises Unreadable for UTF-16, and whatever the stream raises.
    """
    first = True
    while line := stream.readline(most + 1):
        if first and line.startswith(UTF16_BOMS):
            raise Unreadable("the file is UTF-16; save it as UTF-8", "undecodable")
        if len(line) > most:
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 16)
            yield over("record_bytes", "the record", most)
        else:
            yield line.removeprefix(BOM) if first else line
        first = False
