"""Order, backpressure, and what a page that ends its worker costs."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch import supervisor
from pipeline.errors import SettingsError, UnspunError
from pipeline.records import Assessment, Failure, RawPage
from tests.batch.running import assess, descendants, gone, pages, running, start


def sources(assessments: list[Assessment]) -> list[str]:
    """Where the assessments come from."""
    return [assessment.source for assessment in assessments]


def in_order(count: int) -> list[str]:
    """The sources of `count` pages in the order of the input."""
    return [f"page-{number}" for number in range(count)]


def failed(assessments: list[Assessment]) -> dict[str, str]:
    """The code of the failure of each source that has one."""
    return {a.source: a.error.code for a in assessments if a.error}


class Counted:
    """An input that knows how far it was ahead of the output."""

    def __init__(self, data: Iterator[str]) -> None:
        self.data = data
        self.read = self.given = self.ahead = 0

    def __iter__(self) -> Iterator[RawPage]:
        for item in self.data:
            self.read += 1
            self.ahead = max(self.ahead, self.read - self.given)
            yield RawPage(source=f"page-{self.read - 1}", data=item.encode())


def test_no_pages_no_assessments() -> None:
    """An empty input is not an error."""
    assert assess() == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_order_is_that_of_the_input(jobs: int) -> None:
    """However long a page takes, its assessment has the place of the page."""
    made = assess(*(f"sleep {0.05 if number % 7 == 0 else 0}" for number in range(60)), jobs=jobs)
    assert sources(made) == in_order(60)
    assert not failed(made)


def test_all_workers_work() -> None:
    """Pages are shared out among the workers asked for, and no more."""
    made = assess(*["sleep 0.02"] * 40, jobs=3)
    assert len({assessment.signals["worker"] for assessment in made}) == 3


def test_no_more_workers_than_pages() -> None:
    """One page starts one worker, whatever the jobs."""
    run = start(pages("", ""), jobs=8)
    next(run)
    assert len(descendants(os.getpid())) <= 3  # the fork server, and a worker a page
    run.close()


def test_jobs_must_be_positive() -> None:
    """No jobs is a mistake of the caller."""
    with pytest.raises(SettingsError, match="jobs is 0"):
        start(pages(""), jobs=0)


def test_a_slow_page_does_not_let_the_buffer_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """While one page keeps the output waiting, the others go on, but only so far."""
    monkeypatch.setattr(supervisor, "WINDOW_PAGES", 20)
    source = Counted(iter(["sleep 0.7", *[""] * 300]))
    for assessment in start(iter(source), jobs=2):
        assert assessment.source == f"page-{source.given}"
        source.given += 1
    assert source.given == 301
    assert 2 * supervisor.DEPTH < source.ahead <= 41


def test_large_pages_count_by_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window is bounded in bytes too: large answers that wait for their turn stop the reading."""
    monkeypatch.setattr(supervisor, "WINDOW_BYTES", 2_000_000)
    source = Counted(iter(["sleep 0.5", *["echo " + "x" * 300_000] * 30]))
    for _ in start(iter(source), jobs=2):
        source.given += 1
    assert source.given == 31
    assert source.ahead <= 9


