"""A second process that loads the engine once and forks workers from it.

The fork server is a fresh interpreter, not a copy of the caller: no threads, locks or open files of the caller
reach a worker, and nobody's ``__main__`` is imported again. A worker is forked in milliseconds and shares the
memory of models and lexicons. `multiprocessing`'s own fork server can neither be handed the settings nor report
an engine that cannot be set up, and imports ``__main__`` in every worker.

The protocol, over one SOCK_SEQPACKET socket, one answer to every question::

    Setup                → Ready | Refusal
    b"fork" + a socket   → pid of a worker that serves the socket
    b"end <pid>"         → its wait status (it is killed if it still runs)

When the caller goes, however it goes, the socket closes: the fork server then kills the workers and ends.
"""

from __future__ import annotations

import fcntl
import gc
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NoReturn, cast

import msgspec

from pipeline.batch import worker
from pipeline.batch.trouble import ending
from pipeline.errors import ModelError, RuleError, SettingsError, UnspunError
from pipeline.records import RawPage
from pipeline.settings import Settings

BOOT = """import sys
sys.path[:] = sys.argv[2:]
from pipeline.batch.forkserver import main
main(int(sys.argv[1]))"""
FIRST_PAGE = RawPage(
    source="<first page>",
    data=b"<title>Garlic</title>"
    + b"<p>Studies show that garlic may help some adults with high blood pressure.</p>" * 9,
)
"""Assessed before any worker is forked: what an engine loads on first use is then loaded once, not in every worker."""
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)
MESSAGE_BYTES = 150_000  # one packet must fit the kernel's default socket buffer of 208 KiB
SETUP_ERRORS = {kind.__name__: kind for kind in (SettingsError, ModelError, RuleError)}


class Setup(msgspec.Struct, frozen=True):
    """What the engine is made of."""

    engine: str
    settings: Settings


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The engine is loaded."""


class Refusal(msgspec.Struct, frozen=True, tag=True):
    """The engine cannot be set up: the type of the error, its message, and where it was raised."""

    kind: str
    message: str
    trace: str


class ForkServerLost(Exception):
    """The fork server has ended, and its workers with it."""


class ForkServer:
    """The caller's handle on the fork server. Started at once; loads the engine while the caller does other things."""

    def __init__(self, engine: str, settings: Settings) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ready = False
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", BOOT, str(theirs.fileno()), *map(str, sys.path)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # the caller's stdout is for results
                env=os.environ | ONE_THREAD,
                process_group=0,  # Ctrl-C is the caller's to handle
            )
        with suppress(BrokenPipeError):  # it has ended already; `_await_engine` says how
            self._control.send(msgspec.msgpack.encode(Setup(engine, settings)))

    def fork(self, channel: socket.socket) -> int:
        """The pid of a new worker that serves `channel`.

        Raises SettingsError, ModelError, RuleError or UnspunError when the engine cannot be set up, and
        ForkServerLost when the fork server has ended since.
        """
        if not self._ready:
            self._await_engine()
        return int(self._ask(b"fork", channel))

    def end(self, pid: int) -> int:
        """End the worker `pid` and return its exit code (negative: the signal that ended it). Raises ForkServerLost."""
        return os.waitstatus_to_exitcode(int(self._ask(b"end %d" % pid)))

    def close(self) -> None:
        """End the fork server and all its workers, and wait until they are gone."""
        self._control.close()
        if not self._ready:
            self._process.kill()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:  # the kernel ends the workers of a killed fork server
            self._process.kill()
            self._process.wait()

    def _await_engine(self) -> None:
        """Wait for the engine; raise in this process what was raised in the other."""
        answer = self._receive()
        if not answer:
            how = ending(self._process.wait())
            raise UnspunError(f"the process that loads the engine ended by {how}; its own words are on stderr")
        refusal = msgspec.msgpack.decode(answer, type=Ready | Refusal)
        if isinstance(refusal, Refusal):
            if refusal.kind in SETUP_ERRORS:
                raise SETUP_ERRORS[refusal.kind](refusal.message)
            error = UnspunError(f"the engine cannot be set up: {refusal.kind}: {refusal.message}")
            error.add_note(refusal.trace)
            raise error
        self._ready = True

    def _ask(self, question: bytes, channel: socket.socket | None = None) -> bytes:
        """One question, one answer."""
        with suppress(BrokenPipeError):
            socket.send_fds(self._control, [question], [channel.fileno()] if channel else [])
            if answer := self._receive():
                return answer
        raise ForkServerLost

    def _receive(self) -> bytes:
        """One answer; empty when the fork server has ended."""
        try:
            return self._control.recv(MESSAGE_BYTES)
        except ConnectionResetError:
            return b""


