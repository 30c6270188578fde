"""The events of an item → its timeline, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pipeline.desk.models import Event, Item
from pipeline.desk.services.reasons import REASONS

MOST = 200


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; `who` is empty where an intake did it. `more` is text from a person or a page."""

    at: datetime
    who: str
    did: str
    version: int | None
    more: list[str]


def timeline(item: Item) -> list[Entry]:
    """The latest events, newest first; that somebody opened the item again and again is said once."""
    events = item.events.select_related("actor", "version").order_by("-number")[:MOST]
    return [_entry(event) for event in _once(events)]


def _once(events: Iterable[Event]) -> Iterable[Event]:
    """Without openings that follow an opening by the same person."""
    later: Event | None = None
    for event in events:
        if not (later and later.kind == event.kind == Event.Kind.LEASE and later.actor_id == event.actor_id):
            yield event
        later = event


def _entry(event: Event) -> Entry:
    data = event.data
    reasons = ", ".join(REASONS.get(reason, reason) for reason in event.reasons)
    more = [*([reasons] if reasons else []), *data.get("why", ())]
    if event.kind == Event.Kind.LABEL:
        said = {"right": "right", "wrong": "wrong", "fine": "fine here", "": "no longer judged"}
        more.append(f"{data.get('rule', '')} “{data.get('quote', '')}”: {said.get(data.get('label', ''), '')}")
    if event.kind == Event.Kind.TAKE_OVER:
        more.append(f"from {data.get('from', 'somebody')}")
    if event.kind == Event.Kind.ASSIGN:
        more.append(f"to {data['to']}" if data.get("to") else "to nobody")
    if "bulk" in data:
        more.append("with others, in bulk")
    if event.note:
        more.append(f"“{event.note}”")
    return Entry(
        at=event.at,
        who=event.actor.get_username() if event.actor else "",
        did=Event.Kind(event.kind).label,
        version=event.version.number if event.version else None,
        more=more,
    )
