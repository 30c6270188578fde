"""Frames between the supervisor and its workers: a length, then one record in msgpack.

Nothing is pickled. A `RawPage` travels to a worker, an `Assessment` travels back.
"""

from __future__ import annotations

import struct
from typing import IO

import msgspec

from pipeline.records import Assessment, RawPage

LENGTH = struct.Struct("<Q")

_encode = msgspec.msgpack.Encoder().encode
decode_page = msgspec.msgpack.Decoder(RawPage).decode
decode_assessment = msgspec.msgpack.Decoder(Assessment).decode


def encode_page(page: RawPage) -> bytes:
    """`page` in msgpack. Lone surrogates (a file name that is not UTF-8) become visible escapes."""
    try:
        return _encode(page)
    except UnicodeEncodeError:
        fields = {name: _encodable(value) for name, value in msgspec.structs.asdict(page).items()}
        return _encode(msgspec.structs.replace(page, **fields))


def encode_assessment(assessment: Assessment) -> bytes:
    """`assessment` in msgpack, sure to be readable.

    Raises UnicodeEncodeError, TypeError, OverflowError or msgspec.ValidationError for one that breaks its own types.
    """
    body = _encode(assessment)
    decode_assessment(body)
    return body


def framed(body: bytes) -> bytes:
    """`body` with its length before it."""
    return LENGTH.pack(len(body)) + body


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next body of a blocking stream; None at its end, also where that cuts a frame short."""
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(header)
    body = stream.read(size)
    return body if len(body) == size else None


class Frames:
    """Bodies put together from whatever pieces a non-blocking socket gives."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, piece: bytes) -> list[bytes]:
        """Take one piece; return the bodies that are now whole."""
        self._buffer += piece
        bodies = []
        while len(self._buffer) >= LENGTH.size:
            (size,) = LENGTH.unpack_from(self._buffer)
            end = LENGTH.size + size
            if len(self._buffer) < end:
                break
            bodies.append(bytes(memoryview(self._buffer)[LENGTH.size : end]))
            del self._buffer[:end]
        return bodies


def _encodable(value: object) -> object:
    """A string, or the strings of a tuple, with lone surrogates as backslash escapes; anything else as it is."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, tuple):
        return tuple(map(_encodable, value))
    return value
