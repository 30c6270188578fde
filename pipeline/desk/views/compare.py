"""Two submissions side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pipeline.desk import roles
from pipeline.desk.models import Item, Version
from pipeline.desk.services import search
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.likeness import likeliest
from pipeline.desk.services.paging import ordered, rows
from pipeline.desk.shown.aligned import aligned
from pipeline.desk.views.article import item_or_404, version_or_404
from pipeline.desk.views.asking import demands

FOUND = 12


@require_GET
@demands(roles.READ)
def compare(request: HttpRequest, item_id: int) -> HttpResponse:
    """An item beside another: ``with=``, or the likeliest; ``find=`` looks for one by its words.

    ``before=`` is an older version of the item itself, which then stands on the left.
    """
    item = item_or_404(item_id)
    assert item.version is not None
    if number := request.GET.get("before", ""):
        old = version_or_404(item, number)
        context = {"item": item, "old": old, **sides(old, item.version)}
    else:
        context = {"item": item, **siblings(request, item, item.version)}
    return render(request, "desk/compare.html", context | {"filters": Filters.parse(request.GET.dict())})


def siblings(request: HttpRequest, item: Item, version: Version) -> dict[str, Any]:
    """The other submission asked for, or the likeliest; what else is offered or was found."""
    sought = request.GET.get("find", "")[:200]
    offered = likeliest(item, version.assessment)
    chosen = request.GET.get("with", "")
    other = item_or_404(int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
    if other is None and offered and not sought:
        other = item_or_404(offered[0][0].pk)
    found = search.matching(Item.objects.exclude(pk=item.pk), sought) if sought else Item.objects.none()
    return {
        "other": other,
        "offered": offered,
        "cluster": ",".join(str(one.pk) for one in (item, *(one for one, _ in offered))),
        "sought": sought,
        "found": rows(ordered(found, ""), FOUND),
        **(sides(version, other.version) if other and other.version else {}),
    }


def sides(left: Version, right: Version) -> dict[str, Any]:
    """Two texts aligned, and how much of them is the same."""
    found = aligned(left.assessment.text, right.assessment.text)
    paired = [row for row in found if row.kind != "alone"]
    return {"rows": found, "paired": len(paired), "changed": sum(row.kind == "changed" for row in paired)}
