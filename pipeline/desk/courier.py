"""The thread of the server that works off the webhooks' outbox."""

from __future__ import annotations

import logging
from threading import Event, Thread

from pipeline.desk.errors import DeskError

EVERY = 5.0
"""Seconds between two looks into the outbox."""
LOG = logging.getLogger(__name__)


class Courier(Thread):
    """Looks, delivers, waits; ends with the server, or when told to."""

    def __init__(self) -> None:
        super().__init__(name="courier", daemon=True)
        self._over = Event()

    def stop(self) -> None:
        """End after the attempt that is under way."""
        self._over.set()

    def run(self) -> None:
        """Until told otherwise. What goes wrong is logged, and tried again: the log has it all."""
        from django.db import DatabaseError, close_old_connections
        from django.utils import timezone

        from pipeline.desk.services.deliver import deliver

        while not self._over.is_set():
            try:
                deliver(timezone.now)
            except (DatabaseError, DeskError, OSError):
                LOG.exception("webhooks could not be delivered; they are tried again")
            finally:
                close_old_connections()
            self._over.wait(EVERY)
