"""What can happen to a worker while it is on a page, in words for the error record."""

from __future__ import annotations

import signal
from enum import Enum

from pipeline.records import Failure
from pipeline.settings import Limits

OUT_OF_MEMORY = 103
"""Exit code of a worker that met its memory limit; no system or interpreter uses it."""


class Trouble(Enum):
    """Why a worker did not answer. The value is the code of the error record."""

    CRASH = "crash"
    TIMEOUT = "timeout"
    MEMORY = "memory"


def trouble_of(exit_code: int, timed_out: bool) -> Trouble:
    """What happened to a worker that ended with `exit_code` (negative: the signal that ended it)."""
    if timed_out:
        return Trouble.TIMEOUT
    return Trouble.MEMORY if exit_code == OUT_OF_MEMORY else Trouble.CRASH


def failure(source: str, trouble: Trouble, exit_code: int, limits: Limits) -> Failure:
    """The failure of a page that cost two workers; `trouble` and `exit_code` are the second worker's."""
    if trouble is Trouble.TIMEOUT:
        limit = "page_seconds"
        what = f"not finished after {limits.page_seconds:g} seconds, twice ({limit} under [limits] in unspun.toml)"
    elif trouble is Trouble.MEMORY:
        limit = "worker_megabytes"
        what = f"needs more than {limits.worker_megabytes} MB, twice ({limit} under [limits] in unspun.toml)"
    else:
        limit = None
        what = f"ended its worker process twice, the second time by {ending(exit_code)}"
    return Failure(stage="batch", code=trouble.value, message=f"{source}: {what}", limit=limit)


def ending(exit_code: int) -> str:
    """How a process ended: the name of a signal, or its exit code."""
    if exit_code >= 0:
        return f"exit code {exit_code}"
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        name = f"signal {-exit_code}"
    return f"{name} (from outside, or the system ran out of memory)" if name == "SIGKILL" else name
