"""The desk as a WSGI application, and the server that serves it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.desk import config
from pipeline.desk.courier import Courier
from pipeline.settings import Settings

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

THREADS = 8
"""A request takes some 20 ms; SQLite has one writer at a time."""


def application(home: Path, settings: Settings) -> WSGIHandler:
    """The desk in `home`, which assesses pages under `settings`. Raises HomeError where there is none."""
    config.start(home)
    from pipeline.desk.services import assess

    assess.use(settings)
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def serve(desk: WSGIHandler, host: str, port: int, *, deliver: bool = True) -> None:
    """Serve the desk until interrupted; `deliver` works off the webhooks' outbox beside it."""
    import waitress

    if deliver:
        Courier().start()
    waitress.serve(
        desk,
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        max_request_body_size=config.UPLOAD_BYTES,
        channel_timeout=60,
    )
