"""Undo a decision: an event of its own, nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from pipeline.desk import roles
from pipeline.desk.errors import Stale
from pipeline.desk.models import Event, Item, State
from pipeline.desk.models.event import DECISIONS
from pipeline.desk.services.log import append, changing


def undo(item_id: int, who: User, now: datetime, *, data: dict[str, str] | None = None) -> Event:
    """Undo the decision that stands on an item: one's own, or anybody's for those whose role permits it. `data` goes
    into the log.

    Raises Stale where none stands, or where a newer version came since.
    """
    roles.demand(who, roles.DECIDE)
    with changing(item_id) as item:
        decision = standing(item)
        if decision is None or item.state == State.OPEN:
            raise Stale("there is no decision on this item to undo")
        if decision.actor_id != who.pk:
            roles.demand(who, roles.UNDO_ANY)
        columns = {"state": State.OPEN, "decided_at": None, "decided_by": None}
        return append(item, Event.Kind.UNDO, who, now, columns=columns, data={"undoes": decision.pk, **(data or {})})


def standing(item: Item) -> Event | None:
    """The decision that closed the item and was not undone or reopened since."""
    kinds = [*DECISIONS, Event.Kind.UNDO, Event.Kind.REOPENED]
    last = item.events.filter(kind__in=kinds).exclude(kind=Event.Kind.SKIP).order_by("-number").first()
    return last if last and last.kind in DECISIONS else None


def last_of(who: User) -> Event | None:
    """The latest decision of somebody that still stands: what the key for undo undoes."""
    kinds = [kind for kind in DECISIONS if kind != Event.Kind.SKIP]
    recent = Event.objects.filter(actor=who, kind__in=kinds).select_related("item").order_by("-at", "-pk")[:50]
    for event in recent:
        if event.item and event.item.state != State.OPEN and (stands := standing(event.item)) and stands.pk == event.pk:
            return event
    return None
