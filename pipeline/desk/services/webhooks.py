"""Whom the desk tells of decisions: added and stopped by administrators, within what the operator allows.

Signed after Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over ``id.timestamp.body``, so that
receivers can check it with a library. The secret is made from the desk's secret key and the webhook's salt: a copy of
the database alone does not sign.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256

import msgspec
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from pipeline.desk import roles
from pipeline.desk.errors import Invalid
from pipeline.desk.models import Delivery, Event, Webhook
from pipeline.desk.services.audit import administered
from pipeline.desk.services.destination import Destination

MOST = 20
TYPES = {Event.Kind.UNDO: "item.undone", Event.Kind.REOPENED: "item.reopened"}


def add(url: str, now: datetime, *, who: User | None) -> Webhook:
    """Tell this address of every decision from now on. None is the command line. Raises Invalid."""
    _demand(who)
    Destination.of(url)
    with transaction.atomic():
        if Webhook.objects.filter(stopped_at=None).count() >= MOST:
            raise Invalid(f"{MOST} webhooks are enough; stop one first")
        if Webhook.objects.filter(stopped_at=None, url=url).exists():
            raise Invalid("this address is told already")
        hook = Webhook.objects.create(url=url, salt=secrets.token_hex(16), made_by=who, made_at=now)
        administered(who, now, "added a webhook", webhook=hook.pk, url=url)
    return hook


def stop(webhook_id: int, now: datetime, *, who: User | None, why: str = "") -> None:
    """Tell it nothing more, also of what is waiting. Raises Invalid where there is none, or it is stopped."""
    _demand(who)
    with transaction.atomic():
        if not Webhook.objects.filter(pk=webhook_id, stopped_at=None).update(stopped_at=now):
            raise Invalid("there is no such webhook, or it is stopped already")
        Delivery.objects.filter(webhook=webhook_id, delivered_at=None).update(next_at=None)
        administered(who, now, "stopped a webhook", webhook=webhook_id, **({"why": why} if why else {}))


def all_webhooks() -> QuerySet[Webhook]:
    """All, those that stand first."""
    return Webhook.objects.select_related("made_by").order_by("stopped_at", "pk")


def secret_of(hook: Webhook) -> str:
    """The secret that a receiver checks signatures with, as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(_key(hook)).decode()


def message(event: Event) -> bytes:
    """What is sent: who did what when, to which version of what. Notes stay on the desk: they are for editors."""
    version, item = event.version, event.item
    said = {
        "type": TYPES.get(Event.Kind(event.kind), "item.decided"),
        "timestamp": event.at,
        "data": {
            "event": event.pk,
            "item": event.item_id,
            "source": item.source if item else "",
            "version": version.number if version else None,
            "content_hash": version.content_hash if version else "",
            "verdict": version.verdict if version else "",
            "risk": version.risk if version else None,
            "did": event.kind,
            "before": event.before,
            "after": event.after,
            "reasons": event.reasons,
            "by": event.actor.get_username() if event.actor else None,
        },
    }
    return msgspec.json.encode(said)


def signed(hook: Webhook, event: Event, body: bytes, at: datetime) -> dict[str, str]:
    """The headers that go with a body sent at a time. The id is the same for every attempt."""
    name, moment = f"event-{event.pk}", str(int(at.timestamp()))
    mac = hmac.digest(_key(hook), f"{name}.{moment}.".encode() + body, sha256)
    return {
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": "v1," + base64.b64encode(mac).decode(),
    }


def _key(hook: Webhook) -> bytes:
    return salted_hmac("desk.webhook", hook.salt, algorithm="sha256").digest()


def _demand(who: User | None) -> None:
    if who is not None:
        roles.demand(who, roles.MANAGE)
