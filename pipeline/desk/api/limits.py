"""How often one token may ask: token buckets, in this process.

A bucket holds a minute's worth and fills evenly. They live in memory: the desk is one process, and a limit that
writes to the database for every request would cost more than what it guards. A restart forgets them.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from math import ceil
from threading import Lock

from pipeline.desk.errors import DeskError

PER_MINUTE = {"read": 300, "write": 120, "submit": 20, "refused": 30}
"""A client that reads one item after the other at 5 a second; a page costs the engine up to ten seconds."""
MOST = 10_000
"""Buckets kept; a full one is forgotten first by its age."""


class TooMany(DeskError):
    """Asked too often; `seconds` until the next is allowed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, ceil(seconds))
        super().__init__(f"too many requests; the next is answered in {self.seconds} s")


class Buckets:
    """All buckets, by kind and by whom."""

    def __init__(self, per_minute: dict[str, int] = PER_MINUTE) -> None:
        self._per_minute = per_minute
        self._held: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def spend(self, kind: str, whose: str, now: float | None = None) -> None:
        """Take one from a bucket. Raises TooMany where it is empty. `now` in seconds of a steady clock."""
        now = time.monotonic() if now is None else now
        most = self._per_minute[kind]
        with self._lock:
            left, at = self._held.pop((kind, whose), (float(most), now))
            left = min(float(most), left + (now - at) * most / 60)
            allowed = left >= 1
            self._held[(kind, whose)] = (left - 1 if allowed else left, now)
            while len(self._held) > MOST:
                self._held.popitem(last=False)
        if not allowed:
            raise TooMany((1 - left) * 60 / most)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._held.clear()


BUCKETS = Buckets()
