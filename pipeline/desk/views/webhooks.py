"""Webhooks, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pipeline.desk import roles
from pipeline.desk.models import Delivery
from pipeline.desk.services import destination
from pipeline.desk.services import webhooks as hooking
from pipeline.desk.views.asking import demands, person

SHOWN = 50


@require_http_methods(["GET", "POST"])
@demands(roles.MANAGE)
def webhooks(request: HttpRequest) -> HttpResponse:
    """All webhooks and their latest deliveries; or a new one, with its secret."""
    made = None
    if request.method == "POST":
        made = hooking.add(request.POST.get("url", ""), timezone.now(), who=person(request))
    waiting = Count("deliveries", filter=Q(deliveries__next_at__isnull=False))
    related = ("webhook", "event__item")
    return render(
        request,
        "desk/webhooks.html",
        {
            "made": made,
            "secret": hooking.secret_of(made) if made else "",
            "rows": hooking.all_webhooks().annotate(waiting=waiting),
            "deliveries": Delivery.objects.select_related(*related).order_by("-pk")[:SHOWN],
            "allowed": sorted(destination.allowed()),
        },
    )


@require_POST
@demands(roles.MANAGE)
def stop(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Tell it nothing more."""
    hooking.stop(webhook_id, timezone.now(), who=person(request))
    messages.success(request, "The webhook is stopped.")
    return redirect("webhooks")
