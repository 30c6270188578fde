"""The queue: open items, most urgent first."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pipeline.desk.models import Item, State

PAGE = 50


@permission_required("desk.view_item", raise_exception=True)
def queue(request: HttpRequest) -> HttpResponse:
    """The first page of the queue."""
    items = Item.objects.filter(state=State.OPEN).order_by("-rank", "-id")[:PAGE]
    return render(request, "desk/queue.html", {"items": items})
