"""Who asks, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase

from pipeline.desk import roles

P = ParamSpec("P")


def demands(
    permission: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """A view that only those with a permission of `roles` are shown; others get the page that says so."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            roles.demand(request.user, permission)
            return view(request, *args, **kwargs)

        return asked

    return decorate


def person(request: HttpRequest) -> User:
    """Who asks; the middleware lets nobody through who is not logged in."""
    return cast("User", request.user)
