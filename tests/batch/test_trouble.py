"""The words of the error record."""

from __future__ import annotations

import pytest

from pipeline.batch.trouble import OUT_OF_MEMORY, Trouble, ending, failure, trouble_of
from pipeline.settings import Limits


@pytest.mark.parametrize(
    ("exit_code", "timed_out", "trouble"),
    [
        (-9, True, Trouble.TIMEOUT),
        (-9, False, Trouble.CRASH),
        (OUT_OF_MEMORY, False, Trouble.MEMORY),
        (0, False, Trouble.CRASH),
    ],
)
def test_what_happened(exit_code: int, timed_out: bool, trouble: Trouble) -> None:
    """A worker that the supervisor ended was late; a worker that ended itself crashed, or said it had no memory."""
    assert trouble_of(exit_code, timed_out) is trouble


@pytest.mark.parametrize(
    ("exit_code", "words"),
    [(-11, "SIGSEGV"), (-6, "SIGABRT"), (-40, "signal 40"), (7, "exit code 7")],
)
def test_how_it_ended(exit_code: int, words: str) -> None:
    """A signal by its name where it has one, an exit by its code."""
    assert ending(exit_code) == words


@pytest.mark.parametrize(
    ("trouble", "said", "limit"),
    [
        (
            Trouble.TIMEOUT,
            "a.html: not finished after 2.5 seconds, twice (page_seconds under [limits] in unspun.toml)",
            "page_seconds",
        ),
        (
            Trouble.MEMORY,
            "a.html: needs more than 900 MB, twice (worker_megabytes under [limits] in unspun.toml)",
            "worker_megabytes",
        ),
        (Trouble.CRASH, "a.html: ended its worker process twice, the second time by SIGSEGV", None),
    ],
)
def test_what_the_record_says(trouble: Trouble, said: str, limit: str | None) -> None:
    """The page, what happened, and the limit to raise where there is one."""
    made = failure("a.html", trouble, -11, Limits(page_seconds=2.5))
    assert (made.stage, made.code, made.message, made.limit) == ("batch", trouble.value, said, limit)
