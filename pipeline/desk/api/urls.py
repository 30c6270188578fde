"""The addresses of the API, under ``/api/v1/``."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from pipeline.desk.api.door import door, problem
from pipeline.desk.api.openapi import document
from pipeline.desk.api.operations import by_path

app_name = "api"


@csrf_exempt
@login_not_required
def nowhere(_request: HttpRequest) -> HttpResponse:
    """No such address: a problem, not a page to log in."""
    return problem(404, "there is no such address; /api/v1/openapi.json lists them")


urlpatterns = [
    path("openapi.json", document, name="openapi"),
    *(
        path(address, door(known), name="-".join(o.name for o in known.values()))
        for address, known in by_path().items()
    ),
    re_path("", nowhere, name="nowhere"),
]
