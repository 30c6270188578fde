"""One worker as the supervisor sees it: the pages it has not answered, its socket, and its clock.

The socket never blocks: a supervisor that waited to write 5 MB to a worker that waits to write 5 MB back would wait
for ever. Answers come in the order of the pages, so the first unanswered page is the one the worker is on.
"""

from __future__ import annotations

import socket
import time
from collections import deque
from dataclasses import dataclass

from pipeline.batch.wire import Frames, framed

PIECE = 1 << 16  # bytes read at once


@dataclass(slots=True)
class Job:
    """A page on its way. `body` is the encoded page; `tries` counts the workers it has cost."""

    number: int
    source: str
    body: bytes
    tries: int = 0

    def __lt__(self, other: Job) -> bool:
        """By place in the input."""
        return self.number < other.number


class Link:
    """A running worker. `depth` is how many pages it may hold: the one it is on, and those that wait for it."""

    def __init__(self, pid: int, channel: socket.socket, depth: int) -> None:
        channel.setblocking(False)
        self.pid = pid
        self.channel = channel
        self.depth = depth
        self.jobs: deque[Job] = deque()
        self._unsent: deque[memoryview] = deque()
        self._frames = Frames()
        self._since = 0.0

    @property
    def has_room(self) -> bool:
        """Whether it may be given another page; never while it is alone with a page that has cost a worker before."""
        return len(self.jobs) < self.depth and not (self.jobs and self.jobs[0].tries)

    @property
    def wants_to_send(self) -> bool:
        """Whether something waits for room in the socket."""
        return bool(self._unsent)

    def deadline(self, seconds: float) -> float:
        """When the page it is on has had its time (`time.monotonic`); never, where it is idle."""
        return self._since + seconds if self.jobs else float("inf")

    def give(self, job: Job) -> None:
        """Queue a page."""
        if not self.jobs:
            self._since = time.monotonic()
        self.jobs.append(job)
        self._unsent.append(memoryview(framed(job.body)))
        self.send()

    def send(self) -> None:
        """Write what the socket takes."""
        while self._unsent:
            # The clock of a page starts when the worker has all of it.
            if len(self._unsent) == len(self.jobs):
                self._since = time.monotonic()
            try:
                sent = self.channel.send(self._unsent[0])
            except BlockingIOError:
                return
            except OSError:  # it has ended; `receive` will see the end, after the answers it still gave
                self._unsent.clear()
                return
            self._unsent[0] = self._unsent[0][sent:]
            if not self._unsent[0]:
                self._unsent.popleft()

    def receive(self) -> list[tuple[Job, bytes]] | None:
        """The pages answered since, with their encoded assessments; None when the worker has ended."""
        try:
            piece = self.channel.recv(PIECE)
        except BlockingIOError:
            return []
        except OSError:
            return None
        if not piece:
            return None
        # A worker that is sending has finished its page, however long the caller was away.
        self._since = time.monotonic()
        return [(self.jobs.popleft(), body) for body in self._frames.feed(piece)]
