"""The desk as a WSGI application, and the server that serves it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.desk import config

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

THREADS = 8
"""A request takes some 20 ms; SQLite has one writer at a time."""


def application(home: Path) -> WSGIHandler:
    """The desk in `home`. Raises HomeError where there is none."""
    config.start(home)
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def serve(desk: WSGIHandler, host: str, port: int) -> None:
    """Serve the desk until interrupted."""
    import waitress

    waitress.serve(
        desk,
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        max_request_body_size=config.UPLOAD_BYTES,
        channel_timeout=60,
    )
