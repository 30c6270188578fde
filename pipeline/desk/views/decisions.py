"""What an editor does to one item."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pipeline.desk import roles
from pipeline.desk.errors import Invalid, Leased
from pipeline.desk.models import Event, Item, Lease, State
from pipeline.desk.services import assign as assigning
from pipeline.desk.services import label as labelling
from pipeline.desk.services import lease as leasing
from pipeline.desk.services import note as noting
from pipeline.desk.services import undo as undoing
from pipeline.desk.services.decide import decide as decide_item
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.paging import Place, beyond, ordered, rows
from pipeline.desk.views.asking import demands, person
from pipeline.report.safe_text import shorten

DONE = {"approve": "Approved", "reject": "Rejected", "ask_for_changes": "Changes asked for", "skip": "Skipped"}


@require_POST
@demands(roles.DECIDE)
def decide(request: HttpRequest, item_id: int) -> HttpResponse:
    """Decide, and go on to the next item of the filter."""
    who, now = person(request), timezone.now()
    event = decide_item(
        item_id,
        version_of(request),
        request.POST.get("action", ""),
        who,
        now,
        reasons=request.POST.getlist("reason"),
        note=request.POST.get("note", ""),
    )
    assert event.item is not None
    # Skipped items stay open, and nobody need undo that.
    tags = "" if event.kind == Event.Kind.SKIP else "undoable"
    messages.success(request, f"{DONE[event.kind]}: {named(event.item)}", extra_tags=tags)
    return redirect(next_address(request, event.item, now))


@require_POST
@demands(roles.DECIDE)
def undo(request: HttpRequest, item_id: int | None = None) -> HttpResponse:
    """Undo the decision on an item, or one's latest, and go back to it."""
    who = person(request)
    if item_id is None:
        last = undoing.last_of(who)
        if last is None or last.item_id is None:
            messages.info(request, "There is no decision of yours to undo.")
            return redirect(f"{reverse('queue')}?{filters_of(request).query}")
        item_id = last.item_id
    event = undoing.undo(item_id, who, timezone.now())
    assert event.item is not None
    messages.success(request, f"Undone, open again: {named(event.item)}")
    return redirect(address(request, event.item))


@require_POST
@demands(roles.DECIDE)
def note(request: HttpRequest, item_id: int) -> HttpResponse:
    """Put a note on an item."""
    event = noting.note(item_id, request.POST.get("note", ""), person(request), timezone.now())
    assert event.item is not None
    messages.success(request, "The note is in the timeline.")
    return redirect(address(request, event.item))


@require_POST
@demands(roles.LABEL)
def label(request: HttpRequest, item_id: int) -> HttpResponse:
    """Say of a finding that it is right, wrong or fine here, and show the item again."""
    said, _, finding = request.POST.get("said", "").partition(" ")
    labelling.label(
        item_id,
        version_of(request),
        finding,
        said,
        person(request),
        timezone.now(),
    )
    return redirect(address(request, Item.objects.get(pk=item_id)))


@require_POST
@demands(roles.DECIDE)
def assign(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give an item to somebody."""
    assigning.assign(item_id, request.POST.get("to", ""), person(request), timezone.now())
    return redirect(address(request, Item.objects.get(pk=item_id)))


@require_POST
@demands(roles.DECIDE)
def lease(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take an item or keep it: asked for when the page opens, and every minute."""
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        raise Invalid(f"there is no item {item_id}")
    if item.state != State.OPEN:
        return render(request, "desk/lease.html", {"item": item, "decided": True})
    try:
        held: Lease | None = leasing.keep(item_id, person(request), timezone.now())
        return render(request, "desk/lease.html", {"item": item, "held": held})
    except Leased as elsewhere:
        return render(
            request,
            "desk/lease.html",
            {"item": item, "elsewhere": elsewhere, "may_take_over": roles.may(request.user, roles.TAKE_OVER)},
        )


@require_POST
@demands(roles.DECIDE)
def release(request: HttpRequest, item_id: int) -> HttpResponse:
    """Let an item go: sent by the page when it is left."""
    try:
        until = datetime.fromisoformat(request.POST.get("until", ""))
        leasing.release(item_id, person(request), until)
    except (ValueError, OverflowError):
        raise Invalid("until is not a time") from None
    return HttpResponse(status=204)


@require_POST
@demands(roles.TAKE_OVER)
def take_over(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take an item from whoever has it."""
    held = leasing.take_over(item_id, person(request), timezone.now())
    return redirect(address(request, held.item))


def version_of(request: HttpRequest) -> int:
    """The version number that the page showed."""
    number = request.POST.get("version", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Invalid("the version is not a number")
    return int(number)


def filters_of(request: HttpRequest) -> Filters:
    """The filter that the page carries along, in its own address."""
    return Filters.parse(request.GET.dict())


def address(request: HttpRequest, item: Item) -> str:
    """The item's page, under the filter that the page carries along."""
    query = filters_of(request).query
    return reverse("article", args=[item.pk]) + (f"?{query}" if query else "")


def next_address(request: HttpRequest, item: Item, now: datetime) -> str:
    """The next open item of the filter that nobody else is at, round to its top again; at last the queue."""
    who, filters = person(request), filters_of(request)
    elsewhere = Lease.objects.filter(until__gt=now).exclude(holder=who).values("item")
    items = filters.apply(Item.objects.all(), who).filter(state=State.OPEN).exclude(pk__in=elsewhere)
    following = rows(beyond(items, filters.sort, Place.of(item, filters.sort)), 1)
    following = following or rows(ordered(items.exclude(pk=item.pk), filters.sort), 1)
    if following:
        return address(request, following[0])
    messages.info(request, "That was the last item here.")
    return f"{reverse('queue')}?{filters.query}"


def named(item: Item) -> str:
    """The item in a message."""
    return f"“{shorten(item.title or item.source, 80)}”"
