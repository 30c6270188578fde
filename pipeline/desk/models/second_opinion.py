"""What a second editor would have decided, without having seen what the first one did."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pipeline.desk.models.event import Event
from pipeline.desk.models.version import Version


class SecondOpinion(models.Model):
    """One a decision (`first`), by somebody else; it changes nothing about the item. `action` as in the log."""

    first = models.OneToOneField(Event, models.PROTECT, related_name="second_opinion")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    action = models.CharField(max_length=16)
    reasons = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    @property
    def said(self) -> str:
        """The action in the words of the log."""
        return str(Event.Kind(self.action).label)

    def __str__(self) -> str:
        return f"{self.action} beside {self.first}"
