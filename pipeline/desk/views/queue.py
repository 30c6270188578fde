"""The queue: filtered, most urgent first, a page at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pipeline.desk import roles
from pipeline.desk.models import Item, Lease
from pipeline.desk.services import assign, saved_views
from pipeline.desk.services.counts import by_verdict
from pipeline.desk.services.filters import SCORES, SORTS, STATES, VERDICTS, Filters
from pipeline.desk.services.paging import Place, beyond, ordered, rows
from pipeline.desk.services.rules import known_rules
from pipeline.desk.views.asking import demands, person

PAGE = 50


@require_GET
@demands(roles.READ)
def queue(request: HttpRequest) -> HttpResponse:
    """One page of the queue. `after` is the place behind which it begins."""
    who, filters = person(request), Filters.parse(request.GET.dict())
    items = filters.apply(Item.objects.all(), who)
    place = Place.parse(request.GET.get("after", ""), filters.sort)
    page = beyond(items, filters.sort, place) if place else ordered(items, filters.sort)
    found = rows(page, PAGE + 1, "assignee")
    shown, more = found[:PAGE], len(found) > PAGE
    held = Lease.objects.filter(item__in=shown, until__gt=timezone.now()).exclude(holder=who).select_related("holder")
    at = {lease.item_id: lease.holder.get_username() for lease in held}
    return render(
        request,
        "desk/queue.html",
        {
            "items": [(item, at.get(item.pk, "")) for item in shown],
            "filters": filters,
            "counts": by_verdict(Filters.parse({**request.GET.dict(), "verdict": ""}).apply(Item.objects.all(), who)),
            "next": Place.of(shown[-1], filters.sort) if more else None,
            "behind_first": place is not None,
            "views": saved_views.seen_by(who),
            "rules": known_rules(),
            "people": assign.people(),
            "choices": {"states": STATES, "verdicts": VERDICTS, "scores": SCORES, "sorts": SORTS},
            "may_bulk": roles.may(who, roles.BULK),
        },
    )


@require_POST
@demands(roles.READ)
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep a filter under a name."""
    filters = Filters.parse(QueryDict(request.POST.get("query", "")).dict())
    view = saved_views.save(
        person(request), request.POST.get("name", ""), filters, shared=bool(request.POST.get("shared"))
    )
    return redirect(f"/?{view.query}")


@require_POST
@demands(roles.READ)
def delete_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget a filter."""
    saved_views.delete(view_id, person(request))
    return redirect("queue")
