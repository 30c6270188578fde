"""A worker: pages in, assessments out, in order, until the supervisor closes the socket.

It holds no state between pages. Where it runs out of memory it ends at once, with an exit code that says so.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import traceback
from typing import NoReturn, Protocol

import msgspec

from pipeline.batch import wire
from pipeline.batch.trouble import OUT_OF_MEMORY
from pipeline.records import Assessment, Failure, RawPage

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # linux/prctl.h


class Engine(Protocol):
    """What a worker runs: `pipeline.flow.Engine`, or a stand-in of the tests.

    A page that carries `failure` must come back as the error record of that failure, and cheaply.
    """

    def assess(self, page: RawPage, /) -> Assessment:
        """The verdict on one page."""


def run(engine: Engine, channel: socket.socket, megabytes: int, forkserver: int) -> NoReturn:
    """Life of a worker, from the fork on: serve `channel` until it is closed, and end."""
    exit_code = 0
    try:
        end_with(forkserver)
        limit_memory(megabytes)
        serve(engine, channel)
    except MemoryError:
        exit_code = OUT_OF_MEMORY
    except OSError:  # the supervisor is gone
        pass
    except BaseException:  # a defect of ours: say where, and never return into the fork server's loop
        traceback.print_exc()
        exit_code = 1
    finally:
        os._exit(exit_code)


def end_with(forkserver: int) -> None:
    """Do not outlive the fork server: the kernel sends SIGKILL when it ends, whatever this process is doing."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    libc.prctl(PR_SET_NAME, b"unspun-worker")
    if os.getppid() != forkserver:
        os._exit(0)


def limit_memory(megabytes: int) -> None:
    """Let an allocation past the limit fail as MemoryError, and leave no core file of what was scraped."""
    # RLIMIT_DATA and not RLIMIT_AS: it counts what is written (heap, private maps), not mapped libraries.
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(engine: Engine, channel: socket.socket) -> None:
    """Answer every page of `channel`."""
    pages = channel.makefile("rb")
    while (body := wire.read_frame(pages)) is not None:
        channel.sendall(wire.framed(answer(engine, wire.decode_page(body))))


def answer(engine: Engine, page: RawPage) -> bytes:
    """The encoded assessment of `page`; an engine that raises, or breaks the types of the record, costs that page."""
    try:
        return wire.encode_assessment(engine.assess(page))
    except MemoryError:
        raise
    except Exception as error:
        message = f"{page.source}: {type(error).__name__}: {error}"
        failure = Failure(stage="batch", code="defect", message=message.encode("utf-8", "replace").decode())
        return wire.encode_assessment(engine.assess(msgspec.structs.replace(page, failure=failure)))
