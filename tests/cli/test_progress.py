"""Progress of a long run."""

from __future__ import annotations

import io
import sys

import pytest

from pipeline.cli.progress import Progress
from pipeline.records import Assessment, Versions


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def run(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> Progress:
    """Three pages: one flagged, one passed, one error."""
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress() as progress:
        for verdict in ("hold", "pass", None):
            progress.advance(Assessment(id="0", source="x", versions=Versions(unspun="0"), verdict=verdict))
    return progress


def test_counts_and_says_so_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line while it runs, taken away at the end."""
    stream = Terminal()
    progress = run(stream, monkeypatch)
    assert (progress.pages, progress.flagged, progress.errors) == (3, 1, 1)
    assert "1 pages, 1 flagged, 0 errors" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[K")


def test_says_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes to a log or a pipe."""
    stream = io.StringIO()
    assert run(stream, monkeypatch).pages == 3
    assert stream.getvalue() == ""
