"""The supervisor: reads pages, keeps workers busy, puts answers in order, and pays for what a page does to its worker.

A page that ends its worker, or is not finished in time, is tried once more: in a fresh worker, alone. The second time
it comes back as an error record. What waited behind it goes to other workers, and is not charged.
"""

from __future__ import annotations

import heapq
import selectors
import socket
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from typing import cast

import msgspec

from pipeline.batch.forkserver import ForkServer, ForkServerLost
from pipeline.batch.link import Job, Link
from pipeline.batch.trouble import failure, trouble_of
from pipeline.batch.wire import decode_assessment, decode_page, encode_page
from pipeline.errors import SettingsError, UnspunError
from pipeline.records import Assessment, RawPage
from pipeline.settings import Settings, widened

DEFAULT_ENGINE = "pipeline.flow:Engine"

DEPTH = 3
"""Pages a worker holds: one in work, two so that it never waits for the supervisor. Measured on empty pages with two
workers: 180, 143, 111, 103, 113 µs a page at depth 1, 2, 3, 4, 8."""
WINDOW_PAGES = 1_000
"""Pages a worker may be ahead of the next one to be given out: at 10 ms a page, 10 s of work while one page hangs."""
WINDOW_BYTES = 64_000_000
"""Bytes of pages and answers held before no more pages are read."""
TRIES = 2
"""Workers a page may cost before it becomes an error record."""
DEATHS = 5
"""Workers a page may cost in all, its error record included; then it is not the page."""
RESTARTS = 3
"""Fork servers a run may cost."""


def assess_pages(
    pages: Iterable[RawPage], settings: Settings, *, jobs: int, engine: str = DEFAULT_ENGINE
) -> Generator[Assessment, None, None]:
    """One assessment a page, in the order of `pages`, from `jobs` worker processes.

    `engine` is ``module:factory``; the factory is called with `settings`, once, in another process, which starts to
    load it now: call this before you import what else you need. At most `WINDOW_PAGES` a worker, or `WINDOW_BYTES`,
    are read ahead. Close the generator to end all workers at once.

    Raises SettingsError, ModelError or RuleError, with the first assessment, when the engine cannot be set up. What
    `pages` raises is raised after the pages before it have been given out, Ctrl-C at once. Nothing that a page
    contains raises.
    """
    if jobs < 1:
        raise SettingsError(f"jobs is {jobs}; it must be 1 or more")
    run = _run(pages, widened(settings), jobs, engine)
    next(run)
    return cast("Generator[Assessment, None, None]", run)


def _run(
    pages: Iterable[RawPage], settings: Settings, jobs: int, engine: str
) -> Generator[Assessment | None, None, None]:
    """None as soon as the fork server is started, then the assessments."""
    with closing(Supervisor(settings, jobs, engine)) as supervisor:
        yield None
        yield from supervisor.run(iter(pages))


