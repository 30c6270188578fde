"""Whom the desk tells of decisions, and what is still to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pipeline.desk.models.event import Event


class Webhook(models.Model):
    """An address that is sent every decision. Its signing secret is made from `salt` and the desk's secret key."""

    url = models.CharField(max_length=500)
    salt = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One event for one webhook: written in the transaction of the event, so that none is lost.

    `next_at` is when it is tried next: null once it is delivered (`delivered_at`) or given up. `status` and `error`
    are those of the last attempt.
    """

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True, db_index=True)
    delivered_at = models.DateTimeField(null=True)
    status = models.PositiveIntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("webhook", "event"), name="delivery_once"),)

    def __str__(self) -> str:
        return f"event {self.event_id} to {self.webhook}"
