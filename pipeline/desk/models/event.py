"""The log: who did what when, on which version. Append-only, held by the database itself (migration 0002)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pipeline.desk.models.item import Item
from pipeline.desk.models.version import Version


class Event(models.Model):
    """One thing that happened to an item, or to the desk (`item` null).

    `number` is the item's revision that it made; `before` and `after` are its states around it. `data` has what
    belongs to a kind: ``{"undoes": id}``, ``{"from": name}``, ``{"fingerprint": …, "label": …}``, ``{"why": […]}``.
    """

    class Kind(models.TextChoices):
        ARRIVED = "arrived", "arrived"
        CHANGED = "changed", "changed"
        UNTOUCHED = "untouched", "came again"
        REOPENED = "reopened", "reopened"
        APPROVE = "approve", "approved"
        REJECT = "reject", "rejected"
        ASK = "ask_for_changes", "asked for changes"
        SKIP = "skip", "skipped"
        UNDO = "undo", "undid a decision"
        NOTE = "note", "noted"
        LABEL = "label", "judged a finding"
        LEASE = "lease", "opened"
        TAKE_OVER = "take_over", "took over"
        ASSIGN = "assign", "assigned"
        OPINION = "second_opinion", "gave a second opinion"
        ADMIN = "admin", "administered"
        EXPORT = "export", "exported"

    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="events")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)
    before = models.CharField(max_length=8, blank=True)
    after = models.CharField(max_length=8, blank=True)
    reasons = models.JSONField(default=list)
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("item", "number"), name="event_number"),)
        indexes = (models.Index("actor", "at", name="event_actor"), models.Index("kind", "at", name="event_kind"))

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"


DECISIONS = {
    Event.Kind.APPROVE: "approved",
    Event.Kind.REJECT: "rejected",
    Event.Kind.ASK: "changes",
    Event.Kind.SKIP: "open",
}
"""The kinds of event that are decisions, and the state that each leaves."""
