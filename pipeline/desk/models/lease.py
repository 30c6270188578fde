"""A lease: who is at an item, and until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pipeline.desk.models.item import Item


class Lease(models.Model):
    """At most one an item; it is over when `until` is past, and says nothing then."""

    item = models.OneToOneField(Item, models.PROTECT, primary_key=True, related_name="lease")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.holder} until {self.until:%H:%M}"
