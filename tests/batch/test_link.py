"""One worker as the supervisor sees it, without a worker."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from pipeline.batch.link import Job, Link
from pipeline.batch.wire import framed


@pytest.fixture
def ends() -> Iterator[tuple[Link, socket.socket]]:
    """A link, and the worker's end of its socket."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Link(pid=0, channel=ours, depth=3), theirs


def job(number: int, size: int = 1, tries: int = 0) -> Job:
    """A page on its way."""
    return Job(number, f"page-{number}", b"x" * size, tries)


def test_it_holds_as_many_pages_as_it_is_deep(ends: tuple[Link, socket.socket]) -> None:
    """The one in work and those that wait count."""
    link, _ = ends
    for number in range(3):
        assert link.has_room
        link.give(job(number))
    assert not link.has_room


def test_a_page_that_cost_a_worker_is_alone(ends: tuple[Link, socket.socket]) -> None:
    """Nothing waits behind a page that is tried again, so nothing is lost with it."""
    link, worker = ends
    link.give(job(0, tries=1))
    assert not link.has_room
    worker.sendall(framed(b"answer"))
    assert link.receive() == [(job(0, tries=1), b"answer")]
    assert link.has_room


def test_giving_never_waits(ends: tuple[Link, socket.socket]) -> None:
    """A page larger than the socket is taken at once, and sent as the worker reads."""
    link, worker = ends
    link.give(job(0, size=5_000_000))
    assert link.wants_to_send
    got = 0
    while got < 5_000_008:
        got += len(worker.recv(1 << 20))
        link.send()
    assert not link.wants_to_send


def test_answers_before_an_end_are_taken(ends: tuple[Link, socket.socket]) -> None:
    """A worker that answered one page and ended on the next is charged with the next."""
    link, worker = ends
    link.give(job(0))
    link.give(job(1))
    worker.sendall(framed(b"first") + framed(b"second")[:-2])
    worker.close()
    assert link.receive() == [(job(0), b"first")]
    assert link.receive() is None
    assert list(link.jobs) == [job(1)]


def test_giving_to_a_worker_that_has_ended(ends: tuple[Link, socket.socket]) -> None:
    """It raises nothing; the end is seen when answers are read."""
    link, worker = ends
    worker.close()
    link.give(job(0))
    assert not link.wants_to_send
    assert link.receive() is None


def test_the_clock_is_that_of_the_page_in_work(ends: tuple[Link, socket.socket]) -> None:
    """It starts with the page, starts anew with each answer, and does not run while idle."""
    link, worker = ends
    assert link.deadline(1) == float("inf")
    link.give(job(0))
    first = link.deadline(1)
    assert first <= time.monotonic() + 1
    time.sleep(0.01)
    link.give(job(1))
    assert link.deadline(1) == first
    worker.sendall(framed(b"answer"))
    link.receive()
    assert link.deadline(1) > first
    worker.sendall(framed(b"answer"))
    link.receive()
    assert link.deadline(1) == float("inf")
