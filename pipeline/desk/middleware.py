"""What holds for every answer of the desk."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render

from pipeline.desk.errors import Conflict, DeskError, Invalid, NotAllowed

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Only this server's own files: no inline script or style, no frame, no foreign address."""
STATUS: dict[type[DeskError], int] = {NotAllowed: 403, Conflict: 409, Invalid: 400}


def status_of(error: DeskError) -> int:
    """The HTTP status that an error of the desk has, on pages and in the API alike."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)


def content_security_policy(get_response: Answer) -> Answer:
    """Set the policy; forbid what the desk does not use; keep pages out of caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


class Refusals:
    """An error of the desk raised by a view becomes a page that says it, with the status that belongs to it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error of the desk; others are left to Django."""
        if not isinstance(error, DeskError):
            return None
        return render(request, "desk/refusal.html", {"message": str(error)}, status=status_of(error))


def plain_addresses(get_response: Answer) -> Answer:
    """Refuse an address with a NUL in it: PostgreSQL stores none, and no browser sends one. The API says so itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        pages = not request.path.startswith("/api/")
        if pages and (
            "\0" in request.path or any("\0" in text for pair in request.GET.lists() for text in (pair[0], *pair[1]))
        ):
            return HttpResponseBadRequest("There is a NUL in this address.", content_type="text/plain")
        return get_response(request)

    return middleware