def test_an_input_without_end_can_be_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing the generator ends all workers at once, whatever they are doing."""
    monkeypatch.setattr(supervisor, "WINDOW_PAGES", 20)
    run = start(iter(Counted(itertools.chain([""], itertools.repeat("sleep 30")))), jobs=2)
    next(run)
    workers = descendants(os.getpid())
    assert len(workers) >= 2
    began = time.monotonic()
    run.close()
    assert gone(workers)
    assert time.monotonic() - began < 5


def test_a_run_that_is_not_used_leaves_nobody() -> None:
    """The engine starts to load with the call; a run that is closed, or forgotten, before its first page ends it."""
    before = descendants(os.getpid())
    run = start(pages(""))
    forgotten = start(pages(""))
    loading = descendants(os.getpid()) - before
    assert len(loading) == 2
    run.close()
    del forgotten
    assert gone(loading)


@pytest.mark.parametrize(
    ("data", "jobs", "code", "limit", "said"),
    [
        ("segfault", 1, "crash", None, "page-2: ended its worker process twice, the second time by SIGSEGV"),
        ("die SIGKILL", 2, "crash", None, "by SIGKILL (from outside, or the system ran out of memory)"),
        ("leave 3", 2, "crash", None, "by exit code 3"),
        ("leave 0", 1, "crash", None, "by exit code 0"),
        ("hang", 1, "timeout", "page_seconds", "page-2: not finished after 0.5 seconds, twice"),
        ("hang", 2, "timeout", "page_seconds", "page-2: not finished after 0.5 seconds, twice"),
        ("gorge", 1, "memory", "worker_megabytes", "page-2: needs more than 200 MB, twice"),
    ],
)
def test_what_ends_a_worker_costs_one_page(data: str, jobs: int, code: str, limit: str | None, said: str) -> None:
    """The page becomes an error record that says what happened; those before and behind it are assessed."""
    seconds = 0.5 if data == "hang" else 10
    made = assess("", "", data, "", "", "", "", jobs=jobs, page_seconds=seconds, worker_megabytes=200)
    assert sources(made) == in_order(7)
    assert failed(made) == {"page-2": code}
    failure = made[2].error
    assert failure is not None
    assert failure.stage == "batch"
    assert failure.limit == limit
    assert said in failure.message
    assert made[2].verdict is None


def test_a_page_is_tried_again_in_a_fresh_worker(tmp_path: Path) -> None:
    """A page that ended its worker once is assessed the second time, by a worker that has seen no other."""
    made = assess("", f"die_once {tmp_path / 'mark'}", "", "", jobs=1)
    assert not failed(made)
    assert made[1].signals["seen"] == 2  # the fork server's own page, and this one
    assert made[1].signals["worker"] != made[0].signals["worker"]


def test_many_bad_pages_cost_themselves_only() -> None:
    """A fifth of all pages end their workers, in a row and apart; every other page is assessed."""
    data = ["leave 1" if number % 10 in (3, 4) else "" for number in range(100)]
    made = assess(*data, jobs=3)
    assert sources(made) == in_order(100)
    assert failed(made) == {f"page-{number}": "crash" for number in range(100) if number % 10 in (3, 4)}


def test_a_worker_killed_from_outside_costs_nothing() -> None:
    """kill -9 of a worker in the middle: its page is done again, nothing is lost or doubled."""
    made = []
    for assessment in start(pages(*["sleep 0.005"] * 120), jobs=2):
        made.append(assessment)
        if len(made) == 40:
            os.kill(int(assessment.signals["worker"]), signal.SIGKILL)
    assert sources(made) == in_order(120)
    assert not failed(made)


def test_a_fork_server_killed_from_outside_costs_nothing() -> None:
    """kill -9 of the fork server takes its workers along; the run starts another and goes on."""
    before = descendants(os.getpid())
    made = []
    for assessment in start(pages(*["sleep 0.005"] * 120), jobs=2):
        made.append(assessment)
        if len(made) == 40:
            (forkserver,) = {pid for pid, parent in running().items() if parent == os.getpid()} - before
            os.kill(forkserver, signal.SIGKILL)
    assert sources(made) == in_order(120)
    assert not failed(made)


def test_workers_that_always_end_are_not_the_pages_fault() -> None:
    """Where even error records end workers, the run stops with a clear error instead of failing every page."""
    with pytest.raises(UnspunError, match=r"page-\d: workers end even on its error record"):
        assess("", "", engine="Mortal")


def test_a_page_that_carries_its_failure_keeps_its_place() -> None:
    """What could not be read is reported like any other page, in order, with the reader's own words."""
    failure = Failure(stage="ingest", code="truncated", message="b.warc: ends in the middle of a record")
    source = [RawPage(source="a"), RawPage(source="b", failure=failure), RawPage(source="c")]
    made = list(start(iter(source)))
    assert sources(made) == ["a", "b", "c"]
    assert made[1].error == failure


def test_an_error_of_the_reader_comes_after_the_pages_before_it() -> None:
    """What the input raises is raised here, once all pages that it gave have been given out."""

    def source() -> Iterator[RawPage]:
        yield from pages(*["sleep 0.02"] * 9)
        raise OSError("disk gone")

    made = []
    with pytest.raises(OSError, match="disk gone"):  # noqa: PT012
        for assessment in start(source()):
            made.append(assessment)  # noqa: PERF402
    assert sources(made) == in_order(9)


def test_an_error_of_the_caller_ends_the_workers() -> None:
    """Leaving the loop by an exception leaves no process behind."""
    before = descendants(os.getpid())
    run = start(iter(Counted(itertools.repeat("sleep 0.01"))))
    with pytest.raises(KeyError):  # noqa: PT012
        next(run)
        run.throw(KeyError("of the caller"))
    assert gone(descendants(os.getpid()) - before)


def test_large_pages_and_answers_do_not_lock() -> None:
    """Pages and answers of 5 MB, more than any socket holds, in both directions at once."""
    page = "echo " + "x" * 5_000_000
    made = assess(*[page] * 10, jobs=2)
    assert [len(assessment.text) for assessment in made] == [len(page)] * 10


def test_a_caller_who_is_away_costs_no_page() -> None:
    """Time that the caller spends between two assessments is not charged to pages."""
    run = start(pages(*["echo " + "x" * 1_000_000] * 8), page_seconds=1)
    made = [next(run)]
    time.sleep(1.5)
    made += run
    assert sources(made) == in_order(8)
    assert not failed(made)