class Supervisor:
    """The state of one run."""

    def __init__(self, settings: Settings, jobs: int, engine: str) -> None:
        self._settings = settings
        self._size = jobs
        self._engine = engine
        self._restarts = 0
        self._selector = selectors.DefaultSelector()
        self._links: list[Link] = []
        self._waiting: list[Job] = []  # a heap: first the page that stands first in the input
        self._answers: dict[int, bytes] = {}
        self._read = self._given = self._held_bytes = 0
        self._forkserver = ForkServer(engine, settings)

    def run(self, pages: Iterator[RawPage]) -> Iterator[Assessment]:
        """Assess `pages` in order."""
        reading, broken = True, None
        while reading or self._given < self._read:
            if reading and self._may_read():
                try:
                    self._accept(next(pages))
                except StopIteration:
                    reading = False
                except Exception as error:
                    reading, broken = False, error
            self._dispatch()
            self._exchange(wait=not (reading and self._may_read()))
            yield from self._in_order()
        if broken is not None:
            raise broken

    def close(self) -> None:
        """End all workers."""
        self._forkserver.close()
        for link in self._links:
            link.channel.close()
        self._selector.close()

    def _may_read(self) -> bool:
        """Whether another page is wanted: a worker has room for it, and the window is not full."""
        if self._waiting or self._read - self._given >= WINDOW_PAGES * self._size or self._held_bytes >= WINDOW_BYTES:
            return False
        return len(self._links) < self._size or any(link.has_room for link in self._links)

    def _accept(self, page: RawPage) -> None:
        """Take a page in."""
        job = Job(self._read, page.source, encode_page(page))
        self._read += 1
        self._held_bytes += len(job.body)
        heapq.heappush(self._waiting, job)

    def _dispatch(self) -> None:
        """Give the waiting pages to workers while any has room."""
        while self._waiting:
            try:
                link = self._fresh() if self._waiting[0].tries else self._least_busy()
            except ForkServerLost:
                self._restart()
                continue
            if link is None:
                return
            link.give(heapq.heappop(self._waiting))
            self._watch(link)

    def _least_busy(self) -> Link | None:
        """The worker with most room, a new one rather than let a page wait, or None."""
        if len(self._links) < self._size and all(link.jobs for link in self._links):
            return self._fork()
        return min((link for link in self._links if link.has_room), key=lambda link: len(link.jobs), default=None)

    def _fresh(self) -> Link | None:
        """A new worker, in the place of an idle one where there are enough; None while all are busy."""
        if len(self._links) == self._size:
            idle = next((link for link in self._links if not link.jobs), None)
            if idle is None:
                return None
            self._drop(idle)
            self._forkserver.end(idle.pid)
        return self._fork()

    def _fork(self) -> Link:
        """A new worker."""
        ours, theirs = socket.socketpair()
        with theirs:
            link = Link(self._forkserver.fork(theirs), ours, DEPTH)
        self._links.append(link)
        self._selector.register(ours, selectors.EVENT_READ, link)
        return link

    def _watch(self, link: Link) -> None:
        """Wake up for what `link` waits for."""
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if link.wants_to_send else 0)
        if self._selector.get_key(link.channel).events != events:
            self._selector.modify(link.channel, events, link)

    def _exchange(self, wait: bool) -> None:
        """Send and receive what is ready, after waiting for something where told to; end what is over its time."""
        seconds = self._settings.limits.page_seconds
        first_deadline = min((link.deadline(seconds) for link in self._links if link.jobs), default=0.0)
        timeout = max(0.0, first_deadline - time.monotonic()) if wait else 0.0
        for key, events in self._selector.select(timeout):
            link: Link = key.data
            if events & selectors.EVENT_READ and link in self._links:
                self._collect(link)
            if events & selectors.EVENT_WRITE and link in self._links:
                link.send()
                self._watch(link)
        # Only now: what arrived while the caller was away has been seen.
        now = time.monotonic()
        while late := next((link for link in self._links if link.deadline(seconds) <= now), None):
            self._bury(late, timed_out=True)

    def _collect(self, link: Link) -> None:
        """Take the answers of a worker, or its end."""
        answered = link.receive()
        if answered is None:
            self._bury(link, timed_out=False)
            return
        for job, body in answered:
            self._answers[job.number] = body
            self._held_bytes += len(body) - len(job.body)

    def _in_order(self) -> Iterator[Assessment]:
        """The assessments whose turn it is."""
        while (body := self._answers.pop(self._given, None)) is not None:
            self._given += 1
            self._held_bytes -= len(body)
            yield decode_assessment(body)

    def _bury(self, link: Link, timed_out: bool) -> None:
        """End a worker and charge the page it was on; the others go back uncharged."""
        self._drop(link)
        try:
            exit_code = self._forkserver.end(link.pid)
        except ForkServerLost:
            self._restart()
            return
        if not link.jobs:
            return
        job = link.jobs[0]
        job.tries += 1
        if job.tries == TRIES:
            trouble = trouble_of(exit_code, timed_out)
            why = failure(job.source, trouble, exit_code, self._settings.limits)
            body = encode_page(msgspec.structs.replace(decode_page(job.body), failure=why))
            self._held_bytes += len(body) - len(job.body)
            job.body = body
        if job.tries == DEATHS:
            raise UnspunError(f"{job.source}: workers end even on its error record; see stderr, or the system's log")

    def _drop(self, link: Link) -> None:
        """Forget a worker; its unanswered pages wait again."""
        self._links.remove(link)
        self._selector.unregister(link.channel)
        link.channel.close()
        for job in link.jobs:
            heapq.heappush(self._waiting, job)

    def _restart(self) -> None:
        """Start again with a new fork server: the old one was ended from outside, so no page is charged."""
        self._restarts += 1
        if self._restarts > RESTARTS:
            raise UnspunError("the fork server was ended from outside again and again; see the system's log")
        for link in list(self._links):
            self._drop(link)
        self._forkserver.close()
        self._forkserver = ForkServer(self._engine, self._settings)
