"""Decide all of a filter at once: a preview, then exactly that."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pipeline.desk import roles
from pipeline.desk.services import bulk
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.reasons import REASONS
from pipeline.desk.views.asking import demands, person


@require_GET
@demands(roles.BULK)
def preview(request: HttpRequest) -> HttpResponse:
    """What would be decided."""
    filters = Filters.parse(request.GET.dict())
    made = bulk.preview(filters, person(request), timezone.now())
    return render(
        request, "desk/bulk.html", {"preview": made, "filters": filters, "reasons": REASONS.items(), "most": bulk.MOST}
    )


@require_POST
@demands(roles.BULK)
def decide(request: HttpRequest) -> HttpResponse:
    """Decide what the preview showed."""
    done = bulk.decide_many(
        request.POST.get("ticket", ""),
        request.POST.get("action", ""),
        person(request),
        timezone.now(),
        reasons=request.POST.getlist("reason"),
        note=request.POST.get("note", ""),
    )
    filters = Filters.parse(request.GET.dict())
    return render(
        request, "desk/bulk_done.html", {"done": done, "action": request.POST.get("action"), "filters": filters}
    )


@require_POST
@demands(roles.BULK)
def undo(request: HttpRequest, name: str) -> HttpResponse:
    """Undo a bulk decision."""
    undone = bulk.undo_many(name, person(request), timezone.now())
    return render(request, "desk/bulk_done.html", {"undone": undone, "filters": Filters.parse(request.GET.dict())})
