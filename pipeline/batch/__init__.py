"""Many pages through supervised worker processes, in order, whatever one page does to its worker.

::

    supervisor.py    order, bounded window, retries                      (in the process of the caller)
    link.py          one worker as the supervisor sees it: queue, socket, clock
    forkserver.py    a second process that loads the engine once and forks workers in milliseconds
    worker.py        a worker: a page in, an assessment out, under limits
    wire.py          frames of msgpack between the two
    trouble.py       what can happen to a worker, in words for the error record
"""

from __future__ import annotations

from pipeline.batch.supervisor import DEFAULT_ENGINE, assess_pages

__all__ = ["DEFAULT_ENGINE", "assess_pages"]
