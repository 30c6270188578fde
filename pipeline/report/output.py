"""Where reports go: whole lines written at once, or whole files that appear only when they are complete."""

from __future__ import annotations

import io
import os
import select
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from pipeline.report.report import ReportError


class LineWriter:
    """Writes each line with one unbuffered system call: a killed run (kill -9) has every line but perhaps its last.

    The kernel may cut the very write it is killed in, so who resumes from such a file drops a last line that has no
    line end. Nothing is ever held back or interleaved.

    A file is emptied at the start. With no path, lines go to stdout, after whatever was printed before.
    """

    def __init__(self, out: Path | None) -> None:
        if out is None:
            sys.stdout.flush()
            self._descriptor = _stdout_descriptor()
        else:
            try:
                self._descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
            except OSError as error:
                raise _unwritable(out, error) from None
        self._close = out is not None

    def write(self, line: bytes) -> None:
        """Write `line`, which brings its own line end."""
        if self._descriptor is None:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            return
        rest = memoryview(line)
        while rest:
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:  # a pipe that its other end (ssh, a terminal multiplexer) made non-blocking
                select.select([], [self._descriptor], [])

    def close(self) -> None:
        """Close the file; stdout stays open."""
        if self._close and self._descriptor is not None:
            os.close(self._descriptor)
            self._close = False


class WholeFile:
    """A file that appears under its name only when it is complete; until then it has a hidden name beside it.

    With no path, the bytes go to stdout as they come.
    """

    def __init__(self, out: Path | None) -> None:
        self._out = out
        self.stream: BinaryIO
        if out is None:
            sys.stdout.flush()
            self.stream = sys.stdout.buffer
            return
        if out.is_dir():
            raise ReportError(f"{out}: is a folder; give the name of a file")
        try:
            descriptor, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent)
        except OSError as error:
            raise _unwritable(out, error) from None
        self._part = Path(name)
        self.stream = os.fdopen(descriptor, "wb")

    def __enter__(self) -> BinaryIO:
        """For the last writes: at the end the file gets its name, or, after an exception, is discarded."""
        return self.stream

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._out is None:
            self.stream.flush()
        elif exc_type is not None:
            self.stream.close()
            self._part.unlink(missing_ok=True)
        else:
            self.stream.close()
            self._part.chmod(0o666 & ~_umask())
            self._part.replace(self._out)


def _stdout_descriptor() -> int | None:
    """The file descriptor of stdout, or None where stdout has been replaced by an object without one."""
    try:
        return sys.stdout.fileno()
    except (AttributeError, io.UnsupportedOperation):
        return None


def _umask() -> int:
    """The permissions that new files go without; the system tells them only when they are set."""
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def _unwritable(out: Path, error: OSError) -> ReportError:
    hint = f"; create the folder {out.parent} first" if isinstance(error, FileNotFoundError) else ""
    return ReportError(f"{out}: cannot be written: {error.strerror or error}{hint}")
