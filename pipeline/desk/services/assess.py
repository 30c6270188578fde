"""Assess one page while somebody waits: in a worker process with the limits of a batch, never in the server itself.

The worker is started with the first page and kept. What a page does to it (time, memory, a crash of a parser) costs
that page, as in `pipeline.batch`.
"""

from __future__ import annotations

from threading import BoundedSemaphore, Lock

from pipeline.batch import DEFAULT_ENGINE
from pipeline.batch.supervisor import Supervisor
from pipeline.desk.errors import DeskError
from pipeline.records import Assessment, RawPage
from pipeline.settings import Settings, widened

WAITING = 3
"""Requests that may wait for the worker, the one at it included: the server's other threads stay for the editors."""


class Busy(DeskError):
    """Too many pages are waiting to be assessed."""


class Assessor:
    """One worker, one page at a time."""

    def __init__(self, settings: Settings, engine: str = DEFAULT_ENGINE) -> None:
        self.settings = settings
        self._engine = engine
        self._places = BoundedSemaphore(WAITING)
        self._at_work = Lock()
        self._supervisor: Supervisor | None = None

    def assess(self, page: RawPage) -> Assessment:
        """The assessment of a page; an error record where it cannot be assessed. Raises Busy, and an UnspunError where
        the engine cannot be set up."""
        if not self._places.acquire(blocking=False):
            raise Busy("too many pages are waiting to be assessed; try again in a moment")
        try:
            with self._at_work:
                return self._assess(page)
        finally:
            self._places.release()

    def close(self) -> None:
        """End the worker. The next page starts another."""
        with self._at_work:
            self._close()

    def _assess(self, page: RawPage) -> Assessment:
        supervisor = self._supervisor = self._supervisor or Supervisor(widened(self.settings), 1, self._engine)
        try:
            return next(supervisor.run(iter((page,))))
        except BaseException:
            self._close()  # whatever state it is in now
            raise

    def _close(self) -> None:
        if self._supervisor is not None:
            self._supervisor.close()
            self._supervisor = None


_assessor: Assessor | None = None
_making = Lock()


def assessor() -> Assessor:
    """That of this server."""
    global _assessor
    with _making:
        if _assessor is None:
            _assessor = Assessor(Settings())
        return _assessor


def use(settings: Settings) -> None:
    """Assess under these settings from here on."""
    global _assessor
    with _making:
        if _assessor is not None:
            _assessor.close()
        _assessor = Assessor(settings)
