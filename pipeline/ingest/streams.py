"""Bytes of a file, gzip taken off on the way, in constant memory and never past a limit.

`zlib` checks length and CRC of each member; this module adds what the standard `gzip` module does not tell
apart: a file cut short, damage, bytes after the last member, and a page that inflates out of all proportion.
"""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import LimitExceeded, Unreadable

STDIN = "-"
CHUNK = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"
GZIP_WINDOW = zlib.MAX_WBITS | 16
RATIO_FLOOR = 1 << 20
"""Decompressed bytes up to which the ratio is not looked at."""


@dataclass(frozen=True)
class Source:
    """One open file: `name` as records show it, `suffix` without its compression, and its bytes."""

    name: str
    suffix: str
    stream: io.BufferedReader[Any]
    path: Path | None = None
    inflated: Inflated | None = None

    def head(self) -> bytes:
        """The first bytes (up to 64 KB), without consuming them."""
        return self.stream.peek(CHUNK)


@contextmanager
def opened(path: str, name: str, suffix: str) -> Iterator[Source]:
    """`path` (``-`` is standard input) open for reading, inflated when its first bytes are gzip.

    Raises OSError, and Unreadable for gzip inside gzip.
    """
    with open_raw(path) as raw:
        stream: io.BufferedReader[Any] = io.BufferedReader(Filled(raw), CHUNK)
        inflated = None
        if stream.peek(CHUNK).startswith(GZIP_MAGIC):
            inflated = Inflated(stream)
            stream = io.BufferedReader(inflated, CHUNK)
            if stream.peek(CHUNK).startswith(GZIP_MAGIC):
                raise Unreadable("gzip inside gzip is not read; unpack it once first", "nested")
        yield Source(name, suffix, stream, None if path == STDIN else Path(path), inflated)


def open_raw(path: str) -> AbstractContextManager[BinaryIO]:
    """The file, closed in the end, or standard input, left open."""
    return nullcontext(sys.stdin.buffer) if path == STDIN else Path(path).open("rb")


class Filled(io.RawIOBase):
    """A raw stream whose reads are short only at the end: what is peeked at is then all there is (pipes)."""

    def __init__(self, raw: BinaryIO) -> None:
        self.raw = raw

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as the stream goes."""
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view):
            piece = self.raw.read(len(view) - done)
            if not piece:
                break
            view[done : done + len(piece)] = piece
            done += len(piece)
        return done


class Inflated(io.RawIOBase):
    """The decompressed bytes of a gzip stream of one or more members.

    Whatever was intact is delivered before an error is raised. `trailing` tells that bytes which are not gzip
    follow the last member (zeros are padding); they are not read. With `ratio` set, more than that many
    times the compressed size is refused.
    """

    def __init__(self, packed: BinaryIO, ratio: int | None = None) -> None:
        self.packed = packed
        self.ratio = ratio
        self.trailing = False
        self.ended = False
        self.taken = self.given = 0
        self.rest = b""
        self.member = zlib.decompressobj(GZIP_WINDOW)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as one piece of the stream goes; 0 at the end.

        Raises Unreadable for truncated or damaged data, LimitExceeded for a bomb.
        """
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view) and not self.ended:
            try:
                piece = self.inflate(len(view) - done)
            except (Unreadable, LimitExceeded):
                if done:
                    break  # deliver first; the next call meets the same error again
                raise
            view[done : done + len(piece)] = piece
            done += len(piece)
        return done

    def inflate(self, most: int) -> bytes:
        """The next bytes, at most `most`."""
        if not self.rest:
            self.rest = self.packed.read(CHUNK)
            self.taken += len(self.rest)
        cut_short = not self.rest
        try:
            piece = self.member.decompress(self.rest, most)
        except zlib.error as error:
            raise Unreadable(f"the gzip data are damaged ({error})", "damaged") from None
        self.rest = self.member.unconsumed_tail
        self.given += len(piece)
        if self.member.eof:
            self.next_member(self.member.unused_data)
        elif cut_short and not piece:
            raise Unreadable("the gzip data end too early", "truncated")
        if self.ratio and self.given > max(RATIO_FLOOR, self.ratio * self.taken):
            raise LimitExceeded(
                "ratio", f"unpacks to {self.given // self.taken:,} times its size", f"{self.ratio} times"
            )
        return piece

    def next_member(self, rest: bytes) -> None:
        """Go on with the member that follows, skipping zeros; or end here."""
        while len(rest := rest.lstrip(b"\0")) < len(GZIP_MAGIC):
            more = self.packed.read(CHUNK)
            self.taken += len(more)
            if not more:
                break
            rest += more
        if rest.startswith(GZIP_MAGIC):
            self.member = zlib.decompressobj(GZIP_WINDOW)
            self.rest = rest
        else:
            self.ended = True
            self.trailing = bool(rest)
