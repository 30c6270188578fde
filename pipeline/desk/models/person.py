"""What the desk keeps about people, beside Django's own table of users."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Preference(models.Model):
    """How somebody likes the desk. `keys` gives actions other keys than the usual ones: ``{"approve": "y"}``."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preference")
    keys = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"preferences of {self.person}"


class LoginFailure(models.Model):
    """A password that was wrong: `key` is a name or an address (`services.login`). Old ones are dropped."""

    key = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = (models.Index("key", "at", name="login_failure"),)

    def __str__(self) -> str:
        return f"{self.key} at {self.at:%H:%M}"
