"""The desk as a WSGI application, and the server that serves it."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.desk import config
from pipeline.desk.errors import HomeError

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

THREADS = 8
"""A request takes some 20 ms; SQLite has one writer at a time."""


def application(home: Path) -> WSGIHandler:
    """The desk in `home`. Raises HomeError where there is none."""
    config.start(home)
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def listen(desk: WSGIHandler, host: str, port: int) -> Any:
    """A server that listens, and serves when `serve` is called. Raises HomeError where it may not listen there."""
    import waitress

    try:
        return waitress.create_server(
            desk,
            host=host,
            port=port,
            threads=THREADS,
            ident="",
            max_request_body_size=config.UPLOAD_BYTES,
            channel_timeout=60,
            **config.proxy(),
        )
    except OSError as error:
        raise HomeError(f"the desk cannot listen at {host}:{port}: {error.strerror or error}") from None


def serve(listening: Any) -> None:
    """Serve until interrupted, or asked to end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    listening.run()
