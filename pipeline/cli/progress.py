"""How far a run is: counted always, said on stderr when that is a terminal, and nothing said when it is not."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from pipeline.records import Assessment

EVERY = 0.2
"""Seconds between two updates."""


class Progress:
    """Counts pages, flagged pages and errors, and keeps one line about them."""

    def __init__(self) -> None:
        self.on = sys.stderr.isatty()
        self.started = time.monotonic()
        self.shown = 0.0
        self.pages = self.flagged = self.errors = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.on and self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def advance(self, assessment: Assessment) -> None:
        """Count one page and, now and then, say so."""
        self.pages += 1
        self.errors += assessment.verdict is None
        self.flagged += assessment.verdict in ("review", "hold")
        now = time.monotonic()
        if self.on and now - self.shown >= EVERY:
            self.shown = now
            rate = self.pages / max(now - self.started, 0.001)
            line = f"{self.pages} pages, {self.flagged} flagged, {self.errors} errors, {rate:.0f} a second"
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
