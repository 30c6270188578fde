"""Every request of the API comes through here: known, counted, permitted, understood; then its operation runs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from pipeline.desk import config, roles
from pipeline.desk.api.calls import Call, Missing
from pipeline.desk.api.limits import BUCKETS, TooMany
from pipeline.desk.api.operations import Operation
from pipeline.desk.api.records import Problem
from pipeline.desk.errors import DeskError, Invalid
from pipeline.desk.middleware import status_of
from pipeline.desk.models import ApiToken
from pipeline.desk.services import tokens
from pipeline.desk.services.assess import Busy
from pipeline.errors import UnspunError

LOG = logging.getLogger(__name__)
TITLES = {
    400: "Not understood",
    401: "Not known",
    403: "Not permitted",
    404: "Not there",
    405: "No such method",
    409: "Not as it was",
    413: "Too large",
    415: "Not JSON",
    429: "Too often",
    500: "Our mistake",
    503: "Busy",
}


class Refused(DeskError):
    """An error of the protocol, with its status and headers."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def door(operations: Mapping[str, Operation]) -> Callable[..., HttpResponse]:
    """The view of one address. Only a token opens it, so CSRF, which needs a cookie that opens it, has no hold here."""

    @csrf_exempt
    @login_not_required
    def view(request: HttpRequest, **where: int) -> HttpResponse:
        try:
            operation = operations.get("GET" if request.method == "HEAD" else request.method or "")
            if operation is None:
                raise Refused(405, f"{request.method} is not answered here", Allow=", ".join(operations))
            return answer(operation.call(let_in(request, operation, where)), status=200)
        except TooMany as error:
            return problem(429, str(error), {"Retry-After": str(error.seconds)})
        except Busy as error:
            return problem(503, str(error), {"Retry-After": "5"})
        except Missing as error:
            return problem(404, str(error))
        except Refused as error:
            return problem(error.status, str(error), error.headers)
        except DeskError as error:
            return problem(status_of(error), str(error))
        except UnspunError:  # the engine cannot be set up: for the operator, not for who asks
            LOG.exception("a page could not be assessed")
            return problem(500, "the page could not be assessed; the server's log says why")

    return view


def let_in(request: HttpRequest, operation: Operation, where: Mapping[str, int]) -> Call:
    """The request, when it may and can be answered. Raises a DeskError for one that is turned away."""
    token = known(request)
    BUCKETS.spend(operation.limit, str(token.pk))
    roles.demand(token.person, operation.permission)
    asked = parameters(request, operation)
    if operation.body is not None:
        asked = body(request, operation.body)
    return Call(token=token, now=timezone.now(), asked=asked, **where)


def known(request: HttpRequest) -> ApiToken:
    """Who asks. Raises Refused (401), or TooMany for an address from which wrong tokens keep coming."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    token = tokens.holder(given.strip(), timezone.now()) if scheme.lower() == "bearer" else None
    if token is None:
        BUCKETS.spend("refused", request.META.get("REMOTE_ADDR", ""))
        raise Refused(
            401,
            "send `Authorization: Bearer TOKEN` with a token that is neither revoked nor past its end",
            WWW_Authenticate='Bearer realm="Unspun desk"',
        )
    return token


def parameters(request: HttpRequest, operation: Operation) -> Any:
    """The parameters of the address. Raises Invalid for one that is not known, given twice, or not of its form."""
    if any("\0" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])):
        raise Invalid("parameters: there is a NUL in one")
    twice = [name for name, values in request.GET.lists() if len(values) > 1]
    if twice:
        raise Invalid(f"{twice[0]}: given twice")
    try:
        return msgspec.convert(request.GET.dict(), operation.query, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid(f"parameters: {error}") from None


def body(request: HttpRequest, kind: type) -> Any:
    """The JSON of the request. Raises Refused (413, 415) and Invalid."""
    if request.content_type != "application/json":
        raise Refused(415, "send the body as application/json")
    try:
        return msgspec.json.decode(request.body, type=kind)
    except RequestDataTooBig:
        raise Refused(413, f"a request has at most {config.UPLOAD_BYTES:,} bytes") from None
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"body: {error}") from None
    except UnreadablePostError:
        raise Invalid("body: it broke off") from None


def answer(said: object, status: int) -> HttpResponse:
    """A record as JSON."""
    return HttpResponse(msgspec.json.encode(said), status=status, content_type="application/json")


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """An error as ``application/problem+json`` (RFC 9457)."""
    said = Problem(title=TITLES.get(status, "Error"), status=status, detail=detail)
    return HttpResponse(
        msgspec.json.encode(said), status=status, content_type="application/problem+json", headers=dict(headers or {})
    )
