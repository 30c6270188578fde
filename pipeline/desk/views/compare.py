"""Two submissions side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pipeline.desk import roles
from pipeline.desk.models import Item
from pipeline.desk.services import search
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.likeness import likeliest
from pipeline.desk.shown.aligned import aligned
from pipeline.desk.views.article import item_or_404
from pipeline.desk.views.asking import demands

FOUND = 12


@require_GET
@demands(roles.READ)
def compare(request: HttpRequest, item_id: int) -> HttpResponse:
    """An item beside another: ``with=``, or the likeliest; ``find=`` looks for one by its words."""
    item = item_or_404(item_id)
    assert item.version is not None
    assessment = item.version.assessment
    sought = request.GET.get("find", "")[:200]
    offered = likeliest(item, assessment)
    chosen = request.GET.get("with", "")
    other = item_or_404(int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
    if other is None and offered and not sought:
        other = item_or_404(offered[0][0].pk)
    rows = aligned(assessment.text, other.version.assessment.text) if other and other.version else []
    paired = [row for row in rows if row.kind != "alone"]
    return render(
        request,
        "desk/compare.html",
        {
            "item": item,
            "other": other,
            "rows": rows,
            "paired": len(paired),
            "changed": sum(row.kind == "changed" for row in paired),
            "offered": offered,
            "sought": sought,
            "found": search.matching(Item.objects.exclude(pk=item.pk), sought).order_by("-rank", "-id")[:FOUND]
            if sought
            else [],
            "filters": Filters.parse(request.GET.dict()),
        },
    )
