"""One item: its text with the evidence marked, and what can be decided about it."""

from __future__ import annotations

import zlib

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pipeline.desk import roles
from pipeline.desk.models import Event, FindingLabel, Item, SourcePage, State, Version
from pipeline.desk.services import assign, lease
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.label import labels_of
from pipeline.desk.services.paging import neighbour
from pipeline.desk.services.reasons import REASONS
from pipeline.desk.services.undo import standing
from pipeline.desk.shown.article import shown, without_overruled
from pipeline.desk.shown.timeline import timeline
from pipeline.desk.views.asking import demands, person
from pipeline.report.query import letter as letter_to_author


def item_or_404(item_id: int) -> Item:
    """An item with its current version."""
    item = Item.objects.select_related("version", "assignee", "decided_by").filter(pk=item_id).first()
    if item is None or item.version is None:
        raise Http404
    return item


def version_or_404(item: Item, number: str) -> Version:
    """The version asked for, or the current one."""
    assert item.version is not None
    if not number or number == str(item.version.number):
        return item.version
    found = (
        item.versions.filter(number=number).first()
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if found is None:
        raise Http404
    return found


@require_GET
@demands(roles.READ)
def article(request: HttpRequest, item_id: int) -> HttpResponse:
    """The article view. ``text=source`` shows the page as it came in, ``version=`` an older version."""
    who, now, item = person(request), timezone.now(), item_or_404(item_id)
    version = version_or_404(item, request.GET.get("version", ""))
    filters = Filters.parse(request.GET.dict())
    as_it_came = request.GET.get("text") == "source"
    held = lease.held(item, now)
    elsewhere = held if held and held.holder_id != who.pk else None
    current = version.pk == item.version_id
    decision = standing(item) if item.state != State.OPEN else None
    decides = roles.may(who, roles.DECIDE) and current
    return render(
        request,
        "desk/article.html",
        {
            "item": item,
            "version": version,
            "current": current,
            "versions": list(item.versions.order_by("-number").values_list("number", flat=True)[:50]),
            "shown": shown(version.assessment, labels_of(item), lines_of(version) if as_it_came else None),
            "as_it_came": as_it_came,
            "filters": filters,
            "next": neighbour(item, filters, who),
            "previous": neighbour(item, filters, who, backwards=True),
            "reasons": REASONS.items(),
            "judgements": FindingLabel.Label.choices,
            "timeline": timeline(item),
            "elsewhere": elsewhere,
            "decision": decision,
            "came_again": item.events.filter(kind__in=(Event.Kind.REOPENED, Event.Kind.CHANGED), version=version)
            .order_by("-number")
            .first(),
            "decides": decides and item.state == State.OPEN and elsewhere is None,
            "labels": decides and roles.may(who, roles.LABEL),
            "takes": decides and item.state == State.OPEN,
            "may_take_over": roles.may(who, roles.TAKE_OVER),
            "may_undo": decision is not None
            and roles.may(who, roles.DECIDE)
            and (decision.actor_id == who.pk or roles.may(who, roles.UNDO_ANY)),
            "may_note": roles.may(who, roles.DECIDE),
            "people": assign.people() if roles.may(who, roles.ASSIGN) else [],
            "same_text": Item.objects.filter(version__text_hash=version.text_hash).exclude(pk=item.pk)[:5],
        },
    )


@require_GET
@demands(roles.READ)
def letter(request: HttpRequest, item_id: int) -> HttpResponse:
    """The letter to the author, without what an editor overruled."""
    item = item_or_404(item_id)
    assert item.version is not None
    assessment = without_overruled(item.version.assessment, labels_of(item))
    filters = Filters.parse(request.GET.dict())
    words = letter_to_author(assessment)
    return render(request, "desk/letter.html", {"item": item, "letter": words, "filters": filters})


def lines_of(version: Version) -> list[tuple[str, str]]:
    """The page that a version was made from, line by line; empty where it was not kept."""
    page = SourcePage.objects.filter(version=version).first()
    return msgspec.json.decode(zlib.decompress(page.stored), type=list[tuple[str, str]]) if page else []
