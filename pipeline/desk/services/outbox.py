"""What webhooks are to be told: written with the event, in its transaction, and sent later (`services.deliver`)."""

from __future__ import annotations

from pipeline.desk.models import Delivery, Event, Webhook
from pipeline.desk.models.event import DECISIONS

TOLD = frozenset({*DECISIONS, Event.Kind.UNDO, Event.Kind.REOPENED} - {Event.Kind.SKIP})
"""Kinds of event that webhooks are told of: decisions, and what takes them back."""


def post(event: Event) -> None:
    """Put an event into the outbox of every webhook."""
    if event.kind in TOLD:
        hooks = Webhook.objects.filter(stopped_at=None)
        Delivery.objects.bulk_create(Delivery(webhook=hook, event=event, next_at=event.at) for hook in hooks)
