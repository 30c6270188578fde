"""The dashboard: how much there is, how long it waits, and where editors and Unspun differ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pipeline.desk import roles
from pipeline.desk.services import second_opinion
from pipeline.desk.services.reasons import REASONS
from pipeline.desk.services.statistics import JUDGED, statistics
from pipeline.desk.shown.dashboard import charts
from pipeline.desk.views.asking import demands

PERIODS = (7, 28, 90, 365)
USUAL = 28
RULES = 40


@require_GET
@demands(roles.READ)
def dashboard(request: HttpRequest) -> HttpResponse:
    """One of the periods, today included."""
    asked = request.GET.get("days", "")
    days = next((period for period in PERIODS if str(period) == asked), USUAL)
    found = statistics(timezone.now(), days)
    return render(
        request,
        "desk/dashboard.html",
        {
            "found": found,
            "charts": charts(found),
            "rules": found.rules[:RULES],
            "reasons": [(REASONS.get(name, name), number) for name, number in found.reasons],
            "judged": min(JUDGED, found.decided),
            "days": days,
            "periods": PERIODS,
            "share": second_opinion.share(),
        },
    )
