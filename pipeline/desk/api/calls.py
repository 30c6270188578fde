"""What each operation does: a service called, its result as a record. No rule of the desk is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from pipeline.desk.api import records
from pipeline.desk.errors import DeskError, Invalid
from pipeline.desk.models import ApiToken, Event, Item, Version
from pipeline.desk.services import submit as submitting
from pipeline.desk.services import undo as undoing
from pipeline.desk.services.decide import decide_locked
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.log import changing
from pipeline.desk.services.paging import Place, beyond, ordered
from pipeline.records import Assessment, Scores


class Missing(DeskError):
    """There is no such thing."""


@dataclass(frozen=True)
class Call:
    """A request that was let in."""

    token: ApiToken
    now: datetime
    asked: Any
    item_id: int = 0

    @property
    def who(self) -> User:
        """For whom the token acts."""
        return self.token.person


def submit(call: Call) -> records.Submitted:
    """Assess a page and put it on the desk."""
    page: records.Submission = call.asked
    if (page.html is None) == (page.text is None):
        raise Invalid("give either html or text")
    content, kind = (page.html, "html") if page.html is not None else (page.text, "text")
    received = submitting.submit(page.source, content or "", kind, page.title, call.who, timezone.now)  # type: ignore[arg-type]
    return records.Submitted(item=shown(_item(received.item.pk)), outcome=received.outcome.value, why=received.why)


def list_items(call: Call) -> records.Items:
    """A page of the queue under a filter."""
    asked: records.Listing = call.asked
    given = {name: str(getattr(asked, name) or "") for name in asked.__struct_fields__}
    given |= {name: str(value) for name in ("least", "most") if (value := getattr(asked, name)) is not None}
    filters = Filters.parse(given)
    for name in ("since", "until"):
        if given[name] != getattr(filters, name):
            raise Invalid(f"{name}: {given[name]} is not a day")
    items = filters.apply(Item.objects.all(), call.who)
    place = Place.parse(asked.after, filters.sort)
    if asked.after and place is None:
        raise Invalid("after: give the `next` of the page before, with the same sort")
    page = beyond(items, filters.sort, place) if place else ordered(items, filters.sort)
    found = list(page.values_list("pk", flat=True)[: asked.limit + 1])  # by the index alone; then the rows
    fetched = {item.pk: item for item in _related(Item.objects.filter(pk__in=found[: asked.limit]))}
    rows = [fetched[pk] for pk in found if pk in fetched]
    following = str(Place.of(rows[-1], filters.sort)) if rows and len(found) > asked.limit else None
    return records.Items(items=tuple(shown(item) for item in rows), next=following)


def read_item(call: Call) -> records.Item:
    """One item."""
    return shown(_item(call.item_id))


def read_assessment(call: Call) -> Assessment:
    """An assessment as it was when the page came in."""
    asked: records.Which = call.asked
    versions = Version.objects.filter(item=_item(call.item_id))
    version = versions.filter(number=asked.version).first() if asked.version else versions.order_by("number").last()
    if version is None:
        raise Missing(f"item {call.item_id} has no version {asked.version}")
    return version.assessment


def decide(call: Call) -> records.Event:
    """Decide an item. The log says which token did it."""
    asked: records.Verdicting = call.asked
    _item(call.item_id)
    with changing(call.item_id) as item:
        event = decide_locked(
            item,
            asked.version,
            asked.action,
            call.who,
            call.now,
            reasons=asked.reasons,
            note=asked.note,
            data={"token": call.token.prefix},
        )
    return told(event)


def undo(call: Call) -> records.Event:
    """Take a decision back; the log keeps both."""
    _item(call.item_id)
    return told(undoing.undo(call.item_id, call.who, call.now, data={"token": call.token.prefix}))


def item_log(call: Call) -> records.Log:
    """What happened to an item."""
    return _log(Event.objects.filter(item=_item(call.item_id)), call.asked)


def whole_log(call: Call) -> records.Log:
    """What happened on the desk. That the reading of it began stands in it, as an export does."""
    asked: records.Since = call.asked
    if not asked.after:
        data = {"format": "api", "token": call.token.prefix}
        Event.objects.create(kind=Event.Kind.EXPORT, actor=call.who, at=call.now, data=data)
    return _log(Event.objects.all(), asked)


def shown(item: Item) -> records.Item:
    """An item as a record."""
    assert item.version is not None
    return records.Item(
        id=item.pk,
        source=item.source,
        title=item.title,
        state=item.state,  # type: ignore[arg-type]
        version=item.version.number,
        verdict=item.verdict,  # type: ignore[arg-type]
        risk=item.risk,
        scores=Scores(spin=item.spin, links=item.links, claims=item.claims, quality=item.quality),
        reason=item.reason,
        findings=item.found,
        language=item.language,
        assignee=item.assignee.get_username() if item.assignee else None,
        arrived_at=item.arrived_at,
        changed_at=item.changed_at,
        decided_at=item.decided_at,
        decided_by=item.decided_by.get_username() if item.decided_by else None,
    )


def told(event: Event) -> records.Event:
    """An event as a record."""
    return records.Event(
        id=event.pk,
        at=event.at,
        who=event.actor.get_username() if event.actor else None,
        did=event.kind,
        item=event.item_id,
        version=event.version.number if event.version else None,
        before=event.before,
        after=event.after,
        reasons=tuple(event.reasons),
        note=event.note,
        data=event.data,
    )


def _log(events: QuerySet[Event], asked: records.Since) -> records.Log:
    rows = events.filter(pk__gt=asked.after).select_related("actor", "version").defer("version__stored")
    page = list(rows.order_by("pk")[: asked.limit + 1])
    shown_events = page[: asked.limit]
    return records.Log(
        events=tuple(told(event) for event in shown_events),
        next=shown_events[-1].pk if len(page) > asked.limit else None,
    )


def _item(item_id: int) -> Item:
    item = _related(Item.objects.filter(pk=item_id)).first()
    if item is None or item.version is None:
        raise Missing(f"there is no item {item_id}")
    return item


def _related(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.select_related("version", "assignee", "decided_by").defer("version__stored")
