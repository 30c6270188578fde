"""An item: one source, as the queue shows it. What was found in it is in its versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pipeline.desk import roles

NARROW = ("verdict", "risk", "spin", "links", "claims", "quality", "arrived_at", "assignee", "version")
"""All that a filter asks about and no text. It stands in every index of an order, so that pages are found and counted
without the rows, which are ten times as wide: of 100,000 items, rare words are then found in 60 ms instead of 260."""


class State(models.TextChoices):
    """Where an item stands. Skipping leaves it open."""

    OPEN = "open", "Open"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    CHANGES = "changes", "Changes asked for"


class Item(models.Model):
    """One source, with what the queue sorts and filters by: copies of its current version's columns.

    `key` is the sha256 of the source's full name (`services.intake.key_of`). `rank` is the urgency: 2 + risk on hold,
    1 + risk to review, 1 for a page that could not be assessed, risk for one that passes. `revision` counts the
    item's events: whoever changes the item does so with ``WHERE revision = ?`` and writes the event of the next
    number, so that of two who saw the same item one comes too late, and knows it.
    """

    key = models.CharField(max_length=64, unique=True)
    source = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    revision = models.PositiveIntegerField(default=0)
    version = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    content_hash = models.CharField(max_length=64, db_index=True)
    title = models.TextField(blank=True)
    language = models.CharField(max_length=16, default="und")
    verdict = models.CharField(max_length=6, blank=True)
    rank = models.FloatField()
    risk = models.FloatField()
    spin = models.FloatField()
    links = models.FloatField()
    claims = models.FloatField()
    quality = models.FloatField()
    reason = models.TextField(blank=True)
    found = models.PositiveIntegerField(default=0)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    arrived_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions = ("view",)
        permissions = tuple(roles.NAMES.items())
        indexes = (
            models.Index("state", models.F("rank").desc(), models.F("id").desc(), *NARROW, name="item_queue"),
            models.Index("state", "changed_at", "id", *NARROW, name="item_age"),
            models.Index(models.F("rank").desc(), models.F("id").desc(), "state", *NARROW, name="item_all"),
            models.Index(
                "decided_at",
                "changed_at",
                "state",
                *NARROW,
                name="item_decided",
                condition=models.Q(decided_at__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=State.OPEN, decided_at=None, decided_by=None)
                | (~models.Q(state=State.OPEN) & models.Q(decided_at__isnull=False)),
                name="item_decided_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.title or self.source
