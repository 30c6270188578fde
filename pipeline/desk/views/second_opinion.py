"""A second opinion: the item without what the first editor said of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pipeline.desk import roles
from pipeline.desk.services import second_opinion
from pipeline.desk.services.reasons import REASONS
from pipeline.desk.shown.article import shown
from pipeline.desk.views.asking import demands, person
from pipeline.desk.views.decisions import version_of


@require_GET
@demands(roles.DECIDE)
def ask(request: HttpRequest) -> HttpResponse:
    """The next item that one is asked about. Neither decision, note nor label of the first editor is shown."""
    items = second_opinion.waiting(person(request))
    item = items.select_related("version").first()
    return render(
        request,
        "desk/second_opinion.html",
        {
            "item": item,
            "shown": shown(item.version.assessment, {}) if item and item.version else None,
            "waiting": items.count(),
            "reasons": REASONS.items(),
            "share": second_opinion.share(),
        },
    )


@require_POST
@demands(roles.DECIDE)
def give(request: HttpRequest, item_id: int) -> HttpResponse:
    """Say what one would have decided; the next item follows."""
    second_opinion.give(
        item_id,
        version_of(request),
        request.POST.get("action", ""),
        person(request),
        timezone.now(),
        reasons=request.POST.getlist("reason"),
    )
    messages.success(request, "Your opinion is kept.")
    return redirect("second-opinion")
