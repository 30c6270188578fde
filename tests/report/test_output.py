"""Whole lines and whole files."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.report.output import LineWriter, WholeFile

_ENDLESS = """
import sys
from pathlib import Path
from pipeline.report.output import LineWriter
writer = LineWriter(Path(sys.argv[1]))
while True:
    writer.write(b"x" * 5000 + b"\\n")
"""


def test_a_killed_run_loses_no_more_than_its_last_line(tmp_path: Path) -> None:
    """After kill -9, every line that has its end is whole; only the write it was killed in may be cut."""
    out = tmp_path / "out"
    process = subprocess.Popen([sys.executable, "-c", _ENDLESS, str(out)])
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not (out.exists() and out.stat().st_size > 100_000):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    *whole, last = out.read_bytes().split(b"\n")
    assert set(map(len, whole)) == {5000}
    assert len(last) < 5000


def test_a_line_is_one_write_and_short_writes_are_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole line is handed over at once; what the system did not take is handed over again."""
    handed: list[int] = []
    real = os.write

    def short(descriptor: int, data: memoryview) -> int:
        handed.append(len(data))
        return real(descriptor, data[:4])

    writer = LineWriter(tmp_path / "out")
    monkeypatch.setattr(os, "write", short)
    writer.write(b"0123456789\n")
    monkeypatch.undo()
    writer.close()
    assert (tmp_path / "out").read_bytes() == b"0123456789\n"
    assert handed == [11, 7, 3]


def test_a_file_is_emptied_at_the_start(tmp_path: Path) -> None:
    """Lines of an earlier run do not stay behind."""
    (tmp_path / "out").write_text("old")
    LineWriter(tmp_path / "out").close()
    assert (tmp_path / "out").read_bytes() == b""


def test_lines_reach_a_stdout_that_has_no_descriptor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where stdout is an object (a test runner, a notebook), lines go through its buffer."""
    stdout = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", stdout)
    LineWriter(None).write(b"line\n")
    assert stdout.buffer.getvalue() == b"line\n"  # type: ignore[attr-defined]


def test_a_whole_file_appears_only_when_finished(tmp_path: Path) -> None:
    """Until then an earlier file of that name stands untouched."""
    out = tmp_path / "out"
    out.write_text("old")
    file = WholeFile(out)
    file.stream.write(b"new")
    assert out.read_text() == "old"
    with file:
        pass
    assert out.read_text() == "new"
    assert out.stat().st_mode & 0o777 == 0o666 & ~_umask()


def test_a_failed_last_write_leaves_the_earlier_file(tmp_path: Path) -> None:
    """Half a file is discarded."""
    out = tmp_path / "out"
    out.write_text("old")
    file = WholeFile(out)
    with pytest.raises(ZeroDivisionError), file:
        raise ZeroDivisionError
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
