"""How somebody likes the desk."""

from __future__ import annotations

from django.contrib.auth.models import User

from pipeline.desk.models import Preference


def keys_of(who: User) -> dict[str, str]:
    """The keys that somebody chose (`shown.keys`)."""
    kept = Preference.objects.filter(person=who).values_list("keys", flat=True).first()
    return dict(kept or {})


def set_keys(who: User, keys: dict[str, str]) -> None:
    """Keep them."""
    Preference.objects.update_or_create(person=who, defaults={"keys": keys})