def main(control_fd: int) -> NoReturn:
    """Life of the fork server: load, fork and end workers as told, until the caller is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # a caller that ignores it would let ended workers vanish
    control = socket.socket(fileno=control_fd)
    control.set_inheritable(False)
    setup = msgspec.msgpack.decode(control.recv(1 << 20), type=Setup)
    workers: set[int] = set()
    try:
        end_with_caller(control, True)
        engine = load(setup)
        end_with_caller(control, False)
        control.send(msgspec.msgpack.encode(Ready()))
        obey(control, engine, setup.settings.limits.worker_megabytes, workers)
    except OSError:  # the caller is gone
        pass
    except Exception as error:
        trace = "".join(traceback.format_exception(error))
        refusal = Refusal(type(error).__name__, str(error)[:20_000], trace[-20_000:])
        control.send(msgspec.msgpack.encode(refusal))
    for pid in workers:
        end(pid)
    os._exit(0)


def end_with_caller(control: socket.socket, on: bool) -> None:
    """While `on`, let the kernel end this process (SIGIO) when the caller goes: it cannot look while it loads."""
    fcntl.fcntl(control, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(control, fcntl.F_GETFL)
    fcntl.fcntl(control, fcntl.F_SETFL, flags | os.O_ASYNC if on else flags & ~os.O_ASYNC)
    if on and select.select([control], [], [], 0)[0]:  # gone before that
        os._exit(0)


def load(setup: Setup) -> worker.Engine:
    """The engine ``module:factory`` names, made from the settings; what is alive now is shared with all workers."""
    module, _, factory = setup.engine.partition(":")
    engine = cast(worker.Engine, getattr(import_module(module), factory)(setup.settings))
    engine.assess(FIRST_PAGE)
    check_memory(setup.settings.limits.worker_megabytes)
    gc.collect()
    gc.freeze()
    return engine


def check_memory(megabytes: int) -> None:
    """Raise SettingsError for a limit under which every page would fail."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    taken = next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmData:"))
    if taken > megabytes * 0.8:
        raise SettingsError(
            f"worker_megabytes is {megabytes}, but the engine alone takes {taken} MB; "
            f"set it to {taken * 2} or more under [limits] in unspun.toml"
        )


def obey(control: socket.socket, engine: worker.Engine, megabytes: int, workers: set[int]) -> None:
    """Fork and end workers as the caller asks, until the caller closes the socket. `workers` is kept up to date."""
    me = os.getpid()
    while True:
        question, channels, _, _ = socket.recv_fds(control, 64, 1)
        if not question:
            return
        if question != b"fork":
            pid = int(question.split()[1])
            workers.discard(pid)
            control.send(b"%d" % end(pid))
            continue
        pid = os.fork()
        if pid == 0:
            control.close()
            worker.run(engine, socket.socket(fileno=channels[0]), megabytes, me)
        os.close(channels[0])
        workers.add(pid)
        control.send(b"%d" % pid)


def end(pid: int) -> int:
    """Kill a worker and return its wait status: how it ended, where it had ended before.

    It stays a zombie until this is called, so its pid cannot have become somebody else's.
    """
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]
